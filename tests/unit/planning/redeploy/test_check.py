"""The plain check: every law can be broken, and the row that breaks it is named."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from quota.core.moves import Cell, Move, Place, Pool, Situation
from quota.core.plan_tables import PlanTable
from quota.norms.applying import load_policy
from quota.norms.policy import CountLimit, Keeping, Policy, UnitLimit
from quota.planning.redeploy.check import breaches, judge
from quota.planning.redeploy.distances import Distances

DAY = date(2026, 11, 22)
POLICY = load_policy("redeployment-hai-phong-2025")
OVER, SHORT, WITHIN = Place("A", "party"), Place("B", "party"), Place("C", "party")
DEPARTMENT = Place("Sở X", "party")
START = Situation(
    cells={
        OVER: Cell(OVER, 22, 17, 17, 20),
        Place("A", "front"): Cell(Place("A", "front"), 7, 8, 8, 10),
        SHORT: Cell(SHORT, 14, 17, 17, 20),
        Place("B", "front"): Cell(Place("B", "front"), 7, 8, 8, 10),
        WITHIN: Cell(WITHIN, 18, 17, 17, 20),
    },
    pools={DEPARTMENT: Pool(DEPARTMENT, 1, 2)},
    names={"A": "A", "B": "B", "C": "C"},
    points={"A": (105.0, 21.0), "B": (105.1, 21.0), "C": (105.2, 21.0)},
)


def move(stage: int, origin: Place | None, target: Place | None, people: int = 1, **more: object) -> Move:
    kind = ("internal", "transfer", "secondment")[min(stage, 2)]
    months = 6 if kind == "secondment" else None
    return replace(Move(stage, kind, origin, target, people, months=months, row=stage + 10), **more)  # type: ignore[arg-type]


def laws(*moves: Move, policy: Policy = POLICY) -> list[tuple[str, int | None]]:
    found = breaches(START, policy, Distances("points", START.points), DAY, moves)
    return [(breach.law, breach.move.row) for breach in found]


def limits(**chosen: object) -> Policy:
    return replace(POLICY, limits=replace(POLICY.limits, **chosen))


GOOD = (
    move(0, OVER, Place("A", "front")),
    move(1, OVER, SHORT),
    move(1, DEPARTMENT, SHORT),
    move(2, DEPARTMENT, SHORT),
)


def test_a_plan_within_the_laws_breaks_none() -> None:
    assert laws(*GOOD) == []


@pytest.mark.parametrize(
    ("law", "moves"),
    [
        ("below-norm", [move(1, WITHIN, SHORT, 2)]),
        ("more-than-surplus", [move(1, OVER, SHORT, 3)]),
        ("more-than-surplus", [move(1, WITHIN, SHORT)]),
        ("over-target", [move(1, OVER, SHORT, 2), move(1, DEPARTMENT, SHORT), move(2, DEPARTMENT, SHORT)]),
        ("not-there", [move(1, DEPARTMENT, SHORT, 2)]),
        ("not-there", [move(2, DEPARTMENT, SHORT, 3)]),
        ("no-exchange", [move(1, OVER, Place("B", "front"))]),
        ("wrong-stage", [move(0, OVER, SHORT)]),
        ("wrong-stage", [move(1, OVER, Place("A", "front"))]),
        ("wrong-stage", [move(1, OVER, SHORT, kind="secondment")]),
        ("wrong-origin", [move(2, OVER, SHORT)]),
        ("wrong-months", [move(2, DEPARTMENT, SHORT, months=12)]),
        ("wrong-months", [move(1, OVER, SHORT, months=6)]),
        ("nobody", [move(1, OVER, SHORT, 0)]),
        ("not-conserved", [move(1, None, SHORT)]),
        ("not-conserved", [move(1, OVER, None)]),
        ("unknown-place", [move(1, Place("Z", "party"), SHORT)]),
        ("unknown-place", [move(1, OVER, DEPARTMENT)]),
        ("no-such-stage", [move(3, OVER, SHORT)]),
    ],
)
def test_each_law_names_the_row_that_breaks_it(law: str, moves: list[Move]) -> None:
    found = laws(*moves)
    assert (law, moves[-1].row) in found


def test_nobody_moves_twice_in_a_stage() -> None:
    through = [move(1, OVER, SHORT, 1), move(1, SHORT, WITHIN, 1, row=99)]
    assert ("moved-twice", 99) in laws(*through)
    back = [move(1, OVER, SHORT, 1), move(1, DEPARTMENT, OVER, 1, row=99)]
    assert ("moved-twice", 99) in laws(*back)


@pytest.mark.parametrize(
    ("law", "policy", "kept"),
    [
        (
            "km-limit",
            limits(km=CountLimit(most=10, source="quota")),
            limits(km=CountLimit(most=11, source="quota")),
        ),
        ("no-release", limits(no_release=UnitLimit(units=("A",), source="quota")), limits()),
        ("no-receive", limits(no_receive=UnitLimit(units=("B",), source="quota")), limits()),
        (
            "leaving-limit",
            limits(people_leaving_unit=CountLimit(most=1, source="quota")),
            limits(people_leaving_unit=CountLimit(most=2, source="quota")),
        ),
        (
            "moves-limit",
            limits(moves_per_unit=CountLimit(most=1, source="quota")),
            limits(moves_per_unit=CountLimit(most=2, source="quota")),
        ),
        (
            "keep-surplus",
            replace(POLICY, keep_surplus_until=Keeping(date=DAY, source="quota")),
            replace(POLICY, keep_surplus_until=Keeping(date=date(2026, 11, 21), source="quota")),
        ),
    ],
)
def test_each_limit_holds_on_its_bound_and_breaks_beyond_it(law: str, policy: Policy, kept: Policy) -> None:
    two = move(1, OVER, SHORT, 2)  # 10.4 km
    assert law in [found for found, _ in laws(two, policy=policy)]
    assert laws(two, policy=kept) == []


def test_a_limit_on_distance_forbids_what_is_not_known_to_be_near() -> None:
    policy = limits(km=CountLimit(most=1000, source="quota"))
    assert laws(move(2, DEPARTMENT, SHORT), policy=policy) == [("km-limit", 12)]


def test_people_whom_a_report_counted_are_facts_and_only_the_rest_is_held_to_the_laws() -> None:
    """Three left A though it had two over: that is done. What is still to be done is judged from there."""
    done = move(1, OVER, SHORT, 3, reported=3, announced=2)
    rest = move(2, DEPARTMENT, SHORT, department=True)
    judged = judge(START, POLICY, Distances("points", START.points), DAY, PlanTable((done, rest)))
    broken = {problem.code for problem in judged.problems} - {"wrong-rest"}
    assert broken == {"over-target"}  # B has 17 of 17 once three came
    undone = replace(done, reported=0)
    judged = judge(START, POLICY, Distances("points", START.points), DAY, PlanTable((undone,)))
    assert "more-than-surplus" in {problem.code for problem in judged.problems}
