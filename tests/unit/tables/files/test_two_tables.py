"""Two tables on one sheet: nothing beside a heading once more hides rows, and no row above is lost."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from quota.tables.readers.fields import read_needs
from quota.tables.readers.people import read_people
from quota.tables.readers.position_lists import read_position_list
from quota.tables.readers.units.population import read_units

NEEDS = ["Mã xã", "Tên đơn vị", "Lĩnh vực", "Số người cần"]


def written(folder: Path, rows: list[list[str]]) -> Path:
    path, width = folder / "table.csv", max(map(len, rows))
    with path.open("w", encoding="utf-8", newline="") as lines:
        csv.writer(lines).writerows([*row, *[""] * (width - len(row))] for row in rows)
    return path


def test_a_row_of_another_table_beside_the_heading_once_more_does_not_hide_what_is_above(
    tmp_path: Path,
) -> None:
    head = ["Mã xã", "Khối", "Vị trí", "Biên chế hiện có", "Số người cần", ""]
    rows = [
        [*head, "STT", "Nội dung"],
        ["00004", "Chính quyền", "Kế toán", "3", "3", "", "Sở Nội vụ", "12"],
        ["00008", "Chính quyền", "Văn thư", "2", "3", "", "Sở Y tế", "4"],
        [*head, "Chính quyền", "7"],
        ["10525", "Chính quyền", "Kế toán", "6", "1"],
    ]
    found = read_position_list(written(tmp_path, rows))
    assert [row.code for row in found.rows] == ["00004", "00008", "10525"]


@pytest.mark.parametrize(
    ("read", "upper", "lower"),
    [
        (
            read_needs,
            [NEEDS, ["00004", "Phường Ba Đình", "Nội vụ", "3"]],
            [["Khối", *NEEDS], ["Đảng", "10525", "Phường Hải Dương", "Nội vụ", "3"]],
        ),
        (
            read_people,
            [["Mã xã", "Khối", "Ngày sinh", "Giới tính"], ["00004", "Đảng", "01/02/1970", "Nam"]],
            [
                ["Mã xã", "Vị trí", "Khối", "Ngày sinh", "Giới tính"],
                ["10525", "Kế toán", "Đảng", "01/02/1970", "Nữ"],
            ],
        ),
        (
            read_units,
            [["Mã xã", "Tên đơn vị", "Loại", "Dân số"], ["00004", "Phường Ba Đình", "phường", "30000"]],
            [
                ["Mã xã", "Tên đơn vị", "Loại", "Dân số", "Diện tích (km2)"],
                ["10525", "Phường Hải Dương", "phường", "32000", "12"],
            ],
        ),
    ],
)
def test_a_table_above_one_with_more_columns_is_not_left_out_in_silence(
    tmp_path: Path, read: Callable[[Path], Any], upper: list[list[str]], lower: list[list[str]]
) -> None:
    found = read(written(tmp_path, [["BIỂU SỐ 1"], *upper, [], *lower]))
    assert [(problem.code, problem.row) for problem in found.problems] == [("two-tables", 3)]


def test_what_is_above_a_heading_and_has_other_columns_is_left_out(tmp_path: Path) -> None:
    rows = [
        ["STT", "Đơn vị tính", "Tổng số"],
        ["1", "người", "62000"],
        ["Mã xã", "Tên đơn vị", "Loại", "Dân số"],
        ["00004", "Phường Ba Đình", "phường", "30000"],
        ["10525", "Phường Hải Dương", "phường", "32000"],
    ]
    found = read_units(written(tmp_path, rows))
    assert [(unit.code, unit.population) for unit in found.units] == [("00004", 30000), ("10525", 32000)]


def test_a_row_beside_the_heading_of_another_table_is_no_heading(tmp_path: Path) -> None:
    head = ["Mã xã", "Tên đơn vị", "Lĩnh vực", "Số người cần"]
    rows = [
        [*head, "", *head],
        ["00004", "Phường Ba Đình", "Nội vụ", "3", "", *head],
        ["00008", "Phường Ngọc Hà", "Nội vụ", "2", "", "10525", "Phường Hải Dương", "Nội vụ", "1"],
    ]
    found = read_needs(written(tmp_path, rows))
    assert {problem.code for problem in found.problems} == {"ambiguous-column"}
