"""Residents in thousands where no heading says so: read as thousands, or asked about."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest

from quota import read_units
from quota.core.problems import Severity
from quota.core.units import UnitTable
from quota.tables.columns.scale import LEAST_RESIDENTS

UNITS = (
    ("01840", "Phường Đức Xuân", 103),
    ("01864", "Xã Bằng Thành", 37),
    ("01879", "Xã Cao Minh", 9),
    ("01843", "Phường Bắc Kạn", 51),
)
THOUSANDS = [unit[2] * 1000 for unit in UNITS]


def table(heading: str = "Dân số", *, above: str = "", below: str = "") -> list[list[object]]:
    rows: list[list[object]] = [[above]] if above else []
    rows += [["Mã", "Tên đơn vị", heading], *(list(unit) for unit in UNITS)]
    return [*rows, *([[], [below]] if below else [])]


def read(folder: Path, rows: Sequence[Sequence[object]]) -> UnitTable:
    path = folder / "units.csv"
    with path.open("w", encoding="utf-8", newline="") as lines:
        csv.writer(lines).writerows([*row, *[""] * (3 - len(row))] for row in rows)
    return read_units(path)


def residents(found: UnitTable) -> list[int | None]:
    return [unit.population for unit in found.units]


def errors(found: UnitTable) -> list[str]:
    return [problem.code for problem in found.problems if problem.severity is Severity.ERROR]


@pytest.mark.parametrize(
    "said",
    [
        *("DÂN SỐ CÁC XÃ (nghìn người)", "DÂN SỐ TRUNG BÌNH - Nghìn người", "DÂN SỐ - 1000 người"),
        *("Unit: Thous. pers", "Nghìn người", "1000 người - Thous. pers.", "DVT: nghin nguoi"),
        *("(Số liệu tính theo nghìn người)", "Tính bằng nghìn người", "Đơn vị tính : Nghìn  người"),
    ],
)
def test_a_title_or_a_note_says_thousands(tmp_path: Path, said: str) -> None:
    for rows in (table(above=said), table(below=said)):
        found = read(tmp_path, rows)
        assert (residents(found), errors(found)) == (THOUSANDS, [])


@pytest.mark.parametrize(
    "heading",
    [
        *(
            "Dân số (10³ người)",
            "Dân số 1.000 người",
            "Dân số (nghìn ng.)",
            "Dân số (x1000)",
            "Dân số (1000ng)",
        ),
        *("Average population (thous. pers.)", "Population ('000)", "Population (000s)"),
    ],
)
def test_a_heading_says_thousands(tmp_path: Path, heading: str) -> None:
    found = read(tmp_path, table(heading))
    assert (residents(found), errors(found)) == (THOUSANDS, [])


@pytest.mark.parametrize("heading", ["Dân số", "Dân số/1000", "Nhân khẩu", "Tổng dân số năm 2025"])
def test_thousands_of_which_nothing_is_said_are_asked_about(tmp_path: Path, heading: str) -> None:
    found = read(tmp_path, table(heading))
    assert errors(found) == ["few-residents"]
    asked = found.problems[-1]
    assert (asked.row, asked.column, asked.value) == (2, heading, "103")
    assert f"{heading} (nghìn người)" in str(asked.fix)


def test_what_is_suggested_is_accepted(tmp_path: Path) -> None:
    assert residents(read(tmp_path, table("Dân số (nghìn người)"))) == THOUSANDS
    as_people = read(tmp_path, table("Dân số (người)"))
    assert (residents(as_people), errors(as_people)) == ([103, 37, 9, 51], [])
    assert errors(read(tmp_path, table(above="ĐVT: người"))) == []


def test_both_sides_of_the_bounds(tmp_path: Path) -> None:
    rows = table()
    rows[1][2] = LEAST_RESIDENTS - 1
    assert errors(read(tmp_path, rows)) == ["few-residents"]
    rows[1][2] = LEAST_RESIDENTS
    assert errors(read(tmp_path, rows)) == []
    assert errors(read(tmp_path, table()[:4])) == ["few-residents"]
    assert errors(read(tmp_path, table()[:3])) == []


def test_units_that_are_not_the_official_ones_are_let_be(tmp_path: Path) -> None:
    rows = table()
    for place, row in enumerate(rows[1:], 1):
        row[0] = f"9000{place}"
    assert errors(read(tmp_path, rows)) == []
    for place, row in enumerate(rows[1:3], 1):
        row[0] = UNITS[place][0]
    assert errors(read(tmp_path, rows)) == []


def test_special_zones_may_be_small(tmp_path: Path) -> None:
    zones = [
        ["11942", "Đặc khu Bạch Long Vĩ", 686],
        ["19742", "Đặc khu Cồn Cỏ", 139],
        ["22736", "Đặc khu Trường Sa", 153],
    ]
    assert errors(read(tmp_path, [table()[0], *zones])) == []


def test_a_sheets_name_says_thousands(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Dân số (nghìn người)"
    for row in table():
        sheet.append(row)
    book.save(tmp_path / "units.xlsx")
    assert residents(read_units(tmp_path / "units.xlsx")) == THOUSANDS


def test_one_commune_a_file_is_judged_together(tmp_path: Path) -> None:
    paths = []
    for code, name, figure in UNITS:
        paths.append(tmp_path / f"{code}.csv")
        paths[-1].write_text(f"Mã,Tên đơn vị,Dân số\n{code},{name},{figure}\n", encoding="utf-8")
    assert errors(read_units(*paths)) == ["few-residents"]
