"""Steps by area come back from the table they made, or every rule that explains as many is named."""

from __future__ import annotations

import random
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from quota.analysis.fitting.by_area import Areas, search
from quota.analysis.fitting.fitting import fit
from quota.analysis.fitting.rule import AreaSteps, Point, Rule, Split, area_of, point_of
from quota.core.units import Terrain, Unit, UnitType
from quota.norms.arithmetic.columns import FINE
from quota.norms.loading import load_frame
from quota.tables.shipped.country import country
from tests.laws.often import often
from tests.unit.analysis.fitting.test_fitting import written

COMMUNE, WARD, ZONE = UnitType
TINY = Areas((1, 2), (0, 1), (1, 2), 50)
SAME = [AreaSteps(size, size, size, above) for size, above in product(TINY.sizes, TINY.above)]
CAO_BANG = [unit for unit in country().values() if unit.province == "Cao Bằng" and unit.area_km2 is not None]


def points_by(rule: Rule, start: int, units: list[Unit]) -> list[Point]:
    points = [point for unit in units if (point := point_of(unit, 0)) is not None]
    return [replace(point, posts=rule.of(point, start)) for point in points]


def best(points: list[Point], area: AreaSteps | None, base: int, step: int | None, start: int) -> int:
    """How many points it explains with the best ceilings, found by trying them all."""
    rule = Rule(base, None if step is None else (step, step), start, start, Split.NONE, {}, area)
    explained = 0
    for kind in UnitType:
        pairs = [(rule.of(point, start), point.posts) for point in points if point.type is kind]
        explained += max(sum(min(given, most) == posts for given, posts in pairs) for most in range(base, 40))
    return explained


POINTS = st.lists(
    st.builds(
        lambda kind, residents, posts, area, hill: Point(
            "", "", kind, residents, posts, hill, area * FINE // 2
        ),
        st.sampled_from([COMMUNE, WARD]),
        st.integers(0, 6),
        st.integers(1, 5),
        st.integers(0, 9),
        st.booleans(),
    ),
    min_size=2,
    max_size=6,
)


@often(40)
@given(points=POINTS)
def test_no_steps_by_area_explain_more_and_none_that_explain_as_many_are_left_out(
    points: list[Point],
) -> None:
    found = search(points, (1, 2), TINY)
    last = max(point.residents for point in points)
    starts = [(None, last), *((step, start) for step in (1, 2) for start in range(1 - step, last + 1))]
    counts = {
        (area, base, step, start): best(points, area, base, step, start)
        for area in (None, *SAME)
        for base in range(6)
        for step, start in starts
    }
    most = max(counts.values())
    explained = len(points) - found.missed
    assert explained >= most
    taken = {candidate.area for candidate in found.candidates}
    plain = max(count for (area, *_), count in counts.items() if area is None)
    if taken == {None}:
        assert explained >= max(plain, most)
    elif taken <= {*SAME}:
        assert explained == most > plain
        beside = any(candidate.steps for candidate in found.candidates)
        named = {
            (candidate.area, candidate.base, candidate.steps and candidate.steps[0], start)
            for candidate in found.candidates
            for start in range(candidate.lowest, candidate.highest + 1)
        }
        beside_area = {
            (point.posts - area.posts(point.type, point.mountain, point.area), area)
            for area in SAME
            for point in points
        }
        assert named == {
            (area, base, step, start)
            for (area, base, step, start), count in counts.items()
            if count == most and area is not None and (step is not None) == beside
            if (base, area) in beside_area
            if any(area.posts(point.type, point.mountain, point.area) for point in points)
        }
    else:
        assert explained > most  # steps by kind: only where they explain more


