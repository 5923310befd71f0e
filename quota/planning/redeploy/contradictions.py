"""What a plan's file says beside its moves, held against its start and its moves, row by row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from quota.core.moves import Made, Move, Place, Situation
from quota.core.names import fold
from quota.core.places import file_of
from quota.core.plan_lines import COUNTED, STAYS, Line
from quota.core.plan_tables import PlanTable
from quota.core.problems import Problem, Severity
from quota.core.text import Text, count, say
from quota.planning.redeploy.distances import Distances
from quota.planning.redeploy.made import WORDS, made_otherwise


def contradictions(
    plan: PlanTable, start: Situation, distances: Distances, made: Iterable[Made]
) -> Iterator[Problem]:
    """An error for each thing that the file says and that is not so."""
    here = tuple(made)
    yield from made_otherwise(plan, here)
    told = _Teller(plan)
    yield from _names(plan, start, told)
    yield from _homes(plan, start, told)
    how = next((fact.value for fact in plan.made if fact.about == "distances"), distances.how)
    if how == distances.how:  # else that is said already, and every distance would follow
        yield from _metres(plan, distances, told)
    yield from _staying(plan, start, told)
    if plan.start is not None:
        yield from _start(plan.start, start, told)
        yield from _unreported(plan, told)
        yield from _missing_makers(plan, here, told)


def unlike_itself(plan: PlanTable, start: Situation) -> Iterator[Problem]:
    """A warning where lines of a plan do not fit its others, as after an edit by hand; `start` is its own.

    A file that does not say who was where before it cannot be held to anything.
    """
    told = _Teller(plan)
    found = [*_names(plan, start, told), *_staying(plan, start, told)] if plan.start is not None else []
    if found:
        message = count(
            "{n} line of the plan does not fit its others: {first}",
            "{n} lines of the plan do not fit its others; the first: {first}",
            n=len(found),
            first=found[0].message,
        )
        fix = say("quota plan --check names each; correct them, or make the plan anew")
        yield Problem("unlike-itself", Severity.WARNING, message, fix, told.file, found[0].row)


class _Teller:
    """Problems of the plan's file."""

    def __init__(self, plan: PlanTable) -> None:
        self.file = file_of(plan)

    def problem(
        self, code: str, message: Text, fix: Text, row: int | None, value: str | None = None
    ) -> Problem:
        return Problem(code, Severity.ERROR, message, fix, self.file, row, value=value)


def _names(plan: PlanTable, start: Situation, told: _Teller) -> Iterator[Problem]:
    """Names beside codes that are another unit's, or nobody's."""
    for move in plan.moves:
        written = plan.named.get(move.row or -1, ("", ""))
        for place, name in zip((move.origin, move.target), written, strict=True):
            if place is None or not name:
                continue
            known = start.names.get(place.code, place.code)
            if fold(name) != fold(known):
                message = say("{code} is {known}, not {name}", code=place.code, known=known, name=name)
                yield told.problem("wrong-name", message, say("correct the code or the name"), move.row, name)


def _homes(plan: PlanTable, start: Situation, told: _Teller) -> Iterator[Problem]:
    """Departments that are units, and units that are departments."""
    for move in plan.moves:
        if move.origin is None:
            if move.department:
                message, fix = say("a department, and no code of one"), say("write its name under from_code")
                yield told.problem("wrong-home", message, fix, move.row)
        elif move.department and move.origin.code in start.names:
            message = say("{code} is a unit, not a department", code=move.origin.code)
            yield told.problem("wrong-home", message, say("write unit under from_kind"), move.row)
        elif not move.department and move.origin in start.pools:
            message = say("{code} is a department, not a unit", code=move.origin.code)
            yield told.problem("wrong-home", message, say("write department under from_kind"), move.row)


def _unreported(plan: PlanTable, told: _Teller) -> Iterator[Problem]:
    """People who left or came, though no report counted them."""
    for move in plan.moves:
        if move.kind in COUNTED and move.announced is None and not move.reported and move.people:
            message = say("people who left or came, and no report on the plan counted them")
            yield told.problem("wrong-line", message, say("take it from the plan as written"), move.row)


def _metres(plan: PlanTable, distances: Distances, told: _Teller) -> Iterator[Problem]:
    for move in plan.moves:
        if move.metres is None:
            continue
        if move.origin is None or move.target is None:
            message, fix = say("metres, though nobody goes anywhere"), say("remove them")
            yield told.problem("wrong-metres", message, fix, move.row)
            continue
        far = distances.metres(move.origin.code, move.target.code)
        if far != move.metres:
            message = say(
                "the way is unknown, not {written} m" if far is None else "the way is {n} m, not {written} m",
                n=far,
                written=move.metres,
            )
            fix = say("correct the metres or leave them empty")
            yield told.problem("wrong-metres", message, fix, move.row)


