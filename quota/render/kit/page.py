"""A page of tables under a heading, with pictures beside the figures where someone looks at a terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from quota.core.text import Text
from quota.core.units import InputFile
from quota.render.kit.grid import Grid
from quota.render.kit.rendering import Cell, Rendering
from quota.render.kit.words import markdown, words

if TYPE_CHECKING:
    from rich.console import RenderableType

Picture = Callable[[int], str]
"""Draws itself in so many columns."""


class Sheet(Struct, frozen=True):
    """A table of a page. `pictures`, one a row, are drawn beside it on a terminal and nowhere else."""

    grid: Grid
    title: Text | None = None
    pictures: Sequence[Picture] = ()


class Page(Struct, frozen=True):
    """Labelled lines, tables, closing lines."""

    heading: Sequence[tuple[str, str]]
    sheets: Sequence[Sheet]
    closing: Sequence[Text] = ()

    def rendering(
        self, json: Callable[[], object], rows: Callable[[], Iterable[Sequence[Cell]]]
    ) -> Rendering:
        """How to write it, with what programs get."""

        def terminal(width: int) -> RenderableType:
            from quota.render.page_terminal import page_terminal

            return page_terminal(self)

        def workbook() -> bytes:
            from quota.render.kit.workbook import page_book

            tables = [(sheet.title, sheet.grid) for sheet in self.sheets]
            return page_book(self.heading, tables, self.closing, rows())

        return Rendering(json, rows, lambda: page_markdown(self), terminal, workbook)


def sheets_of(*parts: tuple[Text, Grid]) -> list[Sheet]:
    """Tables under their titles, without those that have no rows."""
    return [Sheet(grid, title) for title, grid in parts if grid.rows]


def page_markdown(page: Page) -> str:
    """The page for pasting."""
    parts = ["".join(f"- **{label}**: {markdown(text)}\n" for label, text in page.heading)]
    for sheet in page.sheets:
        title = f"**{words(sheet.title)}**\n\n" if sheet.title else ""
        parts.append(title + sheet.grid.rendering().markdown())
    parts.append("".join(f"- {words(line)}\n" for line in page.closing))
    return "\n".join(part for part in parts if part)


def inputs_line(inputs: Iterable[InputFile]) -> str:
    """The files behind a page."""
    return " + ".join(words(file.path) for file in inputs)
