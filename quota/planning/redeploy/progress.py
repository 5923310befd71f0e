"""How much of a plan is done, what is stuck, in the words departments report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from quota.core.months import last_day
from quota.core.moves import Done, DoneTable, Move, Place, PlanTable
from quota.core.problems import Problem, Severity
from quota.core.text import Text, count, say
from quota.core.values import ComparedByContent


class Tally(Struct, frozen=True):
    """People over and those of them who moved; posts short and those of them filled; people stuck."""

    over: int = 0
    moved: int = 0
    short: int = 0
    filled: int = 0
    stuck: int = 0

    def __add__(self, more: Tally) -> Tally:
        return Tally(
            self.over + more.over,
            self.moved + more.moved,
            self.short + more.short,
            self.filled + more.filled,
            self.stuck + more.stuck,
        )


Pair = tuple[Place | None, Place | None]


class Progress(ComparedByContent, frozen=True):
    """Where a plan stands on a day. Stage -1 counts people no stage moves, and what was done outside it."""

    as_of: date
    total: Tally
    stages: Mapping[int, Tally]
    units: Mapping[str, Tally]
    groups: Mapping[str, Tally]
    stuck: tuple[Done, ...]
    done: Mapping[tuple[int, Place | None, Place | None], int]
    """People who moved, by stage, origin and target, as they stand on the day."""
    plan: PlanTable
    problems: tuple[Problem, ...] = ()

    @property
    def departments(self) -> frozenset[Place]:
        """The origins that are departments."""
        return frozenset(move.origin for move in self.plan.moves if move.department and move.origin)


def progress(plan: PlanTable, done: DoneTable, as_of: date) -> Progress:
    """Count what was done by `as_of`. A secondment whose months have passed fills its post no more."""
    tally = _Count(plan, done.sources[0].path if done.sources else None, as_of)
    for row in done.rows:
        tally.enter(row)
    stuck = [row for row in done.rows if row.stuck and not (row.day and row.day > as_of)]
    tally.doubt(stuck)
    stages, units, groups = _sums(tally.tallies, tally.departments)
    return Progress(
        as_of,
        sum(stages.values(), Tally()),
        stages,
        units,
        groups,
        tuple(stuck),
        dict(tally.taken),
        plan,
        (*plan.problems, *done.problems, *tally.problems),
    )


class _Count:
    """What was done so far, row by row, beside what was announced."""

    def __init__(self, plan: PlanTable, file: str | None, as_of: date) -> None:
        self.file, self.as_of = file, as_of
        self.problems: list[Problem] = []
        self.departments = {move.origin for move in plan.moves if move.department}
        self.places = {place for move in plan.moves for place in (move.origin, move.target)}
        self.taken: Counter[tuple[int, Place | None, Place | None]] = Counter()
        self.tallies: list[tuple[int, Place | None, Place | None, Tally]] = []
        self.announced: dict[Pair, list[Move]] = {}
        for move in sorted(plan.moves, key=lambda move: move.stage):
            over = move.people if move.origin and move.origin not in self.departments else 0
            self.tallies.append((move.stage, move.origin, None, Tally(over=over)))
            self.tallies.append(
                (move.stage, None, move.target, Tally(short=move.people if move.target else 0))
            )
        for move in _as_one(plan.moves):
            self.announced.setdefault((move.origin, move.target), []).append(move)

    def enter(self, row: Done) -> None:
        """Count one row."""
        for place in (row.origin, row.target):
            if place is not None and place not in self.places:
                where = say(
                    "{code}, {group} is nowhere in the plan", code=place.code, group=place.group or "?"
                )
                self._report("not-in-plan", where, row)
        if row.day is not None and row.day > self.as_of:
            later = say("after {day}; not counted", day=self.as_of)
            self._report("later", later, row, Severity.INFORMATION)
            return
        moves = self.announced.get((row.origin, row.target), [])
        for stage, people, months in list(_by_stage(row, moves, self.taken)):
            if months and row.day is not None and last_day(row.day, months) < self.as_of:
                ended = say("the secondment has ended; its post is empty again")
                self._report("ended", ended, row, Severity.WARNING)
                continue
            if months and row.day is None:
                message = say(
                    "when it began is unknown, so whether it still runs after {n} months; "
                    "counted as if it did",
                    n=months,
                )
                self._report("undated", message, row, Severity.WARNING)
            if stage < 0 and row.origin and row.target:
                message = say("{n} people more than the plan has between these places", n=people)
                self._report("more-than-planned", message, row, Severity.WARNING)
            self._add(stage, row, people)
        if row.stuck:
            stage = moves[0].stage if moves else -1
            self.tallies.append((stage, row.origin, None, Tally(stuck=row.stuck)))

    def doubt(self, stuck: Iterable[Done]) -> None:
        """More people who are stuck between two places than are still to move there."""
        said: Counter[Pair] = Counter()
        for row in stuck:
            pair = (row.origin, row.target)
            moves = self.announced.get(pair, [])
            left = sum(move.people - self.taken[move.stage, *pair] for move in moves)
            said[pair] += row.stuck
            if 0 < left < said[pair]:  # none left: the plan was made anew around who is stuck
                message = count(
                    "{n} person stuck, {left} are left to move between these places",
                    "{n} people stuck, {left} are left to move between these places",
                    n=said[pair],
                    left=left,
                )
                self._report("more-stuck-than-left", message, row, Severity.WARNING)

    def _add(self, stage: int, row: Done, people: int) -> None:
        self.taken[stage, row.origin, row.target] += people
        moved = people if row.origin and row.origin not in self.departments else 0
        self.tallies.append((stage, row.origin, None, Tally(moved=moved)))
        self.tallies.append((stage, None, row.target, Tally(filled=people if row.target else 0)))

    def _report(self, code: str, message: Text, row: Done, severity: Severity = Severity.ERROR) -> None:
        fix = say("correct the row, or the plan") if severity is Severity.ERROR else None
        self.problems.append(Problem(code, severity, message, fix, file=self.file, row=row.row))


def _as_one(moves: Iterable[Move]) -> list[Move]:
    """The announced moves by stage; one that stands in several rows, as people split it, is one."""
    found: dict[tuple[int, Place | None, Place | None], Move] = {}
    for move in sorted(
        (announced for announced in moves if announced.stage >= 0), key=lambda announced: announced.stage
    ):
        key = (move.stage, move.origin, move.target)
        before = found[key].people if key in found else 0
        found[key] = replace(move, people=before + move.people)
    return list(found.values())


def _by_stage(
    row: Done, moves: Iterable[Move], taken: Counter[tuple[int, Place | None, Place | None]]
) -> Iterable[tuple[int, int, int | None]]:
    """The row's people by stage, the earliest first: stage, people, months; what no stage has is -1."""
    people = row.people
    for move in moves:
        part = min(people, move.people - taken[move.stage, row.origin, row.target])
        if part > 0:
            yield move.stage, part, move.months
            people -= part
    if people:
        yield -1, people, None


Sums = tuple[dict[int, Tally], dict[str, Tally], dict[str, Tally]]


def _sums(
    tallies: Iterable[tuple[int, Place | None, Place | None, Tally]], departments: set[Place | None]
) -> Sums:
    stages: dict[int, Tally] = {}
    units: dict[str, Tally] = {}
    groups: dict[str, Tally] = {}
    for stage, origin, target, tally in tallies:
        stages[stage] = stages.get(stage, Tally()) + tally
        place = origin or target
        if place is not None and (place not in departments or tally.stuck):
            units[place.code] = units.get(place.code, Tally()) + tally
            groups[place.group] = groups.get(place.group, Tally()) + tally
    return dict(sorted(stages.items())), dict(sorted(units.items())), dict(sorted(groups.items()))
