"""Whether a plan keeps the laws: plain arithmetic, move by move, that knows nothing of any solver.

Each breach names the move, and so the row of the file it was read from.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from quota.core.moves import Balance, Made, Move, Place, Situation
from quota.core.places import file_of
from quota.core.plan_lines import COUNTED, STAYS
from quota.core.plan_tables import PlanTable
from quota.core.problems import Problem, Severity
from quota.core.text import Text, say
from quota.norms.policy import Policy
from quota.planning.redeploy.contradictions import contradictions
from quota.planning.redeploy.distances import Distances
from quota.planning.redeploy.laws import Ledger
from quota.planning.redeploy.progress import after_facts
from quota.planning.redeploy.situations import after, standing


class Breach(Struct, frozen=True):
    """A move that breaks a law, which one, in words."""

    law: str
    move: Move
    message: Text

    def problem(self, file: str | None = None) -> Problem:
        """The same as a problem of the plan's file."""
        fix = say("correct the row or remove it")
        return Problem(self.law, Severity.ERROR, self.message, fix, file=file, row=self.move.row)


def breaches(
    start: Situation, policy: Policy, distances: Distances, as_of: date, moves: Iterable[Move]
) -> tuple[Breach, ...]:
    """Every move that breaks a law, counting in the order of the stages and, in each, of the rows."""
    ordered = sorted(moves, key=lambda move: move.stage)
    ledger = Ledger(start, policy, distances, as_of)
    found: list[Breach] = []
    for number in sorted({move.stage for move in ordered}):
        ledger.open()
        for move in ordered:
            if move.stage == number:
                found += [Breach(law, move, message) for law, message in ledger.enter(move)]
    return tuple(_first_of_each(found))


def refuse_breaches(
    start: Situation, policy: Policy, distances: Distances, as_of: date, moves: Iterable[Move]
) -> None:
    """A plan of this program's own that breaks a law is its fault, and is never shown."""
    broken = breaches(start, policy, distances, as_of, moves)
    if broken:
        raise AssertionError(f"the plan breaks its own laws: {broken[0].message}")


_ADDED_UP = {"below-norm", "more-than-surplus", "over-target", "not-there", "leaving-limit", "moves-limit"}
"""Laws about sums: the row that passes the bound is named, not all that follow it."""


def _first_of_each(found: Iterable[Breach]) -> Iterator[Breach]:
    seen = set()
    for breach in found:
        values = breach.message.values
        key = (
            breach.law,
            breach.move.stage,
            values.get("code"),
            values.get("group"),
            breach.message.template,
        )
        if breach.law not in _ADDED_UP or key not in seen:
            yield breach
        seen.add(key)


class Judgement(Struct, frozen=True):
    """What checking a plan found: people moved by stage, and every breach as a problem of the file."""

    people: tuple[tuple[int, str, int], ...]
    """Stage, kind, people."""
    left: Balance
    problems: tuple[Problem, ...]
    by_assigned: bool = False
    """Whether units are filled to what was assigned."""


def judge(
    start: Situation,
    policy: Policy,
    distances: Distances,
    as_of: date,
    table: PlanTable,
    made: Iterable[Made] = (),
) -> Judgement:
    """Check a plan read from a file: each move against the laws, the rest against the start and the moves.

    People whom a report has counted (moved, left, come) are facts: they are added up, no law is held to them.
    """
    moves = [move for move in table.moves if move.kind not in STAYS | COUNTED]
    file = file_of(table)
    found = breaches(_with_facts(start, policy, table), policy, distances, as_of, _to_do(moves))
    people = Counter[int]()
    for move in moves:
        people[move.stage] += move.people
    rest = [move for move in table.moves if move.kind not in STAYS]
    left = standing(after(start, rest, ""))
    stages = [(n, rule.kind.value, people[n]) for n, rule in enumerate(policy.stages)]
    problems = (*(breach.problem(file) for breach in found), *contradictions(table, start, distances, made))
    return Judgement(tuple(stages), left, problems, start.by_assigned)


def _to_do(moves: Iterable[Move]) -> list[Move]:
    """The moves less what reports have counted, without rows that are done or no longer in the plan."""
    return [
        replace(move, people=move.people - min(move.reported, move.people))
        for move in moves
        if move.people > move.reported or not (move.reported or move.announced)
    ]


def _with_facts(start: Situation, policy: Policy, table: PlanTable) -> Situation:
    """The situation once the people whom reports have counted are where they went."""
    taken: Counter[tuple[int, Place | None, Place | None]] = Counter()
    for move in table.moves:
        if move.kind in COUNTED:
            taken[-1, move.origin, move.target] += move.people
        elif move.reported and move.kind not in STAYS:
            taken[move.stage, move.origin, move.target] += min(move.reported, move.people)
    return after_facts(start, taken, policy) if taken else start
