"""`quota secondments`."""

from __future__ import annotations

from typing import Annotated

import typer

from quota.analysis.work.working import secondment_report
from quota.cli.answering import AS_USUAL, Handling
from quota.cli.frames import AS_SHIPPED, FrameOptions
from quota.cli.grouping import single
from quota.cli.inputs import read_inputs, refuse_empty
from quota.cli.options import AsOf, FieldRulesId, StaffFile, day_or_today, file_option, option
from quota.core.problems import refuse_errors
from quota.norms.kinds import DEFAULT_FIELDS
from quota.norms.loading import load_fields
from quota.render.views.people.secondments import secondments_rendering
from quota.tables.readers.secondments import read_secondments
from quota.tables.shipped.embedded import DEFAULT_SECONDMENTS


def secondments(
    file: Annotated[
        str,
        typer.Argument(
            metavar="FILE",
            help="People on loan: id, home (unit or department), host, field, start, and end or months. "
            "Without one: Hải Phòng's sample.",
        ),
    ] = DEFAULT_SECONDMENTS,
    as_of: AsOf = None,
    days: Annotated[int, option("--days", "N", "Who goes home in the next N days.", min=0, max=36_500)] = 30,
    population: Annotated[
        str | None,
        file_option(
            "--population",
            "The units that hosts are looked up in. Without it: Hải Phòng with its sample staff.",
        ),
    ] = None,
    staff: StaffFile = None,
    under: FrameOptions = AS_SHIPPED,
    field_rules: FieldRulesId = DEFAULT_FIELDS,
    how: Handling = AS_USUAL,
) -> None:
    """Who is on loan where, who goes home soon, what returns with them.

    Month by month: the people who leave their host, and by how much the hosts' shortfall grows with it.
    """
    refuse_empty(file)
    day = day_or_today(as_of)
    frame = under.frame(day)
    units, staff_table = read_inputs(population, staff, how, under, as_of=day, blocs=frame.order)
    if not units.units:  # nobody on loan could be placed, and each would be said to be at fault
        refuse_errors(units.problems)
    report = secondment_report(
        units,
        frame,
        staff_table,
        read_secondments(file, frame.order, how.options(frame.order)),
        load_fields(field_rules),
        as_of=day,
        days=days,
    )
    how.answer(secondments_rendering(report), report.problems, report.unsettled)


app = single(secondments)
