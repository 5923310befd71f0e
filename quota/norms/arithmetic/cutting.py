"""Expressions cut into parts, for tables: what is asked for more than once is counted once, in a column.

Parts are in layers: those of a layer ask only for parts of the layers before it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from msgspec import Struct

from quota.norms.arithmetic.expression import (
    ZERO,
    Choose,
    Column,
    Condition,
    Constant,
    Flag,
    Greatest,
    Is,
    Least,
    Node,
    Number,
)
from quota.norms.arithmetic.parts import PART
from quota.norms.arithmetic.walking import inside, with_inside

_DEEPEST = 24
"""Engines go through an expression one call inside another, several for each step down."""
_LARGEST = 300
"""Of larger ones a compiler of queries makes a function that is too long to be compiled well."""
_WORTH = 4
"""What is smaller is sooner counted twice than kept."""
_LEAF = (Column, Constant, Flag)


class Cut(Struct, frozen=True):
    """Numbers, and the parts that they ask for by name, layer by layer."""

    numbers: tuple[Number, ...]
    layers: tuple[dict[str, Number], ...]


def cut(numbers: Sequence[Number]) -> Cut:
    """The numbers in parts; what is equal in them is to be one object, as `sharing.Shared` makes it."""
    order = list(_inside_first(numbers))
    uses = Counter(id(part) for node in order for part in inside(node))
    for node in order:
        if isinstance(node, Least | Greatest):  # an engine compares both, and then takes one
            uses.update(id(part) for part in inside(node))
    uses.update(map(id, numbers))
    made: dict[int, _Made] = {}
    layers: list[dict[str, Number]] = []
    for node in order:
        found = _with_parts(node, [made[id(part)] for part in inside(node)])
        shared = uses[id(node)] > 1 and found.size >= _WORTH
        if not isinstance(node, _LEAF) and (shared or found.depth > _DEEPEST or found.size > _LARGEST):
            found = _as_part(found, layers)
        made[id(node)] = found
    return Cut(tuple([made[id(number)].node for number in numbers]), tuple(layers))  # type: ignore[misc]  # a number stays one


class _Made(Struct, frozen=True):
    """Something in parts: how large and deep it is, and of how many layers it needs the parts."""

    node: Node
    size: int = 1
    depth: int = 1
    layer: int = 0


def _with_parts(node: Node, inner: Sequence[_Made]) -> _Made:
    if not inner:
        return _Made(node, len(node.words) if isinstance(node, Is) else 1)
    return _Made(
        with_inside(node, [part.node for part in inner]),
        1 + sum(part.size for part in inner),
        1 + max(part.depth for part in inner),
        max(part.layer for part in inner),
    )


def _as_part(made: _Made, layers: list[dict[str, Number]]) -> _Made:
    """Its name in its place, in the first layer that can be; of a condition 1 where it holds, else 0."""
    if made.layer == len(layers):
        layers.append({})
    name = f"{PART}{sum(map(len, layers))}"
    node = made.node
    if isinstance(node, Condition):
        layers[made.layer][name] = Choose(node, Constant(1), ZERO)
        return _Made(Flag(name), layer=made.layer + 1)
    layers[made.layer][name] = node
    return _Made(Column(name), layer=made.layer + 1)


def _inside_first(numbers: Sequence[Number]) -> Iterator[Node]:
    """Everything in the numbers once, each after what it is made of."""
    seen = set[int]()
    waiting: list[tuple[Node, bool]] = [(number, False) for number in reversed(numbers)]
    while waiting:
        node, is_done = waiting.pop()
        if is_done:
            yield node
        elif id(node) not in seen:
            seen.add(id(node))
            waiting.append((node, True))
            waiting += [(part, False) for part in reversed(inside(node))]
