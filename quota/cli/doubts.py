"""Doubts about embedded figures, for commands that show some of a table's units."""

from __future__ import annotations

from msgspec.structs import replace

from quota.core.units import UnitTable
from quota.core.what_if.scenario_results import ScenarioReport
from quota.tables.shipped.doubtful import doubts_about


def about_changed(report: ScenarioReport, parent: UnitTable) -> ScenarioReport:
    """The report with the doubts about the units it changes; that others are in doubt is said in one line."""
    changed = [audit.unit for change in report.changes for audit in change.before]
    problems = doubts_about(changed, parent.units, report.problems, report.inputs, beyond=True)
    return replace(report, problems=problems)
