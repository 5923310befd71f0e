"""Boundaries as paths of a drawing: where a point of the map is drawn, and how rings are written as SVG."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from xml.sax.saxutils import escape

from quota.render.report.geography import Box, Point, box_of, projected

Rings = list[list[Point]]


def rings_of(shape: Mapping[str, Any]) -> Rings:
    """The rings of a boundary, projected."""
    rings = ([projected(*point) for point in ring] for polygon in shape["coordinates"] for ring in polygon)
    return [ring for ring in rings if ring]


def box_of_rings(rings: Rings) -> Box:
    """What holds all rings."""
    return box_of(point for ring in rings for point in ring)


class Fit:
    """From projected degrees to a drawing, `factor` tenths of a pixel a degree; `box` is in its middle."""

    def __init__(self, box: Box, factor: float, width: int, height: int) -> None:
        self.factor = factor
        self.left = box.left - (width / factor - box.width) / 2
        self.top = box.top - (height / factor - box.height) / 2
        self.box = Box(self.left, self.top, self.left + width / factor, self.top + height / factor)

    def at(self, point: Point) -> tuple[int, int]:
        """Where a point is drawn."""
        return round((point[0] - self.left) * self.factor), round((point[1] - self.top) * self.factor)


def extent(ring: list[Point]) -> float:
    """How much room a ring takes."""
    box = box_of(ring)
    return box.width * box.height


def path_of(rings: Rings, fit: Fit) -> str:
    """The rings as one path, each point as the way from the one before."""
    parts = []
    for ring in rings:
        points = [fit.at(point) for point in ring]
        x, y = points[0]
        steps = [f"M{x} {y}l"]
        for next_x, next_y in points[1:]:
            if (next_x, next_y) != (x, y):
                steps.append(f"{next_x - x} {next_y - y} ")
                x, y = next_x, next_y
        parts.append(f"{''.join(steps).strip()}z" if len(steps) > 1 else f"M{x} {y}h10v10z")
    return "".join(parts)


def around_of(around: Mapping[str, Mapping[str, Any]], fit: Fit) -> Iterator[str]:
    """Pale shapes of what lies beside the units, as far as it is in the picture."""
    for name, shape in around.items():
        rings = rings_of(shape)
        if rings and box_of_rings(rings).meets(fit.box):
            title = f"<title>{escape(name)}</title>"
            yield f'<path class="around" fill="#EEF0F3" d="{path_of(rings, fit)}">{title}</path>'
