"""`quota plan`."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from quota.cli.answering import AS_USUAL, Handling, tell_not_judged
from quota.cli.frames import AS_SHIPPED_TODAY, FrameOnDay
from quota.cli.grouping import single
from quota.cli.options import PopulationFile, StaffFile, option
from quota.cli.redeployment import NO_TABLES, PlanTables, given_of
from quota.cli.refusing import usage_error
from quota.cli.waiting import waiting
from quota.core.problems import refuse_errors
from quota.core.text import say
from quota.render.kit.output import mention
from quota.render.kit.problems import problem_lines
from quota.run.extras import need

if TYPE_CHECKING:
    from quota.planning.redeploy.stages import Given


class FailOn(StrEnum):
    """What makes the exit code 1."""

    SHORT = "short"


def plan(
    population: PopulationFile = None,
    staff: StaffFile = None,
    tables: PlanTables = NO_TABLES,
    check: Annotated[
        Path | None, option("--check", "PLAN.csv", "Check a plan, edited by hand or not, law by law.")
    ] = None,
    why: Annotated[
        str | None, option("--why", "UNIT", "Why this unit gives or gets what it does; what would change it.")
    ] = None,
    proof: Annotated[
        bool, typer.Option("--proof", help="Show the certificates, for specialists; JSON always has them.")
    ] = False,
    under: FrameOnDay = AS_SHIPPED_TODAY,
    how: Handling = AS_USUAL,
    fail_on: Annotated[
        FailOn | None, typer.Option("--fail-on", help="Exit with 1 if posts stay short.")
    ] = None,
) -> None:
    """Who moves where, stage by stage, and what stays short.

    Exit code 0: done; 1: --check found a breach, or --fail-on what it looks for; 2: bad input.
    """
    if check and why:
        raise usage_error(say("give --check or --why, not both"))
    given = given_of(population, staff, tables, under, how)
    if check is not None:
        raise typer.Exit(_check(given, check, how))
    need("plan", "ortools", "numpy")
    with waiting(say("Planning …")):
        if why is not None:
            from quota.planning.redeploy.why import why as why_of
            from quota.render.views.people.plan_why import why_rendering

            answer = why_of(given, why)
            how.answer(why_rendering(answer), answer.plan.problems, answer.plan.start.unsettled)
            return
        from quota.planning.redeploy.stages import plan as plan_of

        made = plan_of(given)
    from quota.render.views.people.plan import plan_rendering

    how.answer(plan_rendering(made, proof=proof), made.problems, made.start.unsettled)
    if fail_on:
        tell_not_judged(made.start.unsettled)
    raise typer.Exit(1 if fail_on and made.stages[-1].after.short else 0)


def _check(given: Given, path: Path, how: Handling) -> int:
    """Write what the check of a plan found; 1 where a row breaks a law, else 0."""
    from quota.core.blocs import BLOCS
    from quota.core.names import keys_by_words
    from quota.core.plan_tables import DoneTable
    from quota.planning.redeploy.check import judge
    from quota.planning.redeploy.spellings import respelled
    from quota.planning.redeploy.stages import policy_problems
    from quota.render.views.people.plan_check import judgement_rendering
    from quota.tables.readers.plans import read_plan

    table, _ = respelled(
        read_plan(path, how.options()),
        DoneTable(()),
        given.start,
        keys_by_words(given.norms.summary.blocs if given.norms else BLOCS),
    )
    refuse_errors([*table.problems, *policy_problems(given)])
    judgement = judge(given.start, given.policy, given.distances, given.as_of, table, given.made)
    how.out().write(judgement_rendering(judgement, str(path), given))
    for line in problem_lines(judgement.problems):
        mention(line)
    return 1 if judgement.problems else 0


app = single(plan)
