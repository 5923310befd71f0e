"""What residents to expect of a unit: a model of the country's units, and how far a table's lie from them.

The logarithm of residents grows with that of the area, for each type in its own way. A province lies above or
below the country as a whole, and a unit above or below its province much as its neighbours do. What is left
has the tails of Student's t. `tests/bench/doubting.py fit` prints the figures below from `data/vietnam.csv`,
without the units whose figures are themselves in doubt.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import compress

from msgspec import Struct
from msgspec.structs import replace

from quota.core.sums import median
from quota.core.units import Unit, UnitType

MOST_RESIDENTS = 400_000
"""More than any unit in the country has."""
MIDDLE_AREA = 3.5
"""The logarithm of the area in km² that the curves are centred on: 33 km²."""
MOST_ZEROS = 3
TEN = math.log(10)
TENS = tuple(zeros * TEN for zeros in range(MOST_ZEROS + 1))
WIDE = (0.7, 0.1, 0.1, 0.1)
"""Where the search for a province's level begins: no scale is out of the question."""
_STEP = 0.2
_WIDEST = 1.6
"""A province lies up to this far from the country on the scale of logarithms: five times more or fewer."""
_OWN = 25
"""A table of this many units counts as much for the spread as the country does."""
_NORMAL = 1.4826
"""A standard deviation, in medians of absolute deviations."""

Chances = tuple[float, ...]
"""How likely it is that a figure lost no, one, two and three zeros."""


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


class Figures(Struct, frozen=True):
    """The figures of a table, column by column.

    `rests` is what is left of a figure's logarithm beside the country's units, `spreads` how far those
    spread. `tells` is False of what says nothing about neighbours: special zones, units without an area.
    """

    logs: list[float]
    rests: list[float]
    spreads: list[float]
    end_in_zero: list[bool]
    are_wards: list[bool]
    tells: list[bool]


def figures_of(units: Sequence[Unit], model: Model) -> Figures:
    """The figures of these units, each of which has residents."""
    logs = [math.log(unit.population or 1) for unit in units]
    expected, spreads = [], []
    for unit in units:
        curve, area = model.curves[unit.type], unit.area_km2
        expected.append(curve.expected(math.log(area)) if area else curve.plain)
        spreads.append(curve.spread if area else curve.plain_spread)
    return Figures(
        logs,
        [log - usual for log, usual in zip(logs, expected, strict=True)],
        spreads,
        [(unit.population or 1) % 10 == 0 for unit in units],
        [unit.type is UnitType.WARD for unit in units],
        [bool(unit.area_km2) and unit.type is not UnitType.SPECIAL_ZONE for unit in units],
    )


def likeliest(chances: Chances) -> int:
    """How many zeros a figure lost, as is likeliest."""
    return 0 if chances[0] > 0.5 else max(range(len(chances)), key=chances.__getitem__)


def power_of(freedom: float) -> float:
    """Of Student's t: the likelihood is `(1 + deviation ** 2 / freedom) ** power`, its constant left out."""
    return -(freedom + 1) / 2


def first_level(figures: Figures, model: Model) -> float:
    """How far the province lies from the country, over all scales at once."""
    bins = Counter(zip([round(rest / _STEP) for rest in figures.rests], figures.spreads, strict=True))
    steps, freedom = round(_WIDEST / _STEP), model.freedom

    def fit(step: int) -> float:
        told = [
            many * _over_all_scales(place - step, spread, freedom) for (place, spread), many in bins.items()
        ]
        return sum(told) - (step * _STEP / model.province_spread) ** 2 / 2

    return _STEP * max(range(-steps, steps + 1), key=fit)


@cache
def _over_all_scales(steps: int, spread: float, freedom: float) -> float:
    """How likely a figure is, by its steps above a level, as a logarithm, whatever zeros it lost."""
    rest, power = steps * _STEP, power_of(freedom)
    return math.log(
        sum(
            share * (1 + ((rest + tens) / spread) ** 2 / freedom) ** power
            for share, tens in zip(WIDE, TENS, strict=True)
        )
    )


def widened(figures: Figures, doubted: Mapping[int, Chances], level: float) -> Figures:
    """The figures with wider spreads where the table's own units, read as is likeliest, lie further apart."""
    read = zip(_read(figures, doubted), figures.spreads, strict=True)
    apart = [abs(rest - level) / spread for rest, spread in read]
    own = (_NORMAL * median(apart)) ** 2
    wider = math.sqrt((len(apart) * own + _OWN) / (len(apart) + _OWN))
    return replace(figures, spreads=[spread * wider for spread in figures.spreads]) if wider > 1 else figures


def _read(figures: Figures, doubted: Mapping[int, Chances]) -> list[float]:
    """What is left of each figure, read as is likeliest."""
    read = list(figures.rests)
    for place, chances in doubted.items():
        read[place] += TEN * likeliest(chances)
    return read


def level_of(figures: Figures, doubted: Mapping[int, Chances], model: Model) -> float:
    """The median of what is left, read as is likeliest; drawn to the country where there are few units."""
    read = _read(figures, doubted)
    left = list(compress(read, figures.tells)) or read
    apart = model.province_spread**2
    noise = 1.57 * model.curves[UnitType.COMMUNE].spread ** 2 / len(left)
    return max(-_WIDEST, min(_WIDEST, median(left) * apart / (apart + noise)))
