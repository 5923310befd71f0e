"""Sums over what is known, and of all."""

from __future__ import annotations

import pytest

from quota.core.posts import Gap, known_gap, whole_gap
from quota.core.sums import known_sum, whole_sum


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
