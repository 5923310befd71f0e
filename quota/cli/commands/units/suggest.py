"""`quota suggest`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from msgspec.structs import replace

from quota.analysis.audit.auditing import inputs_of
from quota.analysis.audit.possible import unsettled_under
from quota.cli.answering import AS_USUAL, Handling
from quota.cli.frames import AS_SHIPPED, FrameOptions
from quota.cli.grouping import single
from quota.cli.inputs import read_inputs
from quota.cli.options import (
    AsOf,
    PopulationFile,
    StaffFile,
    StandardsId,
    TableToWrite,
    day_or_today,
    file_option,
    option,
)
from quota.cli.scenarios import DEFAULT_STANDARDS, write_table
from quota.cli.waiting import waiting
from quota.cli.wishes import NO_WISHES, Wishes
from quota.core.text import say
from quota.norms.loading import load_rules
from quota.norms.scenario_writing import scenario_text
from quota.norms.standards import Standards
from quota.planning.mergers.suggesting import suggest as suggest_mergers
from quota.render.kit.output import mention, write_text
from quota.render.kit.problems import problem_lines
from quota.render.kit.rendering import Format
from quota.render.kit.words import words
from quota.render.views.units.proposal import nothing_rendering, proposal_rendering, wish_words
from quota.run.extras import need
from quota.tables.readers.borders import read_borders
from quota.tables.shipped.embedded import DEFAULT_POPULATION, DEFAULT_STAFF
from quota.tables.shipped.provinces import with_classes


def suggest(
    neighbours: Annotated[
        str,
        file_option(
            "--neighbours",
            "Neighbour table: code_a, code_b, shared_border_km; a CSV file or an embedded table's id.",
        ),
    ],
    population: PopulationFile = None,
    wishes: Wishes = NO_WISHES,
    staff: StaffFile = None,
    under: FrameOptions = AS_SHIPPED,
    standards: StandardsId = DEFAULT_STANDARDS,
    as_of: AsOf = None,
    scenario: Annotated[
        Path | None, option("--write-scenario", "FILE.yaml", "Write the proposal as a scenario for simulate.")
    ] = None,
    table: TableToWrite = None,
    how: Handling = AS_USUAL,
) -> None:
    """Mergers of neighbours that meet a constraint, the best there are, with how sure that is.

    In this order: the constraint, as many units kept as possible, the fewest touched, communes with communes
    and wards with wards, compact, balanced. Islands and special zones are never joined.

    Exit code 0: found; 1: the constraint cannot be met, or a check finds an error; 2: bad input.
    """
    aim = wishes.aim()
    need("plan", "ortools")
    day = day_or_today(as_of)
    frame = under.frame(day)
    parent, staff_table = read_inputs(population, staff, how, under, as_of=day, blocs=frame.order)
    wish = wishes.wish(aim, parent)
    borders = read_borders(neighbours, how.options())
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
    if proposal.scenario is None or proposal.report is None:
        out = how.out()
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
    problems = (*proposal.problems, *proposal.report.problems)
    how.answer(proposal_rendering(proposal, proposal.report), problems, proposal.report.before.unsettled)
    raise typer.Exit(0 if proposal.report.sound else 1)


app = single(suggest)
