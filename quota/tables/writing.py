"""A set of units as a population table that carries its staff: the same columns that are read."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import zip_longest

from msgspec.structs import replace

from quota.core.blocs import BLOCS, Blocs, Staff, all_of
from quota.core.units import Reserve, StaffRow, Unit, UnitTable
from quota.tables.columns.assigned import DECIDED, DECISION
from quota.tables.columns.headings import known_column
from quota.tables.files.roles import assigned_key

RESERVE = "Dự phòng"
"""What the row of posts that are kept back is called."""
Cell = str | int | float | bool | None

_OPTIONAL: dict[str, Callable[[Unit], Cell]] = {
    "province": lambda unit: unit.province,
    "area_km2": lambda unit: None if unit.area_km2 is None else f"{unit.area_km2:f}",
    "lon": lambda unit: unit.lon,
    "lat": lambda unit: unit.lat,
    "mountain": lambda unit: _truth(unit.terrain.mountain),
    "highland": lambda unit: _truth(unit.terrain.highland),
    "island": lambda unit: _truth(unit.terrain.island),
    "border": lambda unit: _truth(unit.terrain.border),
    "minority_share": lambda unit: _share(unit.terrain.minority_share),
    "province_class": lambda unit: unit.terrain.province_class and unit.terrain.province_class.value,
    "unit_class": lambda unit: unit.terrain.unit_class,
}
"""Columns that are written where some unit has them."""
_DECISION: dict[str, Callable[[Unit | StaffRow], str | None]] = {
    DECISION: lambda unit: unit.decision.number if unit.decision else None,
    DECIDED: lambda unit: unit.decision.day.isoformat() if unit.decision and unit.decision.day else None,
}
"""The same of the decision that assigned posts."""


def unit_rows(
    units: Iterable[Unit], left_out: Container[str] = (), reserves: Sequence[Reserve] = ()
) -> list[list[Cell]]:
    """Header and rows: what a unit is, its staff and assigned posts, its place where known, other columns.

    Of those, the headings `left_out` are not written: the assigned posts were read from them. Rows of what is
    kept back are last.
    """
    table = list(units)
    optional = [
        column
        for column, cell in _OPTIONAL.items()
        if any(cell(unit) is not None for unit in table)
        or (column == "province" and any(reserve.province for reserve in reserves))
    ]
    blocs, granted = _blocs(unit.staff for unit in table), all_of(unit.assigned.order for unit in table)
    posts = map(assigned_key, granted)
    decided = [column for column, said in _DECISION.items() if any(said(unit) is not None for unit in table)]
    written: list[Cell] = ["code", "name", "type", "population", *blocs, *posts, *decided, *optional]
    more = [
        key
        for key in dict.fromkeys(key for unit in table for key in unit.more)
        if known_column(key) not in written and key not in left_out
    ]
    rows: list[list[Cell]] = [[*written, *more]]
    rows += [
        [
            unit.code,
            unit.name,
            unit.type.value,
            unit.population,
            *(unit.staff.get(bloc) for bloc in blocs),
            *(unit.assigned.get(bloc) for bloc in granted),
            *(_DECISION[column](unit) for column in decided),
            *(_OPTIONAL[column](unit) for column in optional),
            *(unit.more.get(key) for key in more),
        ]
        for unit in table
    ]
    return [*rows, *_kept(rows[0], reserves, granted)]


ORIGINAL = "original_population"


def corrected_rows(table: UnitTable, corrected: Mapping[str, int]) -> list[list[Cell]]:
    """The clean table with corrected residents in place, by code, and beside them what stood there at first.

    That is what a table says that was corrected before.
    """
    units = [replace(unit, population=corrected.get(unit.code, unit.population)) for unit in table.units]
    stood = [ORIGINAL, *(unit.more.get(ORIGINAL) or unit.population for unit in table.units)]
    rows = unit_rows(units, (*table.assigned_columns, ORIGINAL), table.reserves)
    place = rows[0].index("population") + 1
    return [[*row[:place], first, *row[place:]] for row, first in zip_longest(rows, stood)]


def _kept(header: Sequence[Cell], reserves: Iterable[Reserve], granted: Blocs) -> Iterator[list[Cell]]:
    """A row for each reserve, with the posts that are kept back under the keys of their columns."""
    for reserve in reserves:
        row: dict[Cell, Cell] = {"name": RESERVE, "province": reserve.province}
        row |= {assigned_key(bloc): reserve.posts.get(bloc) for bloc in granted}
        yield [row.get(column) for column in header]


def _truth(value: bool | None) -> str | None:
    return None if value is None else "yes" if value else "no"


def _share(share: Fraction | None) -> str | None:
    """As a decimal where that is exact, else as a fraction: nothing is rounded. The whole is 100%, not 1."""
    if share is None:
        return None
    if share == 1:
        return "100%"
    decimal = Decimal(share.numerator) / Decimal(share.denominator)
    return f"{decimal:f}" if len(f"{decimal:f}") <= 11 else f"{share.numerator}/{share.denominator}"


def staff_rows(rows: Iterable[StaffRow], reserves: Sequence[Reserve] = ()) -> list[list[Cell]]:
    """Header and rows of a staff table: code, name, people present and assigned posts by bloc.

    Rows of what is kept back are last, with their province where that is known of any.
    """
    table = list(rows)
    blocs, granted = _blocs(row.staff for row in table), all_of(row.assigned.order for row in table)
    decided = [column for column, said in _DECISION.items() if any(said(row) is not None for row in table)]
    counted: list[list[Cell]] = [
        [
            row.code,
            row.name,
            *(row.staff.get(bloc) for bloc in blocs),
            *(row.assigned.get(bloc) for bloc in granted),
            *(_DECISION[column](row) for column in decided),
        ]
        for row in table
    ]
    header: list[Cell] = ["code", "name", *blocs, *map(assigned_key, granted), *decided]
    if any(reserve.province for reserve in reserves):
        header.append("province")
        counted = [[*cells, None] for cells in counted]
    return [header, *counted, *_kept(header, reserves, granted)]


def _blocs(staff: Iterable[Staff]) -> Blocs:
    """Those that are spoken of; the central ones where none is."""
    return all_of(counts.order for counts in staff) or BLOCS
