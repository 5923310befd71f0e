"""What is done, what is stuck, and the plan from there on."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from quota.core.moves import Cell, Move, Place, Pool, Situation
from quota.core.plan_tables import Done, DoneTable, PlanTable
from quota.norms.applying import load_policy
from quota.planning.redeploy.distances import Distances
from quota.planning.redeploy.model import Solution, solve
from quota.planning.redeploy.progress import Progress, progress
from quota.planning.redeploy.replan import Replan, replan
from quota.planning.redeploy.tallying import Tally

DAY = date(2026, 2, 1)
POLICY = load_policy("redeployment-hai-phong-2025")
A, B, C, D = (Place(code, "party") for code in "ABCD")
X = Place("Sở X", "party")
MOVES = (
    Move(1, "transfer", A, B, 3, 5_000),
    Move(1, "transfer", A, C, 2, 9_000),
    Move(2, "secondment", X, C, 2, None, 6, department=True),
    Move(-1, "over", D, None, 4),
    Move(-1, "short", None, B, 1),
)
PLAN = PlanTable(MOVES, {code: code for code in "ABCD"})
FAR = Distances("table", {}, {("A", "B"): 5_000, ("A", "C"): 9_000, ("B", "D"): 7_000, ("C", "D"): 8_000})


def stands(*rows: Done, as_of: date = DAY) -> Progress:
    return progress(PLAN, DoneTable(rows), as_of, POLICY)


def again(found: Progress, far: Distances = FAR) -> Replan:
    return replan(found, POLICY, far)


def test_totals_are_those_of_the_plan_with_who_stays() -> None:
    found = stands(Done(A, B, 2), Done(X, C, 1))
    assert found.total == Tally(over=9, moved=2, short=8, filled=3)
    assert found.stages[1] == Tally(over=5, moved=2, short=5, filled=2)
    assert found.stages[2] == Tally(short=2, filled=1)
    assert found.units["C"] == Tally(short=4, filled=1)
    assert found.groups["party"] == found.total


def test_who_retires_has_moved_and_fills_nothing_who_is_recruited_fills_and_moves_nowhere() -> None:
    found = stands(Done(D, None, 1), Done(None, B, 1))
    assert (found.total.moved, found.total.filled) == (1, 1)
    assert again(found).short == 0


def test_days_after_the_day_are_not_counted_and_a_secondment_that_ended_fills_nothing() -> None:
    rows = (Done(A, B, 1, day=date(2026, 2, 2), row=2), Done(X, C, 2, day=date(2025, 8, 1), row=3))
    found = stands(*rows)
    assert (found.total.moved, found.total.filled) == (0, 0)
    assert [problem.code for problem in found.problems] == ["later", "ended"]
    assert stands(*rows, as_of=date(2026, 1, 31)).total.filled == 2  # its last day
    assert stands(rows[0], as_of=date(2026, 2, 2)).total.moved == 1


@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize(
    "rows",
    [
        (Done(X, C, 1, day=date(2026, 1, 10)), Done(X, C, 1, day=date(2026, 8, 10))),
        (Done(X, C, 1, day=date(2026, 8, 10), kind="transfer"), Done(X, C, 1, day=date(2026, 8, 10))),
        (
            Done(X, C, 1, day=date(2026, 8, 10), stage=1),
            Done(X, C, 1, day=date(2026, 8, 1), kind="secondment"),
        ),
    ],
)
def test_no_order_of_rows_puts_people_in_another_stage(rows: tuple[Done, ...], turned: bool) -> None:
    plan = PlanTable((Move(1, "transfer", X, C, 1, department=True), replace(MOVES[2], people=1)))
    table = DoneTable(tuple(reversed(rows)) if turned else rows)
    found = progress(plan, table, date(2026, 9, 1), POLICY)
    assert [(stage, tally.filled) for stage, tally in found.stages.items()] == [(1, 1), (2, 1)]
    assert not found.problems


def test_more_than_the_plan_has_is_counted_and_said_and_strangers_are_refused() -> None:
    found = stands(Done(A, B, 4))
    assert (found.total.moved, found.stages[1].moved) == (4, 4)  # the stage that could move them
    assert [problem.code for problem in found.problems] == ["more-than-planned"]
    assert stands(Done(Place("Z", "party"), B, 1)).problems[0].code == "not-in-plan"


def test_with_nothing_stuck_the_plan_goes_on_as_announced_and_uses_who_is_left() -> None:
    made = again(stands(Done(A, B, 1)))
    assert made.dropped == ()
    assert made.kept == 6
    assert [(move.origin, move.target, move.people) for move in made.new] == [(D, B, 1)]
    assert made.short == 0


def test_a_stuck_pair_is_closed_and_its_post_filled_from_elsewhere() -> None:
    made = again(stands(Done(A, B, 1, stuck=2, reason="skills")))
    assert [(m.origin, m.target, m.people) for m in made.dropped] == [(A, B, 2)]
    assert all((move.origin, move.target) != (A, B) for move in made.moves)
    assert made.short == 0


@pytest.mark.parametrize(
    "reason", ["release", "không cho đi", "Xã chưa đồng ý cho chuyển.", "UBND xã KHÔNG CHO ĐI"]
)
def test_people_whom_a_unit_does_not_release_are_not_planned_anywhere(reason: str) -> None:
    made = again(stands(Done(A, B, 0, stuck=3, reason=reason)))
    assert sum(move.people for move in made.moves if move.origin == A) == 2
    assert made.held == {A: 3}
    assert sum(move.people for move in made.moves if move.target == B) == 4


@pytest.mark.parametrize("reason", ["release", "skills", ""])
@given(data=st.data())
@settings(max_examples=25, deadline=None)
def test_what_is_done_stays_and_nobody_moves_twice(reason: str, data: st.DataObject) -> None:
    rows = []
    for move in MOVES[:3]:
        done = data.draw(st.integers(0, move.people))
        rows.append(
            Done(move.origin, move.target, done, data.draw(st.integers(0, move.people - done)), reason)
        )
    found = stands(*rows)
    made = again(found)
    for place in (A, B, C, D):
        over = sum(m.people for m in MOVES if m.origin == place)
        short = sum(m.people for m in MOVES if m.target == place)
        out = sum(r.people for r in rows if r.origin == place) + sum(
            m.people for m in made.moves if m.origin == place
        )
        into = sum(r.people for r in rows if r.target == place) + sum(
            m.people for m in made.moves if m.target == place
        )
        assert out <= over
        assert into <= short
    assert found.total.filled + sum(move.people for move in made.moves) + made.short == found.total.short


def test_who_moves_elsewhere_than_planned_leaves_a_post_empty_or_is_over_where_they_went() -> None:
    """B, three short of its plan, gives one away; D, four over, takes one in."""
    left = again(stands(Done(B, C, 1)), Distances("table", {}, {}))
    assert sum(move.people for move in left.moves if move.target == B) + left.end.cells[B].short == 5
    came = again(stands(Done(A, D, 1)))
    assert sum(move.people for move in came.moves if move.origin == D) + came.end.cells[D].surplus == 5
    assert sum(move.people for move in came.moves if move.origin == A) == 4
    for made in (left, came):
        assert made.short == sum(cell.short for cell in made.end.cells.values())


def test_a_plan_from_here_that_breaks_a_law_is_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    def solved(*given: Any) -> Solution:
        found = solve(*given)
        return replace(found, flows={pair: people + 1 for pair, people in found.flows.items()})

    monkeypatch.setattr("quota.planning.redeploy.replan.solve", solved)
    with pytest.raises(AssertionError, match="the plan breaks its own laws"):
        again(stands())


@pytest.mark.parametrize(
    ("row", "codes"),
    [
        (Done(X, B, 1), ["more-than-planned", "unstaged"]),
        (Done(X, B, 1, kind="transfer"), ["more-than-planned"]),
        (Done(A, B, 1, stage=9), ["more-than-planned", "no-such-stage"]),
        (Done(A, D, 1, kind="secondment"), ["more-than-planned", "wrong-stage"]),
        (Done(A, D, 1, stage=1, kind="internal"), ["more-than-planned", "wrong-stage"]),
        (Done(A, D, 1, stage=1, kind="transfer"), ["more-than-planned"]),
        (Done(A, D, 1, kind="move"), ["more-than-planned"]),
    ],
)
def test_people_beyond_the_plan_are_counted_by_what_their_row_says(row: Done, codes: list[str]) -> None:
    assert [problem.code for problem in stands(row).problems] == codes


def with_start(*moves: Move, staff: int = 22) -> PlanTable:
    """A plan that says its start: A over its norm of 17 to 20, B short of it, a department."""
    start = Situation(
        cells={A: Cell(A, staff, 17, 17, 20), B: Cell(B, 15, 17, 17, 20)},
        pools={X: Pool(X, 0, 2)},
        names={"A": "A", "B": "B"},
    )
    return PlanTable(moves, {"A": "A", "B": "B"}, start)


def test_more_who_left_than_were_there_are_refused_and_who_emptied_a_post_is_said() -> None:
    plan = with_start(Move(1, "transfer", A, B, 2))
    left = progress(plan, DoneTable((Done(A, None, 23),)), DAY, POLICY)
    assert [(problem.code, problem.severity.value) for problem in left.problems] == [
        ("more-left-than-there", "error"),
        ("more-left-than-over", "warning"),
    ]
    left = progress(plan, DoneTable((Done(A, None, 6),)), DAY, POLICY)
    assert [problem.code for problem in left.problems] == ["more-left-than-over"]
    assert progress(plan, DoneTable((Done(A, None, 5),)), DAY, POLICY).problems == ()


def test_who_goes_to_a_department_has_left_and_fills_no_post() -> None:
    found = stands(Done(A, X, 1), Done(X, X, 1))
    assert [problem.code for problem in found.problems] == ["to-department"] * 2
    assert (found.total.moved, found.total.filled) == (1, 0)
    assert [(stage, tally.filled) for stage, tally in found.stages.items() if tally.filled] == []


def test_a_post_that_a_later_stage_was_to_fill_and_that_is_full_already_is_left_alone() -> None:
    """Somebody unplanned came to B: the department's two people are not announced there any more."""
    plan = with_start(Move(2, "secondment", X, B, 2, months=6, department=True), staff=20)
    found = progress(plan, DoneTable((Done(None, B, 2),)), DAY, POLICY)
    made = replan(found, POLICY, FAR)
    assert (made.moves, made.short) == ((), 0)
    assert [(move.origin, move.people) for move in made.dropped] == [(X, 2)]
