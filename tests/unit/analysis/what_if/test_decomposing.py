"""Differences of posts and of gaps: each end on its own, nothing netted."""

from __future__ import annotations

from quota.analysis.what_if.decomposing import GapShift
from quota.analysis.what_if.frames_diff import Shift


def test_what_goes_the_other_way_has_each_end_turned() -> None:
    assert -GapShift(2, 3) == GapShift(-2, -3)
    assert -Shift(2, 3) == Shift(-2, -3)


def test_a_difference_at_one_end_is_a_difference() -> None:
    assert GapShift(1, 0)
    assert GapShift(0, 1)
    assert not GapShift()
    assert Shift(1, 0)
    assert Shift(0, 1)
    assert not Shift()
