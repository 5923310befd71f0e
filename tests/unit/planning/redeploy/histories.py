"""Random provinces, plans for them, and weeks in which some of it is done and other things happen."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from pathlib import Path
from random import Random

from msgspec.structs import replace

from quota.core.moves import Cell, Place, Pool, Situation
from quota.core.plan_tables import Done, PlanTable
from quota.norms.applying import load_policy
from quota.norms.policy import CountLimit, Policy
from quota.planning.redeploy.distances import Distances
from quota.planning.redeploy.stages import Given
from quota.tables.readers.plans import read_plan

POLICY = load_policy("redeployment-hai-phong-2025")
FIRST = date(2026, 1, 5)
BLOCS = ("government", "party", "front")


def policy_of(random: Random) -> Policy:
    """The shipped policy, now and then with limits."""
    limits = {}
    if random.random() < 0.3:
        limits["people_leaving_unit"] = CountLimit(most=random.randint(1, 6), source="quota")
    if random.random() < 0.3:
        limits["moves_per_unit"] = CountLimit(most=random.randint(1, 5), source="quota")
    if random.random() < 0.2:
        limits["km"] = CountLimit(most=random.randint(10, 60), source="quota")
    return replace(POLICY, limits=replace(POLICY.limits, **limits))


def province(random: Random) -> Given:
    """A few units around their norms, a few departments, points a few kilometres apart."""
    cells = {}
    codes = [f"{10001 + number}" for number in range(random.randint(2, 6))]
    for code in codes:
        for bloc in BLOCS:
            low = random.randint(3, 9)
            high = low + random.choice((0, 0, 2))
            cells[Place(code, bloc)] = Cell(
                Place(code, bloc), max(low + random.randint(-4, 6), 0), low, low, high
            )
    pools = {}
    for name in ("Sở Nội vụ", "Sở Tư pháp")[: random.randint(0, 2)]:
        place = Place(name, random.choice(("", *BLOCS)))
        pools[place] = Pool(place, random.randint(0, 3), random.randint(0, 3))
    points = {code: (106.0 + random.randint(0, 40) / 100, 20.5) for code in codes}
    start = Situation(cells, pools, {code: f"Xã {code}" for code in codes}, points=points)
    return Given(start, policy_of(random), Distances("points", points), FIRST)


def as_read(path: Path, rows: Iterable[Sequence[object]]) -> PlanTable:
    """The plan as it is read from the file in which these rows are written."""
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    path.write_text(text.getvalue(), encoding="utf-8")
    table = read_plan(path)
    assert not table.problems, table.problems
    return table


def week(random: Random, plan: PlanTable, already: Sequence[Done], number: int) -> list[Done]:
    """What a week adds: parts of the plan, people who are stuck, other moves, people who leave or come."""
    day = FIRST + timedelta(days=7 * number + random.randint(0, 6))
    people = _who_is_where(plan, already)
    rows = []
    for move in plan.moves:
        if move.stage < 0 or move.origin is None or random.random() < 0.6:
            continue
        gone = sum(row.people for row in already if (row.origin, row.target) == (move.origin, move.target))
        part = min(random.randint(0, max(move.people - gone, 0)), people.get(move.origin, move.people))
        named = move.department or random.random() < 0.5  # for good or on loan: only the stage says it
        stuck = random.choice((0, 0, 0, 1))
        reason = random.choice(("release", "skills", "")) if stuck else ""
        if part or stuck:
            stage = move.stage if named else None
            rows.append(Done(move.origin, move.target, part, stuck, reason, day, None, stage))
            people[move.origin] = people.get(move.origin, part) - part
    start = plan.start
    places = (list(start.cells), [*start.cells, *start.pools]) if start else ([], [])
    return rows + _otherwise(random, people, *places, day)


def _who_is_where(plan: PlanTable, already: Sequence[Done]) -> dict[Place, int]:
    assert plan.start is not None
    people = {place: cell.staff for place, cell in plan.start.cells.items()}
    for row in already:
        if row.origin in people:
            people[row.origin] -= row.people
        if row.target in people:
            people[row.target] += row.people
    return people


def _otherwise(
    random: Random, people: dict[Place, int], places: list[Place], goals: list[Place], day: date
) -> list[Done]:
    """What no plan knew of: somebody retires, is recruited, or goes somewhere else, also to a department."""
    rows = []
    for _ in range(random.choice((0, 0, 1, 2))):
        place, to, kind = random.choice(places), random.choice(goals), random.random()
        if kind < 0.3 and to in places:
            rows.append(Done(None, to, 1, day=day))
        elif people[place] > 0 and (kind < 0.7 or place.code != to.code):
            rows.append(Done(place, None if kind < 0.7 else to, 1, day=day))
            people[place] -= 1
    return rows
