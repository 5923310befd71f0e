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
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from itertools import compress

from msgspec import Struct
from msgspec.structs import replace

from quota.analysis.checks.model import COUNTRY, MOST_RESIDENTS, Model
from quota.core.sums import median
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
    """What is expected of each unit whose figure is in doubt, or greater than any is, by code.

    Figures near what is expected are certain and left out, unless `every` one is weighed.
    """
    known = [unit for unit in units if unit.population]
    if not known:
        return {}
    figures = _figures_of(known, model)
    level = _first_level(figures, model)
    shares: Chances = _WIDE
    clue = _broken(known)
    for _ in range(_ROUNDS):
        doubted = _weighed(figures, level, shares, model)
        level = _level(figures, doubted, model)
        shares = _shares(doubted, len(known), clue)
    figures = _widened(figures, doubted, level)
    doubted = _weighed(figures, level, shares, model, every=every)
    share = 1 - shares[0]
    found: dict[str, Judged] = {}
    for place, chances in {**_beyond_any(known), **doubted}.items():
        rest, spread = figures.rests[place], figures.spreads[place]
        expected = math.exp(figures.logs[place] - rest + level)
        found[known[place].code] = Judged(expected, spread, (rest - level) / spread, chances, share)
    codes = [known[place].code for place in doubted]
    doubtful = [code for code in codes if found[code].chances is not _CERTAIN]
    if neighbours is None or not doubtful:
        return found
    beside = neighbours(doubtful)
    places = {unit.code: number for number, unit in enumerate(known)}
    chances_of = _weighing(figures, shares, model)
    # neighbours are read by themselves: the order of units decides nothing
    lost = {code: alone.zeros for code, alone in found.items()}
    for code in doubtful:
        told = [
            figures.rests[places[other]] + _TEN * lost.get(other, 0) - level
            for other in beside.get(code, ())
            if other in places and figures.tells[places[other]]
        ]
        place = places[code]
        if told and figures.tells[place]:
            pull = model.pull * len(told) / (len(told) + model.slack) * math.fsum(told) / len(told)
            here, spread = level + pull, model.beside_spread
            rest = figures.rests[place]
            near = not every and shares[0] > 0.5 and abs(rest - here) < _SOUND * spread
            chances = _CERTAIN if near else chances_of(place, here, spread)
            expected = math.exp(figures.logs[place] - rest + here)
            found[code] = Judged(expected, spread, (rest - here) / spread, chances, share)
    return found


def _beyond_any(units: Sequence[Unit]) -> Mapping[int, Chances]:
    """The places of units with more residents than any has: they are looked at, however usual here."""
    return {place: _CERTAIN for place, unit in enumerate(units) if (unit.population or 0) > MOST_RESIDENTS}


class _Figures(Struct, frozen=True):
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


def _figures_of(units: Sequence[Unit], model: Model) -> _Figures:
    logs = [math.log(unit.population or 1) for unit in units]
    expected, spreads = [], []
    for unit in units:
        curve, area = model.curves[unit.type], unit.area_km2
        expected.append(curve.expected(math.log(area)) if area else curve.plain)
        spreads.append(curve.spread if area else curve.plain_spread)
    return _Figures(
        logs,
        [log - usual for log, usual in zip(logs, expected, strict=True)],
        spreads,
        [(unit.population or 1) % 10 == 0 for unit in units],
        [unit.type is UnitType.WARD for unit in units],
        [bool(unit.area_km2) and unit.type is not UnitType.SPECIAL_ZONE for unit in units],
    )


def _likeliest(chances: Chances) -> int:
    return 0 if chances[0] > 0.5 else max(range(len(chances)), key=chances.__getitem__)


def _broken(units: Sequence[Unit]) -> float:
    """How likely it is, by their last digits, that every figure that ended in 0 lost its zeros."""
    if any((unit.population or 1) % 10 == 0 for unit in units):
        return 0.0
    unbroken: float = 0.9 ** len(units)
    return _BROKEN_PRIOR / (_BROKEN_PRIOR + (1 - _BROKEN_PRIOR) * unbroken)


def _shares(doubted: Mapping[int, Chances], figures: int, clue: float) -> Chances:
    """The share of figures that lost no, one, two and three zeros, of this number of figures."""
    sound = [1.0] * figures
    for place, chances in doubted.items():
        sound[place] = chances[0]
    lost = list(zip(*doubted.values(), strict=True))[1:] if doubted else [()] * MOST_ZEROS
    counted = [few + sum(column) for few, column in zip(_FEW, (sound, *lost), strict=True)]
    everything = sum(counted)
    return tuple(
        clue * broken + (1 - clue) * count / everything
        for broken, count in zip(_BROKEN, counted, strict=True)
    )


