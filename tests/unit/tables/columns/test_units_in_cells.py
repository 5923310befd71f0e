"""A figure with its unit of measure in the cell: read in that unit, a problem if its column has another."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

import pytest

from quota import read_staff, read_units
from quota.core.problems import Severity
from quota.tables.columns.numbers import Convention
from quota.tables.files.units_said import unit_in_cell
from quota.tables.readers.distances import read_distances

UNITS = (("05443", "Phường Phan Đình Phùng"), ("05758", "Xã Đại Từ"), ("05776", "Xã Phú Lạc"))


def written(folder: Path, headings: list[str], *rows: list[str]) -> Path:
    path = folder / "in.csv"
    with path.open("w", encoding="utf-8", newline="") as lines:
        write = csv.writer(lines)
        write.writerow(["Mã xã", "Tên đơn vị", *headings])
        write.writerows([*unit, *cells] for unit, cells in zip(UNITS, rows, strict=False))
    return path


@pytest.mark.parametrize(
    "word", ["người", "nhân khẩu", " khẩu", " NGƯỜI", " người.", "\u00a0người", " people"]
)
@pytest.mark.parametrize(
    ("figures", "people"), [(("37650", "16000"), 37_650), (("37.650", "16.000"), 37_650)]
)
def test_people_after_a_count(tmp_path: Path, word: str, figures: tuple[str, str], people: int) -> None:
    table = read_units(written(tmp_path, ["Dân số"], [figures[0] + word], [figures[1] + word], ["9000"]))
    assert [unit.population for unit in table.units] == [people, 16_000, 9_000]
    assert [problem for problem in table.problems if problem.severity is Severity.ERROR] == []


def test_thousands_of_people_in_every_cell(tmp_path: Path) -> None:
    path = written(tmp_path, ["Dân số"], ["37,65 nghìn người"], ["16 nghìn"], ["9,5 ngàn người"])
    table = read_units(path)
    assert [unit.population for unit in table.units] == [37_650, 16_000, 9_500]
    assert "unit-of-measure" in {problem.code for problem in table.problems}


@pytest.mark.parametrize("cell", ["37 nghìn người", "16000 hộ", "12 ha", "5 km", "16000 người 3"])
def test_another_unit_than_the_columns_is_a_problem(tmp_path: Path, cell: str) -> None:
    table = read_units(written(tmp_path, ["Dân số"], [cell], ["16000"]))
    assert [unit.population for unit in table.units] == [None, 16_000]
    assert [(problem.code, problem.value) for problem in table.problems] == [("not-a-whole-number", cell)]


@pytest.mark.parametrize(
    ("heading", "cells", "areas"),
    [
        ("Diện tích", ["12,5 km2", "13 km²"], ["12.5", "13"]),
        ("Diện tích", ["1250 ha", "1300 ha"], ["12.5", "13"]),
        ("Diện tích (ha)", ["1250 ha", "1300"], ["12.5", "13"]),
        ("Diện tích (ha)", ["12,5 km2", "1300"], [None, "13"]),
        ("Diện tích", ["1250 ha", "13"], [None, "13"]),
    ],
)
def test_an_area_in_its_unit(tmp_path: Path, heading: str, cells: list[str], areas: list[str | None]) -> None:
    rows = [["9000", cell] for cell in cells]
    table = read_units(written(tmp_path, ["Dân số", heading], *rows))
    assert [unit.area_km2 for unit in table.units] == [area and Decimal(area) for area in areas]


def test_people_after_a_count_of_staff(tmp_path: Path) -> None:
    blocs = ["Chính quyền", "Đảng", "MTTQ"]
    path = written(tmp_path, blocs, ["50 người", "10", "09 người"], ["51", "11 người", "- người"])
    table = read_staff(path)
    assert [tuple(row.staff) for row in table.rows] == [(50, 10, 9), (51, 11, None)]
    assert [problem.value for problem in table.problems if problem.severity is Severity.ERROR] == ["- người"]


def test_kilometres_and_metres_after_a_distance(tmp_path: Path) -> None:
    path = tmp_path / "d.csv"
    path.write_text("code_a,code_b,km\n05443,05758,7.5 km\n05443,05776,5\n", encoding="utf-8")
    assert sorted(read_distances(path).pairs.values()) == [5_000, 7_500]


def test_what_a_cell_says() -> None:
    assert unit_in_cell("37650") == ("37650", None)
    assert unit_in_cell("") == ("", None)
    assert unit_in_cell("0") == ("0", None)
    assert unit_in_cell("51000 người")[0] == "51000"
    figure, said = unit_in_cell("7,5 km")
    assert (figure, said and said.factor) == ("7,5", 1)


@pytest.mark.parametrize("text", ["12 345 67", "1 2345", "12 3456", "123 45"])
def test_spaces_stand_between_thousands_and_nowhere_else(text: str) -> None:
    assert Convention().plain(text) is None
    assert Convention(None, ",").plain("12 345,0") == "12345.0"
