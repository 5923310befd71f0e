"""The rule by which posts were given: the best one of a table, how sure it is, and who does not fit it."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from quota.analysis.fitting.rule import (
    Point,
    Rule,
    Split,
    Threshold,
    in_mountains,
    inside,
    point_of,
    roundness,
    thresholds,
)
from quota.analysis.fitting.search import STEPS, Candidate, search
from quota.core.units import Unit, UnitType
from quota.norms.granting import Norms


class Total(Struct, frozen=True):
    """The posts of these units in all, where each unit's are not known. All have known residents."""

    name: str
    units: tuple[Unit, ...]
    posts: int


class Misfit(Struct, frozen=True):
    """A point and what the rule gives it."""

    point: Point
    given: int

    @property
    def by(self) -> int:
        """The posts of the table less those of the rule."""
        return self.point.posts - self.given


class TotalFit(Struct, frozen=True):
    """A total and what the rule gives; `lowest` to `highest`: what the rules that fit as well give."""

    total: Total
    given: int
    lowest: int
    highest: int

    @property
    def met(self) -> bool:
        """Whether the rule gives the total."""
        return self.given == self.total.posts


class Fit(Struct, frozen=True):
    """The rule that explains the most points, the ways to say its threshold, and what is not determined.

    `start` is the threshold as full steps count it. `others` are rules that explain as many, with other steps
    or another base. `reached` is the highest number of posts that the rule explains in each type that the
    table has. `terrain_unknown` counts the points without terrain: with one, no steps by terrain are tried.
    """

    rule: Rule
    start: int
    ways: tuple[Threshold, ...]
    points: int
    misfits: tuple[Misfit, ...]
    others: tuple[Rule, ...]
    base_moves: bool
    reached: dict[UnitType, int]
    terrain_unknown: int
    totals: tuple[TotalFit, ...]
    steps: tuple[int, int]

    @property
    def explained(self) -> int:
        """How many points the rule gives exactly."""
        return self.points - len(self.misfits)


class FrameFit(Struct, frozen=True):
    """What a frame gives the same units: how many points exactly, the others, and the totals."""

    frame: str
    explained: int
    misfits: tuple[Misfit, ...]
    totals: tuple[int, ...]


def beside_frame(
    norms: Norms, bloc: str, units: Sequence[tuple[Unit, int]], totals: Sequence[Total]
) -> FrameFit | None:
    """The frame's low ends beside the units' posts; None where it lacks the bloc or cannot count a unit.

    What is unknown of a unit's terrain is taken not to hold.
    """
    granters = norms.granters()

    def given(unit: Unit) -> int:
        quota = granters[unit.type].quota(unit)
        if quota is None:
            raise LookupError
        return quota.blocs[bloc].low

    try:
        pairs = [
            (point, given(unit)) for unit, posts in units if (point := point_of(unit, posts)) is not None
        ]
        sums = tuple(sum(given(unit) for unit in total.units) for total in totals)
    except LookupError:
        return None
    misfits = tuple(Misfit(point, count) for point, count in pairs if count != point.posts)
    return FrameFit(norms.summary.id, len(pairs) - len(misfits), misfits, sums)


def fit(points: Sequence[Point], totals: Sequence[Total] = (), steps: Sequence[int] = STEPS) -> Fit:
    """The rule that explains the most of `points` exactly, a total where several do; `points` not empty.

    Among rules that explain as many it takes one that gives the totals, then the roundest step and threshold.
    """
    rules = sorted((_completed(found, points) for found in search(points, steps).candidates), key=_plainness)
    narrowed = [_narrowed(rule, totals) for rule in rules]
    rule, _ = max(narrowed, key=lambda found: found[1])  # the first of those that give the most totals
    ways = thresholds(rule)
    start = ways[0].start if ways else 0
    misfits, reached = [], dict[UnitType, int]()
    for point in points:
        given = rule.posts(point.type, point.residents, point.mountain, start)
        if given != point.posts:
            misfits.append(Misfit(point, given))
        else:
            reached[point.type] = max(given, reached.get(point.type, 0))
    others = {(other.base, other.steps, other.split): other for other in reversed(rules)}
    others.pop((rule.base, rule.steps, rule.split))
    return Fit(
        rule,
        start,
        ways,
        len(points),
        tuple(misfits),
        tuple(sorted(others.values(), key=_plainness)),
        _base_moves(rule, start, points),
        reached,
        sum(point.mountain is None for point in points),
        tuple(_total_fit(total, rule, start, rules) for total in totals),
        (min(steps), max(steps)),
    )


