"""How many residents more or fewer change a bloc's posts, exactly: by halving between the turns.

Only what explains a unit, or looks for units near a change, asks for it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from functools import partial

from quota.core.blocs import ByBloc
from quota.core.explanations import Margin
from quota.core.units import Unit
from quota.norms.arithmetic.columns import RESIDENTS
from quota.norms.arithmetic.walking import columns_of
from quota.norms.arithmetic.whole import Whole
from quota.norms.granting import Counts, Granter

MOST_RESIDENTS = 10**12
"""More residents than any unit has: what a grant is there, it is for all above, unless it grows for ever."""
PostsAt = Callable[[int], int]
"""Posts by residents; between two turns they only rise, or only fall."""


def margins(granter: Granter, unit: Unit) -> ByBloc[Margin]:
    """How many residents more or fewer change each bloc's posts; nothing where a number is unknown."""
    norm, values = granter.norm, granter.values(unit)
    if None in values[: len(norm.counted)]:
        return norm.grants.map(lambda _: Margin(None, None))
    others = granter.without(values)[1:]
    residents = int(values[0] or 0)

    def ends(count: int) -> Counts:
        return granter.count(count, *others)

    turns = with_turns_of_the_whole(norm.turns, norm.whole, ends)
    found = [
        margin_of(_posts_of(place, ends), turns, residents) if grow else Margin(None, None)
        for place, grow in enumerate(grows(granter))
    ]
    return ByBloc(norm.grants.order, tuple(found))


def grows(granter: Granter) -> ByBloc[bool]:
    """Which blocs' posts depend on residents."""
    return granter.norm.grants.map(lambda ends: RESIDENTS in {*columns_of(ends.low), *columns_of(ends.high)})


def _posts_of(place: int, ends: Callable[[int], Counts]) -> Callable[[int], int]:
    """Both ends of a bloc's posts together, by residents."""

    def posts(residents: int) -> int:
        counts = ends(residents)
        return counts[2 * place] + counts[2 * place + 1]

    return posts


def margin_of(posts: PostsAt, turns: Sequence[int], residents: int) -> Margin:
    """The margin of a unit with these residents; `turns` are those at which posts may do otherwise."""
    now = posts(residents)
    spans = list(_spans(turns))
    more = fewer = None
    for first, last in spans:
        if more is None and last > residents:
            begin = max(first, residents + 1)
            if posts(begin) > now:
                more = begin
            elif posts(last) > now:
                more = _first(begin, last, lambda count: posts(count) > now)
    for first, last in reversed(spans):
        if fewer is None and first < residents:
            end = min(last, residents - 1)
            if posts(end) < now:
                fewer = end
            elif posts(first) < now:
                fewer = _first(first, end + 1, lambda count: posts(count) >= now) - 1
    last_post = _last_post(posts, spans, residents)
    return Margin(
        None if more is None else more - residents,
        None if fewer is None else residents - fewer,
        None if last_post is None else last_post - residents,
    )


def _last_post(posts: PostsAt, spans: Sequence[tuple[int, int]], residents: int) -> int | None:
    """The residents that bring the last post; None where posts grow for ever, or are fewer again later."""
    most = posts(MOST_RESIDENTS)
    if posts(2 * MOST_RESIDENTS) > most:
        return None
    if any(posts(edge) > most for span in spans for edge in span):
        return None
    if posts(residents) == most:
        return residents
    first, last = next(span for span in spans if span[1] > residents and posts(span[1]) == most)
    return _first(max(first, residents), last, lambda count: posts(count) >= most)


def with_turns_of_the_whole(
    turns: Sequence[int], whole: Whole | None, ends: Callable[[int], Sequence[int]]
) -> Sequence[int]:
    """The turns, and the residents at which the other blocs leave more or less to the one that adjusts."""
    if whole is None:
        return turns
    bound = max(end.value for end in (whole.least, whole.most) if end is not None)

    def others(residents: int) -> tuple[int, int]:
        counts = [count for place, count in enumerate(ends(residents)) if place // 2 != whole.place]
        return min(sum(counts[::2]), bound), min(sum(counts[1::2]), bound)

    found = set(turns)
    for first, last in _spans(turns):
        at, now, end = first, others(first), others(last)
        while now != end:
            at = _first(at + 1, last, partial(_differs, others, now))
            now = others(at)
            found.add(at)
    return sorted(found)


def _differs(others: Callable[[int], tuple[int, int]], before: tuple[int, int], residents: int) -> bool:
    return others(residents) != before


def _spans(turns: Sequence[int]) -> Iterator[tuple[int, int]]:
    """From each turn to the residents before the next one."""
    return zip([0, *turns], [*(turn - 1 for turn in turns), MOST_RESIDENTS], strict=True)


def _first(low: int, high: int, holds: Callable[[int], bool]) -> int:
    """The first number from `low` to `high` from which `holds` holds; `high` where no smaller one does."""
    return low + bisect_left(range(low, high), True, key=holds)
