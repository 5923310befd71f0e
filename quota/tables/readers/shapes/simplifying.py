"""Boundaries with fewer points, for drawing: what two units share stays shared.

Rings are cut where they part from one another. Each piece is thinned once, by the rule of Douglas and
Peucker, and put back into every ring that it is a part of: neighbours meet in the same points as before.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence

from quota.tables.readers.shapes.boundaries import Shape

Point = tuple[float, float]
Arc = tuple[Point, ...]

_FINENESS = 5_000
"""How many times the longer side of all shapes holds the distance that a line may move."""
_FINEST = 1e-7
"""A tolerance below this is none: boundaries are read to 0.0001 degrees."""


def tolerance_of(shapes: Mapping[str, Shape]) -> float:
    """How far lines may move where all of `shapes` are one drawing, in degrees of latitude."""
    west, south, east, north = bounds(shapes.values())
    return max((east - west) * _shrink(south, north), north - south) / _FINENESS


def beside(others: Mapping[str, Shape], shapes: Mapping[str, Shape]) -> dict[str, Shape]:
    """Those of `others` that lie around `shapes`, within a tenth of their sides."""
    west, south, east, north = bounds(shapes.values())
    wide, high = (east - west) / 10, (north - south) / 10
    found = {}
    for name, shape in others.items():
        left, low, right, top = bounds([shape])
        if left <= east + wide and right >= west - wide and low <= north + high and top >= south - high:
            found[name] = shape
    return found


def simplified(shapes: Mapping[str, Shape], tolerance: float) -> dict[str, Shape]:
    """The shapes with fewer points: no point that is gone lay further than `tolerance` from the new line.

    `tolerance` is in degrees of latitude. A ring keeps at least three points, and so no unit, island or hole
    disappears.
    """
    rings = {key: _open(ring) for key, ring in _rings(shapes)}
    _, south, _, north = bounds(shapes.values()) if shapes else (0, 0, 0, 0)
    thinned = _Thinned(_shrink(south, north), tolerance)
    forks = _forks(rings.values())
    made = {key: thinned.ring(list(_arcs(ring, forks))) for key, ring in rings.items()}
    while thinned.refined:  # a piece that one ring needs finer is finer in its neighbour too
        thinned.refined = False
        made = {key: thinned.ring(list(_arcs(ring, forks))) for key, ring in rings.items()}
    return {
        code: {
            "type": "MultiPolygon",
            "coordinates": [
                [[list(point) for point in made[code, part, place]] for place in range(len(polygon))]
                for part, polygon in enumerate(shape["coordinates"])
            ],
        }
        for code, shape in shapes.items()
    }


def bounds(shapes: Iterable[Shape]) -> tuple[float, float, float, float]:
    """West, south, east and north of shapes, of which there is at least one."""
    points = (
        point for shape in shapes for polygon in shape["coordinates"] for ring in polygon for point in ring
    )
    eastward, northward = zip(*points, strict=True)
    return min(eastward), min(northward), max(eastward), max(northward)


def _shrink(south: float, north: float) -> float:
    """The length of a degree of longitude in degrees of latitude, midway between two latitudes."""
    return math.cos(math.radians((south + north) / 2))


def _rings(shapes: Mapping[str, Shape]) -> Iterator[tuple[tuple[str, int, int], Sequence[Sequence[float]]]]:
    for code, shape in shapes.items():
        for part, polygon in enumerate(shape["coordinates"]):
            for place, ring in enumerate(polygon):
                yield (code, part, place), ring


def _open(ring: Sequence[Sequence[float]]) -> Arc:
    """The ring without a point twice in a row: the last, which is the first again, is not said twice."""
    points = [(point[0], point[1]) for point in ring]
    return tuple(point for place, point in enumerate(points) if point != points[place - 1])


def _forks(rings: Iterable[Arc]) -> set[Point]:
    """The points where rings part: those with more than two points beside them."""
    beside: dict[Point, set[Point]] = {}
    for ring in rings:
        for place, point in enumerate(ring):
            beside.setdefault(point, set()).update((ring[place - 1], ring[(place + 1) % len(ring)]))
    return {point for point, others in beside.items() if len(others) > 2}


def _arcs(ring: Arc, forks: set[Point]) -> Iterator[Arc]:
    """The pieces of a ring between its forks, in its order; a ring without forks is one closed piece."""
    cuts = [place for place, point in enumerate(ring) if point in forks]
    if not cuts:
        cuts = [ring.index(min(ring))] if ring else []
    for here, there in zip(cuts, [*cuts[1:], *(cut + len(ring) for cut in cuts[:1])], strict=True):
        yield tuple(ring[place % len(ring)] for place in range(here, there + 1))


class _Thinned:
    """Pieces thinned so far, each the same from whichever side it is met."""

    def __init__(self, shrink: float, tolerance: float) -> None:
        self.shrink, self.tolerance = shrink, tolerance
        self.refined = False
        self._finer: dict[Arc, float] = {}
        self._known: dict[Arc, Arc] = {}

    def ring(self, arcs: Sequence[Arc]) -> list[Point]:
        """The closed ring of these pieces; where fewer than three points are left, they are made finer."""
        points = [point for arc in arcs for point in self.arc(arc)[:-1]]
        keys = [min(arc, arc[::-1]) for arc in arcs]
        coarse = [key for key in keys if self._finer.get(key, self.tolerance) > _FINEST]
        if len(set(points)) < 3 and coarse:
            self.refined = True
            for key in coarse:
                self._finer[key] = self._finer.get(key, self.tolerance) / 4
                self._known.pop(key, None)
        return [*points, *points[:1]]

    def arc(self, arc: Arc) -> Arc:
        key = min(arc, arc[::-1])
        if key not in self._known:
            self._known[key] = _thin(key, self.shrink, self._finer.get(key, self.tolerance))
        known = self._known[key]
        return known if key == arc else known[::-1]


def _thin(arc: Arc, shrink: float, tolerance: float) -> Arc:
    """The ends of a line, and the points between without which it would move further than `tolerance`."""
    kept = {0, len(arc) - 1}
    spans = [(0, len(arc) - 1)]
    while spans:
        first, last = spans.pop()
        far, furthest = 0.0, first
        (east, north), (ahead, up) = arc[first], arc[last]
        along, across = (ahead - east) * shrink, up - north
        length = along * along + across * across
        for place in range(first + 1, last):
            right, above = (arc[place][0] - east) * shrink, arc[place][1] - north
            share = min(max((right * along + above * across) / length, 0.0), 1.0) if length else 0.0
            right, above = right - share * along, above - share * across
            distance = right * right + above * above
            if distance > far:
                far, furthest = distance, place
        if far > tolerance * tolerance:
            kept.add(furthest)
            spans += [(first, furthest), (furthest, last)]
    return tuple(arc[place] for place in sorted(kept))
