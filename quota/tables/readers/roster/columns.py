"""Where the columns of a list of people are, and whether a table is one."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from quota.core.names import fold
from quota.tables.files.raw import RawTable
from quota.tables.files.sheets import Row

_GIVEN_NAME = frozenset(("tên", "name"))
"""Headings of a person's name where another column has the unit's, or the family name."""


class RosterColumns(Struct, frozen=True):
    """Places of columns by what they hold; several columns may say one thing together."""

    persons: tuple[int, ...]
    unit: int | None
    known: dict[str, int]
    posts: tuple[int, ...]
    offices: tuple[int, ...]
    notes: tuple[int, ...]
    ordinal: int | None
    header: Sequence[str]

    def text(self, row: Row, *places: int | None) -> str:
        """The cells at these places as one text."""
        texts = [" ".join(row.cells[place].split()) for place in places if place is not None]
        return "; ".join(filter(None, texts))

    def cell(self, row: Row, column: str) -> str:
        """The cell of a known column; nothing where there is none."""
        return self.text(row, self.known.get(column))

    def person(self, row: Row) -> str:
        """What the row calls the person."""
        return self.text(row, *self.persons)


def roster_columns(table: RawTable) -> RosterColumns | None:
    """The columns of a list of people one by one; None for a table of anything else.

    It is one where a column has people's names, or their numbers, another a post, an office or a bloc, and
    none counts people.
    """
    found = table.columns
    names = [place for place, column in enumerate(found) if column == "name"]
    persons = [place for place, column in enumerate(found) if column == "full_name"]
    if len(names) > 1 or persons:
        given = [place for place in names if fold(table.header[place]) in _GIVEN_NAME]
        persons, names = [*persons, *given], [place for place in names if place not in given]
    known = {str(column): place for place, column in reversed(list(enumerate(found))) if column}
    posts = _all(found, "post")
    offices = _all(found, "office")
    counted = {*table.wordings.blocs, "in_post", "population", "people", "needed"}.intersection(known)
    told_apart = bool(persons) or "person" in known
    if counted or not told_apart or not (posts or offices or "bloc" in known):
        return None
    roles = [table.wordings.role_of(heading) for heading in table.header]
    return RosterColumns(
        tuple(persons),
        names[0] if names else None,
        known,
        posts,
        offices,
        tuple(place for place, role in enumerate(roles) if role.thing == "note"),
        next((place for place, role in enumerate(roles) if role.thing == "ordinal"), None),
        table.header,
    )


def _all(found: Sequence[str | None], column: str) -> tuple[int, ...]:
    return tuple(place for place, meant in enumerate(found) if meant == column)
