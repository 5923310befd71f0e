"""`quota progress`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from quota.cli.answering import AS_USUAL, Handling
from quota.cli.grouping import single
from quota.cli.inputs import read_population, settled
from quota.cli.options import AsOf, day_or_today, file_option, option
from quota.cli.redeployment import NO_WAYS, Ways, distances_of
from quota.core.blocs import BLOCS
from quota.core.names import keys_by_words
from quota.core.problems import refuse_errors
from quota.norms.applying import load_policy
from quota.planning.redeploy.made import not_this_policy, start_for
from quota.planning.redeploy.progress import progress as progress_of
from quota.planning.redeploy.spellings import respelled
from quota.render.kit.output import Output
from quota.render.kit.rendering import Format
from quota.render.views.people.progress import progress_rendering, replan_rows_rendering
from quota.run.extras import need
from quota.tables.readers.plans import read_done, read_plan
from quota.tables.readers.positions import read_substitutes


def progress(
    plan: Annotated[
        str, typer.Argument(metavar="PLAN.csv", help="The plan, as `quota plan --format csv` writes it.")
    ],
    done: Annotated[
        str,
        typer.Argument(
            metavar="DONE.csv",
            help="What was done: from_code, from_group, to_code, to_group, people; date, stuck, reason.",
        ),
    ],
    replan: Annotated[
        Path | None, option("--replan", "FILE.csv", "Write the plan from where things stand to this file.")
    ] = None,
    population: Annotated[
        str | None,
        file_option(
            "--population",
            "The population table the plan was made from: its points give the distances of new moves.",
        ),
    ] = None,
    ways: Ways = NO_WAYS,
    as_of: AsOf = None,
    how: Handling = AS_USUAL,
) -> None:
    """How much of a plan is done, what is stuck, and a plan from where things stand.

    Exit code 0: done; 2: bad input.
    """
    need("plan", "ortools", "numpy")
    from quota.planning.redeploy.replan import replan as replan_of

    rule, options = load_policy(ways.policy), how.options()
    announced, carried = read_plan(plan, options), read_done(done, options)
    refuse_errors([*announced.problems, *carried.problems])
    tables = [population] if population else []
    units = read_population(tables, settled(how, population=tables)) if tables else None
    pairs = read_substitutes(ways.substitutes, options) if ways.substitutes else None
    far, problems = distances_of(units, announced, ways.neighbours, ways.distances, options)
    refuse_errors([*problems, *(units.problems if units else ()), *(pairs.problems if pairs else ())])
    start, doubts = start_for(announced, pairs)
    announced, carried = respelled(announced, carried, start, keys_by_words(BLOCS))
    refuse_errors([*doubts, *not_this_policy(announced, rule, start)])
    found = progress_of(announced, carried, day_or_today(as_of), rule, start)
    refuse_errors(found.problems)
    again = replan_of(found, rule, far)
    sources = (*announced.sources, *carried.sources)
    if replan is not None:
        Output(Format.CSV, replan).write(replan_rows_rendering(found, again))
    read = units.problems if units else ()
    how.answer(progress_rendering(found, again, sources), (*read, *found.problems, *problems, *doubts))


app = single(progress)
