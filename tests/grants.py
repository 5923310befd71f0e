"""Frames written for tests, units made of a type and residents, and what a frame grants them."""

from __future__ import annotations

from quota.core.results import Quota
from quota.core.units import Unit, UnitType
from quota.norms import evaluation
from quota.norms.schema import Frame

HEAD = """\
id: ours
title: {vi: Thử, en: Test}
status: draft
effective: {from: 2025-07-01}
reading: {vi: Thử, en: Test}
sources:
  law: {title: Law, publisher: Gazette, date: 2025-01-01}
"""
"""How a rule file begins, as far as its blocs; `law` is its source."""


def unit_of(unit_type: UnitType, residents: int) -> Unit:
    """A unit of which nothing else is known."""
    return Unit("1", "A", unit_type, residents)


def quota_of(frame: Frame, unit_type: UnitType, residents: int) -> Quota:
    """The quota of such a unit."""
    quota = evaluation.quota_of(frame, unit_of(unit_type, residents))
    assert quota is not None, "a number that the frame counts is unknown"
    return quota
