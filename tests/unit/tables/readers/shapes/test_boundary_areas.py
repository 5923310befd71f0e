"""The area inside a boundary."""

from __future__ import annotations

import math

from quota.tables.readers.shapes.boundaries import Shape, km2


def square(lon: float, lat: float, side: float) -> list[list[float]]:
    return [[lon, lat], [lon + side, lat], [lon + side, lat + side], [lon, lat + side], [lon, lat]]


def shape(*rings: list[list[float]]) -> Shape:
    return {"type": "MultiPolygon", "coordinates": [list(rings)]}


def test_a_square_of_a_tenth_of_a_degree_at_twenty_degrees_north() -> None:
    side = math.radians(0.1) * 6_371
    middle = math.cos(math.radians(20.05))
    assert math.isclose(km2(shape(square(105, 20, 0.1))), side * side * middle, rel_tol=1e-4)


def test_a_hole_is_not_inside_and_the_way_round_does_not_matter() -> None:
    outer, hole = square(105, 20, 0.1), square(105.02, 20.02, 0.01)
    whole = km2(shape(outer))
    assert math.isclose(km2(shape(outer, hole)), whole - km2(shape(hole)), rel_tol=1e-9)
    assert km2(shape(outer[::-1])) == whole
