"""`quota sensitivity`."""

from __future__ import annotations

import re
from typing import Annotated

from quota.analysis.what_if.sensitivity import sensitivity as sensitivity_of
from quota.bulk import sweep
from quota.cli.answering import AS_USUAL, Handling
from quota.cli.frames import AS_SHIPPED_TODAY, FrameOnDay
from quota.cli.grouping import single
from quota.cli.inputs import read_inputs
from quota.cli.options import PopulationFiles, StaffFiles, option
from quota.cli.refusing import usage_error
from quota.cli.waiting import waiting
from quota.core.text import say
from quota.norms.varying import Axis
from quota.render.views.compare.sensitivity import sensitivity_rendering

_AXIS = re.compile(
    r"\s*([a-z_][a-z0-9_-]*(?:\.[a-z0-9_-]+)*)\s*=\s*(-?[0-9]{1,12}(?:\s*,\s*-?[0-9]{1,12})*)\s*"
)


def _axis(text: str) -> Axis:
    found = _AXIS.fullmatch(text)
    if found is None:
        message = say(
            '"{text}" is no field and its values; write path=1500,2000,2500, whole numbers in digits',
            text=text,
        )
        raise usage_error(message)
    values = [int(value) for value in found[2].split(",")]
    if len(set(values)) < len(values):
        raise usage_error(say('"{text}" gives a value twice', text=text))
    return Axis(found[1], tuple(values))


def sensitivity(
    population: PopulationFiles = None,
    vary: Annotated[
        list[str] | None,
        option(
            "--vary",
            "FIELD=A,B,C",
            "A numeric field of the frame and its values; repeat it for a grid. "
            "Without one: the fields there are.",
        ),
    ] = None,
    staff: StaffFiles = None,
    under: FrameOnDay = AS_SHIPPED_TODAY,
    how: Handling = AS_USUAL,
) -> None:
    """Total posts, shortfall and surplus as numbers of the frame vary."""
    axes = [_axis(text) for text in vary or []]
    with waiting(say("Varying the frame …"), quiet=how.ask):
        day = under.day()
        frame = under.frame(day)
        units, staff_table = read_inputs(population, staff, how, under, as_of=day, blocs=frame.order)
        found = sensitivity_of(units, frame, axes, staff_table, as_of=day, evaluate=sweep)
    how.answer(sensitivity_rendering(found), found.problems)


app = single(sensitivity)
