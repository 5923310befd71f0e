"""The rules that explain the most units: every base, threshold and ceiling, and every step of a list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import permutations

from msgspec import Struct

from quota.analysis.fitting.rule import AreaSteps, Point, Split, inside, roundness
from quota.analysis.fitting.sweep import Best, Ceilings, Stepped, best_thresholds
from quota.core.units import UnitType

STEPS = tuple(range(100, 20_001, 100))
"""The steps that are tried, in residents a post."""
SOME = 96
"""How many units are looked at to guess which rule is a good one to begin with."""
LIKELY = (500, 1_000, 2_000, 3_000, 5_000)
"""Steps for that guess. A guess only shortens the search: it leaves nothing out."""


class Candidate(Struct, frozen=True):
    """Rules that differ in the threshold, `lowest` to `highest`; without `steps` residents bring no posts."""

    base: int
    steps: tuple[int, int] | None
    lowest: int
    highest: int
    split: Split
    area: AreaSteps | None = None


class Found(Struct, frozen=True):
    """The fewest points that a rule leaves unexplained, and all rules that leave as few."""

    missed: int
    candidates: tuple[Candidate, ...]


class Searching:
    """The fewest points that a rule leaves unexplained so far, and the rules that leave as few."""

    def __init__(self, points: Sequence[Point], steps: Sequence[int]) -> None:
        self.points = points
        self.steps = sorted(steps, key=lambda step: (-roundness(step), step))
        self.last = max(point.residents for point in points)
        self.posts = Counter(point.posts for point in points)
        most = max(self.posts.values())
        self.missed = len(points) - most
        self._kept, self._known = -1, dict[int, Ceilings]()
        self.candidates = [
            Candidate(base, None, 0, 0, Split.NONE) for base, many in self.posts.items() if many == most
        ]

    def run(self) -> None:
        """Rules by residents; by residents and terrain, where those explain more."""
        self._guess(self.posts, [(step, step) for step in LIKELY], Split.NONE)
        for base in sorted(self.posts):
            for step in self.steps:
                self.attempt(base, (step, step), Split.NONE)
        for split in (Split.MOUNTAIN, Split.MOUNTAIN_BUT_ZONES):
            self._split(split)

    def where_it_explains_more(self, looking: Callable[[], None]) -> None:
        """Look for rules that leave fewer unexplained; where there is none, those of before stay."""
        if not self.missed:
            return
        before = self.missed, self.candidates
        self.missed, self.candidates = self.missed - 1, []
        looking()
        if not self.candidates:
            self.missed, self.candidates = before

    def _guess(self, bases: Iterable[int], pairs: Sequence[tuple[int, int]], split: Split) -> None:
        """Lower how many may be missed to what a rule misses that does well on some units."""
        some = self.points[:: max(len(self.points) // SOME, 1)]
        known = [pair for pair in pairs if {*pair} <= {*self.steps}]
        guesses = [(base, pair) for base in sorted(bases) for pair in known]
        if guesses:
            base, steps = min(guesses, key=lambda guess: self.missed_of(some, guess[0], guess[1], split))
            self.lower(self.missed_of(self.points, base, steps, split))

    def missed_of(
        self,
        points: Sequence[Point],
        base: int,
        steps: tuple[int, int] | None,
        split: Split,
        area: AreaSteps | None = None,
    ) -> int:
        """How many of the points rules with these steps leave unexplained at best."""
        stepped = with_steps(points, steps, split, area)
        tried = ceilings(points, base, len(points))
        return best_thresholds(stepped, base, tried, self.first(steps, split), self.last).missed

    def lower(self, missed: int) -> None:
        """Keep only rules that leave no more than these unexplained, where that is fewer."""
        if missed < self.missed:
            self.missed, self.candidates = missed, []

    def _too_low(self, base: int) -> bool:
        return sum(many for posts, many in self.posts.items() if posts < base) > self.missed

    def attempt(
        self, base: int, steps: tuple[int, int] | None, split: Split, area: AreaSteps | None = None
    ) -> None:
        """Take these steps where they leave no more unexplained than the best so far."""
        if self._too_low(base):
            return
        best = self.best(with_steps(self.points, steps, split, area), base, self.first(steps, split))
        if best is None:
            return
        if best.missed < self.missed:
            self.missed, self.candidates = best.missed, []
        self.candidates += [Candidate(base, steps, low, high, split, area) for low, high in best.intervals]

    def first(self, steps: tuple[int, int] | None, split: Split) -> int:
        """The first threshold to be tried; where residents bring no posts, one above them all."""
        if steps is None:
            return self.last
        return 1 - steps[0] if split is Split.NONE else 0

    def best(self, points: Sequence[Stepped], base: int, first: int) -> Best | None:
        """The best thresholds; None where more are missed than by the best rule so far."""
        if self._kept != self.missed:
            self._kept, self._known = self.missed, {}
        if base not in self._known:
            self._known[base] = ceilings(self.points, base, self.missed)
        for size in (self.missed * 3 // 2 + 32, self.missed * 3 + 64):
            if size * 2 <= len(points):
                some = points[:: len(points) // size]
                if best_thresholds(some, base, self._known[base], first, self.last).missed > self.missed:
                    return None
        best = best_thresholds(points, base, self._known[base], first, self.last)
        return None if best.missed > self.missed else best

    def _split(self, split: Split) -> None:
        """Steps of their own for a part of the units, where that explains more than one step for all.

        Apart, each part misses no more than with the base, threshold and ceilings of the other: pairs whose
        parts miss too many in sum are left out.
        """
        parts: tuple[list[Point], list[Point]] = ([], [])
        for point in self.points:
            if point.mountain is None:
                return
            parts[inside(split, point.type, point.mountain)].append(point)
        if not all(parts):
            return
        bases = {found.base for found in self.candidates}

        def looking() -> None:
            self._guess(bases, list(permutations(LIKELY, 2)), split)
            for base in sorted(self.posts):
                for pair in self._pairs(base, parts):
                    self.attempt(base, pair, split)

        self.where_it_explains_more(looking)

    def _pairs(self, base: int, parts: tuple[list[Point], list[Point]]) -> Iterator[tuple[int, int]]:
        """The pairs of steps that may miss few enough, those that promise most first."""
        if self._too_low(base):
            return
        apart = [
            [
                (best.missed, step)
                for step in self.steps
                if (best := self.best([(point, step, 0) for point in part], base, 0)) is not None
            ]
            for part in parts
        ]
        pairs = sorted(
            (missed + others, step, other)
            for missed, step in apart[0]
            for others, other in apart[1]
            if step != other and missed + others <= self.missed
        )
        yield from ((step, other) for _, step, other in pairs)


def ceilings(points: Sequence[Point], base: int, missed: int) -> Ceilings:
    """Those above which no more than `missed` points of a type lie: another misses more."""
    found: dict[UnitType, list[int]] = {}
    for unit_type in {point.type for point in points}:
        posts = sorted((point.posts for point in points if point.type is unit_type), reverse=True)
        found[unit_type] = sorted({count for count in posts[: missed + 1] if count >= base})
    return found


def with_steps(
    points: Sequence[Point], steps: tuple[int, int] | None, split: Split, area: AreaSteps | None = None
) -> list[Stepped]:
    """The points with their steps, and with what their area brings."""
    outside, within = steps or (1, 1)
    if area is None:
        return [
            (point, within if inside(split, point.type, point.mountain) else outside, 0) for point in points
        ]
    return [(point, outside, area.posts(point.type, point.mountain, point.area)) for point in points]
