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
from quota.core.blocs import Bloc, ByBloc, Staff, all_of, staff_of
from quota.core.posts import Gap, Posts
from quota.core.results import UnitAudit
from quota.core.units import Unit, UnitType
from quota.norms.granting import Norms

if TYPE_CHECKING:
    from quota.norms.schema import Frame


class Cause(StrEnum):
    """Causes of a change, in the order of substitution."""

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
    """The effect of one cause on one bloc; None where a figure before or after is unknown.

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


class Decomposer:
    """Decomposes what changed of units between two frames, or under one."""

    def __init__(self, old: Frame | Norms, new: Frame | Norms) -> None:
        self._old = granters_of(old)
        self._new = self._old if new is old else granters_of(new)
        orders = [found[UnitType.COMMUNE].norm.grants.order for found in (self._old, self._new)]
        self.blocs = all_of(orders)
        self.unmoved = ByBloc.of(self.blocs, lambda _: _UNMOVED)
        self._nothing_moved = dict.fromkeys(Cause, self.unmoved)
        self._unknown = {cause: ByBloc.of(self.blocs, lambda _: Effect()) for cause in Cause}

    def effects(self, old: UnitAudit, new: UnitAudit) -> Effects:
        """The effect of each cause on each bloc's posts and gap, by a unit's audits under the two frames.

        What these state is not worked out again. Where the border moved, residents came or went with it:
        their change counts as boundary, not population. Where nothing was replaced, the effects are `unmoved`
        itself.
        """
        of_norm = self._of_norm(old, new)
        before, after = old.unit, new.unit
        if not (before.assigned.order and after.assigned.order):
            return of_norm
        return {
            cause: ByBloc.of(self.blocs, partial(_with_assigned, effects, cause, before, after))
            for cause, effects in of_norm.items()
        }

    def _of_norm(self, old: UnitAudit, new: UnitAudit) -> Effects:
        """The effects on posts and gaps to the norm."""
        before, after = old.unit, new.unit
        if before.population is None or after.population is None:
            return self._unknown
        same_frame = self._new is self._old
        residents = after.population if border_moved(before, after) else before.population
        ruled_posts = new.quota.blocs if new.quota is not None else None
        grown_posts = ruled_posts if same_frame else self._posts(after, after.population)
        moved_posts = grown_posts if residents == after.population else self._posts(after, residents)
        people, replaced = before.staff, before.staff != after.staff
        first = self._stated(old)
        moved = self._figures(moved_posts, people, first)
        grown = self._figures(grown_posts, people, moved)
        ruled = self._figures(ruled_posts, people, grown)
        last = self._stated(new) if replaced else ruled
        present = zip(staff_of(people, self.blocs), staff_of(after.staff, self.blocs), strict=True)
        known = [None not in counts for counts in present]
        if first is last and first is not None and all(known) and None not in first.gap:
            return self._nothing_moved
        states = (first, moved, grown, ruled, last, last)  # no norm hangs on what was assigned
        return {
            cause: self._effects(earlier, later, known)
            for cause, earlier, later in zip(Cause, states, states[1:], strict=False)
        }

    def _posts(self, shape: Unit, residents: int) -> ByBloc[Posts] | None:
        """What the old frame grants a unit of the type of `shape` with these residents."""
        unit = shape if shape.population == residents else replace(shape, population=residents)
        quota = self._old[shape.type].quota(unit)
        return quota.blocs if quota is not None else None

    def _stated(self, audited: UnitAudit) -> _Figures | None:
        """What an audit states of a unit; None where it has no quota."""
        if audited.quota is None:
            return None
        granted = audited.quota.blocs
        return _Figures(granted, *self._by_bloc(granted, audited.gap))

    def _figures(
        self, granted: ByBloc[Posts] | None, staff: Staff, before: _Figures | None
    ) -> _Figures | None:
        """Posts, and the gaps of this staff; `before`, of the same staff, where it grants the same."""
        if granted is None:
            return None
        if before is not None and before.granted == granted:
            return before
        return _Figures(granted, *self._by_bloc(granted, gaps_of(granted, staff)))

    def _by_bloc(
        self, granted: ByBloc[Posts], gaps: ByBloc[Gap | None]
    ) -> tuple[Sequence[Posts], Sequence[Gap | None]]:
        """Posts and gaps of all blocs: one that a frame has not is granted nothing, and lacks nobody."""
        if granted.order == self.blocs:
            return granted.values, gaps.values
        posts = [granted.get(bloc) or _NO_POSTS for bloc in self.blocs]
        return posts, [gaps[bloc] if bloc in gaps.order else _NO_GAP for bloc in self.blocs]

    def _effects(
        self, before: _Figures | None, after: _Figures | None, known: Sequence[bool]
    ) -> ByBloc[Effect]:
        if before is None or after is None:
            return self._unknown[Cause.FRAME]
        if before is after and all(known) and None not in before.gap:
            return self.unmoved
        each = zip(before.posts, after.posts, before.gap, after.gap, known, strict=True)
        return ByBloc(self.blocs, tuple([_effect(*figures) for figures in each]))


def _with_assigned(of_norm: ByBloc[Effect], cause: Cause, old: Unit, new: Unit, bloc: Bloc) -> Effect:
    """The effect on posts and gap, with that on assigned posts and vacancies: what people change first."""
    before, after = old.assigned.get(bloc), new.assigned.get(bloc)
    if before is None or after is None:
        return replace(of_norm[bloc], assigned=None, vacancy=None)
    people, present = old.staff.get(bloc), new.staff.get(bloc)
    vacancy: GapShift | None = GapShift()
    if people is None or present is None:
        vacancy = None
    elif cause is Cause.STAFF:
        first = Posts.exactly(before)
        vacancy = gap_between(first.gap(people), first.gap(present))
    elif cause is Cause.ASSIGNMENT:
        vacancy = gap_between(Posts.exactly(before).gap(present), Posts.exactly(after).gap(present))
    assigned = after - before if cause is Cause.ASSIGNMENT else 0
    return replace(of_norm[bloc], assigned=assigned, vacancy=vacancy)


class _Figures(Struct, frozen=True):
    """A state on the way from old to new: what is granted, and posts and gaps of every bloc."""

    granted: ByBloc[Posts]
    posts: Sequence[Posts]
    gap: Sequence[Gap | None]


_NO_POSTS, _NO_GAP = Posts(0, 0), Gap()
_UNMOVED = Effect(Shift(), GapShift())


def _effect(before: Posts, after: Posts, old: Gap | None, new: Gap | None, known: bool) -> Effect:
    """The effect on a bloc's posts, and on its gap where the staff of both sides is `known`."""
    if not known or old is None or new is None:
        return Effect(between(before, after))
    if before == after and old == new:
        return _UNMOVED
    return Effect(between(before, after), gap_between(old, new))
