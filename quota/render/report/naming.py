"""Names on a map: each from the zoom on at which it has room, and stays from there on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from enum import StrEnum
from math import inf
from xml.sax.saxutils import escape

from msgspec import Struct
from msgspec.structs import replace

LEVELS = (0.4, 0.65, 1.0, 1.6, 2.5, 4.0, 6.5, 10.0)
"""Pixels on the screen for a pixel of the drawing; from the last on every name is shown."""
PRINTED = LEVELS[2]
"""The zoom of a drawing as wide as A4 on its side."""
_LETTER, _LINE = 62, 130
"""The room of a letter and of a line, at a zoom of 1, in tenths of a pixel."""
SIZE = 110
"""The size of letters."""
_BESIDE, _EDGE = 25, 20
"""Between a dot and a name at its side; as much of another dot's edge a name may touch."""

Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""


Dot = tuple[int, int, int]
"""A unit drawn as a circle: its centre and its radius."""


class Side(StrEnum):
    """Where a name is written: in the middle of a unit's shape, or beside its dot."""

    MIDDLE = "middle"
    UNDER = "under"
    RIGHT = "right"
    LEFT = "left"
    OVER = "over"


_PLACES = {
    Side.MIDDLE: (0, 0, 0.5, 0.5),
    Side.UNDER: (0, 1, 0.5, 0),
    Side.RIGHT: (1, 0, 0, 0.5),
    Side.LEFT: (-1, 0, 1, 0.5),
    Side.OVER: (0, -1, 0.5, 1),
}
"""Which way from the middle the place is, and how much of what is written is left of it and above it."""
_DOWN = {Side.MIDDLE: (0.35, -0.2), Side.UNDER: (1, 1), Side.OVER: (-0.3, -1.35)}
"""From the place to the foot of the first line, of one line and of two, in sizes of letters."""
_ANCHORS = {Side.RIGHT: ' text-anchor="start"', Side.LEFT: ' text-anchor="end"'}


class Label(Struct, frozen=True):
    """A unit's name and figures in the middle of `x`, `y`; `room_x` and `room_y` are the sides of the unit.

    They are 0 where the unit is a dot: it has a `radius`, and the name is at a `side` of it. `level` is
    the least zoom at which the label is shown.
    """

    name: str
    figures: str
    x: int
    y: int
    room_x: int
    room_y: int
    level: float = LEVELS[-1]
    radius: int = 0
    side: Side = Side.MIDDLE

    @property
    def choices(self) -> tuple[Label, ...]:
        """The label at each place where it may stand, the best first."""
        if not self.radius:
            return (self,)
        return tuple(replace(self, side=side) for side in Side if side is not Side.MIDDLE)

    def sides(self, zoom: float) -> tuple[float, float]:
        """Width and height of what is written."""
        lines = 2 if self.figures else 1
        return max(len(self.name), len(self.figures)) * _LETTER / zoom, lines * _LINE / zoom

    def box(self, zoom: float) -> Box:
        """Left, top, right and bottom of what is written."""
        width, height = self.sides(zoom)
        x, y = self._at()
        _, _, before, above = _PLACES[self.side]
        left, top = x - width * before, y - height * above
        return left, top, left + width, top + height

    def _at(self) -> tuple[int, int]:
        """The place that what is written hangs on: from there it grows as one zooms out."""
        across, down, _, _ = _PLACES[self.side]
        return self.x + across * (self.radius + _BESIDE), self.y + down * self.radius

    def has_room(self, zoom: float) -> bool:
        """Whether it is no wider and higher than the unit, or little more."""
        if not self.room_x:
            return True
        width, height = self.sides(zoom)
        return width <= self.room_x * 1.25 and height <= self.room_y * 1.1

    def svg(self, size: int = SIZE) -> str:
        """As text, one line or two at its place."""
        x, y = self._at()
        second = (
            f'<tspan class="gap" x="{x}" dy="1.05em">{escape(self.figures)}</tspan>' if self.figures else ""
        )
        alone, of_two = _DOWN.get(self.side, _DOWN[Side.MIDDLE])
        first = f'<tspan x="{x}" dy="{of_two if self.figures else alone}em">{escape(self.name)}</tspan>'
        anchor = _ANCHORS.get(self.side, "")
        lines = f"{first}{second}" if self.figures else first
        return f'<text data-level="{self.level:g}" y="{y}" font-size="{size}"{anchor}>{lines}</text>'


