"""Why a unit's posts and gaps are not what they were: one thing replaced after another, effects adding up.

The order of substitution is part of the answer: first the border and the type, then residents, then the
frame, then the staff, last what was assigned. Each effect is the difference that one replacement makes to the
figures so far, so their sum is the whole change, in every bloc, always.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from fractions import Fraction
from functools import partial
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from quota.analysis.audit.auditing import gaps_of, granters_of
from quota.analysis.standing.measures import area_of
from quota.analysis.what_if.shifts import Shift, between
from quota.core.blocs import Bloc, ByBloc, Staff, all_of
from quota.core.posts import Gap, Posts
from quota.core.units import Unit, UnitType
from quota.norms.granting import Granter, Norms

if TYPE_CHECKING:
    from quota.norms.schema import Frame


class Cause(StrEnum):
    """What a figure changed for, in the order of substitution."""

    BOUNDARY = "boundary"
    POPULATION = "population"
    FRAME = "frame"
    STAFF = "staff"
    ASSIGNMENT = "assignment"


class GapShift(Struct, frozen=True):
    """A difference of shortfall and of surplus, each on its own; below zero is less of it."""

    shortfall: int = 0
    surplus: int = 0

    def __neg__(self) -> GapShift:
        return GapShift(-self.shortfall, -self.surplus)

    def __bool__(self) -> bool:
        return bool(self.shortfall or self.surplus)


class Effect(Struct, frozen=True):
    """What one cause did to one bloc; None where a figure before or after is unknown.

    `posts` are the norm's and `gap` the gap to it, `assigned` the posts a decision assigned and `vacancy`
    what of them is unfilled, or above them.
    """

    posts: Shift | None = None
    gap: GapShift | None = None
    assigned: int | None = None
    vacancy: GapShift | None = None

    def __bool__(self) -> bool:
        return bool(self.posts or self.gap or self.assigned or self.vacancy)


Effects = Mapping[Cause, ByBloc[Effect]]


def gap_between(old: Gap, new: Gap) -> GapShift:
    """From `old` to `new`."""
    return GapShift(new.shortfall - old.shortfall, new.surplus - old.surplus)


def border_moved(old: Unit, new: Unit) -> bool:
    """Whether the areas differ, as far as the coarser of the two figures says; unknown areas do not."""
    if old.area_km2 == new.area_km2:
        return False
    before, after = area_of(old), area_of(new)
    if before is None or after is None or old.area_km2 is None or new.area_km2 is None:
        return False
    coarser = Fraction(10) ** max(int(area.as_tuple().exponent) for area in (old.area_km2, new.area_km2))
    return abs(before - after) > coarser / 2  # a half may have been rounded either way


def decompose(old: Unit, new: Unit, old_frame: Frame | Norms, new_frame: Frame | Norms) -> Effects:
    """The effect of each cause on each bloc's posts and gap.

    Where the border moved, residents came or went with it: their change counts as boundary, not population.
    """
    return Decomposer(old_frame, new_frame).effects(old, new)


class Decomposer:
    """Decomposes what changed of units between two frames, or under one."""

    def __init__(self, old: Frame | Norms, new: Frame | Norms) -> None:
        self._old = granters_of(old)
        self._new = self._old if new is old else granters_of(new)
        orders = [found[UnitType.COMMUNE].norm.grants.order for found in (self._old, self._new)]
        self.blocs = all_of(orders)
        self._unmoved = ByBloc.of(self.blocs, lambda _: _UNMOVED)
        self._unknown = {cause: ByBloc.of(self.blocs, lambda _: Effect()) for cause in Cause}

    def effects(self, old: Unit, new: Unit) -> Effects:
        """As `decompose`. Where nothing was replaced, what follows from it is not worked out again."""
        of_norm = self._of_norm(old, new)
        if not (old.assigned.order and new.assigned.order):
            return of_norm
        return {
            cause: ByBloc.of(self.blocs, partial(_with_assigned, effects, cause, old, new))
            for cause, effects in of_norm.items()
        }

    def _of_norm(self, old: Unit, new: Unit) -> Effects:
        """The effects on posts and gaps to the norm."""
        if old.population is None or new.population is None:
            return self._unknown
        residents = new.population if border_moved(old, new) else old.population
        first = _figures(old, old.population, old.staff, self._old)
        moved = _figures(new, residents, old.staff, self._old, first)
        grown = moved
        if residents != new.population:
            grown = _figures(new, new.population, old.staff, self._old, moved)
        ruled = grown
        if self._new is not self._old:
            ruled = _figures(new, new.population, old.staff, self._new, grown)
        last = ruled
        if old.staff != new.staff:
            last = _figures(new, new.population, new.staff, self._new, ruled)
        known = [old.staff.get(bloc) is not None and new.staff.get(bloc) is not None for bloc in self.blocs]
        states = (first, moved, grown, ruled, last, last)  # no norm hangs on what was assigned
        return {
            cause: self._effects(before, after, known)
            for cause, before, after in zip(Cause, states, states[1:], strict=False)
        }

    def _effects(
        self, before: _Figures | None, after: _Figures | None, known: Sequence[bool]
    ) -> ByBloc[Effect]:
        if before is after and before is not None and all(known) and None not in before.gap.values:
            return self._unmoved
        pairs = zip(self.blocs, known, strict=True)
        return ByBloc(self.blocs, tuple([_effect(before, after, bloc, known=held) for bloc, held in pairs]))


def _with_assigned(of_norm: ByBloc[Effect], cause: Cause, old: Unit, new: Unit, bloc: Bloc) -> Effect:
    """The effect on posts and gap, and that on assigned posts and vacancies."""
    of_assigned = _effect_on_assigned(cause, old, new, bloc)
    return replace(of_norm[bloc], assigned=of_assigned.assigned, vacancy=of_assigned.vacancy)


def _effect_on_assigned(cause: Cause, old: Unit, new: Unit, bloc: Bloc) -> Effect:
    """What one cause did to a bloc's assigned posts and vacancies: people come and go, then posts do."""
    before, after = old.assigned.get(bloc), new.assigned.get(bloc)
    if before is None or after is None:
        return Effect()
    posts = after - before if cause is Cause.ASSIGNMENT else 0
    people, present = old.staff.get(bloc), new.staff.get(bloc)
    if people is None or present is None:
        return Effect(assigned=posts)
    first, then = Posts.exactly(before), Posts.exactly(after)
    if cause is Cause.STAFF:
        return Effect(assigned=posts, vacancy=gap_between(first.gap(people), first.gap(present)))
    if cause is Cause.ASSIGNMENT:
        return Effect(assigned=posts, vacancy=gap_between(first.gap(present), then.gap(present)))
    return Effect(assigned=posts, vacancy=GapShift())


