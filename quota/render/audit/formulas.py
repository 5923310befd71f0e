"""Expressions of a frame as the formulas of a spreadsheet, and the names of the cells they refer to."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import reduce
from itertools import chain, combinations

from quota.core.text import Text
from quota.core.units import UnitType
from quota.norms.arithmetic.columns import scale_of
from quota.norms.arithmetic.expression import (
    Condition,
    Difference,
    FloorDivision,
    Greatest,
    Least,
    Node,
    Number,
    OfTwo,
    Product,
    Sum,
    derive,
    derive_condition,
)
from quota.norms.arithmetic.parts import PART
from quota.norms.arithmetic.rounding import Rounding, way_in_words
from quota.norms.granting import Norm
from quota.render.kit.words import YES, words

POSTS = "posts:"
"""Begins the name of an end of another bloc's posts, which has a cell of its own."""

_OF_TWO: Mapping[type[OfTwo], str] = {
    Sum: "({}+{})",
    Difference: "({}-{})",
    Product: "({}*{})",
    FloorDivision: "INT({}/{})",
    Least: "MIN({},{})",
    Greatest: "MAX({},{})",
}
_MOST_ASKED = 100
"""A function takes no more than 255 things."""


class _Formulas:
    """Expressions as the formulas of a spreadsheet; `cells` are the unit's own, by column.

    `unknown` has what stands for a number of which the cell is empty, where that is not zero; an empty cell
    of the columns `taken` is a yes.
    """

    def __init__(self, cells: Mapping[str, str], unknown: Mapping[str, int], taken: Collection[str]) -> None:
        self.cells, self.unknown, self.taken = cells, unknown, taken

    def column(self, name: str) -> str:
        cell = self.cells[name]
        scale = 1 if name.startswith((POSTS, PART)) else scale_of(name)
        said = cell if scale == 1 else f"ROUND({cell}*{scale},0)"
        return f"IF(ISNUMBER({cell}),{said},{self.unknown[name]})" if name in self.unknown else said

    def constant(self, value: int, said: str) -> str:
        return cell_name(said) if said else str(value)

    def of_two(self, kind: type[OfTwo], first: str, second: str) -> str:
        return _OF_TWO[kind].format(first, second)

    def choose(self, when: str, then: str, otherwise: str) -> str:
        return f"IF({when},{then},{otherwise})"

    def rounded(self, ways: Mapping[Rounding, str], chosen: Rounding, said: str) -> str:
        *others, last = ways.items()
        return reduce(
            lambda found, way: f"IF({cell_name(said)}={quoted(way_in_words(way[0]))},{way[1]},{found})",
            reversed(others),
            last[1],
        )

    def truth(self, holds: bool) -> str:
        return "TRUE" if holds else "FALSE"

    def flag(self, column: str) -> str:
        cell = self.cells[column]
        yes = f"{cell}={quoted(YES)}"
        return f'OR({yes},{cell}="")' if column in self.taken else f"({yes})"

    def is_one_of(self, column: str, words: tuple[str, ...]) -> str:
        cell = self.cells[column]
        asked = [f"{cell}={in_quotes(word)}" for word in words]
        some = [asked[first : first + _MOST_ASKED] for first in range(0, len(asked), _MOST_ASKED)]
        return reduce(self.either, [f"OR({','.join(questions)})" for questions in some])

    def at_least(self, first: str, second: str) -> str:
        return f"({first}>={second})"

    def both(self, first: str, second: str) -> str:
        return f"AND({first},{second})"

    def either(self, first: str, second: str) -> str:
        return f"OR({first},{second})"

    def negate(self, condition: str) -> str:
        return f"NOT({condition})"


def in_a_formula(norm: Norm, node: Node, cells: Mapping[str, str], taken: Collection[str] = ()) -> str:
    """The number, or the condition, as a part of a formula over the unit in these cells.

    An empty cell is counted as an audit counts what is unknown: as if nothing held that hangs on it; one of
    the columns `taken` as a yes.
    """
    firsts = {column: known[0] for column, known in norm.asked.items() if column not in norm.counted}
    unknown = {column: first for column, first in firsts.items() if type(first) is int}
    formulas = _Formulas(cells, unknown, taken)
    return derive_condition(node, formulas) if isinstance(node, Condition) else derive(node, formulas)


def formula(
    norm: Norm, number: Number, cells: Mapping[str, str], ranges: Collection[str] = (), furthest: str = "MIN"
) -> str:
    """The number of the unit in these cells; nothing where one that is counted is no number.

    Where columns of `ranges` are empty, it is the `furthest` (MIN or MAX) of what these may be.
    """
    known = [f"ISNUMBER({cells[column]})" for column in norm.counted]
    all_known = known[0] if len(known) == 1 else f"AND({','.join(known)})"
    asked = [column for column in norm.asked if column in ranges]
    worlds = chain.from_iterable(combinations(asked, many) for many in range(len(asked) + 1))
    counted = dict.fromkeys(in_a_formula(norm, number, cells, taken) for taken in worlds)
    said = ",".join(counted)
    return f'=IF({all_known},{said if len(counted) == 1 else f"{furthest}({said})"},"")'


def cell_name(said: str) -> str:
    """The name of the cell of one of the frame's numbers: `government_per_residents`."""
    parts = [part for part in said.split(".") if part not in ("blocs", "unit_types", "range")]
    if parts[-2] == "increment":
        parts.remove("increment")
    return "_".join(parts).replace("-", "_")


def quoted(text: Text) -> str:
    """Words inside a formula."""
    return in_quotes(words(text))


def in_quotes(text: str) -> str:
    """A text inside a formula."""
    inside = text.replace('"', '""')
    return f'"{inside}"'


def minimum_name(unit_type: UnitType) -> str:
    """The name of the cell of a type's minimum population."""
    return f"minimum_{unit_type.value}"
