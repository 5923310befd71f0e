"""`quota sensitivity`."""

from __future__ import annotations

import re
from typing import Annotated

import typer

from quota.analysis.what_if.sensitivity import sensitivity as sensitivity_of
from quota.bulk import sweep
from quota.cli.grouping import single
from quota.cli.inputs import read_several, tell
from quota.cli.options import (
    AsOf,
    FormatOption,
    FrameId,
    OutputFile,
    PopulationFiles,
    StaffFiles,
    day_or_today,
)
from quota.cli.reading import AS_FOUND, Reading
from quota.cli.refusing import usage_error
from quota.cli.unknowns import AS_THEY_ARE, Unknowns
from quota.cli.waiting import waiting
from quota.core.text import say
from quota.norms.loading import DEFAULT_FRAME, load_frame
from quota.norms.varying import Axis
from quota.render.kit.output import Output
from quota.render.views.compare.sensitivity import sensitivity_rendering

_AXIS = re.compile(
    r"\s*([a-z_][a-z0-9_-]*(?:\.[a-z0-9_-]+)*)\s*=\s*(-?[0-9]{1,12}(?:\s*,\s*-?[0-9]{1,12})*)\s*"
)


def _axis(text: str) -> Axis:
    found = _AXIS.fullmatch(text)
    if found is None:
        raise usage_error(
            say(
                '"{text}" is no field and its values; write path=1500,2000,2500, whole numbers in digits',
                text=text,
            )
        )
    values = [int(value) for value in found[2].split(",")]
    if len(set(values)) < len(values):
        raise usage_error(say('"{text}" gives a value twice', text=text))
    return Axis(found[1], tuple(values))


def sensitivity(
    population: PopulationFiles = None,
    vary: Annotated[
        list[str] | None,
        typer.Option(
            "--vary",
            metavar="PATH=A,B,C",
            help="A numeric field of the frame and its values; repeat it for a grid. "
            "Without one: the fields there are.",
        ),
    ] = None,
    staff: StaffFiles = None,
    rules: FrameId = DEFAULT_FRAME,
    unknowns: Unknowns = AS_THEY_ARE,
    as_of: AsOf = None,
    how: Reading = AS_FOUND,
    form: FormatOption = None,
    output: OutputFile = None,
) -> None:
    """Total posts, shortfall and surplus as numbers of the frame vary."""
    axes = [_axis(text) for text in vary or []]
    with waiting(say("Varying the frame …"), quiet=how.ask):
        day = day_or_today(as_of)
        frame = unknowns.over(load_frame(rules, day))
        units, staff_table = read_several(
            population, staff, how, as_of=day, blocs=frame.order, unknowns=unknowns
        )
        found = sensitivity_of(units, frame, axes, staff_table, as_of=day, evaluate=sweep)
    out = Output(form, output)
    out.write(sensitivity_rendering(found))
    tell(found.problems, out, verbose=how.verbose)


app = single(sensitivity)
