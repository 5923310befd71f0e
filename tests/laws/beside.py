"""Tables beside population and staff, drawn with a known truth and dressed as offices keep them.

A dressing changes how a table looks and nothing of what it says: titles, numbering, blank rows, sums, notes,
figures as texts, decimal commas, letters with their marks apart, codes without zeros, other columns.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from itertools import combinations, pairwise
from pathlib import Path
from random import Random
from typing import Any

from msgspec import Struct, field

from quota.tables.readers.departments import read_departments
from quota.tables.readers.distances import read_distances
from quota.tables.readers.fields import read_holders, read_needs
from quota.tables.readers.people import read_leavers
from quota.tables.readers.plans import read_done
from quota.tables.readers.positions import read_positions

UNITS = {
    "00004": "Phường Ba Đình",
    "00008": "Phường Ngọc Hà",
    "10525": "Phường Hải Dương",
    "11311": "Phường Hồng Bàng",
    "31120": "Phường Cái Răng",
}
POSITIONS = ("Kế toán", "Văn thư", "Địa chính - xây dựng", "Tư pháp - hộ tịch")
FIELDS = ("Tài chính", "Xây dựng", "Nội vụ")
BLOCS = {"Chính quyền": "government", "Đảng": "party", "MTTQ": "front"}
Truth = Mapping[tuple[str, ...], object]


class Table(Struct):
    """A table's cells and what they say; `marks` say of each column: c code, t text, n count, k km, d day."""

    kind: str
    head: list[str]
    marks: str
    rows: list[list[Any]]
    truth: Truth
    above: list[list[Any]] = field(default_factory=list)
    below: list[list[Any]] = field(default_factory=list)

    @property
    def lines(self) -> list[list[Any]]:
        """All rows of the sheet."""
        return [*self.above, self.head, *self.rows, *self.below]


def _positions(random: Random, codes: list[str]) -> Table:
    head, rows, truth = ["Mã xã", "Khối", "Vị trí", "Biên chế hiện có", "Số người cần"], [], {}
    for code in codes:
        for position in random.sample(POSITIONS, 2):
            staff, needed = random.randint(0, 6), random.randint(1, 7)
            rows.append([code, "Chính quyền", position, staff, needed])
            truth[code, position] = (staff, needed)
    return Table("positions", head, "cttnn", rows, truth)


def _needs(random: Random, codes: list[str]) -> Table:
    head, rows, truth = ["Mã xã", "Tên đơn vị", "Lĩnh vực", "Số người cần"], [], {}
    for code in codes:
        for name in random.sample(FIELDS, 2):
            rows.append([code, UNITS[code], name, random.randint(1, 5)])
            truth[code, name] = rows[-1][-1]
    return Table("needs", head, "cttn", rows, truth)


def _holders(random: Random, codes: list[str]) -> Table:
    head, rows, truth = ["Mã xã", "Tên đơn vị", "Số người", "Các lĩnh vực"], [], {}
    for code in codes:
        for name in random.sample(FIELDS, 2):
            rows.append([code, UNITS[code], random.randint(1, 5), name])
            truth[code, name] = rows[-1][2]
    return Table("holders", head, "ctnt", rows, truth)


def _departments(random: Random, codes: list[str]) -> Table:
    rows = [
        [name, random.randint(0, 20), random.randint(0, 9)]
        for name in ("Sở Nội vụ", "Sở Y tế", "Sở Tài chính")
    ]
    truth = {(name,): (transfer, secondment) for name, transfer, secondment in rows}
    return Table("departments", ["Sở, ngành", "Điều động", "Biệt phái"], "tnn", rows, truth)


def _distances(random: Random, codes: list[str]) -> Table:
    rows = [
        [first, second, random.choice((1, 10, 100)) * random.randint(10, 400) / 1000]
        for first, second in combinations(codes, 2)
    ]
    truth = {(min(first, second), max(first, second)): round(km * 1000) for first, second, km in rows}
    return Table("distances", ["Mã A", "Mã B", "Khoảng cách (km)"], "cck", rows, truth)


