"""States of positions and people by unit and bloc, beside the three numbers: norm, assigned, present.

Whatever no table tells is unknown and never guessed; nothing is netted.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from msgspec import Struct

from quota.analysis.audit.matching import Matcher, row_problem
from quota.core.blocs import Bloc, Blocs, ByBloc, Staff, gathered
from quota.core.months import ONE_DAY
from quota.core.places import problem_at, row_at
from quota.core.positions import (
    OF_POSITIONS,
    Leaver,
    LeaverTable,
    Person,
    PositionRow,
    State,
    States,
    StateTables,
    StateTotals,
)
from quota.core.problems import Problem, Severity
from quota.core.results import UnitAudit
from quota.core.sums import known_sum, whole_sum
from quota.core.text import count, say
from quota.core.units import Unit
from quota.norms.retirement import Retirement

Place = tuple[str, Bloc]
"""A unit's code and a bloc."""


class Counted(Struct, frozen=True):
    """Positions and people by place and state, counted from tables, with all problems of these.

    A state that no table tells of is not there; of positions a place without a row is unknown.
    """

    positions: Mapping[Place, Mapping[State, int | None]] | None
    people: Mapping[Place, int | None]
    """People in positions, as the table of positions says."""
    by_day: Mapping[State, Counter[Place]]
    until: date
    problems: tuple[Problem, ...]


def counted(units: Sequence[Unit], given: StateTables, retirement: Retirement, as_of: date) -> Counted:
    """Count positions and people of these units from `as_of` to `given.until`, both included."""
    matcher = Matcher(units)
    problems: list[Problem] = []
    positions = None
    held: dict[Place, int | None] = {}
    if given.positions is not None:
        problems += given.positions.problems
        placed = list(_placed(given.positions.rows, matcher, problems))
        positions = {
            place: {state: whole_sum([row.count(state) for row in rows]) for state in OF_POSITIONS}
            for place, rows in placed
        }
        held = {place: whole_sum([row.people for row in rows]) for place, rows in placed}
    by_day: dict[State, Counter[Place]] = {}
    if given.people is not None or given.leavers is not None:
        by_day[State.LEAVING] = Counter()
    if given.people is not None:
        problems += given.people.problems
        by_day[State.LEAVING] += _retiring(given.people.people, retirement, as_of, given.until)
        problems += _strangers(given.people.people, matcher)
        problems += past_age(retirement, given.people.people, as_of)
    if given.leavers is not None:
        problems += given.leavers.problems
        by_day[State.LEAVING] += _on_days(given.leavers.leavers, as_of, given.until)
        problems += _strangers(given.leavers.leavers, matcher)
        problems += _gone(given.leavers, as_of)
    if given.arrivals is not None:
        problems += given.arrivals.problems
        by_day[State.ARRIVING] = _on_days(given.arrivals.leavers, as_of + ONE_DAY, given.until)
        problems += _strangers(given.arrivals.leavers, matcher)
        problems += _there(given.arrivals, as_of)
    return Counted(positions, held, by_day, given.until, tuple(problems))


def states_of(audited: UnitAudit, found: Counted) -> States:
    """A unit's states by bloc; those of loans where its hands are known."""
    blocs, code = audited.staff.order, audited.unit.code
    counts: dict[State, Staff] = {}
    if found.positions is not None:
        known = found.positions
        for state in OF_POSITIONS:
            counts[state] = ByBloc(blocs, tuple([known.get((code, bloc), {}).get(state) for bloc in blocs]))
    if audited.hands is not None:
        counts[State.AWAY] = ByBloc(blocs, audited.hands.away.values)
        counts[State.RECEIVED] = ByBloc(blocs, audited.hands.received.values)
    for state, people in found.by_day.items():
        counts[state] = ByBloc(blocs, tuple([people[code, bloc] for bloc in blocs]))
    return States(counts)


def state_totals(audits: Sequence[UnitAudit], blocs: Blocs, until: date) -> StateTotals | None:
    """All units together, over what is known; None where no unit has states."""
    found = [audited.states for audited in audits if audited.states is not None]
    if not found:
        return None
    counts, unknown = {}, {}
    for state in found[0].counts:
        columns = gathered(blocs, [states.counts[state] for states in found])
        counts[state] = columns.map(known_sum)
        unknown[state] = columns.map(lambda column: column.count(None))
    return StateTotals(counts, unknown, until)


