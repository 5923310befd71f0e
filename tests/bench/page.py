"""`python tests/bench/page.py RUN.txt ...`: the tables of performance/bench.md, from a run.

A row a size, a column a peer: its time as a ratio to the first one's, and the megabytes at its peak. Under
them by which power of the rows the time grows from the smallest size to the greatest: 1 is linear.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

WHAT, ROWS, PEER = slice(0, 24), slice(24, 36), slice(38, 72)


def pages(printed: Iterable[str]) -> Iterator[str]:
    """Markdown, table by table, in the order they were printed."""
    tables: dict[str, dict[str, dict[str, str]]] = {}
    seconds: dict[tuple[str, str], dict[int, float]] = {}
    for line in printed:
        size = line[ROWS].strip()
        if not size.replace(",", "").isdigit():
            continue
        told = line[72:].split()
        measured = told[0].replace(".", "").isdigit()
        if measured:
            taken = seconds.setdefault((line[WHAT].strip(), line[PEER].strip()), {})
            taken[int(size.replace(",", ""))] = float(told[0])
        cell = f"{told[2]} ({told[1]} MB)" if measured else told[0].rstrip(":")
        tables.setdefault(line[WHAT].strip(), {}).setdefault(size, {})[line[PEER].strip()] = cell
    for what, sizes in tables.items():
        peers = list(dict.fromkeys(peer for row in sizes.values() for peer in row))
        yield f"| {what} | {' | '.join(peers)} |"
        yield f"| ---: |{' ---: |' * len(peers)}"
        for size, row in sizes.items():
            yield f"| {size} | {' | '.join(row.get(peer, '') for peer in peers)} |"
        if len(sizes) > 1:
            powers = [_power(seconds.get((what, peer), {})) for peer in peers]
            yield f"| grows by | {' | '.join(powers)} |"
        yield ""


def _power(seconds: Mapping[int, float]) -> str:
    """The power of the rows by which the time grows; nothing where too little was measured."""
    if len(seconds) < 2 or not all(seconds.values()):
        return ""
    least, most = min(seconds), max(seconds)
    return f"{math.log(seconds[most] / seconds[least]) / math.log(most / least):.2f}"


def main() -> None:
    printed = [line for file in sys.argv[1:] for line in Path(file).read_text(encoding="utf-8").splitlines()]
    for line in pages(printed):
        sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    main()
