"""The path to the deadline: departures day by day, what they leave, moves and recruits with their days."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from msgspec import Struct

from quota.core.departures import LeaverTable, PersonTable
from quota.core.months import ONE_DAY
from quota.core.moves import Cell, Place, Situation
from quota.core.problems import InputError, Problem, Severity
from quota.core.results import FrameSummary
from quota.core.text import Text, count, say
from quota.core.units import InputFile, Unit
from quota.norms.policy import Policy
from quota.norms.retirement import Retirement
from quota.planning.path.fewest import Fewest, Post, ends, fewest
from quota.planning.path.pairing import Way, paired
from quota.planning.redeploy.distances import Distances

RETIRED, LEFT = "retired", "left"


class Departure(Struct, frozen=True, order=True):
    """People of a place whose last day at work is `last`; `why` is `retired` or `left`."""

    last: date
    place: Place
    people: int
    why: str


class Step(Struct, frozen=True):
    """People who move, or are recruited (no origin), by a day; metres None where unknown or not a way."""

    day: date
    target: Place
    origin: Place | None
    people: int
    metres: int | None = None


class Point(Struct, frozen=True):
    """One day: who left since the point before, how things are if nobody moves, and with the steps taken.

    `meeting` counts units within their norm in every bloc; `short` and `over` are people, by bloc too.
    """

    day: date
    retired: int
    left: int
    meeting: int
    short: Mapping[str, int]
    over: Mapping[str, int]
    meeting_with_steps: int
    short_with_steps: int
    over_with_steps: int


class Fate(Struct, frozen=True):
    """A unit: the day from which it meets its norm by itself for good, and whether it does with the steps.

    `over` and `short` are people and posts that stay on the deadline when all is done, by bloc.
    """

    unit: Unit
    alone: date | None
    meets: bool
    over: Mapping[str, int]
    short: Mapping[str, int]


class Path(Struct, frozen=True):
    """Everything from today to the deadline; checked by plain arithmetic before it is returned."""

    frame: FrameSummary | None
    policy: str
    retirement: str
    as_of: date
    deadline: date
    points: tuple[Point, ...]
    units: tuple[Fate, ...]
    steps: tuple[Step, ...]
    departures: tuple[Departure, ...]
    best: Fewest
    unknown: int
    """Units with a bloc whose people or posts are unknown: whether they meet the norm cannot be told."""
    inputs: tuple[InputFile, ...] = ()
    problems: tuple[Problem, ...] = ()


def walk(
    start: Situation,
    policy: Policy,
    distances: Distances,
    rule: Retirement,
    people: PersonTable,
    leavers: LeaverTable,
    *,
    as_of: date,
    deadline: date,
    frame: FrameSummary | None = None,
    blocs: int = 3,
    recruiting: bool = True,
) -> Path:
    """The path from `as_of` to `deadline`. Raises `InputError` where a table does not fit the units.

    A unit meets its norm where every bloc is within it; one with an unknown bloc is not counted.
    """
    departures = tuple(sorted(_departures(start, rule, people, leavers, as_of, deadline)))
    _refuse(start, people, departures, (*people.problems, *leavers.problems))
    known = Counter(place.code for place in start.cells)
    whole = {code for code, cells in known.items() if cells == blocs}
    cells = {place: cell for place, cell in start.cells.items() if place.code in whole}
    gone = _gone(departures, deadline)
    posts = [
        Post(place, cell.staff - gone[place], cell.low, cell.high, start.provinces.get(place.code, ""))
        for place, cell in cells.items()
    ]
    inside = frozenset(
        pair for stage in policy.stages if stage.kind == "internal" for pair in policy.exchanges(stage.kind)
    )
    best = fewest(posts, inside, recruiting=recruiting)
    _count_again(cells, posts, best)
    days = _days(as_of, deadline)
    steps = tuple(sorted(_dated(cells, departures, best, posts, distances, days), key=_by_day))
    points = tuple(_points(cells, departures, steps, days))
    last = ends(posts, best)
    units = [unit for unit in start.units if unit.code in whole]
    fates = tuple(_fate(unit, cells, departures, best, last, as_of, deadline) for unit in units)
    return Path(
        frame,
        policy.id,
        rule.id,
        as_of,
        deadline,
        points,
        fates,
        steps,
        departures,
        best,
        len(start.units) - len(units),
        (*start.sources, *people.sources, *leavers.sources),
        (*start.problems, *people.problems, *leavers.problems, *_past_age(rule, people, as_of)),
    )


def _past_age(rule: Retirement, people: PersonTable, as_of: date) -> Iterator[Problem]:
    """A warning where people are older than the age at which they retire."""
    past = sum(rule.last_day(person.born, woman=person.woman) < as_of for person in people.people)
    if past:
        message = count(
            "{n} person is past the retirement age on {day}: counted as leaving that day",
            "{n} people are past the retirement age on {day}: counted as leaving that day",
            n=past,
            day=as_of,
        )
        file = people.sources[0].path if people.sources else None
        fix = say("leave out who stays on longer, or who has left")
        yield Problem("past-age", Severity.WARNING, message, fix, file)


def _departures(
    start: Situation,
    rule: Retirement,
    people: PersonTable,
    leavers: LeaverTable,
    as_of: date,
    deadline: date,
) -> Iterator[Departure]:
    """Who is at work on `as_of` and not on the deadline: the last day at work lies between."""
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


def _gone(departures: Iterable[Departure], day: date) -> Counter[Place]:
    """Who has left before `day`: the last day at work is before it."""
    gone: Counter[Place] = Counter()
    for departure in departures:
        if departure.last < day:
            gone[departure.place] += departure.people
    return gone


def _refuse(
    start: Situation,
    people: PersonTable,
    departures: Sequence[Departure],
    problems: Sequence[Problem],
) -> None:
    found = list(problems)
    file = people.sources[0].path if people.sources else None
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
        code=place.code,
        group=place.group,
        n=number,
        staff=cell.staff,
    )
    fix = say("bring the two tables to one day")
    return Problem("more-than-there", Severity.ERROR, message, fix, file, value=place.code)


def _days(as_of: date, deadline: date) -> list[date]:
    """Today, each first of January before the deadline, the deadline."""
    years = [date(year, 1, 1) for year in range(as_of.year + 1, deadline.year + 1)]
    return [as_of, *(day for day in years if as_of < day < deadline), deadline]


def _dated(
    cells: Mapping[Place, Cell],
    departures: Sequence[Departure],
    best: Fewest,
    posts: Sequence[Post],
    distances: Distances,
    days: Sequence[date],
) -> Iterator[Step]:
    """Each move and recruit on the first of `days` on which the place has room for it."""
    areas = {post.place.code: post.area for post in posts}
    moves: list[Way] = [
        (Place(code, have), Place(code, need), people, 0)
        for (code, have, need), people in best.inside.items()
    ]
    moves += paired(best.gives, best.takes, areas, distances)
    came: Counter[Place] = Counter()
    rooms = [(day, _gone(departures, day)) for day in days]
    for origin, target, people, metres in moves:
        left = people
        for day, gone in rooms:
            cell = cells[target]
            room = cell.high - (cell.staff - gone[target]) - came[target]
            now = min(left, max(room, 0))
            if now:
                yield Step(day, target, origin, now, metres)
                came[target] += now
                left -= now
    for target, people in best.recruits.items():
        left = people
        for day, gone in rooms:
            cell = cells[target]
            missing = cell.low - (cell.staff - gone[target]) - came[target]
            now = min(left, max(missing, 0))
            if now:
                yield Step(day, target, None, now)
                came[target] += now
                left -= now


def _by_day(step: Step) -> tuple[date, Place, Place]:
    return step.day, step.target, step.origin or Place("", "")


def _points(
    cells: Mapping[Place, Cell],
    departures: Sequence[Departure],
    steps: Sequence[Step],
    days: Sequence[date],
) -> Iterator[Point]:
    before: date | None = None
    for day in days:
        gone = _gone(departures, day)
        alone = {place: cell.staff - gone[place] for place, cell in cells.items()}
        with_steps = dict(alone)
        for step in steps:
            if step.day <= day:
                with_steps[step.target] += step.people
                if step.origin is not None:
                    with_steps[step.origin] -= step.people
        since = [
            departure
            for departure in departures
            if departure.last < day and (before is None or departure.last >= before)
        ]
        short, over = _gaps(cells, alone)
        short_after, over_after = _gaps(cells, with_steps)
        yield Point(
            day,
            sum(departure.people for departure in since if departure.why == RETIRED),
            sum(departure.people for departure in since if departure.why == LEFT),
            len(_within(cells, alone)),
            short,
            over,
            len(_within(cells, with_steps)),
            sum(short_after.values()),
            sum(over_after.values()),
        )
        before = day


def _gaps(cells: Mapping[Place, Cell], staff: Mapping[Place, int]) -> tuple[dict[str, int], dict[str, int]]:
    """Posts short and people over, by bloc."""
    short: dict[str, int] = defaultdict(int)
    over: dict[str, int] = defaultdict(int)
    for place, cell in cells.items():
        short[place.group] += max(cell.low - staff[place], 0)
        over[place.group] += max(staff[place] - cell.high, 0)
    return dict(short), dict(over)


def _within(cells: Mapping[Place, Cell], staff: Mapping[Place, int]) -> set[str]:
    """Units that are within their norm in every bloc."""
    outside = {place.code for place, cell in cells.items() if not cell.low <= staff[place] <= cell.high}
    return {place.code for place in cells} - outside


def _fate(
    unit: Unit,
    cells: Mapping[Place, Cell],
    departures: Sequence[Departure],
    best: Fewest,
    last: Mapping[Place, int],
    as_of: date,
    deadline: date,
) -> Fate:
    own = {place: cell for place, cell in cells.items() if place.code == unit.code}
    over = {place.group: n for place, cell in own.items() if (n := max(last[place] - cell.high, 0))}
    short = {place.group: n for place, cell in own.items() if (n := max(cell.low - last[place], 0))}
    return Fate(unit, _alone(own, departures, as_of, deadline), unit.code in best.meeting, over, short)


def _alone(
    own: Mapping[Place, Cell], departures: Sequence[Departure], as_of: date, deadline: date
) -> date | None:
    """The first day from which the unit is within its norm until the deadline by departures alone."""
    mine = [departure for departure in departures if departure.place in own]
    found: date | None = None
    for day in sorted({as_of, deadline, *(departure.last + ONE_DAY for departure in mine)}):
        gone = _gone(mine, day)
        if all(cell.low <= cell.staff - gone[place] <= cell.high for place, cell in own.items()):
            found = day if found is None else found
        else:
            found = None
    return found


def _count_again(cells: Mapping[Place, Cell], posts: Sequence[Post], best: Fewest) -> None:
    """Plain arithmetic that knows no solver: nobody is made up, no place overfilled, the counts are right."""
    staff = ends(posts, best)
    faults = [
        post.place
        for post in posts
        if staff[post.place] < min(post.staff, post.low) or staff[post.place] > max(post.staff, post.high)
    ]
    meeting = _within(cells, staff)
    people = sum(best.gives.values()) + sum(best.inside.values()) + sum(best.recruits.values())
    sound = (
        not faults
        and best.meeting <= meeting
        and sum(best.gives.values()) == sum(best.takes.values())
        and sum(staff.values()) == sum(post.staff for post in posts) + sum(best.recruits.values())
        and best.most_units == (len(best.meeting),) * 2
        and best.fewest == (people,) * 2
    )
    if not sound:
        raise AssertionError("the path does not add up")


def headline(path: Path) -> Text:
    """How many units meet their norm on the deadline, by themselves and with the steps."""
    alone = sum(fate.alone is not None for fate in path.units)
    return count(
        "Of {n} unit {alone} meet the norm on {day} by themselves, {meeting} with {people}"
        " moved or recruited.",
        "Of {n} units {alone} meet the norm on {day} by themselves, {meeting} with {people}"
        " moved or recruited.",
        n=len(path.units),
        alone=alone,
        day=path.deadline,
        meeting=len(path.best.meeting),
        people=path.best.fewest[0],
    )
