"""`quota compare`."""

from __future__ import annotations

from typing import Annotated

import typer

from quota.analysis.standing.comparing import compare as compare_units
from quota.analysis.standing.peers import peers as peers_of
from quota.cli.answering import AS_USUAL, Handling
from quota.cli.frames import AS_SHIPPED_TODAY, FrameOnDay
from quota.cli.grouping import single
from quota.cli.inputs import read_assignment, read_inputs
from quota.cli.options import AssignedFile, PopulationTables, StaffFiles, option
from quota.cli.refusing import usage_error
from quota.core.text import say
from quota.render.views.compare.comparison import comparison_rendering
from quota.render.views.compare.peers import peers_rendering


def compare(
    units: Annotated[
        list[str], typer.Argument(metavar="UNIT", help="Units' codes or names; accents may be left out.")
    ],
    peers: Annotated[
        bool, typer.Option("--peers", help="Set the one UNIT named beside the units most like it.")
    ] = False,
    k: Annotated[int | None, option("--k", "K", "How many peers.", min=1, show_default="10")] = None,
    population: PopulationTables = None,
    staff: StaffFiles = None,
    assigned: AssignedFile = None,
    under: FrameOnDay = AS_SHIPPED_TODAY,
    how: Handling = AS_USUAL,
) -> None:
    """Units side by side, or one among the units most like it.

    Ranks count the units of all tables read: give --population once for each province.
    """
    if peers and len(units) != 1:
        raise usage_error(say("--peers takes one UNIT; without it, units stand side by side"))
    if k is not None and not peers:
        raise usage_error(say("--k says how many peers: add --peers"))
    day = under.day()
    frame = under.frame(day)
    table, staff_table = read_inputs(population, staff, how, under, as_of=day, blocs=frame.order)
    posts = read_assignment(assigned, how, frame.order)
    if peers:
        found = peers_of(units[0], table, frame, staff_table, posts, k=k or 10, as_of=day)
        how.answer(peers_rendering(found), found.problems)
        return
    comparison = compare_units(units, table, frame, staff_table, posts, as_of=day)
    how.answer(comparison_rendering(comparison), comparison.problems)


app = single(compare)
