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
    from quota.analysis.explaining import explain
    from quota.core.problems import InputError
    from quota.norms.loading import load_frame, shipped_frames
    from quota.tables.borders import read_borders
    from quota.tables.reading import read_staff, read_units

__all__ = [
    "InputError",
    "__version__",
    "audit",
    "explain",
    "load_frame",
    "read_borders",
    "read_staff",
    "read_units",
    "shipped_frames",
]

_HOMES = {
    "InputError": "quota.core.problems",
    "audit": "quota.analysis.auditing",
    "explain": "quota.analysis.explaining",
    "load_frame": "quota.norms.loading",
    "read_borders": "quota.tables.borders",
    "shipped_frames": "quota.norms.loading",
    "read_staff": "quota.tables.reading",
    "read_units": "quota.tables.reading",
}


def __getattr__(name: str) -> object:
    """Import on first use: `quota --help` should not wait for what it does not need."""
    if name not in _HOMES:
        raise AttributeError(f"module 'quota' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
