"""Expressions of grants in the terms of dataframe engines and of NumPy."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import reduce
from operator import add, floordiv, mul, sub
from types import ModuleType
from typing import TYPE_CHECKING, Any, Protocol

from quota.norms.arithmetic.expression import (
    Difference,
    FloorDivision,
    Least,
    Number,
    OfTwo,
    Product,
    Sum,
    derive,
)
from quota.norms.arithmetic.rounding import Rounding
from quota.norms.arithmetic.trying import UNKNOWN

if TYPE_CHECKING:
    import narwhals as nw

Expr = Any
"""A narwhals expression; or a plain number, which stays one as long as it can."""


class Values(Protocol):
    """The dataframe's columns by the names under which an expression asks for them."""

    def __getitem__(self, name: str, /) -> Expr: ...


_FEW = 2
"""More words than these are looked for at once."""


_OF_TWO: Mapping[type[OfTwo], Callable[[Any, Any], Any]] = {
    Sum: add,
    Difference: sub,
    Product: mul,
    FloorDivision: floordiv,
}


class _Operators:
    """What engines and NumPy do alike, by the operators of Python."""

    values: Values

    def column(self, name: str) -> Expr:
        return self.values[name]

    def constant(self, value: int, said: str) -> Expr:
        return value

    def rounded(self, ways: Mapping[Rounding, Expr], chosen: Rounding, said: str) -> Expr:
        return ways[chosen]

    def truth(self, holds: bool) -> Expr:
        return holds

    def at_least(self, first: Expr, second: Expr) -> Expr:
        return first >= second


class _Engine(_Operators):
    """Narwhals expressions. Yes and no are 1 and 0, words their places; what is unknown was put before.

    No engine's own `max` is used: they differ in what it does with a null. Both ways out of a choice are made
    from a column, so that their type is one.
    """

    def __init__(self, values: Values, known: nw.Expr, words: Mapping[str, Sequence[str]]) -> None:
        import narwhals

        self.nw, self.values, self.known, self.words = narwhals, values, known, words

    def of_two(self, kind: type[OfTwo], first: Expr, second: Expr) -> Expr:
        if kind in _OF_TWO:
            return _OF_TWO[kind](first, second)
        is_least = kind is Least
        if isinstance(first, int) and isinstance(second, int):
            return min(first, second) if is_least else max(first, second)
        return self.choose(first < second if is_least else first > second, first, second)

    def choose(self, when: Expr, then: Expr, otherwise: Expr) -> Expr:
        if isinstance(when, bool):
            return then if when else otherwise
        return self.nw.when(when).then(self._of_column(then)).otherwise(self._of_column(otherwise))

    def _of_column(self, value: Expr) -> Expr:
        return self.known * 0 + value if isinstance(value, int) else value

    def flag(self, column: str) -> Expr:
        value = self.values[column]
        return value if column.startswith(UNKNOWN) else value == 1

    def is_one_of(self, column: str, words: tuple[str, ...]) -> Expr:
        value, places = self.values[column], [self.words[column].index(word) for word in words]
        if len(places) <= _FEW:
            return reduce(self.either, [value == place for place in places])
        return value.is_in(places)

    def both(self, first: Expr, second: Expr) -> Expr:
        for known, other in ((first, second), (second, first)):
            if isinstance(known, bool):
                return other if known else False
        return first & second

    def either(self, first: Expr, second: Expr) -> Expr:
        for known, other in ((first, second), (second, first)):
            if isinstance(known, bool):
                return True if known else other
        return first | second

    def negate(self, condition: Expr) -> Expr:
        return not condition if isinstance(condition, bool) else ~condition


def engine_expression(
    number: Number, values: Values, known: nw.Expr, words: Mapping[str, Sequence[str]]
) -> nw.Expr:
    """The number as a narwhals expression over `values`, null where the whole numbers of `known` are.

    A column of words has the place of its word among its `words`; one that says whether another is unknown is
    a condition.
    """
    found: nw.Expr = known * 0 + engine_part(number, values, known, words)
    return found  # a null anywhere in what is needed is a null in all


def engine_part(
    number: Number, values: Values, known: nw.Expr, words: Mapping[str, Sequence[str]]
) -> nw.Expr:
    """The same for what is only a part of a number: where `known` is null, it does not matter what it is."""
    found: nw.Expr = derive(number, _Engine(values, known, words))
    return found


class _Arrays(_Operators):
    """NumPy arrays and plain numbers; nothing in them is unknown."""

    def __init__(self, numpy: ModuleType, values: Mapping[str, Any]) -> None:
        self.numpy, self.values = numpy, values

    def of_two(self, kind: type[OfTwo], first: Any, second: Any) -> Any:
        if kind in _OF_TWO:
            return _OF_TWO[kind](first, second)
        return (self.numpy.minimum if kind is Least else self.numpy.maximum)(first, second)

    def choose(self, when: Any, then: Any, otherwise: Any) -> Any:
        return self.numpy.where(when, then, otherwise)

    def flag(self, column: str) -> Any:
        return self.values[column]

    def is_one_of(self, column: str, words: tuple[str, ...]) -> Any:
        return self.numpy.isin(self.values[column], words)

    def both(self, first: Any, second: Any) -> Any:
        return self.numpy.logical_and(first, second)

    def either(self, first: Any, second: Any) -> Any:
        return self.numpy.logical_or(first, second)

    def negate(self, condition: Any) -> Any:
        return self.numpy.logical_not(condition)


def array_of(number: Number, numpy: ModuleType, values: Mapping[str, Any], size: int) -> Any:
    """The number for each of `size` units, from an array a column."""
    found = derive(number, _Arrays(numpy, values))
    return numpy.broadcast_to(numpy.asarray(found, dtype="int64"), (size,))
