"""Which units lie beside each other: by their shared borders, or else by the points inside them."""

from __future__ import annotations

import math
from bisect import bisect
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from quota.core.units import Border, Unit

NEAREST = 5
"""A unit has about as many neighbours in its own province."""
_KM_A_DEGREE = 111.32
_WINDOW = 60
"""How many units to the east and to the west are looked at for the nearest."""


class Beside:
    """The neighbours of units: those they share a border with, else the nearest five points."""

    def __init__(self, units: Sequence[Unit], borders: Iterable[Border] = ()) -> None:
        here = {unit.code for unit in units}
        self.shared: defaultdict[str, list[str]] = defaultdict(list)
        for border in borders:
            if border.code_a in here and border.code_b in here:
                self.shared[border.code_a].append(border.code_b)
                self.shared[border.code_b].append(border.code_a)
        self._units = units

    def __call__(self, codes: Sequence[str]) -> Mapping[str, Sequence[str]]:
        """The codes of the neighbours of each of `codes`."""
        if self.shared:
            return {code: self.shared.get(code, ()) for code in codes}
        placed = [unit for unit in self._units if unit.lon is not None and unit.lat is not None]
        points = {unit.code: point(unit) for unit in placed}
        order = sorted(points.items(), key=lambda pair: pair[1])
        return {code: _nearest(code, points[code], order) for code in codes if code in points}


def _nearest(
    code: str, here: tuple[float, float], order: Sequence[tuple[str, tuple[float, float]]]
) -> Sequence[str]:
    place = bisect(order, here, key=lambda pair: pair[1])
    around = order[max(place - _WINDOW, 0) : place + _WINDOW]
    apart = [math.dist(here, there) for _, there in around]
    nearest = sorted(range(len(around)), key=apart.__getitem__)
    return [other for place in nearest if (other := around[place][0]) != code][:NEAREST]


def point(unit: Unit) -> tuple[float, float]:
    """Where a unit's point lies, in km east and north."""
    lon, lat = unit.lon or 0.0, unit.lat or 0.0
    return lon * _KM_A_DEGREE * math.cos(math.radians(lat)), lat * _KM_A_DEGREE
