"""What the program answers: quotas with their steps, audits, explanations."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from msgspec import Struct, field

from quota.core.blocs import Blocs, ByBloc, Staff, total
from quota.core.citations import Citation, RuleSource
from quota.core.posts import (
    AssignmentTotals,
    Gap,
    Posts,
    Status,
    UnitAssignment,
    known_gap,
    sum_gaps,
    sum_posts,
)
from quota.core.problems import Problem
from quota.core.sums import known_sum
from quota.core.text import LocalText
from quota.core.units import InputFile, Unit, UnitType
from quota.core.values import ComparedByContent

if TYPE_CHECKING:  # values of work that most runs are not about
    from quota.core.fields import FieldsReport, UnitFields
    from quota.core.positions import States, StateTotals
    from quota.core.secondments import DepartmentAway, Hands

__all__ = [
    "AuditReport",
    "FrameSummary",
    "Note",
    "Quota",
    "Status",
    "Totals",
    "UnitAudit",
    "Unsettled",
]


class Quota(Struct, frozen=True):
    """Posts granted to one unit, bloc by bloc.

    Where it is unknown whether something holds on which posts hang, `unsettled` names the columns, `blocs` is
    counted without it and `possible` with it.
    """

    blocs: ByBloc[Posts]
    possible: ByBloc[Posts] | None = None
    unsettled: tuple[str, ...] = ()

    @property
    def total(self) -> Posts:
        """All blocs: the ends added up."""
        return sum_posts(self.blocs)


class FrameSummary(ComparedByContent, frozen=True):
    """The summary of the frame that every output states."""

    id: str
    title: LocalText
    status: str
    effective_from: date
    effective_to: date | None
    reading: LocalText
    sources: tuple[Citation, ...]
    blocs: Blocs
    minimum_population: Mapping[UnitType, int] = field(default_factory=dict)
    files: tuple[RuleSource, ...] = ()
    """The frame's file and those it extends, its own first."""


class Note(Struct, frozen=True):
    """A remark a unit's quota carries wherever it is shown, in the frame's own words."""

    code: str
    text: LocalText


class UnitAudit(Struct, frozen=True):
    """One unit's quota beside its staff. A figure is None where population or staff is unknown."""

    unit: Unit
    quota: Quota | None
    staff: Staff
    gap: ByBloc[Gap | None]
    status: Status
    below_minimum: bool
    notes: tuple[Note, ...] = ()
    hands: Hands | None = None
    """Who works there on the day, where secondments were given; `staff` counts books."""
    fields: UnitFields | None = None
    assignment: UnitAssignment | None = None
    """What a decision assigned, where a table says it of any unit."""
    states: States | None = None
    """Positions and the states of people, where tables of them were given."""

    @property
    def total_staff(self) -> int | None:
        """All people in post; None where a bloc's staff is unknown."""
        return total(self.staff)

    @property
    def total_gap(self) -> Gap | None:
        """Shortfalls and surpluses of all blocs, each added up; None where a bloc's gap is unknown."""
        shortfall = surplus = 0
        for gap in self.gap.values:
            if gap is None:
                return None
            shortfall += gap.shortfall
            surplus += gap.surplus
        return Gap(shortfall, surplus)

    @property
    def is_known(self) -> bool:
        """Whether the gap of any bloc is known."""
        return bool(self._known)

    @property
    def known_gap(self) -> Gap:
        """The same over the blocs that are known: a floor under both figures."""
        return self.total_gap or sum_gaps(self._known)

    @property
    def _known(self) -> list[Gap]:
        return [gap for gap in self.gap if gap is not None]


class Unsettled(Struct, frozen=True):
    """The posts and gaps that depend on unknown columns: in how many units, and what they would be with them.

    `posts` are all blocs' posts in all, counted without what is unknown; `possible` with it. `within` is how
    many of the surplus would be within the norm then, and `short` how many more would be missing. `blocs` are
    the possible posts by bloc, `given` those counted without what is unknown.
    """

    columns: tuple[str, ...]
    units: int
    posts: Posts
    possible: Posts
    within: int
    short: int
    blocs: ByBloc[Posts]
    given: ByBloc[Posts]


class Totals(Struct, frozen=True):
    """A table's totals over what is known, and how much of it is unknown.

    A figure that is unknown in every unit is None. Shortfall and surplus are summed separately, never netted.
    `unknown_staff` counts the units in which a bloc's staff is unknown.
    """

    units: int
    population: int | None
    quota: Quota | None
    staff: Staff
    gap: ByBloc[Gap | None]
    status: Mapping[Status, int]
    below_minimum: int
    unknown_population: int
    unknown_staff: ByBloc[int]
    unsettled: Unsettled | None = None
    """What hangs on columns that are unknown; None where nothing does."""
    assignment: AssignmentTotals | None = None
    """Assigned posts in all, where a table says them of any unit."""
    states: StateTotals | None = None
    """Positions and the states of people in all, where tables of them were given."""

    @property
    def total_staff(self) -> int | None:
        """All people in post that are known of; None where nobody is."""
        return known_sum(self.staff)

    @property
    def total_gap(self) -> Gap | None:
        """Shortfall and surplus of all blocs, each added up over what is known."""
        return known_gap(self.gap)


class AuditReport(Struct, frozen=True):
    """Every unit's audit under one frame on one day, with totals, inputs and problems."""

    frame: FrameSummary
    as_of: date
    units: tuple[UnitAudit, ...]
    totals: Totals
    inputs: tuple[InputFile, ...] = ()
    problems: tuple[Problem, ...] = ()
    selection: Mapping[str, object] = field(default_factory=dict)
    """What narrowed `units` (totals always cover the whole table); empty where nothing did."""
    hands: Hands | None = None
    """All units' hands together, where secondments were given."""
    departments: tuple[DepartmentAway, ...] = ()
    fields: FieldsReport | None = None
    open_columns: tuple[str, ...] = ()
    """What the frame asks of a unit and may not be told, whatever these tables say of it."""
    namesakes: frozenset[str] | None = None
    """The names that several units of the whole table have, where `units` are not all of them."""

    @property
    def has_staff(self) -> bool:
        """Whether anything at all is known of the staff."""
        return any(count is not None for count in self.totals.staff)

    @property
    def has_assigned(self) -> bool:
        """Whether a table says which posts were assigned."""
        return self.totals.assignment is not None
