"""Rounding, in the one place it is written: how many steps a number of residents fills.

Whole numbers only. Each way of rounding is given with its inverse, the fewest residents that make a number
of steps, so that "how many more residents bring the next post" is read off, not searched for.

`steps` is written with what whole numbers and columns of them have in common, so that one unit and ten
million are counted by the same lines; and it divides nothing below zero, where engines disagree.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Protocol, Self, TypeVar


class Whole(Protocol):
    """A whole number, an array of them, or a column of them in a dataframe engine."""

    def __add__(self, other: int, /) -> Self: ...
    def __mul__(self, other: int, /) -> Self: ...
    def __floordiv__(self, other: int, /) -> Self: ...


N = TypeVar("N", bound=Whole)


class Rounding(StrEnum):
    """DOWN counts full steps, UP begun ones, NEAREST from half a step on."""

    DOWN = "down"
    UP = "up"
    NEAREST = "nearest"


def steps(residents: N, size: int, rounding: Rounding) -> N:
    """How many steps of `size` residents are counted in `residents` (not negative)."""
    if rounding is Rounding.DOWN:
        return residents // size
    if rounding is Rounding.UP:
        return (residents + (size - 1)) // size
    return (residents * 2 + size) // (2 * size)


def fewest_residents(count: int, size: int, rounding: Rounding) -> int:
    """The fewest residents that are counted as `count` steps (1 or more)."""
    if rounding is Rounding.DOWN:
        return count * size
    if rounding is Rounding.UP:
        return (count - 1) * size + 1
    return -(-(2 * count - 1) * size // 2)
