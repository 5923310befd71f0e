"""A long expression in parts: what is too deep or too long to be said at once is said in several steps.

Python takes no more than two hundred brackets inside each other, a spreadsheet no more than 64, and no
formula over 8,192 characters. A part is a number of its own, which the rest asks for as for a column.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec import Struct

from quota.norms.arithmetic.expression import (
    ZERO,
    AtLeast,
    Both,
    Choose,
    Column,
    Condition,
    Constant,
    Either,
    Is,
    Node,
    Number,
    Quotient,
    either,
    folded,
)
from quota.norms.arithmetic.walking import inside, with_inside

PART = "part:"
"""Begins the name of a part, as what asks for it calls it."""
_WORDS = 25
"""More words than these are asked about in several questions."""
_ROUNDING = 2
"""How much deeper a division is than what it divides: to round, that is added to first."""


class InParts(Struct, frozen=True):
    """Expressions, and the parts they ask for by name, each part after those that it asks for itself."""

    numbers: tuple[Number, ...]
    parts: tuple[tuple[str, Number], ...] = ()


def in_parts(numbers: Sequence[Number], size: Callable[[Node], int], most: int) -> InParts:
    """The same numbers, none of them nor any part larger than `most` by this measure.

    Names are `part:0`, `part:1` and so on; what is the same is one part.
    """
    parting = _Parting(size, most)
    found = tuple([parting.number(number) for number in numbers])
    return InParts(found, tuple([(name, part) for part, name in parting.names.items()]))


class Depths:
    """How many things of an expression are inside each other; each thing is gone through once."""

    def __init__(self) -> None:
        self._found: dict[int, tuple[Node, int]] = {}  # with what it is of, so that no other has its id

    def __len__(self) -> int:
        """How many things were gone through."""
        return len(self._found)

    def __call__(self, node: Node) -> int:
        found = self._found.get(id(node))
        if found is None:
            # A generator would be one call more for every step down; `map` is none.
            deepest = max(map(self, inside(node)), default=0)
            found = node, deepest + 1 + (_ROUNDING if isinstance(node, Quotient) else 0)
            self._found[id(node)] = found
        return found[1]


class _Parting:
    def __init__(self, size: Callable[[Node], int], most: int) -> None:
        self._size, self._most = size, most
        self.names: dict[Number, str] = {}

    def number(self, number: Number) -> Number:
        found: Number = self._fitting(number)  # type: ignore[assignment]  # a number stays a number
        return found

    def _fitting(self, node: Node) -> Node:
        """From the inside outwards: while the whole is too large, the largest in it becomes a part."""
        if self._fits(node):
            return node
        node = _by_halves(node)
        made = list(map(self._fitting, inside(node)))
        whole = with_inside(node, made)
        for place in sorted(range(len(made)), key=lambda place: self._own_size(made[place]), reverse=True):
            if self._fits(whole):
                break
            made[place] = self._as_part(made[place])
            whole = with_inside(node, made)
        return whole

    def _fits(self, node: Node) -> bool:
        """Whether it is small enough, as a part too if it becomes one."""
        return self._size(_numbered(node) if isinstance(node, Condition) else node) <= self._most

    def _own_size(self, node: Node) -> int:
        return 0 if isinstance(node, Column | Constant) else self._size(node)

    def _as_part(self, node: Node) -> Node:
        """The part's name in place of what it is; for a condition, whether its part is 1 (where not, 0)."""
        if isinstance(node, Condition):
            return AtLeast(self._named(_numbered(node)), Constant(1))
        return node if isinstance(node, Constant) else self._named(node)

    def _named(self, number: Number) -> Column:
        return Column(self.names.setdefault(number, f"{PART}{len(self.names)}"))


def _numbered(condition: Condition) -> Number:
    return Choose(condition, Constant(1), ZERO)


def _by_halves(node: Node) -> Node:
    """The same without many things in one: a list of conditions by halves, of words by questions."""
    if isinstance(node, Both | Either) and len(node.parts) > 2:
        kind = type(node)
        return folded(lambda first, second: kind((first, second)), node.parts)
    if isinstance(node, Is) and len(node.words) > _WORDS:
        asked = [node.words[first : first + _WORDS] for first in range(0, len(node.words), _WORDS)]
        return _by_halves(either(tuple([Is(node.column, words) for words in asked])))
    return node
