"""A heading on two rows is read whole where its lower row alone would do for the blocs."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

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
