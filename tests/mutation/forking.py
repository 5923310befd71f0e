"""Processes of one mutant each, forked from one that has imported everything: none pays for imports."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

SECONDS = 30
"""Processor time a process gets beside three times what it should take: a mutant may never end."""
MEMORY = 6 << 30


@dataclass(frozen=True)
class Job:
    """Something to do in a process of its own: what it returns is sent back as text."""

    name: object
    work: Callable[[], str]
    seconds: float


@dataclass(frozen=True)
class Done:
    """How it ended: what it said, unless it was `stopped` (time, memory, crash); or `broke`, by no test."""

    name: object
    said: str = ""
    stopped: bool = False
    broke: str = ""


def run_forked(jobs: Iterator[Job], at_once: int) -> Iterator[Done]:
    """Do the jobs, so many at a time; in the order in which they end."""
    running: dict[int, tuple[Job, Path, float]] = {}
    ended = False
    while running or not ended:
        while not ended and len(running) < at_once:
            job = next(jobs, None)
            if job is None:
                ended = True
                break
            folder = Path(tempfile.mkdtemp(prefix="mutant-"))
            sys.stdout.flush()
            sys.stderr.flush()
            child = os.fork()
            if child == 0:
                _child(job, folder)
            running[child] = (job, folder, time.monotonic())
        yield from _ended(running)


def _ended(running: dict[int, tuple[Job, Path, float]]) -> Iterator[Done]:
    """Wait a moment for any to end; stop those that sleep instead of working."""
    for child, (job, folder, started) in list(running.items()):
        pid, status = os.waitpid(child, os.WNOHANG)
        if pid == 0:
            if time.monotonic() - started > 20 * (SECONDS + 3 * job.seconds):
                os.kill(child, signal.SIGKILL)
            continue
        del running[child]
        if status == 0:
            done = Done(job.name, (folder / "said").read_text(encoding="utf-8"))
        elif os.WIFSIGNALED(status):
            done = Done(job.name, stopped=True)
        else:
            done = Done(
                job.name, broke=(folder / "log").read_text(encoding="utf-8", errors="replace")[-2000:]
            )
        shutil.rmtree(folder, ignore_errors=True)
        yield done
    time.sleep(0.005)


def _child(job: Job, folder: Path) -> None:
    """What the new process does; it never returns to what its parent was doing."""
    code = 1
    try:
        limit = int(SECONDS + 3 * job.seconds)
        resource.setrlimit(resource.RLIMIT_CPU, (limit, limit + 5))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        (folder / "tmp").mkdir()
        os.environ["PYTEST_DEBUG_TEMPROOT"] = str(folder / "tmp")
        log = os.open(folder / "log", os.O_WRONLY | os.O_CREAT)
        nothing = os.open(os.devnull, os.O_RDONLY)
        for target, stream in ((0, nothing), (1, log), (2, log)):
            os.dup2(stream, target)
        (folder / "said").write_text(job.work(), encoding="utf-8")
        code = 0
    except BaseException:  # whatever a mutant raises, this process ends here
        traceback.print_exc()
    finally:
        os._exit(code)
