"""Several grids under one heading, as a page and on a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from quota.core.text import Text
from quota.render.kit.grid import Grid
from quota.render.kit.rendering import Cell
from quota.render.kit.words import markdown, words

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text as Styled


class Section(Struct, frozen=True):
    """A titled grid; `chart` is what a terminal shows below it, given a width."""

    title: Text
    grid: Grid
    chart: Sequence[tuple[str, int, int, str]] = ()
    """Bars: label, a dark part, a light part, and words at the end."""
    key: Text | None = None
    """What the bars' parts mean."""


class Page(Struct, frozen=True):
    """Heading lines (label and words), sections, closing lines."""

    heading: Sequence[tuple[str, str]]
    sections: Sequence[Section]
    closing: Sequence[Text] = ()

    def markdown(self) -> str:
        """For pasting; charts are for terminals only."""
        parts = ["\n".join(f"- **{label}**: {markdown(text)}" for label, text in self.heading) + "\n"]
        for section in self.sections:
            if section.grid.rows:
                parts.append(f"### {words(section.title)}\n")
                parts.append(section.grid.rendering().markdown())
        parts += ["\n".join(f"- {words(line)}" for line in self.closing) + "\n"] if self.closing else []
        return "\n".join(parts)

    def workbook(self, rows: Iterable[Sequence[Cell]]) -> bytes:
        """In Excel, with the rows that programs get."""
        from quota.render.kit.workbook import page_book

        tables = [(section.title, section.grid) for section in self.sections]
        return page_book(self.heading, tables, self.closing, rows)

    def terminal(self, width: int) -> RenderableType:
        """On a terminal."""
        from rich.console import Group
        from rich.text import Text as Styled

        from quota.render.audit.terminal import labelled
        from quota.render.kit.terminal import grid_terminal

        parts: list[RenderableType] = [labelled(self.heading), ""]
        for section in self.sections:
            if section.grid.rows:
                parts += [
                    Styled(words(section.title), style="bold underline"),
                    grid_terminal(section.grid, width),
                ]
                parts += [bars(section.chart, width)] if section.chart else []
                parts += [Styled(words(section.key)), ""] if section.key else [""]
        parts += [Styled(words(line)) for line in self.closing]
        return Group(*parts)


def bars(rows: Sequence[tuple[str, int, int, str]], width: int) -> Styled:
    """Horizontal bars to one scale, a line each; never wider than `width`, never nothing for something."""
    from rich.text import Text as Styled

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
