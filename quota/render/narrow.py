"""A table where there is room for all its figures, else a list under each row: no figure is ever cut off."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text as Styled

GAP = 2
LEAST_NAME = 12
"""A column of words may be folded down to this many letters; a column of figures not at all."""


def table_or_list(
    headings: Sequence[str], numeric: Sequence[bool], rows: Sequence[Sequence[str]], width: int
) -> RenderableType:
    """Rows under headings, figures to the right; where folding words is not enough, each row is a list."""
    if _needed(headings, numeric, rows) > width:
        return as_lists(headings, rows)
    table = Table(box=None, padding=(0, GAP, 0, 0), pad_edge=False, header_style="bold")
    for heading, figures in zip(headings, numeric, strict=True):
        table.add_column(heading, justify="right" if figures else "left", no_wrap=figures, overflow="fold")
    for row in rows:
        table.add_row(*(Styled(cell) for cell in row))
    return table


def as_lists(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> RenderableType:
    """Each row as a list of its cells beside their headings."""
    return Group(*(_list(headings, row) for row in rows))


def _needed(headings: Sequence[str], numeric: Sequence[bool], rows: Sequence[Sequence[str]]) -> int:
    needed = GAP * (len(headings) - 1)
    for place, (heading, figures) in enumerate(zip(headings, numeric, strict=True)):
        widest = max([len(heading), *(len(row[place]) for row in rows)])
        needed += widest if figures else min(widest, LEAST_NAME)
    return needed


def _list(headings: Sequence[str], row: Sequence[str]) -> RenderableType:
    """The row's cells under each other, beside their headings."""
    grid = Table.grid(padding=(0, GAP))
    grid.add_column(style="bold", no_wrap=True)
    grid.add_column(overflow="fold")
    for heading, cell in zip(headings, row, strict=True):
        if cell:
            grid.add_row(Styled(heading), Styled(cell))
    return Group(grid, "")
