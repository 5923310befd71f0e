"""What happens to a form on its way through an office: nothing of it changes what the form says.

Each change takes a sheet's rows, where its heading starts and over how many rows it goes, and gives the rows.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from random import Random

from msgspec import Struct

Cells = list[object]
Change = Callable[[Random, list[Cells], int, int], list[Cells]]


class Sheet(Struct):
    """A sheet's rows, and where its heading is: its first row and how many it has."""

    rows: list[Cells]
    start: int
    depth: int


def _heading(rows: list[Cells], start: int, depth: int) -> range:
    return range(start, start + depth)


def lines_in_headings(random: Random, rows: list[Cells], start: int, depth: int) -> list[Cells]:
    """Headings broken into lines, or with two spaces."""
    mark = random.choice(("\n", "  ", " \n "))
    for place in _heading(rows, start, depth):
        rows[place] = [str(cell).replace(" ", mark, 1) for cell in rows[place]]
    return rows


def capitals(random: Random, rows: list[Cells], start: int, depth: int) -> list[Cells]:
    """Headings in capitals, or as some keyboards leave them: marks apart from letters."""
    change: Callable[[str], str] = random.choice(
        (str.upper, lambda text: unicodedata.normalize("NFD", text), str.lower)
    )
    for place in _heading(rows, start, depth):
        rows[place] = [change(str(cell)) for cell in rows[place]]
    return rows


def identity_below(random: Random, rows: list[Cells], start: int, depth: int) -> list[Cells]:
    """Headings that go over all rows stand in the lowest one, as a merged cell's text may be kept."""
    for column in range(len(rows[start])):
        below = [rows[place][column] for place in range(start + 1, start + depth)]
        top = rows[start][column]
        alone = top and not any(below) and (column == 0 or rows[start][column - 1])
        if alone and (column + 1 == len(rows[start]) or rows[start][column + 1] or depth == 1):
            rows[start][column], rows[start + depth - 1][column] = "", top
    return rows


def groups_filled(random: Random, rows: list[Cells], start: int, depth: int) -> list[Cells]:
    """Groups repeated over each of their columns, as an export without merged cells has them."""
    for place in range(start, start + depth - 1):
        last: object = ""
        for column, cell in enumerate(rows[place]):
            has_below = any(rows[lower][column] for lower in range(place + 1, start + depth))
            if cell:
                last = cell if has_below else ""  # what goes over all rows is no group
            elif has_below:
                rows[place][column] = last
    return rows


def note_column(random: Random, rows: list[Cells], start: int, depth: int) -> list[Cells]:
    """A column for notes at the end, nearly empty."""
    called = random.choice(("Ghi chú", "Ghi chú", "Lý do", "Nguồn"))
    noted = random.choice(("", "", "Đang rà soát", "xem CV 12", "3 người nghỉ hưu 2026"))
    return [
        [*row, called if place == start else (noted if place == start + depth + 1 else "")]
        for place, row in enumerate(rows)
    ]


def area_column(random: Random, rows: list[Cells], start: int, depth: int) -> list[Cells]:
    """A column before the last one with what is about neither people nor posts."""
    called = random.choice(
        ("Diện tích (km2)", "Diện tích tự nhiên (km²)", "Số thôn, tổ dân phố", "Số thôn", "Điện thoại")
    )
    figures = [random.choice(("12,5", "8,25", "31,07")) for _ in rows]
    found: list[Cells] = []
    for place, row in enumerate(rows):
        is_unit = place >= start + depth and sum(bool(str(cell).strip()) for cell in row) > 2
        is_unit = is_unit and not any(str(cell).startswith("(") for cell in row)
        cell = called if place == start else (figures[place] if is_unit else "")
        found.append([*row, cell])
    return found


def empty_column(random: Random, rows: list[Cells], start: int, depth: int) -> list[Cells]:
    """An empty column at the left, or at the right."""
    at_left = random.random() < 0.5
    return [["", *row] if at_left else [*row, ""] for row in rows]


def blank_rows(random: Random, rows: list[Cells], start: int, depth: int) -> list[Cells]:
    """Empty rows between the heading and the units, and after some unit."""
    places = {start + depth, random.randint(start + depth, len(rows))}
    found: list[Cells] = []
    for place, row in enumerate(rows):
        if place in places:
            found.append([""] * len(row))
        found.append(row)
    return found


def heading_again(random: Random, rows: list[Cells], start: int, depth: int) -> list[Cells]:
    """The heading once more in the middle, as at the top of a second page."""
    middle = random.randint(start + depth + 1, max(len(rows) - 1, start + depth + 1))
    return [*rows[:middle], *[list(row) for row in rows[start : start + depth]], *rows[middle:]]


def numbered_columns(random: Random, rows: list[Cells], start: int, depth: int) -> list[Cells]:
    """A row that numbers the columns, with the sums they are: (1) (2) (3)=(1)+(2)."""
    width = len(rows[start])
    letters = random.random() < 0.5
    marks: Cells = [
        "A" if letters and place == 0 else "B" if letters and place == 1 else place + 1 - 2 * letters
        for place in range(width)
    ]
    if width > 4 and not letters and random.random() < 0.5:
        marks[-1] = f"{width}={width - 2}+{width - 1}"
    at = start + depth
    return [*rows[:at], marks, *rows[at:]]


def spaces_around(random: Random, rows: list[Cells], start: int, depth: int) -> list[Cells]:
    """Spaces around texts, plain and non-breaking."""
    mark = random.choice((" ", "\u00a0", "\t"))
    return [
        [
            f"{cell}{mark}" if isinstance(cell, str) and cell and random.random() < 0.4 else cell
            for cell in row
        ]
        for row in rows
    ]


def zeros_lost(random: Random, rows: list[Cells], start: int, depth: int) -> list[Cells]:
    """Codes as numbers, as a spreadsheet makes them."""
    return [
        [int(cell) if isinstance(cell, str) and len(cell) == 5 and cell.isdigit() else cell for cell in row]
        for row in rows
    ]


CHANGES: Mapping[str, Change] = {
    change.__name__: change
    for change in (
        lines_in_headings,
        capitals,
        identity_below,
        groups_filled,
        note_column,
        area_column,
        empty_column,
        blank_rows,
        heading_again,
        numbered_columns,
        spaces_around,
        zeros_lost,
    )
}


def untidied(random: Random, sheet: Sheet, changes: list[str]) -> list[Cells]:
    """The sheet's rows after each of the changes."""
    rows = [list(row) for row in sheet.rows]
    start, depth = sheet.start, sheet.depth
    for name in changes:
        rows = CHANGES[name](random, rows, start, depth)
    return rows
