"""Planned moves and secondments on the way to the deadline, held against a recount day by day."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from random import Random

import pytest
from msgspec.structs import replace

from quota.core.blocs import BLOCS, Bloc
from quota.core.moves import Cell, Move, Place, Pool, Situation
from quota.core.plan_tables import PlanTable
from quota.core.positions import Leaver, LeaverTable, PersonTable
from quota.core.problems import InputError
from quota.core.secondments import Secondment, Workplace
from quota.core.units import InputFile, Unit, UnitType
from quota.norms.applying import load_policy
from quota.norms.loading import load_rules
from quota.norms.retirement import Retirement
from quota.planning.path.fewest import Post, fewest
from quota.planning.path.paths import Path
from quota.planning.path.stays import (
    Stay,
    days_of_change,
    lent_on,
    not_of_these_tables,
    of_plan,
    of_secondments,
    people_on,
)
from quota.planning.path.walking import walk
from quota.planning.redeploy.distances import Distances

pytest.importorskip("ortools.sat.python.cp_model")
RULE = load_rules("retirement-2021", Retirement)
POLICY = load_policy("redeployment-hai-phong-2025")
START, END = date(2026, 12, 1), date(2030, 7, 1)
A, B = Place("A", "government"), Place("B", "government")


def some_day(random: Random) -> date:
    return START + timedelta(days=random.randint(0, (END - START).days + 60))


def walked(random: Random) -> tuple[Situation, tuple[Leaver, ...], tuple[Stay, ...], Path]:
    """A small province with leavers, planned moves and people on loan; nobody goes who is not there."""
    cells, units = {}, []
    for number in range(random.randint(2, 5)):
        code = str(10001 + number)
        units.append(Unit(code, f"Xã {code}", UnitType.COMMUNE, 16_000))
        for bloc in BLOCS:
            low, place = random.randint(2, 8), Place(code, bloc)
            staff = max(low + random.randint(-3, 5), 0)
            cells[place] = Cell(place, staff, low, low, low + random.choice((0, 2)))
    start = Situation(cells, {}, {unit.code: unit.name for unit in units}, units=tuple(units))
    free = {place: cell.staff for place, cell in cells.items()}
    leavers, stays = [], list[Stay]()
    for place in cells:
        for _ in range(random.randint(0, min(free[place], 2))):
            leavers.append(Leaver(place.code, Bloc(place.group), some_day(random)))
            free[place] -= 1
    for _ in range(random.randint(0, 5)):
        origin, target = random.sample(sorted(cells), 2)
        people = random.randint(0, min(free[origin], 2))
        if people and random.random() < 0.4:
            stays += [Stay(START, target, people), Stay(START, origin, -people)]
        elif people:
            first, last = sorted((some_day(random), some_day(random)))
            stays += [
                Stay(first, target, people, last, on_loan=True),
                Stay(first, origin, -people, last),
            ]
        free[origin] -= people
    path = walk(
        *(start, POLICY, Distances("points"), RULE, PersonTable(()), LeaverTable(tuple(leavers))),
        as_of=START,
        deadline=END,
        stays=stays,
    )
    return start, tuple(leavers), tuple(stays), path


def counted(
    start: Situation, leavers: tuple[Leaver, ...], stays: tuple[Stay, ...], day: date
) -> Counter[Place]:
    """Who is where on a day if nobody else moves, counted one by one."""
    staff = Counter({place: cell.staff for place, cell in start.cells.items()})
    for leaver in leavers:
        if START <= leaver.last < day:
            staff[Place(leaver.code, leaver.bloc)] -= leaver.people
    for stay in stays:
        if stay.first <= day and not stay.last < day:
            staff[stay.place] += stay.people
    return staff


@pytest.mark.parametrize("seed", range(60))
def test_on_no_day_is_a_place_overfilled_or_emptied_by_a_step(seed: int) -> None:
    """Looked at on every day to the deadline: people who come back from a loan find their place as well."""
    start, leavers, stays, path = walked(Random(seed))
    points = {point.day: point for point in path.points}
    day = START
    while day <= END:
        alone = counted(start, leavers, stays, day)
        staff, came, went = Counter(alone), Counter[Place](), Counter[Place]()
        for step in path.steps:
            if step.day <= day:
                came[step.target] += step.people
                if step.origin is not None:
                    went[step.origin] += step.people
        for place, cell in start.cells.items():
            staff[place] += came[place] - went[place]
            assert not came[place] or staff[place] <= cell.high
            assert not went[place] or staff[place] >= cell.low
        point = points.get(day)
        if point is not None:
            for people, meeting in ((alone, point.meeting), (staff, point.meeting_with_steps)):
                outside = {
                    place.code
                    for place, cell in start.cells.items()
                    if not cell.low <= people[place] <= cell.high
                }
                assert meeting == len(start.names) - len(outside)
            assert point.short_with_steps == sum(max(c.low - staff[p], 0) for p, c in start.cells.items())
        day += timedelta(days=1)
    assert sum(step.people for step in path.steps) == path.best.fewest[0]
    for place, given in path.best.gives.items():
        lent = sum(
            stay.people
            for stay in stays
            if stay.on_loan and stay.first <= END <= stay.last and stay.place == place
        )
        assert given <= counted(start, leavers, stays, END)[place] - lent


@pytest.mark.parametrize("seed", range(25))
def test_a_unit_meets_its_norm_by_itself_from_the_day_on_that_is_said(seed: int) -> None:
    start, leavers, stays, path = walked(Random(seed))
    days = [START + timedelta(days=n) for n in range((END - START).days + 1)]
    since: dict[str, date | None] = dict.fromkeys(start.names)
    for day in days:
        staff = counted(start, leavers, stays, day)
        for code, first in since.items():
            own = [cell for place, cell in start.cells.items() if place.code == code]
            within = all(cell.low <= staff[cell.place] <= cell.high for cell in own)
            since[code] = (first or day) if within else None
    assert {fate.unit.code: fate.alone for fate in path.units} == since


def test_people_on_loan_are_not_sent_on() -> None:
    """Two of three over are on loan: one may go; where all are, nobody."""
    posts = [Post(A, 13, 10, 10, staying=12), Post(B, 8, 10, 10)]
    found = fewest(posts, frozenset(), recruiting=False)
    assert found.gives == {}  # one would not help anybody to the norm
    posts = [Post(A, 13, 10, 10, staying=12), Post(B, 9, 10, 10)]
    assert fewest(posts, frozenset(), recruiting=False).gives == {A: 1}
    party = Place("A", "party")
    posts = [Post(A, 11, 10, 10, staying=11), Post(party, 9, 10, 10)]
    assert fewest(posts, frozenset({("government", "party")}), recruiting=False).inside == {}
    posts = [Post(A, 11, 10, 10, staying=10), Post(party, 9, 10, 10)]
    assert fewest(posts, frozenset({("government", "party")}), recruiting=False).inside == {
        ("A", "government", "party"): 1
    }


def move(origin: Place | None, target: Place | None, people: int = 2, **more: object) -> Move:
    return replace(Move(0, "transfer", origin, target, people), **more)


def test_a_plans_moves_are_for_good_and_its_secondments_for_their_months() -> None:
    pool = Place("Sở Nội vụ", "")
    moves = (
        move(A, B),
        move(pool, A, 1, department=True),
        move(pool, B, 3, department=True, months=6),
        move(B, None, stage=-1, kind="over"),
        move(None, A, stage=-1, kind="short"),
        move(A, None, 4, stage=-1, kind="left"),
        move(None, B, 5, stage=-1, kind="came"),
    )
    last = date(2027, 5, 31)
    assert list(of_plan(PlanTable(moves), START)) == [
        *(Stay(START, B, 2), Stay(START, A, -2), Stay(START, A, 1)),
        Stay(START, B, 3, last, on_loan=True),
        Stay(START, A, -4),
        Stay(START, B, 5),
    ]


def test_secondments_count_at_the_host_while_they_run() -> None:
    unit, other, department = Workplace("A", "Xã A"), Workplace("B", "Xã B"), Workplace(None, "Sở Nội vụ")
    day = timedelta(days=1)

    def loan(home: Workplace, host: Workplace, start: date, end: date) -> Secondment:
        return Secondment("1", home, host, None, start, end, 2)

    ledger = [
        loan(unit, other, START - day, START),
        loan(department, unit, START + day, START + 2 * day),
        loan(unit, department, START, START),
        loan(unit, other, START - 2 * day, START - day),  # over
    ]
    stays = list(of_secondments(ledger, START))
    assert stays == [
        Stay(START, B, 2, START, on_loan=True),
        Stay(START, A, -2, START),
        Stay(START + day, A, 2, START + 2 * day, on_loan=True),
        Stay(START, A, -2, START),
    ]
    cells = {place: Cell(place, 10, 10, 10, 10) for place in (A, B)}
    assert people_on(cells, (), stays, START) == {A: 6, B: 12}
    assert people_on(cells, (), stays, START + day) == {A: 12, B: 10}
    assert lent_on(stays, START) == {B: 2}
    assert days_of_change((), stays, START, START + 9 * day) == [
        *(START, START + day, START + 3 * day, START + 9 * day),
    ]


def test_more_who_go_than_are_there_are_refused() -> None:
    start = Situation({A: Cell(A, 2, 2, 2, 2), B: Cell(B, 2, 2, 2, 2)}, {}, {"A": "Xã A", "B": "Xã B"})
    words = (start, POLICY, Distances("points"), RULE, PersonTable(()), LeaverTable(()))
    stays = [Stay(START, A, -3), Stay(START, B, 3)]
    with pytest.raises(InputError) as caught:
        walk(*words, as_of=START, deadline=END, blocs=1, stays=stays)
    (problem,) = caught.value.problems
    assert (problem.code, problem.value) == ("more-than-there", "A")
    assert "on 2026-12-01 1 people more have gone than were there" in str(problem.message)
    assert walk(*words, as_of=START, deadline=END, blocs=1, stays=[Stay(START, A, -2)]).stays


def test_a_plan_of_other_people_than_are_there_is_refused_at_its_row() -> None:
    cells = {A: Cell(A, 12, 10, 10, 10)}
    file = (InputFile("plan.csv", "0", 1),)
    table = PlanTable((move(A, B, row=2), move(A, None, stage=-1, row=3)), sources=file)
    (problem,) = not_of_these_tables(table, cells)
    assert (problem.file, problem.row) == ("plan.csv", 2)
    assert "B, Government: in the plan, not in the tables" in str(problem.message)
    both = {**cells, B: Cell(B, 9, 10, 10, 10)}
    assert list(not_of_these_tables(PlanTable(table.moves), both)) == []
    table = replace(table, start=Situation({**both, A: Cell(A, 13, 10, 10, 10)}, {}, {}))
    (problem,) = not_of_these_tables(table, both)
    assert "the plan starts from 13 people, the tables have 12" in str(problem.message)
    pool = replace(table, moves=(move(Place("Sở", ""), B, department=True),))
    assert list(not_of_these_tables(pool, both)) == []
    left = replace(table, moves=(move(A, None, stage=-1, kind="left", row=4),))
    (problem,) = not_of_these_tables(left, both)
    assert problem.row == 4
    at_home = Place("Sở", "")
    start = Situation(both, {at_home: Pool(at_home, 1, 1)}, {})
    left = replace(left, start=start, moves=(move(at_home, None, stage=-1, kind="left"),))
    assert list(not_of_these_tables(left, both)) == []
