"""Which way a number moves with a column: whether more of it can only add, or only take away."""

from __future__ import annotations

from quota.norms.arithmetic.expression import (
    AtLeast,
    Both,
    Choose,
    Column,
    Difference,
    Either,
    Flag,
    FloorDivision,
    Greatest,
    Least,
    Node,
    Not,
    Product,
    Sum,
)
from quota.norms.arithmetic.sharing import Shared

Lean = int | None
"""1 where the number never falls as the column rises (no is below yes), -1 where it never rises, 0 where it
is the same; None where it may do both, or that is not seen."""


class Leaning:
    """How numbers and conditions that `shared` made move with their columns."""

    def __init__(self, shared: Shared) -> None:
        self._shared = shared
        self._found: dict[tuple[int, str], Lean] = {}

    def of(self, node: Node, column: str) -> Lean:
        """How it moves with a column; a condition that begins to hold rises."""
        if column not in self._shared.open(node):
            return 0
        key = id(node), column
        if key not in self._found:
            self._found[key] = self._of(node, column)
        return self._found[key]

    def _of(self, node: Node, column: str) -> Lean:  # noqa: C901, PLR0911  (one case a kind of node)
        match node:
            case Column() | Flag():
                return 1
            case Sum(first=first, second=second) | Least(first=first, second=second):
                return _together(self.of(first, column), self.of(second, column))
            case Greatest(first=first, second=second):
                return _together(self.of(first, column), self.of(second, column))
            case Difference(first=first, second=second) | AtLeast(first=first, second=second):
                return _together(self.of(first, column), _turned(self.of(second, column)))
            case Product(first=first, second=second):
                if min(self._shared.reach(first)[0], self._shared.reach(second)[0]) >= 0:
                    return _together(self.of(first, column), self.of(second, column))
            case FloorDivision(dividend=dividend, divisor=divisor):
                return self.of(dividend, column) if self.of(divisor, column) == 0 else None
            case Choose():
                return self._choice(node, column)
            case Both(parts=parts) | Either(parts=parts):
                lean: Lean = 0
                for part in parts:
                    lean = _together(lean, self.of(part, column))
                return lean
            case Not(part=part):
                return _turned(self.of(part, column))
            case _:
                pass
        return None

    def _choice(self, node: Choose, column: str) -> Lean:
        both = _together(self.of(node.then, column), self.of(node.otherwise, column))
        holding = self.of(node.when, column)
        if holding == 0 or both is None:
            return both
        (low, high), (least, most) = self._shared.reach(node.then), self._shared.reach(node.otherwise)
        if low >= most:
            return _together(both, holding)
        return _together(both, _turned(holding)) if high <= least else None


def _together(first: Lean, second: Lean) -> Lean:
    if first == 0:
        return second
    return first if second in (0, first) else None


def _turned(lean: Lean) -> Lean:
    return None if lean is None else -lean
