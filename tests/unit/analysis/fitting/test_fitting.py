"""Shipped frames come back from their own tables; what a table leaves open is said; so is what settles it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from quota.analysis.fitting.fitting import Fit, Total, beside_frame, fit
from quota.analysis.fitting.rule import (
    Point,
    Rule,
    Split,
    point_of,
    roundest,
    roundness,
    shift_of,
    thresholds,
)
from quota.analysis.fitting.writing import frame_text
from quota.core.units import Terrain, Unit, UnitType
from quota.norms.applying import load_norms
from quota.norms.arithmetic.rounding import Rounding
from quota.norms.loading import load_frame
from quota.tables.shipped.country import country

COMMUNE, WARD, ZONE = UnitType
FRAMES = ("central-2025", "central-2025-all-residents", "cv-09-2025")
TODAY = date(2026, 11, 28)


def with_hills(unit: Unit) -> Unit:
    """Terrain made up: every seventh unit, and all with codes below 05000, lie in mountains."""
    hill = unit.code < "05000" or int(unit.code) % 7 == 0
    return replace(unit, terrain=Terrain(mountain=hill))


def points_of(units: Sequence[Unit], frame: str) -> list[Point]:
    granters = load_norms(frame).granters()
    quotas = [(unit, granters[unit.type].quota(unit)) for unit in units]
    found = [
        point_of(unit, None if quota is None else quota.blocs["government"].low) for unit, quota in quotas
    ]
    return [point for point in found if point is not None]


COUNTRY = tuple(country().values())
HILLS = tuple(with_hills(unit) for unit in COUNTRY)


def written(found: Fit, folder: Path) -> Path:
    path = folder / "ours.yaml"
    path.write_text(frame_text(found, "ours", "government", TODAY, "table.csv"), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("frame", "units", "above", "split"),
    [
        ("central-2025", COUNTRY, 16_000, Split.NONE),
        ("central-2025-all-residents", COUNTRY, 0, Split.NONE),
        ("cv-09-2025", COUNTRY, 16_000, Split.NONE),
        ("cv-09-2025", HILLS, 16_000, Split.MOUNTAIN_BUT_ZONES),
    ],
)
def test_a_shipped_frame_comes_back_from_the_countrys_table(
    frame: str, units: Sequence[Unit], above: int, split: Split, tmp_path: Path
) -> None:
    found = fit(points_of(units, frame))
    ceilings = {COMMUNE: 50, WARD: 70, ZONE: 70} if frame == "cv-09-2025" else {}
    assert (found.rule.base, found.rule.most, found.rule.split) == (32, ceilings, split)
    assert found.rule.steps == ((2_000, 2_000) if split is Split.NONE else (2_000, 1_000))
    assert (found.ways[0].rounding, found.ways[0].chosen) == (Rounding.DOWN, above)
    assert (found.explained, found.misfits, found.others, found.base_moves) == (3_321, (), (), False)
    again = load_frame(written(found, tmp_path)).norms().granters()
    shipped = load_norms(frame).granters()
    for unit in units:
        ours, theirs = again[unit.type].quota(unit), shipped[unit.type].quota(unit)
        assert ours is not None
        assert theirs is not None
        assert ours.blocs["government"] == theirs.blocs["government"]


def test_units_that_others_posts_were_given_to_are_the_ones_that_do_not_fit() -> None:
    points = points_of(COUNTRY[::4], "cv-09-2025")
    changed = {points[place].code: 1 + place % 3 for place in range(0, len(points), 20)}
    noisy = [replace(point, posts=point.posts + changed.get(point.code, 0)) for point in points]
    found = fit(noisy)
    assert (found.rule.base, found.rule.steps, found.ways[0].chosen) == (32, (2_000, 2_000), 16_000)
    assert {misfit.point.code: misfit.by for misfit in found.misfits} == changed


def unit(code: str, residents: int | None, unit_type: UnitType = COMMUNE) -> Unit:
    return Unit(code, f"Xã {code}", unit_type, residents, "Toy")


def point(residents: int, posts: int, unit_type: UnitType = COMMUNE) -> Point:
    return Point(str(residents), "", unit_type, residents, posts)


def test_one_number_for_all_is_a_rule_without_steps(tmp_path: Path) -> None:
    found = fit([point(1_000, 17), point(50_000, 17)])
    assert (found.rule.base, found.rule.steps, found.ways, found.explained) == (17, None, (), 2)
    assert thresholds(found.rule) == ()
    bloc = load_frame(written(found, tmp_path)).blocs["government"]
    assert (bloc.base, bloc.increment, bloc.most) == (17, None, None)


def test_what_no_unit_reaches_is_not_determined() -> None:
    open_ended = fit([point(count, 20 + count // 1_000) for count in (30_000, 41_000, 52_000, 63_999)])
    assert open_ended.base_moves  # 20 from the first, 21 above 1,000 …: no unit lies below the threshold
    assert open_ended.rule.most == {}
    assert open_ended.reached == {COMMUNE: 83}
    floor = [(1_000, 32), (16_000, 32), (17_999, 32), (18_000, 33), (30_000, 39), (90_000, 69)]
    closed = fit([point(*pair) for pair in floor])
    assert not closed.base_moves


@pytest.mark.parametrize("residents", [51_999, 52_000, 60_000])
def test_a_ceiling_shows_where_a_unit_lies_above_it(residents: int) -> None:
    rows = [
        (10_000, 32),
        (16_001, 32),
        (17_999, 32),
        (18_000, 33),
        (20_000, 34),
        (48_000, 48),
        (residents, 49),
    ]
    found = fit([point(*row) for row in rows], steps=(2_000,))
    assert found.rule.most == ({} if residents < 52_000 else {COMMUNE: 49})


def test_a_total_settles_what_the_units_leave_open_or_contradicts_them() -> None:
    known = [unit("1", 10_000), unit("2", 37_524)]
    rest = [unit("3", 25_000), unit("4", 31_000)]
    points = [point_of(known[0], 25), point_of(known[1], 43)]
    about = [found for found in points if found is not None]
    asked = Total("Toy", (*known, *rest), 25 + 43 + 35 + 39)
    (total,) = fit(about, [asked]).totals
    assert (total.met, total.given) == (True, 142)
    assert total.lowest <= 142 <= total.highest
    (beyond,) = fit(about, [replace(asked, posts=5_000)]).totals
    assert not beyond.met
    assert beyond.highest < 5_000


def test_ha_tinhs_two_published_units_contradict_every_shipped_frame_and_not_the_total() -> None:
    province = tuple(unit for unit in COUNTRY if unit.province == "Hà Tĩnh")
    posts = {"18196": 25, "18352": 43}
    pairs = [(unit, posts[unit.code]) for unit in province if unit.code in posts]
    total = Total("Hà Tĩnh", province, 2_454)
    frames = [beside_frame(load_norms(frame), "government", pairs, [total]) for frame in FRAMES]
    given = [
        (beside.explained, [misfit.given for misfit in beside.misfits], beside.totals)
        for beside in frames
        if beside is not None
    ]
    assert given == [(0, [32, 42], (2_464,)), (0, [34, 50], (2_983,)), (0, [32, 42], (2_464,))]
    points = [found for unit, count in pairs if (found := point_of(unit, count)) is not None]
    found = fit(points, [total])
    assert found.explained == 2
    assert found.totals[0].met
    assert len(found.others) == 17
    assert all(other.base != 32 for other in (found.rule, *found.others))


def test_a_frame_without_the_bloc_or_that_cannot_count_a_unit_is_not_set_beside() -> None:
    norms = load_norms("cv-09-2025")
    assert beside_frame(norms, "military", [(unit("1", 5), 3)], []) is None
    assert beside_frame(norms, "government", [], [Total("Toy", (unit("1", None),), 3)]) is None
    assert point_of(unit("1", None), 3) is None


def test_highlands_are_mountains_where_nothing_else_is_said() -> None:
    for terrain, mountain in [
        (Terrain(highland=True), True),
        (Terrain(mountain=False, highland=True), False),
        (Terrain(highland=False), None),
    ]:
        found = point_of(replace(unit("1", 5), terrain=terrain), 3)
        assert found is not None
        assert found.mountain is mountain


@given(
    start=st.integers(-40, 60),
    step=st.integers(1, 40),
    residents=st.integers(0, 300),
)
def test_rounding_up_and_to_the_nearest_say_the_same_from_another_threshold(
    start: int, step: int, residents: int
) -> None:
    rule = Rule(5, (step, step), max(start, 1 - step), max(start, 1 - step), Split.NONE, {})
    given = rule.posts(COMMUNE, residents, None, rule.lowest)
    ways = thresholds(rule)
    assert ways
    for way in ways:
        counted = max(residents - way.chosen, 0)
        steps = {
            Rounding.DOWN: counted // step,
            Rounding.UP: -(-counted // step),
            Rounding.NEAREST: (2 * counted + step) // (2 * step),
        }
        assert 5 + steps[way.rounding] == given


@pytest.mark.parametrize(
    ("low", "high", "chosen"),
    [
        (0, 5, 0),
        (1, 4, 1),
        (4, 7, 5),
        (15_999, 16_000, 16_000),
        (12_301, 12_349, 12_310),
        (9_990, 10_020, 10_000),
    ],
)
def test_the_roundest_number_of_an_interval(low: int, high: int, chosen: int) -> None:
    assert roundest(low, high) == chosen
    assert roundness(chosen) == max(roundness(number) for number in range(low, high + 1))


@pytest.mark.parametrize("split", [Split.MOUNTAIN, Split.MOUNTAIN_BUT_ZONES])
def test_steps_by_terrain_are_written_so_that_they_load_back(split: Split, tmp_path: Path) -> None:
    rows = product(range(0, 40_000, 1_900), UnitType, (0, 1))
    rule = Rule(30, (2_000, 1_000), 10_000, 10_000, split, {})
    points = [
        Point("", "", kind, residents, rule.posts(kind, residents, bool(hill), 10_000), bool(hill))
        for residents, kind, hill in rows
    ]
    found = fit(points, steps=(1_000, 2_000))
    assert (found.rule.split, found.rule.steps, found.misfits) == (split, (2_000, 1_000), ())
    granters = load_frame(written(found, tmp_path)).norms().granters()
    for about in points:
        quota = granters[about.type].quota(
            Unit("", "", about.type, about.residents, terrain=Terrain(mountain=about.mountain))
        )
        assert quota is not None
        assert quota.blocs["government"].low == about.posts


def test_a_bloc_of_ones_own_is_named_in_the_file(tmp_path: Path) -> None:
    found = fit([point(1, 3), point(2, 3)])
    path = tmp_path / "ours.yaml"
    path.write_text(frame_text(found, "ours", "military", TODAY, "table.csv"), encoding="utf-8")
    assert list(load_frame(path).blocs) == ["military"]


@pytest.mark.parametrize("step", [1, 2, 1_000, 2_001])
def test_a_threshold_of_each_way_gives_what_full_steps_give(step: int) -> None:
    for residents in range(3 * step + 2):
        for way in Rounding:
            start = shift_of(way, step)
            counted = {
                Rounding.DOWN: (residents - start) // step,
                Rounding.UP: -((start - residents) // step),
                Rounding.NEAREST: (2 * (residents - start) + step) // (2 * step),
            }
            assert max(counted[way], 0) == residents // step, way


def test_a_way_of_rounding_that_is_none_is_not_left_out_in_silence() -> None:
    with pytest.raises(AssertionError, match="sideways"):
        shift_of("sideways", 5)  # type: ignore[arg-type]  # no way of rounding
