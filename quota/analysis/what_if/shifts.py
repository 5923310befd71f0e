"""Differences of posts, at both ends of a quota."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from quota.core.blocs import ByBloc
from quota.core.posts import Posts


class Shift(Struct, frozen=True):
    """A difference of posts at both ends of a quota; below zero is fewer."""

    low: int = 0
    high: int = 0

    def __neg__(self) -> Shift:
        return Shift(-self.low, -self.high)

    def __bool__(self) -> bool:
        return bool(self.low or self.high)

    @property
    def gained(self) -> Shift:
        """The part of a shift that is a gain: zero where it is none."""
        return Shift(max(self.low, 0), max(self.high, 0))

    @property
    def lost(self) -> Shift:
        """The part of a shift that is a loss, as a positive number: zero where it is none."""
        return (-self).gained


def between(old: Posts, new: Posts) -> Shift:
    """From `old` to `new`."""
    return Shift(new.low - old.low, new.high - old.high)


def sum_shifts(shifts: Sequence[Shift] | ByBloc[Shift]) -> Shift:
    """Both ends added up."""
    return Shift(sum([shift.low for shift in shifts]), sum([shift.high for shift in shifts]))
