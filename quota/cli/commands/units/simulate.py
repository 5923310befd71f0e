"""`quota simulate`."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from msgspec.structs import replace

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
)
from quota.cli.refusing import usage_error
from quota.cli.scenarios import DEFAULT_STANDARDS, about_changed, beside, exit_code, left_aside, write_table
from quota.cli.waiting import waiting
from quota.core.text import say
from quota.core.what_if.scenario_results import ScenarioReport
from quota.norms.loading import load_rules
from quota.norms.scenarios import load_scenario
from quota.norms.standards import Standards
from quota.planning.mergers.simulating import simulate as simulate_scenario
from quota.render.views.units.scenario import comparison_rendering, scenario_rendering
from quota.tables.readers.borders import read_borders
from quota.tables.shipped.provinces import with_classes


def simulate(
    files: Annotated[
        list[str],
        typer.Argument(
            metavar="SCENARIO.yaml [POPULATION]",
            help="A scenario file, and the parent table where the scenario does not name it "
            "(a CSV file or an embedded table's id). With --compare: several scenario files.",
        ),
    ],
    staff: StaffFile = None,
    assigned: AssignedFile = None,
    neighbours: NeighboursFile = None,
    under: FrameOptions = AS_SHIPPED,
    standards: StandardsId = DEFAULT_STANDARDS,
    as_of: AsOf = None,
    compare: Annotated[
        bool, typer.Option("--compare", help="Set several scenarios side by side, a row each.")
    ] = False,
    table: TableToWrite = None,
    how: Handling = AS_USUAL,
) -> None:
    """Mergers and other changes of units: posts, staff and thresholds before and after.

    Exit code 0: done; 1: a check finds an error; 2: bad input, or an operation that cannot be carried out.
    """
    scenarios = [name for name in files if Path(name).suffix.lower() in (".yaml", ".yml")]
    tables = [name for name in files if name not in scenarios]
    if not scenarios or len(tables) > 1:
        raise usage_error(say("give a scenario file (.yaml), and at most one population table"))
    if len(scenarios) > 1 and not compare:
        raise usage_error(say("several scenario files: add --compare to set them side by side"))
    if compare and table is not None:
        raise usage_error(say("--write-table writes one scenario's result: leave --compare out"))

    def run(name: str, day: date) -> ScenarioReport:
        scenario = load_scenario(name)
        population = tables[0] if tables else beside(name, scenario.population)
        staffed = staff or (None if tables else beside(name, scenario.staff))
        frame = under.frame(day)
        units, staff_table = read_inputs(population, staffed, how, under, as_of=day, blocs=frame.order)
        near = neighbours or beside(name, scenario.neighbours)
        report = simulate_scenario(
            scenario,
            with_classes(units, day),
            frame,
            staff_table,
            read_assignment(assigned or beside(name, scenario.assigned), how, frame.order),
            as_of=day,
            borders=read_borders(near, how.options()) if near is not None else None,
            standards=load_rules(standards, Standards),
        )
        passed_over = [left_aside(name, scenario.staff)] if tables and scenario.staff and not staff else []
        return replace(about := about_changed(report, units), problems=(*about.problems, *passed_over))

    with waiting(say("Simulating …")):
        reports = [run(name, day_or_today(as_of)) for name in scenarios]
    write_table(reports[0], table)
    rendering = comparison_rendering(reports) if compare else scenario_rendering(reports[0])
    how.answer(rendering, dict.fromkeys(problem for report in reports for problem in report.problems))
    raise typer.Exit(exit_code(*reports))


app = single(simulate)
