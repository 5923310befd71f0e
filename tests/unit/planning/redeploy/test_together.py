"""What all stages could fill together, against people placed one by one; never fewer than a plan fills."""

from __future__ import annotations

from datetime import date
from random import Random

import pytest
from msgspec.structs import replace

from quota.core.moves import Place, Situation
from quota.norms.applying import load_policy
from quota.norms.policy import (
    Border,
    CountLimit,
    Exchange,
    Keeping,
    Limits,
    Policy,
    StageKind,
    StageRule,
    UnitLimit,
)
from quota.planning.redeploy import together
from quota.planning.redeploy.distances import Distances
from quota.planning.redeploy.stages import Given, plan
from quota.planning.redeploy.together import most_together
from tests.unit.planning.redeploy.test_filling import country

pytest.importorskip("ortools")
DAY = date(2026, 11, 22)
SHIPPED = load_policy("redeployment-hai-phong-2025")
UNITS, BOTH = ("units",), ("units", "departments")


def policy_of(random: Random, codes: list[str]) -> Policy:
    some = [random.sample(codes, 1) for _ in range(3)]
    kinds = [random.choice(list(StageKind)) for _ in range(random.randint(1, 4))]
    pair = Exchange(
        ("government", "front"), tuple(random.choice([["internal"], ["internal", "transfer"]])), "quota"
    )  # type: ignore[arg-type]
    return replace(
        SHIPPED,
        stages=tuple(StageRule(kind, "quota", UNITS if kind == "internal" else BOTH) for kind in kinds),
        exchange=random.choice([(), (pair,), SHIPPED.exchange]),
        within=random.choice([None, Border("province", "quota", tuple(some[0]))]),
        keep_surplus_until=random.choice([None, None, Keeping(DAY, "quota")]),
        limits=Limits(
            no_release=random.choice([None, UnitLimit(tuple(some[1]), "quota")]),
            no_receive=random.choice([None, UnitLimit(tuple(some[2]), "quota")]),
        ),
    )


def placed_one_by_one(start: Situation, policy: Policy) -> int:
    """The most people who find a post, each trying every post and those there another one (Kuhn)."""
    people: list[tuple[Place, str]] = []
    for cell in start.cells.values():
        people += [(cell.place, "unit")] * max(cell.staff - cell.high, 0)
    for pool in start.pools.values():
        people += [(pool.place, "transfer")] * pool.transfer + [(pool.place, "secondment")] * pool.secondment
    posts = [cell.place for cell in start.cells.values() for _ in range(cell.target - cell.staff)]

    def may(person: tuple[Place, str], post: Place) -> bool:
        return any(_may(person, post, rule.kind, start, policy) for rule in policy.stages)

    holder: dict[int, int] = {}

    def seat(number: int, tried: set[int]) -> bool:
        for index, post in enumerate(posts):
            if index not in tried and may(people[number], post):
                tried.add(index)
                if index not in holder or seat(holder[index], tried):
                    holder[index] = number
                    return True
        return False

    return sum(seat(number, set()) for number in range(len(people)))


def _may(person: tuple[Place, str], post: Place, kind: StageKind, start: Situation, policy: Policy) -> bool:
    home, way = person
    if home.group not in (post.group, "") and (home.group, post.group) not in policy.exchanges(kind):
        return False
    if kind == "internal":
        return home.code == post.code
    limits = policy.limits
    closed = limits.no_release is not None and home.code in limits.no_release.units
    closed |= limits.no_receive is not None and post.code in limits.no_receive.units
    closed |= way == "unit" and policy.keeps_surplus(DAY)
    if home.code == post.code or closed or way not in ("unit", kind):
        return False
    if policy.within is None or not start.several_provinces:
        return True
    crossing = {home.code, post.code} & set(policy.within.may_cross)
    return bool(crossing) or start.provinces.get(home.code) == start.provinces.get(post.code)


@pytest.mark.parametrize("seed", range(60))
def test_together_is_what_people_placed_one_by_one_fill(seed: int) -> None:
    random = Random(seed)
    start = country(random)
    policy = policy_of(random, list(start.names))
    found = most_together(start, policy, DAY)
    inside = any(rule.kind == "internal" for rule in policy.stages)
    beyond = policy.exchanges(StageKind.TRANSFER) and any(rule.kind == "transfer" for rule in policy.stages)
    if found is None:
        assert beyond
        assert not inside
        return
    assert found == placed_one_by_one(start, policy)
    made = plan(Given(start, policy, Distances("points"), DAY))
    assert made.more_together == found - sum(move.people for move in made.moves)
    assert made.more_together >= 0


@pytest.mark.parametrize("limit", ["km", "moves_per_unit", "people_leaving_unit"])
def test_where_people_or_kilometres_are_limited_it_is_not_told(limit: str) -> None:
    policy = replace(SHIPPED, limits=Limits(**{limit: CountLimit(3, "quota")}))
    assert most_together(country(Random(1)), policy, DAY) is None


def test_nobody_fills_nothing_and_a_solver_that_gives_up_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    assert most_together(Situation({}, {}, {}), SHIPPED, DAY) == 0
    start = country(Random(1))
    assert most_together(start, SHIPPED, DAY)

    class GivesUp:
        OPTIMAL = 0

        def add_arc_with_capacity(self, *arc: int) -> None: ...

        def solve(self, *ends: int) -> int:
            return 1

    monkeypatch.setattr("ortools.graph.python.max_flow.SimpleMaxFlow", GivesUp)
    with pytest.raises(AssertionError, match="always exists"):
        together.most_together(start, SHIPPED, DAY)
