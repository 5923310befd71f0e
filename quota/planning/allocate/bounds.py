"""Floors, ceilings and fixed numbers of a unit's bloc, and sums of such figures."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction

from msgspec import Struct

from quota.core.blocs import Bloc
from quota.core.results import AuditReport, UnitAudit

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


def sums_of(report: AuditReport, blocs: Iterable[Bloc], of: Bounds) -> int:
    """The sum of some figure over all units and these blocs; what is unknown is not in it."""
    wanted = tuple(blocs)
    return sum(of(unit_audit, bloc) or 0 for unit_audit in report.units for bloc in wanted)


def posts_after_cut(before: int, per_cent: Fraction) -> int:
    """Posts that stay when `per_cent` of `before` are cut, rounded down: at least that much is cut."""
    return int(before * (100 - per_cent) / 100)
