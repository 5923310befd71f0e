"""Tables, lists and pages on a terminal: no figure is ever cut off."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace
from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.measure import Measurement
from rich.table import Table
from rich.text import Text as Styled

from quota.render.kit.grid import Column, Grid
from quota.render.kit.page import Bar, Page, Section
from quota.render.kit.words import MINUS, words

_READABLE = 14
"""A column of a grid's words may be folded down to this many letters."""
_LEAST_NAME = 12
"""The same where a table has its own headings; a column of figures is not folded at all."""
_BESIDE = 2
_WIDEST, _NARROWEST = 32, 8
"""How many columns a picture beside a row takes."""

_SHORT = re.compile(rf"{MINUS}[0-9.,]+")
_OVER = re.compile(r"\+[0-9.,]+")


def labelled(lines: Sequence[tuple[str, str]]) -> Table:
    """Labels and words beside them, wrapped where they stand."""
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="bold", no_wrap=True)
    grid.add_column(overflow="fold")
    for label, text in lines:
        grid.add_row(Styled(label), Styled(text))
    return grid


def coloured(text: str) -> Styled:
    """Figures with what is short in red and what is over in yellow; the signs say it without colour."""
    styled = Styled(text)
    styled.highlight_regex(_SHORT, style="red")
    styled.highlight_regex(_OVER, style="yellow")
    return styled


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


def table_or_list(
    headings: Sequence[str], numeric: Sequence[bool], rows: Sequence[Sequence[str]], width: int
) -> RenderableType:
    """Rows under headings, figures to the right; where folding words is not enough, each row is a list."""
    if _needed(headings, numeric, rows) > width:
        return as_lists(headings, rows)
    table = Table(box=None, padding=(0, _BESIDE, 0, 0), pad_edge=False, header_style="bold")
    for heading, figures in zip(headings, numeric, strict=True):
        table.add_column(heading, justify="right" if figures else "left", no_wrap=figures, overflow="fold")
    for row in rows:
        table.add_row(*(Styled(cell) for cell in row))
    return table


def as_lists(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> RenderableType:
    """Each row as a list of its cells beside their headings."""
    return Group(*(_list(headings, row) for row in rows))


def _needed(headings: Sequence[str], numeric: Sequence[bool], rows: Sequence[Sequence[str]]) -> int:
    needed = _BESIDE * (len(headings) - 1)
    for place, (heading, figures) in enumerate(zip(headings, numeric, strict=True)):
        widest = max([len(heading), *(len(row[place]) for row in rows)])
        needed += widest if figures else min(widest, _LEAST_NAME)
    return needed


def _list(headings: Sequence[str], row: Sequence[str]) -> RenderableType:
    """The row's cells under each other, beside their headings."""
    grid = Table.grid(padding=(0, _BESIDE))
    grid.add_column(style="bold", no_wrap=True)
    grid.add_column(overflow="fold")
    for heading, cell in zip(headings, row, strict=True):
        if cell:
            grid.add_row(Styled(heading), Styled(cell))
    return Group(grid, "")


def page_terminal(page: Page, width: int) -> RenderableType:
    """Heading, tables with what is drawn beside or below them, closing lines; piped, no pictures."""
    parts: list[RenderableType] = [labelled(page.heading)] if page.heading else []
    for section in page.sections:
        parts.append("")
        if section.title:
            style = "bold underline" if page.outlined else "bold"
            parts.append(Styled(words(section.title), style=style))
        if page.outlined:
            parts.append(grid_terminal(section.grid, width))
        else:
            parts += [_Pictured(section), *(Styled(words(line)) for line in section.grid.closing)]
        parts += [_bars(section.bars, width)] if section.bars else []
        parts += [Styled(words(section.key))] if section.key else []
    if page.closing:
        parts += ["", *(Styled(words(line)) for line in page.closing)]
    return Group(*parts)


class _Pictured(Struct, frozen=True):
    """A table, in parts where it is too wide; on a terminal with room for it, beside it its pictures."""

    section: Section

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        *before, last = split_to_fit(self.section.grid, options.max_width)
        for part in before:
            yield grid_table(part)
            yield ""
        table = grid_table(last)
        room = options.max_width - Measurement.get(console, options, table).maximum
        if self.section.pictures and console.is_terminal and room >= _NARROWEST:
            width = min(room, _WIDEST)
            table = grid_table(last, [picture(width) for picture in self.section.pictures])
        yield table


def _bars(rows: Sequence[Bar], width: int) -> Styled:
    """Horizontal bars to one scale, a line each; never wider than `width`, never nothing for something."""
    label_room = max(len(label) for label, *_ in rows)
    end_room = max(len(end) for *_, end in rows)
    room = max(width - label_room - end_room - 4, 10)
    most = max(dark + light for _, dark, light, _ in rows) or 1
    scale = min(1.0, room / most)

    def length(people: int) -> int:
        return max(int(people * scale), 1) if people else 0

    lines = [
        Styled.assemble(
            f"{label:>{label_room}}  ",
            ("█" * length(dark), "red"),
            ("░" * length(light), "yellow"),
            f"  {end}",
        )
        for label, dark, light, end in rows
    ]
    return Styled("\n", no_wrap=True, overflow="ignore").join(lines)
