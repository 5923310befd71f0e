"""A grid on a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text as Styled

from quota.render.kit.grid import Column, Grid
from quota.render.kit.words import words
from quota.render.narrow import as_lists

_READABLE = 14
_BESIDE = 2


def grid_terminal(grid: Grid, width: int) -> RenderableType:
    """The columns people see, wrapped to the width, or rows as lists; closing lines below."""
    fits = sum(_least_width(grid, column) for column in grid.shown()) - _BESIDE <= width
    table = grid_table(grid) if fits else _lists(grid)
    return Group(table, *(Styled(words(line)) for line in grid.closing))


def _lists(grid: Grid) -> RenderableType:
    headings = [words(column.heading) for column in grid.shown()]
    return as_lists(headings, [grid.cells(row) for row in grid.rows])


def split_to_fit(grid: Grid, width: int) -> list[Grid]:
    """The grid, or where its figures do not fit `width`, several that each repeat its first column."""
    first, *rest = grid.shown()
    room = width - _least_width(grid, first)
    parts: list[list[Column]] = [[]]
    left = room
    for column in rest:
        need = _least_width(grid, column)
        if need > left and parts[-1]:
            parts.append([])
            left = room
        parts[-1].append(column)
        left -= need
    return [replace(grid, columns=[first, *part]) for part in parts]


def _least_width(grid: Grid, column: Column) -> int:
    """The columns it needs to be read, with the space beside it: figures whole, words wrapped."""
    shown = replace(grid, columns=[column])
    longest = max(len(text) for text in (words(column.heading), *(shown.cells(row)[0] for row in grid.rows)))
    return (longest if column.numeric or column.whole else min(longest, _READABLE)) + _BESIDE


def grid_table(grid: Grid, drawn: Sequence[str] = ()) -> Table:
    """The columns people see; with `drawn`, one more column, of a picture for each row."""
    table = Table(box=None, padding=(0, _BESIDE, 0, 0), pad_edge=False, header_style="bold")
    for column in grid.shown():
        table.add_column(
            words(column.heading),
            justify="right" if column.numeric else "left",
            no_wrap=column.numeric or column.whole,
            overflow="fold",
        )
    if drawn:
        table.add_column("", no_wrap=True, overflow="crop")
    for place, row in enumerate(grid.rows):
        cells = [Styled(cell) for cell in grid.cells(row)]
        table.add_row(*cells, *([Styled(drawn[place])] if drawn else []))
    return table
