"""The official units that the program knows: those of its embedded tables."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from quota.core.units import Unit, UnitTable
from quota.run.ledger import aside
from quota.tables.columns.codes import embedded_codes
from quota.tables.readers.units import read_units
from quota.tables.shipped.embedded import embedded_tables, known_copy


@cache
def registry() -> Mapping[str, Unit]:
    """Every unit of the embedded population tables, by code."""
    ids = [table.id for table in embedded_tables() if table.kind == "population"]
    with aside():
        return {unit.code: unit for unit in read_units(*ids).units}


def registry_for(table: UnitTable) -> Mapping[str, Unit]:
    """The known units to hold `table` against: all of them, or fewer where that comes to the same.

    They are its own where it is nothing but copies of embedded tables, which agree with themselves. None is
    needed where no unit has the code of one, nor a province that could lack one.
    """
    if table.sources and all(known_copy(source.sha256) for source in table.sources):
        return {unit.code: unit for unit in table.units}
    codes = embedded_codes()
    return registry() if any(unit.code in codes or unit.province for unit in table.units) else {}
