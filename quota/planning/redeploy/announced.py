"""What a plan's file announces: its moves by their places, and who was where before it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from msgspec.structs import replace

from quota.core.blocs import BLOCS
from quota.core.moves import ASSIGNED, Cell, Move, Place, Pool, Situation
from quota.core.plan_tables import Done, PlanTable
from quota.norms.policy import Policy

Announced = Mapping[tuple[Place | None, Place | None], list[Move]]
"""The moves between two places, the earliest stage first."""


def as_announced(plan: PlanTable) -> PlanTable:
    """The plan with its moves as the first plan announced them, without those that came later."""
    moves = tuple(
        move if move.announced is None else replace(move, people=move.announced)
        for move in plan.moves
        if move.announced != 0
    )
    return replace(plan, moves=moves)


def announced_of(plan: PlanTable) -> Announced:
    """The announced moves; one that is in several rows of a stage, as people split it, is one."""
    found: dict[tuple[int, Place | None, Place | None], Move] = {}
    for move in sorted((move for move in plan.moves if move.stage >= 0), key=lambda move: move.stage):
        key = (move.stage, move.origin, move.target)
        before = found[key].people if key in found else 0
        found[key] = replace(move, people=before + move.people)
    pairs: dict[tuple[Place | None, Place | None], list[Move]] = {}
    for move in found.values():
        pairs.setdefault((move.origin, move.target), []).append(move)
    return pairs


def stage_for(policy: Policy, row: Done, *, lent: bool) -> int:
    """The stage that people beyond the plan count in: the row's own, else the first that could move them.

    `lent` says that they come from a department. -1 where no stage could.
    """
    if row.stage is not None:
        return row.stage
    inside = row.origin is not None and row.target is not None and row.origin.code == row.target.code
    home = "departments" if lent else "units"
    for number, rule in enumerate(policy.stages):
        wanted = row.kind in ("", rule.kind)
        if wanted and (rule.kind == "internal") == inside and home in rule.from_:
            return number
    return -1


def start_of(plan: PlanTable) -> Situation:
    """The situation before the plan.

    A file that does not say it (written by hand, or by an earlier version) gives only what its moves and
    its lines about who stays add up to: people over their norm, posts below it, the norm itself unknown. Such
    places have a norm of nobody, or of exactly the posts that are empty.
    """
    start = plan.start if plan.start is not None else _from_moves(plan)
    by_assigned = any(fact.about == "target" and fact.value == ASSIGNED for fact in plan.made)
    return replace(start, by_assigned=True) if by_assigned else start


def _from_moves(plan: PlanTable) -> Situation:
    balance = Counter[Place]()
    lent = {True: Counter[Place](), False: Counter[Place]()}
    departments = {move.origin for move in plan.moves if move.department}
    for move in plan.moves:
        if move.origin in departments:
            if move.origin is not None:
                lent[move.kind == "secondment"][move.origin] += move.people
        elif move.origin is not None:
            balance[move.origin] += move.people
        if move.target is not None:
            balance[move.target] -= move.people
    cells = {place: _cell(place, over) for place, over in sorted(balance.items())}
    places = {place for place in departments if place is not None}
    groups = {place.group for place in (*cells, *places)}
    names = {place.code: plan.names.get(place.code, place.code) for place in cells}
    return Situation(
        cells=cells,
        pools={place: Pool(place, lent[False][place], lent[True][place]) for place in sorted(places)},
        names=names,
        by_position=not groups - {""} <= set(BLOCS),
    )


def _cell(place: Place, over: int) -> Cell:
    """A place that is `over` people over its norm, or short by as many where that is below zero."""
    return Cell(place, over, 0, 0, 0) if over >= 0 else Cell(place, 0, -over, -over, -over)


def kinds_of(plan: PlanTable) -> Iterator[tuple[int, str, int | None, int | None]]:
    """Each stage of the plan's moves with its kind, its months, and the first row that says so."""
    seen = set()
    for move in plan.moves:
        key = (move.stage, move.kind, move.months)
        if move.stage >= 0 and key not in seen:
            seen.add(key)
            yield move.stage, move.kind, move.months, move.row
