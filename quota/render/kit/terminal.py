"""Tables, lists and pages on a terminal: no figure is ever cut off."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct
from rich.cells import chop_cells
from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.measure import Measurement
from rich.segment import Segment
from rich.table import Table
from rich.text import Text as Styled

from quota.render.kit.grid import Grid
from quota.render.kit.page import Bar, Page, Section
from quota.render.kit.text_table import BESIDE, TextColumn, TextTable
from quota.render.kit.widths import piece_class, width_of
from quota.render.kit.words import MINUS, words

_READABLE = 14
"""A column of a grid's words may be folded down to this many letters."""
_LEAST_NAME = 12
"""The same where a table has its own headings; a column of figures is not folded at all."""
_WIDEST, _NARROWEST = 32, 8
"""How many columns a picture beside a row takes."""

_SIGNED = re.compile(rf"([{MINUS}+][0-9.,]+)")
Pieces = list[tuple[str, str]]
"""A line: texts, each with its style."""


def labelled(lines: Sequence[tuple[str, str]]) -> Table:
    """Labels and words beside them, wrapped where they are."""
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="bold", no_wrap=True)
    grid.add_column(overflow="fold")
    for label, text in lines:
        grid.add_row(Styled(label), Styled(text))
    return grid


def coloured(text: str) -> Styled:
    """Figures with what is short in red and what is over in yellow; the signs say it without colour."""
    return Styled.assemble(*coloured_pieces(text))


def coloured_pieces(text: str) -> Pieces:
    """The same, as pieces of a line."""
    parts = _SIGNED.split(text)
    return [
        (part, ("red" if part[0] == MINUS else "yellow") if place % 2 else "")
        for place, part in enumerate(parts)
        if part
    ]


def lines_of_pieces(lines: Sequence[Pieces], *, fits: bool) -> RenderableType:
    """Aligned lines as one text; where they do not fit, they go on in the next line: nothing is cut off."""
    if fits and all(text.isprintable() for line in lines for text, _ in line):
        return _Lines(lines)
    styled = [Styled.assemble(*line) for line in lines]
    return Styled("\n", no_wrap=fits, overflow="ignore" if fits else "fold").join(styled)


def fitting(groups: Sequence[Sequence[int]], beside: int, width: int) -> list[list[int]]:
    """The places of groups that stand in one table beside `beside` columns, given each column's width."""
    tables: list[list[int]] = [[]]
    left = width - beside
    for place, widths in enumerate(groups):
        need = sum(widths) + len(widths)
        if need > left and tables[-1]:
            tables.append([])
            left = width - beside
        tables[-1].append(place)
        left -= need
    return tables


def padded(text: str, width: int) -> str:
    """Filled up to `width` terminal cells; some letters take two, some none."""
    return text + " " * (width - width_of(text))


def wrapped(name: str, width: int) -> list[str]:
    """A name in lines of at most `width` cells, broken between words where that is possible."""
    if width_of(name) <= width and not name.startswith(" "):
        return [name]
    lines = [""]
    for word in name.split(" "):
        for piece in chop_cells(word, width) or [""]:
            joined = f"{lines[-1]} {piece}" if lines[-1] else piece
            if width_of(joined) <= width:
                lines[-1] = joined
            else:
                lines.append(piece)
    return lines


class _Lines(Struct, frozen=True):
    """Lines that need no wrapping, in their styles: as `rich.text.Text` draws them, sooner."""

    lines: Sequence[Pieces]

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        styles = {
            style: console.get_style(style) for style in {style for line in self.lines for _, style in line}
        }
        for line in self.lines:
            for text, style in line:
                yield piece_class(text)(text, styles[style])
            yield Segment.line()


def grid_terminal(grid: Grid, width: int, heading: Sequence[tuple[str, str]] = ()) -> RenderableType:
    """What it is about, the columns people see, wrapped to the width, or rows as lists; closing lines below.

    Where nothing is listed, closing lines say so: headings over nothing would say it twice.
    """
    parts: list[RenderableType] = [labelled(heading), ""] if heading else []
    columns = text_columns(grid)
    if grid.rows or not grid.closing:
        fits = sum(map(_least_width, columns)) - BESIDE <= width
        parts.append(TextTable(columns) if fits else _as_lists(columns))
    return Group(*parts, *(Styled(words(line)) for line in grid.closing))


def text_columns(grid: Grid) -> list[TextColumn]:
    """The columns people see, in their words."""
    return [
        TextColumn(words(column.heading), cells, column.numeric, column.numeric or column.whole)
        for column, cells in zip(grid.shown(), grid.texts(), strict=True)
    ]


def split_to_fit(columns: Sequence[TextColumn], width: int) -> list[list[TextColumn]]:
    """The columns, or where they do not fit `width`, several sets that each repeat what a row is called by.

    These are the columns of words before the first of figures, where they leave room; else the first.
    """
    named = next((place for place, column in enumerate(columns) if column.right), len(columns))
    kept, rest = columns[:named], columns[named:]
    room = width + BESIDE - sum(map(_least_width, kept))
    if not kept or room < max(map(_least_width, rest), default=0):
        kept, rest = columns[:1], columns[1:]
        room = width + BESIDE - _least_width(columns[0])
    parts: list[list[TextColumn]] = [[]]
    left = room
    for column in rest:
        need = _least_width(column)
        if need > left and parts[-1]:
            parts.append([])
            left = room
        parts[-1].append(column)
        left -= need
    return [[*kept, *part] for part in parts]


def _least_width(column: TextColumn) -> int:
    """The room it needs to be read, with the space beside it: figures whole, words wrapped."""
    return (column.longest if column.whole else min(column.longest, _READABLE)) + BESIDE


def table_or_list(
    headings: Sequence[str], numeric: Sequence[bool], rows: Sequence[Sequence[str]], width: int
) -> RenderableType:
    """Rows under headings, figures to the right; where folding words is not enough, each row is a list."""
    columns = [
        TextColumn(heading, [row[place] for row in rows], figures, figures)
        for place, (heading, figures) in enumerate(zip(headings, numeric, strict=True))
    ]
    least = [column.longest if column.whole else min(column.longest, _LEAST_NAME) for column in columns]
    return _as_lists(columns) if sum(least) + BESIDE * (len(columns) - 1) > width else TextTable(columns)


def _as_lists(columns: Sequence[TextColumn]) -> RenderableType:
    """Each row as a list of its cells beside their headings."""
    headings = [column.heading for column in columns]
    rows = zip(*(column.cells for column in columns), strict=True)
    return Group(*(_list(headings, row) for row in rows))


def _list(headings: Sequence[str], row: Sequence[str]) -> RenderableType:
    """The row's cells under each other, beside their headings."""
    grid = Table.grid(padding=(0, BESIDE))
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
        *before, last = split_to_fit(text_columns(self.section.grid), options.max_width)
        for part in before:
            yield TextTable(part)
            yield ""
        table = TextTable(last)
        if self.section.pictures and console.is_terminal:
            room = options.max_width - Measurement.get(console, options, table).maximum
            if room >= _NARROWEST:
                width = min(room, _WIDEST)
                drawn = [picture(width) for picture in self.section.pictures]
                table = TextTable([*last, TextColumn("", drawn, whole=True)])
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
