"""How much of a plan is done, what is stuck, in the words departments report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date

from msgspec.structs import replace

from quota.core.moves import Place, Situation
from quota.core.plan_tables import Done, DoneTable, PlanTable
from quota.core.problems import Problem
from quota.core.values import ComparedByContent
from quota.norms.policy import Policy
from quota.planning.redeploy.announced import as_announced, start_of
from quota.planning.redeploy.contradictions import unlike_itself
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
    tally = Count(plan, start, policy, done.sources[0].path if done.sources else None, as_of)
    for row in done.rows:
        tally.enter(row)
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
        start,
        now,
        (*plan.problems, *done.problems, *unlike_itself(written, start), *tally.problems),
    )


def after_facts(start: Situation, taken: Mapping[Key, int], policy: Policy) -> Situation:
    """Who is where once `taken` people have moved; a department's people leave by the way of their stage."""
    change = Counter[Place]()
    lent = {True: Counter[Place](), False: Counter[Place]()}
    for (stage, origin, target), people in taken.items():
        if target is not None:
            change[target] += people
        if origin is not None and origin in start.pools:
            by_loan = 0 <= stage < len(policy.stages) and policy.stages[stage].kind == "secondment"
            lent[by_loan][origin] += people
        elif origin is not None:
            change[origin] -= people
    cells = {
        place: replace(cell, staff=cell.staff + change[place]) if change[place] else cell
        for place, cell in start.cells.items()
    }
    pools = {
        place: replace(
            pool,
            transfer=max(pool.transfer - lent[False][place], 0),
            secondment=max(pool.secondment - lent[True][place], 0),
        )
        for place, pool in start.pools.items()
    }
    return replace(start, cells=cells, pools=pools)