def leveled(
    labels: Iterable[Label],
    dots: Iterable[Dot] = (),
    within: Box = (-inf, -inf, inf, inf),
    most: float = LEVELS[-2],
) -> list[Label]:
    """The labels with the least zoom of each: none lies on another or on a dot; the first has first choice.

    All are `within` the drawing. At the last zoom all are shown, whatever they lie on; so is at no other
    what has no room at a zoom of `most`.
    """
    levels = [level for level in LEVELS if level <= most]
    on_dots = _Dots(dots)
    waiting = []
    for label in labels:
        first, *_ = every = label.choices
        leasts = [_free_from(choice, on_dots, within, levels) for choice in every]
        waiting.append((first, [pair for pair in zip(every, leasts, strict=True) if pair[1] < inf]))
    placed: list[Label] = []
    for level in levels:
        taken = _Taken(level)
        for label in placed:
            taken.take(label.box(level))
        still = []
        for label, choices in waiting:
            chosen = None
            if choices and label.has_room(level):
                near = (choice for choice, least in choices if least <= level)
                chosen = next((choice for choice in near if taken.has_taken(choice.box(level))), None)
            if chosen is None:
                still.append((label, choices))
            else:
                placed.append(replace(chosen, level=level))
        waiting = still
    return [*placed, *(label for label, _ in waiting)]


def _free_from(label: Label, dots: _Dots, within: Box, levels: Sequence[float]) -> float:
    """The zoom of these from which on a name beside a dot is on no other dot and within the drawing.

    As one comes nearer it takes less of the drawing, so that it stays free.
    """
    if not label.radius:
        return 0
    least = inf
    for level in reversed(levels):
        box = label.box(level)
        if not (_is_in(box, within) and dots.is_free(box)):
            break
        least = level
    return least


def _is_in(box: Box, drawing: Box) -> bool:
    return box[0] >= drawing[0] and box[1] >= drawing[1] and box[2] <= drawing[2] and box[3] <= drawing[3]


class _Grid:
    """Things in a grid of cells of this size, so that only near ones are looked at."""

    def __init__(self, cell: float) -> None:
        self.cell = cell

    def near(self, box: Box) -> list[tuple[int, int]]:
        """The cells that a box is in."""
        left, top, right, bottom = box
        rows = range(int(top // self.cell), int(bottom // self.cell) + 1)
        return [(x, y) for x in range(int(left // self.cell), int(right // self.cell) + 1) for y in rows]


class _Dots(_Grid):
    """The dots of a drawing; a name may touch their edge."""

    def __init__(self, dots: Iterable[Dot]) -> None:
        super().__init__(2 * _LETTER)
        self.cells: dict[tuple[int, int], list[Dot]] = {}
        """The dots that reach into each cell: their middle, the square of how far a name stays away."""
        for x, y, radius in sorted(dots, key=lambda dot: -dot[2]):  # most names lie on a large one
            for cell in self.near((x - radius, y - radius, x + radius, y + radius)):
                self.cells.setdefault(cell, []).append((x, y, max(radius - _EDGE, 0) ** 2))

    def is_free(self, box: Box) -> bool:
        """Whether a name's place is on no dot."""
        left, top, right, bottom = box
        upper, lower = int(top // self.cell), int(bottom // self.cell) + 1
        for column in range(int(left // self.cell), int(right // self.cell) + 1):
            for row in range(upper, lower):
                for x, y, far in self.cells.get((column, row), ()):
                    beside = left - x if x < left else x - right if x > right else 0
                    above = top - y if y < top else y - bottom if y > bottom else 0
                    if beside * beside + above * above < far:
                        return False
        return True


class _Taken(_Grid):
    """The places that names take at a zoom."""

    def __init__(self, zoom: float) -> None:
        super().__init__(20 * _LETTER / zoom)
        self.cells: defaultdict[tuple[int, int], list[Box]] = defaultdict(list)

    def take(self, box: Box) -> None:
        """Take a name's place."""
        for cell in self.near(box):
            self.cells[cell].append(box)

    def has_taken(self, box: Box) -> bool:
        """Take a name's place if it is free, and say whether it was."""
        left, top, right, bottom = box
        near = self.near(box)
        for cell in near:
            for other_left, other_top, other_right, other_bottom in self.cells[cell]:
                if left < other_right and other_left < right and top < other_bottom and other_top < bottom:
                    return False
        for cell in near:
            self.cells[cell].append(box)
        return True
