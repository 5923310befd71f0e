"""Which units border on each other, by the embedded tables, for units that are still the official ones."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from quota.core.names import fold
from quota.core.units import Unit
from quota.tables.shipped.country import COUNTRY_NEIGHBOURS, changes, country
from quota.tables.shipped.embedded import shipped_rows


def official_neighbours(units: Iterable[Unit]) -> Mapping[str, frozenset[str]]:
    """By code, the units of the same province that a unit borders on; all of them, or the unit is left out.

    A unit is the official one by its code and a name that it has had since 01/07/2025. One that is not, or
    that borders on one which is not there as it was, is left out: its neighbours may be others by now.
    """
    official = {unit.code for unit in units if fold(unit.name) in _names(unit.code)}
    beside: dict[str, set[str]] = {}
    for row in shipped_rows(COUNTRY_NEIGHBOURS):
        beside.setdefault(row["code_a"], set()).add(row["code_b"])
        beside.setdefault(row["code_b"], set()).add(row["code_a"])
    return {code: frozenset(found) for code in official if (found := beside.get(code)) and found <= official}


def _names(code: str) -> set[str]:
    """What the official unit of this code has been called, for comparing."""
    unit = country().get(code)
    later = (change.name for change in changes() if change.level == "unit" and change.code == code)
    return {fold(name) for name in (unit.name, *later)} if unit is not None else set()
