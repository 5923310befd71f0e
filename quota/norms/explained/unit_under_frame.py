"""What the numbers and conditions of a frame are for one unit, as its explanation needs them."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from quota.core.units import Unit
from quota.norms.arithmetic.columns import scale_of
from quota.norms.arithmetic.counting import holds
from quota.norms.expressing import Expressing
from quota.norms.language.amounts import Increment, Share
from quota.norms.language.starts import Case, StandardCase
from quota.norms.language.when import When
from quota.norms.schema import Frame


class UnitUnderFrame:
    """One unit under one frame."""

    def __init__(self, frame: Frame, unit: Unit) -> None:
        self.frame, self.unit = frame, unit
        granter = frame.granter(unit.type)
        self.granter, self.quota = granter, granter.quota(unit)
        self.expressing = Expressing(unit.type, frame.standards)
        if self.quota is None:
            return
        values = granter.values(unit)
        self._settled = dict(zip(granter.columns, granter.without(values), strict=True))
        self._worlds = [dict(zip(granter.columns, world, strict=True)) for world in granter.worlds(values)]

    def _holds(self, when: When | None) -> bool:
        return when is None or holds(self.expressing.condition(when), self._settled)

    def _number(self, column: str) -> Fraction:
        name = self.expressing.number_column(column)
        return Fraction(int(self._settled[name] or 0), scale_of(column))

    def _above(self, increment: Increment) -> Fraction:
        if isinstance(increment.above, str):
            return self._figure(increment.above)
        return Fraction(increment.above)

    def _size(self, increment: Increment) -> Fraction:
        size = increment.size
        if isinstance(size, Share):
            return self._figure(size.of) * size.part
        return Fraction(size)

    def _figure(self, name: str) -> Fraction:
        """What a standard is for this unit."""
        cases = self.frame.standards[name].cases
        return Fraction(cases[self._first_that_holds(cases)].figure)

    def _first_that_holds(self, cases: Sequence[Case | StandardCase]) -> int:
        """The place of the case that is this unit's; the last is for all the others."""
        return [self._holds(case.when) for case in cases].index(True)
