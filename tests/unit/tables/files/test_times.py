"""Sheets of one table at different times are asked about, and those of different places read as one."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from quota import read_units
from quota.core.problems import Severity
from quota.core.units import UnitTable
from quota.tables.files.raw import ReadOptions
from quota.tables.files.said.times import of_different_times

UNITS = (
    ("01840", "Phường Đức Xuân", 22_660),
    ("01864", "Xã Bằng Thành", 13_984),
    ("01879", "Xã Cao Minh", 12_807),
)


def workbook(folder: Path, first: str, second: str) -> Path:
    """Two sheets of other units each, as where last year's sheet lacks those that are new."""
    book = openpyxl.Workbook()
    for name, units in ((first, UNITS[:2]), (second, UNITS[2:])):
        sheet = book.create_sheet(name)
        for row in (("Mã", "Tên đơn vị", "Dân số"), *units):
            sheet.append(row)
    book.remove(book.worksheets[0])
    book.save(folder / "units.xlsx")
    return folder / "units.xlsx"


def errors(table: UnitTable) -> list[str]:
    return [problem.code for problem in table.problems if problem.severity is Severity.ERROR]


ALIKE = [
    *(("2025", "2024"), ("Dân số 2025", "Dân số 2024"), ("Dân số", "Dân số cũ"), ("Sheet1", "năm trước")),
    *(("Tháng 9", "Tháng 8"), ("DS_2025", "DS_2024"), ("30.9.2025", "31.12.2024"), ("Cũ", "Mới")),
    *(("trước sắp xếp", "sau sắp xếp"), ("Biểu 1 (quý 2)", "Biểu 1 (quý 3)"), ("Dân số năm nay", "Dân số")),
    ("Quý I-2026", "Quý II-2026"),
]
APART = [
    *(("Phường", "Xã"), ("Huyện Chợ Mới", "Huyện Na Rì"), ("Đại Từ (cũ)", "Phổ Yên"), ("Biểu 1", "Biểu 2")),
    *(("Chợ Mới", "Chợ Đồn"), ("Đại Từ 2025", "Phổ Yên 2025"), ("Trang 1", "Trang 2"), ("Sheet1", "Sheet2")),
]


@pytest.mark.parametrize(("first", "second"), ALIKE)
def test_one_table_at_two_times_is_asked_about(tmp_path: Path, first: str, second: str) -> None:
    assert of_different_times([first, second]) == (first, second)
    path = workbook(tmp_path, first, second)
    assert errors(read_units(path)) == ["sheets-of-different-times"]
    chosen = read_units(path, options=ReadOptions(sheets=(second,)))
    assert [unit.code for unit in chosen.units] == ["01879"]
    both = read_units(path, options=ReadOptions(sheets=(first, second)))
    assert (len(both.units), errors(both)) == (3, [])


@pytest.mark.parametrize(("first", "second"), APART)
def test_sheets_of_different_places_are_one_table(tmp_path: Path, first: str, second: str) -> None:
    assert of_different_times([first, second]) is None
    table = read_units(workbook(tmp_path, first, second))
    assert (len(table.units), errors(table)) == (3, [])


def listed(folder: Path, caption: str) -> UnitTable:
    """Two units, a row of one text, the heading once more, and another unit."""
    heading = "TT,Mã,Tên đơn vị,Dân số"
    rows = [f"{place},{code},{name},{people}" for place, (code, name, people) in enumerate(UNITS, 1)]
    path = folder / "units.csv"
    path.write_text("\n".join((heading, *rows[:2], f"{caption},,,", heading, rows[2])), encoding="utf-8")
    return read_units(path)


@pytest.mark.parametrize(
    "caption", ["NĂM 2024", "Số liệu năm trước", "Dân số tính đến 31/12/2024", "Tháng 8"]
)
def test_a_time_among_the_units_is_asked_about(tmp_path: Path, caption: str) -> None:
    (problem,) = listed(tmp_path, caption).problems
    assert (problem.code, problem.row) == ("another-time", 4)


@pytest.mark.parametrize("caption", ["(tiếp theo)", "Trang 2", "Huyện Chợ Mới (cũ)", "CÁC XÃ"])
def test_what_is_no_time_parts_no_table(tmp_path: Path, caption: str) -> None:
    table = listed(tmp_path, caption)
    assert (len(table.units), errors(table)) == (3, [])


def test_a_time_above_all_units_is_that_of_all(tmp_path: Path) -> None:
    path = tmp_path / "units.csv"
    rows = [f"{place},{code},{name},{people}" for place, (code, name, people) in enumerate(UNITS, 1)]
    path.write_text("\n".join(("TT,Mã,Tên đơn vị,Dân số", "Năm 2025,,,", *rows)), encoding="utf-8")
    assert errors(read_units(path)) == []


def test_sheets_of_the_same_units_are_asked_about_once(tmp_path: Path) -> None:
    """Each unit would be said to be there twice: where one sheet is a whole and another a part of it."""
    units = [(f"{code:05}", f"Xã {code}", 9_000 + code) for code in range(1, 9)]
    book = openpyxl.Workbook()
    for name, rows in (("Tổng hợp", units), ("An Dương", units[:4]), ("Hồng Bàng", units[4:])):
        sheet = book.create_sheet(name)
        for row in (("Mã", "Tên đơn vị", "Dân số"), *rows):
            sheet.append(row)
    book.remove(book.worksheets[0])
    book.save(tmp_path / "units.xlsx")
    table = read_units(tmp_path / "units.xlsx")
    assert errors(table) == ["sheets-of-the-same-units"]
    for names in (("Tổng hợp",), ("An Dương", "Hồng Bàng")):
        chosen = read_units(tmp_path / "units.xlsx", options=ReadOptions(sheets=names))
        assert (len(chosen.units), errors(chosen)) == (8, [])
