"""Tables beside population and staff, drawn with a known truth, and what their readers find in them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date
from itertools import combinations, pairwise
from pathlib import Path
from random import Random
from typing import Any

from msgspec import Struct, field

from quota.tables.readers.borders import read_borders
from quota.tables.readers.department_posts import read_department_posts
from quota.tables.readers.departments import read_departments
from quota.tables.readers.distances import read_distances
from quota.tables.readers.fields import read_holders, read_needs
from quota.tables.readers.people import read_arrivals, read_leavers, read_people
from quota.tables.readers.plans import read_done, read_plan
from quota.tables.readers.position_lists import read_position_list
from quota.tables.readers.positions import read_positions, read_substitutes
from quota.tables.readers.secondments import read_secondments
from quota.tables.readers.terrain import read_terrain_table
from quota.tables.readers.units.staff import read_assigned

UNITS = {
    "00004": "Phường Ba Đình",
    "00008": "Phường Ngọc Hà",
    "10525": "Phường Hải Dương",
    "11311": "Phường Hồng Bàng",
    "31120": "Phường Cái Răng",
}
POSITIONS = ("Kế toán", "Văn thư", "Địa chính - xây dựng", "Tư pháp - hộ tịch")
FIELDS = ("Tài chính", "Xây dựng", "Nội vụ")
DEPARTMENTS = ("Sở Nội vụ", "Sở Y tế", "Sở Tài chính")
BLOCS = {"Chính quyền": "government", "Đảng": "party", "MTTQ": "front"}
Truth = Mapping[tuple[str, ...], object]
Spot = tuple[int, int]


class Beside(list[Any]):
    """A row beside those that were drawn: a sum of them, or a part of one."""


class Shown(Struct):
    """What a workbook shows of a table: lines and columns count from 0."""

    hidden_lines: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    filtered: bool = False
    comments: dict[Spot, str] = field(default_factory=dict)
    formats: dict[Spot, dict[str, Any]] = field(default_factory=dict)
    formulas: dict[Spot, tuple[str, Any]] = field(default_factory=dict)
    """Formulas, with the values saved beside them."""
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    """First line and column, last line and column."""
    sheets: dict[str, list[list[Any]]] = field(default_factory=dict)
    """Other sheets, behind the table's."""
    must_say: set[str] = field(default_factory=set)
    """Codes of problems, one of which must be said: none of it is right in silence."""


class Table(Struct):
    """A table's cells and what they say; `marks` say of each column: c code, t text, n count, k km, d day.

    An x is a column of something else. `shown` is what only a workbook can show.
    """

    kind: str
    head: list[str]
    marks: str
    rows: list[list[Any]]
    truth: Truth
    above: list[list[Any]] = field(default_factory=list)
    below: list[list[Any]] = field(default_factory=list)
    shown: Shown = field(default_factory=Shown)

    @property
    def lines(self) -> list[list[Any]]:
        """All rows of the sheet."""
        return [*self.above, self.head, *self.rows, *self.below]

    @property
    def first(self) -> int:
        """The line of the first row under the heading, counted from 0."""
        return len(self.above) + 1


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
    rows = [[name, random.randint(0, 20), random.randint(0, 9)] for name in DEPARTMENTS]
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


def _plan(random: Random, codes: list[str]) -> Table:
    head = ["Bước", "Hình thức", "Mã nơi đi", "Khối nơi đi", "Mã nơi đến", "Khối nơi đến", "Số người"]
    rows = [
        [1, "transfer", first, "government", second, "government", random.randint(1, 9)]
        for first, second in pairwise(codes)
    ]
    return Table("plan", head, "xtctctn", rows, {(row[2], row[4]): row[6] for row in rows})


def _borders(random: Random, codes: list[str]) -> Table:
    rows = [[first, second, random.randint(1, 30_000) / 1000] for first, second in combinations(codes, 2)]
    truth = {(min(first, second), max(first, second)): round(km * 1000) for first, second, km in rows}
    return Table("borders", ["Mã A", "Mã B", "Chiều dài ranh giới (km)"], "cck", rows, truth)


def _day(random: Random, first: int, last: int) -> date:
    return date(random.randint(first, last), random.randint(1, 12), random.randint(1, 28))


def _secondments(random: Random, codes: list[str]) -> Table:
    head = ["Mã biệt phái", "Đơn vị cử", "Đơn vị nhận", "Từ ngày", "Đến ngày", "Số người", "Lĩnh vực"]
    rows, truth = [], {}
    for number, (home, host) in enumerate(pairwise(codes), start=1):
        start, end = _day(random, 2025, 2025), _day(random, 2026, 2027)
        people, name = random.randint(1, 4), random.choice(FIELDS)
        rows.append([f"BP-{number:02}", home, host, start, end, people, name])
        truth[home, host, f"BP-{number:02}"] = (start, end, people, name)
    return Table("secondments", head, "xccddnt", rows, truth)


def _persons(random: Random, codes: list[str]) -> Table:
    rows, truth = [], Counter[tuple[str, ...]]()
    for code in codes:
        for _ in range(random.randint(1, 3)):
            bloc, born, sex = (
                random.choice(list(BLOCS)),
                _day(random, 1966, 2003),
                random.choice(("Nam", "Nữ")),
            )
            rows.append([code, bloc, born, sex])
            truth[code, BLOCS[bloc], born.isoformat(), sex] += 1
    return Table("persons", ["Mã xã", "Khối", "Ngày sinh", "Giới tính"], "ctdt", rows, dict(truth))


