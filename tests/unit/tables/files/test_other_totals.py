"""Rows of totals in tables of positions, needs, departments and plans: left out, or the table is refused."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from quota.core.problems import Severity, errors
from quota.tables.files.raw import ReadOptions
from quota.tables.files.wordings import DEFAULT
from quota.tables.readers.department_posts import read_department_posts
from quota.tables.readers.departments import read_departments
from quota.tables.readers.fields import read_holders, read_needs
from quota.tables.readers.plans import read_plan
from quota.tables.readers.position_lists import read_position_list
from quota.tables.readers.positions import read_positions

Write = Callable[..., Path]
POSITIONS = "Mã xã,Khối,Vị trí,Biên chế hiện có,Số người cần"
BA_DINH = ("00004,Chính quyền,Kế toán,1,3", "00004,Chính quyền,Văn thư,2,2")
NGOC_HA = ("00008,Đảng,Chuyên viên,4,6",)


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def writing(*lines: str) -> Path:
        path = tmp_path / "table.csv"
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return path

    return writing


def said(table: Any) -> list[tuple[str, int | None]]:
    return [(problem.code, problem.row) for problem in errors(table.problems)]


@pytest.mark.parametrize(
    "lines",
    [
        (*BA_DINH, *NGOC_HA, "Tổng cộng,,,7,11"),
        ("Toàn tỉnh,,,7,11", *BA_DINH, *NGOC_HA),
        (*BA_DINH, "00004,,Cộng,3,5", *NGOC_HA, "00008,,Cộng,4,6", ",,TỔNG SỐ,7,11"),
        ("00004,,Tổng số:,3,5", *BA_DINH, "00008,,Tổng số:,4,6", *NGOC_HA),
        (*BA_DINH, *NGOC_HA, "Tổng hợp,,,,"),
        (*BA_DINH, *NGOC_HA, ",,Cộng chung,7 người,11"),
    ],
)
def test_totals_are_no_positions(write: Write, lines: tuple[str, ...]) -> None:
    path = write(POSITIONS, *lines)
    table, listed = read_positions(path), read_position_list(path)
    assert not errors((*table.problems, *listed.problems))
    assert [(cell.place.code, cell.staff, cell.target) for cell in table.cells] == [
        ("00004", 1, 3),
        ("00004", 2, 2),
        ("00008", 4, 6),
    ]
    assert [(row.people, row.positions) for row in listed.rows] == [(1, 3), (2, 2), (4, 6)]
    assert {problem.code for problem in table.problems} == {"left-out"}


@pytest.mark.parametrize(
    ("lines", "row"),
    [
        ((*BA_DINH, *NGOC_HA, "Tổng cộng,,,7,12"), 5),
        ((*BA_DINH, "00004,,Cộng,4,5", *NGOC_HA), 4),
        (("Tổng cộng,,,7,11",), 2),
    ],
)
def test_a_total_that_is_no_sum_refuses_the_table(write: Write, lines: tuple[str, ...], row: int) -> None:
    assert said(read_positions(write(POSITIONS, *lines))) == [("not-a-sum", row)]


def test_no_department_is_called_total(write: Write) -> None:
    lines = ("Sở, ngành|Điều động|Biệt phái", "Sở Nội vụ|3|5", "Sở Tài chính|0|4", "Tổng cộng|3|9")
    table = read_departments(write(*(line.replace(", ", " và ").replace("|", ",") for line in lines[1:])))
    assert said(table)  # without a heading there is no table
    path = write(*(f'"{line.replace("|", chr(34) + "," + chr(34))}"' for line in lines))
    table = read_departments(path)
    assert not errors(table.problems)
    assert [(pool.place.code, pool.transfer, pool.secondment) for pool in table.pools] == [
        ("Sở Nội vụ", 3, 5),
        ("Sở Tài chính", 0, 4),
    ]


def test_no_field_is_called_total(write: Write) -> None:
    needs = read_needs(write("Mã xã,Lĩnh vực,Số người cần", "00004,Tài chính,2", "00004,Tổng,2"))
    assert [(row.field, row.needed) for row in needs.rows] == [("Tài chính", 2)]
    holders = read_holders(write("Mã xã,Số người,Các lĩnh vực", "00004,2,Tài chính", "00004,2,Tổng"))
    assert [(row.fields, row.people) for row in holders.rows] == [(("Tài chính",), 2)]


def test_words_that_begin_as_a_total_does_are_positions(write: Write) -> None:
    lines = ("00004,Chính quyền,Kế toán,1,3", "00004,Chính quyền,Cộng tác viên,1,3")
    assert [cell.place.group for cell in read_positions(write(POSITIONS, *lines)).cells] == [
        "Kế toán",
        "Cộng tác viên",
    ]


def test_a_total_under_a_plan_moves_nobody(write: Write) -> None:
    head = "stage,kind,from_code,from_name,from_group,to_code,to_group,people"
    plan = read_plan(write(head, "2,transfer,00004,,government,00008,government,3", ",,,Tổng cộng,,,,195"))
    assert not errors(plan.problems)
    assert [move.people for move in plan.moves] == [3]


def test_a_ragged_row_keeps_its_problem(write: Write) -> None:
    table = read_positions(write(POSITIONS, *BA_DINH, "Tổng cộng,,,3,5", "00008,Đảng"))
    assert said(table) == [("ragged-row", 5)]


POSTS = "Tên đơn vị,Biên chế tạm giao,Biên chế được giao"
SO = ("Sở Nội vụ,3,5", "Sở Y tế,4,6")


@pytest.mark.parametrize(
    "lines",
    [
        (*SO, "Tổng cộng,7,11"),
        ("I. Khối các sở,7,11", *SO),
        (*SO, "Trong đó: nữ,1,2"),
        (SO[0], "- Trong đó biệt phái,1,2", SO[1]),
        (SO[0], "Trong đó:,,", "- Nữ,1,2", "+ Hợp đồng,0,1", SO[1], "Tổng số,7,11"),
        ("Huyện Gia Lâm,3,5", SO[0], "Thị xã Kỳ Anh,4,6", SO[1], "Tổng cộng,7,11"),
    ],
)
def test_sums_and_parts_are_no_departments(write: Write, lines: tuple[str, ...]) -> None:
    """They were: nothing but people present showed what a row is a sum of."""
    table = read_department_posts(write(POSTS, *lines))
    found = [(row.name, row.provisional, row.assigned) for row in table.departments]
    assert found == [("Sở Nội vụ", 3, 5), ("Sở Y tế", 4, 6)]
    assert {problem.code for problem in table.problems} == {"left-out"}


def test_a_group_that_is_no_sum_stays_a_department(write: Write) -> None:
    table = read_department_posts(write(POSTS, "I. Sở Nội vụ,3,5", "II. Sở Y tế,4,6", "Tổng cộng,7,11"))
    assert [row.name for row in table.departments] == ["I. Sở Nội vụ", "II. Sở Y tế"]


@pytest.mark.parametrize(
    "lines",
    [
        (SO[0], "Trong đó:,,", "Nữ,1,2", SO[1]),
        ("- Sở Nội vụ,3,5", "Trong đó:,,", "- Nữ,1,2", "- Sở Y tế,4,6"),
    ],
)
def test_parts_that_cannot_be_told_from_other_rows_refuse_the_table(
    write: Write, lines: tuple[str, ...]
) -> None:
    assert said(read_department_posts(write(POSTS, *lines))) == [("parts-of-a-row", 3)]


def test_where_every_row_has_a_dash_those_after_a_part_are_rows(write: Write) -> None:
    lines = ("- Sở Nội vụ,3,5", "- Trong đó: nữ,1,2", "- Sở Y tế,4,6")
    table = read_department_posts(write(POSTS, *lines))
    assert [row.name for row in table.departments] == ["- Sở Nội vụ", "- Sở Y tế"]


def test_posts_of_two_years_are_asked_about(write: Write) -> None:
    head = "Tên đơn vị,Biên chế được giao năm 2024,Biên chế được giao"
    path = write(head, "Sở Nội vụ,3,5")
    assert said(read_department_posts(path)) == [("ambiguous-column", 1)]
    own = DEFAULT.with_own({"biên chế được giao năm 2024": "ignore"})
    table = read_department_posts(path, options=ReadOptions(wordings=own))
    assert [row.assigned for row in table.departments] == [5]


@pytest.mark.parametrize("mark", ["nt", "''", '""""', "như trên"])
def test_a_mark_that_says_as_above_is_no_position(write: Write, mark: str) -> None:
    lines = ("00004,Chính quyền,Kế toán,1,3", f"00008,Chính quyền,{mark},2,2")
    path = write(POSITIONS, *lines)
    assert ("ditto", 3) in said(read_positions(path))
    assert ("ditto", 3) in said(read_position_list(path))


def test_a_place_and_a_day_below_are_no_row(write: Write) -> None:
    table = read_positions(write(POSITIONS, *BA_DINH, ",,,Hà Nội - ngày 05 tháng 9 năm 2025,"))
    assert not errors(table.problems)
    assert len(table.cells) == len(BA_DINH)


def test_people_in_thousands_are_read_as_thousands_where_the_heading_says_so(write: Write) -> None:
    path = write("Mã xã,Lĩnh vực,Số người cần (nghìn người)", "00004,Tài chính,0.002")
    assert [row.needed for row in read_needs(path).rows] == [2]


def test_a_title_that_speaks_of_thousands_is_warned_of(write: Write) -> None:
    path = write(",,,,ĐVT: nghìn người", POSITIONS, *BA_DINH)
    found = {problem.code: problem.severity for problem in read_positions(path).problems}
    assert found["unit-not-used"] is Severity.WARNING
