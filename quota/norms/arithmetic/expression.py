"""What a frame grants, as an expression: the one form from which every way of counting is derived.

Plain Python, dataframe engines, NumPy and the workbook's formulas each say how to add, choose, compare and so
on (an `Algebra`); `derive` walks the expression for them. Whole numbers only, and nothing below zero is
divided: engines disagree about that.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import reduce
from typing import Protocol, TypeVar, assert_never

from msgspec import Struct

from quota.norms.arithmetic.rounding import Rounding


class Column(Struct, frozen=True, tag="column"):
    """A number of the unit: its residents, or another column of the table."""

    name: str


class Constant(Struct, frozen=True, tag="constant"):
    """A number of the frame; `said` is where in the frame it is said, empty where it is only arithmetic."""

    value: int
    said: str = ""


ZERO = Constant(0)


class Pair(Struct, frozen=True):
    """Two numbers."""

    first: Number
    second: Number


class Sum(Pair, frozen=True, tag="sum"):
    """Both added up."""


class Difference(Pair, frozen=True, tag="difference"):
    """The first less the second."""


class Product(Pair, frozen=True, tag="product"):
    """The first times the second."""


class Quotient(Struct, frozen=True, tag="quotient"):
    """How often the divisor (1 or more) is counted in the dividend (0 or more), by a way of rounding.

    `said` is where the frame says the rounding.
    """

    dividend: Number
    divisor: Number
    rounding: Rounding
    said: str = ""


class FloorDivision(Struct, frozen=True, tag="floor"):
    """How often the divisor (1 or more) goes whole into the dividend (0 or more)."""

    dividend: Number
    divisor: Number


class Least(Pair, frozen=True, tag="least"):
    """The smaller of two."""


class Greatest(Pair, frozen=True, tag="greatest"):
    """The greater of two."""


class Choose(Struct, frozen=True, tag="choose"):
    """One number where the condition holds, another where it does not."""

    when: Condition
    then: Number
    otherwise: Number


class Truth(Struct, frozen=True, tag="truth"):
    """A condition that is known to hold, or not to."""

    holds: bool


class Flag(Struct, frozen=True, tag="flag"):
    """Whether a yes-or-no column of the unit says yes."""

    column: str


class Is(Struct, frozen=True, tag="is"):
    """Whether a column of the unit is one of these words."""

    column: str
    words: tuple[str, ...]


class AtLeast(Pair, frozen=True, tag="at-least"):
    """Whether the first is the second or more."""


class Both(Struct, frozen=True, tag="both"):
    """Whether all of these hold."""

    parts: tuple[Condition, ...]


class Either(Struct, frozen=True, tag="either"):
    """Whether any of these holds."""

    parts: tuple[Condition, ...]


class Not(Struct, frozen=True, tag="not"):
    """Whether this does not hold."""

    part: Condition


OfTwo = Sum | Difference | Product | FloorDivision | Least | Greatest
"""What is made of two numbers by one step of arithmetic."""
Number = Column | Constant | OfTwo | Quotient | Choose
Condition = Truth | Flag | Is | AtLeast | Both | Either | Not
Node = Number | Condition

N = TypeVar("N")
C = TypeVar("C")


class Algebra(Protocol[N, C]):
    """How one way of counting does each thing that an expression asks for."""

    def column(self, name: str) -> N: ...
    def constant(self, value: int, said: str) -> N: ...
    def of_two(self, kind: type[OfTwo], first: N, second: N) -> N: ...
    def choose(self, when: C, then: N, otherwise: N) -> N: ...
    def rounded(self, ways: Mapping[Rounding, N], chosen: Rounding, said: str) -> N: ...
    def truth(self, holds: bool) -> C: ...
    def flag(self, column: str) -> C: ...
    def is_one_of(self, column: str, words: tuple[str, ...]) -> C: ...
    def at_least(self, first: N, second: N) -> C: ...
    def both(self, first: C, second: C) -> C: ...
    def either(self, first: C, second: C) -> C: ...
    def negate(self, condition: C) -> C: ...


def derive(number: Number, algebra: Algebra[N, C]) -> N:
    """The expression in the terms of one way of counting."""

    def of(inner: Number) -> N:
        return derive(inner, algebra)

    match number:
        case Column():
            return algebra.column(number.name)
        case Constant():
            return algebra.constant(number.value, number.said)
        case FloorDivision():
            return algebra.of_two(FloorDivision, of(number.dividend), of(number.divisor))
        case Sum() | Difference() | Product() | Least() | Greatest():
            return algebra.of_two(type(number), of(number.first), of(number.second))
        case Quotient():
            wanted = tuple(Rounding) if number.said else (number.rounding,)
            ways = {rounding: of(divided(number, rounding)) for rounding in wanted}
            return algebra.rounded(ways, number.rounding, number.said)
        case Choose():
            when = derive_condition(number.when, algebra)
            return algebra.choose(when, of(number.then), of(number.otherwise))
        case _:
            assert_never(number)


def derive_condition(condition: Condition, algebra: Algebra[N, C]) -> C:  # noqa: PLR0911  (as above)
    """The condition in the terms of one way of counting."""

    def of(inner: Condition) -> C:
        return derive_condition(inner, algebra)

    match condition:
        case Truth():
            return algebra.truth(condition.holds)
        case Flag():
            return algebra.flag(condition.column)
        case Is():
            return algebra.is_one_of(condition.column, condition.words)
        case AtLeast():
            return algebra.at_least(derive(condition.first, algebra), derive(condition.second, algebra))
        case Both():
            return folded(algebra.both, [of(part) for part in condition.parts])
        case Either():
            return folded(algebra.either, [of(part) for part in condition.parts])
        case Not():
            return algebra.negate(of(condition.part))
        case _:
            assert_never(condition)


_IN_A_ROW = 8
"""More things than these are put together by halves."""
V = TypeVar("V")


def folded(together: Callable[[V, V], V], parts: Sequence[V]) -> V:
    """One out of one or more, each put together with what came before it.

    Many are put together by halves, so that of two hundred the last is not two hundred deep: neither
    Python nor a spreadsheet reads that.
    """
    if len(parts) <= _IN_A_ROW:
        return reduce(together, parts)
    half = len(parts) // 2
    return together(folded(together, parts[:half]), folded(together, parts[half:]))


def divided(quotient: Quotient, rounding: Rounding) -> Number:
    """The division as whole numbers do it: the one place where a way of rounding is written."""
    dividend, divisor = quotient.dividend, quotient.divisor
    match rounding:
        case Rounding.DOWN:
            return FloorDivision(dividend, divisor)
        case Rounding.UP:
            return FloorDivision(plus(dividend, minus(divisor, Constant(1))), divisor)
        case Rounding.NEAREST:
            return FloorDivision(plus(times(dividend, Constant(2)), divisor), times(divisor, Constant(2)))
        case _:
            assert_never(rounding)


def plus(first: Number, second: Number) -> Number:
    """The sum; nothing is added for a plain zero."""
    if first == Constant(0):
        return second
    return first if second == Constant(0) else Sum(first, second)


def minus(first: Number, second: Number) -> Number:
    """The difference; nothing is taken away for a plain zero."""
    return first if second == Constant(0) else Difference(first, second)


def times(first: Number, second: Number) -> Number:
    """The product; nothing is multiplied by a plain one, and plain numbers are multiplied at once."""
    if isinstance(first, Constant) and isinstance(second, Constant) and not (first.said or second.said):
        return Constant(first.value * second.value)
    if first == Constant(1):
        return second
    return first if second == Constant(1) else Product(first, second)


def at_least_zero(number: Number) -> Number:
    """The number, or zero where it is below."""
    return Greatest(number, Constant(0))


def choose(when: Condition, then: Number, otherwise: Number) -> Number:
    """`then` where the condition holds; settled at once where it can be."""
    if isinstance(when, Truth):
        return then if when.holds else otherwise
    return then if then == otherwise else Choose(when, then, otherwise)


def both(parts: tuple[Condition, ...]) -> Condition:
    """Whether all hold; of none, yes."""
    unsettled = tuple(part for part in parts if part != Truth(True))
    if Truth(False) in unsettled:
        return Truth(False)
    if len(unsettled) < 2:
        return unsettled[0] if unsettled else Truth(True)
    return Both(unsettled)


def either(parts: tuple[Condition, ...]) -> Condition:
    """Whether any holds; of none, no."""
    unsettled = tuple(part for part in parts if part != Truth(False))
    if Truth(True) in unsettled:
        return Truth(True)
    if len(unsettled) < 2:
        return unsettled[0] if unsettled else Truth(False)
    return Either(unsettled)


def negated(condition: Condition) -> Condition:
    """Whether the condition does not hold."""
    match condition:
        case Truth():
            return Truth(not condition.holds)
        case Not():
            return condition.part
        case _:
            return Not(condition)
