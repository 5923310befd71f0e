"""What a note above or below the rows of a CSV file says of its figures ("ĐVT: nghìn người")."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from quota.core.problems import InputError, Problem, Severity
from quota.core.text import say
from quota.tables.files.units_said import PEOPLE, Said, units_noted

_SEEN = 1 << 16
"""Bytes at either end of a file that are looked through: a note is above a table or below it."""
_FEW = 2
"""A note fills one cell, or a mark and one; a row of figures fills more."""


def refuse_other_counts(source: Path) -> None:
    """`InputError` where a note says that the file counts in thousands of people, or in other such numbers.

    The audit of one table multiplies; a file of any size is counted as it is: its figures would be too few.
    """
    for cells in _ends(source):
        filled = [cell for cell in cells if cell.strip()]
        noted = units_noted(filled).get(PEOPLE) if len(filled) <= _FEW else None
        if noted is not None and noted.factor != 1:
            raise InputError([_counts_otherwise(source, noted, " ".join(filled))])


def _ends(source: Path) -> Iterator[list[str]]:
    """The rows at the start and at the end of the file; those between, where it is long, are left out."""
    with source.open("rb") as opened:
        start = opened.read(_SEEN)
        behind = opened.seek(0, io.SEEK_END) - _SEEN
        opened.seek(max(behind, len(start)))
        end = opened.read()
    if behind > len(start):
        end = end.partition(b"\n")[2]  # which may begin within a row
    for piece in (start, end):
        try:
            yield from csv.reader(io.StringIO(piece.decode("utf-8-sig", "replace"), newline=""))
        except csv.Error:
            continue  # of what is no CSV the engine speaks


def _counts_otherwise(source: Path, noted: Said, text: str) -> Problem:
    message = say('a note says that figures are in "{unit}"; people are read here', unit=noted.text)
    fix = say("make them whole people and take the note out, or use quota audit")
    return Problem("unit-of-measure", Severity.ERROR, message, fix, file=str(source), value=text)
