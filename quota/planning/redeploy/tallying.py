"""What was done, counted row by row beside what was announced."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from operator import add

from msgspec import Struct
from msgspec.structs import astuple, replace

from quota.core.months import last_day
from quota.core.moves import Move, Place, Situation
from quota.core.places import file_of
from quota.core.plan_lines import MOVES
from quota.core.plan_tables import Done, PlanTable
from quota.core.problems import Problem, Severity
from quota.core.text import Text, count, say
from quota.norms.policy import Policy
from quota.planning.redeploy.announced import Announced, announced_of, stage_for

Key = tuple[int, Place | None, Place | None]
"""A stage (-1 is none of them), where people came from, where they went."""


class Tally(Struct, frozen=True):
    """People over and those of them who moved; posts short and those of them filled; people stuck."""

    over: int = 0
    moved: int = 0
    short: int = 0
    filled: int = 0
    stuck: int = 0

    def __add__(self, more: Tally) -> Tally:
        return Tally(*map(add, astuple(self), astuple(more)))


class Count:
    """Moves done so far, row by row, beside those announced."""

    def __init__(
        self, plan: PlanTable, start: Situation, policy: Policy, file: str | None, as_of: date
    ) -> None:
        self.plan, self.start, self.policy, self.file, self.as_of = plan, start, policy, file, as_of
        self.problems: list[Problem] = []
        self.taken: Counter[Key] = Counter()
        self.reported: Counter[Key] = Counter()
        self.tallies: list[tuple[Key, Tally]] = []
        self.announced: Announced = announced_of(plan)
        for move in plan.moves:
            if move.stage >= 0:
                over = move.people if move.origin not in start.pools else 0
                self.tallies.append(((move.stage, move.origin, None), Tally(over=over)))
                self.tallies.append(((move.stage, None, move.target), Tally(short=move.people)))

    def enter(self, row: Done) -> None:
        """Count one row."""
        if any(self._unknown(place, row) for place in (row.origin, row.target)):
            return
        if row.day is not None and row.day > self.as_of:
            later = say("after {day}; not counted", day=self.as_of)
            self._report("later", later, row, Severity.INFORMATION)
            return
        if row.target in self.start.pools:
            left = say("who goes to a department fills no unit's post; counted as having left")
            self._report("to-department", left, row, Severity.WARNING)
            row = replace(row, target=None)
        moves = self._moves(row)
        for stage, people, months in list(self._by_stage(row, moves)):
            self.reported[stage, row.origin, row.target] += people
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
            self._add(stage, row, people)
        if row.stuck:
            stage = moves[0].stage if moves else -1
            self.tallies.append(((stage, row.origin, None), Tally(stuck=row.stuck)))

    def _unknown(self, place: Place | None, row: Done) -> bool:
        if place is None or place in self.start.cells or place in self.start.pools:
            return False
        where = say("{code}, {group} is nowhere in the plan", code=place.code, group=place.called)
        self._report("not-in-plan", where, row)
        return True

    def _moves(self, row: Done) -> list[Move]:
        """The announced moves that a row can be about: of the stage and the kind that it names."""
        moves = self.announced.get((row.origin, row.target), [])
        if row.stage is not None:
            moves = [move for move in moves if move.stage == row.stage]
        return [move for move in moves if row.kind in ("", move.kind)]

    def _by_stage(self, row: Done, moves: Iterable[Move]) -> Iterable[tuple[int, int, int | None]]:
        """The row's people by stage, the earliest first: stage, people, months.

        People beyond what was announced count in the stage that the row names, else in the first stage of
        the policy that could move them; in none (-1) where there is no such stage.
        """
        people = row.people
        for move in moves:
            part = min(people, move.people - self.taken[move.stage, row.origin, row.target])
            if part > 0:
                yield move.stage, part, move.months
                people -= part
        if not people:
            return
        if row.origin is None or row.target is None:
            yield -1, people, None
            return
        message = count(
            "{n} person more than the plan has between these places",
            "{n} people more than the plan has between these places",
            n=people,
        )
        self._report("more-than-planned", message, row, Severity.WARNING)
        if row.origin in self.start.pools and row.stage is None and not row.kind:
            unsaid = say("whether for good or on loan is unknown: write the stage or the kind in the row")
            self._report("unstaged", unsaid, row, Severity.WARNING)
        stage = stage_for(self.policy, row, lent=row.origin in self.start.pools)
        known = 0 <= stage < len(self.policy.stages)
        if row.stage is not None and not known:
            self._report("no-such-stage", say("the policy has {n} stages", n=len(self.policy.stages)), row)
        elif row.kind in MOVES and (not known or self.policy.stages[stage].kind != row.kind):
            message = say("the policy has no stage like this: {kind}", kind=row.kind)
            self._report("wrong-stage", message, row)
        yield stage, people, self.policy.stages[stage].months if known else None

    def doubt(self, stuck: Iterable[Done]) -> None:
        """More people who are stuck between two places than are still to move there."""
        said: Counter[tuple[Place | None, Place | None]] = Counter()
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

    def compare_with_earlier(self, plan: PlanTable) -> None:
        """Refuse a table that counts fewer people than the reports before: it lacks the weeks before."""
        for move in plan.moves:
            pair = (move.origin, move.target)
            now = sum(people for key, people in self.reported.items() if key[1:] == pair)
            if now < move.reported:
                message = say(
                    "earlier reports counted {before} people here, the table of what was done has {now}",
                    before=move.reported,
                    now=now,
                )
                fix = say("give the whole table, from the first day, with the new rows added")
                problem = Problem(
                    "earlier-lost", Severity.ERROR, message, fix, file=file_of(self.plan), row=move.row
                )
                self.problems.append(problem)

    def weigh_departures(self, start: Situation, now: Situation) -> None:
        """Say where more people left than were over, and refuse that more left than were there."""
        went, came = Counter[Place](), Counter[Place]()
        for (_, origin, target), people in self.taken.items():
            if origin is not None and origin in start.cells:
                went[origin] += people
            if target is not None:
                came[target] += people
        for place, people in sorted(went.items()):
            cell = now.cells[place]
            if self.plan.start is not None and cell.staff < 0:
                message = say("{n} people left {code}, {group}, more than were there", n=people, **place.said)
                self._report("more-left-than-there", message, None)
            emptied = cell.short - max(start.cells[place].short - came[place], 0)
            if emptied > 0:
                message = count(
                    "{code}, {group}: {left} left, more than were over; {n} post there is empty by that",
                    "{code}, {group}: {left} left, more than were over; {n} posts there are empty by that",
                    n=emptied,
                    left=people,
                    **place.said,
                )
                self._report("more-left-than-over", message, None, Severity.WARNING)

    def _add(self, stage: int, row: Done, people: int) -> None:
        self.taken[stage, row.origin, row.target] += people
        moved = people if row.origin and row.origin not in self.start.pools else 0
        self.tallies.append(((stage, row.origin, None), Tally(moved=moved)))
        self.tallies.append(((stage, None, row.target), Tally(filled=people if row.target else 0)))

    def _report(
        self, code: str, message: Text, row: Done | None, severity: Severity = Severity.ERROR
    ) -> None:
        fix = say("correct the row, or the plan") if severity is Severity.ERROR else None
        self.problems.append(
            Problem(code, severity, message, fix, file=self.file, row=row.row if row else None)
        )


Sums = tuple[Tally, dict[int, Tally], dict[str, Tally], dict[str, Tally]]


def tallied(tally: Count, start: Situation) -> Sums:
    """The tallies in all, by stage, by unit, by bloc or position.

    By stage they count what was announced; in all, by unit and by bloc they count from the plan's start, so
    that they do not change when a plan is made anew on the way.
    """
    places: dict[Place, Tally] = {
        place: Tally(over=cell.surplus, short=cell.wanted)
        for place, cell in start.cells.items()
        if cell.surplus or cell.wanted
    }
    stages: dict[int, Tally] = {}
    for (stage, origin, target), part in tally.tallies:
        stages[stage] = stages.get(stage, Tally()) + part
        place = origin or target
        if place is not None and (place in start.cells or part.stuck):
            places[place] = places.get(place, Tally()) + Tally(0, part.moved, 0, part.filled, part.stuck)
    total = sum(places.values(), Tally())
    outside = stages.get(-1, Tally()) + Tally(
        over=max(total.over - sum(stage.over for stage in stages.values()), 0),
        short=max(total.short - sum(stage.short for stage in stages.values()), 0),
    )
    if outside != Tally():
        stages[-1] = outside
    units: dict[str, Tally] = {}
    groups: dict[str, Tally] = {}
    for place, part in places.items():
        units[place.code] = units.get(place.code, Tally()) + part
        groups[place.group] = groups.get(place.group, Tally()) + part
    return total, dict(sorted(stages.items())), dict(sorted(units.items())), dict(sorted(groups.items()))
