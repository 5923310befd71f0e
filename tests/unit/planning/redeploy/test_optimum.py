"""Each stage is as good as it can be: against mixed-integer programming, brute force, and its own proofs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from quota import audit, load_frame, read_staff, read_units
from quota.core.moves import Cell, Place, Plan, Pool, Situation
from quota.norms.applying import load_policy
from quota.norms.policy import CountLimit, Policy
from quota.planning.redeploy.distances import Distances, great_circle
from quota.planning.redeploy.situations import after, situation_of
from quota.planning.redeploy.stages import Given, plan
from tests.independent_moves import best, km_in_metres

DAY = date(2026, 11, 22)
POLICY = load_policy("redeployment-hai-phong-2025")
GROUPS = ("government", "party", "front")


def limited(**most: int) -> Policy:
    limits = {key: CountLimit(most=value, source="quota") for key, value in most.items()}
    return replace(POLICY, limits=replace(POLICY.limits, **limits))


def agrees(made: Plan, policy: Policy) -> None:
    """Every stage's figures against the independent formulation, from where the stage began."""
    now = made.start
    limits = policy.limits
    for stage in made.stages:
        inside = stage.kind == "internal"
        cells = now.cells.values()
        over = [(c.place.code, c.place.group, c.staff - c.high) for c in cells if c.staff > c.high]
        if "units" not in stage.origins:
            over = []
        if "departments" in stage.origins:
            lent = stage.kind == "secondment"
            over += [
                (p.place.code, p.place.group, n)
                for p in now.pools.values()
                if (n := p.secondment if lent else p.transfer)
            ]
        short = [(c.place.code, c.place.group, c.low - c.staff) for c in cells if c.staff < c.low]

        def metres(a: str, b: str) -> int:
            return km_in_metres(now.points[a], now.points[b])  # noqa: B023  (called in the same turn)

        def allowed(a: tuple[str, str, int], b: tuple[str, str, int]) -> bool:
            if inside:  # noqa: B023  (called in the same turn)
                return a[0] == b[0]
            near = limits.km is None or metres(a[0], b[0]) <= limits.km.most * 1000
            return a[0] != b[0] and a[1] in (b[1], "") and near

        most = limits.moves_per_unit.most if limits.moves_per_unit and not inside else None
        filled, worst, _, far = best(
            over, short, allowed, (lambda *_: 0) if inside else metres, most, most, DEPARTMENTS
        )
        moved = sum(move.people * (move.metres or 0) for move in stage.moves)
        assert (stage.people, stage.after.worst, moved) == (filled, worst, far)
        assert stage.after.short == stage.before.short - filled
        now = after(now, stage.moves, stage.kind)
    assert now.cells == made.end.cells


def hai_phong(policy: Policy = POLICY, pools: tuple[Pool, ...] = ()) -> Given:
    frame = load_frame()
    report = audit(read_units("hai-phong"), frame, read_staff("hai-phong-staff-sample"), as_of=DAY)
    start = situation_of(report, policy)
    points = {**start.points, "Sở Nội vụ": (106.68, 20.86), "Sở Tài chính": (106.69, 20.85)}
    start = replace(
        start, points=points, pools={pool.place: pool for pool in sorted(pools, key=lambda pool: pool.place)}
    )
    return Given(start, policy, Distances("points", points), DAY, frame.norms())


DEPARTMENTS = ("Sở Nội vụ", "Sở Tài chính")
POOLS = (
    Pool(Place("Sở Nội vụ", "party"), 3, 2),
    Pool(Place("Sở Tài chính", ""), 2, 4),
)


@pytest.mark.parametrize(
    "policy",
    [POLICY, limited(km=15), limited(moves_per_unit=4), limited(km=10, moves_per_unit=3)],
    ids=["free", "km", "per-unit", "both"],
)
@pytest.mark.parametrize("pools", [(), POOLS], ids=["units", "departments"])
def test_hai_phong_is_as_good_as_an_independent_program_says(policy: Policy, pools: tuple[Pool, ...]) -> None:
    agrees(plan(hai_phong(policy, pools)), policy)