def _assigned(random: Random, codes: list[str]) -> Table:
    """Posts that a decision assigns, under headings that say so, or under a title that does."""
    blocs = ["khối chính quyền", "khối Đảng", "khối MTTQ"]
    rows = [[code, UNITS[code], *(random.randint(5, 60) for _ in blocs)] for code in codes]
    truth = {(row[0],): tuple(row[2:]) for row in rows}
    if random.random() < 0.5:
        head = ["Mã xã", "Tên đơn vị", *(f"Biên chế được giao {bloc}" for bloc in blocs)]
        return Table("assigned", head, "ctnnn", rows, truth)
    head = [
        "Mã xã",
        "Tên đơn vị",
        *(bloc.capitalize().replace("đ", "Đ").replace("mttq", "MTTQ") for bloc in blocs),
    ]
    title = [["QUYẾT ĐỊNH"], ["Về việc giao biên chế năm 2026 cho các xã, phường"]]
    return Table("assigned", head, "ctnnn", rows, truth, above=title)


def _terrain(random: Random, codes: list[str]) -> Table:
    said = {"có": True, "không": False, "x": True, "": None}
    rows = [[code, UNITS[code], random.choice(list(said)), random.choice(list(said))] for code in codes]
    if not any(row[2] or row[3] for row in rows):
        rows[0][2] = "có"
    truth = {(row[0],): (said[row[2]], said[row[3]]) for row in rows}
    return Table("terrain", ["Mã xã", "Tên đơn vị", "Miền núi", "Vùng cao"], "cttt", rows, truth)


def _substitutes(random: Random, codes: list[str]) -> Table:
    pairs = random.sample(
        [(first, second) for first in POSITIONS for second in POSITIONS if first != second], 3
    )
    rows = [[first, second, random.randint(0, 9)] for first, second in pairs]
    truth = {(first, second): cost for first, second, cost in rows}
    return Table("substitutes", ["Từ vị trí", "Đến vị trí", "Chi phí"], "ttn", rows, truth)


def _posts(random: Random, codes: list[str]) -> Table:
    head = ["Tên đơn vị", "Biên chế tạm giao", "Biên chế được giao", "Có mặt"]
    rows = [[name, *(random.randint(5, 90) for _ in range(3))] for name in DEPARTMENTS]
    return Table("posts", head, "tnnn", rows, {(row[0],): tuple(row[1:]) for row in rows})


def _other_reader(
    make: Callable[[Random, list[str]], Table], kind: str
) -> Callable[[Random, list[str]], Table]:
    """The same table, for another reader."""

    def drawn(random: Random, codes: list[str]) -> Table:
        table = make(random, codes)
        table.kind = kind
        return table

    return drawn


DRAWN = (
    *(_positions, _needs, _holders, _departments, _distances, _leavers, _done, _plan, _borders, _secondments),
    *(_persons, _assigned, _terrain, _substitutes, _posts),
    *(_other_reader(_leavers, "arrivals"), _other_reader(_positions, "position_list")),
)


TWICE = "twice"
"""What is said of a key that two rows have."""
Found = tuple[Any, dict[tuple[str, ...], object]]


def _in_done(path: Path) -> Found:
    table = read_done(path)
    places = ((row, row.origin, row.target) for row in table.rows)
    return table, {
        (first.code if first else "", second.code if second else ""): (row.people, row.stuck)
        for row, first, second in places
    }


def _in_persons(path: Path) -> Found:
    table = read_people(path)
    people = ((row, "Nữ" if row.woman else "Nam") for row in table.people)
    return table, dict(Counter((row.code, str(row.bloc), row.born.isoformat(), sex) for row, sex in people))


def _of(
    reader: Callable[[Path], Any], rows: str, key: Callable[[Any], Any], value: Callable[[Any], Any]
) -> Any:
    """What a reader's rows say, by their keys; and the table that it gives."""

    def read(path: Path) -> Found:
        table = reader(path)
        found: dict[tuple[str, ...], object] = {}
        for row in getattr(table, rows):
            found[key(row)] = TWICE if key(row) in found else value(row)
        return table, found

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
    "plan": _of(
        read_plan,
        "moves",
        lambda move: tuple(end.code if end else "" for end in (move.origin, move.target)),
        lambda move: move.people,
    ),
    "borders": _of(
        read_borders,
        "borders",
        lambda border: (border.code_a, border.code_b),
        lambda border: None if border.km is None else round(border.km * 1000),
    ),
    "secondments": _of(
        read_secondments,
        "rows",
        lambda row: (row.home, row.host, row.id),
        lambda row: (row.start, row.end, row.people, row.field),
    ),
    "persons": _in_persons,
    "assigned": _of(
        read_assigned, "rows", lambda row: (row.code or row.name,), lambda row: tuple(row.assigned)
    ),
    "terrain": _of(
        read_terrain_table,
        "rows",
        lambda row: (row.code or row.name,),
        lambda row: (row.terrain.mountain, row.terrain.highland),
    ),
    "substitutes": lambda path: (table := read_substitutes(path), dict(table.pairs)),
    "posts": _of(
        read_department_posts,
        "departments",
        lambda department: (department.name,),
        lambda department: (department.provisional, department.assigned, department.present),
    ),
    "arrivals": _of(
        read_arrivals, "leavers", lambda row: (row.code, str(row.bloc)), lambda row: (row.last, row.people)
    ),
    "position_list": _of(
        read_position_list,
        "rows",
        lambda row: (row.code or row.name, row.kind[-1]),
        lambda row: (row.people, row.positions),
    ),
}
"""By the kind of a table what its reader finds, as the truth is told."""
