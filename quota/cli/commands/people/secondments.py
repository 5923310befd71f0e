"""`quota secondments`."""

from __future__ import annotations

from typing import Annotated

import typer

from quota.analysis.work.working import secondment_report
from quota.cli.grouping import single
from quota.cli.inputs import read_inputs, refuse_empty, tell, tell_unsettled
from quota.cli.options import AsOf, FieldRulesId, FormatOption, FrameId, OutputFile, StaffFile, day_or_today
from quota.cli.reading import AS_FOUND, Reading
from quota.cli.unknowns import AS_THEY_ARE, Unknowns
from quota.core.problems import refuse_errors
from quota.norms.kinds import DEFAULT_FIELDS
from quota.norms.loading import DEFAULT_FRAME, load_fields, load_frame
from quota.render.kit.output import Output
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
    days: Annotated[
        int,
        typer.Option("--days", min=0, max=36_500, metavar="N", help="Who goes home in the next N days."),
    ] = 30,
    population: Annotated[
        str | None,
        typer.Option(
            "--population",
            metavar="FILE",
            help="The units that hosts are looked up in. Without it: Hải Phòng with its sample staff.",
        ),
    ] = None,
    staff: StaffFile = None,
    rules: FrameId = DEFAULT_FRAME,
    unknowns: Unknowns = AS_THEY_ARE,
    field_rules: FieldRulesId = DEFAULT_FIELDS,
    how: Reading = AS_FOUND,
    form: FormatOption = None,
    output: OutputFile = None,
) -> None:
    """Who is on loan where, who goes home soon, what returns with them.

    Month by month: the people who leave their host, and by how much the hosts' shortfall grows with it.
    """
    refuse_empty(file)
    day = day_or_today(as_of)
    frame = unknowns.over(load_frame(rules, day))
    units, staff_table = read_inputs(population, staff, how, as_of=day, blocs=frame.order, unknowns=unknowns)
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
    out = Output(form, output)
    out.write(secondments_rendering(report))
    tell(report.problems, out, verbose=how.verbose)
    tell_unsettled(report.unsettled, out)


app = single(secondments)