def _completed(candidate: Candidate, points: Sequence[Point]) -> Rule:
    """The rule with its ceilings, and with all thresholds that explain the same points."""
    bare = Rule(candidate.base, candidate.steps, candidate.lowest, candidate.highest, candidate.split, {})
    if candidate.steps is None:
        return bare
    start = thresholds(bare)[0].start
    most: dict[UnitType, int] = {}
    lowest, highest = 1 - min(candidate.steps), max(point.residents for point in points)
    for unit_type in UnitType:
        about = [point for point in points if point.type is unit_type]
        ceiling = _ceiling(bare, about, start)
        if ceiling is not None:
            most[unit_type] = ceiling
        for point in about:
            step = candidate.steps[inside(candidate.split, unit_type, point.mountain)]
            given = bare.posts(unit_type, point.residents, point.mountain, start)
            if point.posts == (given if ceiling is None else min(given, ceiling)):
                high = point.residents - (point.posts - candidate.base) * step
                if point.posts > candidate.base:
                    highest = min(highest, high)
                if point.posts != ceiling:
                    lowest = max(lowest, high - step + 1)
    lowest = lowest if candidate.split is Split.NONE else max(lowest, 0)
    return replace(bare, lowest=lowest, highest=highest, most=most)


def _ceiling(rule: Rule, about: Sequence[Point], start: int) -> int | None:
    """The ceiling under which the most of these points are explained; None where none explains as many."""
    given = [(rule.posts(point.type, point.residents, point.mountain, start), point.posts) for point in about]

    def explained(ceiling: int) -> int:
        return sum(min(count, ceiling) == posts for count, posts in given)

    without = sum(count == posts for count, posts in given)
    best = max(sorted({posts for _, posts in given if posts >= rule.base}), key=explained, default=None)
    return best if best is not None and explained(best) > without else None


def _plainness(rule: Rule) -> tuple[int, ...]:
    """Less is plainer: a round step, a round threshold, few ceilings, a low base."""
    if rule.steps is None:
        return (0, 0, 0, 0, rule.base, 0)
    return (
        -min(roundness(step) for step in rule.steps),
        -roundness(thresholds(rule)[0].chosen),
        len(rule.most),
        rule.steps[0],
        rule.base,
        rule.lowest,
    )


def _narrowed(rule: Rule, totals: Sequence[Total]) -> tuple[Rule, int]:
    """The rule with only those thresholds that give the totals, and how many of them it gives."""
    met = 0
    for total in totals:
        low = _first(rule, total, total.posts)
        high = _first(rule, total, total.posts - 1) - 1
        if low <= high and _sum(rule, total, low) == total.posts:
            rule, met = replace(rule, lowest=low, highest=high), met + 1
    return rule, met


def _base_moves(rule: Rule, start: int, points: Sequence[Point]) -> bool:
    if rule.steps is None or rule.split is not Split.NONE or start < rule.steps[0] or rule.base == 0:
        return False
    return not any(point.posts == rule.base and point.residents < start for point in points)


def _first(rule: Rule, total: Total, posts: int) -> int:
    """The first threshold of the rule's with which the total's units have no more than `posts`; else its end.

    A higher threshold never gives more.
    """
    low, high = rule.lowest, rule.highest + 1
    while low < high:
        middle = (low + high) // 2
        if _sum(rule, total, middle) <= posts:
            high = middle
        else:
            low = middle + 1
    return low


def _sum(rule: Rule, total: Total, start: int) -> int:
    return sum(rule.posts(unit.type, unit.population or 0, in_mountains(unit), start) for unit in total.units)


def _total_fit(total: Total, rule: Rule, start: int, rules: Sequence[Rule]) -> TotalFit:
    ends = [_sum(found, total, end) for found in rules for end in (found.lowest, found.highest)]
    return TotalFit(total, _sum(rule, total, start), min(ends), max(ends))
