"""What offices do with a table's rows and columns: parts and years beside figures, tables under one another.

Each changes how a table looks and nothing of what it says, as the dressings do; where it cannot be told what
the table says, it is to be refused or warned of.
"""

from __future__ import annotations

from random import Random
from typing import Any

from tests.laws.beside import Beside, Table


def _texts(table: Table, marks: str = "ct") -> list[int]:
    return [place for place, mark in enumerate(table.marks) if mark in marks]


def _is_figure(cell: Any) -> bool:
    return isinstance(cell, int) and not isinstance(cell, bool)


def _line(table: Table, label: str, at: int, rows: list[list[Any]]) -> list[Any]:
    """A line with a label, and with the sums of rows where they have counts."""
    return Beside(
        label
        if place == at
        else sum(row[place] for row in rows if _is_figure(row[place]))
        if mark == "n"
        else ""
        for place, mark in enumerate(table.marks)
    )


def by_district(random: Random, table: Table) -> None:
    """Subtotals by what were districts, over or under their rows."""
    cut = random.randint(1, len(table.rows))
    at = random.choice(_texts(table))
    lines = [
        _line(table, label, at, rows)
        for label, rows in (
            (random.choice(("Huyện Gia Lâm", "I. Huyện Gia Lâm", "Quận 1 (cũ)")), table.rows[:cut]),
            (random.choice(("Thị xã Kỳ Anh", "II. Thị xã Kỳ Anh", "TP Hải Dương cũ")), table.rows[cut:]),
        )
    ]
    parts = [table.rows[:cut], table.rows[cut:]]
    over = random.random() < 0.5
    table.rows = [
        row
        for line, rows in zip(lines, parts, strict=True)
        if rows
        for row in ([line, *rows] if over else [*rows, line])
    ]


def of_which(random: Random, table: Table) -> None:
    """A row under another with a part of its figures."""
    place = random.randint(0, len(table.rows) - 1)
    of, at = table.rows[place], random.choice(_texts(table))
    label = random.choice(("Trong đó: nữ", "Trong đó:", "- Trong đó biệt phái", "trong đó: hợp đồng 111"))
    row = Beside(
        label if column == at else of[column] // 2 if mark == "n" and _is_figure(of[column]) else ""
        for column, mark in enumerate(table.marks)
    )
    table.rows.insert(place + 1, row)


def unit_sums(random: Random, table: Table) -> None:
    """A unit's code with the sums of its rows over them, which say no code."""
    groups: dict[str, list[list[Any]]] = {}
    for row in table.rows:
        groups.setdefault(row[0], []).append(row)
    table.rows = [
        line
        for unit, rows in groups.items()
        for line in (_line(table, unit, 0, rows), *(["", *row[1:]] for row in rows))
    ]


def carried(random: Random, table: Table) -> None:
    """A page's sum, carried over to the next page."""
    cut = random.randint(1, len(table.rows))
    at = random.choice(_texts(table))
    line = _line(
        table, random.choice(("Cộng trang 1", "Cộng chuyển trang", "Cộng trang")), at, table.rows[:cut]
    )
    again = _line(table, "Mang sang", at, table.rows[:cut])
    table.rows[cut:cut] = [line, *([again] if random.random() < 0.5 else [])]


def ditto(random: Random, table: Table) -> None:
    """A mark in place of a text that is that of the row above."""
    mark = random.choice(('"', "''", "nt", "-nt-", "″", "như trên"))
    above: list[Any] = [None] * len(table.marks)
    for row in table.rows:
        for column in _texts(table):
            if row[column] == above[column] != "":
                row[column] = mark
            else:
                above[column] = row[column]


def parts_in_cells(random: Random, table: Table) -> None:
    """A count with a part of it in the same cell."""
    form = random.choice(
        ("{} (1 nữ)", "{0}/1", "{} (01 biệt phái)", "{}+1", "{} trong đó 1 nữ", "{}*", "{} (1)")
    )
    columns, row = _texts(table, "n"), random.choice(table.rows)
    if columns and _is_figure(row[column := random.choice(columns)]):
        row[column] = form.format(row[column])


def last_year(random: Random, table: Table) -> None:
    """Beside a count what it was the year before."""
    columns = _texts(table, "n")
    if not columns:
        return
    column = random.choice(columns)
    called = random.choice(
        ("{} năm 2024", "{} (2024)", "{} năm trước", "{} đến 31/12/2024", "Năm 2024", "{} cũ")
    )
    _insert(
        table,
        column + random.choice((0, 1)),
        called.format(table.head[column]),
        [row[column] + 1 if _is_figure(row[column]) else "" for row in table.rows],
    )


