"""Ranks, percentiles, quartiles, the Gini coefficient and histograms, against their definitions."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quota.analysis.standing.statistics import (
    MOST_BINS,
    RankAmong,
    Spread,
    gini,
    histogram,
    middle,
    percentile,
    spread,
    standing,
    standings,
)

values = st.lists(st.fractions(0, 5_000, max_denominator=50), min_size=1, max_size=25)


@given(values)
def test_gini_is_half_the_mean_absolute_difference_over_the_mean(given_values: list[Fraction]) -> None:
    n, whole = len(given_values), sum(given_values)
    if not whole:
        assert gini(given_values) is None
        return
    differences = sum(abs(value - other) for value in given_values for other in given_values)
    assert gini(given_values) == Fraction(differences, n * n) / (2 * Fraction(whole, n))


def test_gini_at_its_bounds() -> None:
    assert gini([7, 7, 7]) == 0
    assert gini([0, 0, 0, 1]) == Fraction(3, 4)
    assert gini([None]) is None


@given(values)
def test_a_rank_is_one_more_than_how_many_are_greater(given_values: list[Fraction]) -> None:
    found = standings([*given_values, None])
    assert found[-1] is None
    for value, rank in zip(given_values, found, strict=False):
        expected = RankAmong(1 + sum(other > value for other in given_values), len(given_values))
        assert rank == expected == standing(value, [*given_values, None])


def test_quartiles_and_median() -> None:
    assert spread([4, 1, None, 3, 2]) == Spread(
        4, Fraction(1), Fraction(7, 4), Fraction(5, 2), Fraction(13, 4), Fraction(4)
    )
    assert spread([5]) == Spread(1, *(Fraction(5),) * 5)
    assert spread([None]) is None
    assert middle([3, 1, None]) == 2
    assert middle([None]) is None


@pytest.mark.parametrize(("value", "expected"), [(0, 0), (1, 25), (2, 50), (3, 75), (9, 100)])
def test_percentile_counts_equal_ones_half(value: int, expected: int) -> None:
    assert percentile(value, [1, 3, None]) == expected
    assert percentile(value, [None]) is None


@given(values)
def test_a_histogram_holds_every_value_once_in_few_bins_of_one_width(given_values: list[Fraction]) -> None:
    bins = histogram([*given_values, None])
    assert sum(bar.count for bar in bins) == len(given_values)
    assert len({bar.end - bar.start for bar in bins}) == 1
    assert len(bins) <= MOST_BINS
    for bar in bins:
        assert bar.count == sum(bar.start <= value < bar.end for value in given_values)


@pytest.mark.parametrize(
    ("ends", "first", "bins"),
    [
        ((0, 11), (0, 1), 12),
        ((0, 12), (0, 2), 7),
        ((Fraction(1, 2), Fraction(23, 2)), (0, 1), 12),
        ((Fraction(1, 2), 12), (0, 2), 7),
        ((-3, 4), (-3, -2), 8),
        ((-34, -3), (-35, -30), 7),
    ],
)
def test_bins_begin_on_whole_widths_on_both_sides_of_zero_and_are_twelve_at_most(
    ends: tuple[Fraction | int, Fraction | int], first: tuple[int, int], bins: int
) -> None:
    found = histogram(ends)
    assert ((found[0].start, found[0].end), len(found)) == (first, bins)
    assert [bar.count for bar in found] == [1] + [0] * (bins - 2) + [1]


def test_a_histogram_of_nothing_has_no_bins() -> None:
    assert histogram([None]) == ()
