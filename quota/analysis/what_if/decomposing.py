"""Why a unit's posts and gaps are not what they were: one thing replaced after another, effects adding up.

The order of substitution is part of the answer: first the border and the type, then residents, then the
frame, then the staff. Each effect is the difference that one replacement makes to the figures so far, so
their sum is the whole change, in every bloc, always.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from fractions import Fraction
from functools import partial

from msgspec import Struct
from msgspec.structs import replace

from quota.analysis.audit.auditing import gaps_of
from quota.analysis.standing.measures import area_of
from quota.analysis.what_if.frames_diff import Shift, between
from quota.core.blocs import Bloc, ByBloc, Staff, all_of
from quota.core.posts import Gap, Posts
from quota.core.units import Unit
from quota.norms.evaluation import quota_of
from quota.norms.schema import Frame


class Cause(StrEnum):
    """What a figure changed for, in the order of substitution."""

    BOUNDARY = "boundary"
    POPULATION = "population"
    FRAME = "frame"
    STAFF = "staff"


class GapShift(Struct, frozen=True):
    """A difference of shortfall and of surplus, each on its own; below zero is less of it."""

    shortfall: int = 0
    surplus: int = 0

    def __add__(self, other: GapShift) -> GapShift:
        return GapShift(self.shortfall + other.shortfall, self.surplus + other.surplus)

    def __neg__(self) -> GapShift:
        return GapShift(-self.shortfall, -self.surplus)

    def __bool__(self) -> bool:
        return bool(self.shortfall or self.surplus)


class Effect(Struct, frozen=True):
    """What one cause did to one bloc; None where a figure before or after is unknown."""

    posts: Shift | None = None
    gap: GapShift | None = None

    def __bool__(self) -> bool:
        return bool(self.posts or self.gap)


Effects = Mapping[Cause, ByBloc[Effect]]


def gap_between(old: Gap, new: Gap) -> GapShift:
    """From `old` to `new`."""
    return GapShift(new.shortfall - old.shortfall, new.surplus - old.surplus)


def border_moved(old: Unit, new: Unit) -> bool:
    """Whether the areas differ, as far as the coarser of the two figures says; unknown areas do not."""
    before, after = area_of(old), area_of(new)
    if before is None or after is None or old.area_km2 is None or new.area_km2 is None:
        return False
    coarser = Fraction(10) ** max(int(area.as_tuple().exponent) for area in (old.area_km2, new.area_km2))
    return abs(before - after) > coarser / 2  # a half may have been rounded either way


def decompose(old: Unit, new: Unit, old_frame: Frame, new_frame: Frame) -> Effects:
    """The effect of each cause on each bloc's posts and gap.

    Where the border moved, residents came or went with it: their change counts as boundary, not population.
    """
    blocs = all_of((old_frame.order, new_frame.order))
    if old.population is None or new.population is None:
        return {cause: ByBloc.of(blocs, lambda _: Effect()) for cause in Cause}
    residents = new.population if border_moved(old, new) else old.population
    states = [
        _figures(old, old.population, old.staff, old_frame),
        _figures(new, residents, old.staff, old_frame),
        _figures(new, new.population, old.staff, old_frame),
        _figures(new, new.population, old.staff, new_frame),
        _figures(new, new.population, new.staff, new_frame),
    ]
    known = ByBloc.of(blocs, lambda bloc: old.staff.get(bloc) is not None and new.staff.get(bloc) is not None)
    return {
        cause: ByBloc.of(blocs, partial(_effect, before, after, known))
        for cause, before, after in zip(Cause, states, states[1:], strict=False)
    }


class _Figures(Struct, frozen=True):
    posts: ByBloc[Posts]
    gap: ByBloc[Gap | None]


def _figures(shape: Unit, residents: int, staff: Staff, frame: Frame) -> _Figures | None:
    """A unit of the type of `shape` with so many residents and this staff, under `frame`."""
    quota = quota_of(frame, replace(shape, population=residents))
    return None if quota is None else _Figures(quota.blocs, gaps_of(quota.blocs, staff))


def _effect(before: _Figures | None, after: _Figures | None, known: ByBloc[bool], bloc: Bloc) -> Effect:
    if before is None or after is None:
        return Effect()
    # a frame that has no such bloc grants it nothing, and finds nobody missing or over
    posts = between(before.posts.get(bloc) or Posts(0, 0), after.posts.get(bloc) or Posts(0, 0))
    old = before.gap[bloc] if bloc in before.gap else Gap()
    new = after.gap[bloc] if bloc in after.gap else Gap()
    if not known[bloc] or old is None or new is None:
        return Effect(posts)
    return Effect(posts, gap_between(old, new))
