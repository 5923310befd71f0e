"""How many residents are expected of each unit of a table, and how likely each reading of its figure is.

A figure v may stand for v, 10v, 100v or 1000v. Before any figure is judged by the others, two things are
estimated from the whole table at once: how far its province lies from the country, and how many figures have
lost one, two or three zeros. So a table that is mostly in thousands is judged by the country, not by itself.
Then each figure in doubt is held to its neighbours as well, these read as is likeliest.

A figure that loses its thousands separator as a number loses all zeros behind it. So where a table has been
through that, no figure ends in 0, while one in ten does in a table that has not: this says how many are wrong
before any is looked at.
"""

from __future__ import annotations

import math
import statistics
from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from quota.analysis.checks.model import COUNTRY, Model
from quota.core.units import Unit, UnitType

MOST_ZEROS = 3
_TEN = math.log(10)
_TENS = tuple(zeros * _TEN for zeros in range(MOST_ZEROS + 1))
_BROKEN = (0.889, 0.1, 0.01, 0.001)
"""The share of figures that lost no, one, two and three zeros where each that ended in 0 lost them all."""
_BROKEN_PRIOR = 0.2
"""How likely it is, before looking, that a table has been through that."""
_FEW = (60.0, 2.5, 0.8, 0.6)
"""Otherwise the shares start as if this many figures of each kind had been seen before."""
_WIDE = (0.7, 0.1, 0.1, 0.1)
"""Where the search for a province's level begins: no scale is out of the question."""
_TENS_AND_SHARES = tuple(zip(_TENS, _WIDE, strict=True))
_ROUNDS = 3
_STEP = 0.2
_WIDEST = 1.6
"""A province lies up to this far from the country on the scale of logarithms: five times more or fewer."""
_ODD_ZERO = 0.1
"""A figure that ends in 0 and yet lost zeros is so much rarer."""
_OWN = 25
"""A table of this many units counts as much for the spread as the country does."""
_NORMAL = 1.4826
"""A standard deviation, in medians of absolute deviations."""
_SOUND = 1.6
"""Within this many spreads of what is expected, a figure is not in doubt."""
_CERTAIN = (1.0, 0.0, 0.0, 0.0)

Chances = tuple[float, ...]
"""How likely it is that a figure lost no, one, two and three zeros."""
Neighbours = Callable[[Sequence[str]], Mapping[str, Sequence[str]]]
"""The codes of the neighbours of the units of these codes."""


class Judged(Struct, frozen=True):
    """One figure: the residents expected, their spread as a logarithm, and how likely each reading is.

    `deviation` is how many spreads the figure as written lies from what is expected. `share` is the part of
    the table's figures that have lost zeros, by estimate: so likely is that of each before it is looked at.
    """

    expected: float
    spread: float
    deviation: float
    chances: Chances
    share: float = 0.0

    @property
    def lost(self) -> float:
        """How likely it is that the figure lost zeros."""
        return 1.0 - self.chances[0]

    @property
    def zeros(self) -> int:
        """How many zeros its likeliest reading puts back."""
        return _likeliest(self.chances)


def judged(
    units: Sequence[Unit],
    neighbours: Neighbours | None = None,
    model: Model = COUNTRY,
    *,
    every: bool = False,
) -> Mapping[str, Judged]:
    """Each unit with residents, by code. Figures near what is expected are certain, unless `every` one
    is weighed."""
    known = [unit for unit in units if unit.population]
    if not known:
        return {}
    figures = [_Figure.of(unit, model) for unit in known]
    level = _first_level(figures, model)
    shares: Chances = _WIDE
    clue = _broken(known)
    for _ in range(_ROUNDS):
        chances = _each(figures, level, shares, model)
        level = _level(figures, chances, model)
        shares = _shares(chances, clue)
    figures = _widened(figures, chances, level)
    chances = _each(figures, level, shares, model, every=every)
    found = {
        unit.code: _judged(figure, level, figure.spread, chance, 1 - shares[0])
        for unit, figure, chance in zip(known, figures, chances, strict=True)
    }
    doubtful = [unit.code for unit in known if found[unit.code].chances is not _CERTAIN]
    if neighbours is None or not doubtful:
        return found
    beside = neighbours(doubtful)
    place = {unit.code: number for number, unit in enumerate(known)}
    alone = dict(found)  # neighbours are read by themselves: the order of units decides nothing
    for code in doubtful:
        figure = figures[place[code]]
        told = [
            figures[place[other]].rest + _TEN * alone[other].zeros - level
            for other in beside.get(code, ())
            if other in place and figures[place[other]].tells
        ]
        if told and figure.tells:
            pull = model.pull * len(told) / (len(told) + model.slack) * statistics.fmean(told)
            chance = _chances(figure, level + pull, model.beside_spread, shares, model, every=every)
            found[code] = _judged(figure, level + pull, model.beside_spread, chance, 1 - shares[0])
    return found


class _Figure(Struct, frozen=True):
    """A figure's logarithm, what is left of it beside the country's units, and how far those spread.

    `tells` is False of what says nothing about neighbours: special zones, units without an area.
    """

    log: float
    rest: float
    spread: float
    ends_in_zero: bool
    ward: bool
    tells: bool

    @classmethod
    def of(cls, unit: Unit, model: Model) -> _Figure:
        curve = model.curves[unit.type]
        people = unit.population or 1
        log = math.log(people)
        area = math.log(unit.area_km2) if unit.area_km2 else None
        return cls(
            log,
            log - curve.expected(area),
            curve.plain_spread if area is None else curve.spread,
            people % 10 == 0,
            unit.type is UnitType.WARD,
            area is not None and unit.type is not UnitType.SPECIAL_ZONE,
        )


