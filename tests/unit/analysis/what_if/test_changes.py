"""What is added up of changes: nothing at all is zero, and what is unknown throughout is unknown."""

from __future__ import annotations

import pytest

from quota.analysis.what_if.changes import Entry, Side, changes, sum_effects
from quota.analysis.what_if.decomposing import Cause, Effect, GapShift
from quota.analysis.what_if.frames_diff import Shift
from quota.core.blocs import Bloc, Staff
from quota.core.units import Unit, UnitType
from quota.norms.loading import load_frame
from tests.blocs import three
from tests.unit.analysis.what_if.decomposed import decompose

FRAME = load_frame("central-2025")


def unit(staff: Staff, population: int | None = 16_000) -> Unit:
    return Unit("1A", "Xã", UnitType.COMMUNE, population, staff=staff)


def test_effects_of_nothing_are_zero_and_effects_that_are_all_unknown_are_unknown() -> None:
    assert sum_effects([]) == Effect(Shift(), GapShift(), 0, GapShift())
    assert sum_effects([Effect(), Effect()]) == Effect(None, None)
    known = Effect(Shift(1, 2), GapShift(3, -4))
    assert sum_effects([known, Effect(), known]) == Effect(Shift(2, 4), GapShift(6, -8))
    assert sum_effects([Effect(Shift(1, 2))]) == Effect(Shift(1, 2), None)


@pytest.mark.parametrize(
    ("staff", "known"),
    [(three(None, None, None), False), (three(None, 9, None), True), (three(30, 9, 8), True)],
)
def test_a_count_of_any_bloc_on_either_side_is_staff(staff: Staff, known: bool) -> None:
    without, given = (Side((unit(people),), FRAME) for people in (three(None, None, None), staff))
    assert changes(without, given).has_staff is known
    assert changes(given, without).has_staff is known


@pytest.mark.parametrize("turned", [False, True])
def test_staff_known_on_one_side_only_explains_no_gap(turned: bool) -> None:
    sides = unit(three(None, 9, 8)), unit(three(30, 9, 8))
    old, new = reversed(sides) if turned else sides
    effects = decompose(old, new, FRAME, FRAME)
    assert {effects[cause][Bloc.GOVERNMENT].gap for cause in Cause} == {None}
    assert {effects[cause][Bloc.PARTY].gap for cause in Cause} == {GapShift()}


def test_what_vanishes_takes_its_posts_and_both_ends_of_its_gap_with_it() -> None:
    short = Side((unit(three(30, 25, 8)),), FRAME)  # 32, 17 to 20, 8 to 10 posts
    found = changes(short, Side((), FRAME)).balance
    assert found[Entry.VANISHED] == three(
        Effect(Shift(-32, -32), GapShift(-2, 0)),
        Effect(Shift(-17, -20), GapShift(0, -5)),
        Effect(Shift(-8, -10), GapShift()),
    )
    assert changes(Side((), FRAME), short).balance[Entry.APPEARED] == three(
        Effect(Shift(32, 32), GapShift(2, 0)),
        Effect(Shift(17, 20), GapShift(0, 5)),
        Effect(Shift(8, 10), GapShift()),
    )
