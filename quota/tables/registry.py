"""The official units that the program knows: those of its embedded tables."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from quota.core.units import Unit
from quota.tables.embedded import embedded_tables
from quota.tables.reading import read_units


@cache
def registry() -> Mapping[str, Unit]:
    """Every unit of the embedded population tables, by code."""
    ids = [table.id for table in embedded_tables() if table.kind == "population"]
    return {unit.code: unit for unit in read_units(*ids).units}
