"""Totals alone: which frames, and which plain rules of a list, give what provinces have in all."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from quota.analysis.fitting.fitting import Total
from quota.core.units import UnitType
from quota.norms.granting import Norms

BASES = range(101)
STEPS = range(500, 10_001, 500)
"""Residents a post."""
ABOVE = range(0, 30_001, 1_000)
"""From how many residents on full steps are counted."""
CEILINGS: tuple[Mapping[UnitType, int], ...] = (
    {},
    {UnitType.COMMUNE: 50, UnitType.WARD: 70, UnitType.SPECIAL_ZONE: 70},
)
"""None, and those that reports give of dispatch 09/CV-BCĐ (`rules/cv-09-2025.yaml`)."""
TRIED = len(BASES) * len(STEPS) * len(ABOVE) * len(CEILINGS)


class Between(Struct, frozen=True):
    """The posts a frame grants a province in all: `low` to `high` cover its ranges and what is unknown."""

    low: int
    high: int

    def holds(self, posts: int) -> bool:
        """Whether it can be these posts."""
        return self.low <= posts <= self.high


class FrameTotals(Struct, frozen=True):
    """The posts a frame grants in each province that has a total."""

    frame: str
    given: tuple[Between, ...]


class PlainRule(Struct, frozen=True):
    """A base, one more for every full step above a number of residents, and ceilings by type."""

    base: int
    step: int
    above: int
    most: Mapping[UnitType, int]


def totals_of_frame(norms: Norms, bloc: str, totals: Sequence[Total]) -> FrameTotals | None:
    """The frame's posts beside each total; None where it lacks the bloc or cannot count a unit."""
    granters = norms.granters()
    given = []
    for total in totals:
        quotas = [granters[unit.type].quota(unit) for unit in total.units]
        ends = []
        for quota in quotas:
            if quota is None or bloc not in quota.blocs:
                return None
            known, possible = quota.blocs[bloc], (quota.possible or quota.blocs)[bloc]
            ends.append((min(known.low, possible.low), max(known.high, possible.high)))
        given.append(Between(sum(low for low, _ in ends), sum(high for _, high in ends)))
    return FrameTotals(norms.summary.id, tuple(given))


def rules_that_meet(totals: Sequence[Total]) -> tuple[PlainRule, ...]:
    """Every rule of the list that gives all these totals exactly, the roundest first."""
    found = [
        PlainRule(base, step, above, most)
        for most in CEILINGS
        for step in STEPS
        for above in ABOVE
        for base in _bases(totals, step, above, most)
    ]
    return tuple(sorted(found, key=_plainness))


def _bases(totals: Sequence[Total], step: int, above: int, most: Mapping[UnitType, int]) -> Iterator[int]:
    """The bases with which a step and a threshold give all totals: a higher base never gives less."""
    counted = [
        [(max((unit.population or 0) - above, 0) // step, most.get(unit.type, MANY)) for unit in total.units]
        for total in totals
    ]

    def given(units: Sequence[tuple[int, int]], base: int) -> int:
        return sum(min(base + steps, ceiling) for steps, ceiling in units)

    low = bisect_left(BASES, True, key=lambda base: given(counted[0], base) >= totals[0].posts)
    for base in BASES[low:]:
        sums = [given(units, base) for units in counted]
        if sums[0] > totals[0].posts:
            return
        if sums == [total.posts for total in totals]:
            yield base


MANY = 10**9
"""More posts than any rule gives: no ceiling."""


def _plainness(rule: PlainRule) -> tuple[int, ...]:
    """Steps of whole thousands first, then even thresholds, no ceilings, an even base."""
    return (rule.step % 1_000, rule.above % 2_000, len(rule.most), rule.base % 2, rule.step, rule.base)
