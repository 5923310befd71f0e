"""An expression as a Python function: its source, compiled once a frame, called once a unit."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from quota.norms.arithmetic.expression import (
    Column,
    Condition,
    Difference,
    FloorDivision,
    Greatest,
    Least,
    Number,
    OfTwo,
    Product,
    Quotient,
    Sum,
    derive,
    derive_condition,
)
from quota.norms.arithmetic.parts import Depths, InParts, in_parts
from quota.norms.arithmetic.rounding import Rounding

if TYPE_CHECKING:  # as in `quota.core.units`
    from fractions import Fraction

Count = Callable[..., tuple[int, ...]]
"""Called with the columns' values in order; gives each expression's number."""
_DEEPEST = 60
"""Python's own parser takes some two hundred brackets inside each other."""


_OF_TWO: Mapping[type[OfTwo], str] = {
    Sum: "({} + {})",
    Difference: "({} - {})",
    Product: "({} * {})",
    FloorDivision: "({} // {})",
    Least: "min({}, {})",
    Greatest: "max({}, {})",
}


class _Source:
    """Expressions as the source text of Python, its columns by the names of arguments."""

    def __init__(self, arguments: dict[str, str]) -> None:
        self.arguments = arguments

    def column(self, name: str) -> str:
        return self.arguments[name]

    def constant(self, value: int, said: str) -> str:
        return repr(value)

    def of_two(self, kind: type[OfTwo], first: str, second: str) -> str:
        return _OF_TWO[kind].format(first, second)

    def choose(self, when: str, then: str, otherwise: str) -> str:
        return f"({then} if {when} else {otherwise})"

    def rounded(self, ways: Mapping[Rounding, str], chosen: Rounding, said: str) -> str:
        return ways[chosen]

    def truth(self, holds: bool) -> str:
        return repr(holds)

    def flag(self, column: str) -> str:
        return self.arguments[column]

    def is_one_of(self, column: str, words: tuple[str, ...]) -> str:
        return f"({self.arguments[column]} in {words!r})"

    def at_least(self, first: str, second: str) -> str:
        return f"({first} >= {second})"

    def both(self, first: str, second: str) -> str:
        return f"({first} and {second})"

    def either(self, first: str, second: str) -> str:
        return f"({first} or {second})"

    def negate(self, condition: str) -> str:
        return f"(not {condition})"


def counting(numbers: Sequence[Number], columns: Sequence[str]) -> Count:
    """The function that gives these numbers from the values of these columns."""
    return counting_worlds(numbers, columns, [{}])


def counting_worlds(
    numbers: Sequence[Number], columns: Sequence[str], worlds: Sequence[Mapping[str, object]]
) -> Count:
    """The same in each of these worlds, one after the other: what a world says of a column is taken there."""
    return _compiled(in_parts(numbers, Depths(), _DEEPEST), columns, worlds)


def counting_parts(made: InParts, columns: Sequence[str]) -> Count:
    """The function that gives the parts of what was made in parts."""
    asked = tuple([Column(name) for name, _ in made.parts])
    return counting_in_parts(InParts(asked, made.parts), columns)


def counting_in_parts(made: InParts, columns: Sequence[str]) -> Count:
    """The function that gives the numbers that were made in parts."""
    return _compiled(made, columns, [{}])


def _compiled(made: InParts, columns: Sequence[str], worlds: Sequence[Mapping[str, object]]) -> Count:
    names = {column: f"v{place}" for place, column in enumerate(columns)}
    seen: dict[str, str] = {}  # what two blocs, both ends or two worlds share is counted once
    results = []
    for world in worlds:
        source = _Source({**names, **{column: repr(value) for column, value in world.items()}})
        for name, part in made.parts:
            source.arguments[name] = _result(derive(part, source), seen)
        named = {number: _result(derive(number, source), seen) for number in set(made.numbers)}
        results += [named[number] for number in made.numbers]
    head = f"def count({', '.join(names.values())}):"
    lines = [f" {name} = {text}" for text, name in seen.items()]
    body = "\n".join([head, *lines, f" return ({''.join(name + ', ' for name in results)})"])
    space: dict[str, Count] = {}
    exec(compile(body, "<frame>", "exec"), space)  # noqa: S102  (the text is made here, of numbers and quoted words)
    return space["count"]


def _result(text: str, seen: dict[str, str]) -> str:
    """The name under which what this text says is kept."""
    return seen.setdefault(text, f"r{len(seen)}")


def holds(condition: Condition, values: Mapping[str, object]) -> bool:
    """Whether a condition holds for a unit of these values."""
    return bool(_condition(condition, tuple(values))(*values.values()))


@lru_cache(maxsize=1024)
def _condition(condition: Condition, columns: tuple[str, ...]) -> Callable[..., object]:
    """A condition over the values of these columns, compiled once for all units."""
    names = {column: f"v{place}" for place, column in enumerate(columns)}
    text = f"lambda {', '.join(names.values())}: {derive_condition(condition, _Source(names))}"
    asked: Callable[..., object] = eval(text)  # noqa: S307  (as above)
    return asked


def divide(dividend: Fraction | int, divisor: Fraction | int, rounding: Rounding) -> int:
    """How often `divisor` (above 0) is counted in `dividend` (0 or more), by a way of rounding."""
    (found,) = _division(rounding)(
        dividend.numerator * divisor.denominator, divisor.numerator * dividend.denominator
    )
    return found


@cache
def _division(rounding: Rounding) -> Count:
    return counting([Quotient(Column("dividend"), Column("divisor"), rounding)], ("dividend", "divisor"))