def _judged(figure: _Figure, level: float, spread: float, chances: Chances, share: float) -> Judged:
    expected = math.exp(figure.log - figure.rest + level)
    return Judged(expected, spread, (figure.rest - level) / spread, chances, share)


def _likeliest(chances: Chances) -> int:
    return 0 if chances[0] > 0.5 else max(range(len(chances)), key=chances.__getitem__)


def _broken(units: Sequence[Unit]) -> float:
    """How likely it is, by their last digits, that every figure that ended in 0 lost its zeros."""
    if any((unit.population or 1) % 10 == 0 for unit in units):
        return 0.0
    unbroken: float = 0.9 ** len(units)
    return _BROKEN_PRIOR / (_BROKEN_PRIOR + (1 - _BROKEN_PRIOR) * unbroken)


def _shares(chances: Sequence[Chances], clue: float) -> Chances:
    """The share of figures that lost no, one, two and three zeros."""
    counted = [few + sum(column) for few, column in zip(_FEW, zip(*chances, strict=True), strict=True)]
    everything = sum(counted)
    return tuple(
        clue * broken + (1 - clue) * count / everything
        for broken, count in zip(_BROKEN, counted, strict=True)
    )


def _power(freedom: float) -> float:
    """Of Student's t: the likelihood is `(1 + deviation ** 2 / freedom) ** power`, its constant left out."""
    return -(freedom + 1) / 2


def _each(
    figures: Sequence[_Figure], level: float, shares: Chances, model: Model, *, every: bool = False
) -> list[Chances]:
    """`_chances` of each figure by its own spread; nearly all are near what is expected, and not weighed."""
    if every or shares[0] <= 0.5:
        return [_chances(figure, level, figure.spread, shares, model, every=every) for figure in figures]
    return [
        _CERTAIN
        if abs(figure.rest - level) < _SOUND * figure.spread
        else _chances(figure, level, figure.spread, shares, model)
        for figure in figures
    ]


def _chances(
    figure: _Figure, level: float, spread: float, shares: Chances, model: Model, *, every: bool = False
) -> Chances:
    """How likely each reading of a figure is beside what is expected."""
    rest = figure.rest - level
    if not every and abs(rest) < _SOUND * spread and shares[0] > 0.5:
        return _CERTAIN
    freedom, power = model.freedom, _power(model.freedom)
    weights = []
    for tens, share in zip(_TENS, shares, strict=True):
        deviation = (rest + tens) / spread
        weights.append(share * (1 + deviation * deviation / freedom) ** power)
    if figure.ends_in_zero:
        weights[1:MOST_ZEROS] = [weight * _ODD_ZERO for weight in weights[1:MOST_ZEROS]]
    if figure.ward:
        floor = math.log(model.ward_floor)
        for zeros, tens in enumerate(_TENS):
            short = figure.log + tens - floor
            if short < 0:
                weights[zeros] *= math.exp(model.ward_drop * short)
    everything = sum(weights)
    return tuple([weight / everything for weight in weights])


def _first_level(figures: Sequence[_Figure], model: Model) -> float:
    """How far the province lies from the country, over all scales at once."""
    bins = Counter([(round(figure.rest / _STEP), figure.spread) for figure in figures])
    steps = round(_WIDEST / _STEP)
    freedom, power = model.freedom, _power(model.freedom)

    def fit(step: int) -> float:
        level = step * _STEP
        return -((level / model.province_spread) ** 2) / 2 + sum(
            [
                many
                * math.log(
                    sum(
                        [
                            share
                            * (1 + (away := (place * _STEP + tens - level) / spread) * away / freedom)
                            ** power
                            for tens, share in _TENS_AND_SHARES
                        ]
                    )
                )
                for (place, spread), many in bins.items()
            ]
        )

    return _STEP * max(range(-steps, steps + 1), key=fit)


def _widened(figures: list[_Figure], chances: Sequence[Chances], level: float) -> list[_Figure]:
    """The figures with wider spreads where the table's own units, read as is likeliest, lie further apart."""
    read = _read(figures, chances)
    apart = [abs(rest - level) / figure.spread for rest, figure in zip(read, figures, strict=True)]
    own = (_NORMAL * statistics.median(apart)) ** 2
    wider = math.sqrt((len(apart) * own + _OWN) / (len(apart) + _OWN))
    return [replace(figure, spread=figure.spread * wider) for figure in figures] if wider > 1 else figures


def _read(figures: Sequence[_Figure], chances: Sequence[Chances]) -> list[float]:
    """What is left of each figure, read as is likeliest."""
    return [
        figure.rest if chance is _CERTAIN else figure.rest + _TEN * _likeliest(chance)
        for figure, chance in zip(figures, chances, strict=True)
    ]


def _level(figures: Sequence[_Figure], chances: Sequence[Chances], model: Model) -> float:
    """The median of what is left, read as is likeliest; drawn to the country where there are few units."""
    read = _read(figures, chances)
    left = [rest for rest, figure in zip(read, figures, strict=True) if figure.tells] or read
    apart = model.province_spread**2
    noise = 1.57 * model.curves[UnitType.COMMUNE].spread ** 2 / len(left)
    return max(-_WIDEST, min(_WIDEST, statistics.median(left) * apart / (apart + noise)))
