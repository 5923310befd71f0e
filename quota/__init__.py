"""Staffing quotas of Vietnam's commune-level units: the same functions that the `quota` command calls.

from datetime import date
from quota import audit, explain, load_frame, read_staff, read_units

units, staff = read_units("hai-phong"), read_staff("hai-phong-staff-sample")
report = audit(units, load_frame("central-2025"), staff, as_of=date(2026, 11, 22))
report.totals.gap["government"]  # Gap(shortfall=..., surplus=...)
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from quota._version import __version__

if TYPE_CHECKING:
    from quota.analysis.audit.auditing import audit
    from quota.analysis.audit.explaining import explain
    from quota.analysis.standing.comparing import compare
    from quota.analysis.standing.peers import peers
    from quota.analysis.standing.ranking import rank
    from quota.analysis.what_if.borderline import Growth, borderline
    from quota.analysis.what_if.changes import Side, changes
    from quota.analysis.what_if.frames_diff import diff
    from quota.analysis.what_if.sensitivity import sensitivity
    from quota.analysis.work.covering import field_report
    from quota.analysis.work.working import Work, audit_work, secondment_report
    from quota.core.problems import InputError
    from quota.norms.loading import load_fields, load_frame, shipped_frames
    from quota.norms.scenarios import load_scenario
    from quota.norms.varying import Axis
    from quota.planning.mergers.simulating import simulate
    from quota.planning.mergers.suggesting import suggest
    from quota.tables.readers.borders import read_borders
    from quota.tables.readers.fields import read_holders, read_needs
    from quota.tables.readers.secondments import read_secondments
    from quota.tables.readers.units.population import read_units
    from quota.tables.readers.units.staff import read_staff

__all__ = [
    "Axis",
    "Growth",
    "InputError",
    "Side",
    "Work",
    "__version__",
    "audit",
    "audit_work",
    "borderline",
    "changes",
    "compare",
    "diff",
    "explain",
    "field_report",
    "load_fields",
    "load_frame",
    "load_scenario",
    "peers",
    "rank",
    "read_borders",
    "read_holders",
    "read_needs",
    "read_secondments",
    "read_staff",
    "read_units",
    "secondment_report",
    "sensitivity",
    "shipped_frames",
    "simulate",
    "suggest",
]

_HOMES = {
    "Axis": "quota.norms.varying",
    "Growth": "quota.analysis.what_if.borderline",
    "InputError": "quota.core.problems",
    "Side": "quota.analysis.what_if.changes",
    "Work": "quota.analysis.work.working",
    "audit": "quota.analysis.audit.auditing",
    "audit_work": "quota.analysis.work.working",
    "borderline": "quota.analysis.what_if.borderline",
    "changes": "quota.analysis.what_if.changes",
    "compare": "quota.analysis.standing.comparing",
    "diff": "quota.analysis.what_if.frames_diff",
    "explain": "quota.analysis.audit.explaining",
    "field_report": "quota.analysis.work.covering",
    "load_fields": "quota.norms.loading",
    "load_frame": "quota.norms.loading",
    "load_scenario": "quota.norms.scenarios",
    "peers": "quota.analysis.standing.peers",
    "rank": "quota.analysis.standing.ranking",
    "read_borders": "quota.tables.readers.borders",
    "read_holders": "quota.tables.readers.fields",
    "read_needs": "quota.tables.readers.fields",
    "read_secondments": "quota.tables.readers.secondments",
    "read_staff": "quota.tables.readers.units.staff",
    "read_units": "quota.tables.readers.units.population",
    "simulate": "quota.planning.mergers.simulating",
    "suggest": "quota.planning.mergers.suggesting",
    "secondment_report": "quota.analysis.work.working",
    "sensitivity": "quota.analysis.what_if.sensitivity",
    "shipped_frames": "quota.norms.loading",
}


def __getattr__(name: str) -> object:
    """Import on first use: `quota --help` should not wait for what it does not need."""
    if name not in _HOMES:
        raise AttributeError(f"module 'quota' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
