"""Numbers of a workbook, of JSON or Parquet among figures typed as texts: each by its own convention."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quota import read_units
from quota.core.problems import Severity
from quota.core.units import UnitTable
from quota.tables.columns.cells import CellReader
from quota.tables.columns.headings import Columns
from quota.tables.files.raw import RawTable, Row

UNITS = (("01840", "Phường Đức Xuân"), ("01864", "Xã Bằng Thành"), ("01879", "Xã Cao Minh"))


def workbook(folder: Path, heading: str, figures: list[object], title: str = "") -> UnitTable:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    if title:
        sheet.append([title])
    headings = (
        ["Mã", "Tên đơn vị", "Dân số"] if heading == "Dân số" else ["Mã", "Tên đơn vị", "Dân số", heading]
    )
    sheet.append(headings)
    for (code, name), figure in zip(UNITS, figures, strict=True):
        sheet.append([code, name, *([] if heading == "Dân số" else [12_345]), figure])
    book.save(folder / "units.xlsx")
    return read_units(folder / "units.xlsx")


@pytest.mark.parametrize(
    ("figures", "areas"),
    [
        (["1.225,5", 1.345, "134,89"], ["1225.5", "1.345", "134.89"]),
        (["34,460", "208,220", 1.345], ["34.460", "208.220", "1.345"]),
        (["34,46", 12.5, 100], ["34.46", "12.5", "100"]),
        ([34.461, 8.223, 134.891], ["34.461", "8.223", "134.891"]),
    ],
)
def test_areas_of_both_kinds(tmp_path: Path, figures: list[object], areas: list[str]) -> None:
    table = workbook(tmp_path, "Diện tích (km²)", figures)
    assert [unit.area_km2 for unit in table.units] == list(map(Decimal, areas))


def test_thousands_of_people_of_both_kinds(tmp_path: Path) -> None:
    table = workbook(tmp_path, "Dân số", ["103,5", 37.654, 9.123], "ĐVT: nghìn người")
    assert [unit.population for unit in table.units] == [103_500, 37_654, 9_123]


def test_numbers_of_json(tmp_path: Path) -> None:
    rows = [
        {"code": code, "name": name, "population": 12_345, "area_km2": area}
        for (code, name), area in zip(UNITS, ["1.225,5", 1.345, "134,89"], strict=True)
    ]
    (tmp_path / "units.json").write_text(json.dumps(rows), encoding="utf-8")
    table = read_units(tmp_path / "units.json")
    assert [unit.area_km2 for unit in table.units] == [Decimal("1225.5"), Decimal("1.345"), Decimal("134.89")]


@given(
    st.lists(st.tuples(st.integers(1_000, 1_999_999), st.booleans()), min_size=1, max_size=6), st.booleans()
)
def test_no_measure_of_either_kind_is_misread(meant: list[tuple[int, bool]], grouped: bool) -> None:
    """Thousandths of km², each a number or a text with a decimal comma: what is meant, or a problem."""
    rows, decimals = [], set()
    for place, (thousandths, is_number) in enumerate(meant, start=2):
        area = Decimal(thousandths) / 1000
        whole = f"{area:,}" if grouped else str(area)
        text = repr(float(area)) if is_number else whole.translate(str.maketrans(",.", ".,"))
        rows.append(Row(place, (text,)))
        if is_number and "." in text and not text.endswith(".0"):
            decimals.add((place, 1))
    table = RawTable("t", ("area_km2",), tuple(rows), decimals=frozenset(decimals))
    reader = CellReader(table, Columns({"area_km2": 0}, table.header))
    found = reader.measures("area_km2", Decimal, negative=False)
    said = {problem.row for problem in reader.problems if problem.severity is not Severity.INFORMATION}
    for row, (thousandths, is_number), value in zip(rows, meant, found, strict=True):
        if is_number and (row.number, 1) in decimals:
            assert value == Decimal(thousandths) / 1000
        else:
            assert value == Decimal(thousandths) / 1000 or (value is None and said)


@given(
    st.lists(st.tuples(st.integers(1, 300_000), st.booleans()), min_size=2, max_size=6),
    st.sampled_from(["population", "government"]),
)
def test_no_thousand_that_became_a_number_is_misread(meant: list[tuple[int, bool]], column: str) -> None:
    """People that a program took for numbers (23.456), others typed in full: what is meant, or a problem.

    A number keeps no zeros at its end: 31.000 is 31, and 9.120 is 9.12.
    """
    rows, decimals = [], set()
    for place, (people, is_number) in enumerate(meant, start=2):
        lost = is_number and people >= 1_000
        text = f"{Decimal(people) / 1000:f}".rstrip("0").rstrip(".") if lost else str(people)
        rows.append(Row(place, (text,)))
        if "." in text:
            decimals.add((place, 1))
    table = RawTable("t", (column,), tuple(rows), decimals=frozenset(decimals))
    reader = CellReader(table, Columns({column: 0}, table.header))
    found = reader.counts(column, 300_000)
    said = [problem.severity for problem in reader.problems if problem.severity is not Severity.INFORMATION]
    if decimals:
        assert said
    if decimals and Severity.ERROR not in said:
        assert found == [people for people, _ in meant]


def test_a_number_with_a_fraction_is_said_and_what_lost_its_zeros_refused(tmp_path: Path) -> None:
    table = workbook(tmp_path, "Dân số", [23.456, 31.234, 9.123])
    assert [unit.population for unit in table.units] == [23_456, 31_234, 9_123]
    (warning,) = [problem for problem in table.problems if problem.severity is Severity.WARNING]
    assert (warning.code, warning.row, warning.column) == ("fractions", 2, "Dân số")
    table = workbook(tmp_path, "Dân số", [23.456, 31, 9.123])
    (error,) = [problem for problem in table.problems if problem.severity is Severity.ERROR]
    assert (error.code, error.row, error.value) == ("lost-zeros", 3, "31")
