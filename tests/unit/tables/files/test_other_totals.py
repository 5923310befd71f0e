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
from quota.tables.readers.people import read_leavers
from quota.tables.readers.plans import read_done, read_plan
from quota.tables.readers.position_lists import read_position_list
from quota.tables.readers.positions import read_positions
from quota.tables.readers.units.staff import read_assigned

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


@pytest.mark.parametrize(
    ("read", "lines", "row"),
    [
        (
            read_leavers,
            ("Mã xã,Khối,Ngày,Số người,", ",,,Tổng số,Nữ", "00004,Đảng,2026-05-01,4,2"),
            "Số người / Tổng số",
        ),
        (read_leavers, ("Mã xã,Khối,Ngày,Số lượng,", "00004,Đảng,2026-05-01,4,"), "Số lượng"),
        (read_holders, ("Mã xã,Các lĩnh vực,Số người năm 2024", "00004,Tài chính,2"), "Số người năm 2024"),
    ],
)
def test_people_whose_heading_is_not_understood_are_asked_about(
    write: Write, read: Callable[[Path], Any], lines: tuple[str, ...], row: str
) -> None:
    """Each row was one person."""
    path = write(*lines)
    problems = errors(read(path).problems)
    assert [(problem.code, problem.column) for problem in problems] == [("unread-column", row)]


def test_a_heading_that_the_user_ignores_speaks_of_nobody(write: Write) -> None:
    path = write("Mã xã,Các lĩnh vực,Số người phụ thuộc", "00004,Tài chính,2")
    own = ReadOptions(wordings=DEFAULT.with_own({"số người phụ thuộc": "ignore"}))
    assert errors(read_holders(path).problems)
    assert [row.people for row in read_holders(path, own).rows] == [1]


def test_what_is_done_under_two_years_is_asked_about(write: Write) -> None:
    head = "from_code,from_group,to_code,to_group,people,Chưa chuyển được,"
    path = write(head, ",,,,,Năm 2024,Năm 2025", "00004,government,00008,government,0,3,2")
    assert ("unread-column", 1) in said(read_done(path))


@pytest.mark.parametrize("name", ["(1)", "Số người nghỉ hưu trong năm:"])
def test_what_can_be_no_departments_name_is_asked_about(write: Write, name: str) -> None:
    assert said(read_department_posts(write(POSTS, *SO, f"{name},7,"))) == [("no-name", 4)]
    path = write('"Sở, ngành",Điều động,Biệt phái', *SO, f"{name},7,")
    assert said(read_departments(path)) == [("no-name", 4)]


@pytest.mark.parametrize("row", ["Sở Nội,,,", "chính,,,xem công văn 12"])
def test_a_name_without_a_figure_that_may_go_on_is_warned_of(write: Write, row: str) -> None:
    lines = (f"{POSTS},Ghi chú", *(f"{line}," for line in SO), row)
    table = read_department_posts(write(*lines))
    assert {(problem.code, problem.severity) for problem in table.problems} == {
        ("name-alone", Severity.WARNING)
    }


def test_assigned_posts_that_are_not_understood_are_warned_of(write: Write) -> None:
    head = "Mã xã,Biên chế được giao khối Đảng,Biên chế được giao khối MTTQ,"
    table = read_assigned(write(head, ",,Năm trước,Năm nay", "00004,5,6,7"))
    found = {(problem.code, problem.severity) for problem in table.problems}
    assert ("unread-column", Severity.WARNING) in found
    title = "Quyết định giao biên chế năm 2026,,,"
    table = read_assigned(
        write(title, head.replace("Biên chế được giao k", "K"), ",,Năm trước,Năm nay", "00004,5,6,7")
    )
    found = {(problem.code, problem.severity) for problem in table.problems}
    assert ("unread-column", Severity.WARNING) in found


def test_posts_of_departments_under_two_years_are_warned_of(write: Write) -> None:
    lines = ("Tên đơn vị,Biên chế được giao,,Có mặt", ",Năm trước,Năm nay,", "Sở Nội vụ,3,4,5")
    table = read_department_posts(write(*lines))
    assert [(row.assigned, row.present) for row in table.departments] == [(None, 5)]
    assert {(problem.code, problem.severity) for problem in table.problems} == {
        ("unread-column", Severity.WARNING)
    }


def test_sums_behind_an_empty_column_are_no_fields(write: Write) -> None:
    head = "Mã xã,,Tên đơn vị,Số người,Các lĩnh vực"
    lines = ("00008,,Phường Ngọc Hà,1,Tài chính", "00008,,Phường Ngọc Hà,5,Nội vụ", "00008,,,6,Cộng")
    rows = read_holders(write(head, *lines)).rows
    assert [(row.fields, row.people) for row in rows] == [(("Tài chính",), 1), (("Nội vụ",), 5)]
