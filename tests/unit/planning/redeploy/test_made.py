"""What a plan's file says that it was made from, held against what a command is given."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from msgspec.structs import replace

from quota.core.moves import Cell, Made, Move, Place, Situation
from quota.core.plan_tables import PairTable, PlanTable
from quota.norms.applying import load_policy
from quota.planning.redeploy.announced import start_of
from quota.planning.redeploy.made import (
    against_exchanges,
    against_policy,
    made_otherwise,
    not_this_policy,
    start_for,
)

POLICY = load_policy("redeployment-hai-phong-2025")
A, B = Place("A", "party"), Place("B", "party")
LAND, LAW = Place("A", "land"), Place("B", "law")


def table(*moves: Move, **more: object) -> PlanTable:
    return replace(PlanTable(moves), **more)  # type: ignore[arg-type]  # the keys of PlanTable


@pytest.mark.parametrize(
    ("mine", "said", "fix"),
    [
        ((), "was made with frame toy", "--rules toy"),
        ((Made("rules", "toy", "2"),), "another version of frame toy", "--rules toy"),
        ((Made("rules", "real"),), "with frame toy, not real", "--rules toy"),
    ],
)
def test_another_frame_is_said_with_the_option_that_mends_it(
    mine: tuple[Made, ...], said: str, fix: str
) -> None:
    (problem,) = made_otherwise(table(made=(Made("rules", "toy", "1"),)), mine)
    assert said in str(problem.message)
    assert fix in str(problem.fix)


def test_other_distances_are_said() -> None:
    (problem,) = made_otherwise(table(made=(Made("distances", "table"),)), (Made("distances", "points"),))
    assert "same options" in str(problem.fix)


@pytest.mark.parametrize(("mine", "theirs"), [("position", "bloc"), ("bloc", "position")])
def test_moves_by_bloc_are_none_by_position(mine: str, theirs: str) -> None:
    (problem,) = made_otherwise(table(made=(Made("by", theirs),)), (Made("by", mine),))
    assert str(problem.message) == f"the plan was made with moves by {theirs}, not {mine}"


def test_a_stage_that_the_policy_has_not_is_said_at_its_row() -> None:
    last = len(POLICY.stages)
    moves = [
        Move(
            number,
            POLICY.stages[min(number, last - 1)].kind.value,
            A,
            B,
            1,
            row=number + 2,
            months=POLICY.stages[min(number, last - 1)].months,
        )
        for number in (last - 1, last)
    ]
    (problem,) = against_policy(table(*moves), POLICY)
    assert f"a stage {last + 1}, the policy only {last}" in str(problem.message)
    assert problem.row == last + 2


@pytest.mark.parametrize("by_position", [False, True])
def test_the_first_move_between_groups_that_may_not_is_said(by_position: bool) -> None:
    front = Place("B", "front")
    good = [Move(1, "transfer", A, B, 1), Move(-1, "over", A, None, 1), Move(9, "transfer", A, front, 1)]
    bad = Move(1, "transfer", A, front, 1, row=7)
    good.append(replace(bad, reported=1))  # they went so, as a report says
    start = Situation({}, {}, {}, by_position=by_position)
    (problem,) = against_exchanges(table(*good, bad, replace(bad, row=8)), POLICY, start)
    assert problem.row == 7
    assert ("--substitutes" if by_position else "--policy") in str(problem.fix)
    assert not list(against_exchanges(table(*good), POLICY, start))
    assert not_this_policy(table(bad), POLICY, start) == (problem,)


def situation(substitutes: Mapping[tuple[str, str], int]) -> Situation:
    cells = {LAND: Cell(LAND, 0, 1, 1, 1), LAW: Cell(LAW, 2, 1, 1, 1)}
    return Situation(cells, {}, {"A": "A", "B": "B"}, by_position=True, substitutes=substitutes)


def test_a_plans_own_substitutes_hold_and_others_are_refused() -> None:
    plan = table(start=situation({("law", "land"): 1}))
    given = PairTable({("LAW", "land"): 1})
    start, problems = start_for(plan, given)
    assert (dict(start.substitutes), problems) == ({("law", "land"): 1}, ())
    assert start_for(plan, None) == (plan.start, ())
    start, problems = start_for(plan, PairTable({("land", "law"): 1}))
    assert dict(start.substitutes) == {("law", "land"): 1}
    assert [problem.code for problem in problems] == ["made-otherwise"]


def test_a_plan_that_does_not_say_its_substitutes_takes_those_given() -> None:
    plan = table(Move(0, "transfer", LAW, LAND, 1))
    start, problems = start_for(plan, PairTable({("law", "land"): 2}))
    assert start == replace(start_of(plan), substitutes={("law", "land"): 2})
    assert problems == ()


def test_a_plan_by_assigned_posts_is_held_against_the_target() -> None:
    ours, assigned = Made("target", POLICY.target.level), Made("target", "assigned")
    start = Situation({}, {}, {})
    (problem,) = made_otherwise(table(made=(assigned,)), (ours,))
    assert "with target assigned, not" in str(problem.message)
    assert "--target assigned" in str(problem.fix)
    (problem,) = made_otherwise(table(made=(ours,)), (assigned,))
    assert "same options" in str(problem.fix)
    for fact, by_assigned in ((ours, False), (assigned, True)):
        plan = table(made=(fact,), start=start)
        assert start_of(plan).by_assigned is by_assigned
        assert not_this_policy(plan, POLICY, start_of(plan)) == ()
        found, problems = start_for(table(made=(fact,), start=start), PairTable({}))
        assert (found.by_assigned, problems) == (by_assigned, ())
