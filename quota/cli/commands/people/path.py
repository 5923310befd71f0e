"""`quota path`."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

import typer
from msgspec.structs import replace

from quota.analysis.audit.auditing import audit
from quota.cli.inputs import read_inputs, tell, tell_unsettled
from quota.cli.options import (
    AS_FOUND,
    AsOf,
    FormatOption,
    FrameId,
    OutputFile,
    PopulationFile,
    Reading,
    StaffFile,
    a_day,
    day_or_today,
    single,
    usage_error,
)
from quota.cli.redeployment import DEFAULT_POLICY, PolicyFile
from quota.cli.unknowns import AS_THEY_ARE, Unknowns
from quota.cli.waiting import waiting
from quota.core.departures import LeaverTable, PersonTable
from quota.core.problems import refuse_errors
from quota.core.text import say
from quota.norms.held.policies import unknown_blocs
from quota.norms.kinds import DEFAULT_RETIREMENT
from quota.norms.loading import DEFAULT_FRAME, load_frame, load_rules
from quota.norms.policy import Policy
from quota.norms.retirement import Retirement
from quota.planning.redeploy.distances import Distances
from quota.planning.redeploy.situations import situation_of
from quota.planning.redeploy.stages import refuse_empty
from quota.render.kit.output import Output
from quota.run.extras import need
from quota.tables.readers.people import read_leavers, read_people

Deadline = Annotated[
    Any,
    typer.Option(
        "--deadline",
        metavar="DATE",
        parser=a_day,
        show_default="2030-07-01",
        help="The day by which units are to meet their norm.",
    ),
]
FIVE_YEARS_ON = date(2030, 7, 1)
"""Five years after two-level government began."""


def path(
    population: PopulationFile = None,
    staff: StaffFile = None,
    people: Annotated[
        str | None,
        typer.Option(
            "--people",
            metavar="FILE",
            help="A row a person: code, bloc, born, sex. Other columns are not read, and nobody is named.",
        ),
    ] = None,
    leavers: Annotated[
        str | None,
        typer.Option(
            "--leavers",
            metavar="FILE",
            help="Resignations and ends of contract: code, bloc, date (the last day at work), people.",
        ),
    ] = None,
    deadline: Deadline = None,
    no_recruits: Annotated[
        bool, typer.Option("--no-recruits", help="Only moves: nobody is recruited.")
    ] = False,
    retirement: Annotated[
        str,
        typer.Option(
            "--retirement",
            metavar="ID|PATH",
            help="Retirement ages: a shipped id or a rule file of your own.",
        ),
    ] = DEFAULT_RETIREMENT,
    policy: PolicyFile = DEFAULT_POLICY,
    rules: FrameId = DEFAULT_FRAME,
    unknowns: Unknowns = AS_THEY_ARE,
    as_of: AsOf = None,
    how: Reading = AS_FOUND,
    form: FormatOption = None,
    output: OutputFile = None,
) -> None:
    """Year by year to a deadline: who retires, who meets the norm, the fewest moves and recruits."""
    need("plan", "ortools", "numpy")
    day, end = day_or_today(as_of), deadline if deadline is not None else FIVE_YEARS_ON
    if end <= day:
        raise usage_error(say("--deadline {end} is not after {day}", end=end, day=day))
    frame, rule = unknowns.over(load_frame(rules)), load_rules(policy, Policy)
    units, staff_table = read_inputs(population, staff, how, as_of=day, blocs=frame.order, unknowns=unknowns)
    start = situation_of(audit(units, frame, staff_table, as_of=day), rule)
    start = replace(start, problems=(*start.problems, *unknown_blocs(policy, rule, frame)))
    refuse_errors(start.problems)
    refuse_empty(start)
    from quota.planning.path.walking import walk
    from quota.render.views.people.path import path_rendering

    with waiting(say("Planning …")):
        found = walk(
            start,
            rule,
            Distances("points", start.points),
            load_rules(retirement, Retirement),
            read_people(people, frame.order) if people else PersonTable(()),
            read_leavers(leavers, frame.order) if leavers else LeaverTable(()),
            as_of=day,
            deadline=end,
            frame=frame.summary(),
            blocs=len(frame.summary().blocs),
            recruiting=not no_recruits,
        )
    out = Output(form, output)
    out.write(path_rendering(found))
    tell(found.problems, out, verbose=how.verbose)
    tell_unsettled(found.unsettled, out)


app = single(path)
