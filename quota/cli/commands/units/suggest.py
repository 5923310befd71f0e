"""`quota suggest`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from msgspec.structs import replace

from quota.analysis.audit.auditing import inputs_of
from quota.analysis.audit.finding import find_unit
from quota.analysis.audit.possible import unsettled_under
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
    StandardsId,
    TableToWrite,
    day_or_today,
    single,
    usage_error,
)
from quota.cli.scenarios import DEFAULT_STANDARDS, write_table
from quota.cli.unknowns import AS_THEY_ARE, Unknowns
from quota.cli.waiting import waiting
from quota.core.proposals import Aim, Wish
from quota.core.text import say
from quota.core.units import UnitTable
from quota.norms.loading import DEFAULT_FRAME, load_frame, load_rules
from quota.norms.scenario_writing import scenario_text
from quota.norms.standards import Standards
from quota.planning.mergers.suggesting import suggest as suggest_mergers
from quota.render.kit.output import Output, mention, write_text
from quota.render.kit.problems import problem_lines
from quota.render.kit.rendering import Format
from quota.render.kit.words import words
from quota.render.views.units.proposal import nothing_rendering, proposal_rendering, wish_words
from quota.run.extras import need
from quota.tables.readers.borders import read_borders
from quota.tables.shipped.embedded import DEFAULT_POPULATION, DEFAULT_STAFF
from quota.tables.shipped.provinces import with_classes

UnitNames = list[str] | None


def suggest(
    neighbours: Annotated[
        str,
        typer.Option(
            "--neighbours",
            metavar="FILE",
            help="Neighbour table: code_a, code_b, shared_border_km; a CSV file or an embedded table's id.",
        ),
    ],
    population: PopulationFile = None,
    minimum: Annotated[
        int | None,
        typer.Option("--minimum", min=1, metavar="N", help="Every unit must have at least N residents."),
    ] = None,
    units: Annotated[
        int | None, typer.Option("--units", min=1, metavar="N", help="N units must be left.")
    ] = None,
    save_posts: Annotated[
        int | None,
        typer.Option("--save-posts", min=1, metavar="N", help="At least N posts must be saved."),
    ] = None,
    max_merge: Annotated[
        int | None,
        typer.Option(
            "--max-merge",
            min=2,
            metavar="K",
            show_default="none with --minimum, else 4",
            help="The most units in one merger.",
        ),
    ] = None,
    keep: Annotated[
        UnitNames, typer.Option("--keep", metavar="UNIT", help="A unit that stays as it is; may be repeated.")
    ] = None,
    exempt: Annotated[
        UnitNames,
        typer.Option(
            "--exempt",
            metavar="UNIT",
            help="A unit that stays, whatever its residents; may be repeated.",
        ),
    ] = None,
    time_limit: Annotated[
        float, typer.Option("--time-limit", min=0.1, metavar="SECONDS", help="How long to search.")
    ] = 60.0,
    seed: Annotated[int, typer.Option("--seed", min=0, help="The same seed gives the same answer.")] = 1,
    staff: StaffFile = None,
    rules: FrameId = DEFAULT_FRAME,
    unknowns: Unknowns = AS_THEY_ARE,
    standards: StandardsId = DEFAULT_STANDARDS,
    as_of: AsOf = None,
    scenario: Annotated[
        Path | None,
        typer.Option(
            "--write-scenario",
            metavar="FILE.yaml",
            help="Write the proposal as a scenario for simulate.",
        ),
    ] = None,
    table: TableToWrite = None,
    how: Reading = AS_FOUND,
    form: FormatOption = None,
    output: OutputFile = None,
) -> None:
    """Mergers of neighbours that meet a constraint, the best there are, with how sure that is.

    In this order: the constraint, as many units kept as possible, the fewest touched, communes with communes
    and wards with wards, compact, balanced. Islands and special zones are never joined.

    Exit code 0: found; 1: the constraint cannot be met, or a check finds an error; 2: bad input.
    """
    asked = {Aim.MINIMUM: minimum, Aim.UNITS: units, Aim.SAVE_POSTS: save_posts}
    given = [(aim, amount) for aim, amount in asked.items() if amount is not None]
    if len(given) != 1:
        raise usage_error(say("give one of --minimum, --units and --save-posts"))
    need("plan", "ortools")
    day = day_or_today(as_of)
    frame = unknowns.over(load_frame(rules, day))
    parent, staff_table = read_inputs(population, staff, how, as_of=day, blocs=frame.order, unknowns=unknowns)
    wish = Wish(
        *given[0],
        max_merge=max_merge,
        keep=_codes(parent, keep),
        exempt=_codes(parent, exempt),
        seconds=time_limit,
        seed=seed,
    )
    borders = read_borders(neighbours)
    with waiting(say("Searching …")):
        proposal = suggest_mergers(
            wish,
            with_classes(parent, day),
            borders,
            frame,
            staff_table,
            as_of=day,
            standards=load_rules(standards, Standards),
        )
    out = Output(form, output)
    if proposal.scenario is None or proposal.report is None:
        if out.format in (Format.JSON, Format.CSV):
            inputs = (*inputs_of(parent, staff_table), *borders.sources)
            hangs = unsettled_under(frame, parent.units)
            out.write(nothing_rendering(proposal, frame.summary(), day, inputs, hangs))
        for line in problem_lines(proposal.problems):
            mention(line)
        raise typer.Exit(1)
    if scenario is not None:
        named = replace(
            proposal.scenario,
            title=words(wish_words(proposal)),
            population=population or DEFAULT_POPULATION,
            staff=staff or (None if population else DEFAULT_STAFF),
            neighbours=neighbours,
        )
        write_text(scenario_text(named), scenario)
    write_table(proposal.report, table)
    out.write(proposal_rendering(proposal, proposal.report))
    tell((*proposal.problems, *proposal.report.problems), out, verbose=how.verbose)
    tell_unsettled(proposal.report.before.unsettled, out)
    raise typer.Exit(0 if proposal.report.sound else 1)


def _codes(parent: UnitTable, wanted: UnitNames) -> frozenset[str]:
    return frozenset(find_unit(parent.units, name).code for name in wanted or [])


app = single(suggest)
