"""Whole processes side by side: interleaved turns, the median of the time, the peak of the memory."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).parents[2]
PEERS = Path(__file__).parent / "peers"

# A checkout is compiled once and kept, as installing does for the peers' libraries.
_ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


@dataclass(frozen=True)
class Peer:
    """One way to do the work: arguments to Python, and the module it cannot do without."""

    name: str
    arguments: Sequence[str]
    needs: str | None = None

    @property
    def missing(self) -> bool:
        """Whether what it needs is not installed."""
        return self.needs is not None and find_spec(self.needs) is None


@dataclass(frozen=True)
class Contest:
    """Peers that do the same work over `size` rows; times are told as ratios to the first."""

    what: str
    size: int
    peers: Sequence[Peer]
    turns: int = 5


def once(arguments: Sequence[str]) -> tuple[float, int]:
    """Seconds and megabytes at the peak of one run of Python."""
    started = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=_ENVIRONMENT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    assert process.stderr is not None
    said = process.stderr.read()
    _, status, used = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    process.stderr.close()
    if process.returncode != 0:
        raise SystemExit(f"{' '.join(arguments)}\n{said.decode()}")
    return seconds, used.ru_maxrss // 1024  # kilobytes, as Linux counts


def lines(contest: Contest) -> Iterator[str]:
    """The contest's table, line by line."""
    there = [peer for peer in contest.peers if not peer.missing]
    taken: dict[str, list[tuple[float, int]]] = {peer.name: [] for peer in there}
    if contest.turns > 1:
        for peer in there:
            once(peer.arguments)  # once for the caches
    for _ in range(contest.turns):
        for peer in there:
            taken[peer.name].append(once(peer.arguments))
    first = statistics.median(seconds for seconds, _ in taken[there[0].name])
    for peer in contest.peers:
        row = f"{contest.what:28}{contest.size:>12,}  {peer.name:34}"
        if peer.missing:
            yield f"{row}  missing: {peer.needs} is not installed"
            continue
        median = statistics.median(seconds for seconds, _ in taken[peer.name])
        peak = max(megabytes for _, megabytes in taken[peer.name])
        yield f"{row}{median:9.3f}{peak:9}{median / first:9.2f}"
