"""Neighbours by borders, or else by points."""

from __future__ import annotations

import math
import random

from quota.analysis.checks.beside import NEAREST, Beside, point
from quota.core.units import Border, Unit, UnitType


def at(code: str, lon: float | None, lat: float | None) -> Unit:
    return Unit(code, f"Xã {code}", UnitType.COMMUNE, 15_000, lon=lon, lat=lat)


def test_borders_inside_the_table_count_both_ways_and_come_before_points() -> None:
    units = [at("a", 105.0, 21.0), at("b", 105.1, 21.0), at("c", 105.2, 21.0)]
    beside = Beside(units, [Border("a", "c"), Border("a", "elsewhere")])
    assert beside(["a", "b", "c"]) == {"a": ["c"], "b": (), "c": ["a"]}


def test_without_borders_the_nearest_points_are_neighbours() -> None:
    chance = random.Random(3)
    units = [at(str(n), chance.uniform(105, 106), chance.uniform(20, 21)) for n in range(50)]
    found = Beside(units)([unit.code for unit in units])
    for unit in units:
        others = sorted(
            (other for other in units if other is not unit),
            key=lambda other: math.dist(point(unit), point(other)),
        )
        assert list(found[unit.code]) == [other.code for other in others[:NEAREST]]


def test_units_without_a_point_have_no_neighbours() -> None:
    assert Beside([at("a", None, None), at("b", 105.0, 21.0)])(["a", "b"]) == {"b": []}


def test_a_degree_is_111_km_at_the_equator_and_less_to_the_north() -> None:
    assert point(at("a", 1.0, 0.0)) == (111.32, 0.0)
    assert math.isclose(point(at("a", 1.0, 60.0))[0], 55.66, rel_tol=1e-3)
