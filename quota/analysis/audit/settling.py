"""Terrain that another table says of units: it settles what their own table leaves unknown."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from enum import Enum
from functools import cached_property

from msgspec import structs
from msgspec.structs import replace

from quota.analysis.audit.matching import Matcher, row_problem
from quota.core.names import fold
from quota.core.places import row_at
from quota.core.problems import Problem, Severity
from quota.core.text import count, say
from quota.core.units import Terrain, TerrainRow, TerrainTable, Unit, UnitTable

_FIELDS = Terrain.__struct_fields__


def with_terrain(units: UnitTable, table: TerrainTable, official: Container[str] = ()) -> UnitTable:
    """The units with what `table` says of their terrain where their own table does not say it.

    A row is for the unit of its code; without one, for the unit of its name, in its province where the row
    says one. Rows of other provinces, or with a code among the `official` ones that no unit here has, are
    left out with one remark. Among the problems of the result are, as errors, a row of no unit, a unit that
    two rows are for, and a row that says otherwise than the unit's own table.
    """
    places = _Places(units.units, official)
    problems: list[Problem] = []
    row_of: dict[str, TerrainRow] = {}
    elsewhere: list[TerrainRow] = []
    for row in table.rows:
        if places.is_elsewhere(row):
            elsewhere.append(row)
            continue
        unit, found = places.within(row).unit_of(row)
        problems.extend(found)
        if unit is None:
            continue
        if unit.code in row_of:
            problems.append(_twice(row, unit, row_of[unit.code]))
            continue
        row_of[unit.code] = row
        problems.extend(_against(unit, row))
    problems.extend(_left_out(elsewhere))
    settled = tuple(
        unit if (said := row_of.get(unit.code)) is None else replace(unit, terrain=_both(unit, said))
        for unit in units.units
    )
    return replace(
        units,
        units=settled,
        problems=(*units.problems, *table.problems, *problems),
        sources=(*units.sources, *table.sources),
    )


class _Places:
    """The units of each province, to look rows up in."""

    def __init__(self, units: Sequence[Unit], official: Container[str]) -> None:
        self._units, self._official = units, official
        self._matchers: dict[str | None, Matcher] = {}
        self._codes = {unit.code for unit in units}

    @cached_property
    def _provinces(self) -> frozenset[str | None]:
        return frozenset(_folded(unit.province) for unit in self._units)

    def is_elsewhere(self, row: TerrainRow) -> bool:
        """Whether the row is for a unit that is not among these: of another province, or of another code."""
        if row.code in self._codes:
            return False
        if row.code is not None and row.code in self._official:
            return True
        province = _folded(row.province)
        return province is not None and province not in self._provinces and None not in self._provinces

    def within(self, row: TerrainRow) -> Matcher:
        """A finder among the units of the row's province; among all where the row names none."""
        province = None if row.code in self._codes else _folded(row.province)
        if province not in self._matchers:
            here = [
                unit
                for unit in self._units
                if province is None or unit.province is None or _folded(unit.province) == province
            ]
            self._matchers[province] = Matcher(here)
        return self._matchers[province]


def _folded(province: str | None) -> str | None:
    return None if province is None else fold(province)


def _both(unit: Unit, row: TerrainRow) -> Terrain:
    """What the unit's own table says of it; else what the row says."""
    own, said = unit.terrain, row.terrain
    return structs.replace(
        own, **{name: getattr(said, name) for name in _FIELDS if getattr(own, name) is None}
    )


def _against(unit: Unit, row: TerrainRow) -> Iterator[Problem]:
    for name in _FIELDS:
        own, said = getattr(unit.terrain, name), getattr(row.terrain, name)
        if own is None or said is None or own == said:
            continue
        message = say("the population table says {own} of {name}", own=_said(own), name=unit.name)
        yield replace(
            row_problem(row, "terrain-against-table", message, say("correct the one that is wrong"), name),
            value=_said(said),
        )


def _said(value: object) -> str:
    """A value of terrain as a table writes it."""
    if isinstance(value, Enum):
        return str(value.value)
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)


def _twice(row: TerrainRow, unit: Unit, first: TerrainRow) -> Problem:
    message = say("{name} already has its terrain, on row {row}", name=unit.name, row=row_at(first.origin))
    return row_problem(row, "terrain-twice", message, say("a unit has one row: correct the code or the name"))


def _left_out(rows: Iterable[TerrainRow]) -> Iterator[Problem]:
    left_out = list(rows)
    if left_out:
        origin = left_out[0].origin
        message = count(
            "{n} row is for a unit outside the population table; left out",
            "{n} rows are for units outside the population table; left out",
            n=len(left_out),
        )
        yield Problem(
            "terrain-elsewhere", Severity.INFORMATION, message, file=origin.file if origin else None
        )
