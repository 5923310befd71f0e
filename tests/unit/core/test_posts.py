"""Posts and gaps: both sides of both ends, and nothing is ever netted."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quota.core.blocs import BLOCS, ByBloc
from quota.core.posts import Gap, Posts, sum_by_bloc, sum_gaps, sum_posts

PARTY, FRONT = Posts(17, 20), Posts(8, 10)


@pytest.mark.parametrize(
    ("staff", "gap"),
    [
        (0, Gap(shortfall=17)),
        (16, Gap(shortfall=1)),
        (17, Gap()),
        (20, Gap()),
        (21, Gap(surplus=1)),
    ],
)
def test_a_range_is_met_from_its_low_end_to_its_high_end(staff: int, gap: Gap) -> None:
    assert PARTY.gap(staff) == gap


@pytest.mark.parametrize(("low", "high"), [(2, 1), (-1, 0)])
def test_posts_run_from_low_to_high_and_are_never_fewer_than_none(low: int, high: int) -> None:
    assert Posts(0, 0) == Posts.exactly(0)
    with pytest.raises(ValueError, match=f"posts run from low to high, not {low} to {high}"):
        Posts(low, high)


@pytest.mark.parametrize(("staff", "gap"), [(31, Gap(1, 0)), (32, Gap()), (33, Gap(0, 1))])
def test_an_exact_quota_is_met_by_one_number(staff: int, gap: Gap) -> None:
    assert Posts.exactly(32).gap(staff) == gap


def test_a_shortage_in_one_bloc_is_not_paid_by_another() -> None:
    assert PARTY.gap(15) + FRONT.gap(12) == Gap(shortfall=2, surplus=2)
    assert PARTY.gap(15) + FRONT.gap(5) == Gap(shortfall=5)
    assert PARTY.gap(21) + FRONT.gap(12) == Gap(surplus=3)


@pytest.mark.parametrize(("low", "high"), [(-1, 0), (2, 1)])
def test_posts_that_run_backwards_or_below_nothing_do_not_exist(low: int, high: int) -> None:
    with pytest.raises(ValueError, match="from low to high"):
        Posts(low, high)


posts = st.tuples(st.integers(0, 500), st.integers(0, 500)).map(lambda ends: Posts(min(ends), max(ends)))


@given(quota=posts, staff=st.integers(0, 1_000))
def test_a_bloc_is_short_or_over_or_neither_never_both(quota: Posts, staff: int) -> None:
    gap = quota.gap(staff)
    assert gap.shortfall >= 0
    assert gap.surplus >= 0
    assert not (gap.shortfall and gap.surplus)
    assert (gap == Gap()) == (quota.low <= staff <= quota.high)


@given(pairs=st.lists(st.tuples(posts, st.integers(0, 1_000))))
def test_sums_keep_shortfall_and_surplus_apart(pairs: list[tuple[Posts, int]]) -> None:
    gaps = [quota.gap(staff) for quota, staff in pairs]
    assert sum_gaps(gaps) == Gap(sum(gap.shortfall for gap in gaps), sum(gap.surplus for gap in gaps))
    assert sum_posts(quota for quota, _ in pairs).low == sum(quota.low for quota, _ in pairs)


@given(st.lists(st.tuples(*[st.integers(0, 9)] * 6), min_size=1, max_size=4), st.data())
def test_what_units_share_is_added_up_as_often_as_it_is_granted(
    ends: list[tuple[int, ...]], data: st.DataObject
) -> None:
    kinds = [
        ByBloc(
            BLOCS, tuple(Posts(min(pair), max(pair)) for pair in zip(found[::2], found[1::2], strict=True))
        )
        for found in ends
    ]
    every = data.draw(st.lists(st.sampled_from(kinds), min_size=1, max_size=9))
    expected = tuple(sum_posts([granted.values[place] for granted in every]) for place in range(len(BLOCS)))
    assert sum_by_bloc(every) == ByBloc(BLOCS, expected)
