"""`quota compare`."""

from __future__ import annotations

from typing import Annotated

import typer

from quota.analysis.standing.comparing import compare as compare_units
from quota.analysis.standing.peers import peers as peers_of
from quota.cli.grouping import single
from quota.cli.inputs import read_assignment, read_several, tell
from quota.cli.options import (
    AsOf,
    AssignedFile,
    FormatOption,
    FrameId,
    OutputFile,
    PopulationTables,
    StaffFiles,
    day_or_today,
)
from quota.cli.reading import AS_FOUND, Reading
from quota.cli.refusing import usage_error
from quota.cli.unknowns import AS_THEY_ARE, Unknowns
from quota.core.text import say
from quota.norms.loading import DEFAULT_FRAME, load_frame
from quota.render.kit.output import Output
from quota.render.views.compare.comparison import comparison_rendering
from quota.render.views.compare.peers import peers_rendering


def compare(
    units: Annotated[
        list[str],
        typer.Argument(metavar="UNIT", help="Units' codes or names; accents may be left out."),
    ],
    peers: Annotated[
        bool, typer.Option("--peers", help="Set the one UNIT named beside the units most like it.")
    ] = False,
    k: Annotated[
        int | None, typer.Option("--k", min=1, metavar="K", help="How many peers.", show_default="10")
    ] = None,
    population: PopulationTables = None,
    staff: StaffFiles = None,
    assigned: AssignedFile = None,
    rules: FrameId = DEFAULT_FRAME,
    unknowns: Unknowns = AS_THEY_ARE,
    as_of: AsOf = None,
    how: Reading = AS_FOUND,
    form: FormatOption = None,
    output: OutputFile = None,
) -> None:
    """Units side by side, or one among the units most like it.

    Ranks count the units of all tables read: give --population once for each province.
    """
    if peers and len(units) != 1:
        raise usage_error(say("--peers takes one UNIT; without it, units stand side by side"))
    if k is not None and not peers:
        raise usage_error(say("--k says how many peers: add --peers"))
    day, out = day_or_today(as_of), Output(form, output)
    frame = unknowns.over(load_frame(rules, day))
    table, staff_table = read_several(population, staff, how, as_of=day, blocs=frame.order, unknowns=unknowns)
    posts = read_assignment(assigned, how, frame.order)
    if peers:
        found = peers_of(units[0], table, frame, staff_table, posts, k=k or 10, as_of=day)
        out.write(peers_rendering(found))
        tell(found.problems, out, verbose=how.verbose)
        return
    comparison = compare_units(units, table, frame, staff_table, posts, as_of=day)
    out.write(comparison_rendering(comparison))
    tell(comparison.problems, out, verbose=how.verbose)


app = single(compare)
