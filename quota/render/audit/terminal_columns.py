"""Columns of a list on a terminal: heading and cells of one width, in one line or in several."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct

from quota.render.kit.terminal import wrapped

Cells = tuple[str, ...]
"""The figures of a bloc, as shown: quota, staff, gap."""


class TerminalColumn(Struct, frozen=True):
    """The lines of the heading and the cells, all of one width."""

    heading: Sequence[str]
    cells: list[str]
    is_status: bool = False

    @property
    def width(self) -> int:
        return len(self.heading[0])

    def line(self, place: int) -> str:
        """A line of the heading; blank below its last."""
        return self.heading[place] if place < len(self.heading) else " " * self.width


def room_of(columns: Sequence[TerminalColumn]) -> int:
    """The room that columns take, each with the blank before it."""
    return sum(column.width + 1 for column in columns)


def column_of(
    heading: str,
    cells: list[str],
    captions: Sequence[str] = (),
    *,
    right: bool = True,
    lines: int = 1,
    is_status: bool = False,
) -> TerminalColumn:
    """Cells under a heading, in at most this number of lines, and lines of captions under it."""
    least = max(map(len, (*captions, *cells)), default=0)
    headings = [*_in_lines(heading, lines, least), *captions]
    width = max(least, *map(len, headings))
    align = str.rjust if right else str.ljust
    return TerminalColumn(
        [align(line, width) for line in headings], [align(cell, width) for cell in cells], is_status
    )


def _in_lines(heading: str, most: int, least: int) -> list[str]:
    """A heading in at most `most` lines, as narrow as can be; not narrower than `least`. The first is the
    shortest: "chưa / sử dụng".
    """
    longest = max((least, *map(len, heading.split())))
    widths = range(longest, max(len(heading), longest) + 1)
    width = next(width for width in widths if len(wrapped(heading, width)) <= most)
    backwards = wrapped(_backwards(heading), width)
    return [_backwards(line) for line in reversed(backwards)]


def _backwards(heading: str) -> str:
    return " ".join(reversed(heading.split()))


def figure_column(
    heading: str, captions: Sequence[str], rows: Sequence[Cells], *, lines: int = 1
) -> TerminalColumn:
    """A bloc's figures side by side, each under its caption, which takes at most this number of lines."""
    columns = list(zip(*rows, strict=True))
    least = [max(map(len, cells)) for cells in columns]
    named = [
        _in_lines(caption, lines, room)
        for caption, room in zip(captions or [""] * len(least), least, strict=True)
    ]
    widths = [max(room, *map(len, parts)) for room, parts in zip(least, named, strict=True)]
    height = max(map(len, named))
    level = [[*[""] * (height - len(parts)), *parts] for parts in named]  # last lines stand over figures
    below = _aligned(level, widths) if captions else []
    right = len(widths) == 1  # alone, a figure stands under the end of its heading
    return column_of(heading, _aligned(columns, widths), below, right=right, lines=lines)


def _aligned(columns: Iterable[Sequence[str]], widths: Sequence[int]) -> list[str]:
    """The cells of columns side by side, each at the end of its width."""
    ends = [[cell.rjust(width) for cell in cells] for cells, width in zip(columns, widths, strict=True)]
    return list(map(" ".join, zip(*ends, strict=True)))
