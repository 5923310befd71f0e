"""What each type of unit is granted, as columns: what several ends of several blocs share is counted once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import narwhals as nw

from quota.bulk.algebra import engine_expression, engine_part
from quota.bulk.asking import answer_of, asked_of
from quota.bulk.reading import RESIDENTS, TYPE
from quota.bulk.worlds import Asking, Worlds, coded
from quota.core.units import UnitType
from quota.norms.arithmetic.cutting import cut
from quota.norms.arithmetic.expression import Number
from quota.norms.arithmetic.parts import PART
from quota.norms.arithmetic.sharing import Shared
from quota.norms.arithmetic.trying import UNKNOWN

ByType = Mapping[UnitType, Number]


def with_granted(table: Any, asking: Asking, worlds: Sequence[Worlds], wanted: Mapping[str, ByType]) -> Any:
    """The table with a column for each of `wanted`: by the type of the unit, a number that `worlds` found.

    A number that is wanted under several names is counted once, and written under them all: engines that look
    for nothing twice would count it as often.
    """
    shared = Shared(())
    same: dict[tuple[int, ...], str] = {}
    numbers: list[Number] = []
    places: dict[str, dict[UnitType, int]] = {}
    copied: dict[str, nw.Expr] = {}
    for name, of_type in wanted.items():
        found = {unit_type: shared.of(number) for unit_type, number in of_type.items()}
        first = same.setdefault(tuple(map(id, found.values())), name)
        if first != name:
            copied[name] = nw.col(first)
            continue
        places[name] = {}
        for unit_type, number in found.items():
            places[name][unit_type] = len(numbers)
            numbers.append(number)
    made = cut(numbers)
    engine = _Columns(asking, worlds)
    kept: list[str] = []
    for layer in made.layers:
        table = table.with_columns(**{_kept(name): engine.part(part) for name, part in layer.items()})
        kept += map(_kept, layer)
    counted = {
        name: by_type(
            {unit_type: engine.number(made.numbers[place]) for unit_type, place in of_type.items()},
            {unit_type: made.numbers[place] for unit_type, place in of_type.items()},
        )
        for name, of_type in places.items()
    }
    table = table.with_columns(**counted)
    table = table.drop(kept) if kept else table
    return table.with_columns(**copied) if copied else table


def by_type(given: Mapping[UnitType, nw.Expr], rules: Mapping[UnitType, object]) -> nw.Expr:
    """One expression where all types have the same rule, else each type's own."""
    chosen = given[UnitType.COMMUNE]
    for unit_type in (UnitType.WARD, UnitType.SPECIAL_ZONE):
        if rules[unit_type] != rules[UnitType.COMMUNE]:
            chosen = nw.when(nw.col(TYPE) == unit_type.value).then(given[unit_type]).otherwise(chosen)
    return chosen


def _kept(part: str) -> str:
    """The column of a part."""
    return f"__quota_{part}"


class _Columns:
    """By the names under which expressions ask for them: columns of the table."""

    def __init__(self, asking: Asking, worlds: Sequence[Worlds]) -> None:
        self._asking = asking
        asked = asked_of(asking.norms)
        self._taken = {
            name: (column, coded(asked[column], value))
            for found in worlds
            for name, (column, value) in found.taken.items()
        }
        self._words = {name: asked[column].words for name, (column, _) in self._taken.items()}
        self._known = nw.col(RESIDENTS)

    def __getitem__(self, name: str) -> nw.Expr:
        if name.startswith(PART):
            return nw.col(_kept(name))
        if name.startswith(UNKNOWN):
            return self._asking.is_unknown(name.removeprefix(UNKNOWN))
        if name == "residents":
            return self._known
        column, value = self._taken.get(name, (name, None))
        answer = nw.col(answer_of(column))
        return answer if value is None else answer.fill_null(value)

    def number(self, number: Number) -> nw.Expr:
        """A number, null where residents are."""
        return engine_expression(number, self, self._known, self._words)

    def part(self, number: Number) -> nw.Expr:
        """A part, of which it is no matter what it is there."""
        return engine_part(number, self, self._known, self._words)
