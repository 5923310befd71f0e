"""How plausible a number of residents is beside the other units of its type.

A figure that lost its thousands separator also lost the zeros behind it: 113.200 became 113.2 and then 1132.
So a figure v may stand for v, 10v, 100v or 1000v. Each reading is weighed against the peers: logarithms of
residents lie around a median with a spread, both taken from the table at hand so that a few wrong values
move neither. Single units do lie far off, so the tails are those of Student's t with four degrees of
freedom. And of the readings of one figure the smaller is ten times likelier for each zero: that many more
numbers end in anything than end in that zero.
"""

from __future__ import annotations

import math
import statistics
from collections import defaultdict
from collections.abc import Iterable, Mapping

from msgspec import Struct

from quota.core.units import Unit, UnitType

MIN_PEERS = 8
"""Fewer units of a type say nothing about what is usual."""
_LEAST_SPREAD = 0.35
"""Units are never taken to be more alike than this: one in three more than 1.4 times off the median."""
_SCALE = 1000
_FREEDOM = 4
THOUSANDFOLD = round(_SCALE * math.log(1000))
"""A reading this much more surprising than another is a thousand times less plausible."""
_A_ZERO = round(_SCALE * math.log(10))
"""A reading that puts a zero back is at least so surprising."""
_NEAR = 2.4
"""Spreads off the median up to where a figure surprises less than a zero put back does."""
MOST_RESIDENTS = 400_000
"""More than any unit in the country has; no reading goes beyond."""


class Peers(Struct, frozen=True):
    """The median of residents and the spread of their logarithm, over the units of one type."""

    median: float
    spread: float
    units: int

    def deviation(self, residents: int) -> float:
        """How many spreads a figure lies from the median, on the scale of logarithms."""
        return (math.log(max(residents, 1)) - math.log(self.median)) / self.spread

    def surprise(self, residents: int, zeros: int = 0) -> int:
        """How implausible a reading with so many zeros put back is, in thousandths of a nat."""
        deviation = self.deviation(residents)
        far = (_FREEDOM + 1) / 2 * math.log1p(deviation * deviation / _FREEDOM)
        return round(_SCALE * (far + zeros * math.log(10)))

    def beyond_doubt(self) -> tuple[int, int]:
        """Between which figures none is doubted: so near the median, a zero put back is less plausible."""
        reach = math.exp(_NEAR * self.spread)
        return math.ceil(self.median / reach), math.floor(self.median * reach)

    def usual(self) -> tuple[int, int]:
        """Between which figures nearly every unit lies: three spreads each way."""
        reach = math.exp(3 * self.spread)
        return round(self.median / reach), round(self.median * reach)


class Reading(Struct, frozen=True):
    """One reading of a figure: with `zeros` put back, and how surprising that is beside the best reading."""

    residents: int
    zeros: int
    surprise: int


def peers_of(units: Iterable[Unit]) -> Mapping[UnitType, Peers]:
    """The peers of each type that has at least `MIN_PEERS` units with known residents."""
    found: defaultdict[UnitType, list[float]] = defaultdict(list)
    for unit in units:
        if unit.population:
            found[unit.type].append(math.log(unit.population))
    peers: dict[UnitType, Peers] = {}
    for kind, values in found.items():
        if len(values) >= MIN_PEERS:
            middle = statistics.median(values)
            spread = 1.4826 * statistics.median(abs(value - middle) for value in values)
            peers[kind] = Peers(math.exp(middle), max(spread, _LEAST_SPREAD), len(values))
    return peers


def readings(residents: int, peers: Peers | None) -> tuple[Reading, ...]:
    """Every reading of a figure that is no thousand times less plausible than its best one, as written first.

    Without peers a figure is read as written. A figure that ends in zero has lost none or all three.
    """
    if peers is None:
        return (Reading(residents, 0, 0),)
    weighed = _weighed(residents, peers)
    least = min(weighed)[0]
    return tuple(
        Reading(value, zeros, surprise - least)
        for surprise, value, zeros in weighed
        if surprise - least <= THOUSANDFOLD
    )


def likeliest_zeros(residents: int, peers: Peers | None) -> int:
    """How many zeros the most plausible reading of a figure puts back."""
    if peers is None:
        return 0
    if peers.surprise(residents) < _A_ZERO:
        return 0  # nearly every figure
    return min(_weighed(residents, peers))[2]


def _weighed(residents: int, peers: Peers) -> list[tuple[int, int, int]]:
    """Surprise, residents and zeros of each possible reading."""
    return [
        (peers.surprise(residents * 10**zeros, zeros), residents * 10**zeros, zeros)
        for zeros in range(4)
        if _can_lose(residents, zeros)
    ]


def _can_lose(residents: int, zeros: int) -> bool:
    """Whether `residents` can be what is left of a figure whose last `zeros` digits were zeros and fell."""
    if zeros == 0:
        return True
    least = {1: 100, 2: 10, 3: 1}[zeros]
    if residents < least or residents * 10**zeros > MOST_RESIDENTS:
        return False
    return zeros == 3 or residents % 10 != 0  # three fell off a figure of three digits, whatever they are
