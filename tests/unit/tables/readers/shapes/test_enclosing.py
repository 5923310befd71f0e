"""Rings that enclose no one area are told, whatever lies over what; sound ones are read without a word."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quota.core.problems import Severity
from quota.core.units import Unit, UnitType
from quota.tables.readers.shapes.boundaries import Boundaries, read_boundaries
from quota.tables.readers.shapes.enclosing import enclosing_fault

UNIT = Unit("00004", "Phường Ba Đình", UnitType.WARD, 20_000)
Ring = list[list[float]]


def box(west: float, south: float, wide: float, high: float) -> Ring:
    east, north = west + wide, south + high
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]


def star(points: int, *, phase: float = 0.0, size: float = 0.1, rough: float = 0.4) -> Ring:
    """A ring around (105.8, 21.0), each point further out or nearer by turns."""
    found = []
    for number in range(points):
        angle = phase + 2 * math.pi * number / points
        far = size * (1 - rough * (number % 2))
        found.append([105.8 + far * math.cos(angle), 21.0 + far * math.sin(angle)])
    return [*found, found[0]]


def read(tmp_path: Path, *polygons: list[Ring]) -> Boundaries:
    feature = {
        "type": "Feature",
        "properties": {"code": UNIT.code},
        "geometry": {"type": "MultiPolygon", "coordinates": polygons},
    }
    path = tmp_path / "units.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}), encoding="utf-8")
    return read_boundaries(path, [UNIT])


OUTER = box(105.8, 21.0, 0.1, 0.1)
WRONG: dict[str, tuple[str, list[list[Ring]]]] = {
    "a hole larger than its ring": ("a hole is not inside", [[OUTER, box(105.7, 20.9, 0.3, 0.3)]]),
    "a hole beside its ring": ("a hole is not inside", [[OUTER, box(105.95, 21.0, 0.05, 0.05)]]),
    "a small hole far away": ("a hole is not inside", [[OUTER, box(106.9, 21.9, 0.002, 0.002)]]),
    "a hole half outside": ("a hole is not inside", [[OUTER, box(105.88, 21.02, 0.04, 0.04)]]),
    "a small hole outside": ("a hole is not inside", [[OUTER, box(105.9, 21.0405, 0.002, 0.0008)]]),
    "two holes of one place": (
        "a hole is not inside",
        [[OUTER, box(105.82, 21.02, 0.02, 0.02), box(105.83, 21.03, 0.02, 0.02)]],
    ),
    "a ring like an eight": (
        "its ring crosses itself",
        [[[[105.8, 21.0], [105.9, 21.1], [105.9, 21.0], [105.8, 21.1], [105.8, 21.0]]]],
    ),
    "a ring walked twice": ("its ring crosses itself", [[[*OUTER[:-1], *OUTER]]]),
    "two parts of one place": ("two of its parts lie", [[OUTER], [box(105.85, 21.05, 0.1, 0.1)]]),
    "a part in another": ("two of its parts lie", [[box(105.84, 21.04, 0.01, 0.01)], [OUTER]]),
    "nothing": (
        "its rings enclose nothing",
        [[[[105.8, 21.0], [105.9, 21.1], [105.9, 21.1], [105.8, 21.0]]]],
    ),
}


@pytest.mark.parametrize(("fault", "polygons"), WRONG.values(), ids=WRONG)
def test_what_is_unclear_is_left_out_and_said(tmp_path: Path, fault: str, polygons: list[list[Ring]]) -> None:
    found = read(tmp_path, *polygons)
    assert not found.shapes
    first, told, missing = found.problems
    assert (first.code, first.severity) == ("no-boundaries", Severity.ERROR)
    assert str(first.message) == "no boundary of the table's units can be used"
    assert (told.code, told.row, told.value) == ("rings-cross", 1, UNIT.code)
    assert f"Phường Ba Đình: {fault}" in str(told.message)
    assert "Check Validity" in str(told.fix)
    assert missing.code == "no-boundary"


SOUND: dict[str, list[list[Ring]]] = {
    "a hole": [[OUTER, box(105.82, 21.02, 0.02, 0.02)]],
    "a hole at the edge": [[OUTER, box(105.8, 21.02, 0.02, 0.02)]],
    "an island in a lake": [[OUTER, box(105.82, 21.02, 0.06, 0.06)], [box(105.84, 21.04, 0.01, 0.01)]],
    "parts side by side": [[OUTER], [box(105.9, 21.0, 0.1, 0.1)], [box(105.8, 21.1, 0.2, 0.1)]],
    "islands far from one another": [[box(112 + n, 8 + n, 0.001, 0.001)] for n in range(4)],
    "boxes over one another": [[star(40)], [[[105.9, 21.08], [105.9, 21.1], [105.88, 21.1], [105.9, 21.08]]]],
    "a sliver where rounding lets a ring cross itself": [
        [
            [
                [105.8, 21.0],
                [105.9, 21.0],
                [105.9, 21.1],
                [105.85, 21.0001],
                [105.85, 21.0],
                [105.8, 21.1],
                [105.8, 21.0],
            ]
        ]
    ],
    "an open ring": [[OUTER[:-1]]],
}


@pytest.mark.parametrize("polygons", SOUND.values(), ids=SOUND)
def test_what_is_clear_is_read_without_a_word(tmp_path: Path, polygons: list[list[Ring]]) -> None:
    found = read(tmp_path, *polygons)
    assert list(found.shapes) == [UNIT.code]
    assert not found.problems


def turned(ring: Ring, *, clockwise: bool) -> Ring:
    area = sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, [*ring[1:], ring[0]], strict=True))
    return ring if (area < 0) is clockwise else ring[::-1]


@given(st.integers(3, 60), st.floats(0, 6), st.floats(0, 0.8), st.floats(0.05, 0.95), st.booleans())
def test_a_hole_is_inside_or_told(points: int, phase: float, rough: float, part: float, larger: bool) -> None:
    outer = turned(star(2 * points, phase=phase, rough=rough), clockwise=True)
    size = part * 0.9 * (1 - rough) * math.cos(math.pi / (2 * points)) * 0.1
    hole = turned(star(2 * points, size=0.1 / part * 1.2 if larger else size, rough=0.0), clockwise=False)
    fault = enclosing_fault([[outer, hole]])
    assert (fault is not None) is larger


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), min_size=4, max_size=9, unique=True))
def test_areas_agree_where_nothing_is_told(points: list[tuple[int, int]]) -> None:
    """The area by the surveyor's formula is that by counting cells that are inside by the even-odd rule."""
    ring = [[105 + x / 100, 21 + y / 100] for x, y in [*points, points[0]]]
    signed = sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(points, [*points[1:], points[0]], strict=True)) / 2
    fault = enclosing_fault([[turned(ring, clockwise=True)]])
    if fault is not None or not signed:
        return
    cells: Any = sum(_inside(x + 0.4931, y + 0.4877, points) for x in range(30) for y in range(30))
    assert abs(cells - abs(signed)) <= 12 + 0.15 * abs(signed)


def _inside(x: float, y: float, points: list[tuple[int, int]]) -> bool:
    odd = False
    for (x1, y1), (x2, y2) in zip(points, [*points[1:], points[0]], strict=True):
        if (y1 > y) != (y2 > y) and x < x1 + (y - y1) * (x2 - x1) / (y2 - y1):
            odd = not odd
    return odd
