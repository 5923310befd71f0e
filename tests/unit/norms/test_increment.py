"""Where a unit gains a post, on both sides of every bound; and what each way of rounding means."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quota.norms.rounding import Rounding, fewest_residents, steps
from quota.norms.schema import Increment

CENTRAL = Increment(posts=1, per_residents=2000, above=16000, rounding=Rounding.DOWN)
ALL = Increment(posts=1, per_residents=2000, above=0, rounding=Rounding.DOWN)


@pytest.mark.parametrize(
    ("residents", "posts"),
    [
        (0, 0),
        (1_999, 0),
        (2_000, 0),
        (15_999, 0),
        (16_000, 0),
        (16_001, 0),
        (17_999, 0),
        (18_000, 1),
        (19_999, 1),
        (20_000, 2),
        (113_200, 48),
    ],
)
def test_above_16000_a_post_comes_with_the_two_thousandth_resident(residents: int, posts: int) -> None:
    assert CENTRAL.granted(residents) == posts


@pytest.mark.parametrize(
    ("residents", "posts"),
    [(0, 0), (1_999, 0), (2_000, 1), (15_999, 7), (16_000, 8), (17_999, 8), (18_000, 9), (113_200, 56)],
)
def test_counted_from_the_first_resident_it_comes_eight_posts_sooner(residents: int, posts: int) -> None:
    assert ALL.granted(residents) == posts


@pytest.mark.parametrize(
    ("rounding", "residents", "counted"),
    [
        (Rounding.DOWN, 99, 0),
        (Rounding.DOWN, 100, 1),
        (Rounding.UP, 0, 0),
        (Rounding.UP, 1, 1),
        (Rounding.UP, 100, 1),
        (Rounding.UP, 101, 2),
        (Rounding.NEAREST, 49, 0),
        (Rounding.NEAREST, 50, 1),
        (Rounding.NEAREST, 149, 1),
        (Rounding.NEAREST, 150, 2),
    ],
)
def test_each_way_of_rounding_on_both_sides_of_its_bound(
    rounding: Rounding, residents: int, counted: int
) -> None:
    assert steps(residents, 100, rounding) == counted


@given(size=st.integers(1, 5_000), count=st.integers(1, 500), rounding=st.sampled_from(Rounding))
def test_the_fewest_residents_of_a_step_make_it_and_one_fewer_does_not(
    size: int, count: int, rounding: Rounding
) -> None:
    fewest = fewest_residents(count, size, rounding)
    assert steps(fewest, size, rounding) >= count
    assert steps(fewest - 1, size, rounding) < count


increments = st.builds(
    Increment,
    posts=st.integers(1, 5),
    per_residents=st.integers(2, 5_000),
    above=st.integers(0, 20_000),
    rounding=st.sampled_from(Rounding),
)


@given(increment=increments, residents=st.integers(0, 500_000))
def test_margins_are_the_fewest_residents_that_change_the_quota(increment: Increment, residents: int) -> None:
    granted = increment.granted(residents)
    missing = increment.residents_to_next(residents)
    assert missing > 0
    assert increment.granted(residents + missing) > granted
    assert increment.granted(residents + missing - 1) == granted
    fewer = increment.residents_to_fewer(residents)
    if fewer is None:
        assert granted == 0
    else:
        assert 0 < fewer <= residents
        assert increment.granted(residents - fewer) < granted
        assert increment.granted(residents - fewer + 1) == granted


@given(increment=increments, residents=st.integers(0, 500_000), more=st.integers(0, 10_000))
def test_more_residents_never_grant_fewer_posts(increment: Increment, residents: int, more: int) -> None:
    assert increment.granted(residents + more) >= increment.granted(residents)
