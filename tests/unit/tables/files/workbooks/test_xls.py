"""What the records of an .xls say: errors, formulas that were never worked out, hidden rows."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlwt

from quota import read_units
from quota.tables.files.formulas import Worth
from quota.tables.files.workbooks.biff import marks_of

CASES = Path(__file__).parents[2] / "cases"


def test_an_error_is_no_blank() -> None:
    table = read_units(CASES / "err.xls")
    errors = {
        (problem.row, problem.column): problem.code
        for problem in table.problems
        if problem.severity == "error"
    }
    assert errors == {(5, "population"): "error-in-cell", (6, "population"): "error-in-cell"}


@pytest.mark.parametrize("rows", [3, 400])
def test_what_cannot_be_told_is_said_once(tmp_path: Path, rows: int) -> None:
    """In a short file the records stand in the small sectors, in a long one in those of their own."""
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("Biểu 1")
    for column, heading in enumerate(("code", "name", "type", "population")):
        sheet.write(0, column, heading)
    for row in range(1, rows):
        for column, value in enumerate((f"{10000 + row}", f"Xã {row}", "xã", 9000)):
            sheet.write(row, column, value)
    sheet.write(rows, 0, "20001")
    sheet.write(rows, 1, "Xã B")
    sheet.write(rows, 2, "xã")
    sheet.write(rows, 3, xlwt.Formula("D2*2"))
    sheet.row(1).hidden = True
    path = tmp_path / "a.xls"
    book.save(str(path))
    marks = marks_of(path.read_bytes())
    assert marks is not None
    assert marks["Biểu 1"].worth == {(rows + 1, 4): Worth.SAVED}
    assert marks["Biểu 1"].empty == 1
    assert marks["Biểu 1"].hidden == {2}
    codes = [problem.code for problem in read_units(path).problems]
    assert codes.count("xls-not-told") == 1
    assert "hidden-rows" in codes
    assert "unknown-population" in codes


def test_records_that_cannot_be_followed_are_said() -> None:
    content = (CASES / "err.xls").read_bytes()
    for cut in (0, 30, 80, 600, 1000, 3000):
        assert marks_of(content[:cut]) is None or cut
