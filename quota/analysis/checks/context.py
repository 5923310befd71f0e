"""What checks look at, and how they word where something is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct, field

from quota.analysis.checks.plausibility import Peers
from quota.core.findings import Finding, Province
from quota.core.problems import Problem, Severity
from quota.core.text import Text
from quota.core.units import Unit, UnitType


class Context(Struct, frozen=True):
    """One province's units (or a table that names none) and what they can be held against.

    `registry` has the units of embedded tables by code; `borders` a unit's shared borders in km, added up.
    """

    name: str
    units: Sequence[Unit]
    peers: Mapping[UnitType, Peers]
    registry: Mapping[str, Unit] = field(default_factory=dict)
    province: Province | None = None
    control_total: int | None = None
    borders: Mapping[str, float] = field(default_factory=dict)


def finding(
    unit: Unit,
    code: str,
    severity: Severity,
    message: Text,
    fix: Text | None = None,
    column: str = "population",
    residents: int | None = None,
) -> Finding:
    """A finding at a unit's cell."""
    origin = unit.origin
    problem = Problem(
        code,
        severity,
        message,
        fix,
        file=origin.file if origin else None,
        row=origin.row if origin else None,
        column=column,
        value=_value(unit, column),
        sheet=origin.sheet if origin else None,
    )
    return Finding(problem, unit, residents)


def _value(unit: Unit, column: str) -> str:
    """What stands in a unit's cell."""
    if column == "population":
        return "" if unit.population is None else str(unit.population)
    if column == "area_km2":
        return str(unit.area_km2 or "")
    return str(getattr(unit, column))
