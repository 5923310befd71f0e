"""The most that a stage could fill is the same through gates as over every move."""

from __future__ import annotations

from random import Random

import pytest
from msgspec.structs import replace
from ortools.graph.python import max_flow

from quota.core.moves import ANY, Cell, Place, Pool, Situation
from quota.norms.policy import StageKind
from quota.planning.redeploy import filling
from quota.planning.redeploy.distances import Distances
from quota.planning.redeploy.filling import most_filled
from quota.planning.redeploy.network import Network
from quota.planning.redeploy.task import StageLaws, task_of

GROUPS = ("government", "party", "front")
FREE = StageLaws(StageKind.TRANSFER, ("units", "departments"), {})


def country(random: Random) -> Situation:
    """Units over and short in three provinces and in none, and departments of one province and of none."""
    cells, provinces = {}, {}
    for number in range(random.randint(1, 25)):
        code = f"{number:02}"
        if area := random.choice(["", "A", "B", "C"]):
            provinces[code] = area
        for group in GROUPS:
            norm = random.randint(1, 6)
            place = Place(code, group)
            target = random.choice([norm, norm + 1])
            cells[place] = Cell(place, max(norm + random.randint(-3, 3), 0), norm, target, norm + 1)
    names = {place.code: place.code for place in cells}
    pools = {}
    for code in ("department A", "department"):
        place = Place(code, random.choice([*GROUPS, ANY]))
        pools[place] = Pool(place, random.randint(0, 4), random.randint(0, 4))
    provinces["department A"] = "A"
    return Situation(cells, pools, names, provinces=provinces)


def laws_of(random: Random, start: Situation) -> StageLaws:
    codes = [*start.names, "department A", "department"]
    limits = [None, None, 1, 2, 5]
    pairs = {("party", "front"): 0, ("government", "party"): 2}
    return StageLaws(
        random.choice([StageKind.TRANSFER, StageKind.SECONDMENT]),
        random.choice([("units",), ("units", "departments"), ("departments",)]),
        random.choice([{}, {}, pairs]),
        leaving=random.choice(limits),
        per_unit=random.choice(limits),
        no_release=frozenset(random.sample(codes, 1)),
        no_receive=frozenset(random.sample(codes, 1)),
        within=random.random() < 0.7,
        may_cross=frozenset(random.sample(codes, random.randint(0, 2))),
        left={random.choice(codes): 1},
    )


@pytest.mark.parametrize("seed", range(150))
def test_through_gates_as_over_every_move(seed: int) -> None:
    random = Random(seed)
    start = country(random)
    laws, nowhere = laws_of(random, start), Distances("points")
    every = Network(task_of(start, laws, nowhere)).most(target=True)[0]
    assert most_filled(start, laws, nowhere) == every


def test_moves_are_looked_at_where_km_count(monkeypatch: pytest.MonkeyPatch) -> None:
    near, far = Place("1", "party"), Place("2", "party")
    over = Place("3", "party")
    cells = {
        over: Cell(over, 9, 5, 5, 5),
        near: Cell(near, 3, 5, 5, 5),
        far: Cell(far, 3, 5, 5, 5),
    }
    points = {"3": (105.0, 20.0), "1": (105.1, 20.0), "2": (107.0, 20.0)}
    start = Situation(cells, {}, {place.code: place.code for place in cells}, points=points)
    distances = Distances("points", points)
    assert most_filled(start, FREE, distances) == 4
    monkeypatch.setattr(filling, "_through_gates", None)
    assert most_filled(start, replace(FREE, km=50), distances) == 2


def test_nobody_to_move_fills_nothing() -> None:
    place = Place("1", "party")
    short = Situation({place: Cell(place, 3, 5, 5, 5)}, {}, {"1": "1"})
    over = Situation({place: Cell(place, 7, 5, 5, 5)}, {}, {"1": "1"})
    assert [most_filled(start, FREE, Distances("points")) for start in (short, over)] == [0, 0]


def test_a_solver_that_gives_up_fills_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(max_flow.SimpleMaxFlow, "solve", lambda *_: max_flow.SimpleMaxFlow.BAD_RESULT)
    with pytest.raises(AssertionError, match="a largest flow always exists"):
        most_filled(country(Random(0)), FREE, Distances("points"))
