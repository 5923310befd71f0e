"""A plain list of things: keys for programs, headings for people."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Generic, TypeVar

from msgspec import Struct, field

from quota.core.text import LocalText, Text
from quota.render.kit.rendering import Cell, markdown_table
from quota.render.kit.words import UNKNOWN, show, words

Value = Cell | Text | LocalText | date
T = TypeVar("T")


class Column(Struct, frozen=True):
    """`key` for programs, `heading` for people; `hidden`: only for programs; `whole`: not wrapped.

    `names` are what people read in place of the values that programs do.
    """

    key: str
    heading: Text | LocalText
    numeric: bool = False
    hidden: bool = False
    whole: bool = False
    names: Mapping[str, Text | LocalText] = field(default_factory=dict)


class Grid(Struct, frozen=True):
    """Rows by key under columns. JSON is `{name: [row, …]}` beside whatever `about` adds."""

    name: str
    columns: Sequence[Column]
    rows: Sequence[Mapping[str, Value]]
    about: Mapping[str, object]
    closing: Sequence[Text] = ()

    def shown(self) -> list[Column]:
        """The columns people see."""
        return [column for column in self.columns if not column.hidden]

    def texts(self) -> list[list[str]]:
        """The cells people see in the reader's words, column by column."""
        return [[_cell(self.value(column, row[column.key])) for row in self.rows] for column in self.shown()]

    @staticmethod
    def value(column: Column, value: Value) -> Value:
        """A value in words for people."""
        return column.names.get(value, value) if isinstance(value, str) else value

    def json(self) -> object:
        """The grid's JSON."""
        rows = [{column.key: _plain(row[column.key]) for column in self.columns} for row in self.rows]
        return {**self.about, self.name: rows}

    def csv(self) -> list[Sequence[Cell]]:
        """The grid's CSV: the keys, then a row each."""
        keys = [column.key for column in self.columns]
        return [keys, *([_flat(row[key]) for key in keys] for row in self.rows)]

    def markdown(self) -> str:
        """The table for pasting, its closing lines below."""
        header = [words(column.heading) for column in self.shown()]
        listed = bool(self.rows) or not self.closing
        table = markdown_table(header, zip(*self.texts(), strict=True)) if listed else ""
        return (table + "".join(f"\n{words(line)}\n" for line in self.closing)).lstrip("\n")


class Shown(Struct, Generic[T], frozen=True):
    """A column of a table, and what it shows (`of`) of each thing that has a row.

    Without a `key` it is for people alone; it is not there at all unless `when`.
    """

    heading: Text | LocalText
    of: Callable[[T], Value]
    key: str = ""
    numeric: bool = False
    hidden: bool = False
    whole: bool = False
    names: Mapping[str, Text | LocalText] = field(default_factory=dict)
    when: bool = True


def figures(
    heading: Text | LocalText,
    of: Callable[[T], Value],
    key: str = "",
    *,
    hidden: bool = False,
    when: bool = True,
) -> Shown[T]:
    """A column of figures, which are on the right."""
    return Shown(heading, of, key, numeric=True, hidden=hidden, when=when)


def table(
    things: Iterable[T],
    *shown: Shown[T],
    name: str = "",
    about: Mapping[str, object] | None = None,
    closing: Sequence[Text] = (),
) -> Grid:
    """A row for each thing, under the columns that say what they show of it."""
    there = [
        (
            Column(part.key or str(place), part.heading, part.numeric, part.hidden, part.whole, part.names),
            part.of,
        )
        for place, part in enumerate(shown)
        if part.when
    ]
    rows = [{column.key: of(thing) for column, of in there} for thing in things]
    return Grid(name, [column for column, _ in there], rows, about or {}, closing)


def _cell(value: Value) -> str:
    return UNKNOWN if value is None else show(value)


def _plain(value: Value) -> object:
    if isinstance(value, LocalText):
        return {"vi": value.vi, "en": value.en}
    return _flat(value)


def _flat(value: Value) -> Cell:
    return str(value) if isinstance(value, Text | LocalText | date) else value
