"""What offices do with a table's rows and columns: parts and years beside figures, tables under one another.

Each changes how a table looks and nothing of what it says, as the dressings do; where it cannot be told what
the table says, it is to be refused or warned of.
"""

from __future__ import annotations

from random import Random
from typing import Any

from tests.laws.beside import UNITS, Beside, Table

OF_ONE_ROW = ("distances", "borders", "plan", "done", "secondments", "departments", "posts", "substitutes")
"""Kinds whose first column is no unit's over several rows."""


def _texts(table: Table, marks: str = "ct") -> list[int]:
    return [place for place, mark in enumerate(table.marks) if mark in marks]


def _is_figure(cell: Any) -> bool:
    return isinstance(cell, int) and not isinstance(cell, bool)


def _line(table: Table, label: str, at: int, rows: list[list[Any]]) -> list[Any]:
    """A line with a label, and with the sums of rows where they have counts."""
    return Beside(
        label
        if place == at
        else sum(row[place] for row in rows if _is_drawn(row) and _is_figure(row[place]))
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
    table.above = [["", *([""] * (len(table.head) - 2)), said], *table.above]
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
    table.above = [[titles[0]], *table.above]
    between = [[""] * width, [titles[1], *[""] * (width - 1)]] if titles[1] else [[""] * width]
    table.rows = [*table.rows[:cut], *between, Beside(head), *lower]


def grouped(random: Random, table: Table) -> None:
    """A group over the last columns, above their headings."""
    if not all(table.head):
        return  # a group is above these already
    start = random.randint(1, len(table.head) - 1)
    text = random.choice(("Số liệu", "Trong đó", "Thông tin chi tiết", "Năm 2025"))
    table.above = [*table.above, [text if place == start else "" for place in range(len(table.head))]]


def wrapped(random: Random, table: Table) -> None:
    """A text that goes on in the row below, where a cell was too narrow: nobody can tell it from a row."""
    column = random.choice(_texts(table, "t") or [-1])
    places = [
        place
        for place, row in enumerate(table.rows)
        if column >= 0 and " " in str(row[column]) and _is_drawn(row)
    ]
    if not places:
        return
    place = random.choice(places)
    first, _, rest = table.rows[place][column].rpartition(" ")
    table.rows[place][column] = first
    table.rows.insert(place + 1, Beside(rest if other == column else "" for other in range(len(table.marks))))


def _is_drawn(row: list[Any]) -> bool:
    return not isinstance(row, Beside)


def two_up(random: Random, table: Table) -> None:
    """The second half of the rows beside the first half, under the same headings."""
    half = (len(table.rows) + 1) // 2
    gap = [""] * random.choice((0, 1))
    right = [*table.rows[half:], *[[""] * len(table.head)] * (2 * half - len(table.rows))]
    table.rows = [[*row, *gap, *other] for row, other in zip(table.rows[:half], right, strict=True)]
    table.head = [*table.head, *gap, *table.head]
    table.marks += "x" * (len(gap) + len(table.marks))


def years(random: Random, table: Table) -> None:
    """A count of two years under one heading."""
    columns = _texts(table, "n")
    if not columns:
        return
    column = random.choice(columns)
    first, second = random.choice((("2024", "2025"), ("Năm 2024", "Năm 2025"), ("Năm trước", "Năm nay")))
    top = list(table.head)
    _insert(table, column, "", [row[column] + 1 if _is_figure(row[column]) else "" for row in table.rows])
    top.insert(column + 1, "")
    table.above = [*table.above, top]
    table.head = [
        first if place == column else second if place == column + 1 else ""
        for place in range(len(table.head))
    ]


def sexes(random: Random, table: Table) -> None:
    """A count and those of men and of women under one heading."""
    columns = _texts(table, "n")
    if not columns:
        return
    column = random.choice(columns)
    counts = [row[column] if _is_figure(row[column]) else 0 for row in table.rows]
    top = list(table.head)
    _insert(table, column + 1, "", [count // 2 for count in counts])
    _insert(table, column + 2, "", [count - count // 2 for count in counts])
    top[column + 1 : column + 1] = ["", ""]
    table.above = [*table.above, top]
    names = (random.choice(("Tổng số", "Tổng", "Cộng")), "Nam", "Nữ")
    table.head = [
        names[place - column] if 0 <= place - column < 3 else "" for place in range(len(table.head))
    ]


def remarks(random: Random, table: Table) -> None:
    """A column of remarks that speak of figures."""
    said = (
        "",
        "Trong đó 01 nữ",
        "giảm 1",
        "nghỉ hưu 9/2026",
        "Cộng tác viên",
        "nt",
        "Tổng số theo QĐ 12",
        "-",
    )
    _insert(
        table,
        len(table.head),
        random.choice(("Ghi chú", "Lý do", "Ghi chú (nếu có)")),
        [random.choice(said) for _ in table.rows],
    )


def old_codes(random: Random, table: Table) -> None:
    """Beside a unit's code the one that it, or a part of it, had before it was merged."""
    columns = _texts(table, "c")
    if not columns:
        return
    column = random.choice(columns)
    called = random.choice(("{} cũ", "{} trước sắp xếp", "{} (cũ)", "Tên xã cũ", "Mã ĐVHC cũ", "Mã cũ"))
    other = random.choice((lambda: random.choice(list(UNITS)), lambda: "00001", lambda: "Phường Trúc Bạch"))
    _insert(
        table,
        column + random.choice((0, 1)),
        called.format(table.head[column]),
        [other() for _ in table.rows],
    )


def sums_beside(random: Random, table: Table) -> None:
    """A column of the sum of a row's counts, before or behind them."""
    columns = _texts(table, "n")
    if not columns:
        return
    cells = [
        sum(row[column] for column in columns if _is_figure(row[column])) if _is_drawn(row) else ""
        for row in table.rows
    ]
    called = random.choice(("Tổng số", "Tổng cộng", "Cộng", "Tổng", "Tổng số người"))
    _insert(table, random.choice((columns[0], columns[-1] + 1)), called, cells)


def about(random: Random, table: Table) -> None:
    """A figure that is no certain one: about so many, or from so many to so many."""
    marks = _texts(table, "nk")
    if not marks:
        return
    column, row = random.choice(marks), random.choice(list(filter(_is_drawn, table.rows)))
    form = random.choice(("~{}", "khoảng {}", "{}-{}", ">{}", "{}?", "{} - {}", "trên {}", "{}/{}", "{};{}"))
    if isinstance(row[column], int | float):
        row[column] = form.format(row[column], row[column])
        table.shown.must_say |= {"a figure that is none"}


def numbered_units(random: Random, table: Table) -> None:
    """A unit's number and name alone over its rows, which say none."""
    if table.kind in OF_ONE_ROW or any(row[0] not in UNITS for row in table.rows if _is_drawn(row)):
        return
    rows: list[list[Any]] = []
    before, number = None, 0
    form = random.choice(("{roman}. {name}", "{number}. {name}", "{name}:", "{roman} - {name}", "* {name}"))
    for row in table.rows:
        if row[0] != before and _is_drawn(row):
            before, number = row[0], number + 1
            said = form.format(roman="I" * number, number=number, name=UNITS[before])
            rows.append(Beside([said, *([""] * (len(row) - 1))]))
        rows.append(["", *row[1:]] if _is_drawn(row) else row)
    table.rows = rows


def counted_below(random: Random, table: Table) -> None:
    """What the table comes to, in words below it."""
    said = (
        "Tổng cộng: 12 người",
        "(Danh sách có 05 người)",
        "Tổng số: 05 đơn vị",
        "Cộng: 7 người./.",
        "Ấn định danh sách 12 người",
    )
    width = len(table.head)
    place = random.choice((0, 0, 1))
    row = ["" for _ in range(width)]
    row[min(place, width - 1)] = random.choice(said)
    table.below = [*table.below, row]


ROWS = (by_district, unit_sums, of_which, carried, ditto, wrapped, numbered_units)
"""Before columns move and figures become texts."""
CELLS = (*(last_year, part_beside, sums_beside, old_codes, empty_column, remarks),)
AROUND = (
    *(years, sexes, parts_in_cells, about, two_up, under_one_another),
    *(units_row, grouped, counted_in, footnotes, counted_below),
)
"""Last of all: columns do not move after them."""
