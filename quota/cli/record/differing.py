"""Where two files of any size first differ, read piece by piece."""

from __future__ import annotations

import csv
from pathlib import Path

from quota.run.verification import FirstDifference
from quota.run.verifying import parting

_PIECE = 1 << 20
_LINE = 1 << 16
_BINARY = (b"PK\x03\x04", b"PAR1")
"""How workbooks, Word documents and Parquet files begin."""


def first_difference(then: Path, now: Path) -> tuple[str | None, str | None, FirstDifference]:
    """What each of two files has where they first differ: a cell of CSV, a piece of a line, or a byte."""
    offset, line, start = _parting(then, now)
    old, new = _line_at(then, start), _line_at(now, start)
    if old is None or new is None or any(_is_binary(path) for path in (then, now)):
        return None, None, FirstDifference(byte=offset)
    if then.suffix.lower() == ".csv" and line > 1 and old and new:
        cell = _differing_cell(_line_at(then, 0) or "", old, new)
        if cell is not None:
            return *parting(cell[1], cell[2]), FirstDifference(line=line, column=cell[0])
    return *parting(old or None, new or None), FirstDifference(line=line)


def _differing_cell(header: str, then: str, now: str) -> tuple[str, str, str] | None:
    """The heading of the first cell in which two rows of CSV differ, and the two cells; None if they fit no
    heading.
    """
    headings, was, has = (next(csv.reader([line]), []) for line in (header, then, now))
    if not len(headings) == len(was) == len(has):
        return None
    cells = zip(headings, was, has, strict=True)
    return next(((heading, a, b) for heading, a, b in cells if a != b), None)


def _parting(then: Path, now: Path) -> tuple[int, int, int]:
    """The first byte that differs, the number of its line, and where that line starts."""
    offset, line, start = 0, 1, 0
    with then.open("rb") as old, now.open("rb") as new:
        while True:
            a, b = old.read(_PIECE), new.read(_PIECE)
            same = len(a) if a == b else _first(a, b)
            line += a.count(b"\n", 0, same)
            if (last := a.rfind(b"\n", 0, same)) >= 0:
                start = offset + last + 1
            offset += same
            if a != b or not a:
                return offset, line, start


def _first(a: bytes, b: bytes) -> int:
    low, high = 0, min(len(a), len(b))
    while low < high:  # the longest beginning that both have
        middle = (low + high + 1) // 2
        low, high = (middle, high) if a[:middle] == b[:middle] else (low, middle - 1)
    return low


def _line_at(path: Path, start: int) -> str | None:
    """The line that starts there, cut at the end of a piece; None where it is no text."""
    with path.open("rb") as lines:
        lines.seek(start)
        found = lines.readline(_LINE)
    if b"\0" in found:
        return None
    try:
        return found.decode("utf-8-sig" if start == 0 else "utf-8").rstrip("\r\n")
    except UnicodeDecodeError as error:
        whole = len(found) == _LINE and error.start >= len(found) - 4
        return found[: error.start].decode("utf-8") if whole else None


def _is_binary(path: Path) -> bool:
    with path.open("rb") as lines:
        return lines.read(4).startswith(_BINARY)
