"""The official units that the program knows: those of its embedded tables."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from quota.core.units import Unit, UnitTable
from quota.ledger import aside
from quota.tables.embedded import embedded_tables, known_copy
from quota.tables.reading import read_units


@cache
def registry() -> Mapping[str, Unit]:
    """Every unit of the embedded population tables, by code."""
    ids = [table.id for table in embedded_tables() if table.kind == "population"]
    with aside():
        return {unit.code: unit for unit in read_units(*ids).units}


def registry_for(table: UnitTable) -> Mapping[str, Unit]:
    """The known units to hold `table` against: all of them, or its own where it is nothing but copies of
    embedded tables, which agree with themselves; the others need not be read then."""
    copies = table.sources and all(known_copy(source.sha256) for source in table.sources)
    return {unit.code: unit for unit in table.units} if copies else registry()
