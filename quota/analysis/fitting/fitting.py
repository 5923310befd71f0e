"""The rule by which posts were given: the best one of a table, how sure it is, and who does not fit it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from quota.analysis.fitting.by_area import AREAS, Areas, search
from quota.analysis.fitting.rule import (
    Point,
    Rule,
    Split,
    Threshold,
    area_of,
    in_mountains,
    inside,
    point_of,
    roundness,
    thresholds,
)
from quota.analysis.fitting.search import STEPS, Candidate
from quota.core.units import Unit, UnitType
from quota.norms.arithmetic.columns import FINE
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
    table has. `terrain_unknown` counts the points without terrain: with one, no steps by terrain are tried;
    `area_unknown` those without an area likewise. `area_threshold` are the areas, in millionths of km², from
    the lowest to the highest from which steps by area may be counted, where all units have the same step.
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
    area_unknown: int = 0
    area_threshold: tuple[int, int] | None = None

    @property
    def explained(self) -> int:
        """How many points the rule gives exactly."""
        return self.points - len(self.misfits)


class FrameFit(Struct, frozen=True):
    """A frame beside the same units: how many posts it explains exactly, the misfits, and the totals."""

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


def fit(
    points: Sequence[Point], totals: Sequence[Total] = (), steps: Sequence[int] = STEPS, areas: Areas = AREAS
) -> Fit:
    """The rule that explains the most of `points` exactly, a total where several do; `points` not empty.

    Among rules that explain as many it takes one that gives the totals, then the roundest step and threshold.
    """
    rules = sorted(
        (_completed(found, points) for found in search(points, steps, areas).candidates), key=_plainness
    )
    narrowed = [_narrowed(rule, totals) for rule in rules]
    rule, _ = max(narrowed, key=lambda found: found[1])  # the first of those that give the most totals
    ways = thresholds(rule)
    start = ways[0].start if ways else 0
    misfits, reached = [], dict[UnitType, int]()
    for point in points:
        given = rule.of(point, start)
        if given != point.posts:
            misfits.append(Misfit(point, given))
        else:
            reached[point.type] = max(given, reached.get(point.type, 0))
    others = {(other.base, other.steps, other.split, other.area): other for other in reversed(rules)}
    others.pop((rule.base, rule.steps, rule.split, rule.area))
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
        sum(point.area is None for point in points),
        _area_threshold(rule, start, points),
    )


def _completed(candidate: Candidate, points: Sequence[Point]) -> Rule:
    """The rule with its ceilings, and with all thresholds that explain the same points."""
    ends = (candidate.lowest, candidate.highest) if candidate.steps is not None else (0, 0)
    bare = Rule(candidate.base, candidate.steps, *ends, candidate.split, {}, candidate.area)
    if candidate.steps is None and candidate.area is None:
        return bare
    start = thresholds(bare)[0].start if candidate.steps is not None else 0
    most: dict[UnitType, int] = {}
    for unit_type in UnitType:
        ceiling = _ceiling(bare, [point for point in points if point.type is unit_type], start)
        if ceiling is not None:
            most[unit_type] = ceiling
    rule = replace(bare, most=most)
    return rule if candidate.steps is None else _widened(rule, candidate.steps, points, start)


def _widened(rule: Rule, steps: tuple[int, int], points: Sequence[Point], start: int) -> Rule:
    """The rule with all thresholds that explain the points that `start` explains."""
    lowest, highest = 1 - min(steps), max(point.residents for point in points)
    for point in points:
        if rule.of(point, start) != point.posts:
            continue
        step = steps[inside(rule.split, point.type, point.mountain)]
        above = point.posts - rule.base - rule.by_area(point.type, point.mountain, point.area)
        high = point.residents - above * step
        if above > 0:
            highest = min(highest, high)
        if point.posts != rule.most.get(point.type):
            lowest = max(lowest, high - step + 1)
    lowest = lowest if rule.split is Split.NONE else max(lowest, 0)
    return replace(rule, lowest=lowest, highest=highest)


def _area_threshold(rule: Rule, start: int, points: Sequence[Point]) -> tuple[int, int] | None:
    """From which areas on steps by area may be counted so that the same points are explained."""
    if rule.area is None or not rule.area.is_one:
        return None
    size = rule.area.other * FINE
    lowest, highest = 1 - size, max(point.area or 0 for point in points)
    for point in points:
        if rule.of(point, start) != point.posts:
            continue
        high = (point.area or 0) - (point.posts - _by_residents(rule, point, start)) * size
        if high < (point.area or 0):
            highest = min(highest, high)
        if point.posts != rule.most.get(point.type):
            lowest = max(lowest, high - size + 1)
    return max(lowest, 0), highest


def _by_residents(rule: Rule, point: Point, start: int) -> int:
    """The base and what residents bring, before any ceiling."""
    return replace(rule, most={}, area=None).of(point, start)


def _ceiling(rule: Rule, about: Sequence[Point], start: int) -> int | None:
    """The ceiling under which the most of these points are explained; None where none explains as many."""
    given = [(rule.of(point, start), point.posts) for point in about]

    def explained(ceiling: int) -> int:
        return sum(min(count, ceiling) == posts for count, posts in given)

    without = sum(count == posts for count, posts in given)
    best = max(sorted({posts for _, posts in given if posts >= rule.base}), key=explained, default=None)
    return best if best is not None and explained(best) > without else None


def _plainness(rule: Rule) -> tuple[int, ...]:
    """Less is plainer: a round step, a round threshold, few ceilings, a low base, a small step by area."""
    by_area = (0, 0) if rule.area is None else (rule.area.above, rule.area.other)
    if rule.steps is None:
        return (0, 0, 0, 0, rule.base, 0, *by_area)
    return (
        -min(roundness(step) for step in rule.steps),
        -roundness(thresholds(rule)[0].chosen),
        len(rule.most),
        rule.steps[0],
        rule.base,
        rule.lowest,
        *by_area,
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
    return not any(rule.of(point, start) == point.posts and point.residents < start for point in points)


def _first(rule: Rule, total: Total, posts: int) -> int:
    """The first threshold of the rule's with which the total's units have no more than `posts`; else its end.

    A higher threshold never gives more.
    """
    starts = range(rule.lowest, rule.highest + 1)
    return rule.lowest + bisect_left(starts, True, key=lambda start: _sum(rule, total, start) <= posts)


def _sum(rule: Rule, total: Total, start: int) -> int:
    return sum(
        rule.posts(unit.type, unit.population or 0, in_mountains(unit), start, area_of(unit))
        for unit in total.units
    )


def _total_fit(total: Total, rule: Rule, start: int, rules: Sequence[Rule]) -> TotalFit:
    ends = [_sum(found, total, end) for found in rules for end in (found.lowest, found.highest)]
    return TotalFit(total, _sum(rule, total, start), min(ends), max(ends))
