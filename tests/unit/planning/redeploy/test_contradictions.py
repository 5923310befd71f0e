"""What a plan's file says beside its moves, held line by line against what is so."""

from __future__ import annotations

from msgspec.structs import replace

from quota.core.moves import Cell, Made, Move, Place, Pool, Situation
from quota.core.plan_tables import PlanTable
from quota.core.problems import Problem, Severity
from quota.planning.redeploy.contradictions import contradictions, unlike_itself
from quota.planning.redeploy.distances import Distances

A, B, X = Place("A", "party"), Place("B", "party"), Place("Sở X", "party")
START = Situation(
    cells={A: Cell(A, 22, 17, 17, 20), B: Cell(B, 15, 17, 17, 20)},
    pools={X: Pool(X, 1, 2)},
    names={"A": "Xã An", "B": "Xã Bình"},
)
FAR = Distances("table", {}, {("A", "B"): 5_000})
MOVES = (Move(1, "transfer", A, B, 2, 5_000, row=2),)


def said(
    *moves: Move, made: tuple[Made, ...] = (), here: tuple[Made, ...] = (), **more: object
) -> list[Problem]:
    plan = replace(PlanTable(moves or MOVES, made=made), **more)  # type: ignore[arg-type]  # the keys of PlanTable
    return list(contradictions(plan, START, FAR, here))


def test_a_plan_that_says_what_is_so_is_not_doubted() -> None:
    assert said() == said(start=START) == []


def test_a_department_without_a_name_and_a_unit_that_is_one_are_refused() -> None:
    nameless = Move(-1, "over", None, None, 0, row=3, department=True)
    (unnamed, line) = said(*MOVES, nameless)
    assert (unnamed.code, unnamed.row) == ("wrong-home", 3)
    assert "no code of one" in str(unnamed.message)
    assert line.code == "wrong-line"
    (problem, *_) = said(*MOVES, Move(2, "secondment", X, B, 0, row=4))
    assert "Sở X is a department, not a unit" in str(problem.message)
    (problem, *_) = said(replace(MOVES[0], department=True))
    assert "A is a unit, not a department" in str(problem.message)


def test_metres_in_another_way_of_measuring_are_one_fault_and_not_one_a_row() -> None:
    wrong = replace(MOVES[0], metres=7_000)
    assert [problem.code for problem in said(wrong)] == ["wrong-metres"]
    measured, here = Made("distances", "points"), Made("distances", "table")
    assert [problem.code for problem in said(wrong, made=(measured,), here=(here,))] == ["made-otherwise"]


def test_metres_of_a_line_that_goes_nowhere_are_to_be_removed() -> None:
    (problem, *_) = said(*MOVES, Move(-1, "over", A, None, 0, 400, row=7))
    assert (problem.code, problem.row) == ("wrong-metres", 7)
    assert "though nobody goes anywhere" in str(problem.message)


def test_people_who_left_or_came_were_counted_by_a_report() -> None:
    line = Move(-1, "left", A, None, 2, row=5)
    told = said(line, start=START)
    assert "no report on the plan counted them" in str(told[-1].message)
    for counted in (replace(line, reported=2), replace(line, reported=3), replace(line, announced=2)):
        assert "wrong-line" not in {problem.code for problem in said(counted, start=START)}


def test_a_start_that_is_not_that_of_the_tables_is_said_place_by_place() -> None:
    other = replace(
        START, pools={X: Pool(X, 1, 3)}, names={"A": "Xã An", "B": "Xã Khác"}, substitutes={("a", "b"): 1}
    )
    found = said(start=other)
    assert [problem.code for problem in found] == ["another-start", "wrong-name", "another-start"]
    assert "other people of this department" in str(found[0].message)
    assert "B is Xã Bình, not Xã Khác" in str(found[1].message)
    assert "other substitutes" in str(found[2].message)


def test_cells_that_one_of_the_two_lacks_are_said() -> None:
    fewer = replace(START, cells={A: START.cells[A]})
    more = replace(START, cells={**START.cells, Place("C", "party"): START.cells[A]})
    changed = replace(START, cells={**START.cells, A: replace(START.cells[A], staff=23)})
    assert "not in the plan's start" in str(said(start=fewer)[0].message)
    assert "not in the tables" in str(said(start=more)[0].message)
    assert "starts from 23 people" in str(said(start=changed)[0].message)


def test_a_plan_whose_lines_do_not_fit_one_another_is_warned_of() -> None:
    plan = PlanTable(MOVES, start=START, named={2: ("Xã An", "Xã Bình")})
    assert list(unlike_itself(plan, START)) == []
    renamed = replace(plan, named={2: ("Xã An", "Xã Khác")})
    (problem,) = unlike_itself(renamed, START)
    assert (problem.code, problem.severity, problem.row) == ("unlike-itself", Severity.WARNING, 2)
    assert str(problem.message) == ("1 line of the plan does not fit its others: B is Xã Bình, not Xã Khác")
    deleted = replace(plan, moves=())
    (problem,) = unlike_itself(deleted, START)
    assert str(problem.message).startswith("2 lines of the plan do not fit its others; the first: A, Party: ")
    assert list(unlike_itself(replace(deleted, start=None), START)) == []
