"""What columns that may be unknown can be, put in their place one after the other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import cast

from quota.norms.arithmetic.expression import AtLeast, Column, Condition, Flag, Is, Node
from quota.norms.arithmetic.sharing import Kind, Shared, Taken, Value
from quota.norms.arithmetic.walking import inside

UNKNOWN = "unknown:"
"""Begins the name of a column that says whether another is unknown."""
_FEW = 2
"""Up to this number of values of a column are tried in every row; of more, only where it is unknown."""


class Trying:
    """Puts values for columns: `choices` has what each may be, `silent` are those that no unit answers."""

    def __init__(self, choices: Mapping[str, Sequence[Value]], silent: Iterable[str]) -> None:
        self.shared = Shared(choices)
        self.choices, self._silent = choices, frozenset(silent)

    def taken(self, column: str, value: Value) -> Taken:
        """A value for a column where it is unknown; for a silent one, that is everywhere."""
        return Taken(value, settled=column in self._silent)

    def is_tried_everywhere(self, column: str, values: Sequence[Value]) -> bool:
        """Whether values are put for a column in every row, not only in those where it is unknown."""
        return column in self._silent or len(values) <= _FEW

    def put(self, node: Kind, column: str, taken: Taken) -> Kind:
        """A number, or a condition, with a column as it is taken to be."""
        return self.shared.put(node, {column: taken})

    def made(self, node: Kind, *inner: Node) -> Kind:
        """The same number, or condition, of other parts."""
        return cast("Kind", self.shared.made(node, inner))

    def is_unknown(self, column: str) -> Condition:
        """Whether a column is unknown."""
        return self.made(Flag(UNKNOWN + column))

    def telling(self, node: Node, column: str) -> list[Value]:
        """Values of a column, one for each way in which what is asked of it is answered."""
        asked = list(self._asked(node, column))
        found: dict[tuple[int, ...], Value] = {}
        for value in self.choices[column]:
            answers = tuple([self._answer(question, column, value) for question in asked])
            found.setdefault(answers, value)
        return list(found.values())

    def _answer(self, question: Node, column: str, value: Value) -> int:
        """A number that is the same where the answer is: of whole lists of words, no answer is made."""
        if isinstance(question, Is):
            return value in question.words
        return id(self.shared.taking(question, {column: Taken(value, settled=True)}))

    def _asked(self, node: Node, column: str) -> Iterator[Node]:
        """What is asked of a column in something, each question once."""
        seen, waiting = set[int](), [node]
        while waiting:
            node = waiting.pop()
            if id(node) in seen or column not in self.shared.open(node):
                continue
            seen.add(id(node))
            if isinstance(node, Flag | Is | AtLeast | Column):
                yield node
            else:
                waiting += inside(node)
