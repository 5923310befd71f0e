"""Codes that a spreadsheet made numbers or days of: read as they were where that is proved, else said."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from quota import read_staff, read_units
from quota.core.problems import Severity
from quota.tables.columns.codes import mended, of_day
from tests.conftest import Run

GIVEN = Path(__file__).parents[3] / "given" / "forms"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (["00004", "8"], ["00004", "00008"]),
        (["8", "00004", ""], ["00008", "00004", ""]),
        (["10,507", "10.525", "4"], ["10507", "10525", "00004"]),
        (["00004", "8", "99999"], ["00004", "8", "99999"]),  # one is no unit's: nothing shows what the 8 is
        (["00004", "8", "X1"], ["00004", "8", "X1"]),
        (["4", "8"], ["00004", "00008"]),
        (["", ""], ["", ""]),
    ],
)
def test_zeros_and_marks_between_thousands(written: list[str], read: list[str]) -> None:
    assert mended(written) == read


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("1928-10-24", "10525"),
        ("1900-01-25", "00025"),  # before the day that spreadsheets invented
        ("1900-03-10", "00070"),
        ("1928-13-24", None),
        ("1900-01-01", None),  # no unit has code 00001
        ("10525", None),
    ],
)
def test_the_day_that_a_spreadsheet_shows_for_a_code(text: str, code: str | None) -> None:
    assert of_day(text) == code


def test_a_day_is_a_code_where_the_name_beside_it_is_that_units(tmp_path: Path) -> None:
    path = tmp_path / "units.csv"
    path.write_text(
        "code,name,type,population\n00004,Phường Ba Đình,ward,65023\n8,P. Ngọc Hà,ward,93536\n"
        "1928-10-24,Hải Dương,ward,51522\n1928-10-06,Phường Sở Dầu,ward,20000\n",
        encoding="utf-8",
    )
    table = read_units(path)
    # a day that is another unit's code stays as it is written
    assert [unit.code for unit in table.units] == ["00004", "00008", "10525", "1928-10-06"]
    found = {
        problem.row: (problem.code, problem.severity)
        for problem in table.problems
        if problem.column == "code"
    }
    assert found[4] == ("code-restored", Severity.INFORMATION)
    assert found[5] == ("day-for-code", Severity.WARNING)


@pytest.mark.parametrize(("name", "codes"), [("x2min.csv", 2), ("mix5.xlsx", 3)])
def test_a_number_under_a_code_that_is_text_in_a_population_table(name: str, codes: int) -> None:
    assert [unit.code for unit in read_units(GIVEN / name).units] == ["00004", "00008", "00025"][:codes]


@pytest.mark.parametrize(("name", "codes"), [("x2_staff.csv", 3), ("mix5staff.xlsx", 2)])
def test_and_in_a_staff_table(name: str, codes: int) -> None:
    assert [row.code for row in read_staff(GIVEN / name).rows] == ["00004", "00008", "00025"][:codes]


def test_both_tables_with_such_codes_meet(quota: Callable[..., Run]) -> None:
    done = quota("audit", GIVEN / "mix5.xlsx", "--staff", GIVEN / "mix5staff.xlsx", "--format", "csv")
    assert done.code == 0
    rows = list(csv.DictReader(done.out.splitlines()))
    assert [(row["code"], row["government_staff"]) for row in rows] == [
        ("00004", "50"),
        ("00008", "60"),
        ("00025", ""),
    ]


def test_a_staff_table_is_not_blamed_for_what_a_population_table_lost(
    quota: Callable[..., Run], tmp_path: Path
) -> None:
    units, staff = tmp_path / "units.csv", tmp_path / "staff.csv"
    units.write_text(
        "code,name,type,population\n00004,Phường Ba Đình,ward,65023\n8,Phường Ngọc Hà,ward,93536\n"
        "99999,Xã Mới,commune,21000\n",
        encoding="utf-8",
    )
    staff.write_text("code,government,party,front\n00008,60,17,8\n77777,60,17,8\n", encoding="utf-8")
    done = quota("audit", units, "--staff", staff)
    assert done.code == 2
    blamed, other = done.err.splitlines()[:2]
    assert "the population table has 8: write 00008 there" in blamed
    assert "correct the code or the name" in other


@pytest.mark.parametrize("written", ["'00004", "’00004", '"=""00004"""', "'4", '"\'=""00004"""'])
def test_a_mark_of_text_is_no_part_of_a_code(tmp_path: Path, written: str) -> None:
    path = tmp_path / "units.csv"
    path.write_text(
        f"code,name,type,population\n{written},Phường Ba Đình,ward,65023\n00008,Phường Ngọc Hà,ward,93536\n",
        encoding="utf-8",
    )
    table = read_units(path)
    assert [unit.code for unit in table.units] == ["00004", "00008"]
    assert ("code-restored", 2) in {(problem.code, problem.row) for problem in table.problems}


def test_another_text_after_a_mark_stays(tmp_path: Path) -> None:
    path = tmp_path / "units.csv"
    path.write_text("code,name,type,population\n'A4,Xã A,commune,5000\n", encoding="utf-8")
    assert [unit.code for unit in read_units(path).units] == ["'A4"]


@pytest.mark.parametrize("written", ["1.0507E+04", '"1,05E+04"', "1e+4"])
def test_a_number_that_a_spreadsheet_shortened_is_warned_of(tmp_path: Path, written: str) -> None:
    path = tmp_path / "units.csv"
    path.write_text(
        f"code,name,type,population\n00004,Phường Ba Đình,ward,65023\n{written},Xã A,commune,5000\n",
        encoding="utf-8",
    )
    found = {(problem.code, problem.row, problem.severity) for problem in read_units(path).problems}
    assert ("shortened-code", 3, Severity.WARNING) in found
