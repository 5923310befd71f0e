"""Units that have the figures of one predecessor: a part of their area and residents, beside each other."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from quota.analysis.checks.beside import point
from quota.analysis.checks.context import Context, finding
from quota.analysis.checks.model import COUNTRY, OUTLINE
from quota.core.findings import Finding
from quota.core.problems import Severity
from quota.core.sums import median
from quota.core.text import say
from quota.core.units import Border, Unit

_LEAST_UNITS = 4
_LEAST_WEIGHT = 15.0
"""So much likelier, as a logarithm, a group is a group of parts: no province that adds up has half of it."""
_ALONG = 0.5
"""What each neighbour inside the group, or outside it, says for a unit or against it."""
_BETWEEN = -2.0
"""A unit whose code lies between those of the group belongs to it, unless it is so unlike a part.

In Cà Mau, the only province known to have such, Long Điền (-1.96) is a part. Đông Hải (-2.1) is none: its
100 km² are what its neighbours leave for it.
"""
_NEARLY_ALL = 0.8
"""A group that is one former province has this share of the codes between its first and its last."""
_STARTS = 5
_PART = (-0.8, 0.6)
"""By how much, and how variously, the area of one predecessor is less than the whole, as a logarithm."""
_PEOPLE = (-0.7, 0.5)
"""The same of residents, beside those expected on the whole area."""
_PEOPLE_SPREAD = 0.5
_FREEDOM = 4.0


class Drawn(Struct, frozen=True):
    """A unit with the area that points and borders around it make likely, and what speaks for a part.

    `area` is in km²; `weight` is by how much likelier the figures are a part than the whole, as a
    logarithm.
    """

    unit: Unit
    area: float
    weight: float


def one_predecessor(context: Context) -> Iterator[Finding]:
    """Units beside each other whose area and residents are both far less than points and borders tell.

    One unit may be small for its borders; a dozen neighbours that are have the figures of one predecessor
    each.
    """
    drawn = _drawn(context.units, context.around)
    group = _heaviest(drawn, _beside(drawn, context.around))
    if len(group) < _LEAST_UNITS:
        return
    group |= _between(group, drawn)
    for code in sorted(group):
        part = drawn[code]
        message = say(
            "{area} km²; by its neighbours' points and borders about {drawn} km². It lies among {n} units "
            "whose areas and residents are together too small: their figures may be those of one predecessor "
            "each",
            area=part.unit.area_km2,
            drawn=round(part.area),
            n=len(group),
        )
        fix = say("add up the figures of all its predecessors")
        yield finding(part.unit, "one-predecessor", Severity.WARNING, message, fix)


def _between(group: set[str], drawn: Mapping[str, Drawn]) -> set[str]:
    """Units whose codes lie between those of a group that is nearly all of such: one former province's."""
    codes = sorted(group)
    within = [code for code in drawn if codes[0] <= code <= codes[-1]]
    if len(group) < _NEARLY_ALL * len(within):
        return set()
    return {code for code in within if drawn[code].weight > _BETWEEN}


def _drawn(units: Sequence[Unit], borders: Sequence[Border]) -> Mapping[str, Drawn]:
    placed = {
        unit.code: unit
        for unit in units
        if unit.lon is not None and unit.lat is not None and unit.area_km2 and unit.population
    }
    points = {code: point(unit) for code, unit in placed.items()}
    shared: defaultdict[str, list[tuple[float, float]]] = defaultdict(list)
    for border in borders:
        if border.code_a in points and border.code_b in points and border.km:
            apart = max(math.dist(points[border.code_a], points[border.code_b]), 0.1)
            shared[border.code_a].append((apart, float(border.km)))
            shared[border.code_b].append((apart, float(border.km)))
    areas = {code: OUTLINE.area(around) for code, around in shared.items() if len(around) > 1}
    if len(areas) < _LEAST_UNITS:
        return {}
    rests = {
        code: (
            math.log(placed[code].area_km2 or 1) - area,
            math.log(placed[code].population or 1) - COUNTRY.curves[placed[code].type].expected(area),
        )
        for code, area in areas.items()
    }
    middles = [median(rest[which] for rest in rests.values()) for which in (0, 1)]
    return {
        code: Drawn(
            placed[code],
            math.exp(areas[code] + middles[0]),
            _weight(rest[0] - middles[0], _PART, OUTLINE.spread)
            + _weight(rest[1] - middles[1], _PEOPLE, _PEOPLE_SPREAD),
        )
        for code, rest in rests.items()
    }


def _weight(rest: float, part: tuple[float, float], spread: float) -> float:
    """By how much likelier what is left is of a part than of the whole, as a logarithm."""
    middle, wide = part
    of_a_part = -(((rest - middle) / wide) ** 2) / 2 - math.log(wide)
    far = (rest / spread) ** 2 / _FREEDOM
    return of_a_part + (_FREEDOM + 1) / 2 * math.log1p(far) + math.log(spread)


def _beside(drawn: Mapping[str, Drawn], borders: Sequence[Border]) -> Mapping[str, Sequence[str]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for border in borders:
        if border.code_a in drawn and border.code_b in drawn:
            found[border.code_a].append(border.code_b)
            found[border.code_b].append(border.code_a)
    return found


def _heaviest(drawn: Mapping[str, Drawn], beside: Mapping[str, Sequence[str]]) -> set[str]:
    """The heaviest group of neighbours that grows from one of the heaviest units; empty if none is heavy."""
    best: set[str] = set()
    heaviest = _LEAST_WEIGHT
    for start in sorted(drawn, key=lambda code: (-drawn[code].weight, code))[:_STARTS]:
        group = _grown(start, drawn, beside)
        weight = sum(drawn[code].weight for code in group)
        if weight > heaviest:
            best, heaviest = group, weight
    return best


def _grown(start: str, drawn: Mapping[str, Drawn], beside: Mapping[str, Sequence[str]]) -> set[str]:
    group = {start}

    def gain(code: str) -> float:
        inside = sum(other in group for other in beside[code])
        return drawn[code].weight + _ALONG * (2 * inside - len(beside[code]))

    while True:
        around = {other for code in group for other in beside.get(code, ())} - group
        best = max(sorted(around), key=gain, default=None)
        if best is None or gain(best) <= 0:
            return group
        group.add(best)
