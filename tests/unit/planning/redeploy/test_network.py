"""A plan sought among near moves first is as good as one sought among all, with the same proofs."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest
from msgspec.structs import replace

from quota.core.moves import Cell, Place, Plan, Situation
from quota.norms.policy import CountLimit
from quota.planning.redeploy import near, network
from quota.planning.redeploy.distances import Distances
from quota.planning.redeploy.model import solve
from quota.planning.redeploy.stages import Given, plan
from quota.planning.redeploy.task import laws_of, task_of
from tests.unit.planning.redeploy.test_optimum import DAY, GROUPS, POLICY, limited

FREE = replace(POLICY, within=None)


def country(seed: int, units: int = 60, target: int = 0) -> Situation:
    """Units over in the south and short in the north, so that near moves are not enough; two nowhere."""
    random = Random(seed)
    cells, points = {}, {}
    for number in range(units):
        code = f"{number:05}"
        if number > 1:
            points[code] = (105 + random.random(), 10 + 12 * number / units)
        for group in GROUPS:
            norm = random.randint(3, 6)
            gap = random.randint(-3, 1) if number > units // 2 else random.randint(-1, 3)
            place = Place(code, group)
            cells[place] = Cell(place, norm + gap, norm, norm + target, norm + target)
    names = {place.code: place.code for place in cells}
    return Situation(dict(sorted(cells.items())), {}, names, points=points)


def given_of(start: Situation, **most: int) -> Given:
    policy = replace(limited(**most), within=None) if most else FREE
    return Given(start, policy, Distances("points", start.points), DAY)


def figures(made: Plan) -> list[object]:
    return [
        (stage.people, stage.before, stage.after, stage.certificates, stage.stoppers) for stage in made.stages
    ]


@pytest.mark.parametrize("nearest", [1, 3])
@pytest.mark.parametrize("most", [{}, {"moves_per_unit": 3}, {"km": 400}], ids=["free", "per-unit", "km"])
@pytest.mark.parametrize("seed", range(3))
def test_near_moves_first_give_what_all_moves_give(
    monkeypatch: pytest.MonkeyPatch, nearest: int, most: dict[str, int], seed: int
) -> None:
    given = given_of(country(seed, target=seed % 2), **most)
    whole = plan(given)
    monkeypatch.setattr(network, "FEW", 0)
    monkeypatch.setattr(network, "NEAREST", nearest)
    monkeypatch.setattr(network, "AT_ONCE", 100)
    monkeypatch.setattr(near, "AT_ONCE", 100)
    assert figures(plan(given)) == figures(whole)


def test_moves_that_were_announced_are_kept_wherever_they_lead(monkeypatch: pytest.MonkeyPatch) -> None:
    start = country(5)
    laws = laws_of(FREE, FREE.stages[1], start, DAY, {})
    task = task_of(start, laws, Distances("points", start.points))
    farthest = np.argsort(task.metres)[-5:]
    kept = {(task.supplies[task.tails[n]][0], task.demands[task.heads[n]][0]): 1 for n in farthest.tolist()}
    order = ("shortfall", "people", "distance")
    whole = solve(task, order, kept)
    monkeypatch.setattr(network, "FEW", 0)
    monkeypatch.setattr(network, "NEAREST", 1)
    near = solve(task, order, kept)
    assert near.certificates == whole.certificates
    assert all(certificate.proven for certificate in near.certificates)


def test_few_moves_are_taken_in_as_the_cut_and_the_prices_ask_for_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    start = country(7)
    task = task_of(start, laws_of(FREE, FREE.stages[1], start, DAY, {}), Distances("points", start.points))
    assert network.Network(task).taken.all()
    monkeypatch.setattr(network, "FEW", 0)
    monkeypatch.setattr(network, "NEAREST", 1)
    net = network.Network(task)
    before = int(net.taken.sum())
    flow, cut = net.most(target=False)
    assert flow == cut == network.Network(replace(task)).most(target=False)[0]
    assert before <= int(net.taken.sum()) < len(net.taken)


def test_a_limit_of_one_of_the_units_is_held_among_near_moves_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(network, "FEW", 0)
    given = given_of(country(2), people_leaving_unit=2)
    assert given.policy.limits.people_leaving_unit == CountLimit(most=2, source="quota")
    left: dict[str, int] = {}
    for move in plan(given).moves:
        if move.kind != "internal" and move.origin:
            left[move.origin.code] = left.get(move.origin.code, 0) + move.people
    assert max(left.values()) == 2


@pytest.mark.parametrize("at_once", [1, 7, 1000])
@pytest.mark.parametrize("each", [1, 3])
def test_the_nearest_moves_are_those_that_sorting_all_gives(
    monkeypatch: pytest.MonkeyPatch, at_once: int, each: int
) -> None:
    random = Random(each)
    places = [random.randrange(5) for _ in range(60)]
    metres = [random.choice([-1, 3, 5, 5, 9]) for _ in places]
    far = [10 if way == -1 else way for way in metres]
    expected = [
        number
        for place in range(6)
        for number in sorted((n for n in range(60) if places[n] == place), key=lambda n: (far[n], n))[:each]
    ]
    monkeypatch.setattr(near, "AT_ONCE", at_once)
    found = near.nearest(np.array(places, dtype=np.int32), 6, np.array(metres, dtype=np.int32), 10, each)
    assert found.tolist() == expected
