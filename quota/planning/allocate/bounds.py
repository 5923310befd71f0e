"""Floors, ceilings and fixed numbers of a unit's bloc, and sums of such figures."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction

from msgspec import Struct

from quota.core.blocs import Bloc
from quota.core.places import problem_at
from quota.core.problems import Problem, Severity, refuse_errors
from quota.core.results import AuditReport, UnitAudit
from quota.core.text import say

Bounds = Callable[[UnitAudit, Bloc], int | None]
"""What a floor, a ceiling or a fixed number is for a unit's bloc; None where it says nothing."""


class Bound(Struct, frozen=True):
    """A floor or a ceiling by its name (`present`, `offices`, `norm`, or a column), and its figures."""

    name: str
    of: Bounds


def present(unit_audit: UnitAudit, bloc: Bloc) -> int | None:
    """A floor: nobody who is present is without a post."""
    return unit_audit.staff[bloc]


def norm(unit_audit: UnitAudit, bloc: Bloc) -> int | None:
    """A ceiling: no more than the norm's high end."""
    return None if unit_audit.quota is None else unit_audit.quota.blocs[bloc].high


def offices(count: int) -> Bounds:
    """A floor: one post in the government bloc for each of `count` offices."""

    def of(_: UnitAudit, bloc: Bloc) -> int | None:
        return count if bloc == Bloc.GOVERNMENT else None

    return of


def is_assigned(report: AuditReport) -> bool:
    """Whether a table says which posts were assigned."""
    return any(unit_audit.assignment for unit_audit in report.units)


def posts_today(report: AuditReport, blocs: Iterable[Bloc]) -> Bounds:
    """The posts that a cut takes from: what was assigned where a table says it, else the norm's low end.

    Raises `InputError` where a bloc that takes part has no assigned posts and others have: a part of the
    posts is not the posts.
    """
    if not is_assigned(report):
        return lambda unit_audit, bloc: unit_audit.quota.blocs[bloc].low if unit_audit.quota else None
    refuse_errors(
        _unassigned(unit_audit, bloc)
        for bloc in blocs
        for unit_audit in report.units
        if unit_audit.quota is not None and _assigned(unit_audit, bloc) is None
    )
    return _assigned


def _assigned(unit_audit: UnitAudit, bloc: Bloc) -> int | None:
    return unit_audit.assignment.posts.get(bloc) if unit_audit.assignment else None


def _unassigned(unit_audit: UnitAudit, bloc: Bloc) -> Problem:
    unit = unit_audit.unit
    message = say(
        "{name}, {bloc}: how many posts are assigned today is unknown", name=unit.name, bloc=bloc.name
    )
    fix = say("fill in its assigned posts, or share only blocs whose posts are known: --bloc")
    return problem_at(unit.origin, "no-posts", Severity.ERROR, message, fix, value=unit.code)


def sums_of(report: AuditReport, blocs: Iterable[Bloc], of: Bounds) -> int:
    """The sum of some figure over the units that take part (their norm is known) and these blocs."""
    wanted = tuple(blocs)
    taking_part = (unit_audit for unit_audit in report.units if unit_audit.quota is not None)
    return sum(of(unit_audit, bloc) or 0 for unit_audit in taking_part for bloc in wanted)


def posts_after_cut(before: int, per_cent: Fraction) -> int:
    """Posts that stay when `per_cent` of `before` are cut, rounded down: at least that much is cut."""
    return int(before * (100 - per_cent) / 100)
