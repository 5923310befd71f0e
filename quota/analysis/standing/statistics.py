"""Where a value is among others: ranks, percentiles, quartiles, inequality, histograms; all exact."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import repeat
from statistics import quantiles

from msgspec import Struct

from quota.analysis.standing.measures import Value

MOST_BINS = 12


class RankAmong(Struct, frozen=True):
    """`rank` among `of` values, 1 the greatest; equal values share the better rank."""

    rank: int
    of: int


class Spread(Struct, frozen=True):
    """The least, the quartiles and the greatest of the values that are known; `known` counts them."""

    known: int
    least: Fraction
    lower: Fraction
    median: Fraction
    upper: Fraction
    greatest: Fraction


class Bin(Struct, frozen=True):
    """How many values are at least `start` and under `end`."""

    start: int
    end: int
    count: int


def known(values: Iterable[Value | None]) -> list[Value]:
    """The values that are known."""
    return [value for value in values if value is not None]


def ordered(values: Iterable[Value | None]) -> list[Value]:
    """The known values from the least; floats are compared first, fractions only where these are equal."""
    return sorted(known(values), key=lambda value: (float(value), value))  # the greater has no lesser float


def standings(values: Sequence[Value | None]) -> list[RankAmong | None]:
    """Each value's standing among the known ones; None for an unknown one."""
    places = sorted(
        ((float(value), value, place) for place, value in enumerate(values) if value is not None),
        reverse=True,
    )
    found: list[RankAmong | None] = [None] * len(values)
    above: Value | None = None
    rank = 0
    for count, (_, value, place) in enumerate(places, start=1):
        if value != above:
            above, rank = value, count
        found[place] = RankAmong(rank, len(places))
    return found


def standing(value: Value | None, among: Iterable[Value | None]) -> RankAmong | None:
    """One value's standing among values that include it."""
    found = known(among)
    return None if value is None else RankAmong(1 + sum(other > value for other in found), len(found))


def spread(values: Iterable[Value | None]) -> Spread | None:
    """Quartiles by linear interpolation between the sorted values (the "inclusive" method); None of none."""
    found = [Fraction(value) for value in ordered(values)]
    if not found:
        return None
    lower, middle, upper = quantiles(found, n=4, method="inclusive") if len(found) > 1 else found * 3
    return Spread(len(found), found[0], lower, middle, upper, found[-1])


def middle(values: Iterable[Value | None]) -> Fraction | None:
    """The median of the known values: of an even number, the mean of the two in the middle."""
    found = ordered(values)
    if not found:
        return None
    half = len(found) // 2
    return Fraction(found[half]) if len(found) % 2 else Fraction(found[half - 1] + found[half]) / 2


def percentile(value: Value, among: Iterable[Value | None]) -> Fraction | None:
    """The percentage of the others that are less than `value`, each equal one counting half; None of none."""
    ordered = sorted(known(among))
    if not ordered:
        return None
    less, equal_or_less = bisect_left(ordered, value), bisect_right(ordered, value)
    return Fraction(100 * (less + equal_or_less), 2 * len(ordered))


def gini(values: Iterable[Value | None]) -> Fraction | None:
    """The Gini coefficient: 0 where all are equal, near 1 where one has everything; None of nothing.

    Half the mean absolute difference between all pairs, over the mean (C. Gini, Variabilità e mutabilità,
    1912), each unit counting once. Computed from the sorted values x1 ≤ … ≤ xn as
    2·Σ i·xi / (n·Σ xi) − (n + 1)/n, the form A. Sen gives in On Economic Inequality (1973). Values are not
    negative.
    """
    found = ordered(values)
    whole = _sum(found)
    if not whole:
        return None
    n = len(found)
    return 2 * _sum(found, range(1, n + 1)) / (n * whole) - Fraction(n + 1, n)


def _sum(values: Sequence[Value], weights: Iterable[int] = repeat(1)) -> Fraction:
    """Values, each times its weight, added up: first those of one denominator, as whole numbers."""
    by_denominator: dict[int, int] = {}
    for value, weight in zip(values, weights, strict=False):
        denominator = value.denominator
        by_denominator[denominator] = by_denominator.get(denominator, 0) + weight * value.numerator
    return sum((Fraction(above, below) for below, above in by_denominator.items()), Fraction())


def histogram(values: Iterable[Value | None]) -> tuple[Bin, ...]:
    """The known values in bins of one round width (1, 2 or 5 and zeros), at most twelve of them."""
    found = known(values)
    if not found:
        return ()
    width = _round_width(min(found), max(found))
    first, last = int(min(found) // width), int(max(found) // width)
    counts = [0] * (last - first + 1)
    for value in found:
        counts[int(value // width) - first] += 1
    return tuple(
        Bin((first + place) * width, (first + place + 1) * width, count) for place, count in enumerate(counts)
    )


def _round_width(least: Value, greatest: Value) -> int:
    scale = 1
    while True:
        for width in (scale, 2 * scale, 5 * scale):
            if greatest < (least // width + MOST_BINS) * width:
                return width
        scale *= 10
