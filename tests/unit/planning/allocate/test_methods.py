"""Each method's own law, by brute force on small tables and by plain counting on large ones."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from quota.planning.allocate.methods import Claim, Method, bounds_of, exact_shares, share
from tests.laws.often import often


@st.composite
def claims(draw: st.DrawFn, most: int = 4, weight: int = 12) -> list[Claim]:
    found = []
    for _ in range(draw(st.integers(1, most))):
        least = draw(st.integers(0, 3))
        ceiling = draw(st.one_of(st.none(), st.integers(least, least + 6)))
        found.append(Claim(draw(st.integers(0, weight)), least, ceiling))
    return found


@st.composite
def tables(draw: st.DrawFn, most: int = 4, weight: int = 12) -> tuple[list[Claim], int]:
    found = draw(claims(most, weight))
    total = draw(st.integers(0, 14 * len(found)))
    fewest, limit = bounds_of(found, total)
    assume(fewest <= total <= limit)
    return found, total


def every(found: Sequence[Claim], total: int) -> Iterator[tuple[int, ...]]:
    """Every way to share `total` within the bounds."""
    ranges = [
        range(claim.least, (claim.least if not claim.weight else min(total, claim.most or total)) + 1)
        if claim.most != 0
        else range(1)
        for claim in found
    ]
    yield from (posts for posts in itertools.product(*ranges) if sum(posts) == total)


def filled(found: Sequence[Claim], posts: Sequence[int]) -> list[Fraction]:
    return sorted(
        Fraction(given, claim.weight) for claim, given in zip(found, posts, strict=True) if claim.weight
    )


@given(table=tables(most=3, weight=8))
@often(150)
def test_leximin_is_the_best_of_all_ways(table: tuple[list[Claim], int]) -> None:
    found, total = table
    assume(total <= 20)
    best = max(filled(found, posts) for posts in every(found, total))
    assert filled(found, share(Method.LEXIMIN, found, total)) == best


@given(table=tables(most=3, weight=8))
@often(150)
def test_sainte_lague_errs_least_by_weighted_squares_of_all_ways(table: tuple[list[Claim], int]) -> None:
    """Webster's method has the least Σ (posts − exact share)² / weight: Σ posts² / weight and a constant."""
    found, total = table
    assume(total <= 20)

    def error(posts: Sequence[int]) -> Fraction:
        return sum(
            (
                Fraction(given * given, claim.weight)
                for claim, given in zip(found, posts, strict=True)
                if claim.weight
            ),
            Fraction(0),
        )

    assert error(share(Method.SAINTE_LAGUE, found, total)) == min(map(error, every(found, total)))


@given(table=tables(most=3, weight=8))
@often(150)
def test_largest_remainder_errs_least_by_squares_of_all_ways(table: tuple[list[Claim], int]) -> None:
    found, total = table
    assume(total <= 20)
    exact = exact_shares(found, total)

    def error(posts: Sequence[int]) -> Fraction:
        return sum(((given - part) ** 2 for given, part in zip(posts, exact, strict=True)), Fraction(0))

    assert error(share(Method.LARGEST_REMAINDER, found, total)) == min(map(error, every(found, total)))


@pytest.mark.parametrize("method", Method)
@given(table=tables(most=30, weight=80))
@often(60)
def test_all_is_shared_within_the_bounds(method: Method, table: tuple[list[Claim], int]) -> None:
    found, total = table
    posts = share(method, found, total)
    assert sum(posts) == total
    for claim, given_ in zip(found, posts, strict=True):
        assert claim.least <= given_ <= (given_ if claim.most is None else claim.most)


@given(table=tables(most=30, weight=80))
@often(100)
def test_the_exact_shares_are_one_factor_within_the_bounds(table: tuple[list[Claim], int]) -> None:
    found, total = table
    exact = exact_shares(found, total)
    assert sum(exact) == total
    free = {
        part / claim.weight
        for claim, part in zip(found, exact, strict=True)
        if claim.weight and claim.least < part and (claim.most is None or part < claim.most)
    }
    assert len(free) <= 1
    for factor in free:
        for claim, part in zip(found, exact, strict=True):
            if claim.weight and claim.most != part == claim.least:
                assert claim.weight * factor <= claim.least
            elif claim.weight and claim.least != part == claim.most:
                assert claim.weight * factor >= claim.most


@given(table=tables(most=30, weight=80))
@often(100)
def test_largest_remainder_stays_within_one_of_the_exact_share(table: tuple[list[Claim], int]) -> None:
    found, total = table
    posts = share(Method.LARGEST_REMAINDER, found, total)
    assert all(abs(given_ - part) < 1 for given_, part in zip(posts, exact_shares(found, total), strict=True))


@pytest.mark.parametrize("method", [Method.SAINTE_LAGUE, Method.LEXIMIN])
@given(table=tables(most=30, weight=80))
@often(100)
def test_with_more_posts_in_all_nobody_gets_fewer(method: Method, table: tuple[list[Claim], int]) -> None:
    found, total = table
    assume(total < bounds_of(found, total + 1)[1])
    fewer, more = share(method, found, total), share(method, found, total + 1)
    assert sum(b - a for a, b in zip(fewer, more, strict=True)) == 1
    assert all(b >= a for a, b in zip(fewer, more, strict=True))


def test_the_paradoxes() -> None:
    """Largest remainder takes a post away as the total grows; Sainte-Laguë goes past the exact share."""
    states = [Claim(weight) for weight in (6, 6, 2)]
    assert share(Method.LARGEST_REMAINDER, states, 10) == [4, 4, 2]
    assert share(Method.LARGEST_REMAINDER, states, 11) == [5, 5, 1]
    uneven = [Claim(weight) for weight in (1000, *[16] * 9)]  # the small ones just miss a post each
    posts, exact = share(Method.SAINTE_LAGUE, uneven, 34), exact_shares(uneven, 34)
    assert posts[0] - exact[0] > 1


def test_what_the_bounds_do_not_allow_is_refused() -> None:
    with pytest.raises(ValueError, match="allow 3 to 4"):
        share(Method.LEXIMIN, [Claim(5, 1, 2), Claim(5, 2, 2)], 5)


@pytest.mark.parametrize("method", Method)
def test_the_country_is_shared_whole_and_within_its_bounds(method: Method) -> None:
    claims = [Claim(20 + number % 60, number % 7, None if number % 3 else 90) for number in range(3_321 * 3)]
    posts = share(method, claims, 400_000)
    assert sum(posts) == 400_000
    assert all(own >= number % 7 for number, own in enumerate(posts))
    assert all(own <= 90 for own in posts[::3])
