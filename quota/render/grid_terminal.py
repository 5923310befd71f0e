"""A grid on a terminal."""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text as Styled

from quota.render.grid import Grid
from quota.render.words import words


def grid_terminal(grid: Grid) -> RenderableType:
    """The columns people see, wrapped to the width; closing lines below."""
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="bold")
    for column in grid.shown():
        table.add_column(
            words(column.heading),
            justify="right" if column.numeric else "left",
            no_wrap=column.numeric,
            overflow="fold",
        )
    for row in grid.rows:
        table.add_row(*(Styled(cell) for cell in grid.cells(row)))
    return Group(table, *(Styled(words(line)) for line in grid.closing))
