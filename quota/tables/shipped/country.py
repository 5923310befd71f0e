"""The country as it ships: all 3,321 units on 01/07/2025, and what changed in names and types since."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from operator import itemgetter

from msgspec import Struct
from msgspec.structs import replace

from quota.core.blocs import BLOCS, ByBloc, Staff
from quota.core.units import Origin, Unit, UnitTable, UnitType
from quota.run.locations import data_folder
from quota.tables.shipped.embedded import known_copy, shipped_rows

COUNTRY = "vietnam"
"""The embedded table of the whole country, by its id."""
COUNTRY_NEIGHBOURS = "vietnam-neighbours"
"""The embedded table of the borders inside each province, by its id."""

_LABEL = f"data/{COUNTRY}.csv"


_MORE = ("province_code", "province", "area_km2", "lon", "lat")
"""The columns that units carry beyond code, name, type and residents."""
_NO_STAFF: Staff = ByBloc(BLOCS, (None,) * len(BLOCS))


class NameChange(Struct, frozen=True):
    """A unit or a province (`level`) that has another name and type from `day` on, by a resolution."""

    day: date
    level: str
    code: str
    name: str
    type: str
    source: str


@cache
def changes() -> tuple[NameChange, ...]:
    """Every change of `data/unit-changes.csv`, in the order of their days."""
    found = (
        NameChange(
            date.fromisoformat(row["date"]),
            row["level"],
            row["code"],
            row["name_after"],
            row["type_after"],
            row["source"],
        )
        for row in shipped_rows("unit-changes")
    )
    return tuple(sorted(found, key=lambda change: change.day))


@cache
def country() -> Mapping[str, Unit]:
    """Every unit of the country by code, with the name and type of 01/07/2025.

    The same values as `read_units("vietnam")` gives, in a tenth of the time: the file is the program's own,
    so that no cell need be doubted. Residents are of 31/12/2024, areas in km², points in degrees (WGS 84).
    """
    types = {str(unit_type): unit_type for unit_type in UnitType}
    with (data_folder() / f"{COUNTRY}.csv").open(encoding="utf-8", newline="") as lines:
        header, *rows = csv.reader(lines)
    cells_of = itemgetter(*map(header.index, ("code", "name", "type", "population", *_MORE)))
    return {
        code: Unit(
            code=code,
            name=name,
            type=types[unit_type],
            population=int(population),
            province=more[1],
            area_km2=Decimal(more[2]) if more[2] else None,
            lon=float(more[3]) if more[3] else None,
            lat=float(more[4]) if more[4] else None,
            staff=_NO_STAFF,
            more=dict(zip(_MORE, more, strict=True)),
            origin=Origin(_LABEL, number),
        )
        for number, row in enumerate(rows, 2)
        for code, name, unit_type, population, *more in (cells_of(row),)
    }


@cache
def official_codes() -> frozenset[str]:
    """The code of every unit of the country: the text before the first comma of each line but the heading."""
    text = (data_folder() / f"{COUNTRY}.csv").read_text(encoding="utf-8")
    return frozenset(line.partition(",")[0] for line in text.splitlines()[1:])


def registry_for(table: UnitTable) -> Mapping[str, Unit]:
    """The known units to hold `table` against: all of them, or fewer where a check finds as much by these.

    They are its own where it is nothing but copies of embedded tables, which agree with themselves. None is
    needed where no unit has the code of one: they would only name the units that a province lacks, and tell
    which province units are of that name none, where others do.
    """
    if table.sources and all(known_copy(source.sha256) for source in table.sources):
        return {unit.code: unit for unit in table.units}
    codes = official_codes()
    if any(unit.code in codes for unit in table.units):
        return country()
    some_name_none = len({bool(unit.province) for unit in table.units}) > 1
    return country() if some_name_none else {}


def in_force(units: Iterable[Unit], day: date) -> tuple[Unit, ...]:
    """The units of the country's table with the names and types that hold on `day`."""
    renamed = {change.code: change for change in changes() if change.level == "unit" and change.day <= day}
    if not renamed:
        return tuple(units)
    return tuple(
        replace(unit, name=change.name, type=UnitType(change.type))
        if (change := renamed.get(unit.code)) is not None and _is_embedded(unit)
        else unit
        for unit in units
    )


def on_day(table: UnitTable, day: date) -> UnitTable:
    """The table with the country's own rows as of `day`; any other row is left as its file has it."""
    if all(source.path != _LABEL for source in table.sources):
        return table
    return replace(table, units=in_force(table.units, day))


def _is_embedded(unit: Unit) -> bool:
    return unit.origin is not None and unit.origin.file == _LABEL
