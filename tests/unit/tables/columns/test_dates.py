"""Dates by one convention a column; what fits neither, or both, is a problem at its cell."""

from __future__ import annotations

import unicodedata
from datetime import date
from pathlib import Path

import pytest

from quota.core.problems import Problem
from quota.tables.columns.cells import CellReader
from quota.tables.columns.dates import read_dates
from quota.tables.columns.headings import understand
from quota.tables.files.raw import read_table


def read(folder: Path, *cells: str, heading: str = "start") -> tuple[dict[int, date], list[Problem]]:
    path = folder / "dates.csv"
    path.write_text("\n".join([f"id,{heading}", *(f"x,{cell}" for cell in cells)]) + "\n", encoding="utf-8")
    table = read_table(path, "dates.csv")
    columns, problems = understand(table, ("start",))
    assert not problems
    reader = CellReader(table, columns)
    return dict(read_dates(reader, table.rows, "start")), reader.problems


def test_iso(tmp_path: Path) -> None:
    dates, problems = read(tmp_path, "2026-01-31", "2026-04-03", "", "2028-02-29", "2026-09-01 00:00:00")
    assert dates == {2: date(2026, 1, 31), 3: date(2026, 4, 3), 5: date(2028, 2, 29), 6: date(2026, 9, 1)}
    assert problems == []


def test_a_day_above_twelve_shows_that_days_come_first_in_the_whole_column(tmp_path: Path) -> None:
    dates, problems = read(tmp_path, "03/04/2026", "13/04/2026", "3/4/2026")
    assert list(dates.values()) == [date(2026, 4, 3), date(2026, 4, 13), date(2026, 4, 3)]
    assert problems == []


@pytest.mark.parametrize("mark", "/.-")
def test_points_and_hyphens_are_read_as_strokes_are(tmp_path: Path, mark: str) -> None:
    cells = [cell.replace("/", mark) for cell in ("03/04/2026", "13/04/2026", "3/4/2026")]
    assert read(tmp_path, *cells) == ({2: date(2026, 4, 3), 3: date(2026, 4, 13), 4: date(2026, 4, 3)}, [])
    dates, problems = read(tmp_path, *cells[::2])
    assert dates == {}
    assert {problem.code for problem in problems} == {"ambiguous-date"}


@pytest.mark.parametrize("beside", ["2026-01-31", "31/01/2026", "31.1.2026"])
def test_a_day_in_words_is_read_whatever_the_column_is_written_in(tmp_path: Path, beside: str) -> None:
    words = ["ngày 03 tháng 4 năm 2026", "3 tháng 4 năm 2026", "Ngày 3 Tháng 04, 2026"]
    words += ["ngay 3 thang 4 nam 2026", unicodedata.normalize("NFD", words[0])]
    cells = [f'"{text}"' for text in words]
    dates, problems = read(tmp_path, *cells, beside)
    assert problems == []
    assert list(dates.values()) == [date(2026, 4, 3)] * 5 + [date(2026, 1, 31)]


@pytest.mark.parametrize("heading", ["start (dd/mm/yyyy)", "Ngày bắt đầu (dd/mm/yyyy)", "START (DD/MM/YYYY)"])
def test_a_heading_can_say_it(tmp_path: Path, heading: str) -> None:
    assert read(tmp_path, "03/04/2026", heading=heading) == ({2: date(2026, 4, 3)}, [])


def test_a_column_that_reads_both_ways_is_refused_cell_by_cell(tmp_path: Path) -> None:
    dates, problems = read(tmp_path, "03/04/2026", "12/12/2026", "01/02/2026")
    assert dates == {3: date(2026, 12, 12)}  # the same day both ways
    assert [(problem.code, problem.row, problem.column, problem.value) for problem in problems] == [
        ("ambiguous-date", 2, "start", "03/04/2026"),
        ("ambiguous-date", 4, "start", "01/02/2026"),
    ]
    assert str(problems[0].message) == "2026-04-03 or 2026-03-04: nothing in the column shows which"


def test_a_month_first_date_spoils_the_column_even_beside_a_day_first_one(tmp_path: Path) -> None:
    dates, problems = read(tmp_path, "03/04/2026", "04/25/2026", "25/04/2026")
    assert dates == {4: date(2026, 4, 25)}
    assert [(problem.code, problem.row) for problem in problems] == [("ambiguous-date", 2), ("bad-date", 3)]
    assert str(problems[1].fix) == "if 2026-04-25 is meant, write 2026-04-25"


def test_a_heading_does_not_make_a_month_of_25(tmp_path: Path) -> None:
    dates, problems = read(tmp_path, "04/25/2026", "03/04/2026", heading="start (dd/mm/yyyy)")
    assert dates == {3: date(2026, 4, 3)}
    assert [problem.code for problem in problems] == ["bad-date"]


def test_the_other_convention_is_a_problem_where_it_stands(tmp_path: Path) -> None:
    dates, problems = read(tmp_path, "2026-04-03", "2026-05-03", "25/06/2026")
    assert len(dates) == 2
    assert [(problem.code, problem.row) for problem in problems] == [("mixed-dates", 4)]
    dates, problems = read(tmp_path, "2026-04-03", "25/06/2026", "26/06/2026")
    assert len(dates) == 2
    assert [(problem.code, problem.row) for problem in problems] == [("mixed-dates", 2)]


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("2026-02-29", "bad-date"),
        ("2026-2-3", "bad-date"),
        ("31/04/2026", "bad-date"),
        ("32/13/2026", "bad-date"),
        ("1.9.2026", "ambiguous-date"),
        ("13.9/2026", "bad-date"),
        ("13 9 2026", "bad-date"),
        ("31 tháng 4 năm 2026", "bad-date"),
        ("ngày 1 tháng 7", "bad-date"),
        ("ngày 1 tháng 7 năm 1925", "absurd"),
        ("25/04/26", "bad-date"),
        ("46266", "bad-date"),
        ("tháng 9", "bad-date"),
        ("2026-09-01 07:30:00", "bad-date"),
        ("1989-12-31", "absurd"),
        ("2100-01-01", "absurd"),
        ("25/04/0026", "absurd"),
        ("0000-01-01", "bad-date"),
    ],
)
def test_what_is_no_date(tmp_path: Path, cell: str, code: str) -> None:
    dates, problems = read(tmp_path, cell)
    assert dates == {}
    assert [(problem.code, problem.value) for problem in problems] == [(code, cell)]
    assert problems[0].fix is not None


@pytest.mark.parametrize("cell", ["1990-01-01", "2099-12-31"])
def test_the_first_and_last_believable_day(tmp_path: Path, cell: str) -> None:
    assert read(tmp_path, cell) == ({2: date.fromisoformat(cell)}, [])
