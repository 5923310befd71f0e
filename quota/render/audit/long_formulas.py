"""How long a formula may be, and the names of the cells that parts of longer ones have."""

from __future__ import annotations

import re

from quota.norms.arithmetic.parts import PART

ROW = "\0"
"""Stands for the number of the row: a character that no workbook can hold, so that nobody's words have it."""
LONGEST = 8_192
"""Excel takes no formula of more characters, and none of more than 64 functions inside each other."""
_LEVELS = 64
_ROW_DIGITS = 7
"""No row's number has more."""


def size_of(made: str) -> int:
    """How long a formula is in a sheet's last row; or, in the same measure, how deep its brackets go."""
    deepest = level = 0
    for bracket in re.findall(r'[()]|"[^"]*"', made):  # brackets in quotes are words
        level += (bracket == "(") - (bracket == ")")
        deepest = max(deepest, level)
    return max(len(made) + made.count(ROW) * (_ROW_DIGITS - 1), deepest * LONGEST // _LEVELS)


class CellNames(dict[str, str]):
    """Cells of a row by what they hold; the parts of long formulas have those from the column `first` on."""

    def __init__(self, first: int) -> None:
        super().__init__()
        self._first = first

    def __missing__(self, name: str) -> str:
        return cell_in(self._first + int(name.removeprefix(PART)))


def cell_in(column: int) -> str:
    """The cell of a row in this column, counted from 0."""
    from xlsxwriter.utility import xl_col_to_name

    return f"{xl_col_to_name(column)}{ROW}"
