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
from collections.abc import Callable, Mapping, Sequence

from msgspec import Struct

from quota.analysis.checks.model import (
    COUNTRY,
    MOST_RESIDENTS,
    MOST_ZEROS,
    TEN,
    TENS,
    WIDE,
    Chances,
    Figures,
    Model,
    figures_of,
    first_level,
    level_of,
    likeliest,
    power_of,
    widened,
)
from quota.core.units import Unit

_BROKEN = (0.889, 0.1, 0.01, 0.001)
"""The share of figures that lost no, one, two and three zeros where each that ended in 0 lost them all."""
_BROKEN_PRIOR = 0.2
"""How likely it is, before looking, that a table has been through that."""
_FEW = (60.0, 2.5, 0.8, 0.6)
"""Otherwise the shares start as if this many figures of each kind had been seen before."""
_ROUNDS = 3
_ODD_ZERO = 0.1
"""A figure that ends in 0 and yet lost zeros is so much rarer."""
_SOUND = 1.6
"""Within this many spreads of what is expected, a figure is not in doubt."""
_CERTAIN = (1.0, 0.0, 0.0, 0.0)

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
        return likeliest(self.chances)


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
    figures = figures_of(known, model)
    level = first_level(figures, model)
    shares: Chances = WIDE
    clue = _broken(known)
    for _ in range(_ROUNDS):
        doubted = _weighed(figures, level, shares, model)
        level = level_of(figures, doubted, model)
        shares = _shares(doubted, len(known), clue)
    figures = widened(figures, doubted, level)
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
            figures.rests[places[other]] + TEN * lost.get(other, 0) - level
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


def _weighed(
    figures: Figures, level: float, shares: Chances, model: Model, *, every: bool = False
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


def _weighing(figures: Figures, shares: Chances, model: Model) -> Callable[[int, float, float], Chances]:
    """How likely each reading of the figure at a place is beside a level, given how far units spread."""
    freedom, power, floor = model.freedom, power_of(model.freedom), math.log(model.ward_floor)
    whole, ten, hundred, thousand = shares
    _, log_ten, log_hundred, log_thousand = TENS
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
            for zeros, tens in enumerate(TENS):
                short = log + tens - floor
                if short < 0:
                    weights[zeros] *= math.exp(model.ward_drop * short)
        first, second, third, fourth = weights
        everything = first + second + third + fourth
        return first / everything, second / everything, third / everything, fourth / everything

    return chances_of
