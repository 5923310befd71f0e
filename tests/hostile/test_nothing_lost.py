"""Every writer: on a full disk, without permission, into a closed pipe, interrupted. The old file stays."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from quota.core.problems import InputError
from quota.render.kit import output
from tests.hostile.conftest import Tally
from tests.synthetic import province
from tests.unmeasured import unmeasured

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.skipif(
    os.name == "nt", reason="disks, pipes and interrupts as POSIX systems have them"
)

WRITERS = {
    "txt": ["audit", "--output", "{}"],
    "csv": ["audit", "--output", "{}"],
    "json": ["audit", "--output", "{}"],
    "md": ["audit", "--output", "{}"],
    "xlsx": ["audit", "--output", "{}"],
    "html": ["report", "--output", "{}"],
    "docx": ["report", "--output", "{}"],
    "rules.json": ["rules", "show", "central-2025", "--output", "{}"],
    "table.csv": ["merge", "11311", "11329", "--name", "Phường A", "--write-table", "{}"],
    "fixed.csv": ["check", "hai-phong", "--fix", "{}"],
    "manifest.json": ["audit", "--format", "csv", "--manifest", "{}"],
    "bulk.csv": ["bulk", "hai-phong", "{}"],
    "bulk.parquet": ["bulk", "hai-phong", "{}"],
    "duck.csv": ["bulk", "hai-phong", "{}", "--engine", "duckdb"],
    "duck.parquet": ["bulk", "hai-phong", "{}", "--engine", "duckdb"],
}
LIMITED = (
    "import resource, runpy, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (1024, 1024));"
    "sys.dont_write_bytecode = True;"  # Python would leave modules cut short, for whoever comes next
    "sys.argv = ['quota', *sys.argv[1:]]; runpy.run_module('quota', run_name='__main__')"
)


def run(
    *arguments: str, code: str | None = None, env: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    start = ["-m", "quota"] if code is None else ["-c", code]
    return subprocess.run(
        [sys.executable, *start, *arguments],
        cwd=ROOT,
        env={**(os.environ if code is None else unmeasured()), "QUOTA_LANG": "en", **(env or {})},
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


@pytest.mark.parametrize("name", WRITERS)
def test_a_full_disk_loses_nothing_whatever_is_written(tmp_path: Path, name: str, tally: Tally) -> None:
    kept = tmp_path / f"kept.{name}"
    kept.write_text("kept")
    done = run(*(writer.format(kept) for writer in WRITERS[name]), code=LIMITED)
    assert done.returncode == 2, done.stderr
    assert "cannot be written: File too large" in done.stderr or "bulk" in WRITERS[name]
    assert "Usage:" not in done.stderr
    assert "Traceback" not in done.stderr
    assert "fault in the program" not in done.stderr
    assert kept.read_text() == "kept"
    assert [path.name for path in tmp_path.iterdir()] == [kept.name]
    tally.note(f"a full disk: {name}", refused=True)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 64 kB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(folder)], capture_output=True, check=False
    )
    if mounted.returncode != 0:
        pytest.skip("no disk can be mounted by this user")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def test_a_small_disk_that_fills_up_loses_nothing(small_disk: Path, tally: Tally) -> None:
    for name in ("html", "json"):
        kept = small_disk / f"kept.{name}"
        kept.write_text("kept")
        filler = small_disk / "filler"
        filler.write_bytes(b"x" * 45_000)
        done = run(*(writer.format(kept) for writer in WRITERS[name]))
        assert done.returncode == 2, done.stderr
        assert "fault in the program" not in done.stderr
        assert kept.read_text() == "kept"
        assert {path.name for path in small_disk.iterdir()} == {kept.name, "filler"}
        filler.unlink()
        kept.unlink()
        tally.note(f"a small disk: {name}", refused=True)


def test_file_and_folder_are_on_the_disk_before_a_write_is_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The contents before the new name, the name before all is said to be well."""
    steps: list[str] = []
    sync, rename = os.fsync, os.replace

    def synced(descriptor: int) -> None:
        steps.append("folder" if os.path.isdir(f"/proc/self/fd/{descriptor}") else "file")  # noqa: PTH112  (a descriptor)
        sync(descriptor)

    def renamed(old: Path, new: Path) -> None:
        steps.append("rename")
        rename(old, new)

    monkeypatch.setattr(os, "fsync", synced)
    monkeypatch.setattr(os, "replace", renamed)
    output.write_text("new", tmp_path / "out.csv")
    assert steps == ["file", "rename", "folder"]


