"""A column that says of every row alike that the figures beside it are of no whole: "Nữ", "Tạm trú"."""

from __future__ import annotations

from quota.core.characters import pattern
from quota.core.names import fold
from quota.core.problems import Problem
from quota.core.text import say
from quota.tables.files.raw import RawTable
from quota.tables.files.said.captions import counted_by

_MAY_QUALIFY = frozenset((None, "sex", "employment"))
_OF_YEARS = pattern(fold(r"(?<!\w)(?:năm|kỳ|thời điểm|year|period)(?!\w)"))


def qualified(table: RawTable) -> tuple[Problem, ...]:
    """The problem of each column whose one value says so; none where the user's file names its heading."""
    found: list[Problem] = []
    for place, column in enumerate(table.columns):
        heading = table.header[place]
        if not table.rows or column not in _MAY_QUALIFY or table.wordings.is_own(heading):
            continue
        value = " ".join(table.rows[0].cells[place].split())
        if not value or (not value[0].isalpha() and not _OF_YEARS.search(fold(heading))):
            continue
        if not counted_by(value, table.wordings.words, table.wordings.known_year):
            continue
        if all(" ".join(row.cells[place].split()) == value for row in table.rows):
            message = say("every row says so here: the figures are of some only, or of no day that was")
            fix = say('if they are of all who are there, set the column to "ignore" in a file for --columns')
            found.append(
                table.problem(
                    "qualified-rows", message, fix, row=table.rows[0].number, column=heading, value=value
                )
            )
    return tuple(found)
