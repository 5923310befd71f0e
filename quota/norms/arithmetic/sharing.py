"""Expressions made so that what is the same is made once, and what is settled is settled at once.

Numbers of the frame forget where they were said: this is for counting many units, not for explaining one.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TypeVar, cast

from msgspec import Struct

from quota.norms.arithmetic.expression import (
    AtLeast,
    Both,
    Choose,
    Column,
    Condition,
    Constant,
    Difference,
    Either,
    Flag,
    FloorDivision,
    Greatest,
    Is,
    Least,
    Node,
    Not,
    Number,
    Product,
    Quotient,
    Sum,
    Truth,
    both,
    choose,
    divided,
    either,
    minus,
    negated,
    plus,
    times,
)
from quota.norms.arithmetic.reach import Reach, reach
from quota.norms.arithmetic.walking import inside, with_inside

Value = bool | int | str
Kind = TypeVar("Kind", Number, Condition)
"""A number stays a number, and a condition one."""
_NONE: frozenset[str] = frozenset()


class Taken(Struct, frozen=True):
    """What is put for a column: `value` where the unit's own is unknown, or in all units where `settled`."""

    value: Value
    settled: bool = False


class Shared:
    """Makes expressions over some columns that may be unknown, the `open` ones; each part of them once.

    Expressions that are equal are one object, so they are told apart by `id`.
    """

    def __init__(self, open_columns: Collection[str]) -> None:
        self._columns = frozenset(open_columns)
        self.taken: dict[str, tuple[str, Value]] = {}
        """By the name under which an expression asks for it: a column, and its value where it is unknown."""
        self._kept: dict[object, Node] = {}
        self._open: dict[int, frozenset[str]] = {}
        self._reach: dict[int, Reach] = {}
        self._made: dict[int, tuple[Node, Node]] = {}
        self._put: dict[object, Node] = {}

    def __len__(self) -> int:
        """How many different things were made."""
        return len(self._kept)

    def open(self, node: Node) -> frozenset[str]:
        """The columns that may be unknown on which something made here hangs."""
        return self._open[id(node)]

    def reach(self, number: Number) -> Reach:
        """Between which numbers a number made here can lie."""
        found = self._reach.get(id(number))
        if found is None:
            found = self._reach[id(number)] = reach(number)
        return found

    def of(self, node: Kind) -> Kind:
        """The same, made here."""
        return cast("Kind", self._of(node))

    def _of(self, node: Node) -> Node:
        if id(node) in self._open:
            return node
        found = self._made.get(id(node))
        if found is None:
            inner: list[Node] = []
            for part in inside(node):
                inner.append(self._of(part))  # noqa: PERF401  (a comprehension is a call more for every step down)
            found = self._made[id(node)] = self.made(node, inner), node
        return found[0]

    def put(self, node: Kind, world: Mapping[str, Taken]) -> Kind:
        """Something made here with these columns as the world says."""
        return cast("Kind", self.taking(node, world))

    def taking(self, node: Node, world: Mapping[str, Taken]) -> Node:
        """The same, of what may be a number or a condition."""
        hangs = self.open(node)
        if hangs.isdisjoint(world):
            return node
        key = id(node), tuple([(column, world[column]) for column in sorted(hangs) if column in world])
        found = self._put.get(key)
        if found is None:
            if isinstance(node, Column | Flag | Is):
                found = self._leaf(node, world)
            elif isinstance(node, Choose) and isinstance(when := self.taking(node.when, world), Truth):
                found = self.taking(node.then if when.holds else node.otherwise, world)
            else:
                inner: list[Node] = []
                for part in inside(node):
                    inner.append(self.taking(part, world))  # noqa: PERF401  (as above)
                found = self.made(node, inner)
            self._put[key] = found
        return found

    def name(self, column: str, value: Value) -> str:
        """The name of a column that has this value where it is unknown."""
        name = f"{column}@{value}"
        self.taken[name] = column, value
        return name

    def _leaf(self, node: Column | Flag | Is, world: Mapping[str, Taken]) -> Node:
        column = node.name if isinstance(node, Column) else node.column
        taken = world[column]
        if not taken.settled:
            name = self.name(column, taken.value)
            if isinstance(node, Is):
                return self._keep(Is(name, node.words))
            return self._keep(Column(name) if isinstance(node, Column) else Flag(name))
        if isinstance(node, Column):
            return self._keep(Constant(int(taken.value)))
        return self._keep(Truth(taken.value in node.words if isinstance(node, Is) else bool(taken.value)))

    def made(self, node: Node, inner: Sequence[Node]) -> Node:  # noqa: C901, PLR0911, PLR0912  (one case a kind of node)
        """The same of other parts, which were made here; settled at once where it can be."""
        match node, inner:
            case Sum(), (Constant(value=first), Constant(value=second)):
                return self._keep(Constant(first + second))
            case Sum(), (first, second):
                return self._keep(plus(first, second))  # type: ignore[arg-type]  # parts of a number are numbers
            case Difference(), (Constant(value=first), Constant(value=second)):
                return self._keep(Constant(first - second))
            case Difference(), (first, second):
                return self._keep(minus(first, second))  # type: ignore[arg-type]  # as above
            case Product(), (first, second):
                zero = Constant(0) in (first, second)
                return self._keep(Constant(0) if zero else times(first, second))  # type: ignore[arg-type]  # as above
            case Quotient(rounding=rounding), (dividend, divisor):
                return self._of(divided(Quotient(dividend, divisor, rounding), rounding))  # type: ignore[arg-type]  # as above
            case FloorDivision(), (Constant(value=first), Constant(value=second)):
                return self._keep(Constant(first // second))
            case ((Least() | Greatest()), (first, second)):
                return self._ordered(type(node), first, second)  # type: ignore[arg-type]  # as above
            case Choose(), (when, then, otherwise):
                return self._keep(choose(when, then, otherwise))  # type: ignore[arg-type]  # as above
            case AtLeast(), (Constant(value=first), Constant(value=second)):
                return self._keep(Truth(first >= second))
            case ((Both() | Either()), parts):
                joined = both if isinstance(node, Both) else either
                return self._keep(joined(tuple(dict.fromkeys(parts))))  # type: ignore[arg-type]  # parts of a condition
            case Not(), (part,):
                return self._keep(negated(part))  # type: ignore[arg-type]  # as above
            case Constant(value=value), _:
                return self._keep(Constant(value))
            case _:
                return self._keep(with_inside(node, inner))

    def _ordered(self, kind: type[Least | Greatest], first: Number, second: Number) -> Node:
        """The smaller or the greater of two; where one always is, that one."""
        (low, high), (least, most) = self.reach(first), self.reach(second)
        if first is second or low >= most:
            return first if kind is Greatest else second
        return (second if kind is Greatest else first) if least >= high else self._keep(kind(first, second))

    def _keep(self, node: Node) -> Node:
        """The one that is kept of what is equal to this."""
        inner = inside(node)
        key: object = (type(node), *map(id, inner)) if inner else node
        found = self._kept.get(key)
        if found is None:
            found = self._kept[key] = node
            self._open[id(node)] = self._open_in(node, inner)
        return found

    def _open_in(self, node: Node, inner: Sequence[Node]) -> frozenset[str]:
        if isinstance(node, Column | Flag | Is):
            name = node.name if isinstance(node, Column) else node.column
            return frozenset((name,)) & self._columns
        return _NONE.union(*(self.open(part) for part in inner)) if inner else _NONE
