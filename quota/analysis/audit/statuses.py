"""What the gaps of a unit's blocs make of the unit: short, over, both, neither, unknown."""

from __future__ import annotations

from quota.core.blocs import ByBloc
from quota.core.posts import Gap, Status


def status_of(gap: ByBloc[Gap | None]) -> Status:
    """Short and over at once is MIXED whatever else is unknown; otherwise one unknown bloc leaves it open."""
    short = over = unknown = False
    for found in gap.values:
        if found is None:
            unknown = True
        else:
            short = short or found.shortfall > 0
            over = over or found.surplus > 0
    if short and over:
        return Status.MIXED
    if unknown:
        return Status.UNKNOWN
    if short:
        return Status.SHORT
    return Status.SURPLUS if over else Status.WITHIN
