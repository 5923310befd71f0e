"""What a column of an audit is made of: figures of each bloc and their parts, facts of a unit, and lines.

A `Figure` is what each bloc has, and all blocs together: posts, staff, gap. Its `Part`s are its numbers:
programs and the workbook give each a column of its own, people read them in one cell. A `Fact` is what a unit
has once: its name, its residents, its status.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from operator import attrgetter
from typing import Any

from msgspec import Struct

from quota.core.blocs import Bloc
from quota.core.results import AuditReport, Totals, UnitAudit
from quota.core.text import Text
from quota.render.kit.plain import Plain
from quota.render.kit.rendering import Cell
from quota.render.kit.words import UNKNOWN, number, words

SHORT, OVER = "short", "over"
"""The two colours of a gap."""


class _Unknown:
    """A value of which every part is unknown."""

    def __getattr__(self, name: str) -> None:
        return None


_UNKNOWN = _Unknown()
Values = tuple[Any, ...]
"""A figure of each bloc, then of all blocs together; None is unknown."""


class Part(Struct, frozen=True):
    """One number of a figure.

    `key` follows the bloc's in the keys of programs, `caption` heads its column in a workbook, `title` names
    it where there is one column for all blocs, `row` its row in the workbook's summary where that needs other
    words. `excess` names two parts: it is the first less the second, or 0. `ink` is its colour.
    """

    key: str
    caption: Text
    title: Text
    sign: str = ""
    excess: tuple[str, str] | None = None
    ink: str = ""
    row: Text | None = None


class Figure(Struct, frozen=True):
    """A figure of each bloc and of all blocs together.

    `key` is its name in JSON, `caption` heads it in a table of units. `values` takes it from the audit of a
    unit or from the totals, `shown` is how people read a value, `plain` what JSON holds. `attributes` are the
    names of its parts in a value; without any, a value is its one part.
    `is_whole`: its parts share a column where all blocs have one. `needs` says whether an audit has it,
    `is_tabled` whether lists of units have room for it, `partly` whether some unit's is unknown.
    `rests_on` is what of an audit alone decides its values, where many units share that, or lack it. `added`
    is what of an audit has its values by bloc, where that of all blocs is their sum, part by part.
    """

    key: str
    caption: Text
    parts: tuple[Part, ...]
    values: Callable[[UnitAudit | Totals], Values]
    shown: Callable[[Any], str]
    plain: Callable[[UnitAudit | Totals], object]
    attributes: tuple[str, ...] = ()
    rests_on: str = ""
    added: str = ""
    is_whole: bool = False
    needs: Callable[[AuditReport], bool] = lambda _: True
    is_tabled: bool = True
    partly: Callable[[Totals], bool] = lambda totals: no_residents(totals) or no_staff(totals)

    def split(self, value: Any) -> tuple[int | None, ...]:
        """The parts of a value; None where it is unknown."""
        if not self.attributes:
            return (value,)
        return tuple([None if value is None else getattr(value, name) for name in self.attributes])

    def columns(self, values: list[Any]) -> list[list[Cell]]:
        """The parts of many values, column by column."""
        if not self.attributes or values.count(None) == len(values):
            return [values] * len(self.parts)
        known = [_UNKNOWN if value is None else value for value in values] if None in values else values
        return [list(map(attrgetter(name), known)) for name in self.attributes]

    def rows(self, units: Sequence[UnitAudit]) -> list[Values]:
        """`values` of each unit, worked out once for those that rest on the same."""
        if not self.rests_on:
            return [self.values(audited) for audited in units]
        shared = list(map(attrgetter(self.rests_on), units))
        first = {id(found): audited for found, audited in zip(shared, units, strict=True)}
        made = {key: self.values(audited) for key, audited in first.items()}
        return [made[id(found)] for found in shared]

    def groups(self, units: Sequence[UnitAudit], width: int) -> list[Sequence[Sequence[Cell]]]:
        """The parts column by column: of each of `width` blocs, then of all blocs together."""
        if self.rests_on:
            return self._shared_groups(units, width)
        if not self.added or not units:
            rows = self.rows(units)
            return [self.columns([row[group] for row in rows]) for group in range(width + 1)]
        by_bloc = map(attrgetter(f"{self.added}.values"), units)
        groups = [self.columns(list(values)) for values in zip(*by_bloc, strict=True)]
        return [*groups, [_added(columns) for columns in zip(*groups, strict=True)]]

    def _shared_groups(self, units: Sequence[UnitAudit], width: int) -> list[Sequence[Sequence[Cell]]]:
        """The same where units share what their values rest on: a row of cells is made once for them."""
        shared = list(map(id, map(attrgetter(self.rests_on), units)))
        first = dict(zip(shared, units, strict=True))
        made = {
            key: [cell for value in self.values(audited) for cell in self.split(value)]
            for key, audited in first.items()
        }
        parts = len(self.parts)
        if len(made) == 1:
            (cells,) = made.values()
            alike = {cell: [cell] * len(units) for cell in cells}
            columns: list[Sequence[Cell]] = [alike[cell] for cell in cells]
        else:
            columns = list(zip(*map(made.__getitem__, shared), strict=True)) or [()] * (parts * (width + 1))
        return [columns[start : start + parts] for start in range(0, len(columns), parts)]

    def named(self, value: Any) -> Plain | None:
        """The parts of a value by their keys; null where it is unknown."""
        if value is None:
            return None
        return dict(zip([part.key for part in self.parts], self.split(value), strict=True))

    def shape(self) -> object:
        """What JSON holds of a bloc, with zeros."""
        if len(self.parts) == 1:
            return 0
        return [0] * len(self.parts) if self.is_whole else {part.key: 0 for part in self.parts}


def _added(columns: Sequence[Sequence[Cell]]) -> list[Cell]:
    """The sum of every row's cells, which are counts; unknown where one is."""
    rows: Iterator[Any] = zip(*columns, strict=True)
    if any(None in column for column in columns):
        return [None if None in counts else sum(counts) for counts in rows]
    return list(map(sum, rows))


