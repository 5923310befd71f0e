"""The path to the deadline: departures day by day, what they leave, moves and recruits with their days."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from quota.analysis.work.states import past_age
from quota.core.moves import Cell, Place, Situation
from quota.core.positions import LeaverTable, PersonTable
from quota.core.results import FrameSummary
from quota.core.units import Unit
from quota.norms.policy import Policy, StageKind
from quota.norms.retirement import Retirement
from quota.planning.path.departures import LEFT, RETIRED, Departure, departures_of, refuse_strangers
from quota.planning.path.fewest import Fewest, Post, ends, fewest
from quota.planning.path.limits import not_kept, posts_of
from quota.planning.path.pairing import Way, paired
from quota.planning.path.paths import Fate, Path, Point, Step
from quota.planning.path.stays import Stay, days_of_change, lent_on, people_on, refuse_impossible
from quota.planning.redeploy.distances import Distances


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
    stays: Sequence[Stay] = (),
) -> Path:
    """The path from `as_of` to `deadline`. Raises `InputError` where a table does not fit the units.

    A unit meets its norm where every bloc is within it; one with an unknown bloc is not counted. `stays` are
    planned moves and secondments: people count where they are on a day.
    """
    departures = tuple(sorted(departures_of(rule, people, leavers, as_of, deadline)))
    refuse_strangers(start, people, departures, (*people.problems, *leavers.problems))
    known = Counter(place.code for place in start.cells)
    whole = {code for code, cells in known.items() if cells == blocs}
    cells = {place: cell for place, cell in start.cells.items() if place.code in whole}
    changing = days_of_change(departures, stays, as_of, deadline)
    refuse_impossible(cells, departures, stays, changing)
    there, lent = people_on(cells, departures, stays, deadline), lent_on(stays, deadline)
    posts = posts_of(cells, there, lent, start, policy, deadline)
    kinds = {stage.kind for stage in policy.stages} & {StageKind.INTERNAL}
    inside = frozenset(pair for kind in kinds for pair in policy.exchanges(kind))
    leaving = policy.limits.people_leaving_unit
    best = fewest(posts, inside, recruiting=recruiting, most_leaving=leaving.most if leaving else None)
    _count_again(cells, posts, best)
    days = _days(as_of, deadline)
    areas = {post.place.code: post.area for post in posts}
    moves = [*_inside(best), *paired(best.gives, best.takes, areas, distances)]
    checked = sorted({*days, *changing}) if stays else days
    staffed = {day: people_on(cells, departures, stays, day) for day in checked}
    dated = _dated(cells, moves, best.recruits, days, staffed, policy)
    steps = tuple(sorted(dated, key=lambda step: (step.day, step.target, step.origin or Place("", ""))))
    counted = [departure for departure in departures if departure.place in cells]
    points = tuple(_points(cells, counted, steps, days, staffed))
    last = ends(posts, best)
    units = [unit for unit in start.units if unit.code in whole]
    alone = _alone(cells, changing, departures, stays)
    fates = tuple(_fate(unit, cells, alone[unit.code], best, last) for unit in units)
    return Path(
        frame,
        policy.id,
        rule.id,
        as_of,
        deadline,
        points,
        fates,
        steps,
        best,
        len(start.units) - len(units),
        (*start.sources, *people.sources, *leavers.sources),
        (
            *start.problems,
            *people.problems,
            *leavers.problems,
            *past_age(rule, people.people, as_of),
            *not_kept(policy),
        ),
        start.unsettled,
        start.by_assigned,
        tuple(stays),
        sum(cell.staff for cell in cells.values()),
        sum(Place(person.code, person.bloc) in cells for person in people.people),
    )


def _days(as_of: date, deadline: date) -> list[date]:
    """Today, each first of January before the deadline, the deadline."""
    years = [date(year, 1, 1) for year in range(as_of.year + 1, deadline.year + 1)]
    return [as_of, *(day for day in years if as_of < day < deadline), deadline]


def _inside(best: Fewest) -> Iterator[Way]:
    for (code, have, need), people in best.inside.items():
        yield Place(code, have), Place(code, need), people, 0


def _dated(
    cells: Mapping[Place, Cell],
    moves: Sequence[Way],
    recruits: Mapping[Place, int],
    days: Sequence[date],
    staffed: Mapping[date, Mapping[Place, int]],
    policy: Policy,
) -> Iterator[Step]:
    """Each move and recruit on the first of `days` from which on both places have room for it to the end.

    Nobody leaves a unit on a day on which the policy keeps people in theirs.
    """
    came, went = Counter[Place](), Counter[Place]()

    def least(place: Place, day: date) -> int:
        return min(staff[place] for then, staff in staffed.items() if then >= day)

    def most(place: Place, day: date) -> int:
        return max(staff[place] for then, staff in staffed.items() if then >= day)

    for origin, target, people, metres in moves:
        left = people
        for day in days:
            if origin.code != target.code and policy.keeps_surplus(day):
                continue
            room = cells[target].high - most(target, day) - came[target]
            spare = least(origin, day) - cells[origin].low - went[origin]
            now = min(left, max(room, 0), max(spare, 0))
            if now:
                yield Step(day, target, origin, now, metres)
                came[target] += now
                went[origin] += now
                left -= now
    for target, people in recruits.items():
        left = people
        for day in days:
            missing = cells[target].low - most(target, day) - came[target]
            now = min(left, max(missing, 0))
            if now:
                yield Step(day, target, None, now)
                came[target] += now
                left -= now


def _points(
    cells: Mapping[Place, Cell],
    departures: Sequence[Departure],
    steps: Sequence[Step],
    days: Sequence[date],
    staffed: Mapping[date, Mapping[Place, int]],
) -> Iterator[Point]:
    before: date | None = None
    for day in days:
        alone = staffed[day]
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
    unit: Unit, cells: Mapping[Place, Cell], alone: date | None, best: Fewest, last: Mapping[Place, int]
) -> Fate:
    own = {place: cell for place, cell in cells.items() if place.code == unit.code}
    over = {place.group: n for place, cell in own.items() if (n := max(last[place] - cell.high, 0))}
    short = {place.group: n for place, cell in own.items() if (n := max(cell.low - last[place], 0))}
    return Fate(unit, alone, unit.code in best.meeting, over, short)


def _alone(
    cells: Mapping[Place, Cell], days: Sequence[date], departures: Sequence[Departure], stays: Sequence[Stay]
) -> dict[str, date | None]:
    """By unit the first of `days` from which it is within its norm to the last, if nobody else moves."""
    found: dict[str, date | None] = dict.fromkeys(place.code for place in cells)
    for day in days:
        within = _within(cells, people_on(cells, departures, stays, day))
        for code, since in found.items():
            found[code] = (since or day) if code in within else None
    return found


def _count_again(cells: Mapping[Place, Cell], posts: Sequence[Post], best: Fewest) -> None:
    """Plain arithmetic that knows no solver: nobody is made up, no place overfilled, the counts are right."""
    staff = ends(posts, best)
    faults = [
        post.place
        for post in posts
        if staff[post.place] < min(post.staff, post.low)
        or staff[post.place] > max(post.staff, post.high)
        or (post.place in best.gives and not post.releases)
        or (post.place in best.takes and not post.receives)
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
