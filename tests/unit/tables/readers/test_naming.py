"""What stands in a list's column of names and is no one person; titles of lists and of assigned posts."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

import pytest

from quota import read_staff, read_units
from quota.core.problems import Severity
from quota.core.units import StaffTable, UnitTable
from quota.tables.readers.roster.naming import fault_of_name, is_nobody
from quota.tables.readers.units.staff import read_assigned

HEADING = ("STT", "Họ và tên", "Chức vụ", "Phòng, ban", "Đơn vị", "Ghi chú")
OFFICE, UNIT = "Văn phòng HĐND và UBND", "Xã Bằng Thành"


def listed(
    folder: Path, *names: str, title: str = "DANH SÁCH CÁN BỘ, CÔNG CHỨC", note: str = ""
) -> StaffTable:
    people = [[n, name, "Chuyên viên", OFFICE, UNIT, note] for n, name in enumerate(names, 1)]
    return read_staff(saved(folder, [[title], HEADING, *people]))


def saved(folder: Path, rows: Sequence[Sequence[object]]) -> Path:
    path, width = folder / "table.csv", max(map(len, rows))
    with path.open("w", encoding="utf-8", newline="") as lines:
        csv.writer(lines).writerows([*row, *[""] * (width - len(row))] for row in rows)
    return path


def said(table: StaffTable | UnitTable, severity: Severity) -> set[tuple[str, int | None]]:
    return {(problem.code, problem.row) for problem in table.problems if problem.severity is severity}


@pytest.mark.parametrize(
    "who",
    [
        *("(khuyết)", "Khuyết", "trống", "Chưa bố trí", "chưa có", "vacant", "-", "…", "Còn thiếu"),
        *("01 vị trí chưa tuyển", "Vị trí chưa tuyển dụng", "Chưa có người", "Biên chế trống", "Đang khuyết"),
    ],
)
def test_who_is_nobody(tmp_path: Path, who: str) -> None:
    assert is_nobody(who)
    table = listed(tmp_path, "Nguyễn Văn An", who, "Lê Thị Bình")
    assert [row.staff["government"] for row in table.rows] == [2]
    assert ("vacant-post", 4) in said(table, Severity.INFORMATION)


@pytest.mark.parametrize(
    "who", ["Nguyễn Văn Khuyết", "Trống Thị Chưa", "Nguyễn Thiếu Hoa", "Ng. V. A", "Bùi Hiện"]
)
def test_who_is_somebody(tmp_path: Path, who: str) -> None:
    assert not is_nobody(who)
    assert fault_of_name(who) is None
    assert [row.staff["government"] for row in listed(tmp_path, who, "Lê Thị Bình").rows] == [2]


@pytest.mark.parametrize(
    ("who", "code"),
    [
        *(
            (f"Nguyễn Văn An{mark}Lê Thị Bình", "several-people")
            for mark in ("\n", "; ", " và ", " & ", " + ")
        ),
        *(("02 người", "no-name"), ("3 chuyên viên", "no-name")),
    ],
)
def test_who_is_not_one_person_is_asked_about(tmp_path: Path, who: str, code: str) -> None:
    table = listed(tmp_path, "Trần Văn Cường", who)
    assert (code, 4) in said(table, Severity.ERROR)
    assert all(who not in f"{problem.message} {problem.value}" for problem in table.problems)


@pytest.mark.parametrize(
    "who", ["1. Nguyễn Văn An", "Nguyễn Văn An\n(Bí thư)", "Nguyễn Văn An;", "Công chức 1"]
)
def test_marks_beside_a_name_are_no_fault(tmp_path: Path, who: str) -> None:
    assert [row.staff["government"] for row in listed(tmp_path, who, "Lê Thị Bình").rows] == [2]


@pytest.mark.parametrize(
    "note", ["Đã mất", "Đã tính ở xã Cao Minh", "xin nghỉ từ 1/12", "không còn công tác"]
)
def test_a_note_that_the_person_is_gone_is_warned_of(tmp_path: Path, note: str) -> None:
    assert ("may-be-gone", 3) in said(listed(tmp_path, "Nguyễn Văn An", note=note), Severity.WARNING)


@pytest.mark.parametrize(
    "title", ["DANH SÁCH DỰ KIẾN TUYỂN DỤNG CÔNG CHỨC NĂM 2026", "NHU CẦU BIÊN CHẾ NĂM 2026"]
)
def test_a_list_of_who_is_to_come_is_warned_of(tmp_path: Path, title: str) -> None:
    assert ("not-present", 2) in said(listed(tmp_path, "Nguyễn Văn An", title=title), Severity.WARNING)


POSTS = [("Mã", "Đơn vị", "Chính quyền", "Đảng", "MTTQ"), ("01864", UNIT, 45, 17, 9)]


@pytest.mark.parametrize(
    "title",
    [
        *(
            "SỐ CÁN BỘ, CÔNG CHỨC CÓ MẶT ĐẾN 30/9/2025",
            "NHU CẦU BIÊN CHẾ NĂM 2026",
            "ĐỊNH MỨC BIÊN CHẾ THEO KHUNG",
        ),
        *("TINH GIẢN BIÊN CHẾ NĂM 2026", "GIAO BỔ SUNG BIÊN CHẾ NĂM 2025", "DỰ KIẾN GIAO BIÊN CHẾ NĂM 2026"),
        *("BIÊN CHẾ DÔI DƯ CÁC XÃ", "SỐ BIÊN CHẾ CẦN TUYỂN", "BIÊN CHẾ BỐ TRÍ THEO KHUNG", "GIẢM BIÊN CHẾ"),
    ],
)
def test_posts_that_no_decision_assigned_are_asked_about(tmp_path: Path, title: str) -> None:
    table = read_assigned(saved(tmp_path, [[title], *POSTS]))
    assert said(table, Severity.ERROR) == {("assigns-none", 2)}
    assert table.rows == ()


@pytest.mark.parametrize(
    "title",
    [
        *("GIAO BIÊN CHẾ NĂM 2025 (Kèm theo Quyết định số 12/QĐ-UBND)", "BIÊN CHẾ CÁC XÃ", "Biểu 2"),
        *("GIAO BIÊN CHẾ TRÊN CƠ SỞ SỐ CÓ MẶT", "QUYẾT ĐỊNH GIAO BIÊN CHẾ NĂM 2025 THEO ĐỊNH MỨC"),
    ],
)
def test_posts_that_may_be_assigned_are_read(tmp_path: Path, title: str) -> None:
    table = read_assigned(saved(tmp_path, [[title], *POSTS]))
    assert (said(table, Severity.ERROR), [tuple(row.assigned) for row in table.rows]) == (
        set(),
        [(45, 17, 9)],
    )


@pytest.mark.parametrize(
    ("title", "is_open"),
    [
        ("BIÊN CHẾ CÔNG CHỨC NĂM 2026", True),
        ("TỔNG HỢP BIÊN CHẾ CÁC XÃ, PHƯỜNG NĂM 2025", True),
        ("BIÊN CHẾ CÓ MẶT NĂM 2026", False),
        ("TÌNH HÌNH SỬ DỤNG BIÊN CHẾ NĂM 2026", False),
        ("BIÊN CHẾ ĐẾN NGÀY 30 THÁNG 6 NĂM 2026", False),
        ("BIÊN CHẾ CÁC XÃ", False),
    ],
)
def test_posts_of_a_year_that_may_be_assigned_are_people_with_a_warning(
    tmp_path: Path, title: str, *, is_open: bool
) -> None:
    """Departments call both so: who reads them as people present is told, with the way out."""
    table = read_staff(saved(tmp_path, [[title], *POSTS]))
    assert said(table, Severity.WARNING) == ({("people-or-posts", 2)} if is_open else set())
    assert [tuple(row.staff) for row in table.rows] == [(45, 17, 9)]


@pytest.mark.parametrize(("heading", "is_open"), [("Biên chế năm 2026", True), ("Có mặt năm 2026", False)])
def test_a_group_of_a_year_beside_residents_is_as_open_as_a_title(
    tmp_path: Path, heading: str, *, is_open: bool
) -> None:
    rows = [
        ["Mã", "Đơn vị", "Dân số", heading, "", ""],
        ["", "", "", "Chính quyền", "Đảng", "MTTQ"],
        ("01864", UNIT, 21_000, 45, 17, 9),
    ]
    table = read_units(saved(tmp_path, rows))
    assert said(table, Severity.WARNING) == ({("people-or-posts", 1)} if is_open else set())
    assert [tuple(unit.staff) for unit in table.units] == [(45, 17, 9)]


def test_a_heading_that_says_assigned_overrules_the_title(tmp_path: Path) -> None:
    rows = [
        ["BIÊN CHẾ CÓ MẶT"],
        ("Mã", "Đơn vị", *(f"{bloc} (được giao)" for bloc in POSTS[0][2:])),
        POSTS[1],
    ]
    table = read_assigned(saved(tmp_path, rows))
    assert [tuple(row.assigned) for row in table.rows] == [(45, 17, 9)]


@pytest.mark.parametrize(("key", "codes"), [("Giao", {("counts-others", 1)}), ("assigned_party", set())])
def test_contracts_among_the_posts_assigned_are_asked_about(
    tmp_path: Path, key: str, codes: set[tuple[str, int]]
) -> None:
    """Those among people present do not matter where only the posts are read."""
    upper = ["Mã", "Đơn vị", "Khối Đảng", "", "", "", "MTTQ"]
    heading = ["", "", key, "Trong đó: HĐ 111", "Có mặt", "Trong đó: HĐ 111", "Giao"]
    rows = [["00004", "Phường Ba Đình", 19, 2, 18, 2, 9], ["00008", "Phường Ngọc Hà", 20, 3, 18, 2, 9]]
    table = read_assigned(saved(tmp_path, [upper, heading, *rows]))
    assert said(table, Severity.ERROR) == codes
    assert [tuple(row.assigned) for row in table.rows] == ([] if codes else [(None, 19, 9), (None, 20, 9)])
