"""Secondments that run already: who serves where on the day, who is not there to be sent again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from msgspec.structs import replace

from quota.core.moves import ANY, OnLoan, Place, Pool, Situation
from quota.core.names import spelled_alike
from quota.core.problems import Problem, Severity
from quota.core.results import AuditReport
from quota.core.secondments import Secondment
from quota.core.text import count, say


def with_secondments(start: Situation, report: AuditReport, running: Iterable[Secondment]) -> Situation:
    """The situation by hands: people on loan are counted where they serve, and stay there.

    The audit's `hands` are taken as they are, so that a plan and the audit with the same secondments agree.
    Who is on loan at a unit cannot be moved from it; who is away cannot be moved either.
    """
    hands = {unit_audit.unit.code: unit_audit.hands for unit_audit in report.units}
    lent = tuple(running)
    cells = {}
    for place, cell in start.cells.items():
        unit_hands = hands.get(place.code)
        if unit_hands is None:
            cells[place] = cell
            continue
        by_bloc = {str(bloc): (bloc, unit_hands.received[bloc]) for bloc, _ in unit_hands.present.items()}
        bloc, received = by_bloc[place.group]
        present = unit_hands.present[bloc]
        cells[place] = cell if present is None else replace(cell, staff=present, staying=received)
    loans = sorted(
        OnLoan(loan.end, Place(loan.host.code, loan.bloc), loan.home.name, loan.people)
        for loan in lent
        if loan.host.code is not None
    )
    away = Counter[str]()
    for loan in lent:
        if loan.home.code is None:
            away[spelled_alike(loan.home.name)] += loan.people
    return replace(start, cells=cells, on_loan=tuple(loans), away=dict(away))


def without_people_away(start: Situation) -> Situation:
    """Departments less the people whom a running secondment keeps elsewhere; said for each department.

    People of a department who are away are taken off those who can be seconded: first off those whose field
    is the bloc where they serve or any, in the order of the places.
    """
    pools: dict[Place, Pool] = dict(start.pools)
    problems = []
    for code in sorted({place.code for place in start.pools}):
        people = left = start.away.get(spelled_alike(code), 0)
        own = (place for place in pools if place.code == code)
        for place in sorted(own, key=lambda place: (place.group != ANY, place)):
            taken = min(left, pools[place].secondment)
            pools[place] = replace(pools[place], secondment=pools[place].secondment - taken)
            left -= taken
        if people > left:
            problems.append(_said(code, people - left))
    return replace(start, pools=pools, problems=(*start.problems, *problems))


def _said(code: str, people: int) -> Problem:
    message = count(
        "{n} person of {code} is on loan already: taken off those who can be seconded",
        "{n} people of {code} are on loan already: taken off those who can be seconded",
        n=people,
        code=code,
    )
    fix = say("if your table counts only people who are there, add them to it")
    return Problem("on-loan-already", Severity.WARNING, message, fix, value=code)
