"""What an expression is made of: gone through, and put in place of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from quota.norms.arithmetic.expression import Column, Flag, Is, Node


def columns_of(part: Node) -> Iterator[str]:
    """The columns an expression asks for, each as often as it does."""
    if isinstance(part, Column):
        yield part.name
    elif isinstance(part, Flag | Is):
        yield part.column
    else:
        for inner in inside(part):
            yield from columns_of(inner)


_MADE_OF = frozenset(("first", "second", "dividend", "divisor", "when", "then", "otherwise", "parts", "part"))
"""The fields in which expressions are."""


def inside(node: Node) -> list[Node]:
    """What an expression is made of; nothing of what is no expression, which `derive` refuses."""
    found: list[Node] = []
    for name in getattr(node, "__struct_fields__", ()):
        if name in _MADE_OF:
            value = getattr(node, name)
            found += value if isinstance(value, tuple) else (value,)
    return found


def with_inside(node: Node, made: Sequence[Node]) -> Node:
    """The same made of these in place of what it is made of."""
    rest = iter(made)
    changes: dict[str, object] = {}
    for name in node.__struct_fields__:
        if name in _MADE_OF:
            value = getattr(node, name)
            many = isinstance(value, tuple)
            changes[name] = tuple([next(rest) for _ in value]) if many else next(rest)
    return replace(node, **changes)
