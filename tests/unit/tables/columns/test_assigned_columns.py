"""Columns of assigned posts: which headings are, what is at a cell, what is kept back."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from quota.core.blocs import UNKNOWN_STAFF
from quota.core.units import Decision, StaffTable, UnitTable
from quota.tables.readers.units.population import read_units
from quota.tables.readers.units.staff import read_assigned, read_staff
from tests.blocs import three


def _file(folder: Path, text: str) -> Path:
    path = folder / "table.csv"
    path.write_text(text, encoding="utf-8")
    return path


def _wrong(table: UnitTable | StaffTable) -> list[tuple[str, int | None, str | None, str | None]]:
    return [
        (problem.code, problem.row, problem.column, problem.value)
        for problem in table.problems
        if problem.severity.value != "information"
    ]


@pytest.mark.parametrize(
    "headings",
    [
        "assigned_government,assigned_party,assigned_front",
        "government_assigned,party_assigned,front_assigned",
        "Khối chính quyền được giao,Đảng: biên chế được giao,MTTQ (giao năm 2026)",
        "Biên chế giao năm 2026 khối ubnd,Biên chế giao khối Đảng,Biên chế tạm giao MTTQ",
    ],
)
def test_headings_of_assigned_posts(tmp_path: Path, headings: str) -> None:
    text = f"code,name,type,population,{headings}\n00001,Xã A,xã,18000,34,18,9\n00002,Xã B,xã,20000,,18,\n"
    first, second = read_units(_file(tmp_path, text)).units
    assert first.assigned == three(34, 18, 9)
    assert second.assigned == three(None, 18, None)
    assert len(first.staff.order) == 3
    assert set(first.staff) == {None}


def test_a_table_without_such_columns_says_nothing_of_them(tmp_path: Path) -> None:
    table = read_units(_file(tmp_path, "code,name,type,population\n00001,Xã A,xã,18000\n"))
    assert table.units[0].assigned == UNKNOWN_STAFF
    assert table.reserves == ()


def test_two_decisions_for_a_bloc_are_not_chosen_between(tmp_path: Path) -> None:
    present = "Chính quyền có mặt,Đảng có mặt,MTTQ có mặt"
    head = f"code,name,{present},Chính quyền giao năm 2025,Chính quyền giao năm 2026,Đảng được giao"
    table = read_staff(_file(tmp_path, f"{head}\n00001,Xã A,33,17,9,35,34,18\n"))
    assert table.rows[0].assigned == three(None, 18, None)
    assert _wrong(table) == [("assigned-twice", 1, "Chính quyền giao năm 2026", None)]


def test_the_key_settles_which_of_several_holds(tmp_path: Path) -> None:
    head = (
        "code,name,Chính quyền có mặt,Đảng có mặt,MTTQ có mặt,Chính quyền giao năm 2025,assigned_government"
    )
    table = read_staff(_file(tmp_path, f"{head}\n00001,Xã A,33,17,9,35,34\n"))
    assert table.rows[0].assigned == three(34, None, None)
    assert table.rows[0].staff == three(33, 17, 9)
    assert _wrong(table) == []


def test_in_a_table_of_assigned_posts_a_blocs_name_is_enough(tmp_path: Path) -> None:
    text = "code,name,Chính quyền,Đảng,MTTQ\n00001,Xã A,34,18,9\n,Dự phòng,12,,\n"
    table = read_assigned(_file(tmp_path, text))
    assert [(row.code, row.assigned, row.staff) for row in table.rows] == [
        ("00001", three(34, 18, 9), UNKNOWN_STAFF)
    ]
    (reserve,) = table.reserves
    assert (reserve.province, reserve.posts) == (None, three(12, None, None))


def test_people_present_are_no_assigned_posts(tmp_path: Path) -> None:
    text = "code,name,Chính quyền có mặt,Đảng có mặt,MTTQ có mặt\n00001,Xã A,34,18,9\n"
    (problem,) = read_assigned(_file(tmp_path, text)).problems
    assert (problem.code, problem.row) == ("missing-column", 1)
    assert "assigned_government" in str(problem.fix)


def test_a_table_of_assigned_posts_needs_a_unit(tmp_path: Path) -> None:
    text = "x,assigned_government\n1,34\n"
    assert _wrong(read_assigned(_file(tmp_path, text))) == [("missing-column", 1, "code", None)]
    assert [found[0] for found in _wrong(read_assigned(tmp_path / "none.csv"))] == ["no-such-file"]


@pytest.mark.parametrize(("cell", "code"), [("-3", "negative"), ("3.5", "fractional"), ("9999", "absurd")])
def test_what_is_no_count_of_posts_is_a_problem_at_its_cell(tmp_path: Path, cell: str, code: str) -> None:
    text = f"code,name,assigned_government,assigned_party\n00001,Xã A,{cell},17\n00002,Xã B,34,18\n"
    assert _wrong(read_assigned(_file(tmp_path, text))) == [(code, 2, "assigned_government", cell)]


def test_a_reserve_below_zero_is_a_problem_at_its_cell(tmp_path: Path) -> None:
    text = "province,name,assigned_government,assigned_party\nHuế,Xã A,34,17\nHuế,Dự phòng,-5,2\n"
    table = read_assigned(_file(tmp_path, text))
    assert _wrong(table) == [("negative", 3, "assigned_government", "-5")]
    (reserve,) = table.reserves
    assert (reserve.province, reserve.posts) == ("Huế", three(None, 2, None))


def test_a_sum_that_is_not_the_sum_is_a_problem_at_its_cell(tmp_path: Path) -> None:
    text = "code,name,assigned_government\n00001,Xã A,34\n00002,Xã B,30\n,Tổng cộng,65\n"
    assert _wrong(read_assigned(_file(tmp_path, text))) == [("totals-row", 4, "assigned_government", "65")]


def test_a_reserve_in_a_staff_table_is_kept(tmp_path: Path) -> None:
    text = (
        "name,government,party,front,assigned_government\n"
        "Xã A,33,17,9,34\nXã B,30,17,9,34\nDự phòng,,,,7\nTổng cộng,63,34,18,75\n"
    )
    table = read_staff(_file(tmp_path, text))
    assert [row.name for row in table.rows] == ["Xã A", "Xã B"]
    assert [reserve.posts for reserve in table.reserves] == [three(7, None, None)]


@pytest.mark.parametrize(
    "headings",
    [
        "decision,date",
        "assigned_decision,assigned_date",
        "Số quyết định,Ngày quyết định (dd/mm/yyyy)",
        "Quyết định,Ngày",
    ],
)
def test_a_table_of_assigned_posts_says_which_decision_on_which_day(tmp_path: Path, headings: str) -> None:
    text = (
        f"code,assigned_government,{headings}\n00001,34,12/QĐ-UBND ,05/01/2026\n00002,30,13/QĐ-UBND,\n"
        "00003,31,,25/01/2026\n00004,32,,\n"
    )
    table = read_assigned(_file(tmp_path, text))
    assert _wrong(table) == []
    assert [row.decision for row in table.rows] == [
        Decision("12/QĐ-UBND", date(2026, 1, 5)),
        Decision("13/QĐ-UBND", None),
        Decision(None, date(2026, 1, 25)),
        None,
    ]


def test_a_population_table_has_a_decision_with_assigned_posts_alone(tmp_path: Path) -> None:
    head, row = "code,name,type,population,decision,date", "00001,Xã A,xã,18000,12/QĐ-UBND,2026-01-05"
    table = read_units(_file(tmp_path, f"{head}\n{row}\n"))
    assert table.units[0].decision is None
    table = read_units(_file(tmp_path, f"{head},assigned_party,assigned_date\n{row},18,2026-02-01\n"))
    assert table.units[0].decision == Decision("12/QĐ-UBND", date(2026, 2, 1))
    assert table.assigned_columns == ("decision", "assigned_party", "assigned_date")
    table = read_units(_file(tmp_path, f"{head},assigned_party\n{row},18\n"))
    assert table.units[0].decision == Decision("12/QĐ-UBND", None)  # the day may be that of the residents


def test_a_day_that_is_none_is_a_problem_at_its_cell(tmp_path: Path) -> None:
    text = (
        "code,assigned_government,decision,date\n00001,34,12/QĐ-UBND,2026-02-30\n00002,34,12/QĐ-UBND,soon\n"
    )
    table = read_assigned(_file(tmp_path, text))
    assert _wrong(table) == [("bad-date", 2, "date", "2026-02-30"), ("bad-date", 3, "date", "soon")]
    staff = "code,government,party,front,assigned_party,ngày giao\n00001,34,17,9,18,2026-13-01\n"
    assert _wrong(read_staff(_file(tmp_path, staff))) == [("bad-date", 2, "ngày giao", "2026-13-01")]
