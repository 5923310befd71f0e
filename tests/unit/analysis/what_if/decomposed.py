"""The effects on one unit alone."""

from __future__ import annotations

from quota.analysis.audit.auditing import audits_of, granters_of
from quota.analysis.what_if.decomposing import Decomposer, Effects
from quota.core.units import Unit
from quota.norms.schema import Frame


def decompose(old: Unit, new: Unit, old_frame: Frame, new_frame: Frame) -> Effects:
    """The effect of each cause, as `Decomposer` finds it of the unit's audits under both frames."""
    (before,) = audits_of([old], granters_of(old_frame))
    (after,) = audits_of([new], granters_of(new_frame))
    return Decomposer(old_frame, new_frame).effects(before, after)
