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
from quota.norms.language.parts import Exact
from quota.norms.language.starts import Case, StandardCase
from quota.norms.language.when import When
from quota.norms.schema import Frame


class _TypeUnderFrame:
    """The rules and conditions of a frame as they are for all units of a type, each worked out once."""

    def __init__(self, frame: Frame, unit_type: UnitType) -> None:
        rules = frame.rules_for(unit_type)
        self.rules = {bloc: (rule, frame.path_of(unit_type, bloc)) for bloc, rule in rules.items()}
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
        self._values = values

    def _holds(self, when: When | None) -> bool:
        return when is None or holds(self._type.condition(when)[0], self._settled)

    def _may_hold(self, when: When | None) -> bool:
        """Whether it holds for anything that the unknown columns may be."""
        if None not in self._values:
            return self._holds(when)
        condition, columns = self._type.condition(when)[0], self.granter.columns
        worlds = self.granter.worlds(self._values)
        return any(holds(condition, dict(zip(columns, world, strict=True))) for world in worlds)

    def _in_words(self, when: When | None) -> Text:
        return self._type.condition(when)[1]

    def _number(self, column: str) -> Exact:
        name = self._type.expressing.number_column(column)
        number, scale = int(self._settled[name] or 0), scale_of(column)
        return number if scale == 1 else Fraction(number, scale)

    def _above(self, increment: Increment) -> int:
        above = increment.above
        return self._figure(above) if isinstance(above, str) else above

    def _size(self, increment: Increment) -> Exact:
        size = increment.size
        return self._figure(size.of) * size.part if isinstance(size, Share) else size

    def _figure(self, name: str) -> int:
        """What a standard is for this unit."""
        cases = self.frame.standards[name].cases
        return cases[self._first_that_holds(cases)].figure

    def _first_that_holds(self, cases: Sequence[Case | StandardCase]) -> int:
        """The place of the case that is this unit's; the last is for all the others."""
        return [self._holds(case.when) for case in cases].index(True)
