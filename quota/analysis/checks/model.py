"""What residents to expect of a unit before its table is looked at: a model of the country's units.

The logarithm of residents grows with that of the area, for each type in its own way. A province lies above or
below the country as a whole, and a unit above or below its province much as its neighbours do. What is left
has the tails of Student's t. `tests/bench/doubting.py fit` prints the figures below from `data/vietnam.csv`,
without the units whose figures are themselves in doubt.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from msgspec import Struct

from quota.core.sums import median
from quota.core.units import UnitType

MOST_RESIDENTS = 400_000
"""More than any unit in the country has."""
MIDDLE_AREA = 3.5
"""The logarithm of the area in km² that the curves are centred on: 33 km²."""


class Curve(Struct, frozen=True):
    """One type's units: the logarithm of residents is `level + slope * x + bend * x * x`, with `x` the
    logarithm of km² less `MIDDLE_AREA`; `plain` and `plain_spread` are for units without an area."""

    level: float
    slope: float
    bend: float
    spread: float
    plain: float
    plain_spread: float

    def expected(self, log_area: float | None) -> float:
        """The logarithm of the residents of a unit in a province like the country as a whole."""
        if log_area is None:
            return self.plain
        beyond = log_area - MIDDLE_AREA
        return self.level + beyond * (self.slope + beyond * self.bend)


class Model(Struct, frozen=True):
    """Curves by type and what is shared between units.

    `beside_spread` is the spread where neighbours are known, `pull` by how much a unit follows the mean of
    many neighbours, `slack` how many neighbours it takes to follow by half of that. `province_spread` is how
    far provinces lie apart, `freedom` the degrees of freedom of the tails. Wards under `ward_floor` residents
    are rarer than the tails say: by the power `ward_drop` of how many times fewer they are.
    """

    curves: Mapping[UnitType, Curve]
    beside_spread: float
    pull: float
    slack: float
    province_spread: float
    freedom: float
    ward_floor: int
    ward_drop: float


COUNTRY = Model(
    curves={
        UnitType.COMMUNE: Curve(10.35, -0.22, -0.087, 0.42, 10.103, 0.61),
        UnitType.WARD: Curve(10.644, -0.149, -0.045, 0.41, 10.803, 0.51),
        UnitType.SPECIAL_ZONE: Curve(9.0, 0.0, 0.0, 2.0, 9.0, 2.0),
    },
    beside_spread=0.36,
    pull=0.85,
    slack=0.5,
    province_spread=0.35,
    freedom=6.0,
    ward_floor=14_000,
    ward_drop=3.0,
)
"""The model of the country's units on 01/07/2025."""


class Outline(Struct, frozen=True):
    """How a unit's area goes with its neighbours: their points' distances, and the borders it shares.

    The logarithm of the area in km² is `level` and as many times the logarithms of the nearest, the middle
    and the farthest neighbour's distance (km), of all borders (km), of the number of neighbours, and of
    borders times distances (km²), as the other figures say.
    """

    level: float
    nearest: float
    middle: float
    farthest: float
    borders: float
    neighbours: float
    spanned: float
    spread: float

    def area(self, around: Sequence[tuple[float, float]]) -> float:
        """The logarithm of the area of a unit with these neighbours: distance and shared border of each."""
        apart = sorted(distance for distance, _ in around)
        return (
            self.level
            + self.nearest * math.log(apart[0])
            + self.middle * math.log(median(apart))
            + self.farthest * math.log(apart[-1])
            + self.borders * math.log(sum(km for _, km in around))
            + self.neighbours * math.log(len(apart))
            + self.spanned * math.log(sum(distance * km for distance, km in around))
        )


OUTLINE = Outline(-0.606, 0.378, 0.524, 0.187, 0.47, -0.46, 0.235, spread=0.23)
"""As `tests/bench/doubting.py fit` finds it."""
