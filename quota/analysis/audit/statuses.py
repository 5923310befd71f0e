"""What the gaps of a unit's blocs make of the unit: short, over, both, neither, unknown."""

from __future__ import annotations

from quota.core.blocs import Bloc, ByBloc
from quota.core.posts import Gap, Status
from quota.core.results import UnitAudit


def status_of(gap: ByBloc[Gap | None]) -> Status:
    """Short and over at once is MIXED whatever else is unknown; otherwise one unknown bloc leaves it open."""
    short = over = unknown = False
    for found in gap.values:
        if found is None:
            unknown = True
        else:
            if found.shortfall:
                short = True
            if found.surplus:
                over = True
    if short and over:
        return Status.MIXED
    if unknown:
        return Status.UNKNOWN
    if short:
        return Status.SHORT
    return Status.SURPLUS if over else Status.WITHIN


def status_in(audited: UnitAudit, bloc: Bloc | None) -> Status:
    """The status of a unit's bloc; of all its blocs for None."""
    return audited.status if bloc is None else status_of(ByBloc((bloc,), (audited.gap[bloc],)))


def filling_in(audited: UnitAudit, bloc: Bloc | None) -> Status:
    """How the people in post compare with the assigned posts, in a unit's bloc or in all its blocs."""
    if audited.assignment is None:
        return Status.UNKNOWN
    if bloc is None:
        return audited.assignment.status
    return status_of(ByBloc((bloc,), (audited.assignment.vacancy[bloc],)))