class Line(Struct, frozen=True):
    """A figure of all blocs, or one part of it, as one column of a list of units or one row of totals."""

    key: str
    title: Text
    figure: Figure
    part: int | None
    sign: str = ""
    ink: str = ""

    def text(self, value: Any) -> str:
        """How people read it."""
        return self.figure.shown(value) if self.part is None else number(self.figure.split(value)[self.part])

    def signed(self, value: Any) -> str:
        """The same with its sign: `−9`, `+1`, `0`."""
        if self.part is None or not self.sign:
            return self.text(value)
        people = self.figure.split(value)[self.part]
        return UNKNOWN if people is None else f"{self.sign}{number(people)}" if people else "0"

    def amount(self, value: Any) -> int | None:
        """The number to sort by."""
        return self.figure.split(value)[self.part or 0]


class Fact(Struct, frozen=True):
    """What a unit has once: `value` for programs, `text` for people, `plain` for JSON where it differs.

    Programs and the workbook have every fact. A list of units for people (terminal, Markdown, page, Word)
    has those that are listed, but on a page and on a terminal none `is_of_staff` where no staff is known.
    `counted` is the same from the columns of a table, each taken by its key, for dataframe engines; of what
    needs more than columns `quota.bulk.frames` says how it is counted. `of_bloc` is what people read of one
    bloc, where that is another thing. `sheet_width` is its room in a workbook in characters. `rests_on` is
    what of an audit alone decides its value, where many units share that.
    """

    key: str
    heading: Text
    value: Callable[[UnitAudit], Cell]
    text: Callable[[UnitAudit], str]
    plain: Callable[[UnitAudit], object] | None = None
    of_bloc: Callable[[UnitAudit, Bloc], str] | None = None
    is_number: bool = False
    sheet_width: float = 13.5
    is_listed: bool = False
    is_of_staff: bool = False
    counted: Callable[[Callable[[str], Any]], Any] | None = None
    rests_on: str = ""
    needs: Callable[[AuditReport], bool] = lambda _: True
    """Whether an audit has it."""

    def column(self, units: Sequence[UnitAudit]) -> list[Cell]:
        """The values of these units, made once for those that share what they rest on."""
        if not self.rests_on:
            return list(map(self.value, units))
        shared = list(map(id, map(attrgetter(self.rests_on), units)))
        made = {key: self.value(audited) for key, audited in dict(zip(shared, units, strict=True)).items()}
        return list(map(made.__getitem__, shared))

    def json(self, audited: UnitAudit) -> object:
        """What JSON holds."""
        return self.value(audited) if self.plain is None else self.plain(audited)

    def heading_in(self, bloc: Bloc | None) -> list[str]:
        """The heading in a list of one bloc's figures; then the bloc's name, where it is of that bloc."""
        heading = words(self.heading)
        return [heading] if bloc is None or self.of_bloc is None else [heading, words(bloc.name)]

    def text_in(self, audited: UnitAudit, bloc: Bloc | None) -> str:
        """How people read it in a list of one bloc's figures; of the unit where it has no bloc's own."""
        return self.text(audited) if bloc is None or self.of_bloc is None else self.of_bloc(audited, bloc)


def no_residents(totals: Totals) -> bool:
    return bool(totals.unknown_population)


def no_staff(totals: Totals) -> bool:
    return any(totals.unknown_staff)
