"""Where units lie on a drawing: Mercator's projection, and what lies too far out for the rest."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate

from msgspec import Struct

Point = tuple[float, float]
_GAIN = 1.25
"""A far part gets a box of its own where the rest is then drawn at least this many times as large."""
_BAND = 10
"""The band between the two is no narrower than the rest's width divided by this."""
_MOST_APART = 10
"""No more than one unit in ten is drawn apart."""
_NOTHING = 1e-9
_KM_A_DEGREE = math.radians(6_371.0)


class Box(Struct, frozen=True):
    """The sides of what holds something, in projected degrees; `top` is less than `bottom`."""

    left: float
    top: float
    right: float
    bottom: float

    def __or__(self, other: Box) -> Box:
        return Box(
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top

    def meets(self, other: Box) -> bool:
        """Whether the two have something in common."""
        apart = self.left > other.right or other.left > self.right
        return not apart and self.top <= other.bottom and other.top <= self.bottom


def projected(lon: float, lat: float) -> Point:
    """A place in degrees eastward and degrees of the equator southward."""
    return lon, -math.degrees(math.asinh(math.tan(math.radians(lat))))


def box_of(points: Iterable[Point]) -> Box:
    """What holds points, of which there is at least one."""
    eastward, southward = zip(*points, strict=True)
    return Box(min(eastward), min(southward), max(eastward), max(southward))


def all_of(boxes: Iterable[Box]) -> Box:
    """What holds all boxes, of which there is at least one."""
    found = list(boxes)
    return Box(
        min(box.left for box in found),
        min(box.top for box in found),
        max(box.right for box in found),
        max(box.bottom for box in found),
    )


def kilometres(here: Box, there: Box) -> float:
    """How far apart two boxes lie, from side to side."""
    eastward = max(here.left - there.right, there.left - here.right, 0.0)
    southward = max(here.top - there.bottom, there.top - here.bottom, 0.0)
    north = -(here.top + here.bottom + there.top + there.bottom) / 4
    return math.hypot(eastward, southward) * _KM_A_DEGREE / math.cosh(math.radians(north))


def parted(boxes: Mapping[str, Box], shape: float) -> list[list[str]]:
    """The keys of what is drawn together: the main part first, then those that are drawn apart.

    A part is drawn apart where an empty band runs across the drawing between it and the rest, a tenth as wide
    as the rest; where it is at most a tenth of the units; and where the rest alone fills a drawing of this
    `shape` (width by height) a quarter larger. Of several such bands, first the widest.
    """
    rest, apart = list(boxes), []
    room = len(rest) // _MOST_APART
    while room and (found := _furthest(boxes, rest, shape, room)):
        apart.append(sorted(found))
        rest = [key for key in rest if key not in found]
        room -= len(found)
    return [rest, *apart]


def _furthest(boxes: Mapping[str, Box], keys: Sequence[str], shape: float, room: int) -> set[str]:
    """The part of at most `room` units behind the widest band; empty where none is worth a box of its own."""
    most = _extent(all_of(boxes[key] for key in keys), shape) / _GAIN
    widest, found = 0.0, set[str]()
    for sides in (("left", "right"), ("top", "bottom")):
        near, far = sides
        order = sorted(keys, key=lambda key, near=near: (getattr(boxes[key], near), key))  # type: ignore[misc]  # the default binds this turn's side
        before = list(accumulate((boxes[key] for key in order), Box.__or__))
        after = list(accumulate((boxes[key] for key in reversed(order)), Box.__or__))[::-1]
        cuts = [(cut, after[cut]) for cut in range(1, room + 1)]
        cuts += [(cut, before[cut - 1]) for cut in range(len(order) - room, len(order))]
        for cut, rest in cuts:
            band = getattr(after[cut], near) - getattr(before[cut - 1], far)
            if band > widest and _extent(rest, shape) <= min(most, band * _BAND):
                widest, found = band, set(order[:cut] if cut <= room else order[cut:])
    return found


def _extent(box: Box, shape: float) -> float:
    """The width of the drawing that holds the box."""
    return max(box.width, box.height * shape, _NOTHING)


def chord(ring: Sequence[Point]) -> Point:
    """The middle of the widest level line inside a ring: where its name has most room."""
    box = box_of(ring)
    widest, found = -1.0, ((box.left + box.right) / 2, (box.top + box.bottom) / 2)
    for share in (0.5, 0.4, 0.6, 0.3, 0.7):
        level = box.top + box.height * share
        crossings = sorted(
            x + (level - y) / (other_y - y) * (other_x - x)
            for (x, y), (other_x, other_y) in zip(ring, [*ring[1:], *ring[:1]], strict=True)
            if (y > level) != (other_y > level)
        )
        for left, right in zip(crossings[::2], crossings[1::2], strict=True):
            if right - left > widest * 1.1:  # the middle of the height is best where it is nearly as wide
                widest, found = right - left, ((left + right) / 2, level)
    return found
