"""Differences of posts and of gaps: each end on its own, nothing netted."""

from __future__ import annotations

from quota.analysis.what_if.decomposing import Cause, Effect, GapShift
from quota.analysis.what_if.frames_diff import Shift
from quota.core.blocs import ByBloc
from quota.core.units import Unit, UnitType
from quota.norms.applying import load_norms
from tests.unit.analysis.what_if.decomposed import decompose


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


def test_a_bloc_that_one_frame_has_is_granted_or_taken_whole() -> None:
    without, having = load_norms("cv-09-2025"), load_norms("cv-09-2025-military")
    blocs = having.summary.blocs
    unit = Unit("1", "A", UnitType.COMMUNE, 20_000, staff=ByBloc(blocs, (32, 17, 8, 2)))
    came, went = decompose(unit, unit, without, having), decompose(unit, unit, having, without)
    assert came[Cause.FRAME]["military"] == Effect(Shift(3, 4), GapShift(1, 0))
    assert went[Cause.FRAME]["military"] == Effect(Shift(-3, -4), GapShift(-1, 0))
    for effects in (came, went):
        assert {*effects[Cause.FRAME].values[:3]} == {Effect(Shift(), GapShift())}
        assert {*effects[Cause.POPULATION], *effects[Cause.STAFF]} == {Effect(Shift(), GapShift())}
