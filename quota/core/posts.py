"""Posts: how many people a rule grants, as a closed interval of whole numbers."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from msgspec import Struct


class Gap(Struct, frozen=True):
    """People missing below a quota and present above it.

    One bloc has at most one of the two. A sum keeps both: a shortage here is not paid by a surplus there.
    """

    shortfall: int = 0
    surplus: int = 0

    def __add__(self, other: Gap) -> Gap:
        return Gap(self.shortfall + other.shortfall, self.surplus + other.surplus)


class Posts(Struct, frozen=True, order=True):
    """From `low` to `high` posts, both included; `low == high` where the rule is exact."""

    low: int
    high: int

    def __post_init__(self) -> None:
        if not 0 <= self.low <= self.high:
            raise ValueError(f"posts run from low to high, not {self.low} to {self.high}")

    @classmethod
    def exactly(cls, count: int) -> Posts:
        """An interval of one number."""
        return cls(count, count)

    def gap(self, staff: int) -> Gap:
        """Compare `staff` (people in post) with this quota."""
        return _gap(self.low, self.high, staff)


@lru_cache(maxsize=4096)
def _gap(low: int, high: int, staff: int) -> Gap:
    """The same few quotas meet the same few counts of staff in a whole table."""
    return Gap(max(low - staff, 0), max(staff - high, 0))


def sum_posts(posts: Iterable[Posts]) -> Posts:
    """Both ends added up; nothing granted is 0 to 0."""
    low = high = 0
    for granted in posts:
        low += granted.low
        high += granted.high
    return Posts(low, high)


def sum_gaps(gaps: Iterable[Gap]) -> Gap:
    """Shortfalls and surpluses added up separately."""
    shortfall = surplus = 0
    for gap in gaps:
        shortfall += gap.shortfall
        surplus += gap.surplus
    return Gap(shortfall, surplus)
