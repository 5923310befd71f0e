"""Tables of plain words as rich lays them out, without what each cell costs rich.

rich measures every cell and renders every cell each time a table is asked how wide it is, and again as it is
drawn: seconds for a country's table. Here each column is measured once, rich is asked how
wide it makes columns of such cells, and a row is one line of text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property

from msgspec import Struct
from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, JustifyMethod, RenderResult
from rich.measure import Measurement
from rich.segment import Segment
from rich.table import Table
from rich.text import Text as Styled

from quota.render.kit.widths import piece_class, width_of

BESIDE = 2
"""Blanks between two columns."""


class TextColumn(Struct, frozen=True, dict=True):
    """A heading and the cells under it, a row each.

    `right`: cells are at the end of the column; `whole`: they are not wrapped while there is another way.
    """

    heading: str
    cells: Sequence[str]
    right: bool = False
    whole: bool = False

    @cached_property
    def width(self) -> int:
        """Terminal columns that the widest cell takes."""
        return max((_width(cell) for cell in self.cells), default=0)

    @cached_property
    def longest(self) -> int:
        """Letters of the longest among the heading and the cells."""
        return max(len(self.heading), *map(len, self.cells), 0)


class TextTable(Struct, frozen=True):
    """Rows of words under bold headings."""

    columns: Sequence[TextColumn]

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        return Measurement.get(console, options, self._with_room_noted([]))

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        room: list[int] = []
        lines = console.render_lines(self._with_room_noted(room), options, pad=False)
        if not self._has_room(room):
            yield self._drawn_by_rich()
            return
        for line in lines[: len(lines) - bool(room)]:
            yield from line
            yield Segment.line()
        blanks = [" " * width for width in room]
        columns = zip(self.columns, room, strict=bool(room))
        blocks = [_lines(column, width, console, options) for column, width in columns]
        for cells in zip(*blocks, strict=True):
            height = max(map(len, cells))
            for place in range(height):
                pieces = (
                    cell[place] if place < len(cell) else blank
                    for cell, blank in zip(cells, blanks, strict=True)
                )
                text = (" " * BESIDE).join(pieces)
                yield piece_class(text)(text)
                yield Segment.line()

    def _has_room(self, room: Sequence[int]) -> bool:
        """Whether the figures are whole and words have a place; a table without rows needs none."""
        if not self.columns[0].cells:
            return True
        least = [column.width if column.whole else 1 for column in self.columns]
        return len(room) == len(least) and all(map(int.__ge__, room, least))

    def _with_room_noted(self, room: list[int]) -> Table:
        """The table with one row in place of all, which notes the room that rich gives each column."""
        table = self._headed()
        if self.columns[0].cells:
            table.add_row(*(_Widest(column.width, room) for column in self.columns))
        return table

    def _drawn_by_rich(self) -> Table:
        table = self._headed()
        for cells in zip(*(column.cells for column in self.columns), strict=True):
            table.add_row(*map(Styled, cells))
        return table

    def _headed(self) -> Table:
        table = Table(box=None, padding=(0, BESIDE, 0, 0), pad_edge=False, header_style="bold")
        for column in self.columns:
            table.add_column(
                column.heading,
                justify="right" if column.right else "left",
                no_wrap=column.whole,
                overflow="fold",
            )
        return table


class _Widest(Struct, frozen=True):
    """One cell in place of all of a column: as wide as the widest; it notes the room that it is given."""

    width: int
    room: list[int]

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        return Measurement(self.width, self.width)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        self.room.append(options.max_width)
        yield Segment(" ")


def _lines(column: TextColumn, width: int, console: Console, options: ConsoleOptions) -> Iterator[list[str]]:
    """Each cell's lines, filled up to the width."""
    justify: JustifyMethod = "right" if column.right else "left"
    inside = options.update(width=width, justify=justify, no_wrap=column.whole, overflow="fold", height=None)
    for text in column.cells:
        if text.isprintable() and width_of(text) <= width:
            yield [_filled(text, width, right=column.right)]
        else:
            lines = console.render_lines(Styled(text), inside)
            yield ["".join(segment.text for segment in line) for line in lines]


def _filled(text: str, width: int, *, right: bool) -> str:
    if right:
        kept = text.rstrip()
        return " " * (width - width_of(kept)) + kept
    return text + " " * (width - width_of(text))


def _width(text: str) -> int:
    """As `rich.text.Text` measures itself: its widest line, without what acts on a terminal."""
    if text.isprintable():
        return width_of(text)
    return max(map(cell_len, Styled(text).plain.splitlines()), default=0)
