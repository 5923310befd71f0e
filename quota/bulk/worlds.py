"""Both ends of a bloc's posts with what is unknown as each thing it may be, as expressions.

What no row of the table answers is known to be unknown before any row is read: it is asked of no row.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import reduce
from math import prod
from operator import or_

import narwhals as nw
from msgspec import Struct

from quota.bulk.asking import Asked, answer_of
from quota.bulk.reading import RESIDENTS
from quota.core.problems import InputError, refusal
from quota.core.text import say
from quota.norms.arithmetic.expression import Choose, Flag, Number, either
from quota.norms.arithmetic.extremes import MOST_NODES, Extremes, TooManyWorldsError
from quota.norms.arithmetic.trying import UNKNOWN
from quota.norms.arithmetic.walking import columns_of
from quota.norms.granting import Assumption, Known, Norm, Norms


class Asking(Struct, frozen=True):
    """A frame, and the columns it asks for that the table does not have."""

    norms: Norms
    absent: frozenset[str]

    def is_unknown(self, column: str) -> nw.Expr:
        """Whether a row does not answer; only of a column that the table has."""
        return nw.col(answer_of(column)).is_null()


class Worlds:
    """Posts of units of one type with what is unknown of them; `InputError` where too much is unknown."""

    def __init__(self, asking: Asking, norm: Norm) -> None:
        self._asking, self._norm = asking, norm
        self._extremes = Extremes(norm.asked, asking.absent, most_nodes=MOST_NODES)
        assumed = asking.norms.assumed
        self._settled: dict[str, Known] = {
            column: assumed[column] is Assumption.YES
            for column in norm.asked
            if column in assumed and assumed[column] is not Assumption.RANGE
        }
        self._first = {column: known[0] for column, known in norm.asked.items()}

    @property
    def taken(self) -> Mapping[str, tuple[str, Known]]:
        """Columns by the names that expressions ask for, with the value that is put where one is unknown."""
        return self._extremes.shared.taken

    def low_and_high(self, low: Number, high: Number) -> tuple[Number, Number]:
        """Both ends without what is unknown.

        Of columns that are assumed to be a range, from the least to the most that they may make of it; but
        where another column is unknown too, without any of them, as `quota.norms.granting.Granter` does.
        """
        assumed = self._asking.norms.assumed
        without = self._without(low), self._without(high)
        ranged = [column for column in self._norm.asked if assumed.get(column) is Assumption.RANGE]
        unassumed = {column: self._first[column] for column in self._norm.asked if column not in assumed}
        if not ranged or not self._asking.absent.isdisjoint(unassumed):
            return without
        range_low, range_high = self.least(low, unassumed), self.most(high, unassumed)
        if not unassumed:
            return range_low, range_high
        plain = either(tuple([Flag(UNKNOWN + column) for column in unassumed]))
        return Choose(plain, without[0], range_low), Choose(plain, without[1], range_high)

    def most(self, end: Number, world: Mapping[str, Known] | None = None) -> Number:
        """The most that an end may be with what is unknown, where the world does not say it."""
        return self._furthest(self._extremes.most, end, world or {})

    def least(self, end: Number, world: Mapping[str, Known] | None = None) -> Number:
        """The least that it may be."""
        return self._furthest(self._extremes.least, end, world or {})

    def _without(self, end: Number) -> Number:
        return self._extremes.in_world(end, self._first | self._settled)

    def _furthest(
        self, extreme: Callable[[Number], Number], end: Number, world: Mapping[str, Known]
    ) -> Number:
        try:
            return extreme(self._extremes.in_world(end, {**world, **self._settled}))
        except TooManyWorldsError:
            raise self._too_many(end, world) from None

    def _too_many(self, end: Number, world: Mapping[str, Known]) -> InputError:
        hangs = set(columns_of(end)) - self._settled.keys() - world.keys()
        columns = [column for column in self._norm.asked if column in hangs]
        message = say(
            "what is unknown in {columns} may be {n} different things together, too many for a dataframe",
            columns=", ".join(columns),
            n=prod(len(self._norm.asked[column]) for column in columns),
        )
        fix = say("settle some with frame.assuming in Python, or use quota audit, which counts them all")
        value = self._asking.norms.summary.id
        return refusal("too-many", message, fix, value=value)


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
    """The columns for which no value is assumed."""
    return [column for column in norm.asked if norms.assumed.get(column) in (None, Assumption.RANGE)]


def hangs(norms: Norms, norm: Norm, end: Number) -> bool:
    """Whether an end of a bloc's posts may be another with what is unknown."""
    return not set(columns_of(end)).isdisjoint(may_be_unknown(norms, norm))


def coded(asked: Asked, value: Known) -> int:
    """A value as the column has it."""
    return asked.words.index(value) if isinstance(value, str) else int(value)
