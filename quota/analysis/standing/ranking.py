"""Units in the order of one measure, and summaries of groups of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from msgspec import Struct

from quota.analysis.audit.auditing import audit, totals
from quota.analysis.standing.measures import (
    MEASURES,
    Value,
    province_of,
    residents_per_civil_servant,
    residents_per_post,
)
from quota.analysis.standing.statistics import Bin, RankAmong, gini, histogram, known, middle, standings
from quota.core.problems import Problem
from quota.core.results import AuditReport, FrameSummary, Totals, UnitAudit
from quota.core.units import InputFile, Reserve, StaffTable, UnitTable, namesakes
from quota.norms.granting import Norms

if TYPE_CHECKING:
    from quota.norms.schema import Frame

SIZES: tuple[int, ...] = (0, 10_000, 20_000, 30_000, 50_000, 100_000)
"""Where each size of unit begins, in residents: round numbers to look by, no norm."""

MEDIANS: tuple[str, ...] = (
    "population",
    "density",
    "quota",
    "staff",
    "residents_per_civil_servant",
    "residents_per_post",
    "staff_per_post",
)
"""The measures of which a summary gives the median."""

UNEQUAL: tuple[str, ...] = ("residents_per_civil_servant", "residents_per_post")
"""The measures of which a summary gives the Gini coefficient."""


class Inequality(Struct, frozen=True):
    """A Gini coefficient, and the number of units whose figure is known; None over none."""

    gini: Fraction | None
    units: int


class Summary(Struct, frozen=True):
    """One group: totals, medians, inequality. `name` is None where what it groups by is unknown."""

    name: str | None
    totals: Totals
    medians: Mapping[str, Fraction | None]
    inequality: Mapping[str, Inequality]


class Ranked(Struct, frozen=True):
    """One unit with its value, its standing among all and in its group (None where unknown)."""

    audit: UnitAudit
    province: str | None
    group: str | None
    value: Value | None
    standing: RankAmong | None
    in_group: RankAmong | None


class Ranking(Struct, frozen=True):
    """Units from the greatest value of `by` (from the least where `ascending`), and their groups.

    `limit` is how many units of each group are kept in `units`; summaries always cover all of them. `tied`
    counts those left out that have the rank of their group's last one kept; `namesakes` are names of several.
    """

    frame: FrameSummary
    as_of: date
    by: str
    group_by: str | None
    ascending: bool
    limit: int | None
    units: tuple[Ranked, ...]
    whole: Summary
    groups: tuple[Summary, ...]
    spread_of: str
    histogram: tuple[Bin, ...]
    has_staff: bool
    has_assigned: bool
    tied: int
    namesakes: frozenset[str]
    inputs: tuple[InputFile, ...] = ()
    problems: tuple[Problem, ...] = ()


def size_of(audited: UnitAudit) -> str | None:
    """The size of a unit by its residents: `10000-19999`, `100000-`."""
    if audited.unit.population is None:
        return None
    place = sum(audited.unit.population >= start for start in SIZES)
    return f"{SIZES[place - 1]}-{SIZES[place] - 1}" if place < len(SIZES) else f"{SIZES[-1]}-"


GROUPS: Mapping[str, Callable[[UnitAudit], str | None]] = {
    "type": lambda audited: audited.unit.type.value,
    "province": lambda audited: province_of(audited.unit),
    "size": size_of,
}
"""What units can be grouped by."""


def rank(
    units: UnitTable,
    frame: Frame | Norms,
    staff: StaffTable | None = None,
    assigned: StaffTable | None = None,
    *,
    by: str = "population",
    group_by: str | None = None,
    ascending: bool = False,
    limit: int | None = None,
    as_of: date,
) -> Ranking:
    """All units by a measure (a key of `MEASURES`), in groups (a key of `GROUPS`) or in one.

    Rank 1 is the greatest, or the least with `ascending`; equal values share a rank; units whose value is
    unknown come last, without one. Raises `InputError` as `audit` does.
    """
    report = audit(units, frame, staff, assigned, as_of=as_of)
    group_of = GROUPS[group_by] if group_by else lambda _: None
    members = _members(report.units, group_of, group_by)
    overall = _ranks(report.units, by, ascending=ascending)
    shown: list[Ranked] = []
    tied = 0
    for name, places in members.items():
        inside = [report.units[place] for place in places]
        within = _ranks(inside, by, ascending=ascending)
        rows = [
            Ranked(
                audited,
                province_of(audited.unit),
                name,
                MEASURES[by](audited),
                overall[audited.unit.code],
                within[audited.unit.code],
            )
            for audited in inside
        ]
        ranked = sorted(rows, key=_order)
        first = ranked[:limit]
        shown += first
        tied += sum(row.in_group == first[-1].in_group is not None for row in ranked[len(first) :])
    spread_of, values = _spread(report)
    kept = report.totals.assignment.reserves if report.totals.assignment is not None else ()
    measured = _Measured(report)
    return Ranking(
        report.frame,
        as_of,
        by,
        group_by,
        ascending,
        limit,
        tuple(shown),
        measured.summary(None, range(len(report.units)), kept),
        tuple(
            measured.summary(
                name,
                places,
                [reserve for reserve in kept if group_by == "province" and reserve.province == name],
            )
            for name, places in members.items()
        )
        if group_by
        else (),
        spread_of,
        histogram(values),
        report.has_staff,
        report.has_assigned,
        tied,
        namesakes([audited.unit for audited in report.units]),
        report.inputs,
        report.problems,
    )


def _members(
    audits: Iterable[UnitAudit], group_of: Callable[[UnitAudit], str | None], group_by: str | None
) -> dict[str | None, list[int]]:
    """The places of each group's units: sizes from the smallest, others as they are met; unknown last."""
    met: dict[str | None, list[int]] = {}
    for place, audited in enumerate(audits):
        met.setdefault(group_of(audited), []).append(place)
    names = [name for name in met if name is not None]
    if group_by == "size":
        names.sort(key=lambda name: int(name.split("-")[0]))
    return {name: met[name] for name in (*names, *([None] if None in met else []))}


