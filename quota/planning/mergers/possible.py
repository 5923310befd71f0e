"""A scenario's figures as they would be with everything that is unknown of its units."""

from __future__ import annotations

from msgspec.structs import replace

from quota.analysis.audit.possible import with_the_unknown
from quota.core.what_if.scenario_results import After, ChangedUnits, ScenarioReport


def report_with_the_unknown(report: ScenarioReport) -> ScenarioReport | None:
    """The report whose changes are counted by the posts that are possible; None where none hang on it.

    Its totals of the whole table are those of `report`: they say themselves what hangs on what is unknown.
    """
    changes = tuple(change_with_the_unknown(change) for change in report.changes)
    return None if changes == report.changes else replace(report, changes=changes)


def change_with_the_unknown(change: ChangedUnits) -> ChangedUnits:
    """The change counted by the posts that are possible."""
    return ChangedUnits(
        tuple(with_the_unknown(audited) for audited in change.before),
        tuple(_after(unit_after) for unit_after in change.after),
        change.operations,
    )


def _after(unit_after: After) -> After:
    return replace(unit_after, audit=with_the_unknown(unit_after.audit))