def contradictions(audits: Iterable[UnitAudit], found: Counted) -> Iterator[Problem]:
    """Problems where tables contradict a table of positions, or more people leave than there are."""
    for audited in audits:
        for bloc, staff in audited.staff.items():
            held = found.people.get((audited.unit.code, bloc))
            known = staff if staff is not None else held
            if staff is not None and held is not None and staff != held:
                message = say(
                    "{name}, {bloc}: people in the table of positions: {held}; in the staff table: {staff}",
                    name=audited.unit.name,
                    bloc=bloc.name,
                    held=held,
                    staff=staff,
                )
                fix = say("bring the two tables to one day")
                yield row_problem(
                    audited.unit, "positions-against-staff", message, fix, "code", Severity.WARNING
                )
            if known is None or audited.states is None:
                continue
            for state in (State.AWAY, State.LEAVING):
                people = audited.states.counts.get(state)
                if people is not None and (people[bloc] or 0) > known:
                    yield _too_many(audited.unit, bloc, people[bloc] or 0, known, state)


def _too_many(unit: Unit, bloc: Bloc, people: int, known: int, state: State) -> Problem:
    values = {"name": unit.name, "bloc": bloc.name, "n": people, "known": known}
    if state is State.LEAVING:
        message = say("{name}, {bloc}: people who are to leave: {n}; who are there: {known}", **values)
    else:
        message = say("{name}, {bloc}: people on loan elsewhere: {n}; who are there: {known}", **values)
    fix = say("bring the tables to one day; nobody counts as leaving twice")
    return row_problem(unit, "more-than-there", message, fix, "code")


def _placed(
    rows: Sequence[PositionRow], matcher: Matcher, problems: list[Problem]
) -> Iterator[tuple[Place, list[PositionRow]]]:
    """The rows of each unit's blocs; each way of naming a unit is looked up, and doubted, once."""
    units: dict[tuple[str | None, str | None], Unit | None] = {}
    there: dict[tuple[str, Bloc, tuple[str, ...]], PositionRow] = {}
    placed: dict[Place, list[PositionRow]] = defaultdict(list)
    for row in rows:
        called = (row.code, row.name)
        if called not in units:
            units[called], doubts = matcher.unit_of(row)
            problems += doubts
        unit = units[called]
        if unit is None:
            continue
        first = there.setdefault((unit.code, row.bloc, row.kind), row)
        if first is row:
            placed[unit.code, row.bloc].append(row)
            continue
        message = say("this unit and position are there already, on row {row}", row=row_at(first.origin))
        problems.append(row_problem(row, "doubled-row", message, say("add the two up")))
    yield from placed.items()


def _retiring(people: Iterable[Person], rule: Retirement, as_of: date, until: date) -> Counter[Place]:
    """Whose last day at work is in this time; who is past the age leaves on `as_of`."""
    last_days = ((person, rule.last_day(person.born, woman=person.woman)) for person in people)
    return Counter((person.code, person.bloc) for person, last in last_days if max(last, as_of) <= until)


def _on_days(rows: Iterable[Leaver], first: date, until: date) -> Counter[Place]:
    """Whose day is in this time, both its ends included."""
    found: Counter[Place] = Counter()
    for row in rows:
        if first <= row.last <= until:
            found[row.code, row.bloc] += row.people
    return found


def _strangers(rows: Iterable[Person | Leaver], matcher: Matcher) -> Iterator[Problem]:
    """An error at each row of a unit that is in no population table; a cell that is no code may be a name."""
    message = say("no such unit in the population table")
    fix = say("correct the code, or remove the rows if the unit is not in this table")
    for row in rows:
        if row.code not in matcher.by_code:
            value = row.code if row.code.isdecimal() else None
            yield problem_at(
                row.origin, "unmatched", Severity.ERROR, message, fix, column="code", value=value
            )


def past_age(rule: Retirement, people: Sequence[Person], as_of: date) -> Iterator[Problem]:
    """A warning where people are older than the age at which they retire."""
    past = [person for person in people if rule.last_day(person.born, woman=person.woman) < as_of]
    if past:
        message = count(
            "{n} person is past the retirement age on {day}: counted as leaving that day",
            "{n} people are past the retirement age on {day}: counted as leaving that day",
            n=len(past),
            day=as_of,
        )
        fix = say("leave out who stays on longer, or who has left")
        yield problem_at(past[0].origin, "past-age", Severity.WARNING, message, fix)


def _gone(table: LeaverTable, as_of: date) -> Iterator[Problem]:
    before = [row for row in table.leavers if row.last < as_of]
    if before:
        message = count(
            "{n} row of somebody whose last day was before {day}: not counted",
            "{n} rows of people whose last day was before {day}: not counted",
            n=len(before),
            day=as_of,
        )
        yield problem_at(before[0].origin, "left-already", Severity.INFORMATION, message)


def _there(table: LeaverTable, as_of: date) -> Iterator[Problem]:
    before = [row for row in table.leavers if row.last <= as_of]
    if before:
        message = count(
            "{n} row of somebody whose first day was {day} or before: there already, and not counted",
            "{n} rows of people whose first day was {day} or before: there already, and not counted",
            n=len(before),
            day=as_of,
        )
        yield problem_at(before[0].origin, "there-already", Severity.INFORMATION, message)
