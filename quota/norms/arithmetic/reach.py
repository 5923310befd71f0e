"""Between which numbers an expression can lie, whatever a unit's columns are."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from typing import assert_never

from quota.norms.arithmetic.expression import (
    Choose,
    Column,
    Constant,
    Difference,
    FloorDivision,
    Greatest,
    Least,
    Number,
    Product,
    Quotient,
    Sum,
    divided,
)

ENDLESS = 10**30
"""More than any column says, and than any posts that are bounded."""
Reach = tuple[int, int]


def reach(number: Number) -> Reach:  # noqa: C901, PLR0911  (one case a kind of node)
    """The least and the greatest it can be, or what lies outside them; `ENDLESS` and more is no bound.

    Conditions are taken to hold or not each for itself: of increments of which only one can hold, it counts
    them all.
    """
    match number:
        case Column():
            return 0, ENDLESS
        case Constant():
            return number.value, number.value
        case Sum():
            return _ends(number.first, number.second, lambda first, second: first + second)
        case Difference():
            (low, high), (less, most) = reach(number.first), reach(number.second)
            return low - most, high - less
        case Product():
            return _ends(number.first, number.second, lambda first, second: first * second)
        case Quotient():
            return reach(divided(number, number.rounding))
        case FloorDivision():
            (low, high), (least, most) = reach(number.dividend), reach(number.divisor)
            return max(low, 0) // max(most, 1), max(high, 0) // max(least, 1)
        case Least():
            return _ends(number.first, number.second, min)
        case Greatest():
            return _ends(number.first, number.second, max)
        case Choose():
            (low, high), (other, another) = reach(number.then), reach(number.otherwise)
            return min(low, other), max(high, another)
        case _:
            assert_never(number)


def _ends(first: Number, second: Number, joined: Callable[[int, int], int]) -> Reach:
    """The least and the greatest of what two numbers can be together."""
    found = [joined(here, there) for here, there in product(reach(first), reach(second))]
    return min(found), max(found)
