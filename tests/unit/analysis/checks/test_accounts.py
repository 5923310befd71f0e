"""Which choices of readings are given: bounds of what a rival is, of how many, and of when it is enough."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quota.analysis.checks.accounts import extremes, search
from quota.analysis.checks.plausibility import THOUSANDFOLD, Reading

pytest.importorskip("ortools")

Options = tuple[Reading, ...]


def always() -> float:
    return 60.0


def lost(written: int, surprise: int, zeros: int = 1) -> Options:
    return Reading(written, 0, 0), Reading(written * 10**zeros, zeros, surprise)


def kept(written: int) -> Options:
    return (Reading(written, 0, 0),)


def found(*figures: Options, total: int) -> tuple[list[tuple[int, ...]], bool]:
    answer = search(figures, total, always)
    return list(answer.choices), answer.complete


def test_one_with_more_changes_than_the_first_is_no_rival() -> None:
    figures = lost(10, 100), lost(5, 60), lost(5, 70), kept(1)
    assert found(*figures, total=111) == ([(1, 0, 0, 0)], True)
    figures = lost(10, 200), lost(5, 60), lost(5, 70), kept(1)
    assert found(*figures, total=111) == ([(0, 1, 1, 0), (1, 0, 0, 0)], True)


def test_a_figure_that_can_only_have_lost_zeros_is_a_change_of_every_choice() -> None:
    only = (Reading(17_000, 3, 0),)
    assert found(only, lost(10, 100), lost(5, 60), lost(5, 70), total=17_110) == ([(0, 1, 0, 0)], True)
    alike = found(only, lost(10, 100), lost(10, 101), kept(1), total=17_111)
    assert alike == ([(0, 1, 0, 0), (0, 0, 1, 0)], True)


def test_choices_that_differ_in_one_figure_are_two() -> None:
    assert found((Reading(50, 1, 5), Reading(50, 1, 4)), kept(1), total=51) == ([(1, 0), (0, 0)], True)


def test_the_search_goes_on_until_one_is_more_than_a_thousand_times_less_plausible() -> None:
    at_bound = lost(10, 0), lost(10, THOUSANDFOLD), lost(10, THOUSANDFOLD + 1), lost(10, THOUSANDFOLD + 2)
    assert found(*at_bound, total=130) == ([(1, 0, 0, 0), (0, 1, 0, 0), (0, 0, 1, 0)], False)
    assert found(lost(10, 0), lost(10, THOUSANDFOLD), total=110) == ([(1, 0), (0, 1)], True)


def test_figures_that_leave_no_choice_add_up_or_do_not() -> None:
    assert found(kept(7), kept(8), total=15) == ([(0, 0)], True)
    assert found(kept(7), kept(8), total=16) == ([], True)


@settings(max_examples=15, deadline=None)
@given(
    st.lists(st.tuples(st.integers(1, 9), st.sampled_from([0, 30, 70])), min_size=1, max_size=4),
    st.integers(0, 150),
    st.integers(0, 150),
    st.integers(0, 120),
)
def test_the_extremes_are_those_of_every_choice_that_is_likely_enough(
    written: list[tuple[int, int]], first: int, second: int, most: int
) -> None:
    """A surprise of 0 stands for a figure that has one reading."""
    figures = [lost(people, surprise) if surprise else kept(people) for people, surprise in written]
    sums = min(first, second), max(first, second)
    possible = [
        sum(reading.residents for reading in choice)
        for choice in product(*figures)
        if sum(reading.surprise for reading in choice) <= most
    ]
    within = [added for added in possible if sums[0] <= added <= sums[1]]
    expected = (min(within), max(within)) if within else None
    assert extremes(figures, sums, most, always) == expected


def test_extremes_are_unknown_when_the_time_is_up() -> None:
    assert extremes([lost(5, 10)], (0, 100), 10, lambda: 0.0) is None
