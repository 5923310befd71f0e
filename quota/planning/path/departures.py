"""Who leaves before the deadline, and whether the tables of people fit the units."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from msgspec import Struct

from quota.core.moves import Cell, Place, Situation
from quota.core.places import file_of
from quota.core.positions import LeaverTable, PersonTable
from quota.core.problems import InputError, Problem, Severity
from quota.core.text import say
from quota.norms.retirement import Retirement

RETIRED, LEFT = "retired", "left"


class Departure(Struct, frozen=True, order=True):
    """People of a place whose last day at work is `last`; `why` is `retired` or `left`."""

    last: date
    place: Place
    people: int
    why: str


def departures_of(
    rule: Retirement, people: PersonTable, leavers: LeaverTable, as_of: date, deadline: date
) -> Iterator[Departure]:
    """People who leave between `as_of` and the deadline: their last day at work lies between the two."""
    retiring: Counter[tuple[date, Place]] = Counter()
    for person in people.people:
        last = rule.last_day(person.born, woman=person.woman)
        retiring[max(last, as_of), Place(person.code, person.bloc)] += 1
    for (last, place), number in retiring.items():
        if last < deadline:
            yield Departure(last, place, number, RETIRED)
    for leaver in leavers.leavers:
        if as_of <= leaver.last < deadline:
            yield Departure(leaver.last, Place(leaver.code, leaver.bloc), leaver.people, LEFT)


def gone_before(departures: Iterable[Departure], day: date) -> Counter[Place]:
    """People by place who have left before `day`: their last day at work is before it."""
    gone: Counter[Place] = Counter()
    for departure in departures:
        if departure.last < day:
            gone[departure.place] += departure.people
    return gone


def refuse_strangers(
    start: Situation, people: PersonTable, departures: Sequence[Departure], problems: Sequence[Problem]
) -> None:
    """Raise `InputError` where a table is wrong, names strangers, or has more people than the staff table."""
    found = list(problems)
    file = file_of(people)
    there = Counter(Place(person.code, person.bloc) for person in people.people)
    for code in sorted({place.code for place in there} - start.names.keys()):
        message = say("no such unit in the population table")
        fix = say("correct the code, or remove the rows if the unit is not in this table")
        found.append(Problem("unmatched", Severity.ERROR, message, fix, file, column="code", value=code))
    gone = Counter[Place]()
    for departure in departures:
        gone[departure.place] += departure.people
    for place in sorted(there.keys() | gone.keys()):
        cell, number = start.cells.get(place), max(there[place], gone[place])
        if cell is not None and number > cell.staff:
            found.append(_more_than_there(place, number, cell, file))
        elif cell is None and place.code not in start.names and place not in there:
            message = say("{code}: no such unit in the population table", code=place.code)
            found.append(
                Problem("unmatched", Severity.ERROR, message, say("correct the code"), value=place.code)
            )
    if any(problem.severity is Severity.ERROR for problem in found):
        raise InputError(found)


def _more_than_there(place: Place, number: int, cell: Cell, file: str | None) -> Problem:
    message = say(
        "{code}, {group}: {n} people in the tables of people, {staff} in the staff table",
        **place.said,
        n=number,
        staff=cell.staff,
    )
    fix = say("bring the two tables to one day")
    return Problem("more-than-there", Severity.ERROR, message, fix, file, value=place.code)