def _leavers(random: Random, codes: list[str]) -> Table:
    rows = [
        [
            code,
            random.choice(list(BLOCS)),
            date(2026, random.randint(1, 12), random.randint(1, 28)),
            random.randint(1, 4),
        ]
        for code in codes
    ]
    truth = {(code, BLOCS[bloc]): (day, people) for code, bloc, day, people in rows}
    return Table("leavers", ["Mã xã", "Khối", "Ngày", "Số người"], "ctdn", rows, truth)


def _done(random: Random, codes: list[str]) -> Table:
    head = ["Mã nơi đi", "Khối nơi đi", "Mã nơi đến", "Khối nơi đến", "Số người", "Chưa chuyển được"]
    rows = [
        [first, "government", second, "government", random.randint(0, 4), random.randint(0, 2)]
        for first, second in pairwise(codes)
    ]
    return Table("done", head, "ctctnn", rows, {(row[0], row[2]): (row[4], row[5]) for row in rows})


DRAWN = (_positions, _needs, _holders, _departments, _distances, _leavers, _done)


Found = tuple[Any, dict[tuple[str, ...], object]]


def _in_done(path: Path) -> Found:
    table = read_done(path)
    places = ((row, row.origin, row.target) for row in table.rows)
    return table, {
        (first.code if first else "", second.code if second else ""): (row.people, row.stuck)
        for row, first, second in places
    }


def _of(
    reader: Callable[[Path], Any], rows: str, key: Callable[[Any], Any], value: Callable[[Any], Any]
) -> Any:
    """What a reader's rows say, by their keys; and the table that it gives."""

    def read(path: Path) -> Found:
        table = reader(path)
        return table, {key(row): value(row) for row in getattr(table, rows)}

    return read


FOUND: Mapping[str, Callable[[Path], Found]] = {
    "positions": _of(
        read_positions,
        "cells",
        lambda cell: (cell.place.code, cell.place.group),
        lambda cell: (cell.staff, cell.target),
    ),
    "needs": _of(read_needs, "rows", lambda row: (row.code or row.name, row.field), lambda row: row.needed),
    "holders": _of(
        read_holders, "rows", lambda row: (row.code or row.name, ";".join(row.fields)), lambda row: row.people
    ),
    "departments": _of(
        read_departments,
        "pools",
        lambda pool: (pool.place.code,),
        lambda pool: (pool.transfer, pool.secondment),
    ),
    "distances": lambda path: (table := read_distances(path), dict(table.pairs)),
    "leavers": _of(
        read_leavers, "leavers", lambda row: (row.code, str(row.bloc)), lambda row: (row.last, row.people)
    ),
    "done": _in_done,
}
"""By the kind of a table what its reader finds, as the truth is told."""


def _each(table: Table, mark: str, change: Callable[[Any], Any]) -> None:
    for row in table.rows:
        for place, each in enumerate(table.marks):
            if each == mark and row[place] != "":
                row[place] = change(row[place])


def _sum_of(table: Table, rows: list[list[Any]], label: str, at: int) -> list[Any]:
    return [
        label if place == at else sum(row[place] for row in rows) if mark == "n" else ""
        for place, mark in enumerate(table.marks)
    ]


def titles(random: Random, table: Table) -> None:
    """An office, a title, a decision above the heading."""
    table.above = [
        ["ỦY BAN NHÂN DÂN TỈNH"],
        ["BIỂU TỔNG HỢP"],
        ["(Kèm theo Công văn số 12/SNV ngày 05/9/2025)"],
    ]


def numbering(random: Random, table: Table) -> None:
    """A row that numbers the columns."""
    table.rows.insert(0, list(range(1, len(table.head) + 1)))


def total(random: Random, table: Table) -> None:
    """A row of sums, above or below."""
    label = random.choice(("Tổng cộng", "TỔNG SỐ", "Cộng", "Toàn tỉnh", "Cộng chung", "Tổng hợp:"))
    at = random.choice([place for place, mark in enumerate(table.marks) if mark in "ct"])
    table.rows.insert(random.choice((0, len(table.rows))), _sum_of(table, table.rows, label, at))


