"""Whether the rings of a boundary enclose one area: holes inside outer rings, no ring over another.

Lines of equal latitude are laid through a polygon. Going east along one, each ring is entered and left:
inside the outer ring and outside the holes the entries less the exits are one, elsewhere none. Any other
difference is where rings lie over one another. Slivers that rounding makes are too short to count.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise

from quota.core.text import Text, say

Ring = Sequence[Sequence[float]]
Polygon = Sequence[Ring]
"""An outer ring turned clockwise, then its holes, turned the other way."""
Box = tuple[float, float, float, float]

_LINES = 60
"""Lines through a polygon."""
_LINES_BETWEEN = 15
"""Lines through what the boxes of two polygons have in common."""
_MOST_WRONG = 0.005
"""More than this share of what the lines lie in is no sliver."""


def enclosing_fault(polygons: Sequence[Polygon]) -> Text | None:
    """Why it is not clear what the polygons enclose; None where it is."""
    right = wrong = 0.0
    for polygon in polygons:
        box = _box(polygon)
        inside, not_so = _lengths(polygon, _lines(box, _LINES))
        right, wrong = right + inside, wrong + not_so
        if not_so > _MOST_WRONG * (inside + not_so) or any(
            _is_outside(hole, polygon) for hole in polygon[1:]
        ):
            if len(polygon) == 1:
                return say("its ring crosses itself")
            return say("a hole is not inside its outer ring, or rings cross")
    if not right:
        return say("its rings enclose nothing")
    for first, second, box in _side_by_side(polygons):
        inside, shared = _lengths([*first, *second], _lines(box, _LINES_BETWEEN), box[0], box[2])
        if shared > _MOST_WRONG * (inside + shared):
            return say("two of its parts lie one over the other")
    return None


def _box(polygon: Polygon) -> Box:
    """West, south, east and north of all its rings."""
    lons, lats = zip(*(point[:2] for ring in polygon for point in ring), strict=True)
    return min(lons), min(lats), max(lons), max(lats)


def _lines(box: Box, lines: int) -> list[float]:
    _, south, _, north = box
    step = (north - south) / lines
    return [south + (number + 0.5) * step for number in range(lines)]


def _is_outside(hole: Ring, polygon: Polygon) -> bool:
    """Whether most of the line through a hole's middle is outside the outer ring, or in another hole."""
    west, south, east, north = _box([hole])
    middle = [(south + north) / 2]
    open_there = sum(_lengths([hole[::-1]], middle))
    _, wrong = _lengths(polygon, middle, west, east)
    return wrong > open_there / 2


def _side_by_side(polygons: Sequence[Polygon]) -> Iterator[tuple[Polygon, Polygon, Box]]:
    """Pairs of polygons whose boxes have some area in common, and what that is."""
    boxed = sorted(((_box(polygon), polygon) for polygon in polygons), key=lambda pair: pair[0])
    open_boxes: list[tuple[Box, Polygon]] = []
    for box, polygon in boxed:
        open_boxes = [pair for pair in open_boxes if pair[0][2] > box[0]]
        for other, another in open_boxes:
            south, north = max(other[1], box[1]), min(other[3], box[3])
            if north > south:
                yield another, polygon, (box[0], south, min(other[2], box[2]), north)
        open_boxes.append((box, polygon))


def _lengths(
    rings: Polygon, lines: Sequence[float], west: float = -180, east: float = 180
) -> tuple[float, float]:
    """How long the lines are inside, and how long where that is not clear, from `west` to `east`."""
    crossings: list[list[tuple[float, int]]] = [[] for _ in lines]
    for ring in rings:
        for start, end in pairwise([*ring, ring[0]]):
            low, high = (start[1], end[1]) if start[1] < end[1] else (end[1], start[1])
            if high <= lines[0] or low > lines[-1]:
                continue
            for number in range(bisect_left(lines, low), bisect_left(lines, high)):
                share = (lines[number] - start[1]) / (end[1] - start[1])
                crossings[number].append(
                    (start[0] + share * (end[0] - start[0]), 1 if start[1] < end[1] else -1)
                )
    right = wrong = 0.0
    for crossed in crossings:
        depth = 0
        for (lon, turn), (after, _) in pairwise(sorted(crossed)):
            depth += turn
            length = max(min(after, east) - max(lon, west), 0)
            if depth == 1:
                right += length
            elif depth:
                wrong += length
    return right, wrong
