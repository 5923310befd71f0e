"""Boundaries with fewer points: lines move no further than was said, neighbours meet, nothing disappears."""

from __future__ import annotations

import math
from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quota.tables.readers.shapes.boundaries import Shape, km2
from quota.tables.readers.shapes.simplifying import beside, simplified, tolerance_of

Ring = list[list[float]]


def shape(*rings: Ring) -> Shape:
    return {"type": "MultiPolygon", "coordinates": [list(rings)]}


def ring_of(shape: Shape) -> list[tuple[float, ...]]:
    return [tuple(point) for point in shape["coordinates"][0][0]]


def closed(*points: tuple[float, float]) -> Ring:
    return [list(point) for point in (*points, points[0])]


def edges(shapes: dict[str, Shape]) -> Counter[frozenset[tuple[float, ...]]]:
    return Counter(
        frozenset((tuple(here), tuple(there)))
        for found in shapes.values()
        for polygon in found["coordinates"]
        for ring in polygon
        for here, there in pairwise(ring)
    )


@pytest.mark.parametrize(("bump", "stays"), [(0.0099, False), (0.0101, True)])
def test_a_point_goes_where_the_line_moves_no_further_than_the_tolerance(bump: float, stays: bool) -> None:
    before = shape(closed((0, 0), (1, bump), (2, 0), (2, 1), (0, 1)))
    after = ring_of(simplified({"a": before}, 0.01)["a"])
    assert ((1, bump) in after) is stays
    assert set(after) >= {(0, 0), (2, 0), (2, 1), (0, 1)}
    assert after[0] == after[-1]


def test_the_tolerance_is_a_share_of_the_longer_side() -> None:
    far = shape(closed((0, 0), (10, 0.0039), (20, 0), (20, 1), (10, 1.0041), (0, 1)))
    after = ring_of(simplified({"a": far}, tolerance_of({"a": far}))["a"])  # a 5,000th of 20 degrees: 0.004
    assert (10, 0.0039) not in after
    assert (10, 1.0041) in after


def test_a_hole_and_what_fills_it_meet_as_before() -> None:
    circle = [(math.cos(turn / 20 * math.tau), math.sin(turn / 20 * math.tau)) for turn in range(20)]
    outer = closed((-3, -3), (3, -3), (3, 3), (-3, 3))
    # the filling starts elsewhere and goes round the other way
    shapes = {"a": shape(outer, closed(*circle)), "b": shape(closed(*circle[7::-1], *circle[:7:-1]))}
    after = simplified(shapes, 0.2)
    hole, filling = after["a"]["coordinates"][0][1], after["b"]["coordinates"][0][0]
    assert len(hole) < 15
    assert {tuple(point) for point in hole} == {tuple(point) for point in filling}


def test_an_islet_smaller_than_the_tolerance_stays() -> None:
    islet = closed((5, 5), (5.001, 5), (5.001, 5.001), (5, 5.001))
    after = simplified({"a": shape(closed((0, 0), (4, 0), (4, 4), (0, 4))), "b": shape(islet)}, 0.5)
    assert len(set(ring_of(after["b"]))) >= 3
    assert km2(after["b"]) > 0


def test_a_ring_without_an_inside_and_a_ring_of_one_point_end_nothing() -> None:
    line, dot = closed((0, 0), (1, 0), (2, 0), (3, 0)), [[1.0, 1.0]] * 5
    after = simplified({"a": shape(line), "b": shape(dot)}, 0.01)
    assert set(ring_of(after["a"])) == {(0, 0), (3, 0)}
    assert after["b"]["coordinates"] == [[[]]]


def test_no_shapes_are_none() -> None:
    assert simplified({}, 0.1) == {}


@pytest.mark.parametrize(("lon", "lat", "near"), [(1.09, 0, True), (1.11, 0, False), (0, -1.09, True)])
def test_what_lies_beside_is_within_a_tenth(lon: float, lat: float, near: bool) -> None:
    units = {"a": shape(closed((0, 0), (1, 0), (1, 1), (0, 1)))}
    other = {"b": shape(closed((lon, lat), (lon + 1, lat), (lon + 1, lat + 1), (lon, lat + 1)))}
    assert beside(other, units) == (other if near else {})


@given(
    st.integers(1, 4),
    st.integers(1, 3),
    st.lists(st.integers(-40, 40), min_size=200, max_size=200),
    st.sampled_from([0.0, 0.01, 0.03, 0.1]),
)
def test_neighbours_meet_after_as_before(
    columns: int, rows: int, wiggles: list[int], tolerance: float
) -> None:
    """A sheet of units with crooked borders: it has no gap, and no place twice, at any tolerance."""
    steps = 5

    def point(x: int, y: int) -> tuple[float, float]:
        inside = 0 < x < columns * steps and 0 < y < rows * steps
        corner = x % steps == 0 and y % steps == 0
        shift = wiggles[(x * 31 + y * 17) % 200] / 200 if inside and not corner else 0
        return round(x + (shift if x % steps == 0 else 0), 4), round(y + (shift if y % steps == 0 else 0), 4)

    shapes = {}
    for column in range(columns):
        for row in range(rows):
            left, low = column * steps, row * steps
            way = [(left + step, low) for step in range(steps)]
            way += [(left + steps, low + step) for step in range(steps)]
            way += [(left + steps - step, low + steps) for step in range(steps)]
            way += [(left, low + steps - step) for step in range(steps)]
            shapes[f"{column} {row}"] = shape(closed(*(point(*place) for place in way)))
    after = simplified(shapes, tolerance)
    assert sum(map(km2, after.values())) == pytest.approx(sum(map(km2, shapes.values())), rel=1e-9)
    alone = {edge for edge, times in edges(after).items() if times == 1}
    assert set(edges(after).values()) <= {1, 2}
    for edge in alone:  # only the sheet's own rim is nobody else's
        (x, y), (other_x, other_y) = edge
        assert (x == other_x and x in (0, columns * steps)) or (y == other_y and y in (0, rows * steps))
    assert sum(edges(after).values()) <= sum(edges(shapes).values())