def subtotals(random: Random, table: Table) -> None:
    """A row of sums under, or over, each unit's rows."""
    label, first = random.choice(("Cộng", "Tổng số", "Tổng cộng")), random.random() < 0.5
    at = max((place for place, mark in enumerate(table.marks) if mark == "t"), default=0)
    groups: dict[str, list[list[Any]]] = {}
    for row in table.rows:
        groups.setdefault(row[0], []).append(row)
    table.rows = []
    for unit, rows in groups.items():
        line = _sum_of(table, rows, label, at)
        if at:
            line[0] = unit
        table.rows += [line, *rows] if first else [*rows, line]


def blank_rows(random: Random, table: Table) -> None:
    """Empty rows between others."""
    table.rows.insert(random.randint(1, len(table.rows)), [""] * len(table.head))


def notes(random: Random, table: Table) -> None:
    """Notes and who made the table, below it."""
    table.below = [[], ["Ghi chú: số liệu tính đến 30/9/2025"], ["", "Người lập biểu"]]


def texts(random: Random, table: Table) -> None:
    """Counts typed as texts."""
    form = random.choice(("{}", " {} ", "{:02}", "{} người", "{},0"))
    _each(table, "n", form.format)


def decimal_commas(random: Random, table: Table) -> None:
    """Kilometres with a decimal comma."""
    form = random.choice((lambda km: f"{km:.3f}", lambda km: f"{km:g}", lambda km: f"{km:.3f} km"))
    _each(table, "k", lambda km: form(km).replace(".", ","))


def days_as_typed(random: Random, table: Table) -> None:
    """Days written with their day first."""
    form = random.choice(("%d/%m/%Y", "%d.%m.%Y", "%d/%m/%y", "%m/%Y", "%Y"))
    _each(table, "d", lambda day: day.strftime(form))


def marks_apart(random: Random, table: Table) -> None:
    """Letters with their marks apart (NFD)."""
    table.head = [unicodedata.normalize("NFD", text) for text in table.head]
    _each(table, "t", lambda text: unicodedata.normalize("NFD", text))


def capitals(random: Random, table: Table) -> None:
    """Headings in capitals, in two lines."""
    table.head = [text.upper().replace(" ", "\n", 1) for text in table.head]


def codes_as_numbers(random: Random, table: Table) -> None:
    """Codes that lost their zeros."""
    _each(table, "c", lambda code: code.lstrip("0"))


def merged_codes(random: Random, table: Table) -> None:
    """A unit's code on the first of its rows only."""
    before = None
    for row in table.rows:
        if row[0] == before:
            row[0] = ""
        else:
            before = row[0]


def other_columns(random: Random, table: Table) -> None:
    """Columns that are none of the table's, with figures."""
    for heading in random.sample(("Định mức", "Chênh lệch", "Đề nghị", "Năm 2024", "Ghi chú", "TT"), 2):
        place = random.randint(0, len(table.head))
        table.head.insert(place, heading)
        table.marks = f"{table.marks[:place]}x{table.marks[place:]}"
        for row in table.rows:
            row.insert(place, random.choice(("", random.randint(1, 9))))


def other_order(random: Random, table: Table) -> None:
    """Columns and rows moved."""
    order = random.sample(range(len(table.head)), len(table.head))
    table.head = [table.head[place] for place in order]
    table.marks = "".join(table.marks[place] for place in order)
    table.rows = [[row[place] for place in order] for row in random.sample(table.rows, len(table.rows))]


DRESSINGS = (
    *(total, subtotals, merged_codes, decimal_commas, days_as_typed, texts, codes_as_numbers, marks_apart),
    *(other_columns, other_order, blank_rows, numbering, capitals, titles, notes),
)
"""In the order in which they are put on: sums before figures become texts, columns before they move."""


def make(random: Random) -> tuple[Table, list[str]]:
    """A table in one to three dressings, and their names."""
    table = random.choice(DRAWN)(random, sorted(random.sample(sorted(UNITS), random.randint(2, 4))))
    worn = random.sample(DRESSINGS, random.choice((1, 1, 2, 3)))
    for dressing in sorted(worn, key=DRESSINGS.index):
        dressing(random, table)
    return table, [dressing.__name__ for dressing in worn]
