"""What checking a table finds."""

from __future__ import annotations

from msgspec import Struct

from quota.core.problems import Problem
from quota.core.units import InputFile, Unit


class Province(Struct, frozen=True):
    """A province as published: its official code and name, how many units it has, its residents.

    `is_central_city` tells a centrally run city from a province, on 01/07/2025.
    """

    code: str
    name: str
    units: int
    population: int
    is_central_city: bool = False


class Finding(Struct, frozen=True):
    """A problem that a check found, the unit it is about, and the residents it suggests."""

    problem: Problem
    unit: Unit | None = None
    residents: int | None = None


class CheckReport(Struct, frozen=True):
    """Every finding, errors first, and the units that were looked at."""

    units: tuple[Unit, ...]
    findings: tuple[Finding, ...]
    inputs: tuple[InputFile, ...] = ()
