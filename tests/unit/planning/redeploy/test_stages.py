"""What is said of a plan that cannot be made, and that a wrong one is never shown."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace
from ortools.graph.python import max_flow, min_cost_flow

from quota import audit, load_frame, read_staff, read_units
from quota.core.blocs import UNKNOWN_STAFF, Staff
from quota.core.moves import Cell, Place, Pool, Situation, StageCertificate
from quota.core.posts import Gap
from quota.core.problems import InputError
from quota.core.units import Unit, UnitTable, UnitType
from quota.norms.applying import load_policy
from quota.norms.policy import Border, Policy
from quota.planning.redeploy.distances import Distances
from quota.planning.redeploy.model import Solution, solve
from quota.planning.redeploy.situations import situation_of
from quota.planning.redeploy.stages import Given, plan, refuse_empty
from tests.blocs import three

DAY = date(2026, 11, 22)
POLICY = load_policy("redeployment-hai-phong-2025")
OVER, SHORT = Place("A", "party"), Place("B", "party")
START = Situation(
    cells={OVER: Cell(OVER, 23, 17, 17, 20), SHORT: Cell(SHORT, 15, 17, 17, 20)},
    pools={},
    names={"A": "Xã A", "B": "Xã B"},
    points={"A": (105.0, 21.0), "B": (105.1, 21.0)},
)
GIVEN = Given(START, POLICY, Distances("points", START.points), DAY)


def refusal(given: Given) -> tuple[str, str, str]:
    with pytest.raises(InputError) as refused:
        plan(given)
    (problem,) = refused.value.problems
    return problem.code, str(problem.message), str(problem.fix)


def test_a_policy_is_for_its_own_days() -> None:
    assert plan(replace(GIVEN, as_of=date(2025, 7, 1))).moves
    assert refusal(replace(GIVEN, as_of=date(2025, 6, 30))) == (
        "not-in-force",
        "redeployment-hai-phong-2025 is not in force on 2025-06-30",
        "give another day (--as-of) or policy (--policy)",
    )


def test_a_code_means_a_unit_or_a_department_and_not_both() -> None:
    pool = Pool(Place("A", "party"), 1, 1)
    given = replace(GIVEN, start=replace(START, pools={pool.place: pool}))
    assert refusal(given) == ("two-meanings", "A is both a unit and a department", "rename one")


def test_who_may_cross_a_border_is_there() -> None:
    def crossing(*codes: str) -> Policy:
        return replace(POLICY, within=Border(area="province", may_cross=codes, source="quota"))

    pool = Pool(Place("Sở X", "party"), 0, 0)
    given = replace(GIVEN, start=replace(START, pools={pool.place: pool}))
    assert plan(replace(given, policy=crossing("A", "Sở X"))).moves
    assert refusal(replace(given, policy=crossing("A", "Sở Y"))) == (
        "unknown-unit",
        "within.may_cross: no unit or department is called Sở Y",
        "correct the code",
    )


def test_a_unit_without_a_point_is_named_and_its_distances_are_unknown() -> None:
    points = {"A": START.points["A"]}
    made = plan(replace(GIVEN, start=replace(START, points=points), distances=Distances("points", points)))
    (problem,) = made.problems
    assert (problem.code, str(problem.fix)) == ("no-point", "give lon and lat for B")
    assert str(problem.message) == (
        "1 unit has no point (lon, lat): its distances are unknown, longer than any known"
    )
    assert [(move.people, move.metres) for move in made.moves] == [(2, None)]


def test_there_is_nothing_to_plan_where_nobody_is_known() -> None:
    refuse_empty(START)
    with pytest.raises(InputError, match="no unit has both posts and people: there is nothing to plan"):
        refuse_empty(replace(START, cells={}))


def test_a_unit_of_unknown_residents_takes_no_part_and_is_said() -> None:
    units = read_units("hai-phong")
    first, *rest = units.units
    blank = replace(units, units=(replace(first, population=None), *rest))
    report = audit(blank, load_frame(), read_staff("hai-phong-staff-sample"), as_of=DAY)
    start = situation_of(report, POLICY)
    assert {place.code for place in start.cells} == {unit.code for unit in rest}
    (left_out,) = [problem for problem in start.problems if problem.code == "takes-no-part"]
    assert str(left_out.message).startswith("1 unit has a bloc whose posts or people are unknown")
    assert str(left_out.fix) == f"fill in residents and staff of {first.code}"


def test_what_the_policy_does_not_weigh_is_not_certified() -> None:
    def criteria(*order: str) -> list[str]:
        objective = replace(POLICY.objective, order=order)
        policy = replace(POLICY, objective=objective)
        return [
            certificate.criterion
            for certificate in plan(replace(GIVEN, policy=policy)).stages[1].certificates
        ]

    assert criteria("shortfall") == ["shortfall"]
    assert criteria("shortfall", "distance") == ["shortfall", "distance"]
    assert criteria("shortfall", "worst", "people") == ["shortfall", "worst", "people"]


def test_costs_that_cannot_be_weighed_exactly_are_refused() -> None:
    other = Place("B", "finance")
    cells = {OVER: START.cells[OVER], other: Cell(other, 0, 2, 2, 2)}
    start = replace(START, cells=cells, by_position=True)

    def costing(cost: int) -> Given:
        return replace(GIVEN, start=replace(start, substitutes={("party", "finance"): cost}))

    assert [move.people for move in plan(costing(1_000_000)).moves] == [2]
    assert refusal(costing(10**15)) == (
        "too-large",
        "costs and distances are too large to be weighed exactly against each other",
        "write smaller costs, or leave cost or distance out of the policy's objective",
    )


Wrong = Callable[[Solution], Solution]


def one_more(found: Solution) -> Solution:
    return replace(found, flows={pair: people + 1 for pair, people in found.flows.items()})


def unproven(found: Solution) -> Solution:
    return replace(found, certificates=(*found.certificates, StageCertificate("distance", 9, 8, "prices")))


@pytest.mark.parametrize(
    ("wrong", "said"),
    [(one_more, "breaks its own laws: B, Party is filled beyond its target"), (unproven, "proves nothing")],
)
def test_a_solution_that_breaks_a_law_or_proves_nothing_is_no_plan(
    monkeypatch: pytest.MonkeyPatch, wrong: Wrong, said: str
) -> None:
    def solved(*given: Any) -> Solution:
        return wrong(solve(*given))

    monkeypatch.setattr("quota.planning.redeploy.stages.solve", solved)
    with pytest.raises(AssertionError, match=said):
        plan(GIVEN)


@pytest.mark.parametrize(
    ("solver", "said"),
    [
        (max_flow.SimpleMaxFlow, "a largest flow always exists"),
        (min_cost_flow.SimpleMinCostFlow, "a cheapest flow always exists"),
    ],
)
def test_a_solver_that_gives_up_gives_no_plan(
    monkeypatch: pytest.MonkeyPatch, solver: Any, said: str
) -> None:
    monkeypatch.setattr(solver, "solve", lambda *_: solver.BAD_RESULT)
    with pytest.raises(AssertionError, match=said):
        plan(GIVEN)


def assigned_to(*posts: Staff, staff: Staff | None = None) -> Situation:
    """Communes with these assigned posts and people, as a plan to what was assigned starts from them."""
    people = three(33, 17, 9) if staff is None else staff
    units = tuple(
        Unit(
            str(place),
            f"Xã {place}",
            UnitType.COMMUNE,
            18_000,
            staff=people,
            assigned=given,
        )
        for place, given in enumerate(posts)
    )
    return situation_of(audit(UnitTable(units), load_frame(), as_of=DAY), POLICY, by_assigned=True)


def test_units_are_filled_to_what_was_assigned_and_to_no_norm() -> None:
    start = assigned_to(three(30, None, 9), UNKNOWN_STAFF, three(36, 17, 8))
    assert start.by_assigned
    assert str(start.aim) == "assigned posts"
    assert {(place.code, place.group): cell for place, cell in start.cells.items()} == {
        (code, group): Cell(Place(code, group), people, posts, posts, posts)
        for code, group, people, posts in (
            ("0", "government", 33, 30),
            ("0", "front", 9, 9),
            ("2", "government", 33, 36),
            ("2", "party", 17, 17),
            ("2", "front", 9, 8),
        )
    }
    (left_out,) = [problem for problem in start.problems if problem.code == "takes-no-part"]
    assert str(left_out.fix) == "fill in assigned posts and staff of 0, 1"
    made = plan(replace(GIVEN, start=start, norms=load_frame().norms()))
    moved = {(move.origin, move.target, move.people) for stage in made.stages for move in stage.moves}
    assert moved == {
        (Place("2", "front"), Place("2", "government"), 1),
        (Place("0", "government"), Place("2", "government"), 2),
    }
    totals = made.stages[-1].audit_after
    assert totals is not None
    assert totals.assignment is not None
    assert totals.assignment.vacancy["government"] == Gap(0, 1)


def test_people_whose_posts_nobody_assigned_take_no_part_and_without_any_there_is_no_plan() -> None:
    start = assigned_to(three(30, 17, 9), staff=three(None, 17, 9))
    assert {place.group for place in start.cells} == {"party", "front"}
    with pytest.raises(InputError, match="no table says which posts were assigned"):
        assigned_to(UNKNOWN_STAFF)