def _ranks(audits: Sequence[UnitAudit], by: str, *, ascending: bool) -> dict[str, RankAmong | None]:
    values = [MEASURES[by](audited) for audited in audits]
    if ascending:
        values = [None if value is None else -value for value in values]
    return {audited.unit.code: found for audited, found in zip(audits, standings(values), strict=True)}


def _order(row: Ranked) -> tuple[bool, int, str]:
    return (row.in_group is None, row.in_group.rank if row.in_group else 0, row.audit.unit.code)


class _Measured:
    """The measures that summaries tell of: of every unit once, in the order of the report."""

    def __init__(self, report: AuditReport) -> None:
        keys = dict.fromkeys((*MEDIANS, *UNEQUAL))
        self._values = {key: [MEASURES[key](audited) for audited in report.units] for key in keys}
        self._report = report

    def summary(self, name: str | None, places: Sequence[int], kept: Sequence[Reserve]) -> Summary:
        """The group of the units at these places."""
        units, blocs = self._report.units, self._report.frame.blocs
        values = {key: known(found[place] for place in places) for key, found in self._values.items()}
        medians = {key: middle(values[key]) for key in MEDIANS}
        inequality = {key: Inequality(gini(values[key]), len(values[key])) for key in UNEQUAL}
        return Summary(name, totals([units[place] for place in places], blocs, kept), medians, inequality)


def _spread(report: AuditReport) -> tuple[str, list[Value]]:
    """Residents per civil servant where staff is known, else per post granted."""
    by_staff = known(residents_per_civil_servant(audited) for audited in report.units)
    if by_staff:
        return UNEQUAL[0], by_staff
    return UNEQUAL[1], known(residents_per_post(audited).of_low for audited in report.units)
