"""Sums over what is known, and of all."""

from __future__ import annotations

import statistics

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quota.core.posts import Gap, known_gap, whole_gap
from quota.core.sums import known_sum, median, whole_sum


@pytest.mark.parametrize(
    ("figures", "known", "whole"),
    [
        ((), None, 0),
        ((3, 4), 7, 7),
        ((0,), 0, 0),
        ((3, None), 3, None),
        ((0, None), 0, None),
        ((None, None), None, None),
    ],
)
def test_part_of_a_sum_is_not_the_sum(
    figures: tuple[int | None, ...], known: int | None, whole: int | None
) -> None:
    assert (known_sum(figures), whole_sum(figures)) == (known, whole)
    gaps = [None if figure is None else Gap(shortfall=figure, surplus=1) for figure in figures]
    sides = len([gap for gap in gaps if gap])
    assert known_gap(gaps) == (None if known is None else Gap(known, sides))
    assert whole_gap(gaps) == (None if whole is None else Gap(whole, sides))


@settings(max_examples=100)
@given(st.lists(st.floats(-1e9, 1e9) | st.integers(-9, 9), min_size=1, max_size=9))
def test_the_middle_is_that_of_the_standard_library_to_the_last_digit(figures: list[float]) -> None:
    assert median(iter(figures)) == statistics.median(figures)
