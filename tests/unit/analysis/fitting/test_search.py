"""The search against brute force: nothing better, and every rule that explains as many."""

from __future__ import annotations

import random
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quota.analysis.fitting.by_area import search
from quota.analysis.fitting.rule import Point, Split, inside
from quota.analysis.fitting.sweep import best_thresholds
from quota.core.units import UnitType

COMMUNE, WARD, ZONE = UnitType
STEPS = (1, 2, 3, 5)


def point(unit_type: UnitType, residents: int, posts: int, mountain: bool | None = None) -> Point:
    return Point("", "", unit_type, residents, posts, mountain)


POINTS = st.lists(
    st.builds(point, st.sampled_from([COMMUNE, WARD]), st.integers(0, 9), st.integers(0, 4)),
    min_size=1,
    max_size=6,
)


def explained(points: list[Point], base: int, steps: tuple[int, int], start: int, split: Split) -> int:
    """With the best ceilings, found by trying them all."""
    count = 0
    for unit_type in UnitType:
        about = [found for found in points if found.type is unit_type]
        given = [
            base + max((found.residents - start) // steps[inside(split, unit_type, found.mountain)], 0)
            for found in about
        ]
        count += max(
            sum(min(posts, most) == found.posts for posts, found in zip(given, about, strict=True))
            for most in range(base, 30)
        )
    return count


@settings(max_examples=60, deadline=None)
@given(points=POINTS)
def test_no_rule_explains_more_and_none_that_explains_as_many_is_left_out(points: list[Point]) -> None:
    found = search(points, STEPS)
    best, rules = 0, set()
    for base, step in product(sorted({point.posts for point in points}), STEPS):
        for start in range(1 - step, max(point.residents for point in points) + 1):
            count = explained(points, base, (step, step), start, Split.NONE)
            if count > best:
                best, rules = count, set()
            if count == best:
                rules.add((base, step, start))
    assert len(points) - found.missed == best
    if len({point.posts for point in points}) > 1:
        given = {
            (candidate.base, candidate.steps[0], start)
            for candidate in found.candidates
            if candidate.steps is not None
            for start in range(candidate.lowest, candidate.highest + 1)
        }
        assert given == rules


@settings(max_examples=40, deadline=None)
@given(points=POINTS, base=st.integers(-2, 6))
def test_a_base_that_is_no_points_posts_explains_no_more(points: list[Point], base: int) -> None:
    found = search(points, STEPS)
    for step in STEPS:
        for start in range(1 - step, 10):
            assert explained(points, base, (step, step), start, Split.NONE) <= len(points) - found.missed


HILLS = st.lists(
    st.builds(point, st.sampled_from([COMMUNE, ZONE]), st.integers(0, 9), st.integers(0, 4), st.booleans()),
    min_size=1,
    max_size=5,
)


@settings(max_examples=15, deadline=None)
@given(points=HILLS)
def test_steps_by_terrain_are_taken_where_they_explain_more(points: list[Point]) -> None:
    found = search(points, (1, 2, 4))
    bases = sorted({point.posts for point in points})
    best = {
        split: max(
            explained(points, base, (step, other), start, split)
            for base, step, other in product(bases, (1, 2, 4), (1, 2, 4))
            if split is not Split.NONE or step == other
            for start in range(0 if split is not Split.NONE else 1 - step, 10)
        )
        for split in Split
    }
    assert len(points) - found.missed == max(best.values())
    splits = {candidate.split for candidate in found.candidates}
    assert len(splits) == 1
    if best[Split.NONE] == max(best.values()):
        assert splits == {Split.NONE}


def test_steps_by_terrain_need_every_points_terrain() -> None:
    rows = [(0, False), (10, False), (20, False), (30, False), (0, True), (10, True), (20, True), (30, True)]
    points = [
        point(COMMUNE, residents, 5 + residents // (5 if hill else 10), hill) for residents, hill in rows
    ]
    assert {candidate.steps for candidate in search(points, (5, 10)).candidates} == {(10, 5)}
    points.append(point(COMMUNE, 10, 6))
    assert search(points, (5, 10)).missed > 0


@pytest.mark.parametrize("start", [-3, 0, 2, 7, 12])
def test_the_sweep_counts_what_is_explained_on_both_sides_of_every_end(start: int) -> None:
    rng = random.Random(start)
    points = [point(rng.choice([COMMUNE, WARD]), rng.randint(0, 12), rng.randint(3, 8)) for _ in range(12)]
    posts = {
        unit_type: sorted({found.posts for found in points if found.type is unit_type and found.posts >= 4})
        for unit_type in UnitType
    }
    best = best_thresholds([(found, 2, 0) for found in points], 4, posts, start, 12)
    counts = {at: explained(points, 4, (2, 2), at, Split.NONE) for at in range(start, 13)}
    most = max(counts.values())
    assert len(points) - best.missed == most
    inside_them = {at for low, high in best.intervals for at in range(low, high + 1)}
    assert inside_them == {at for at, count in counts.items() if count == most}


def test_a_table_of_many_units_is_sieved_and_nothing_is_lost() -> None:
    rng = random.Random(3)
    points = []
    for place in range(400):
        residents, hill = rng.randint(0, 90_000), place % 3 == 0
        posts = 32 + max(residents - 16_000, 0) // (1_000 if hill else 2_000)
        points.append(point(COMMUNE, residents, posts + (place % 20 == 0), hill))
    found = search(points, (500, 700, 1_000, 2_000))
    assert found.missed == 20
    assert {candidate.steps for candidate in found.candidates} == {(2_000, 1_000)}