def _staying(plan: PlanTable, start: Situation, told: _Teller) -> Iterator[Problem]:
    """Lines about who stays that are not what the start and the moves leave, or that are missing."""
    change: Counter[Place] = Counter()
    for move in plan.moves:
        if move.kind in STAYS:
            continue
        if move.origin is not None:
            change[move.origin] -= move.people
        if move.target is not None:
            change[move.target] += move.people
    left: dict[tuple[str, Place], int] = {}
    for place, cell in start.cells.items():
        staff = cell.staff + change[place]
        left[Line.OVER, place] = max(staff - cell.high - cell.staying, 0)
        left[Line.SHORT, place] = max(cell.low - staff, 0)
    yield from _against(plan, left, start.aim, told)


def _against(
    plan: PlanTable, left: Mapping[tuple[str, Place], int], aim: Text, told: _Teller
) -> Iterator[Problem]:
    said: Counter[tuple[str, Place]] = Counter()
    last: dict[tuple[str, Place], Move] = {}
    for move in plan.moves:
        if move.kind not in STAYS:
            continue
        place = move.origin if move.kind == Line.OVER else move.target
        empty = move.target if move.kind == Line.OVER else move.origin
        if place is None or empty is not None or move.stage >= 0 or move.months is not None:
            message = say("a line about who stays has one place, no stage and no months")
            yield told.problem("wrong-line", message, say("take it from the plan as written"), move.row)
            continue
        said[move.kind, place] += move.people
        last[move.kind, place] = move
    for key in sorted(left.keys() | said.keys()):
        kind, place = key
        is_so = left.get(key, 0)
        if said[key] == is_so:
            continue
        row = last[key].row if key in last else None
        message = say(
            "{code}, {group}: {n} people stay over the {aim}, the plan says {said}"
            if kind == Line.OVER
            else "{code}, {group}: {n} posts stay empty, the plan says {said}",
            **place.said,
            aim=aim,
            n=is_so,
            said=said[key],
        )
        yield told.problem("wrong-rest", message, say("correct the line, or the moves"), row)


def _start(written: Situation, start: Situation, told: _Teller) -> Iterator[Problem]:
    """Lines about who was where before the plan that are not what the tables say now."""
    fix = say("give the tables that the plan was made from, or make it anew")
    for place in sorted(written.cells.keys() | start.cells.keys()):
        before, now = written.cells.get(place), start.cells.get(place)
        if before is None or now is None:
            message = say(
                "{code}, {group}: not in the plan's start"
                if before is None
                else "{code}, {group}: in the plan's start, not in the tables",
                **place.said,
            )
            yield told.problem("another-start", message, fix, None)
        elif before != now:
            message = say(
                "{code}, {group}: the plan starts from {before} people, {aim} {low} to {high}, filled to"
                " {target}; the tables have {now}, {now_low} to {now_high}, {now_target}",
                aim=start.aim,
                **place.said,
                before=before.staff,
                low=before.low,
                high=before.high,
                target=before.target,
                now=now.staff,
                now_low=now.low,
                now_high=now.high,
                now_target=now.target,
            )
            yield told.problem("another-start", message, fix, None)
    for place in sorted(written.pools.keys() | start.pools.keys()):
        if written.pools.get(place) != start.pools.get(place):
            message = say(
                "{code}, {group}: the plan starts from other people of this department", **place.said
            )
            yield told.problem("another-start", message, fix, None)
    for code, name in sorted(written.names.items()):
        if fold(start.names.get(code, code)) != fold(name):
            known = start.names.get(code, code)
            message = say("{code} is {known}, not {name}", code=code, known=known, name=name)
            yield told.problem("wrong-name", message, say("correct the code or the name"), None, name)
    if dict(written.substitutes) != dict(start.substitutes):
        message = say("the plan was made with other substitutes")
        fix = say("give them: --substitutes, or make the plan anew")
        yield told.problem("another-start", message, fix, None)


def _missing_makers(plan: PlanTable, here: Iterable[Made], told: _Teller) -> Iterator[Problem]:
    """What made the plan, where its file no longer says it or says it of another file."""
    inputs = {fact.sha256 for fact in here if fact.about == "input"}
    for fact in here:
        if fact.about not in {told_fact.about for told_fact in plan.made}:
            what = {**WORDS, "as-of": say("day"), "input": say("file")}[fact.about]
            message = say("the plan does not say what made it: {what} is missing", what=what)
            yield told.problem("made-otherwise", message, say("take the plan as it was written"), None)
    written = [fact.sha256 for fact in plan.made if fact.about == "input"]
    for fact in plan.made:
        if fact.about == "input" and fact.sha256 not in inputs:
            message = say("the plan was made from another file: {value}", value=fact.value)
            yield told.problem("made-otherwise", message, say("make the plan anew"), None, fact.value)
    for fact in here:
        if fact.about == "input" and fact.sha256 not in written:
            message = say("the plan was not made from this file: {value}", value=fact.value)
            yield told.problem("made-otherwise", message, say("make the plan anew"), None, fact.value)
