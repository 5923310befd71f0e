"""Numbers, posts and columns as the steps of an explanation say them."""

from __future__ import annotations

from fractions import Fraction

from quota.core.explanations import Step
from quota.core.posts import Posts
from quota.core.text import Text, say
from quota.norms.language.parts import Exact

Pair = tuple[Exact, Exact]


def plain_step(path: str, source: str, what: Text, posts: Posts) -> Step:
    return Step(path, source, what, {}, posts_words(posts), posts)


def posts_words(posts: Posts) -> Text:
    if posts.low == posts.high:
        return say("{posts}", posts=posts.low)
    return say("{low}–{high}", low=posts.low, high=posts.high)


def added(sums: list[Pair]) -> Pair:
    """Both ends added up."""
    (low, high), *others = sums
    for more_low, more_high in others:
        low, high = low + more_low, high + more_high
    return low, high


def grown(pair: Pair, percent: int) -> Pair:
    if not percent:
        return pair
    low, high = (end * Fraction(100 + percent, 100) for end in pair)
    return low, high


def shown(number: Exact) -> int | str:
    """A number as it is shown: whole, or with the fraction that is left over."""
    if number.denominator == 1:
        return number.numerator
    decimal = number.denominator
    for prime in (2, 5):
        while decimal % prime == 0:
            decimal //= prime
    return f"{float(number):.12g}" if decimal == 1 else str(number)


def ends(pair: Pair) -> int | str:
    low, high = (shown(end) for end in pair)
    return low if low == high else f"{low}–{high}"


def named(column: str) -> Text:
    return {"residents": say("residents"), "area_km2": say("area in km²")}.get(
        column, say("{column}", column=column)
    )
