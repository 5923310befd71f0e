"""Planned moves and secondments: who comes to a place and goes from it, for good or until a day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from msgspec import Struct

from quota.core.months import ONE_DAY, last_day
from quota.core.moves import Cell, Move, Place
from quota.core.places import file_of
from quota.core.plan_lines import COUNTED
from quota.core.plan_tables import PlanTable
from quota.core.problems import InputError, Problem, Severity
from quota.core.secondments import Secondment
from quota.core.text import say
from quota.planning.path.departures import Departure, gone_before


class Stay(Struct, frozen=True, order=True):
    """`people` more at a place from `first` to `last`, both included; fewer where below zero.

    A `last` of the greatest date is for good. `on_loan`: they serve there, and nobody sends them on.
    """

    first: date
    place: Place
    people: int
    last: date = date.max
    on_loan: bool = False


def of_plan(plan: PlanTable, as_of: date) -> Iterator[Stay]:
    """Stays by a plan's moves, all from `as_of` on; secondments end after their months.

    People of departments come from outside the units, as do those whom a report says to have come.
    """
    for move in plan.moves:
        if not _is_of_people_who_go(move):
            continue
        last = date.max if move.months is None else last_day(as_of, move.months)
        on_loan = move.months is not None
        if move.target is not None:
            yield Stay(as_of, move.target, move.people, last, on_loan)
        if move.origin is not None and not move.department:
            yield Stay(as_of, move.origin, -move.people, last)


def _is_of_people_who_go(move: Move) -> bool:
    """Whether a line is a move, or counts people who left or came, and is not about who stays."""
    return move.kind in COUNTED or (move.stage >= 0 and move.origin is not None and move.target is not None)


def of_secondments(ledger: Iterable[Secondment], as_of: date) -> Iterator[Stay]:
    """What secondments change that run on `as_of` or later: people serve at the host, and not at home."""
    for loan in ledger:
        if loan.end < as_of:
            continue
        first = max(loan.start, as_of)
        if loan.host.code is not None:
            yield Stay(first, Place(loan.host.code, loan.bloc), loan.people, loan.end, on_loan=True)
        if loan.home.code is not None:
            yield Stay(first, Place(loan.home.code, loan.bloc), -loan.people, loan.end)


def people_on(
    cells: Mapping[Place, Cell], departures: Iterable[Departure], stays: Iterable[Stay], day: date
) -> dict[Place, int]:
    """Who is at work on a day, by place: who was there, less who left, with who comes and goes."""
    gone = gone_before(departures, day)
    there = Counter[Place]()
    for stay in stays:
        if stay.first <= day <= stay.last:
            there[stay.place] += stay.people
    return {place: cell.staff - gone[place] + there[place] for place, cell in cells.items()}


def lent_on(stays: Iterable[Stay], day: date) -> Counter[Place]:
    """People on loan by place on a day."""
    lent = Counter[Place]()
    for stay in stays:
        if stay.on_loan and stay.first <= day <= stay.last:
            lent[stay.place] += stay.people
    return lent


def days_of_change(
    departures: Iterable[Departure], stays: Iterable[Stay], as_of: date, deadline: date
) -> list[date]:
    """Every day from `as_of` to the deadline on which somebody is there for the first time, or no longer."""
    days = {departure.last + ONE_DAY for departure in departures}
    for stay in stays:
        days.add(stay.first)
        if stay.last < deadline:
            days.add(stay.last + ONE_DAY)
    return sorted({as_of, deadline, *(day for day in days if as_of < day < deadline)})


def refuse_impossible(
    cells: Mapping[Place, Cell],
    departures: Sequence[Departure],
    stays: Sequence[Stay],
    days: Iterable[date],
) -> None:
    """Raise `InputError` where more people go from a place than are there, on the first day that is so."""
    told: dict[Place, Problem] = {}
    for day in days if stays else ():
        for place, people in people_on(cells, departures, stays, day).items():
            if people < 0 and place not in told:
                words = {**place.said, "day": day, "n": -people}
                message = say("{code}, {group}: on {day} {n} people more have gone than were there", **words)
                fix = say("bring plan, secondments, people and leavers to one day")
                told[place] = Problem("more-than-there", Severity.ERROR, message, fix, value=place.code)
    if told:
        raise InputError(list(told.values()))


def not_of_these_tables(plan: PlanTable, cells: Mapping[Place, Cell]) -> Iterator[Problem]:
    """An error for each place whose people move and whom the plan counts otherwise than the tables do."""
    written = plan.start.cells if plan.start is not None else {}
    fix = say("give the tables that the plan was made from, or make it anew")
    seen: set[Place] = set(plan.start.pools if plan.start is not None else ())
    for move in plan.moves:
        for place in (None if move.department else move.origin, move.target):
            if not _is_of_people_who_go(move) or place is None or place in seen:
                continue
            seen.add(place)
            before, now = written.get(place), cells.get(place)
            if now is None:
                message = say("{code}, {group}: in the plan, not in the tables", **place.said)
            elif before is not None and before.staff != now.staff:
                message = say(
                    "{code}, {group}: the plan starts from {before} people, the tables have {now}",
                    **place.said,
                    before=before.staff,
                    now=now.staff,
                )
            else:
                continue
            yield Problem("another-start", Severity.ERROR, message, fix, file=file_of(plan), row=move.row)
