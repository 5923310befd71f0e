"""`quota merge`."""

from __future__ import annotations

from typing import Annotated

import typer

from quota.cli.answering import AS_USUAL, Handling
from quota.cli.frames import AS_SHIPPED, FrameOptions
from quota.cli.grouping import single
from quota.cli.inputs import read_assignment, read_inputs
from quota.cli.options import (
    AsOf,
    AssignedFile,
    NeighboursFile,
    StaffFile,
    StandardsId,
    TableToWrite,
    day_or_today,
    option,
)
from quota.cli.scenarios import DEFAULT_STANDARDS, about_changed, exit_code, write_table
from quota.core.units import UnitType
from quota.norms.loading import load_rules
from quota.norms.standards import Standards
from quota.planning.mergers.merging import merge_of
from quota.planning.mergers.simulating import simulate
from quota.render.views.units.scenario import scenario_rendering
from quota.tables.readers.borders import read_borders
from quota.tables.shipped.provinces import with_classes


def merge(
    units: Annotated[
        list[str], typer.Argument(metavar="UNIT UNIT...", help="Codes or names of the units to merge.")
    ],
    name: Annotated[str, option("--name", "NAME", "The new unit's name.")],
    code: Annotated[
        str | None, option("--code", "CODE", "The new unit's code. Without one: the first unit's.")
    ] = None,
    unit_type: Annotated[
        UnitType | None,
        typer.Option("--type", help="The new unit's type. Without one: the type that all of them have."),
    ] = None,
    islands: Annotated[
        list[str] | None, option("--island", "UNIT", "An island or special zone meant to be joined.")
    ] = None,
    population: Annotated[
        str | None,
        option(
            "--population",
            "POPULATION",
            "Population table: a CSV file or an embedded table's id. Without one: Hải Phòng with its "
            "sample staff.",
        ),
    ] = None,
    staff: StaffFile = None,
    assigned: AssignedFile = None,
    neighbours: NeighboursFile = None,
    under: FrameOptions = AS_SHIPPED,
    standards: StandardsId = DEFAULT_STANDARDS,
    as_of: AsOf = None,
    table: TableToWrite = None,
    how: Handling = AS_USUAL,
) -> None:
    """Several units as one: posts before and after, saved, people to place, step by step.

    Exit code 0: done; 1: a check finds an error; 2: bad input.
    """
    day = day_or_today(as_of)
    frame = under.frame(day)
    parent, staff_table = read_inputs(population, staff, how, under, as_of=day, blocs=frame.order)
    report = simulate(
        merge_of(parent.units, units, name, code, unit_type, islands or []),
        with_classes(parent, day),
        frame,
        staff_table,
        read_assignment(assigned, how, frame.order),
        as_of=day,
        borders=read_borders(neighbours, how.options()) if neighbours is not None else None,
        standards=load_rules(standards, Standards),
    )
    report = about_changed(report, parent)
    write_table(report, table)
    how.answer(scenario_rendering(report), dict.fromkeys(report.problems))
    raise typer.Exit(exit_code(report))


app = single(merge)