def situation(
    staff: list[tuple[int, int, int]], points: list[tuple[float, float]], norms: list[tuple[int, int]]
) -> Situation:
    cells = {
        Place(f"{unit:02d}", group): Cell(Place(f"{unit:02d}", group), people, norm[0], norm[0], norm[1])
        for unit, counts in enumerate(staff)
        for group, people, norm in zip(GROUPS, counts, norms, strict=True)
    }
    codes = [f"{unit:02d}" for unit in range(len(staff))]
    return Situation(
        dict(sorted(cells.items())),
        {},
        {code: code for code in codes},
        points=dict(zip(codes, points, strict=True)),
    )


counts = st.integers(0, 9)
points = st.tuples(st.integers(10_500, 10_700), st.integers(2_000, 2_200)).map(
    lambda p: (p[0] / 100, p[1] / 100)
)
units = st.lists(st.tuples(st.tuples(counts, counts, counts), points), min_size=1, max_size=7)


@given(units=units, limit=st.none() | st.integers(0, 5), km=st.none() | st.integers(0, 150))
@settings(max_examples=40, deadline=None)
def test_random_provinces_are_as_good_as_an_independent_program_says(
    units: list[tuple[tuple[int, int, int], tuple[float, float]]], limit: int | None, km: int | None
) -> None:
    policy = POLICY
    chosen = {key: value for key, value in (("moves_per_unit", limit), ("km", km)) if value is not None}
    if chosen:
        policy = limited(**chosen)
    start = situation([unit[0] for unit in units], [unit[1] for unit in units], [(5, 5), (3, 5), (4, 6)])
    made = plan(Given(start, policy, Distances("points", start.points), DAY))
    agrees(made, policy)


@given(staff=st.lists(st.integers(0, 4), min_size=2, max_size=4))
@settings(max_examples=30, deadline=None)
def test_tiny_provinces_against_every_way_of_moving_people(staff: list[int]) -> None:
    norm = 2
    points = [(105.0 + unit / 10, 21.0) for unit in range(len(staff))]
    start = situation([(people, 4, 4) for people in staff], points, [(norm, norm), (4, 4), (4, 4)])
    made = plan(Given(start, POLICY, Distances("points", start.points), DAY))
    over = [unit for unit, people in enumerate(staff) for _ in range(people - norm)]
    empty = [unit for unit, people in enumerate(staff) for _ in range(norm - people)]
    every = []
    for choice in product([None, *range(len(empty))], repeat=len(over)):
        used = [post for post in choice if post is not None]
        if len(used) == len(set(used)):
            unfilled = Counter(empty[post] for post in range(len(empty)) if post not in used)
            far = sum(
                great_circle(points[giver], points[empty[post]])
                for giver, post in zip(over, choice, strict=True)
                if post is not None
            )
            every.append((-len(used), max(unfilled.values(), default=0), len(used), far))
    stage = made.stages[1]
    reached = (
        -stage.people,
        stage.after.worst,
        stage.people,
        sum(m.people * (m.metres or 0) for m in stage.moves),
    )
    assert reached == min(every)


def test_the_same_plan_whatever_the_order_of_rows() -> None:
    units, staff = read_units("hai-phong"), read_staff("hai-phong-staff-sample")
    turned = replace(units, units=tuple(reversed(units.units)))
    staff_turned = replace(staff, rows=tuple(reversed(staff.rows)))
    made = []
    for table, people in ((units, staff), (turned, staff_turned)):
        start = situation_of(audit(table, load_frame(), people, as_of=DAY), POLICY)
        made.append(plan(Given(start, POLICY, Distances("points", start.points), DAY)))
    assert made[0].moves == made[1].moves


@pytest.mark.parametrize("level", ["low", "middle", "high"])
def test_a_target_inside_the_norm_is_filled_after_the_norm_itself(level: str) -> None:
    policy = replace(POLICY, target=replace(POLICY.target, level=level))
    made = plan(hai_phong(policy))
    low = plan(hai_phong())
    for stage, other in zip(made.stages[:1], low.stages[:1], strict=True):
        assert stage.after.short == other.after.short  # filling beyond the norm leaves no post below it empty
    last = made.stages[-1].after
    assert last.wanted >= last.short
    for place, cell in made.end.cells.items():
        before = made.start.cells[place]
        assert cell.staff <= max(before.staff, cell.target)
        assert cell.staff >= min(before.staff, cell.high)


