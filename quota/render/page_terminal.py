"""A page on a terminal; piped, the same without its pictures."""

from __future__ import annotations

from msgspec import Struct
from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.measure import Measurement
from rich.text import Text as Styled

from quota.render.audit.terminal import labelled
from quota.render.kit.page import Page, Sheet
from quota.render.kit.terminal import grid_table, split_to_fit
from quota.render.kit.words import words

_WIDEST, _NARROWEST = 32, 8


def page_terminal(page: Page) -> RenderableType:
    """Heading, tables, closing lines."""
    parts: list[RenderableType] = [labelled(page.heading)] if page.heading else []
    for sheet in page.sheets:
        parts.append("")
        if sheet.title:
            parts.append(Styled(words(sheet.title), style="bold"))
        parts += [_Pictured(sheet), *(Styled(words(line)) for line in sheet.grid.closing)]
    if page.closing:
        parts += ["", *(Styled(words(line)) for line in page.closing)]
    return Group(*parts)


class _Pictured(Struct, frozen=True):
    """A table, in parts where it is too wide; on a terminal with room for it, beside it its pictures."""

    sheet: Sheet

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        *before, last = split_to_fit(self.sheet.grid, options.max_width)
        for part in before:
            yield grid_table(part)
            yield ""
        table = grid_table(last)
        room = options.max_width - Measurement.get(console, options, table).maximum
        if self.sheet.pictures and console.is_terminal and room >= _NARROWEST:
            width = min(room, _WIDEST)
            table = grid_table(last, [picture(width) for picture in self.sheet.pictures])
        yield table
