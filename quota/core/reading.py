"""What reading understood of a table, before anything is computed from it; empty forms of what is read."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from msgspec import Struct

from quota.core.problems import Problem
from quota.core.text import LocalText


class ColumnRead(Struct, frozen=True):
    """A column: its letter as a spreadsheet names it, its heading (the path of its rows), what it is.

    `column` is the known column it is taken for, None where it is left out; `says` is what its heading says
    it is: a known column, "assigned", "households", "norm", "forecast", "gap", "share", "part", "other",
    "unread" or "unclear".
    `figures` are its first figures as written; text is not kept, it may be about a person.
    """

    letter: str
    heading: str
    column: str | None
    says: str
    figures: tuple[str, ...] = ()


class SumRead(Struct, frozen=True):
    """A row of totals in one column: the figure it says, and the sum of the rows it is of."""

    heading: str
    row: int
    said: int
    added: int

    @property
    def holds(self) -> bool:
        """Whether both are the same."""
        return self.said == self.added


class SheetRead(Struct, frozen=True):
    """A sheet, or a file that is one table.

    `kind` is "population", "staff", "assigned", "roster" (people one by one) or "other"; `rows` counts the
    units, of the last two their rows; `left_out` the other rows by what they are. `sums` compares the totals
    that the table gives itself with its rows, where every row has a figure.
    """

    file: str
    sheet: str | None
    kind: str
    header_row: int
    rows: int
    left_out: Mapping[str, int]
    columns: tuple[ColumnRead, ...]
    sums: tuple[SumRead, ...] = ()


class ReadingReport(Struct, frozen=True):
    """Every table that was read, and all that there is to say of them."""

    sheets: tuple[SheetRead, ...]
    problems: tuple[Problem, ...]


class Holds(StrEnum):
    """What the cells of a column hold, which says what may be chosen or typed in them.

    `CODE` and `UNIT` are a unit's code and name, `BLOC` is one bloc of the frame, `FIELDS` a field of work;
    `BLOCS` stands for a column of people for each bloc of the frame.
    """

    TEXT = "text"
    COUNT = "count"
    MEASURE = "measure"
    DAY = "day"
    CODE = "code"
    UNIT = "unit"
    CHOICE = "choice"
    BLOC = "bloc"
    BLOCS = "blocs"
    FIELDS = "fields"


class FormColumn(Struct, frozen=True, forbid_unknown_fields=True):
    """A column: what the reader of the table calls it, its heading, a note, how wide it is in characters."""

    column: str
    heading: LocalText
    holds: Holds
    width: int
    note: LocalText
    choices: tuple[LocalText, ...] = ()


Example = LocalText | str | float | int
"""What an example row has in a cell; where one of the cell's choices is meant, its place, from 0."""


class FormLayout(Struct, frozen=True, forbid_unknown_fields=True):
    """An empty form. `examples` are rows by column; codes and names of units are filled in."""

    id: str
    title: LocalText
    columns: tuple[FormColumn, ...]
    examples: tuple[dict[str, Example], ...]
