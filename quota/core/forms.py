"""Empty forms as data: the columns of a table that people fill in, with notes and examples."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from quota.core.text import LocalText


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
