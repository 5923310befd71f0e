"""The rules that explain the most units: every base, threshold and ceiling, and every step of a list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import permutations

from msgspec import Struct

from quota.analysis.fitting.rule import Point, Split, inside, roundness
from quota.analysis.fitting.sweep import Best, Ceilings, best_thresholds
from quota.core.units import UnitType

STEPS = tuple(range(100, 20_001, 100))
"""The steps that are tried, in residents a post."""
_SOME = 96
"""How many units are looked at to guess which rule is a good one to begin with."""
_LIKELY = (500, 1_000, 2_000, 3_000, 5_000)
"""Steps for that guess. A guess only shortens the search: it leaves nothing out."""


class Candidate(Struct, frozen=True):
    """Rules that differ in the threshold, `lowest` to `highest`; `steps` is None for one base for all."""

    base: int
    steps: tuple[int, int] | None
    lowest: int
    highest: int
    split: Split


class Found(Struct, frozen=True):
    """The fewest points that a rule leaves unexplained, and all rules that leave as few."""

    missed: int
    candidates: tuple[Candidate, ...]


class _Search:
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

    def run(self) -> Found:
        if len(self.posts) > 1:
            self._guess(self.posts, [(step, step) for step in _LIKELY], Split.NONE)
            for base in sorted(self.posts):
                for step in self.steps:
                    self._try(base, (step, step), Split.NONE)
            for split in (Split.MOUNTAIN, Split.MOUNTAIN_BUT_ZONES):
                self._split(split)
        return Found(self.missed, tuple(self.candidates))

    def _guess(self, bases: Iterable[int], pairs: Sequence[tuple[int, int]], split: Split) -> None:
        """Lower how many may be missed to what a rule misses that does well on some units."""
        some = self.points[:: max(len(self.points) // _SOME, 1)]
        first = 1 - min(self.steps) if split is Split.NONE else 0

        def missed(guess: tuple[int, tuple[int, int]]) -> int:
            base, steps = guess
            ceilings = _ceilings(some, base, len(some))
            return best_thresholds(_with_steps(some, steps, split), base, ceilings, first, self.last).missed

        known = [pair for pair in pairs if {*pair} <= {*self.steps}]
        guesses = [(base, pair) for base in sorted(bases) for pair in known]
        if guesses:
            base, steps = min(guesses, key=missed)
            points = _with_steps(self.points, steps, split)
            found = best_thresholds(
                points, base, _ceilings(self.points, base, self.missed), first, self.last
            ).missed
            if found < self.missed:
                self.missed, self.candidates = found, []

    def _too_low(self, base: int) -> bool:
        return sum(many for posts, many in self.posts.items() if posts < base) > self.missed

    def _try(self, base: int, steps: tuple[int, int], split: Split) -> None:
        """Take these steps where they leave no more unexplained than the best so far."""
        if self._too_low(base):
            return
        first = 1 - steps[0] if split is Split.NONE else 0
        best = self._best(_with_steps(self.points, steps, split), base, first)
        if best is None:
            return
        if best.missed < self.missed:
            self.missed, self.candidates = best.missed, []
        self.candidates += [Candidate(base, steps, low, high, split) for low, high in best.intervals]

    def _best(self, points: Sequence[tuple[Point, int]], base: int, first: int) -> Best | None:
        """The best thresholds; None where more are missed than by the best rule so far."""
        if self._kept != self.missed:
            self._kept, self._known = self.missed, {}
        if base not in self._known:
            self._known[base] = _ceilings(self.points, base, self.missed)
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
        before = self.missed, self.candidates
        bases = {found.base for found in self.candidates}
        self.missed, self.candidates = self.missed - 1, []
        self._guess(bases, list(permutations(_LIKELY, 2)), split)
        for base in sorted(self.posts):
            for pair in self._pairs(base, parts):
                self._try(base, pair, split)
        if not self.candidates:
            self.missed, self.candidates = before

    def _pairs(self, base: int, parts: tuple[list[Point], list[Point]]) -> Iterator[tuple[int, int]]:
        """The pairs of steps that may miss few enough, those that promise most first."""
        if self._too_low(base):
            return
        apart = [
            [
                (best.missed, step)
                for step in self.steps
                if (best := self._best([(point, step) for point in part], base, 0)) is not None
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


def _ceilings(points: Sequence[Point], base: int, missed: int) -> Ceilings:
    """Those above which no more than `missed` points of a type lie: another misses more."""
    found: dict[UnitType, list[int]] = {}
    for unit_type in {point.type for point in points}:
        posts = sorted((point.posts for point in points if point.type is unit_type), reverse=True)
        found[unit_type] = sorted({count for count in posts[: missed + 1] if count >= base})
    return found


def _with_steps(points: Sequence[Point], steps: tuple[int, int], split: Split) -> list[tuple[Point, int]]:
    return [(point, steps[inside(split, point.type, point.mountain)]) for point in points]


def search(points: Sequence[Point], steps: Sequence[int] = STEPS) -> Found:
    """All rules that explain the most points, among all bases, thresholds and ceilings and these steps.

    Exact: nothing is left out but what is shown to explain fewer. No base need be tried that is no point's
    posts: the next one above, with the threshold moved by as many steps, explains the same points; nor such a
    ceiling: without it as many are explained. Steps by terrain are tried where every point's is known, and
    taken where they explain more. `points` are not empty.
    """
    return _Search(points, steps).run()
