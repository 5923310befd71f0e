"""What checks look at, and how they word where something is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property

from msgspec import Struct, field

from quota.analysis.checks.expecting import Judged
from quota.core.findings import Finding, Province
from quota.core.places import problem_at
from quota.core.problems import Problem, Severity
from quota.core.sums import whole_sum
from quota.core.text import Text
from quota.core.units import Border, Unit


class Context(Struct, frozen=True, dict=True):
    """One province's units (or those of a table that names none) and what they can be held against.

    `registry` has the embedded units by code, with the residents of the day `known_on`; `sure` are the
    codes of those whose province adds up to its published total. `borders` are those the user gives,
    `around` these or else those of embedded units. `total_in_doubt` says that the control total is one
    that the embedded figures of its province miss. `judged` has what is expected of each unit whose figure
    is in doubt; `borne_out` says that the table needs no judging. `outlines` are areas by boundaries, in
    km². `as_of` is the day of the table's figures, where the user gives it.
    """

    name: str
    units: Sequence[Unit]
    registry: Mapping[str, Unit] = field(default_factory=dict)
    province: Province | None = None
    control_total: int | None = None
    borders: Sequence[Border] = ()
    around: Sequence[Border] = ()
    judged: Mapping[str, Judged] = field(default_factory=dict)
    outlines: Mapping[str, float] = field(default_factory=dict)
    sure: frozenset[str] = frozenset()
    borne_out: bool = True
    total_in_doubt: bool = False
    known_on: date | None = None
    as_of: date | None = None

    @cached_property
    def total(self) -> int | None:
        """The residents of all units; None where one is unknown."""
        return whole_sum(unit.population for unit in self.units)

    @property
    def whole(self) -> bool:
        """Whether the table has all units of the control total; true where their number is unknown."""
        return self.province is None or self.province.units == len(self.units)

    @property
    def adds_up(self) -> bool:
        """Whether the residents are those of the control total, to the person: none lost a zero then."""
        return self.control_total is not None and self.total == self.control_total

    def leaves_room(self, people: int) -> bool:
        """Whether the total may be wrong by `people`: a gap of less than half of that speaks against it."""
        if self.control_total is None or self.total is None or not self.whole:
            return True
        return 2 * abs(self.control_total - self.total) >= people

    def known(self, unit: Unit) -> int | None:
        """The residents that the embedded table gives the unit of this code, if any."""
        embedded = self.registry.get(unit.code)
        return (embedded.population or None) if embedded is not None else None


def finding(
    unit: Unit,
    code: str,
    severity: Severity,
    message: Text,
    fix: Text | None = None,
    column: str = "population",
    residents: int | None = None,
) -> Finding:
    """A finding at a unit's cell. `residents` are suggested, and written by --fix: only what is certain."""
    value = _value(unit, column)
    problem = problem_at(unit.origin, code, severity, message, fix, column=column, value=value)
    return Finding(problem, unit, residents)


def table_finding(
    context: Context,
    code: str,
    severity: Severity,
    message: Text,
    fix: Text | None = None,
    column: str = "population",
) -> Finding:
    """A finding about a whole province or table, in the file of its first unit."""
    origin = context.units[0].origin
    file, sheet = (origin.file, origin.sheet) if origin else (None, None)
    return Finding(Problem(code, severity, message, fix, file=file, sheet=sheet, column=column))


def _value(unit: Unit, column: str) -> str:
    """What is written in a unit's cell."""
    if column == "population":
        return "" if unit.population is None else str(unit.population)
    if column == "area_km2":
        return str(unit.area_km2 or "")
    return str(getattr(unit, column))
