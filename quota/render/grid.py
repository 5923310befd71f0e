"""A plain list of things in all four forms: keys for programs, headings for people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quota.core.text import LocalText, Text, show_english
from quota.render.rendering import Cell, Rendering, markdown_table
from quota.render.words import UNKNOWN, number, words

if TYPE_CHECKING:
    from rich.console import RenderableType

Value = Cell | Text | LocalText


@dataclass(frozen=True, slots=True)
class Column:
    """`key` for programs, `heading` for people; `hidden`: only for programs; `whole`: not wrapped."""

    key: str
    heading: Text
    numeric: bool = False
    hidden: bool = False
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows by key under columns. JSON is `{name: [row, …]}` beside whatever `about` adds."""

    name: str
    columns: Sequence[Column]
    rows: Sequence[Mapping[str, Value]]
    about: Mapping[str, object]
    closing: Sequence[Text] = ()

    def rendering(self) -> Rendering:
        """How to write it."""

        def terminal(width: int) -> RenderableType:
            from quota.render.grid_terminal import grid_terminal

            return grid_terminal(self, width)

        return Rendering(self._json, self._csv, self._markdown, terminal)

    def shown(self) -> list[Column]:
        """The columns people see."""
        return [column for column in self.columns if not column.hidden]

    def cells(self, row: Mapping[str, Value]) -> list[str]:
        """A row in the reader's words."""
        return [_cell(row[column.key]) for column in self.shown()]

    def _json(self) -> object:
        rows = [{column.key: _plain(row[column.key]) for column in self.columns} for row in self.rows]
        return {**self.about, self.name: rows}

    def _csv(self) -> list[Sequence[Cell]]:
        keys = [column.key for column in self.columns]
        return [keys, *([_flat(row[key]) for key in keys] for row in self.rows)]

    def _markdown(self) -> str:
        header = [words(column.heading) for column in self.shown()]
        table = markdown_table(header, [self.cells(row) for row in self.rows])
        return table + "".join(f"\n{words(line)}\n" for line in self.closing)


def _cell(value: Value) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return number(value)
    if value is None:
        return UNKNOWN
    return words(value) if isinstance(value, Text | LocalText | str) else show_english(value)


def _plain(value: Value) -> object:
    if isinstance(value, LocalText):
        return {"vi": value.vi, "en": value.en}
    return str(value) if isinstance(value, Text) else value


def _flat(value: Value) -> Cell:
    return str(value) if isinstance(value, Text | LocalText) else value
