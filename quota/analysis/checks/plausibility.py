"""The readings of a figure that are not out of the question, and how much more than the best each surprises.

A figure that lost its thousands separator also lost the zeros behind it: 113.200 became 113.2 and then 1132.
So a figure v may stand for v, 10v, 100v or 1000v; `expecting` says how likely each is.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from msgspec import Struct

from quota.analysis.checks.beside import Beside
from quota.analysis.checks.expecting import Judged, judged
from quota.analysis.checks.model import MOST_RESIDENTS
from quota.core.units import Unit

_SCALE = 1000
THOUSANDFOLD = round(_SCALE * math.log(1000))
"""A reading this much more surprising than another is a thousand times less plausible."""
_KNOWN = 1000


class Reading(Struct, frozen=True):
    """One reading of a figure: with `zeros` put back, and how surprising that is beside the best reading.

    `surprise` is in thousandths of a nat.
    """

    residents: int
    zeros: int
    surprise: int


def readings(residents: int, judged: Judged | None, embedded: int | None = None) -> tuple[Reading, ...]:
    """Every reading of a figure that is no thousand times less plausible than its best one, as written first.

    A figure that is not judged is read as written. One that ends in zero has lost none or all three. A
    reading that is the `embedded` figure is a thousand times likelier.
    """
    if judged is None:
        return (Reading(residents, 0, 0),)
    possible = [
        (zeros, chance * (_KNOWN if residents * 10**zeros == embedded else 1))
        for zeros, chance in enumerate(judged.chances)
        if chance > 0 and _can_lose(residents, zeros)
    ]
    best = max(chance for _, chance in possible)
    weighed = [
        Reading(residents * 10**zeros, zeros, round(_SCALE * math.log(best / chance)))
        for zeros, chance in possible
    ]
    return tuple(reading for reading in weighed if reading.surprise <= THOUSANDFOLD)


def _can_lose(residents: int, zeros: int) -> bool:
    """Whether `residents` can be what is left of a figure whose last `zeros` digits were zeros and fell."""
    if zeros == 0:
        return True
    least = {1: 100, 2: 10, 3: 1}[zeros]
    if residents < least or residents * 10**zeros > MOST_RESIDENTS:
        return False
    return zeros == 3 or residents % 10 != 0  # three fell off a figure of three digits, whatever they are


class Weighed(Struct, frozen=True):
    """Units with residents, what is expected of each by code, and the readings of each figure."""

    units: Sequence[Unit]
    expected: Mapping[str, Judged]
    figures: Sequence[Sequence[Reading]]

    @classmethod
    def of(cls, units: Sequence[Unit], embedded: Mapping[str, int]) -> Weighed:
        """The units weighed beside each other; a reading that is the `embedded` figure is far likelier."""
        expected = judged(units, Beside(units), every=True)
        figures = [
            readings(unit.population or 0, expected.get(unit.code), embedded.get(unit.code)) for unit in units
        ]
        return cls(units, expected, figures)

    @property
    def published(self) -> int:
        """The sum of the figures as they are written."""
        return sum(unit.population or 0 for unit in self.units)

    @property
    def candidates(self) -> int:
        """How many figures may have lost zeros."""
        return sum(any(reading.zeros for reading in options) for options in self.figures)

    @property
    def likeliest(self) -> int:
        """The sum of the likeliest reading of every figure."""
        return sum(min(options, key=lambda reading: reading.surprise).residents for options in self.figures)

    def without(self, place: int) -> Weighed:
        """The others than the unit at a place."""
        rest = [number for number in range(len(self.units)) if number != place]
        return Weighed(
            [self.units[number] for number in rest], self.expected, [self.figures[number] for number in rest]
        )
