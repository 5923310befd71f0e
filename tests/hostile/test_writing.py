"""Whatever happens while a file is written, whoever looks finds the old file whole or the new one whole."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.unmeasured import unmeasured

ROOT = Path(__file__).parents[2]
KILLS = 200
OLD, NEW = "old\n" * 40_000, "new\n" * 60_000

# Writes the two texts in turn, as fast as it can, with the code that every command writes with; for every
# line on standard input in a process of its own, forked, so that what it imports is imported once.
WRITER = """
import os
import sys
from pathlib import Path
from quota.render.kit.output import write_text
target = Path(sys.argv[1])
for _ in sys.stdin:
    child = os.fork()
    if child == 0:
        print(os.getpid(), flush=True)
        while True:
            for text in ("old\\n" * 40_000, "new\\n" * 60_000):
                write_text(text, target)
    os.waitpid(child, 0)
    print("ended", flush=True)
"""


@contextmanager
def writers(target: Path) -> Iterator[Callable[[], Callable[[int], None]]]:
    """A way to start a process that writes to `target`; each start gives the way to send it a signal."""
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, str(target)],
        cwd=ROOT,
        env=unmeasured(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as parent:
        asks, answers = parent.stdin, parent.stdout
        assert asks is not None
        assert answers is not None

        def start() -> Callable[[int], None]:
            asks.write("\n")
            asks.flush()
            child = int(answers.readline())

            def stop(number: int) -> None:
                os.kill(child, number)
                assert answers.readline() == "ended\n"

            return stop

        yield start


@pytest.mark.skipif(os.name == "nt", reason="kills as POSIX systems do")
def test_no_kill_at_any_moment_of_writing_leaves_a_broken_file(tmp_path: Path) -> None:
    target = tmp_path / "out.csv"
    target.write_text(OLD)
    chance = random.Random(20_251_122)
    seen = {OLD: 0, NEW: 0}
    with writers(target) as start:
        for _ in range(KILLS):
            stop = start()
            time.sleep(chance.random() * 0.02)
            stop(signal.SIGKILL)
            found = target.read_text()
            assert found in seen
            seen[found] += 1
    assert all(seen.values()), "every kill fell on the same side of a rename: nothing was tested"


@pytest.mark.skipif(os.name == "nt", reason="interrupts as POSIX systems do")
def test_an_interrupt_while_writing_leaves_no_temporary_file(tmp_path: Path) -> None:
    target = tmp_path / "out.csv"
    chance = random.Random(1)
    with writers(target) as start:
        for _ in range(20):
            stop = start()
            time.sleep(chance.random() * 0.02)
            stop(signal.SIGINT)
            assert [path.name for path in tmp_path.iterdir()] in ([], ["out.csv"])


@pytest.mark.skipif(os.name == "nt", reason="limits files as POSIX systems do")
def test_a_disk_that_is_full_loses_nothing(tmp_path: Path) -> None:
    kept = tmp_path / "kept.csv"
    kept.write_text("kept")
    limited = "import resource, runpy, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096));"
    limited += "sys.argv = ['quota', 'audit', '--output', sys.argv[1]];"
    limited += "runpy.run_module('quota', run_name='__main__')"
    done = subprocess.run(
        [sys.executable, "-c", limited, str(kept)],
        cwd=ROOT,
        env=unmeasured(),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 2
    assert "cannot be written: File too large" in done.stderr
    assert kept.read_text() == "kept"
    assert [path.name for path in tmp_path.iterdir()] == ["kept.csv"]


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="permission is never refused to this user")
def test_a_folder_that_may_not_be_written_to_is_said(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    done = subprocess.run(
        [sys.executable, "-m", "quota", "audit", "--output", str(tmp_path / "out.csv")],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    tmp_path.chmod(0o700)
    assert done.returncode == 2
    assert "cannot be written: Permission denied" in done.stderr


@pytest.mark.skipif(os.name == "nt", reason="interrupts as POSIX systems do")
def test_an_interrupted_run_ends_with_130_and_without_a_traceback() -> None:
    """It waits for a table on standard input that never comes."""
    running = subprocess.Popen(
        [sys.executable, "-m", "quota", "audit", "-"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    time.sleep(3)
    running.send_signal(signal.SIGINT)
    _, said = running.communicate(timeout=20)
    assert running.returncode == 130
    assert "Traceback" not in said
