"""The files that are audited in bulk: their form, their headings, how their rows stand in lines."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from quota.bulk.writing import ROW_GROUP
from quota.core.problems import InputError, Problem, Severity, refusal
from quota.core.text import say

CSV, PARQUET = ".csv", ".parquet"
_MOST_OF_A_HEADING = 1_000_000
"""Characters; a heading of a thousand columns has a tenth."""
_PIECE = 1 << 22
_TEXT_AT_ONCE = 20_000_000
"""Bytes of a CSV file that are audited before they are written."""


def form_of(path: Path) -> str:
    """`.csv` or `.parquet`; `InputError` for any other ending."""
    form = path.suffix.lower()
    if form not in (CSV, PARQUET):
        message = say("neither .csv nor .parquet")
        raise refusal("unknown-form", message, say("name a file that is"), file=str(path))
    return form


def header_of(path: Path) -> list[str]:
    """The first row of a CSV file; `InputError` where there is none, or no end to it."""
    with path.open(encoding="utf-8-sig", newline="") as lines:
        start = lines.read(_MOST_OF_A_HEADING)
    if len(start) == _MOST_OF_A_HEADING and "\n" not in start:
        message = say("its first line has more than {n} characters", n=_MOST_OF_A_HEADING)
        raise refusal("too-large", message, say("the first row of a table is its heading"), file=str(path))
    header = next(csv.reader(io.StringIO(start, newline="")), None)
    if header is None:
        raise refusal("empty", say("the file is empty"), file=str(path))
    return header


def named(header: list[str]) -> list[str]:
    """The headings, with a name for a column that has none, as pandas writes its index."""
    return [heading or f"column {place}" for place, heading in enumerate(header, start=1)]


def refuse_doubled_headings(source: Path) -> None:
    """Polars renames the second of two equal headings and carries on; DuckDB sees no capitals."""
    header = header_of(source)
    times = Counter(heading.casefold() for heading in header)
    doubled = list(dict.fromkeys(heading for heading in header if times[heading.casefold()] > 1 and heading))
    if doubled:
        message, fix = say("two columns have this heading, capitals or not"), say("rename or remove one")
        raise InputError(
            Problem("doubled-heading", Severity.ERROR, message, fix, str(source), column=heading)
            for heading in doubled
        )


def lines_in_quotes(source: Path, rows: int) -> bool:
    """Whether the file has quotes and more lines than rows: only then can a quote have swallowed any."""
    if not any(b'"' in piece for piece in _pieces(source)):
        return False  # which is seen ten times as fast as lines are counted
    lines, last = 0, b"\n"
    for piece in _pieces(source):
        lines += piece.count(b"\n")
        last = piece[-1:]
    return lines + (last != b"\n") > rows + 1


def rows_at_once(source: Path) -> int:
    """How many rows make a piece of text that is neither long to wait for nor much to hold."""
    if form_of(source) == PARQUET:
        return ROW_GROUP
    start = next(_pieces(source), b"")
    lines = start.count(b"\n")
    return max(_TEXT_AT_ONCE * lines // len(start), 1) if lines else ROW_GROUP


def _pieces(source: Path) -> Iterator[bytes]:
    with source.open("rb") as opened:
        while piece := opened.read(_PIECE):
            yield piece
