"""What the commands about scenarios share: tables found, doubts, results written, exit codes."""

from __future__ import annotations

from pathlib import Path

from msgspec.structs import replace

from quota.core.problems import Problem, Severity
from quota.core.text import say
from quota.core.units import UnitTable
from quota.core.what_if.scenario_results import ScenarioReport
from quota.render.kit.output import Output
from quota.render.kit.rendering import Format
from quota.render.views.units.scenario import table_rendering
from quota.tables.shipped.doubtful import doubts_about
from quota.tables.shipped.embedded import embedded_tables
from quota.tables.writing import unit_rows

DEFAULT_STANDARDS = "unit-standards-2025"


def beside(scenario: str | None, named: str | None) -> str | None:
    """The table that a scenario names: beside its own file, else as the command line would find it."""
    if named is None or scenario is None or named in {table.id for table in embedded_tables()}:
        return named
    near = Path(scenario).parent / named
    return str(near) if near.exists() else named


def left_aside(scenario: str, staff: str) -> Problem:
    """What is said where another population table takes the place of the scenario's, and of its staff."""
    message = say("staff: {name} is not read: the population table is another", name=staff)
    fix = say("give --staff {name} if it belongs to that table too", name=staff)
    return Problem("not-read", Severity.WARNING, message, fix, file=scenario, value=staff)


def write_table(report: ScenarioReport, path: Path | None) -> None:
    """The new set of units as a table, with staff, assigned posts and what is kept back, where asked for."""
    if path is not None:
        posts = report.after.assignment
        kept = posts.reserves if posts is not None else ()
        rows = unit_rows((unit_after.audit.unit for unit_after in report.units), reserves=kept)
        Output(Format.CSV, path).write(table_rendering(rows))


def about_changed(report: ScenarioReport, parent: UnitTable) -> ScenarioReport:
    """The report with the doubts about the units it changes; that others are in doubt is said in one line."""
    changed = [audit.unit for change in report.changes for audit in change.before]
    problems = doubts_about(changed, parent.units, report.problems, report.inputs, beyond=True)
    return replace(report, problems=problems)


def exit_code(*reports: ScenarioReport) -> int:
    """1 where a check finds an error, else 0."""
    return 0 if all(report.sound for report in reports) else 1
