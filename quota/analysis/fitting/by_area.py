"""Steps by area: a post more for each step of square kilometres, or for each 100 % of a standard area."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

from msgspec import Struct

from quota.analysis.fitting.rule import AreaSteps, Point, Split
from quota.analysis.fitting.search import SOME, STEPS, Found, Searching
from quota.core.units import UnitType


class Areas(Struct, frozen=True):
    """The rules that are tried: steps in km², the step that counting starts at, residents for a post more.

    They are tried for a table of no more than `most_units`: no province has as many.
    """

    sizes: tuple[int, ...]
    above: tuple[int, ...]
    steps: tuple[int, ...]
    most_units: int


AREAS = Areas(
    (5, 6, 10, 15, 20, 25, 30, 40, 50, 75, 100, 150, 200, 300, 500),
    (0, 1, 2, 3),
    tuple(range(1_000, 20_001, 1_000)),
    200,
)
_LIKELY = (None, 1_000, 2_000, 5_000)


def search(points: Sequence[Point], steps: Sequence[int] = STEPS, areas: Areas = AREAS) -> Found:
    """All rules that explain the most points, among all bases, thresholds and ceilings and these steps.

    Exact: nothing is left out but what is shown to explain fewer. No base need be tried that is no point's
    posts: the next one above, with the threshold moved by as many steps, explains the same points; nor such a
    ceiling: without it as many are explained. Steps by terrain are tried where every point's is known, and
    taken where they explain more; then steps by area likewise. `points` are not empty.
    """
    found = Searching(points, steps)
    if len(found.posts) > 1:
        found.run()
        search_by_area(found, areas)
    return Found(found.missed, tuple(found.candidates))


def search_by_area(search: Searching, areas: Areas) -> None:
    """Rules with steps by area, where they explain more; not tried where one unit's area is unknown.

    Alone before beside steps by residents, the same step for all before one by kind of unit: each is taken
    only where it explains more than what was found before.
    """
    if len(search.points) > areas.most_units or any(point.area is None for point in search.points):
        return
    same = [AreaSteps(size, size, size, above) for size, above in product(areas.sizes, areas.above)]
    same = [area for area in same if any(_brought(search.points, area))]
    search.where_it_explains_more(lambda: _try_all(search, same, areas.steps, [None]))
    search.where_it_explains_more(lambda: _try_all(search, same, areas.steps, areas.steps))
    search.where_it_explains_more(lambda: _try_by_kind(search, areas, [None]))
    search.where_it_explains_more(lambda: _try_by_kind(search, areas, areas.steps))


def _brought(points: Sequence[Point], area: AreaSteps) -> list[int]:
    return [area.posts(point.type, point.mountain, point.area) for point in points]


def _pair(step: int | None) -> tuple[int, int] | None:
    return None if step is None else (step, step)


def _bases(points: Sequence[Point], brought: Sequence[int], missed: int) -> Iterator[int]:
    """The bases that may leave so few unexplained: what some point has beside what its area brings.

    A point that has less than the base beside its area can only be explained at its type's ceiling. A higher
    base leaves no fewer.
    """
    beside = [point.posts - posts for point, posts in zip(points, brought, strict=True)]
    for base in sorted({posts for posts in beside if posts >= 0}):
        below: dict[UnitType, dict[int, int]] = {}
        for point, posts in zip(points, beside, strict=True):
            if posts < base:
                counts = below.setdefault(point.type, {})
                counts[point.posts] = counts.get(point.posts, 0) + 1
        if sum(sum(counts.values()) - max(counts.values()) for counts in below.values()) > missed:
            return
        yield base


def _try_all(
    search: Searching, same: Sequence[AreaSteps], beside: Sequence[int], steps: Sequence[int | None]
) -> None:
    """Rules with these steps by residents that leave no more unexplained than some rule with any does."""
    _guess(search, same, [None, *beside])
    for area in same:
        for base in _bases(search.points, _brought(search.points, area), search.missed):
            for step in steps:
                search.attempt(base, _pair(step), Split.NONE, area)


def _guess(search: Searching, same: Sequence[AreaSteps], steps: Sequence[int | None]) -> None:
    """Lower how many may be missed to what a rule misses that does well on some units."""
    some = search.points[:: max(len(search.points) // SOME, 1)]
    guesses = [
        (area, base, step)
        for area in same
        for base in _bases(some, _brought(some, area), len(some) // 2)
        for step in _LIKELY
        if step in steps
    ]
    if guesses:
        area, base, step = min(
            guesses, key=lambda guess: search.missed_of(some, guess[1], _pair(guess[2]), Split.NONE, guess[0])
        )
        search.lower(search.missed_of(search.points, base, _pair(step), Split.NONE, area))


def _try_by_kind(search: Searching, areas: Areas, steps: Sequence[int | None]) -> None:
    """A step of its own for wards, for others in mountains and for the rest, each from its first 100 % on.

    Apart, each kind misses no more than with the base, threshold and ceilings of the others: steps whose
    kinds miss too many in sum are left out.
    """
    kinds = _kinds(search.points)
    if len(kinds) < 2:
        return
    brought = {
        (kind, size): _brought(points, AreaSteps(size, size, size, 1))
        for kind, points in kinds.items()
        for size in areas.sizes
    }
    bases = {
        point.posts - posts
        for (kind, _), found in brought.items()
        for point, posts in zip(kinds[kind], found, strict=True)
    }
    for base in sorted(base for base in bases if base >= 0):
        for step in steps:
            first = search.first(_pair(step), Split.NONE)
            apart: list[list[tuple[int, int]]] = []
            for kind, points in kinds.items():
                misses = []
                for size in areas.sizes:
                    stepped = [
                        (point, step or 1, posts)
                        for point, posts in zip(points, brought[kind, size], strict=True)
                    ]
                    best = search.best(stepped, base, first)
                    if best is not None:
                        misses.append((best.missed, size))
                apart.append(misses)
            for chosen in product(*apart):
                sizes = [size for _, size in chosen]
                if sum(missed for missed, _ in chosen) <= search.missed and len({*sizes}) > 1:
                    search.attempt(
                        base, _pair(step), Split.NONE, _area_of(dict(zip(kinds, sizes, strict=True)))
                    )


def _kinds(points: Sequence[Point]) -> dict[str, list[Point]]:
    """The points by kind; mountains are a kind where all but wards say whether they lie there."""
    known = all(point.mountain is not None for point in points if point.type is not UnitType.WARD)
    kinds: dict[str, list[Point]] = {}
    for point in points:
        kind = "mountain" if known and point.mountain else "other"
        kinds.setdefault("ward" if point.type is UnitType.WARD else kind, []).append(point)
    return kinds


def _area_of(sizes: dict[str, int]) -> AreaSteps:
    """A kind that the table lacks has the step of another that it has."""
    some = next(iter(sizes.values()))
    other = sizes.get("other", sizes.get("mountain", some))
    return AreaSteps(sizes.get("ward", other), sizes.get("mountain", other), other, 1)
