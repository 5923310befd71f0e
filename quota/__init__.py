"""Staffing quotas of Vietnam's commune-level units: the same functions that the `quota` command calls.

from datetime import date
from quota import audit, explain, load_frame, read_staff, read_units

units, staff = read_units("hai-phong"), read_staff("hai-phong-staff-sample")
report = audit(units, load_frame("central-2025"), staff, as_of=date(2026, 11, 22))
report.totals.gap.government  # Gap(shortfall=..., surplus=...)
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from quota._version import __version__

if TYPE_CHECKING:
    from quota.analysis.auditing import audit
    from quota.analysis.borderline import Growth, borderline
    from quota.analysis.changes import Side, changes
    from quota.analysis.comparing import compare
    from quota.analysis.explaining import explain
    from quota.analysis.fields import field_report
    from quota.analysis.frames_diff import diff
    from quota.analysis.peers import peers
    from quota.analysis.ranking import rank
    from quota.analysis.sensitivity import sensitivity
    from quota.analysis.working import Work, audit_work, secondment_report
    from quota.core.problems import InputError
    from quota.norms.loading import load_fields, load_frame, shipped_frames
    from quota.norms.scenarios import load_scenario
    from quota.norms.varying import Axis
    from quota.planning.simulating import simulate
    from quota.planning.suggesting import suggest
    from quota.tables.borders import read_borders
    from quota.tables.fields import read_holders, read_needs
    from quota.tables.reading import read_staff, read_units
    from quota.tables.secondments import read_secondments

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
    "Growth": "quota.analysis.borderline",
    "InputError": "quota.core.problems",
    "Side": "quota.analysis.changes",
    "Work": "quota.analysis.working",
    "audit": "quota.analysis.auditing",
    "audit_work": "quota.analysis.working",
    "borderline": "quota.analysis.borderline",
    "changes": "quota.analysis.changes",
    "compare": "quota.analysis.comparing",
    "diff": "quota.analysis.frames_diff",
    "explain": "quota.analysis.explaining",
    "field_report": "quota.analysis.fields",
    "load_fields": "quota.norms.loading",
    "load_frame": "quota.norms.loading",
    "load_scenario": "quota.norms.scenarios",
    "peers": "quota.analysis.peers",
    "rank": "quota.analysis.ranking",
    "read_borders": "quota.tables.borders",
    "read_holders": "quota.tables.fields",
    "read_needs": "quota.tables.fields",
    "read_secondments": "quota.tables.secondments",
    "read_staff": "quota.tables.reading",
    "read_units": "quota.tables.reading",
    "simulate": "quota.planning.simulating",
    "suggest": "quota.planning.suggesting",
    "secondment_report": "quota.analysis.working",
    "sensitivity": "quota.analysis.sensitivity",
    "shipped_frames": "quota.norms.loading",
}


def __getattr__(name: str) -> object:
    """Import on first use: `quota --help` should not wait for what it does not need."""
    if name not in _HOMES:
        raise AttributeError(f"module 'quota' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
