"""A heading on two rows is read whole where its lower row alone would do for the blocs."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from quota import read_staff
from quota.core.problems import Severity
from quota.tables.readers.units.staff import read_assigned


@pytest.mark.parametrize("group", ["Biên chế được giao", "Số biên chế giao năm 2026"])
def test_posts_assigned_under_a_group_keep_the_names_beside_them(tmp_path: Path, group: str) -> None:
    path = tmp_path / "assigned.csv"
    rows = [
        ["GIAO BIÊN CHẾ", "", "", "", ""],
        ["TT", "Tên đơn vị", group, "", ""],
        ["", "", "Chính quyền", "Đảng", "MTTQ"],
        ["1", "Xã A", "33", "18", "9"],
        ["2", "Xã B", "34", "17", "8"],
    ]
    with path.open("w", encoding="utf-8", newline="") as lines:
        csv.writer(lines).writerows(rows)
    table = read_assigned(path)
    assert [row.name for row in table.rows] == ["Xã A", "Xã B"]


def test_groups_over_the_middle_of_their_columns_are_refused_by_the_first(tmp_path: Path) -> None:
    """A bloc of the posts assigned would be the one of the people present."""
    path = tmp_path / "staff.csv"
    rows = [
        ["TT", "Đơn vị", "", "Có mặt", "", "", "Giao", ""],
        ["", "", *["Đảng", "MTTQ", "Chính quyền"] * 2],
        ["1", "Xã A", "18", "9", "33", "20", "10", "35"],
    ]
    with path.open("w", encoding="utf-8", newline="") as lines:
        csv.writer(lines).writerows(rows)
    assert [(problem.code, problem.row) for problem in read_staff(path).problems] == [("heading-groups", 1)]


def test_a_heading_in_the_lower_row_before_groups_is_its_own(tmp_path: Path) -> None:
    path = tmp_path / "staff.csv"
    rows = [
        ["", "", "", "Đảng", "", "MTTQ", "", "Chính quyền", ""],
        ["TT", "Đơn vị", "Tổng số", *["Tổng số", "Nữ"] * 3],
        ["1", "Xã A", "60", "18", "9", "9", "3", "33", "12"],
    ]
    with path.open("w", encoding="utf-8", newline="") as lines:
        csv.writer(lines).writerows(rows)
    table = read_staff(path)
    assert [tuple(row.staff) for row in table.rows] == [(33, 18, 9)]
    assert not [problem for problem in table.problems if problem.severity is Severity.ERROR]
