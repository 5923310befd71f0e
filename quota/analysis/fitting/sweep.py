"""For given steps and base: with which thresholds, and under which ceilings, the most units are explained."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence

from msgspec import Struct

from quota.analysis.fitting.rule import Point
from quota.core.units import UnitType

Ceilings = Mapping[UnitType, Sequence[int]]
"""The ceilings to be tried, by type, smallest first; besides them none is."""


Stepped = tuple[Point, int, int]
"""A point, the residents of its step, and the posts that its area brings."""


class Best(Struct, frozen=True):
    """The fewest units that any threshold leaves unexplained, and the intervals of thresholds that do."""

    missed: int
    intervals: tuple[tuple[int, int], ...]


def best_thresholds(points: Sequence[Stepped], base: int, ceilings: Ceilings, first: int, last: int) -> Best:
    """The thresholds from `first` to `last` that explain the most points.

    A point at the base is explained from a threshold on; one above it between two; one at a ceiling up to
    one, or at any where its area alone brings it there. Walking along these ends, in order, keeps count for
    every ceiling.
    """
    counts = {unit_type: [0] * (len(found) + 1) for unit_type, found in ceilings.items()}
    events: list[tuple[int, int, UnitType, int, int]] = []
    for point, step, by_area in points:
        if point.posts < base:
            continue
        above = point.posts - base - by_area
        caps, count = ceilings[point.type], counts[point.type]
        end = len(count)
        place = bisect_right(caps, point.posts)
        high = point.residents - above * step
        low = high - step + 1
        if place and caps[place - 1] == point.posts and (high >= first or above <= 0):
            count[place - 1] += 1
            if above > 0 and high < last:
                events.append((high + 1, -1, point.type, place - 1, place))
        if above < 0 or (above and high < first) or low > last:
            continue
        if low <= first:
            for index in range(place, end):
                count[index] += 1
        else:
            events.append((low, 1, point.type, place, end))
        if above and high < last:
            events.append((high + 1, -1, point.type, place, end))
    events.sort(key=lambda event: event[0])
    return _walk(events, counts, len(points), first, last)


def _walk(
    events: Sequence[tuple[int, int, UnitType, int, int]],
    counts: Mapping[UnitType, list[int]],
    points: int,
    first: int,
    last: int,
) -> Best:
    tops = {unit_type: max(count) for unit_type, count in counts.items()}
    best, intervals = -1, list[tuple[int, int]]()
    at, place = first, 0
    while True:
        until = events[place][0] - 1 if place < len(events) else last
        explained = sum(tops.values())
        if explained > best:
            best, intervals = explained, []
        if explained == best:
            if intervals and intervals[-1][1] == at - 1:
                intervals[-1] = (intervals[-1][0], until)
            else:
                intervals.append((at, until))
        if place == len(events):
            return Best(points - best, tuple(intervals))
        at = events[place][0]
        changed = set()
        while place < len(events) and events[place][0] == at:
            _, change, unit_type, start, end = events[place]
            count = counts[unit_type]
            for index in range(start, end):
                count[index] += change
            changed.add(unit_type)
            place += 1
        for unit_type in changed:
            tops[unit_type] = max(counts[unit_type])
