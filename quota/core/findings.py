"""What checking a table finds."""

from __future__ import annotations

from dataclasses import dataclass

from quota.core.problems import Problem
from quota.core.units import InputFile, Unit


@dataclass(frozen=True, slots=True)
class Province:
    """A province as published: its official code and name, how many units it has, its residents."""

    code: str
    name: str
    units: int
    population: int


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem that a check found, the unit it is about, and the residents it suggests."""

    problem: Problem
    unit: Unit | None = None
    residents: int | None = None


@dataclass(frozen=True, slots=True)
class CheckReport:
    """Every finding, errors first, and the units that were looked at."""

    units: tuple[Unit, ...]
    findings: tuple[Finding, ...]
    inputs: tuple[InputFile, ...] = ()
