"""A page: labelled lines, titled tables with pictures for terminals, closing lines."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from msgspec import Struct

from quota.core.text import Text
from quota.core.units import InputFile
from quota.render.kit.grid import Grid
from quota.render.kit.words import day, markdown, words

Picture = Callable[[int], str]
"""Draws itself in a given number of terminal columns."""
Bar = tuple[str, int, int, str]
"""Label, the people of the dark part, the people of the light part, words at the end."""


class Section(Struct, frozen=True):
    """A table of a page. What is drawn with it is shown on terminals and nowhere else."""

    grid: Grid
    title: Text | None = None
    pictures: Sequence[Picture] = ()
    """One a row, drawn beside it where there is room."""
    bars: Sequence[Bar] = ()
    """Drawn below the table, to one scale."""
    key: Text | None = None
    """What the parts of the bars mean."""


class Page(Struct, frozen=True):
    """Labelled lines, tables, closing lines.

    `outlined`: titles are Markdown headings (else bold), and a table too wide for the terminal becomes a list
    under each row (else several tables that each repeat its first column).
    """

    heading: Sequence[tuple[str, str]]
    sections: Sequence[Section]
    closing: Sequence[Text] = ()
    outlined: bool = False

    def markdown(self) -> str:
        """The page for pasting."""
        parts = ["".join(f"- **{label}**: {markdown(text)}\n" for label, text in self.heading)]
        parts += [self._title(section) + section.grid.markdown() for section in self.sections]
        parts.append("".join(f"- {words(line)}\n" for line in self.closing))
        return "\n".join(part for part in parts if part)

    def _title(self, section: Section) -> str:
        if section.title is None:
            return ""
        title = words(section.title)
        return f"### {title}\n\n" if self.outlined else f"**{title}**\n\n"


def sections_of(*parts: tuple[Text, Grid]) -> list[Section]:
    """Tables under their titles, without those that have no rows."""
    return [Section(grid, title) for title, grid in parts if grid.rows]


def inputs_line(inputs: Iterable[InputFile]) -> str:
    """The files behind a page."""
    return " + ".join(words(file.path) for file in inputs)


def tables_of(inputs: Iterable[InputFile], as_of: date) -> str:
    """The files behind a page, and its day."""
    return f"{inputs_line(inputs)} · {day(as_of)}"
