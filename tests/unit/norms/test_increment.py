"""Where a unit gains a post, on both sides of every bound; and what each way of rounding means."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quota.core.blocs import BLOCS, ByBloc
from quota.core.explanations import Margin
from quota.core.units import Unit, UnitType
from quota.norms.arithmetic.counting import divide
from quota.norms.arithmetic.rounding import Rounding
from quota.norms.expressing import Expressing
from quota.norms.granting import Granter, Norm
from quota.norms.language.amounts import Increment
from quota.norms.language.bloc_rule import BlocRule
from quota.norms.margins import margins

CENTRAL = Increment(posts=1, per_residents=2000, above=16000, rounding=Rounding.DOWN)
ALL = Increment(posts=1, per_residents=2000, above=0, rounding=Rounding.DOWN)


def granter(increment: Increment) -> Granter:
    """What counts the posts of a bloc that starts from nothing."""
    rule = BlocRule(base=0, increment=increment, source="law")
    ends = Expressing(UnitType.COMMUNE, {}).ends(rule, "blocs.government")
    return Granter(Norm(ByBloc.of(BLOCS, lambda _: ends)))


def granted(increment: Increment, residents: int) -> int:
    (low, high, *_) = granter(increment).count(residents)
    assert low == high
    return low


def margin(increment: Increment, residents: int) -> Margin:
    unit = Unit("1", "Xã A", UnitType.COMMUNE, residents)
    return next(iter(margins(granter(increment), unit)))


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
    assert granted(CENTRAL, residents) == posts


@pytest.mark.parametrize(
    ("residents", "posts"),
    [(0, 0), (1_999, 0), (2_000, 1), (15_999, 7), (16_000, 8), (17_999, 8), (18_000, 9), (113_200, 56)],
)
def test_counted_from_the_first_resident_it_comes_eight_posts_sooner(residents: int, posts: int) -> None:
    assert granted(ALL, residents) == posts


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
    assert divide(Fraction(residents), Fraction(100), rounding) == counted


increments = st.builds(
    Increment,
    posts=st.integers(1, 5),
    per_residents=st.integers(2, 5_000),
    above=st.integers(0, 20_000),
    rounding=st.sampled_from(Rounding),
)


@settings(deadline=None)  # each example compiles its own expression
@given(increment=increments, residents=st.integers(0, 500_000))
def test_margins_are_the_fewest_residents_that_change_the_quota(increment: Increment, residents: int) -> None:
    now, found = granted(increment, residents), margin(increment, residents)
    assert found.residents_to_next is not None
    assert found.residents_to_next > 0
    assert found.residents_to_last is None
    assert granted(increment, residents + found.residents_to_next) > now
    assert granted(increment, residents + found.residents_to_next - 1) == now
    if found.residents_to_fewer is None:
        assert now == 0
    else:
        assert 0 < found.residents_to_fewer <= residents
        assert granted(increment, residents - found.residents_to_fewer) < now
        assert granted(increment, residents - found.residents_to_fewer + 1) == now


@settings(deadline=None)  # each example compiles its own expression
@given(increment=increments, residents=st.integers(0, 500_000), more=st.integers(0, 10_000))
def test_more_residents_never_grant_fewer_posts(increment: Increment, residents: int, more: int) -> None:
    assert granted(increment, residents + more) >= granted(increment, residents)
