"""Whole processes side by side: interleaved turns, the median time, the peak of the memory, the answer.

The memory is that of the process and of those it started, never of the one that measures: a table is made,
and an answer read, in a process of its own, so that the few megabytes of this one stay under anybody's peak.
"""

from __future__ import annotations

import json
import os
import signal
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from shutil import which

from environments import python_of
from streams import streams

ROOT = Path(__file__).parents[2]
PEERS = Path(__file__).parent / "peers"
_ODD = {"PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED", "COLUMNS", "LINES", "NO_COLOR", "FORCE_COLOR"}
"""What a person's own shell does not set: a checkout is compiled once and kept, as installing does for the
peers' libraries, and a terminal says itself how wide it is.
"""
_ENVIRONMENT = {name: value for name, value in os.environ.items() if name not in _ODD}
LIMIT = 600
"""Seconds after which a process is stopped."""


@dataclass(frozen=True)
class Limits:
    """How much is asked of the peers: the largest table, and the turns instead of each contest's own."""

    rows: int
    turns: int | None = None

    def sizes(self, *among: int) -> list[int]:
        """Those that are not too large; the smallest is never."""
        return [size for size in among if size <= max(self.rows, min(among))]


@dataclass(frozen=True)
class Peer:
    """One way to do the work: arguments to Python, and what they cannot do without.

    `environment` names a virtual environment of the peer's own; `most` is the largest size it is asked for,
    and `why`. `answer` are arguments to our Python that print what came out, as JSON; without them it is the
    last line that the peer printed. Where that says `seconds`, they count instead of the whole process's.
    `columns` has it write on a terminal of that width; `ends` are the exit codes of a run that did its work.
    """

    name: str
    arguments: Sequence[str]
    needs: str | None = None
    environment: str | None = None
    program: str | None = None
    answer: Sequence[str] = ()
    most: int | None = None
    why: str = ""
    columns: int | None = None
    ends: tuple[int, ...] = (0,)

    @property
    def missing(self) -> str | None:
        """What it needs and is not installed, in words."""
        if self.needs is not None and find_spec(self.needs) is None:
            return f"absent: {self.needs} is not installed"
        if self.program is not None and which(self.program) is None:
            return f"absent: {self.program} is not installed"
        if self.environment is not None and python_of(self.environment) is None:
            return f"absent: python tests/bench --install fetches {self.environment}"
        return None


def as_they_are(first: object, other: object) -> str:
    """Whether two answers are the same, in a word."""
    return "same" if first == other else f"DIFFERENT: {other}, not {first}"


@dataclass(frozen=True)
class Contest:
    """Peers that do the same work over `size` rows; times are told as ratios to the first's.

    `verdict` compares a peer's answer with the first's; it begins with DIFFERENT where the peer is wrong, and
    then is no benchmark.
    """

    what: str
    size: int
    peers: Sequence[Peer]
    turns: int = 5
    verdict: Callable[[object, object], str] = as_they_are


@dataclass(frozen=True)
class Run:
    """One run of a process: seconds, those of the processor, megabytes at its peak, what it printed last."""

    seconds: float
    processor: float
    megabytes: int
    printed: str


class NoRunError(Exception):
    """A process that failed, or was stopped after `LIMIT` seconds; says why."""


def once(
    arguments: Sequence[str],
    python: str | None = None,
    *,
    folder: Path = ROOT,
    columns: int | None = None,
    ends: Sequence[int] = (0,),
) -> Run:
    """One run of Python in a folder, on a terminal of so many columns if any.

    Raises:
        NoRunError: it ended with another exit code than one of `ends`, or took too long.
    """
    stopped = threading.Event()
    with streams(columns) as place:
        started = time.perf_counter()
        process = subprocess.Popen(
            [python or sys.executable, *arguments],
            cwd=folder,
            env=_ENVIRONMENT,
            start_new_session=True,
            **place.ends,
        )
        place.handed_over()

        def stop() -> None:
            stopped.set()
            os.killpg(process.pid, signal.SIGKILL)

        timer = threading.Timer(LIMIT, stop)
        timer.start()
        _, status, used = os.wait4(process.pid, 0)
        timer.cancel()
        seconds = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        printed, errors = place.texts()
    if stopped.is_set():
        raise NoRunError(f"stopped after {LIMIT} s")
    if process.returncode not in ends:
        raise NoRunError(f"FAILED: {errors.rpartition(chr(10))[2]}")
    processor = used.ru_utime + used.ru_stime
    megabytes = used.ru_maxrss // 1024  # kilobytes, as Linux counts
    return Run(seconds, processor, megabytes, printed.rpartition("\n")[2])


class Entry:
    """A peer in a contest: its runs, what came out of the first, or why there is nothing to tell."""

    def __init__(self, peer: Peer, size: int) -> None:
        self.peer = peer
        self.runs: list[Run] = []
        self.answer: object = None
        self.out = peer.missing
        if peer.most is not None and size > peer.most:
            self.out = f"stopped at {peer.most:,} rows: {peer.why}"

    def take_turn(self, *, counts: bool) -> None:
        """Run it once more; a run for the caches does not count."""
        if self.out is not None:
            return
        try:
            python = python_of(self.peer.environment)
            run = once(self.peer.arguments, python, columns=self.peer.columns, ends=self.peer.ends)
            if self.answer is None:
                printed = once(self.peer.answer).printed if self.peer.answer else run.printed
                told = json.loads(printed) if printed.startswith("{") else {}
                self.answer = {key: value for key, value in told.items() if key != "seconds"}
        except NoRunError as why:
            self.out = str(why)
            return
        if counts:
            self.runs.append(run)

    @property
    def seconds(self) -> float:
        """The median of its turns: of the process, or of what it says it took."""
        return statistics.median(_own_seconds(run) for run in self.runs)

    @property
    def megabytes(self) -> int:
        """The most that it held in any turn."""
        return max(run.megabytes for run in self.runs)


def lines(contest: Contest, limits: Limits) -> Iterator[str]:
    """The contest's table, line by line."""
    turns = limits.turns or contest.turns
    entries = [Entry(peer, contest.size) for peer in contest.peers]
    for turn in range(turns + (turns > 1)):
        for entry in entries:
            entry.take_turn(counts=turn > 0 or turns == 1)
    first = next((entry for entry in entries if entry.out is None), None)
    for entry in entries:
        row = f"{contest.what:24}{contest.size:>12,}  {entry.peer.name:34}"
        if entry.out is not None or first is None:
            yield f"{row}{entry.out}"
            continue
        told = _in_short(entry.answer) if entry is first else contest.verdict(first.answer, entry.answer)
        ratio = entry.seconds / first.seconds
        yield f"{row}{entry.seconds:9.3f}{entry.megabytes:9}{ratio:9.2f}  {told}"


def _own_seconds(run: Run) -> float:
    own = json.loads(run.printed).get("seconds") if run.printed.startswith("{") else None
    return run.seconds if own is None else float(own)


def _in_short(answer: object) -> str:
    """The first peer's answer, that the others are held to."""
    return " ".join(f"{key} {value:,}" for key, value in answer.items()) if isinstance(answer, dict) else ""
