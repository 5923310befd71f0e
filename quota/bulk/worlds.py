"""Both ends of a bloc's posts in a dataframe, in each world: with what is unknown as each thing it may be.

What no row of the table answers is known to be unknown before any row is read: it is asked of no row.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce
from itertools import product
from math import prod
from operator import or_

import narwhals as nw
from msgspec import Struct

from quota.bulk.algebra import Expr, engine_expression
from quota.bulk.asking import Asked, answer_of, asked_of
from quota.bulk.reading import RESIDENTS
from quota.core.problems import InputError, Problem, Severity
from quota.core.text import say
from quota.norms.arithmetic.expression import Number
from quota.norms.arithmetic.walking import columns_of
from quota.norms.granting import Assumption, Known, Norm, Norms

World = Mapping[str, int]
MOST_WORLDS = 512
"""Up to how many things that unknown columns may be together are counted: each is an expression."""


class Asking(Struct, frozen=True):
    """A frame, and the columns it asks for that the table does not have."""

    norms: Norms
    absent: frozenset[str]

    def is_unknown(self, column: str) -> nw.Expr:
        """Whether a row does not answer; only of a column that the table has."""
        return nw.col(answer_of(column)).is_null()

    def answered_or(self, column: str, taken: int) -> Expr:
        """What each row answers, or `taken` where it does not."""
        return taken if column in self.absent else nw.col(answer_of(column)).fill_null(taken)


def low_and_high(asking: Asking, norm: Norm, low: Number, high: Number) -> tuple[nw.Expr, nw.Expr]:
    """Both ends of a bloc's posts without what is unknown.

    Of columns that are assumed to be a range, from the least to the most that they may make of it; but where
    another column is unknown too, without any of them, as `quota.norms.granting.Granter` does.
    """
    assumed = asking.norms.assumed
    without = _ends(asking, norm, low, {}), _ends(asking, norm, high, {})
    ranged = [column for column in norm.asked if assumed.get(column) is Assumption.RANGE]
    unassumed = [column for column in norm.asked if column not in assumed]
    if not ranged or not asking.absent.isdisjoint(unassumed):
        return without
    range_low = _fewest(_in_every_world(asking, norm, low, ranged))
    range_high = _most(_in_every_world(asking, norm, high, ranged))
    if not unassumed:
        return range_low, range_high
    plain = reduce(or_, map(asking.is_unknown, unassumed))
    return (
        nw.when(plain).then(without[0]).otherwise(range_low),
        nw.when(plain).then(without[1]).otherwise(range_high),
    )


def most_ends(asking: Asking, norm: Norm, low: Number, high: Number) -> tuple[nw.Expr, nw.Expr]:
    """The most that each end of a bloc's posts may be with what is unknown."""
    columns = may_be_unknown(asking.norms, norm)
    return (
        _most(_in_every_world(asking, norm, low, columns)),
        _most(_in_every_world(asking, norm, high, columns)),
    )


def least_ends(asking: Asking, norm: Norm, low: Number, high: Number) -> tuple[nw.Expr, nw.Expr]:
    """The least that each end of a bloc's posts may be with what is unknown."""
    columns = may_be_unknown(asking.norms, norm)
    return (
        _fewest(_in_every_world(asking, norm, low, columns)),
        _fewest(_in_every_world(asking, norm, high, columns)),
    )


def unknown_columns(asking: Asking, norm: Norm, prefix: str = "") -> nw.Expr:
    """The columns that are unknown in a row, with a space between; null where none is.

    `prefix` makes each the code of its note.
    """
    may_be = may_be_unknown(asking.norms, norm)
    unassumed = [column for column in may_be if column not in asking.norms.assumed]
    if not unassumed:
        return nw.when(nw.col(RESIDENTS) < 0).then(nw.lit(""))  # always null
    names = {column: prefix + (column.removeprefix("table:") if prefix else column) for column in may_be}
    counted = ~nw.col(RESIDENTS).is_null()
    if asking.absent.issuperset(may_be):
        return nw.when(counted).then(nw.lit(" ".join(names.values())))
    said = [
        nw.when(counted if column in asking.absent else asking.is_unknown(column)).then(nw.lit(name))
        for column, name in names.items()
    ]
    joined = said[0] if len(said) == 1 else nw.concat_str(said, separator=" ", ignore_nulls=True)
    if asking.absent.isdisjoint(unassumed):
        counted &= reduce(or_, map(asking.is_unknown, unassumed))
    return nw.when(counted).then(joined)


def may_be_unknown(norms: Norms, norm: Norm) -> list[str]:
    """The columns of which nothing is taken to be so."""
    return [column for column in norm.asked if norms.assumed.get(column) in (None, Assumption.RANGE)]


def hangs(norms: Norms, norm: Norm, end: Number) -> bool:
    """Whether an end of a bloc's posts may be another with what is unknown."""
    return not set(columns_of(end)).isdisjoint(may_be_unknown(norms, norm))


def _in_every_world(asking: Asking, norm: Norm, end: Number, columns: list[str]) -> list[nw.Expr]:
    """One end of a bloc's posts with each of these columns as yes and as no, where it is unknown.

    A column that the end does not hang on is left out: each doubles what is computed.
    """
    counted = set(columns_of(end))
    open_ones = [column for column in columns if column in counted]
    asked = asked_of(asking.norms)
    choices = [[_coded(asked[column], value) for value in norm.asked[column]] for column in open_ones]
    many = prod(len(choice) for choice in choices)
    if many > MOST_WORLDS:
        message = say(
            "what is unknown in {columns} may be {n} different things together, more than {most}",
            columns=", ".join(open_ones),
            n=many,
            most=MOST_WORLDS,
        )
        fix = say("settle some with frame.assuming in Python, or use quota audit, which counts them all")
        raise InputError([Problem("too-many", Severity.ERROR, message, fix, value=asking.norms.summary.id)])
    return [_ends(asking, norm, end, dict(zip(open_ones, world, strict=True))) for world in product(*choices)]


def _most(values: list[nw.Expr]) -> nw.Expr:
    """The greatest; all of them are null where one is, so that it does not matter what engines do then."""
    return values[0] if len(values) == 1 else nw.max_horizontal(*values)


def _fewest(values: list[nw.Expr]) -> nw.Expr:
    return values[0] if len(values) == 1 else nw.min_horizontal(*values)


def _coded(asked: Asked, value: Known) -> int:
    """A value as the column has it."""
    return asked.words.index(value) if isinstance(value, str) else int(value)


def _ends(asking: Asking, norm: Norm, end: Number, world: World) -> nw.Expr:
    """One end of a bloc's posts where what is unknown is as `world` says, else as is assumed, else no."""
    asked = asked_of(asking.norms)
    values: dict[str, Expr] = {"residents": nw.col(RESIDENTS)}
    values |= {column: nw.col(answer_of(column)) for column in norm.counted[1:]}
    for column, known in norm.asked.items():
        assumed = asking.norms.assumed.get(column) is Assumption.YES
        taken = world.get(column, 1 if assumed else _coded(asked[column], known[0]))
        values[column] = asking.answered_or(column, taken)
    words = {column: said.words for column, said in asked.items()}
    return engine_expression(end, values, nw.col(RESIDENTS), words)
