"""In a table with people's names, what slipped into other columns names nobody in anything said."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from quota import read_staff, read_units
from quota.analysis.work.covering import cover
from quota.analysis.work.placing import resolve
from quota.core.problems import Severity
from quota.norms.loading import load_fields
from quota.tables.readers.departments import read_departments
from quota.tables.readers.fields import read_holders, read_needs
from quota.tables.readers.persons import is_a_number, is_a_place
from quota.tables.readers.secondments import read_secondments

POPULATION = Path(__file__).parents[3] / "given" / "forms" / "pop.csv"
PERSON, OTHER = "Đào Thị Mơ", "Lò Văn Pó"
TOLD = (PERSON, OTHER, "0102030405", "12/1983", "1983-12")
DAY = date(2026, 1, 1)
FIELDS = ["Họ và tên", "Ngày sinh", "Đơn vị", "Lĩnh vực phụ trách", "Số người"]
SECONDED = ["Họ và tên", "id", "Nơi đi", "Nơi đến", "Từ ngày", "Đến ngày", "Lĩnh vực", "Khối"]
ROWS: dict[str, tuple[list[str], list[str]]] = {
    "fields": (FIELDS, [PERSON, "11/12/1983", "Phường Linh Sơn", "Tài chính", "1"]),
    "needs": (
        ["Họ và tên", "Đơn vị", "Lĩnh vực", "Nhu cầu"],
        [PERSON, "Phường Linh Sơn", "Tài chính", "2"],
    ),
    "secondments": (
        SECONDED,
        [
            PERSON,
            "BP-01",
            "Sở Tài chính",
            "Xã Phú Lạc",
            "15/09/2025",
            "31/08/2026",
            "Tài chính",
            "Chính quyền",
        ],
    ),
    "departments": (
        ["Họ và tên", "Sở", "Vị trí", "Điều động", "Biệt phái", "Tỉnh"],
        [PERSON, "Sở Tài chính", "Chính quyền", "1", "2", "Thái Nguyên"],
    ),
    "staff": (
        ["Họ và tên", "Mã cán bộ", "Ngày sinh", "Chức vụ", "Phòng", "Đơn vị", "Khối"],
        [PERSON, "0102030405", "11/12/1983", "Chuyên viên", "Phòng Kinh tế", "Xã Phú Lạc", "Chính quyền"],
    ),
}


def _said(kind: str, path: Path) -> object:
    """Everything that is made of the table and goes on to outputs: results, and problems."""
    units, rules = read_units(POPULATION).units, load_fields("fields-2025")
    if kind in ("fields", "needs"):
        holders = read_holders(path) if kind == "fields" else read_holders(POPULATION)
        needs = read_needs(path) if kind == "needs" else None
        report = cover(units, holders, rules, needs, as_of=DAY, option="--fields")
        return report.units, report.problems
    if kind == "secondments":
        table = read_secondments(path)
        return table.problems, *resolve(units, table, rules)
    read: Callable[[Path], object] = read_departments if kind == "departments" else read_staff
    return read(path)


def _slips(row: list[str]) -> list[list[str]]:
    """The row with a person's cell at each place: written over what stood there, or pushing it on."""
    found = []
    for told, place in product(TOLD[:3], range(len(row))):
        found.append([*row[:place], told, *row[place + 1 :]])
        found.append([*row[:place], told, *row[place:]][: len(row)])
        found.append([*row[1 : place + 1], told, *row[place + 1 :]])
    return found


@pytest.mark.parametrize("kind", ROWS)
def test_a_name_that_slipped_is_in_nothing_that_is_said(tmp_path: Path, kind: str) -> None:
    heading, row = ROWS[kind]
    for slip in _slips(row):
        path = tmp_path / "ds.csv"
        with path.open("w", encoding="utf-8", newline="") as lines:
            csv.writer(lines).writerows([heading, row, slip])
        said = repr(_said(kind, path))
        assert not any(told in said for told in TOLD), slip


@pytest.mark.parametrize("kind", ROWS)
def test_the_row_as_it_should_be_is_read(tmp_path: Path, kind: str) -> None:
    heading, row = ROWS[kind]
    path = tmp_path / "ds.csv"
    with path.open("w", encoding="utf-8", newline="") as lines:
        csv.writer(lines).writerows([heading, row])
    table: Any = {"fields": read_holders, "needs": read_needs, "secondments": read_secondments}.get(
        kind, read_departments if kind == "departments" else read_staff
    )(path)
    errors = [
        (problem.code, problem.column) for problem in table.problems if problem.severity is Severity.ERROR
    ]
    assert errors == []


@pytest.mark.parametrize("title", ["DANH SÁCH CÁN BỘ, CÔNG CHỨC", "DANH SÁCH CÁN BỘ, CÔNG CHỨC NGHỈ HƯU"])
def test_a_list_of_some_is_warned_of(tmp_path: Path, title: str) -> None:
    path = tmp_path / "ds.csv"
    with path.open("w", encoding="utf-8", newline="") as lines:
        csv.writer(lines).writerows([[title, *[""] * 6], *ROWS["staff"]])
    codes = {problem.code for problem in read_staff(path).problems}
    assert ("some-only" in codes) == title.endswith("HƯU")


def test_a_row_that_slipped_is_said_by_its_number(tmp_path: Path) -> None:
    path = tmp_path / "ds.csv"
    slip = [PERSON, OTHER, OTHER, "Xã Phú Lạc", "15/09/2025", "31/08/2026", "", "Chính quyền"]
    with path.open("w", encoding="utf-8", newline="") as lines:
        csv.writer(lines).writerows([SECONDED, slip])
    found = [(problem.code, problem.row, problem.value) for problem in read_secondments(path).problems]
    assert found == [("no-id", 2, None), ("no-home", 2, None)]


@pytest.mark.parametrize(
    "text", ["10507", "Xã Phú Lạc", "UBND phường Phổ Yên", "P. Phổ Yên", "Sở Tài chính", "HĐND"]
)
def test_what_is_a_place(text: str) -> None:
    assert is_a_place(text)


@pytest.mark.parametrize("text", ["", PERSON, "0102030405", "Đoàn Thị Điểm", "11/12/1983"])
def test_what_is_no_place(text: str) -> None:
    assert not is_a_place(text)


def test_what_is_a_number() -> None:
    assert all(map(is_a_number, ("BP-01", "12", "A7")))
    assert not any(map(is_a_number, ("", PERSON, "Mơ", "11/12/1983", "1983-12-11", "0" * 13)))