def test_permission_taken_away_midway_loses_nothing(tmp_path: Path) -> None:
    kept = tmp_path / "kept.csv"
    kept.write_text("kept")
    kept.chmod(0o600)

    def refused(*_: object) -> bool:
        return False

    def write() -> None:
        with pytest.MonkeyPatch.context() as patch, output.whole_file(kept) as temporary:
            temporary.write_text("new")
            patch.setattr(os, "access", refused)  # as it is for everyone but root once the bit is gone

    with pytest.raises(InputError, match="Permission denied"):
        write()
    assert kept.read_text() == "kept"
    assert [path.name for path in tmp_path.iterdir()] == ["kept.csv"]


PIPED = [
    ["audit", "{}", "--format", "csv"],
    ["audit", "{}", "--format", "json"],
    ["audit", "{}"],
    ["audit", "{}", "--format", "markdown"],
    ["rank", "{}", "--format", "csv"],
    ["check", "{}", "--format", "json"],
]


@pytest.mark.parametrize("arguments", PIPED, ids=" ".join)
def test_a_reader_that_leaves_early_ends_the_run_quietly(tmp_path: Path, arguments: list[str]) -> None:
    table, _ = province(tmp_path, 3_321)
    shell = " ".join([sys.executable, "-m", "quota", *(argument.format(table) for argument in arguments)])
    done = subprocess.run(
        f"{{ {shell}; echo code $? >&2; }} | head -1 >/dev/null",
        shell=True,
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert "Traceback" not in done.stderr
    assert "cannot be written" not in done.stderr
    assert "Exception" not in done.stderr


WORKING = {
    "reading": ["audit", "{table}", "--output", "{out}.csv"],
    "solving a plan": ["plan", "{table}", "--staff", "{staff}", "--output", "{out}.csv"],
    "solving mergers": [
        *("suggest", "hue", "--neighbours", "hue-neighbours", "--minimum", "16000", "--output", "{out}.csv"),
    ],
    "bulk": ["bulk", "{table}", "{out}.parquet"],
    "drawing": ["report", "--output", "{out}.html"],
}


@pytest.mark.parametrize(
    "what",
    [pytest.param(what, marks=() if what == "reading" else pytest.mark.slow) for what in WORKING],
)
def test_an_interrupt_at_any_time_leaves_nothing_and_ends_with_130(tmp_path: Path, what: str) -> None:
    table, staff = province(tmp_path, 1_000 if what == "solving a plan" else 3_321)
    kept = sorted(tmp_path.iterdir())
    arguments = [step.format(table=table, staff=staff, out=tmp_path / "out") for step in WORKING[what]]

    def start() -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-m", "quota", *arguments],
            cwd=ROOT,
            env=unmeasured(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )

    begun = time.monotonic()
    start().communicate(timeout=120)
    whole = time.monotonic() - begun
    made = [path for path in tmp_path.iterdir() if path not in kept]
    contents = {path.name: path.read_bytes() for path in made}
    for path in made:
        path.unlink()
    ends = set()
    for part in (0.2, 0.4, 0.6, 0.8):
        started = start()
        time.sleep(part * whole)
        started.send_signal(signal.SIGINT)
        _, said = started.communicate(timeout=60)
        ends.add(started.returncode)
        assert started.returncode in (-signal.SIGINT, 0, 130), said
        assert "Traceback" not in said or started.returncode == -signal.SIGINT, said
        left = [path for path in tmp_path.iterdir() if path not in kept]
        # What there is, is whole: an answer cut short would be a wrong one.
        assert {path.name: path.read_bytes() for path in left} in ({}, contents), left
        assert left or started.returncode != 0
        for path in left:
            path.unlink()
    assert 130 in ends or -signal.SIGINT in ends