def _power(freedom: float) -> float:
    """Of Student's t: the likelihood is `(1 + deviation ** 2 / freedom) ** power`, its constant left out."""
    return -(freedom + 1) / 2


def _weighed(
    figures: _Figures, level: float, shares: Chances, model: Model, *, every: bool = False
) -> Mapping[int, Chances]:
    """The chances of the figures that are in doubt, by their places in the table, in its order.

    Nearly all figures are near what is expected: no reading of them is weighed, but where `every` one is, or
    where most figures are likely to have lost zeros.
    """
    chances_of = _weighing(figures, shares, model)
    spreads = enumerate(figures.spreads)
    if every or shares[0] <= 0.5:
        return {place: chances_of(place, level, spread) for place, spread in spreads}
    sound = {spread: _SOUND * spread for spread in set(figures.spreads)}
    return {
        place: chances_of(place, level, spread)
        for (place, spread), rest in zip(spreads, figures.rests, strict=True)
        if abs(rest - level) >= sound[spread]
    }


def _weighing(figures: _Figures, shares: Chances, model: Model) -> Callable[[int, float, float], Chances]:
    """How likely each reading of the figure at a place is beside a level, given how far units spread."""
    freedom, power, floor = model.freedom, _power(model.freedom), math.log(model.ward_floor)
    whole, ten, hundred, thousand = shares
    _, log_ten, log_hundred, log_thousand = _TENS
    logs, rests, end_in_zero, are_wards = figures.logs, figures.rests, figures.end_in_zero, figures.are_wards

    def chances_of(place: int, level: float, spread: float) -> Chances:
        rest = rests[place] - level
        weights = [
            whole * (1 + (away := rest / spread) * away / freedom) ** power,
            ten * (1 + (away := (rest + log_ten) / spread) * away / freedom) ** power,
            hundred * (1 + (away := (rest + log_hundred) / spread) * away / freedom) ** power,
            thousand * (1 + (away := (rest + log_thousand) / spread) * away / freedom) ** power,
        ]
        if end_in_zero[place]:
            weights[1:MOST_ZEROS] = [weight * _ODD_ZERO for weight in weights[1:MOST_ZEROS]]
        log = logs[place]
        if are_wards[place] and log < floor:
            for zeros, tens in enumerate(_TENS):
                short = log + tens - floor
                if short < 0:
                    weights[zeros] *= math.exp(model.ward_drop * short)
        first, second, third, fourth = weights
        everything = first + second + third + fourth
        return first / everything, second / everything, third / everything, fourth / everything

    return chances_of


def _first_level(figures: _Figures, model: Model) -> float:
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
    rest, power = steps * _STEP, _power(freedom)
    return math.log(
        sum(
            share * (1 + ((rest + tens) / spread) ** 2 / freedom) ** power
            for share, tens in zip(_WIDE, _TENS, strict=True)
        )
    )


def _widened(figures: _Figures, doubted: Mapping[int, Chances], level: float) -> _Figures:
    """The figures with wider spreads where the table's own units, read as is likeliest, lie further apart."""
    read = zip(_read(figures, doubted), figures.spreads, strict=True)
    apart = [abs(rest - level) / spread for rest, spread in read]
    own = (_NORMAL * median(apart)) ** 2
    wider = math.sqrt((len(apart) * own + _OWN) / (len(apart) + _OWN))
    return replace(figures, spreads=[spread * wider for spread in figures.spreads]) if wider > 1 else figures


def _read(figures: _Figures, doubted: Mapping[int, Chances]) -> list[float]:
    """What is left of each figure, read as is likeliest."""
    read = list(figures.rests)
    for place, chances in doubted.items():
        read[place] += _TEN * _likeliest(chances)
    return read


def _level(figures: _Figures, doubted: Mapping[int, Chances], model: Model) -> float:
    """The median of what is left, read as is likeliest; drawn to the country where there are few units."""
    read = _read(figures, doubted)
    left = list(compress(read, figures.tells)) or read
    apart = model.province_spread**2
    noise = 1.57 * model.curves[UnitType.COMMUNE].spread ** 2 / len(left)
    return max(-_WIDEST, min(_WIDEST, median(left) * apart / (apart + noise)))
