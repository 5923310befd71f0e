"""The place of a cell, as an .xlsx writes it."""

from __future__ import annotations

import re

Place = tuple[int, int]
"""A cell's row and column, from 1."""
_REFERENCE = re.compile("([A-Za-z]{1,3})([0-9]{1,7})")


def place_of(reference: str) -> Place | None:
    """The place that "AB12" says; None where it says none."""
    found = _REFERENCE.fullmatch(reference)
    if found is None:
        return None
    return int(found.group(2)), column_called(found.group(1))


def column_called(letters: str) -> int:
    """The column that "AB" says, from 1."""
    column = 0
    for letter in letters.upper():
        column = column * 26 + ord(letter) - 64
    return column
