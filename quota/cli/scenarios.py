"""What the commands about scenarios share: tables found, results written, exit codes."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from quota.cli.inputs import tell
from quota.core.what_if.scenario_results import ScenarioReport
from quota.render.kit.output import Output
from quota.render.kit.rendering import Format
from quota.render.views.units.scenario import table_rendering
from quota.tables.shipped.embedded import embedded_tables
from quota.tables.writing import unit_rows

DEFAULT_STANDARDS = "unit-standards-2025"


def beside(scenario: str | None, named: str | None) -> str | None:
    """The table that a scenario names: beside its own file, else as the command line would find it."""
    if named is None or scenario is None or named in {table.id for table in embedded_tables()}:
        return named
    near = Path(scenario).parent / named
    return str(near) if near.exists() else named


def write_table(report: ScenarioReport, path: Path | None) -> None:
    """The new set of units as a table with staff and assigned posts, where it was asked for."""
    if path is not None:
        rows = unit_rows(unit_after.audit.unit for unit_after in report.units)
        Output(Format.CSV, path).write(table_rendering(rows))


def finish(reports: Iterable[ScenarioReport], out: Output, *, verbose: bool = False) -> int:
    """Say what is worth knowing; the exit code: 1 where a check finds an error."""
    found = list(reports)
    problems = dict.fromkeys(problem for report in found for problem in report.problems)
    tell(problems, out, verbose=verbose)
    return 0 if all(report.sound for report in found) else 1