def part_beside(random: Random, table: Table) -> None:
    """Beside a count a part of it."""
    columns = _texts(table, "n")
    if not columns:
        return
    column = random.choice(columns)
    called = random.choice(("Trong đó: nữ", "Trong đó nữ", "Nữ", "Trong đó: biệt phái", "{}: nữ", "{} nữ"))
    _insert(
        table,
        column + 1,
        called.format(table.head[column]),
        [row[column] // 2 if _is_figure(row[column]) else "" for row in table.rows],
    )


def empty_column(random: Random, table: Table) -> None:
    """An empty column between others."""
    _insert(table, random.randint(1, len(table.head) - 1), "", [""] * len(table.rows))


def _insert(table: Table, place: int, heading: str, cells: list[Any]) -> None:
    table.head.insert(place, heading)
    table.marks = f"{table.marks[:place]}x{table.marks[place:]}"
    for row, cell in zip(table.rows, cells, strict=True):
        row.insert(place, cell)


def units_row(random: Random, table: Table) -> None:
    """A row under the heading that says what is counted."""
    said = {"n": "(người)", "k": "(km)"}
    table.rows.insert(0, Beside(said.get(mark, "") for mark in table.marks))


def counted_in(random: Random, table: Table) -> None:
    """Above the table what it is counted in; thousands of people are said, or refused."""
    said = random.choice(("Đơn vị tính: người", "ĐVT: nghìn người", "Đơn vị: 1.000 người"))
    table.above = [*table.above, ["", *([""] * (len(table.head) - 2)), said]]
    if (
        "người" in said
        and said != "Đơn vị tính: người"
        and "n" in table.marks
        and table.kind != "substitutes"
    ):
        table.shown.must_say |= {"in-thousands"}


def footnotes(random: Random, table: Table) -> None:
    """Notes with figures in cells of their own, below."""
    width = len(table.head)
    lines: list[list[Any]] = [
        ["Ghi chú:", "Trong đó có", 3, "người biệt phái"],
        ["(1)", "Gồm cả hợp đồng", 2],
        ["*", "Chưa tính", 5, "người nghỉ hưu"],
        ["Số người nghỉ hưu trong năm:", 7],
        ["Chỉ tiêu năm 2026", 12],
    ]
    table.below = [*table.below, [], *([*line, *[""] * width][:width] for line in random.sample(lines, 2))]


def under_one_another(random: Random, table: Table) -> None:
    """Two tables, one under the other, of two provinces; the lower one's columns may be in another order."""
    if len(table.rows) < 2:
        return
    cut = random.randint(1, len(table.rows) - 1)
    titles = random.choice(
        (("TỈNH HẢI DƯƠNG", "THÀNH PHỐ HẢI PHÒNG"), ("Biểu 1. Tỉnh A", "Biểu 2. Tỉnh B"), ("", ""))
    )
    width = len(table.head)
    order = list(range(width))
    how = random.choice(("same", "same", "order", "more", "words"))
    head = list(table.head)
    lower = [type(row)(row) for row in table.rows[cut:]]
    if how == "order":
        order = random.sample(order, width)
    head, lower = (
        [head[place] for place in order],
        [type(row)(row[place] for place in order) for row in lower],
    )
    if how == "more":
        head, lower = ["Định mức", *head], [type(row)([random.randint(1, 9), *row]) for row in lower]
        table.head.append("")
        table.marks += "x"
        table.rows = [type(row)([*row, ""]) for row in table.rows]
    if how == "words":
        head = [f"{heading} " if place else f"{heading} (tiếp)" for place, heading in enumerate(head)]
    width = len(table.head)
    table.above = [*table.above, [titles[0]]]
    between = [[""] * width, [titles[1], *[""] * (width - 1)]] if titles[1] else [[""] * width]
    table.rows = [*table.rows[:cut], *between, head, *lower]


def grouped(random: Random, table: Table) -> None:
    """A group over the last columns, above their headings."""
    start = random.randint(1, len(table.head) - 1)
    text = random.choice(("Số liệu", "Trong đó", "Thông tin chi tiết", "Năm 2025"))
    table.above = [*table.above, [text if place == start else "" for place in range(len(table.head))]]


ROWS = (by_district, unit_sums, of_which, carried, ditto)
"""Before columns move and figures become texts."""
CELLS = (parts_in_cells, last_year, part_beside, empty_column)
AROUND = (under_one_another, units_row, grouped, counted_in, footnotes)
"""Last of all: columns do not move after them."""
