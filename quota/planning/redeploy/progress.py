"""How much of a plan is done, what is stuck, in the words departments report."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from quota.core.moves import Place, Situation
from quota.core.places import file_of
from quota.core.plan_tables import Done, DoneTable, PlanTable
from quota.core.problems import Problem
from quota.core.values import ComparedByContent
from quota.norms.policy import Policy, StageRule
from quota.planning.redeploy.announced import as_announced, start_of
from quota.planning.redeploy.contradictions import unlike_itself
from quota.planning.redeploy.situations import after_ways
from quota.planning.redeploy.tallying import Count, Key, Tally, tallied


class Progress(ComparedByContent, frozen=True):
    """A plan's progress on a day. Stage -1 counts what no stage moves and what was done outside it."""

    as_of: date
    total: Tally
    stages: Mapping[int, Tally]
    units: Mapping[str, Tally]
    groups: Mapping[str, Tally]
    stuck: tuple[Done, ...]
    done: Mapping[Key, int]
    """People who moved, by stage, origin and target, as things are on the day."""
    reported: Mapping[Key, int]
    """People whom the table of what was done counts up to the day, also those who are back."""
    plan: PlanTable
    rules: tuple[StageRule, ...]
    """The stages of the policy."""
    start: Situation
    now: Situation
    """Who is where on the day, by what was done."""
    problems: tuple[Problem, ...] = ()

    @property
    def departments(self) -> frozenset[Place]:
        """The origins that are departments."""
        return frozenset(self.start.pools)


def progress(
    plan: PlanTable, done: DoneTable, as_of: date, policy: Policy, start: Situation | None = None
) -> Progress:
    """Count what was done by `as_of`. A secondment whose months have passed fills its post no more.

    The table of what was done is the whole record from the first day: a plan that `--replan` wrote says how
    many people the reports before it counted, and fewer than that are doubted.
    """
    start = start_of(plan) if start is None else start
    written, plan = plan, as_announced(plan)
    tally = Count(plan, start, policy, file_of(done), as_of)
    for row in sorted(done.rows, key=_most_said_first):
        tally.enter(row)
    tally.problems.sort(key=lambda problem: problem.row or 0)
    stuck = [row for row in done.rows if row.stuck and not (row.day and row.day > as_of)]
    tally.doubt(stuck)
    tally.compare_with_earlier(written)
    now = after_facts(start, tally.taken, policy)
    tally.weigh_departures(start, now)
    return Progress(
        as_of,
        *tallied(tally, start),
        tuple(stuck),
        dict(tally.taken),
        dict(tally.reported),
        plan,
        policy.stages,
        start,
        now,
        (*plan.problems, *done.problems, *unlike_itself(written, start), *tally.problems),
    )


def _most_said_first(row: Done) -> tuple[bool, bool, date]:
    """Rows in the order in which they are counted, whatever their order in the table.

    Those that name their stage or kind can be about nothing else; of the others the earlier day is the
    earlier stage's, and a row without a day comes last.
    """
    return row.stage is None, not row.kind, row.day or date.max


def after_facts(start: Situation, taken: Mapping[Key, int], policy: Policy) -> Situation:
    """Who is where once `taken` people have moved; a department's people leave by the way of their stage."""

    def on_loan(stage: int) -> bool:
        return 0 <= stage < len(policy.stages) and policy.stages[stage].kind == "secondment"

    ways = ((origin, target, n, on_loan(stage)) for (stage, origin, target), n in taken.items())
    return after_ways(start, ways)
