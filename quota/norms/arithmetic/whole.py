"""A floor and a ceiling of all blocs together, and how the bloc that adjusts takes the difference.

Blocs have ranges, so the bounds hold however the others are filled: the ceiling leaves the bloc that adjusts
what remains beside the others' high ends, the floor what remains beside their low ends. The posts of a unit
are therefore still the sum of its blocs.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce

from msgspec import Struct

from quota.core.blocs import ByBloc
from quota.norms.arithmetic.expression import ZERO, Constant, Greatest, Least, Number, minus, plus


class Ends(Struct, frozen=True):
    """The two ends of a bloc's posts, as expressions; the same one where the grant is exact."""

    low: Number
    high: Number


class Whole(Struct, frozen=True):
    """The fewest and the most posts of a unit in all; the place of the bloc that adjusts, and its grant."""

    place: int
    own: Ends
    least: Constant | None = None
    most: Constant | None = None


def adjusted(grants: ByBloc[Ends], whole: Whole) -> ByBloc[Ends]:
    """The grants with that of the bloc that adjusts held so that all together keep within the bounds."""
    found = list(grants.values)
    others = [ends for place, ends in enumerate(grants.values) if place != whole.place]
    found[whole.place] = beside(others, whole)
    return ByBloc(grants.order, tuple(found))


def beside(others: Sequence[Ends], whole: Whole) -> Ends:
    """The grant of the bloc that adjusts, within what the bounds leave beside the others' ends."""
    lows, highs = _sum([ends.low for ends in others]), _sum([ends.high for ends in others])

    def kept(end: Number) -> Number:
        if whole.least is not None:
            end = Greatest(end, minus(whole.least, lows))
        return end if whole.most is None else Least(end, minus(whole.most, highs))

    return Ends(kept(whole.own.low), kept(whole.own.high))


def _sum(numbers: Sequence[Number]) -> Number:
    start: Number = ZERO
    return reduce(plus, numbers, start)


def held(counts: Sequence[int], whole: Whole) -> tuple[int, ...]:
    """Low and high end of each bloc, with the bounds kept where ends come from several things at once."""
    low, high = left_for(counts, whole)
    found = list(counts)
    for place in (2 * whole.place, 2 * whole.place + 1):
        end = counts[place] if low is None else max(counts[place], low)
        found[place] = end if high is None else min(end, high)
    return tuple(found)


def left_for(counts: Sequence[int], whole: Whole) -> tuple[int | None, int | None]:
    """The fewest and the most posts that the others leave to the bloc that adjusts; None: no bound."""
    others = [counts[place] for place in range(len(counts)) if place // 2 != whole.place]
    return (
        None if whole.least is None else whole.least.value - sum(others[::2]),
        None if whole.most is None else whole.most.value - sum(others[1::2]),
    )
