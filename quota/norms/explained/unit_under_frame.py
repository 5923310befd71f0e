"""What the numbers and conditions of a frame are for one unit, as its explanation needs them."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from weakref import WeakKeyDictionary

from quota.core.text import Text, say
from quota.core.units import Unit, UnitType
from quota.norms.arithmetic.columns import scale_of
from quota.norms.arithmetic.counting import holds
from quota.norms.arithmetic.expression import Condition
from quota.norms.conditions import when_words
from quota.norms.expressing import Expressing
from quota.norms.granting import Granter
from quota.norms.language.amounts import Increment, Share
from quota.norms.language.starts import Case, StandardCase
from quota.norms.language.when import When
from quota.norms.schema import Frame


class _TypeUnderFrame:
    """The conditions of a frame as they are for all units of a type, each worked out once."""

    def __init__(self, frame: Frame, unit_type: UnitType) -> None:
        self.expressing = Expressing(unit_type, frame.standards)
        self._known: dict[int, tuple[When | None, Condition, Text]] = {}

    def condition(self, when: When | None) -> tuple[Condition, Text]:
        """A condition of the frame, for units of this type, and in words."""
        found = self._known.get(id(when))
        if found is None:  # the condition itself is kept with them: its identity stays its own
            text = say("all") if when is None else when_words(when)
            found = self._known[id(when)] = (when, self.expressing.condition(when), text)
        return found[1], found[2]


_TYPES: WeakKeyDictionary[Granter, _TypeUnderFrame] = WeakKeyDictionary()
"""By what counts the posts of units of the type, which a frame makes once."""


class UnitUnderFrame:
    """One unit under one frame."""

    def __init__(self, frame: Frame, unit: Unit) -> None:
        self.frame, self.unit = frame, unit
        granter = frame.granter(unit.type)
        self.granter, self.quota = granter, granter.quota(unit)
        if self.quota is None:
            return
        self._type = _TYPES.get(granter) or _TYPES.setdefault(granter, _TypeUnderFrame(frame, unit.type))
        values = granter.values(unit)
        self._settled = dict(zip(granter.columns, granter.without(values), strict=True))
        self._worlds = [dict(zip(granter.columns, world, strict=True)) for world in granter.worlds(values)]

    def _holds(self, when: When | None) -> bool:
        return when is None or holds(self._type.condition(when)[0], self._settled)

    def _in_words(self, when: When | None) -> Text:
        return self._type.condition(when)[1]

    def _number(self, column: str) -> Fraction:
        name = self._type.expressing.number_column(column)
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
