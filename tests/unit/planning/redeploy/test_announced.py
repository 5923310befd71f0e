"""What a plan's file announces, and who was where by a file that does not say it."""

from __future__ import annotations

from quota.core.moves import Move, Place, Pool
from quota.core.plan_tables import Done, PlanTable
from quota.norms.applying import load_policy
from quota.planning.redeploy.announced import stage_for, start_of

POLICY = load_policy("redeployment-hai-phong-2025")
A, B, X = Place("A", "party"), Place("B", "party"), Place("Sở X", "party")


def test_people_beyond_the_plan_count_in_the_first_stage_that_could_move_them() -> None:
    kinds = [stage.kind for stage in POLICY.stages]
    assert kinds == ["internal", "transfer", "secondment"]
    assert stage_for(POLICY, Done(A, Place("A", "front"), 1), lent=False) == 0
    assert stage_for(POLICY, Done(A, B, 1), lent=False) == 1
    assert stage_for(POLICY, Done(X, B, 1, kind="secondment"), lent=True) == 2
    assert stage_for(POLICY, Done(A, B, 1, stage=2), lent=False) == 2
    assert stage_for(POLICY, Done(A, B, 1, kind="secondment"), lent=False) == -1


def test_a_departments_line_that_names_no_department_takes_nobody_from_one() -> None:
    moves = (
        Move(2, "secondment", X, B, 2, months=6, department=True),
        Move(1, "transfer", None, B, 1, department=True),
    )
    start = start_of(PlanTable(moves))
    assert start.pools == {X: Pool(X, 0, 2)}
    assert {place: cell.short for place, cell in start.cells.items()} == {B: 3}
