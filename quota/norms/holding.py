"""When something holds for units of one type, as a condition; the columns that asks for, or are counted."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeVar

from quota.core.units import UnitType
from quota.norms.arithmetic.columns import FINE, FLAGS, LARGEST, RESIDENTS, scale_of, table_column
from quota.norms.arithmetic.expression import (
    AtLeast,
    Column,
    Condition,
    Constant,
    Flag,
    Is,
    Number,
    Truth,
    both,
    choose,
    either,
    negated,
    plus,
    times,
)
from quota.norms.granting import Known
from quota.norms.language.parts import OWN_NUMBERS
from quota.norms.language.starts import Standard
from quota.norms.language.when import Between, When

V = TypeVar("V")
_WORDS = {
    "unit": "code",
    "province": "province",
    "province_class": "province_class",
    "unit_class": "unit_class",
}
_LARGEST = LARGEST * FINE


class Holding:
    """The conditions and standards of a frame for one type of unit; what they ask of it is kept."""

    def __init__(self, unit_type: UnitType, standards: Mapping[str, Standard]) -> None:
        self.unit_type, self.standards = unit_type, standards
        self._counted = {RESIDENTS: None}
        self._asked: dict[str, dict[Known, None]] = {}
        self.bounds: dict[str, list[tuple[int, int]]] = {}

    def counted(self) -> tuple[str, ...]:
        """The columns that what was expressed so far cannot do without, residents first."""
        return tuple(self._counted)

    def asked(self) -> dict[str, tuple[Known, ...]]:
        """The columns that decide whether something holds, with what may be put for one that is unknown.

        First is what makes nothing hold that is not for all: no, no word, a number outside the bounds.
        """
        found: dict[str, tuple[Known, ...]] = {column: tuple(known) for column, known in self._asked.items()}
        for column, bounds in self.bounds.items():
            if column not in self._counted:
                edges = {0, *(edge for low, high in bounds for edge in (low - 1, low, high, high + 1))}
                numbers = sorted(edge for edge in edges if 0 <= edge <= _LARGEST)
                numbers.sort(key=lambda number: any(low <= number <= high for low, high in bounds))
                found[column] = tuple(numbers)
        return found

    def turns(self) -> tuple[int, ...]:
        """The residents from which a band or a condition is another."""
        edges = {edge for low, high in self.bounds.get(RESIDENTS, ()) for edge in (low, high + 1)}
        return tuple(sorted(edge for edge in edges if 0 < edge <= _LARGEST))

    def standard(self, name: str) -> Number:
        """The figure of a standard for this type of unit."""
        standard = self.standards[name]
        return self.cases(
            standard.cases,
            lambda case, place: Constant(case.figure, f"standards.{name}.cases.{place}.figure"),
        )

    def condition(self, when: When | None) -> Condition:
        """When something holds, for units of this type."""
        if when is None:
            return Truth(True)
        parts = [*self._words(when), *self._flags(when), *self._figures(when)]
        if when.type is not None:
            wanted = when.type if isinstance(when.type, tuple) else (when.type,)
            parts.append(Truth(self.unit_type in wanted))
        if when.any is not None:
            parts.append(either(tuple([self.condition(choice) for choice in when.any])))
        if when.not_ is not None:
            parts.append(negated(self.condition(when.not_)))
        return both(tuple(parts))

    def _words(self, when: When) -> Iterator[Condition]:
        for key, column in _WORDS.items():
            said = getattr(when, key)
            if said is not None:
                words = said if isinstance(said, tuple) else (said,)
                yield self._is(column, tuple([str(getattr(word, "value", word)) for word in words]))

    def _flags(self, when: When) -> Iterator[Condition]:
        for flag in FLAGS:
            wanted = getattr(when, flag)
            if wanted is not None:
                self._asked.setdefault(flag, {False: None, True: None})
                yield Flag(flag) if wanted else negated(Flag(flag))

    def _figures(self, when: When) -> Iterator[Condition]:
        for name in OWN_NUMBERS:
            bounds = getattr(when, name)
            if bounds is not None:
                yield self._between(name, bounds)
        for name, asked in (when.columns or {}).items():
            if isinstance(asked, Between):
                yield self._between(name, asked)
            else:
                yield self._is(table_column(name), asked if isinstance(asked, tuple) else (asked,))

    def _is(self, column: str, words: tuple[str, ...]) -> Condition:
        self._asked.setdefault(column, {"": None}).update(dict.fromkeys(words))
        return Is(column, words)

    def _between(self, name: str, bounds: Between) -> Condition:
        number, fine = Column(self.number_column(name)), scale_of(name)
        step = Constant(1)
        low = bounds.from_ * fine if bounds.from_ is not None else _over(bounds.above, fine)
        high = bounds.to * fine if bounds.to is not None else _LARGEST
        high = bounds.below * fine - 1 if bounds.below is not None else high
        self.bounds.setdefault(number.name, []).append((low, high))
        parts: list[Condition] = []
        if bounds.from_ is not None:
            parts.append(AtLeast(number, self.scaled(Constant(bounds.from_), name)))
        if bounds.above is not None:
            parts.append(AtLeast(number, plus(self.scaled(Constant(bounds.above), name), step)))
        if bounds.to is not None:
            parts.append(negated(AtLeast(number, plus(self.scaled(Constant(bounds.to), name), step))))
        if bounds.below is not None:
            parts.append(negated(AtLeast(number, self.scaled(Constant(bounds.below), name))))
        return both(tuple(parts))

    def cases(self, cases: Sequence[V], value: Callable[[V, int], Number]) -> Number:
        """What the first case that holds says; the last holds always."""
        found = value(cases[-1], len(cases) - 1)
        for place, case in reversed(list(enumerate(cases[:-1]))):
            found = choose(self.condition(getattr(case, "when")), value(case, place), found)  # noqa: B009  (start and standard cases alike)
        return found

    def counting(self, name: str) -> Column:
        """A column that is counted: without it there is no quota."""
        column = Column(self.number_column(name))
        self._counted.setdefault(column.name, None)
        return column

    def number_column(self, name: str) -> str:
        """A number of the unit as expressions call it."""
        return name if name in OWN_NUMBERS else table_column(name)

    def scaled(self, number: Number, column: str) -> Number:
        """A number of the frame as large as the column's are counted."""
        return times(number, Constant(scale_of(column)))


def _over(above: int | None, fine: int) -> int:
    return 0 if above is None else above * fine + 1
