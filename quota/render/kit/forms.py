"""A list, or a page, in every form. What draws, and what writes workbooks, is imported only on use."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from quota.render.kit.grid import Grid
from quota.render.kit.page import Page, Section
from quota.render.kit.rendering import Cell, Rendering

if TYPE_CHECKING:
    from rich.console import RenderableType


def grid_rendering(grid: Grid, heading: Callable[[], Sequence[tuple[str, str]]] = list) -> Rendering:
    """How to write a list: programs get the same rows as people. `heading` says what it is about."""

    def markdown() -> str:
        return Page(heading(), [Section(grid)]).markdown()

    def terminal(width: int) -> RenderableType:
        from quota.render.kit.terminal import grid_terminal

        return grid_terminal(grid, width, heading())

    def workbook() -> bytes:
        from quota.render.kit.workbook import grid_book

        return grid_book(grid)

    return Rendering(grid.json, grid.csv, markdown, terminal, workbook)


def page_rendering(
    page: Page | Callable[[], Page], json: Callable[[], object], rows: Callable[[], Iterable[Sequence[Cell]]]
) -> Rendering:
    """How to write a page, or the page that a call makes where somebody reads it.

    `json` and `rows` (a header and rows) are what programs get.
    """

    def made() -> Page:
        return page if isinstance(page, Page) else page()

    def terminal(width: int) -> RenderableType:
        from quota.render.kit.terminal import page_terminal

        return page_terminal(made(), width)

    def workbook() -> bytes:
        from quota.render.kit.workbook import page_book

        return page_book(made(), rows())

    return Rendering(json, rows, lambda: made().markdown(), terminal, workbook)