def test_every_stage_carries_proofs_that_meet_what_was_reached() -> None:
    for stage in plan(hai_phong(pools=POOLS)).stages:
        assert stage.certificates
        for certificate in stage.certificates:
            assert certificate.proven


@given(
    gaps=st.lists(st.tuples(*[st.integers(-3, 3)] * 3), min_size=1, max_size=6),
    costs=st.dictionaries(st.permutations(GROUPS).map(lambda p: (p[0], p[1])), st.integers(0, 4), max_size=4),
)
@settings(max_examples=40, deadline=None)
def test_positions_and_substitutes_are_as_good_as_an_independent_program_says(
    gaps: list[tuple[int, int, int]], costs: dict[tuple[str, str], int]
) -> None:
    points = [(105.0 + unit * unit / 50, 21.0) for unit in range(len(gaps))]
    start = situation([tuple(4 + gap for gap in gap3) for gap3 in gaps], points, [(4, 4)] * 3)
    start = replace(start, by_position=True, substitutes=costs)
    made = plan(Given(start, POLICY, Distances("points", start.points), DAY))
    now = start
    for stage in made.stages[:2]:
        inside = stage.kind == "internal"
        cells = now.cells.values()

        def allowed(a: tuple[str, str, int], b: tuple[str, str, int], inside: bool = inside) -> bool:
            return (a[0] == b[0]) is inside and (a[1] == b[1] or (a[1], b[1]) in costs)

        expected = best(
            [(c.place.code, c.place.group, c.surplus) for c in cells if c.surplus],
            [(c.place.code, c.place.group, c.short) for c in cells if c.short],
            allowed,
            lambda a, b: km_in_metres(start.points[a], start.points[b]),
            cost=lambda have, need: costs.get((have, need), 0),
        )
        paid = sum(
            move.people * costs.get((move.origin.group, move.target.group), 0)
            for move in stage.moves
            if move.origin and move.target
        )
        far = sum(move.people * (move.metres or 0) for move in stage.moves)
        assert (stage.people, stage.after.worst, paid, far) == expected
        now = after(now, stage.moves, stage.kind)


@given(units=units, level=st.sampled_from(["middle", "high"]), limit=st.none() | st.integers(0, 6))
@settings(max_examples=40, deadline=None)
def test_a_target_fills_as_many_posts_as_can_be_and_as_many_below_the_norm(
    units: list[tuple[tuple[int, int, int], tuple[float, float]]], level: str, limit: int | None
) -> None:
    policy = POLICY if limit is None else limited(moves_per_unit=limit)
    start = situation([unit[0] for unit in units], [unit[1] for unit in units], [(5, 5), (3, 5), (2, 6)])
    target = {place: cell.high for place, cell in start.cells.items()}
    if level == "middle":
        target = {place: (cell.low + cell.high) // 2 for place, cell in start.cells.items()}
    start = replace(
        start, cells={place: replace(cell, target=target[place]) for place, cell in start.cells.items()}
    )
    made = plan(Given(start, policy, Distances("points", start.points), DAY))
    now = start
    for stage in made.stages[:2]:
        inside = stage.kind == "internal"
        cells = now.cells.values()
        over = [(c.place.code, c.place.group, c.staff - c.high) for c in cells if c.staff > c.high]
        most = None if inside else limit

        def allowed(a: tuple[str, str, int], b: tuple[str, str, int], inside: bool = inside) -> bool:
            return (a[0] == b[0]) is inside and (inside or a[1] == b[1])

        def filled(
            posts: dict[Place, int],
            over: list[tuple[str, str, int]] = over,
            allowed: Callable[[tuple[str, str, int], tuple[str, str, int]], bool] = allowed,
            most: int | None = most,
        ) -> tuple[int, int]:
            short = [(place.code, place.group, count) for place, count in posts.items() if count > 0]
            return best(over, short, allowed, lambda *_: 0, most, most)[:2]

        below = {c.place: c.low - c.staff for c in cells}
        assert stage.people == filled({c.place: c.target - c.staff for c in cells})[0]
        assert stage.before.short - stage.after.short == filled(below)[0]
        assert stage.after.worst == filled(below)[1]
        now = after(now, stage.moves, stage.kind)
