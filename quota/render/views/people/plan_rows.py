"""A plan as the rows of its file: moves, who stays, who was where before it, and what made it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from quota.core.moves import Cell, Made, Move, Place, Plan, Situation
from quota.core.plan_lines import Line, PlanColumn
from quota.planning.redeploy.progress import Progress
from quota.planning.redeploy.replan import Replan
from quota.render.kit.rendering import Cell as Value

HEADER = tuple(map(str, PlanColumn))
Row = dict[PlanColumn, Value]


def plan_rows(plan: Plan) -> Iterator[Sequence[Value]]:
    """The moves; who stays, `over` the norm or `short` of it; who was where before; what made the plan."""
    yield HEADER
    names = plan.start.names
    for move in plan.moves:
        yield _row(_move(move, names))
    yield from _staying(plan.end.cells.values(), names, {})
    yield from _beginning(plan.start)
    yield from _making(plan.made)


def replan_rows(progress: Progress, replan: Replan) -> Iterator[Sequence[Value]]:
    """The plan as it now is, done and still to do; who left or came; who stays; who was where before."""
    yield HEADER
    names = {**progress.plan.names, **progress.start.names}
    moves, others = _all_moves(progress, replan)
    for move in moves:
        yield _row(_move(move, names))
    for move in others:
        kind = Line.LEFT if move.origin else Line.CAME
        facts: Row = {
            PlanColumn.KIND: kind,
            PlanColumn.FROM_KIND: "department" if move.department else None,
            PlanColumn.PEOPLE: move.people,
            PlanColumn.PEOPLE_REPORTED: move.reported or None,
        }
        yield _row(facts, _ends(move, names))
    yield from _staying(replan.end.cells.values(), names, replan.held)
    if progress.plan.start is not None:
        yield from _beginning(progress.plan.start, names)
        yield from _making(progress.plan.made)


def _all_moves(progress: Progress, replan: Replan) -> tuple[list[Move], list[Move]]:
    """Moves between places, done and to do, by stage and places; then people who left or came otherwise."""
    known = {(move.stage, move.origin, move.target): move for move in (*replan.moves, *progress.plan.moves)}
    people: dict[tuple[int, Place | None, Place | None], int] = dict(progress.done)
    for move in replan.moves:
        key = (move.stage, move.origin, move.target)
        people[key] = people.get(key, 0) + move.people
    first: dict[tuple[int, Place | None, Place | None], int] = {}
    for move in progress.plan.moves:
        if move.stage >= 0:
            key = (move.stage, move.origin, move.target)
            first[key] = first.get(key, 0) + move.people
    for key in (*progress.reported, *first):
        people.setdefault(key, 0)
    moves, others = [], []
    ordered = sorted(people.items(), key=lambda item: (item[0][0], *(str(place) for place in item[0][1:])))
    for (stage, origin, target), number in ordered:
        before = known.get((stage, origin, target))
        reported = progress.reported.get((stage, origin, target), 0)
        if origin is not None and target is not None and stage >= 0:
            announced, rule = first.get((stage, origin, target), 0), progress.rules[stage]
            moves.append(
                Move(
                    stage,
                    before.kind if before else rule.kind.value,
                    origin,
                    target,
                    number,
                    before.metres if before else None,
                    before.months if before else rule.months,
                    department=origin in progress.departments,
                    reported=reported,
                    announced=announced,
                )
            )
            continue
        for place, end in ((origin, "origin"), (target, "target")):
            if place is not None and number:
                alone = place if end == "origin" else None
                whole = origin is None or target is None
                counted = reported if whole else 0
                lent = alone in progress.departments
                other = Move(
                    -1, end, alone, None if alone else place, number, department=lent, reported=counted
                )
                others.append(other)
    return moves, others


def _row(*parts: Mapping[PlanColumn, Value]) -> list[Value]:
    values = {column: value for part in parts for column, value in part.items()}
    return [values.get(column) for column in PlanColumn]


def _at(place: Place | None, end: str, names: Mapping[str, str]) -> Row:
    if place is None:
        return {}
    name = names.get(place.code, place.code)
    return {
        PlanColumn(f"{end}_code"): place.code,
        PlanColumn(f"{end}_name"): name,
        PlanColumn(f"{end}_group"): place.group,
    }


def _ends(move: Move, names: Mapping[str, str]) -> Row:
    return _at(move.origin, "from", names) | _at(move.target, "to", names)


def _move(move: Move, names: Mapping[str, str]) -> Row:
    facts: Row = {
        PlanColumn.STAGE: move.stage + 1,
        PlanColumn.KIND: move.kind,
        PlanColumn.FROM_KIND: "department" if move.department else "unit",
        PlanColumn.PEOPLE: move.people,
        PlanColumn.METRES: move.metres,
        PlanColumn.MONTHS: move.months,
        PlanColumn.PEOPLE_ANNOUNCED: move.announced,
        PlanColumn.PEOPLE_REPORTED: move.reported or None,
    }
    return {**facts, **_ends(move, names)}


def _staying(
    cells: Iterable[Cell], names: Mapping[str, str], held: Mapping[Place, int]
) -> Iterator[list[Value]]:
    """Posts that stay empty, and people who stay over, also those whom their unit does not release."""
    for cell in cells:
        over = max(cell.staff - cell.high - cell.staying + held.get(cell.place, 0), 0)
        if over:
            facts: Row = {PlanColumn.KIND: Line.OVER, PlanColumn.FROM_KIND: "unit", PlanColumn.PEOPLE: over}
            yield _row(facts, _at(cell.place, "from", names))
        if cell.short:
            yield _row(
                {PlanColumn.KIND: Line.SHORT, PlanColumn.PEOPLE: cell.short}, _at(cell.place, "to", names)
            )


def _beginning(start: Situation, names: Mapping[str, str] | None = None) -> Iterator[list[Value]]:
    """Each unit's people beside its norm, each department's people, which position may fill which."""
    known = start.names if names is None else names
    for cell in start.cells.values():
        facts: Row = {
            PlanColumn.KIND: Line.START,
            PlanColumn.FROM_KIND: "unit",
            PlanColumn.PEOPLE: cell.staff,
        }
        norm: Row = {
            PlanColumn.NORM_LOW: cell.low,
            PlanColumn.NORM_TARGET: cell.target,
            PlanColumn.NORM_HIGH: cell.high,
        }
        more: Row = {
            PlanColumn.PEOPLE_STAYING: cell.staying or None,
            PlanColumn.PROVINCE: start.provinces.get(cell.place.code),
        }
        yield _row(facts, norm, more, _at(cell.place, "from", known))
    for pool in start.pools.values():
        home: Row = {
            PlanColumn.FROM_KIND: "department",
            PlanColumn.PROVINCE: start.provinces.get(pool.place.code),
        }
        at = _at(pool.place, "from", known)
        yield _row({PlanColumn.KIND: Line.CAN_TRANSFER, PlanColumn.PEOPLE: pool.transfer}, home, at)
        yield _row({PlanColumn.KIND: Line.CAN_SECOND, PlanColumn.PEOPLE: pool.secondment}, home, at)
    for (have, need), cost in start.substitutes.items():
        yield _row(
            {
                PlanColumn.KIND: Line.FILLS,
                PlanColumn.FROM_GROUP: have,
                PlanColumn.TO_GROUP: need,
                PlanColumn.PEOPLE: cost,
            }
        )


def _making(made: Iterable[Made]) -> Iterator[list[Value]]:
    for fact in made:
        facts: Row = {
            PlanColumn.MADE_ABOUT: fact.about,
            PlanColumn.MADE_VALUE: fact.value,
            PlanColumn.MADE_SHA256: fact.sha256 or None,
        }
        yield _row({PlanColumn.KIND: Line.MADE}, facts)
