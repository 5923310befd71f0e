"""The totals row of a form is left out, and held against what the rows add up to."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from quota import read_staff, read_units
from quota.core.problems import Severity

HEADING = "STT;Mã;Tên;Loại;Dân số;Chính quyền;Đảng;MTTQ\n"
ROWS = "1;01273;Xã A;xã;16.250;32;17;8\n2;01279;Xã B;xã;17.100;33;18;9\n3;01288;Xã C;xã;18.050;30;17;8\n"


def found(folder: Path, text: str) -> list[tuple[int | None, str | None, str | None]]:
    path = folder / "units.csv"
    path.write_text(HEADING + text, encoding="utf-8")
    return [
        (problem.row, problem.column, problem.value)
        for problem in read_units(path).problems
        if problem.code == "totals-row" and problem.severity is Severity.WARNING
    ]


@pytest.mark.parametrize(
    "totals",
    [
        ";;Tổng cộng;;51.400;95;52;25",
        ";;Tổng cộng;;51400;95;;",
        ";;Tổng cộng;;51 400;95;52;25",
        ";;Tổng cộng;;;;;",
        ";;Tổng cộng;;…;-;;",
        "Tổng cộng",
    ],
)
def test_a_totals_row_that_holds_is_not_spoken_of(tmp_path: Path, totals: str) -> None:
    text = ROWS + totals
    assert found(tmp_path, text if totals.count(";") == 7 else f"{text};;;;;;;") == []


def test_a_totals_row_that_does_not_is_named_with_both_figures(tmp_path: Path) -> None:
    assert found(tmp_path, f"{ROWS};;Tổng cộng;;51.401;95;52;26\n") == [
        (5, "Dân số", "51.401"),
        (5, "MTTQ", "26"),
    ]
    (problem, _) = (
        problem for problem in read_units(tmp_path / "units.csv").problems if problem.code == "totals-row"
    )
    assert "51,401" in str(problem.message)
    assert "51,400" in str(problem.message)


def test_a_row_that_was_cut_off_shows(tmp_path: Path) -> None:
    kept = "".join(ROWS.splitlines(keepends=True)[:2])
    assert found(tmp_path, f"{kept};;Tổng cộng;;51.400;;;\n") == [(4, "Dân số", "51.400")]


def test_sums_of_parts_are_held_together(tmp_path: Path) -> None:
    a, b, c = ROWS.splitlines()
    parts = f"{a}\n{b}\n;;Cộng;;33.350;;;\n{c}\n;;Cộng;;18.050;;;\n"
    assert found(tmp_path, parts) == []
    assert found(tmp_path, f"{parts};;Tổng cộng;;51.400;;;\n") == []
    assert found(tmp_path, f"{parts};;Tổng cộng;;51.500;;;\n") == [(7, "Dân số", "51.500")]


def test_what_is_unknown_is_in_no_sum(tmp_path: Path) -> None:
    assert found(tmp_path, f"{ROWS}4;01294;Xã D;xã;;1;1;1\n;;Tổng cộng;;70.000;96;53;27\n") == [
        (6, "MTTQ", "27")
    ]


def test_staff_tables_too_and_the_audit_says_it(quota: Callable[..., Any], tmp_path: Path) -> None:
    path = tmp_path / "staff.csv"
    path.write_text(f"{HEADING}{ROWS};;Tổng cộng;;;95;53;25\n", encoding="utf-8")
    assert [problem.column for problem in read_staff(path).problems if problem.code == "totals-row"] == [
        "Đảng"
    ]
    run = quota("audit", path, "--as-of", "2026-11-22")
    assert run.code == 0
    assert "row 5" in run.err
    assert "the totals row says 53, the rows above and below add up to 52" in run.err


@pytest.mark.parametrize(
    ("heading", "totals", "rows"),
    [
        ("Tổng cộng", (63, 66, 69, 71), [5]),  # the last row adds up to 72
        ("Tổng số có mặt", (63, 66, 69, 71), [5]),
        ("Tổng cộng", (63, 66, 69, 72), []),
        ("Tổng cộng", (63, 66, "?", ""), []),
        ("Tổng cộng", (64, 67, 69, 72), []),  # as many rows follow it as do not: it counts something else
        ("Tổng biên chế được giao", (63, 66, 69, 71), []),
        ("Trong đó lãnh đạo", (63, 66, 69, 71), []),
        ("Tổng số hộ", (63, 66, 69, 71), []),
        ("Cộng khối Đảng và MTTQ", (63, 66, 69, 71), []),
    ],
)
def test_a_rows_own_total_is_held_against_its_blocs(
    tmp_path: Path, heading: str, totals: tuple[object, ...], rows: list[int]
) -> None:
    lines = [
        f"1050{place},{40 + place},{17 + place},{6 + place},{total}" for place, total in enumerate(totals)
    ]
    text = "\n".join([f"Mã,Chính quyền,Đảng,MTTQ,{heading}", *lines])
    path = tmp_path / "staff.csv"
    path.write_text(text, encoding="utf-8")
    found = [problem for problem in read_staff(path).problems if problem.code == "row-total"]
    assert [(problem.row, problem.severity) for problem in found] == [(row, Severity.WARNING) for row in rows]
    path.write_text(text.replace("MTTQ", "Ghi chú"), encoding="utf-8")
    assert not [problem for problem in read_staff(path).problems if problem.code == "row-total"]


def test_and_in_a_population_table_with_staff(tmp_path: Path) -> None:
    rows = "".join(f"{code},Xã {code},commune,9000,40,17,6,63\n" for code in range(10_501, 10_504))
    heading = "code,name,type,population,government,party,front,Tổng cộng"
    path = tmp_path / "units.csv"
    path.write_text(f"{heading}\n{rows}10504,Xã A,commune,9000,40,17,6,36\n", encoding="utf-8")
    (problem,) = (problem for problem in read_units(path).problems if problem.code == "row-total")
    assert (problem.row, problem.value, problem.column) == (5, "36", "Tổng cộng")
