"""`quota explain`."""

from __future__ import annotations

from typing import Annotated

import typer
from msgspec.structs import replace

from quota.analysis.audit.explaining import explain as explain_unit
from quota.cli.answering import AS_USUAL, Handling
from quota.cli.completing import units as units_by_name
from quota.cli.frames import AS_SHIPPED_TODAY, FrameOnDay
from quota.cli.grouping import single
from quota.cli.inputs import read_assignment, read_inputs
from quota.cli.options import NO_WORK, AssignedFile, PopulationFiles, StaffFile, WorkTables
from quota.cli.states import NO_STATES, StateFiles, read_all_work
from quota.norms.loading import shipped_frames
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
    under: FrameOnDay = AS_SHIPPED_TODAY,
    work: WorkTables = NO_WORK,
    states: StateFiles = NO_STATES,
    how: Handling = AS_USUAL,
) -> None:
    """One unit's figures, step by step, with rule, source and arithmetic.

    Also: how many residents bring the next post or take one away, and what the other shipped readings give.
    """
    day = under.day()
    frame = under.frame(day)
    others = tuple(under.over(other) for other in shipped_frames())
    units, staff_table = read_inputs(population, staff, how, under, as_of=day, blocs=frame.order)
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
    how.answer(explanation_rendering(explanation), explanation.problems)


app = single(explain)
