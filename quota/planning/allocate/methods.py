"""Three ways to share whole posts by weight, each with its own law.

- Largest remainder (Hamilton): the exact shares rounded down; what is left goes to the largest remainders.
  Nobody is a post or more from the exact share. But with more posts in all somebody may get fewer.
- Sainte-Laguë (Webster): post after post to the greatest weight / (2 posts + 1). With more posts in all
  nobody gets fewer. But somebody may be more than a post from the exact share.
- Leximin: post after post to the smallest posts / weight. The smallest share of the norm that is filled is as
  large as can be, then the second smallest, and so on. With more posts in all nobody gets fewer.

With floors and ceilings the exact share is weight times one factor, kept between the two, so that all add up.
Ties go to the greater weight (by leximin to the smaller: there a post fills more), then to the earlier claim.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Sequence
from enum import StrEnum
from fractions import Fraction

from msgspec import Struct


class Method(StrEnum):
    """How posts are shared."""

    LARGEST_REMAINDER = "largest-remainder"
    SAINTE_LAGUE = "sainte-lague"
    LEXIMIN = "leximin"


class Claim(Struct, frozen=True):
    """The claim of one unit's bloc: its weight (the norm, in posts), least and most (None: no ceiling)."""

    weight: int
    least: int = 0
    most: int | None = None


def bounds_of(claims: Sequence[Claim], total: int) -> tuple[int, int]:
    """The fewest and the most posts that the claims can take; one without weight takes its floor."""
    fewest = sum(claim.least for claim in claims)
    most = sum(_most(claim, total) for claim in claims)
    return fewest, most


def _most(claim: Claim, total: int) -> int:
    if not claim.weight:
        return claim.least
    return total if claim.most is None else claim.most


def share(method: Method, claims: Sequence[Claim], total: int) -> list[int]:
    """Posts for each claim, `total` in all. Raises `ValueError` where floors or ceilings do not allow it."""
    fewest, most = bounds_of(claims, total)
    if not fewest <= total <= most:
        raise ValueError(f"{total} posts, and floors and ceilings allow {fewest} to {most}")
    if method is Method.LARGEST_REMAINDER:
        return _largest_remainder(claims, total)
    if method is Method.SAINTE_LAGUE:
        return _post_by_post(claims, total, lambda weight, posts: -weight / (2 * posts + 1), -1)
    return _post_by_post(claims, total, lambda weight, posts: posts / weight, 1)


def _post_by_post(
    claims: Sequence[Claim], total: int, order: Callable[[int, int], float], ties: int
) -> list[int]:
    """From the floors on, each post to the claim of the least `order`.

    Equal fractions divide to equal floating-point numbers, and different fractions of numbers as small as
    these to different ones: the comparison is exact. `ties` is -1 where of equals the
    greater weight is first, 1 where the smaller is.
    """
    posts = [claim.least for claim in claims]
    queue = [
        (order(claim.weight, claim.least), ties * claim.weight, number)
        for number, claim in enumerate(claims)
        if claim.least < _most(claim, total)
    ]
    heapq.heapify(queue)
    for _ in range(total - sum(posts)):
        _, weight, number = queue[0]
        posts[number] += 1
        if posts[number] < _most(claims[number], total):
            heapq.heapreplace(queue, (order(weight * ties, posts[number]), weight, number))
        else:
            heapq.heappop(queue)
    return posts


def _largest_remainder(claims: Sequence[Claim], total: int) -> list[int]:
    exact = exact_shares(claims, total)
    posts = [int(part) for part in exact]
    left = total - sum(posts)
    remainders = sorted(
        range(len(claims)), key=lambda number: (posts[number] - exact[number], -claims[number].weight, number)
    )
    for number in remainders[:left]:
        posts[number] += 1
    return posts


def exact_shares(claims: Sequence[Claim], total: int) -> list[Fraction]:
    """Each claim's exact share: weight times one factor, kept between its bounds; they add up to `total`.

    The factor is found by holding, round by round, the claims that the bounds stop: those at floors where the
    floors take too much, those at ceilings where the ceilings leave too much. No factor, no share: claims
    without weight are at their floor.
    """
    shares = [Fraction(claim.least) for claim in claims]
    free = {number for number, claim in enumerate(claims) if claim.weight}
    left = total - sum(claim.least for claim in claims if not claim.weight)
    while free:
        weight = sum(claims[number].weight for number in free)
        factor = Fraction(left, weight)
        low = {number for number in free if claims[number].weight * factor < claims[number].least}
        high = {
            number
            for number in free
            if (most := claims[number].most) is not None and claims[number].weight * factor > most
        }
        if not low and not high:
            for number in free:
                shares[number] = claims[number].weight * factor
            break
        missing = sum(claims[number].least - claims[number].weight * factor for number in low)
        spare = sum(claims[number].weight * factor - (claims[number].most or 0) for number in high)
        held = low if missing >= spare else high
        for number in held:
            bound = claims[number].least if held is low else (claims[number].most or 0)
            shares[number] = Fraction(bound)
            left -= bound
        free -= held
    return shares
