"""Staff tables that say the bloc of each row in a row of its own, or by their sheets."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from quota import read_staff
from quota.core.problems import Severity
from quota.core.units import StaffTable
from quota.tables.files.raw import AS_FOUND, ReadOptions
from quota.tables.files.wordings import Wordings
from quota.tables.readers.questions import questions
from tests.forms import csv_text, write_xlsx

BLOCS = ("Khối Đảng", "Khối MTTQ", "Khối chính quyền")
UNITS = {"Xã Đại Từ": (12, 4, 30), "Phường Phổ Yên": (14, 6, 45), "Xã Phú Lạc": (10, 4, 28)}
TRUTH = {name: (people[2], people[0], people[1]) for name, people in UNITS.items()}
HEAD = ("TT", "Đơn vị", "Giao", "Có mặt đến 30/6/2026")


def read(folder: Path, rows: Sequence[Sequence[object]]) -> StaffTable:
    (folder / "staff.csv").write_text(csv_text([HEAD, *rows]), encoding="utf-8")
    return read_staff(folder / "staff.csv")


def people(table: StaffTable) -> dict[str | None, tuple[int | None, ...]]:
    assert len({row.name for row in table.rows}) == len(table.rows)
    return {row.name: tuple(row.staff) for row in table.rows}


def said(table: StaffTable, severity: Severity) -> list[tuple[str, int | None]]:
    return [(problem.code, problem.row) for problem in table.problems if problem.severity is severity]


def under_units(marks: Sequence[str] = ("a", "b", "c"), before: str = "") -> list[list[object]]:
    rows: list[list[object]] = []
    for number, (name, staff) in enumerate(UNITS.items(), 1):
        rows.append([number, name, sum(staff) + 3, sum(staff)])
        each = zip(marks, BLOCS, staff, strict=True)
        rows += [[mark, f"{before}{bloc}", count + 1, count] for mark, bloc, count in each]
    return rows


def over_units() -> list[list[object]]:
    rows: list[list[object]] = []
    for place, bloc in enumerate(BLOCS):
        rows.append(["I" * (place + 1), bloc, "", sum(staff[place] for staff in UNITS.values())])
        rows += [[number, name, "", staff[place]] for number, (name, staff) in enumerate(UNITS.items(), 1)]
    return rows


@pytest.mark.parametrize("before", ["", "- ", "1. "])
def test_rows_of_blocs_under_each_unit_are_read(tmp_path: Path, before: str) -> None:
    table = read(tmp_path, under_units(before=before))
    assert people(table) == TRUTH
    assert said(table, Severity.ERROR) == said(table, Severity.WARNING) == []


def test_rows_of_blocs_over_the_units_are_read(tmp_path: Path) -> None:
    table = read(tmp_path, over_units())
    assert people(table) == TRUTH
    assert said(table, Severity.ERROR) == said(table, Severity.WARNING) == []


def test_a_unit_without_rows_of_blocs_is_asked_about(tmp_path: Path) -> None:
    table = read(tmp_path, [*under_units(), [4, "Xã La Bằng", 30, 28]])
    assert said(table, Severity.ERROR) == [("unknown-bloc", 14)]


@pytest.mark.parametrize("rows", [under_units(), over_units()])
def test_a_sum_that_its_rows_do_not_add_up_to_is_told(tmp_path: Path, rows: list[list[object]]) -> None:
    wrong = [[*rows[0][:3], int(str(rows[0][3])) + 1], *rows[1:]]
    assert said(read(tmp_path, wrong), Severity.WARNING) == [("totals-row", 2)]


def test_sums_of_blocs_over_a_table_of_totals_are_no_units_blocs(tmp_path: Path) -> None:
    sums = [["", bloc, "", sum(staff[place] for staff in UNITS.values())] for place, bloc in enumerate(BLOCS)]
    units = [[1, name, "", sum(staff)] for name, staff in UNITS.items()]
    for rows in ([*sums, *units], [*sums[2:], *units], [*sums[:1], *units, sums[1]]):
        table = read(tmp_path, rows)
        assert {code for code, _ in said(table, Severity.ERROR)} == {"only-assigned"}
        assert table.rows == ()


def test_a_bloc_that_is_twice_over_a_unit_is_refused(tmp_path: Path) -> None:
    rows = over_units()
    table = read(tmp_path, [*rows, rows[0], rows[1]])
    assert said(table, Severity.ERROR) == [("bloc-twice", 15)]


def test_a_column_of_contracts_beside_blocs_is_asked_about(tmp_path: Path) -> None:
    rows = [["TT", "Đơn vị", "Khối", "Đối tượng", "Có mặt"]]
    rows += [[1, name, bloc, "Hợp đồng", 2] for name in UNITS for bloc in BLOCS]  # type: ignore[list-item]  # cells
    (tmp_path / "staff.csv").write_text(csv_text(rows), encoding="utf-8")
    assert said(read_staff(tmp_path / "staff.csv"), Severity.ERROR) == [("qualified-rows", 2)]


def test_contracts_among_those_present_are_asked_about(tmp_path: Path) -> None:
    rows = [[*row, 2] for row in under_units()]
    (tmp_path / "staff.csv").write_text(csv_text([[*HEAD, "Trong đó: HĐ 111"], *rows]), encoding="utf-8")
    assert said(read_staff(tmp_path / "staff.csv"), Severity.ERROR) == [("counts-others", 1)]
    own = Wordings({"có mặt đến 30/6/2026": "in_post"})
    table = read_staff(tmp_path / "staff.csv", options=ReadOptions(wordings=own))
    assert people(table) == TRUTH


def sheets(names: Sequence[str], title: str = "BIỂU {}") -> dict[str, list[list[object]]]:
    return {
        name: [
            [title.format(bloc.upper())],
            ["UỶ BAN NHÂN DÂN TỈNH"],
            list(HEAD),
            *(
                [number, unit, staff[place] + 1, staff[place]]
                for number, (unit, staff) in enumerate(UNITS.items(), 1)
            ),
        ]
        for place, (name, bloc) in enumerate(zip(names, BLOCS, strict=False))
    }


@pytest.mark.parametrize(
    ("names", "title"),
    [(BLOCS, "BIỂU"), (("Đảng", "MTTQ", "Chính quyền"), ""), (("1", "2", "3"), "CÓ MẶT {}")],
)
def test_sheets_of_a_bloc_each_are_read_as_one(tmp_path: Path, names: Sequence[str], title: str) -> None:
    write_xlsx(tmp_path / "staff.xlsx", sheets(names, title))
    table = read_staff(tmp_path / "staff.xlsx")
    assert people(table) == TRUTH
    assert said(table, Severity.ERROR) == []
    assert not list(questions((), (tmp_path / "staff.xlsx",), AS_FOUND))


@pytest.mark.parametrize("names", [BLOCS[:2], ("Khối Đảng", "Khối MTTQ", "Khối Đảng, MTTQ"), ("1", "2", "3")])
def test_sheets_that_lack_a_bloc_are_refused(tmp_path: Path, names: Sequence[str]) -> None:
    write_xlsx(tmp_path / "staff.xlsx", sheets(names, ""))
    table = read_staff(tmp_path / "staff.xlsx")
    assert {code for code, _ in said(table, Severity.ERROR)} == {"only-assigned"}
    assert table.rows == ()
