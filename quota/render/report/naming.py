"""Names on a map: each from the zoom on at which it has room, and stays from there on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from xml.sax.saxutils import escape

from msgspec import Struct
from msgspec.structs import replace

LEVELS = (0.4, 0.65, 1.0, 1.6, 2.5, 4.0, 6.5, 10.0)
"""Pixels on the screen for a pixel of the drawing; from the last on every name is shown."""
_LETTER, _LINE = 62, 130
"""The room of a letter and of a line, at a zoom of 1, in tenths of a pixel."""
SIZE = 110
"""The size of letters."""


class Label(Struct, frozen=True):
    """A unit's name and figures in the middle of `x`, `y`; `room_x` and `room_y` are the sides of the unit.

    They are 0 where the unit is a point. `level` is the least zoom at which the label is shown.
    """

    name: str
    figures: str
    x: int
    y: int
    room_x: int
    room_y: int
    level: float = LEVELS[-1]

    def sides(self, zoom: float) -> tuple[float, float]:
        """Width and height of what is written."""
        lines = 2 if self.figures else 1
        return max(len(self.name), len(self.figures)) * _LETTER / zoom, lines * _LINE / zoom

    def has_room(self, zoom: float) -> bool:
        """Whether it is no wider and higher than the unit, or little more."""
        width, height = self.sides(zoom)
        return not self.room_x or (width <= self.room_x * 1.25 and height <= self.room_y * 1.1)

    def svg(self, size: int = SIZE) -> str:
        """As text, one line or two around its place."""
        second = (
            f'<tspan class="gap" x="{self.x}" dy="1.05em">{escape(self.figures)}</tspan>'
            if self.figures
            else ""
        )
        first = (
            f'<tspan x="{self.x}" dy="{"-0.2em" if self.figures else "0.35em"}">{escape(self.name)}</tspan>'
        )
        return f'<text data-level="{self.level:g}" y="{self.y}" font-size="{size}">{first}{second}</text>'


def leveled(labels: Iterable[Label]) -> list[Label]:
    """The labels with the least zoom of each: none lies on another; the first has first choice."""
    waiting, placed = list(labels), list[Label]()
    for level in LEVELS[:-1]:
        taken = _Taken(level)
        for label in placed:
            taken.take(label)
        still = []
        for label in waiting:
            if label.has_room(level) and taken.has_taken(label):
                placed.append(replace(label, level=level))
            else:
                still.append(label)
        waiting = still
    return [*placed, *waiting]


Sides = tuple[float, float, float, float]
"""Left, top, right and bottom of what is written."""


class _Taken:
    """The places that names take at a zoom, in a grid of cells, so that only near ones are looked at."""

    def __init__(self, zoom: float) -> None:
        self.zoom, self.cell = zoom, 20 * _LETTER / zoom
        self.cells: defaultdict[tuple[int, int], list[Sides]] = defaultdict(list)

    def take(self, label: Label) -> None:
        """Take the label's place."""
        sides = self._sides(label)
        for cell in self._near(sides):
            self.cells[cell].append(sides)

    def has_taken(self, label: Label) -> bool:
        """Take the label's place if it is free, and say whether it was."""
        sides = left, top, right, bottom = self._sides(label)
        near = self._near(sides)
        for cell in near:
            for other_left, other_top, other_right, other_bottom in self.cells[cell]:
                if left < other_right and other_left < right and top < other_bottom and other_top < bottom:
                    return False
        for cell in near:
            self.cells[cell].append(sides)
        return True

    def _sides(self, label: Label) -> Sides:
        width, height = label.sides(self.zoom)
        return label.x - width / 2, label.y - height / 2, label.x + width / 2, label.y + height / 2

    def _near(self, sides: Sides) -> list[tuple[int, int]]:
        left, top, right, bottom = [int(side // self.cell) for side in sides]
        return [(x, y) for x in range(left, right + 1) for y in range(top, bottom + 1)]
