"""Annexes of assigned posts that a department hands in: what one consists of, and what fills it."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from msgspec import Meta, Struct

from quota.core.text import LocalText


class Shows(StrEnum):
    """What a column of an annex shows.

    `LESS` is the difference of two columns, the first less the second; a norm of two ends is held against
    both. Where `apart`, its sums keep what is above and what is below apart.
    """

    NUMBER = "number"
    NAME = "name"
    NORM = "norm"
    PROVISIONAL = "provisional"
    ASSIGNED = "assigned"
    PRESENT = "present"
    LESS = "less"
    NOTE = "note"


FIGURES = (Shows.NORM, Shows.PROVISIONAL, Shows.ASSIGNED, Shows.PRESENT)
"""What is counted, and typed where nothing fills it."""
EACH = "each"
"""As the bloc of a column: neighbours of this bloc are there once for each bloc of the frame."""


class Holder(StrEnum):
    """Whose rows a section of an annex has."""

    DEPARTMENTS = "departments"
    UNITS = "units"
    RESERVE = "reserve"


class AnnexColumn(Struct, frozen=True, forbid_unknown_fields=True):
    """A column; without a `bloc` its figures are of all blocs together. `width` is in characters.

    Neighbours with equal `group` have that heading over theirs.
    """

    key: str
    heading: LocalText
    shows: Shows
    width: Annotated[int, Meta(ge=1, le=200)]
    bloc: str | None = None
    group: LocalText | None = None
    less: tuple[str, str] | None = None
    apart: bool = False


class AnnexSection(Struct, frozen=True, forbid_unknown_fields=True):
    """A part of the table: its numeral, what it is called, whose rows it has."""

    numeral: str
    title: LocalText
    holds: Holder


class Annex(Struct, frozen=True, forbid_unknown_fields=True):
    """A layout. Its texts may have the places of `PLACES`, in braces.

    `corner` is top left, `titles` and, in italics, `under` over the table, `signature` side by side below
    it. A section without rows gets `blank_rows` of them to fill in. `size` is the type's, in points.
    """

    id: str
    title: LocalText
    titles: tuple[LocalText, ...]
    columns: tuple[AnnexColumn, ...]
    sections: tuple[AnnexSection, ...]
    total: LocalText
    corner: tuple[LocalText, ...] = ()
    under: tuple[LocalText, ...] = ()
    signature: tuple[LocalText, ...] = ()
    total_first: bool = False
    blank_rows: Annotated[int, Meta(ge=0, le=500)] = 5
    size: Annotated[int, Meta(ge=6, le=40)] = 12


PLACES = ("year", "day", "province", "decision", "decision_day")
"""What texts of a layout may have filled in."""


class Department(Struct, frozen=True):
    """A department of the province and its posts; None is unknown."""

    name: str
    provisional: int | None = None
    present: int | None = None
    assigned: int | None = None


class Apart(Struct, frozen=True):
    """What is below (as a positive number) and what is above, never netted."""

    below: int
    above: int


Figure = int | Apart | None


class Kind(StrEnum):
    """What a line of an annex is."""

    TOTAL = "total"
    SECTION = "section"
    ROW = "row"


class AnnexPlace(Struct, frozen=True):
    """A column as it is in the table; `operands` are the places of the columns it is the difference of.

    `end` is the end of the norm that it shows, "low" or "high"; empty where both are one.
    """

    column: AnnexColumn
    bloc: str | None = None
    bloc_name: LocalText | None = None
    operands: tuple[int, ...] = ()
    end: str = ""


class AnnexLine(Struct, frozen=True):
    """A line: its number and name, a figure for each place.

    `members` are the lines that a sum is of.
    """

    kind: Kind
    holds: Holder | None
    number: str
    name: LocalText | str
    figures: tuple[Figure, ...]
    members: tuple[int, ...] = ()


class AnnexTable(Struct, frozen=True):
    """The table of an annex."""

    places: tuple[AnnexPlace, ...]
    lines: tuple[AnnexLine, ...]
