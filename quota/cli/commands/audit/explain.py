"""`quota explain`."""

from __future__ import annotations

from typing import Annotated

import typer
from msgspec.structs import replace

from quota.analysis.audit.explaining import explain as explain_unit
from quota.cli.completing import units as units_by_name
from quota.cli.grouping import single
from quota.cli.inputs import read_assignment, read_inputs, tell
from quota.cli.options import (
    NO_WORK,
    AsOf,
    AssignedFile,
    FormatOption,
    FrameId,
    OutputFile,
    PopulationFiles,
    StaffFile,
    WorkTables,
    day_or_today,
)
from quota.cli.reading import AS_FOUND, Reading
from quota.cli.states import NO_STATES, StateFiles, read_all_work
from quota.cli.unknowns import AS_THEY_ARE, Unknowns
from quota.norms.loading import DEFAULT_FRAME, load_frame, shipped_frames
from quota.render.kit.output import Output
from quota.render.views.audit.explanation_forms import explanation_rendering
from quota.tables.shipped.doubtful import doubts_about


def explain(
    unit: Annotated[
        str,
        typer.Argument(
            metavar="UNIT",
            autocompletion=units_by_name,
            help='A unit\'s code or name; accents and "Xã", "Phường" may be left out.',
        ),
    ],
    population: PopulationFiles = None,
    staff: StaffFile = None,
    assigned: AssignedFile = None,
    rules: FrameId = DEFAULT_FRAME,
    unknowns: Unknowns = AS_THEY_ARE,
    as_of: AsOf = None,
    work: WorkTables = NO_WORK,
    states: StateFiles = NO_STATES,
    how: Reading = AS_FOUND,
    form: FormatOption = None,
    output: OutputFile = None,
) -> None:
    """One unit's figures, step by step, with rule, source and arithmetic.

    Also: how many residents bring the next post or take one away, and what the other shipped readings give.
    """
    day = day_or_today(as_of)
    frame = unknowns.over(load_frame(rules, day))
    others = tuple(unknowns.over(other) for other in shipped_frames())
    units, staff_table = read_inputs(population, staff, how, as_of=day, blocs=frame.order, unknowns=unknowns)
    posts = read_assignment(assigned, how, frame.order)
    if not work.any_given and not states.any_given:
        explanation = explain_unit(unit, units, frame, staff_table, posts, as_of=day, others=others)
    else:
        from quota.analysis.work.working import explain_work

        given = read_all_work(work, states, how, frame.order, day)
        explanation = explain_work(
            unit, units, frame, staff_table, given, as_of=day, others=others, assigned=posts
        )
    problems = doubts_about([explanation.audit.unit], units.units, explanation.problems, explanation.inputs)
    explanation = replace(explanation, problems=problems)
    out = Output(form, output)
    out.write(explanation_rendering(explanation))
    tell(explanation.problems, out, verbose=how.verbose)


app = single(explain)
