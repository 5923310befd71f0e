"""Posts: what a rule grants, as a closed interval of whole numbers, and what a decision assigned."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from functools import lru_cache

from msgspec import Struct

from quota.core.blocs import ByBloc, Staff, total
from quota.core.sums import known_sum
from quota.core.units import Reserve


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
        return gap_between(self.low, self.high, staff)


@lru_cache(maxsize=4096)
def gap_between(low: int, high: int, staff: int) -> Gap:
    """`Posts(low, high).gap(staff)`: the same few quotas meet the same few counts of staff in a table."""
    return Gap(max(low - staff, 0), max(staff - high, 0))


def sum_posts(posts: Iterable[Posts]) -> Posts:
    """Both ends added up; nothing granted is 0 to 0."""
    granted = tuple(posts)
    return Posts(sum([each.low for each in granted]), sum([each.high for each in granted]))


def sum_by_bloc(every: Sequence[ByBloc[Posts]]) -> ByBloc[Posts]:
    """All of them (at least one) added up, bloc by bloc; units that are granted the same share one."""
    times = Counter(map(id, every))
    return sum_of_many([(granted, times[key]) for key, granted in {id(each): each for each in every}.items()])


def sum_of_many(granted: Sequence[tuple[ByBloc[Posts], int]]) -> ByBloc[Posts]:
    """All of them (at least one) added up, bloc by bloc, each as many times as is said."""
    whole = [
        [Posts(posts.low * times, posts.high * times) for posts in each.values] for each, times in granted
    ]
    return ByBloc(granted[0][0].order, tuple(map(sum_posts, zip(*whole, strict=True))))


def sum_gaps(gaps: Iterable[Gap]) -> Gap:
    """Shortfalls and surpluses added up separately."""
    found = tuple(gaps)
    return Gap(sum([gap.shortfall for gap in found]), sum([gap.surplus for gap in found]))


class Status(StrEnum):
    """How a unit's staff compares with its quota; MIXED is short in one bloc and over in another."""

    SHORT = "short"
    SURPLUS = "surplus"
    MIXED = "mixed"
    WITHIN = "within"
    UNKNOWN = "unknown"


def known_gap(gaps: Iterable[Gap | None]) -> Gap | None:
    """The gaps that are known, each side added up; None where none is."""
    known = [gap for gap in gaps if gap is not None]
    return sum_gaps(known) if known else None


def whole_gap(gaps: Iterable[Gap | None]) -> Gap | None:
    """All gaps, each side added up; None where one is unknown."""
    found = list(gaps)
    known = [gap for gap in found if gap is not None]
    return sum_gaps(known) if len(known) == len(found) else None


class UnitAssignment(Struct, frozen=True):
    """A unit's assigned posts; None is unknown, never zero.

    `vacancy` compares them with the people in post: posts not filled (chưa sử dụng) are a shortfall, people
    above the assignment a surplus. `off_norm` compares the assignment with the norm: posts assigned below its
    low end, posts assigned above its high end. `status` is that of the vacancies.
    """

    posts: Staff
    vacancy: ByBloc[Gap | None]
    off_norm: ByBloc[Gap | None]
    status: Status

    @property
    def total_posts(self) -> int | None:
        """All assigned posts; None where a bloc's are unknown."""
        return total(self.posts)

    @property
    def total_vacancy(self) -> Gap | None:
        """Vacancies and people above of all blocs, never netted; None where a bloc's are unknown."""
        return whole_gap(self.vacancy)

    @property
    def total_off_norm(self) -> Gap | None:
        """Posts below and above the norm of all blocs, never netted; None where a bloc's are unknown."""
        return whole_gap(self.off_norm)


class AssignmentTotals(Struct, frozen=True):
    """A table's assigned posts over what is known; a figure that is unknown in every unit is None.

    `unknown` counts the units whose assigned posts of a bloc are unknown, `reserves` are what provinces keep
    back: no unit's, and in no sum here.
    """

    posts: Staff
    vacancy: ByBloc[Gap | None]
    off_norm: ByBloc[Gap | None]
    status: Mapping[Status, int]
    unknown: ByBloc[int]
    reserves: tuple[Reserve, ...] = ()

    @property
    def total_posts(self) -> int | None:
        """All assigned posts that are known."""
        return known_sum(self.posts)

    @property
    def total_vacancy(self) -> Gap | None:
        """Vacancies and people above, each added up over what is known."""
        return known_gap(self.vacancy)

    @property
    def total_off_norm(self) -> Gap | None:
        """Posts assigned below and above the norm, each added up over what is known."""
        return known_gap(self.off_norm)