class _Figures(Struct, frozen=True):
    posts: ByBloc[Posts]
    gap: ByBloc[Gap | None]
    staff: Staff


def _figures(
    shape: Unit,
    residents: int,
    staff: Staff,
    granters: Mapping[UnitType, Granter],
    before: _Figures | None = None,
) -> _Figures | None:
    """A unit of the type of `shape` with these residents and this staff; `before` where it is the same."""
    unit = shape if shape.population == residents else replace(shape, population=residents)
    quota = granters[shape.type].quota(unit)
    if quota is None:
        return None
    if before is not None and before.staff is staff and before.posts == quota.blocs:
        return before
    return _Figures(quota.blocs, gaps_of(quota.blocs, staff), staff)


_NO_POSTS, _NO_GAP = Posts(0, 0), Gap()
_UNMOVED, _UNMOVED_POSTS = Effect(Shift(), GapShift()), Effect(Shift())


def _effect(before: _Figures | None, after: _Figures | None, bloc: Bloc, *, known: bool) -> Effect:
    if before is None or after is None:
        return Effect()
    old, new = _gap(before, bloc), _gap(after, bloc)
    is_known = known and old is not None and new is not None
    if before is after:
        return _UNMOVED if is_known else _UNMOVED_POSTS
    # a frame that has no such bloc grants it nothing
    posts = between(before.posts.get(bloc) or _NO_POSTS, after.posts.get(bloc) or _NO_POSTS)
    return Effect(posts, gap_between(old, new) if known and old is not None and new is not None else None)


def _gap(figures: _Figures, bloc: Bloc) -> Gap | None:
    """A frame that has no such bloc finds nobody missing or over in it."""
    return figures.gap[bloc] if bloc in figures.gap.order else _NO_GAP
