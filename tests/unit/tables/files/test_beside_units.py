"""Workbooks and forms of tables that are none of residents or people present: nothing in them is unsaid."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from quota.core.problems import Problem, Severity
from quota.tables.readers.department_posts import read_department_posts
from quota.tables.readers.departments import read_departments
from quota.tables.readers.fields import read_holders
from quota.tables.readers.people import read_leavers
from quota.tables.readers.positions import read_positions
from quota.tables.readers.terrain import read_terrain_table
from quota.tables.readers.units.staff import read_assigned
from tests.forms import csv_text

ASSIGNED: Sequence[Sequence[Any]] = (
    ("Mã xã", "Tên đơn vị", *(f"Biên chế được giao khối {bloc}" for bloc in ("chính quyền", "Đảng", "MTTQ"))),
    ("00004", "Phường Ba Đình", 40, 18, 9),
    ("00008", "Phường Ngọc Hà", 38, 17, 8),
)
TITLED: Sequence[Sequence[Any]] = (
    ("QUYẾT ĐỊNH giao biên chế năm 2026",),
    ("Mã xã", "Tên đơn vị", "Khối chính quyền", "Khối Đảng", "Khối MTTQ"),
    *ASSIGNED[1:],
)
DEPARTMENTS: Sequence[Sequence[Any]] = (
    ("Tên đơn vị", "Biên chế tạm giao", "Biên chế được giao", "Có mặt"),
    ("Sở Nội vụ", 50, 48, 47),
    ("Sở Y tế", 60, 58, 51),
)
TABLES = (
    pytest.param(read_assigned, ASSIGNED, id="assigned"),
    pytest.param(read_assigned, TITLED, id="granting"),
    pytest.param(read_department_posts, DEPARTMENTS, id="departments"),
)


FORMATS = {"struck": {"font_strikeout": True}, "unseen": {"num_format": ";;;"}}
FORMULAS = {"undone": ("=1+1", ""), "error": ("=Biểu9!A1", "#REF!")}


def book(folder: Path, lines: Sequence[Sequence[Any]], how: str) -> Path:
    """A workbook of these lines; `how` says what is odd in the third column of the last two."""
    path, last = folder / "giao.xlsx", len(lines) - 1
    with xlsxwriter.Workbook(str(path)) as workbook:
        sheet = workbook.add_worksheet("Biểu")
        for line, row in enumerate(lines):
            sheet.write_row(line, 0, row)
        if how == "merged":
            sheet.write_blank(last, 2, None)
            sheet.merge_range(last - 1, 2, last, 2, lines[last - 1][2])
        elif how in FORMATS:
            sheet.write(last, 2, lines[last][2], workbook.add_format(FORMATS[how]))
        elif how in FORMULAS:
            sheet.write_formula(last, 2, FORMULAS[how][0], None, FORMULAS[how][1])
        elif how == "comment":
            sheet.write_comment(last, 2, "số của năm trước")
        elif how == "hidden":
            sheet.set_column(2, 2, options={"hidden": True})
    return path


def said(problems: Sequence[Problem]) -> dict[str, Severity]:
    return {problem.code: problem.severity for problem in problems}


@pytest.mark.parametrize(("reader", "lines"), TABLES)
@pytest.mark.parametrize(
    ("how", "code", "severity"),
    [
        ("merged", "merged-figure", Severity.ERROR),
        ("struck", "struck-through", Severity.ERROR),
        ("undone", "formula", Severity.ERROR),
        ("error", "error-in-cell", Severity.ERROR),
        ("unseen", "unseen-figures", Severity.INFORMATION),
        ("comment", "comment", Severity.INFORMATION),
        ("hidden", "hidden-column", Severity.INFORMATION),
    ],
)
def test_what_a_workbook_shows_of_assigned_posts_is_said(
    tmp_path: Path, reader: Any, lines: Any, how: str, code: str, severity: Severity
) -> None:
    assert said(reader(book(tmp_path, lines, how)).problems)[code] is severity
    assert code not in said(reader(book(tmp_path, lines, "")).problems)


def test_a_figure_with_its_unit_in_merged_cells_is_nobodys_either(tmp_path: Path) -> None:
    lines = [
        ["Mã xã", "Khối", "Vị trí", "Biên chế hiện có", "Số người cần"],
        ["00004", "Chính quyền", "Kế toán", "2 người", 3],
        ["00004", "Chính quyền", "Văn thư", "2 người", 3],
    ]
    path = tmp_path / "vi-tri.xlsx"
    with xlsxwriter.Workbook(str(path)) as workbook:
        sheet = workbook.add_worksheet()
        for line, row in enumerate(lines):
            sheet.write_row(line, 0, row)
        sheet.merge_range(1, 3, 2, 3, "2 người")
        sheet.merge_range(1, 0, 2, 0, "00004")
    assert said(read_positions(path).problems)["merged-figure"] is Severity.ERROR


def csv_file(folder: Path, *lines: Sequence[Any]) -> Path:
    path = folder / "bang.csv"
    path.write_text(csv_text(lines), encoding="utf-8")
    return path


def test_the_heading_once_more_with_another_table_beside_it_loses_no_row_above(tmp_path: Path) -> None:
    path = csv_file(
        tmp_path,
        ["Mã xã", "Tên đơn vị", "Miền núi", "Vùng cao", "", "Khối", "Tổng"],
        ["00004", "Phường Ba Đình", "có", "không", "", "Sở Y tế", 4],
        ["00008", "Phường Ngọc Hà", "x", "có", "", "Chính quyền", 7],
        ["Mã xã", "Tên đơn vị", "Miền núi", "Vùng cao", "", "", ""],
        ["31120", "Phường Cái Răng", "", "không", "", "", ""],
    )
    table = read_terrain_table(path)
    assert [(row.code, row.terrain.mountain) for row in table.rows] == [
        ("00004", True),
        ("00008", True),
        ("31120", None),
    ]


def test_numbers_of_columns_beside_another_table_are_no_department(tmp_path: Path) -> None:
    path = csv_file(
        tmp_path,
        ["Sở, ngành", "Điều động", "Biệt phái", "", "Khối", "Tổng"],
        [1, 2, 3, "", "Sở Nội vụ", 12],
        ["Sở Nội vụ", 19, 4, "", "Chính quyền", 7],
    )
    assert [pool.place.code for pool in read_departments(path).pools] == ["Sở Nội vụ"]


def test_sections_and_what_is_signed_are_nobodys(tmp_path: Path) -> None:
    path = csv_file(
        tmp_path,
        DEPARTMENTS[0],
        ["I. Khối các sở", "", "", ""],
        DEPARTMENTS[1],
        ["II", "Các ban và chi cục", "", ""],
        DEPARTMENTS[2],
        ["", "", "", ""],
        ["Ghi chú: đã trừ người nghỉ", "", "", ""],
        ["", "", "Hà Nội, ngày 05 tháng 9 năm 2025", ""],
        ["NGƯỜI LẬP BIỂU", "", "", "GIÁM ĐỐC"],
        ["Nguyễn Văn A", "", "", "Trần Thị B"],
    )
    table = read_department_posts(path)
    assert [department.name for department in table.departments] == ["Sở Nội vụ", "Sở Y tế"]
    left = [problem for problem in table.problems if problem.code == "left-out"]
    assert [problem.row for problem in left] == [2, 4, 7, 8, 9, 10]
    assert not any("Nguyễn" in str(problem.value) for problem in left)


@pytest.mark.parametrize(
    "row",
    [
        pytest.param(["00031", "", "", ""], id="a code alone"),
        pytest.param(["", "Đảng", "", ""], id="a bloc alone"),
        pytest.param(["x", "", "x", ""], id="marks"),
        pytest.param(["I", "Đảng", "", ""], id="a numeral and a bloc"),
        pytest.param(["Ghi chú: một người", "", "", 1], id="a note with a figure"),
    ],
)
def test_a_row_that_could_be_somebodys_is_asked_about(tmp_path: Path, row: Sequence[Any]) -> None:
    head = ["Mã xã", "Khối", "Ngày", "Số người"]
    table = read_leavers(csv_file(tmp_path, head, ["00004", "Đảng", "2026-05-01", 1], row))
    assert Severity.ERROR in said(table.problems).values()


def test_a_table_of_nothing_but_its_heading_again_is_refused(tmp_path: Path) -> None:
    head = ["Mã xã", "Khối", "Ngày", "Số người"]
    assert Severity.ERROR in said(read_leavers(csv_file(tmp_path, head, head)).problems).values()


@pytest.mark.parametrize("section", ["II. Các phường", "I. Các xã", "Khu vực miền núi"])
def test_a_section_straight_under_the_heading_is_no_part_of_it(tmp_path: Path, section: str) -> None:
    path = csv_file(
        tmp_path,
        ["Số người", "Các lĩnh vực", "Mã xã", "Tên đơn vị"],
        [section, "", "", ""],
        [3, "Xây dựng", "10525", "Phường Hải Dương"],
    )
    table = read_holders(path)
    assert [(row.code, row.people) for row in table.rows] == [("10525", 3)]
    assert "left-out" in said(table.problems)