@pytest.mark.parametrize(
    ("rule", "start"),
    [
        (Rule(20, None, 0, 0, Split.NONE, {}, AreaSteps(50, 50, 50, 2)), 0),
        (Rule(20, (2_000, 2_000), 0, 0, Split.NONE, {COMMUNE: 24}, AreaSteps(50, 50, 50, 1)), 8_000),
        (Rule(18, (3_000, 3_000), 0, 0, Split.NONE, {}, AreaSteps(5, 50, 30, 1)), 5_000),
    ],
    ids=["area alone", "beside residents under a ceiling", "by kind"],
)
def test_a_rule_with_steps_by_area_comes_back_from_its_table(rule: Rule, start: int, tmp_path: Path) -> None:
    hilly = [replace(unit, terrain=Terrain(mountain=int(unit.code) % 3 > 0)) for unit in CAO_BANG]
    points = points_by(rule, start, hilly)
    found = fit(points)
    assert (found.explained, found.misfits) == (len(points), ())
    same = [
        (explaining.base, explaining.steps, explaining.area, explaining.most)
        for explaining in (found.rule, *found.others)
    ]
    assert (rule.base, rule.steps, rule.area, rule.most) in same
    assert (found.area_threshold is not None) is (found.rule.area is not None and found.rule.area.is_one)
    granters = load_frame(written(found, tmp_path)).norms().granters()
    for unit, point in zip(hilly, points, strict=True):
        quota = granters[unit.type].quota(unit)
        assert quota is not None
        assert quota.blocs["government"].low == point.posts
    if found.area_threshold is not None and rule.area is not None:
        low, high = found.area_threshold
        assert low <= rule.area.other * rule.area.above * FINE <= high or found.rule.area != rule.area


def test_units_that_others_posts_were_given_to_do_not_fit() -> None:
    rule = Rule(20, (2_000, 2_000), 0, 0, Split.NONE, {}, AreaSteps(50, 50, 50, 1))
    points = points_by(rule, 8_000, CAO_BANG)
    changed = {point.code: 5 + place for place, point in enumerate(points[::14])}
    noisy = [replace(point, posts=point.posts + changed.get(point.code, 0)) for point in points]
    found = fit(noisy)
    assert found.explained >= len(points) - len(changed)
    same = [
        (explaining.base, explaining.steps, explaining.area) for explaining in (found.rule, *found.others)
    ]
    assert (rule.base, rule.steps, rule.area) in same
    assert {misfit.point.code: misfit.by for misfit in found.misfits} == changed


@often(4)
@given(seed=st.integers(0, 10_000))
def test_a_drawn_rule_comes_back_or_every_rule_that_explains_as_many_is_named(seed: int) -> None:
    rng = random.Random(seed)
    size, step, start = rng.choice([20, 30, 50, 100]), rng.choice([1_000, 2_000, 3_000]), rng.randrange(9_000)
    area = AreaSteps(size, size, size, rng.randrange(3))
    rule = Rule(rng.randrange(10, 30), (step, step), 0, 0, Split.NONE, {}, area)
    points = points_by(rule, start, CAO_BANG)
    found = fit(points)
    assert found.explained == len(points)
    tried = (found.rule, *found.others)
    if found.rule.area is None:  # a rule without steps by area explains all: none is tried
        assert {explaining.area for explaining in tried} == {None}
    elif found.rule.steps is not None:
        # Where every unit has steps by residents, the base is the posts of those with the fewest.
        base = min(point.posts - area.posts(point.type, point.mountain, point.area) for point in points)
        assert (base, rule.steps, rule.area) in [
            (explaining.base, explaining.steps, explaining.area) for explaining in tried
        ]
    for explaining in tried:
        assert sum(explaining.of(point, explaining.lowest) == point.posts for point in points) == len(points)


def test_steps_by_area_need_every_units_area_and_no_more_units_than_a_province_has() -> None:
    rule = Rule(20, None, 0, 0, Split.NONE, {}, AreaSteps(50, 50, 50, 2))
    points = points_by(rule, 0, CAO_BANG)
    assert rule.area in {candidate.area for candidate in search(points).candidates}
    unknown = [*points[1:], replace(points[0], area=None)]
    assert search(unknown).candidates[0].area is None
    assert fit(unknown).area_unknown == 1
    assert search(points, areas=Areas((50,), (2,), (1_000,), len(points) - 1)).candidates[0].area is None


def test_kinds_that_are_not_there_have_the_steps_of_another() -> None:
    steps = AreaSteps(6, 50, 30, 1)
    assert steps.posts(WARD, True, 12 * FINE) == 1
    assert steps.posts(WARD, None, 12 * FINE - 1) == 0
    assert steps.posts(COMMUNE, True, 150 * FINE) == 2
    assert steps.posts(ZONE, None, 59 * FINE) == 0
    assert steps.posts(COMMUNE, False, 60 * FINE) == 1
    assert steps.posts(COMMUNE, False, None) == 0
    assert area_of(Unit("1", "A", COMMUNE, 5)) is None


def test_areas_that_bring_nobody_a_post_are_not_tried() -> None:
    points = [Point(str(place), "", COMMUNE, 9, 20 + place, None, place * FINE) for place in range(3)]
    assert {candidate.area for candidate in search(points).candidates} == {None}
