"""Notes below a table and comments on its cells: what they say of the figures is said, or changes them."""

from __future__ import annotations

import zipfile
from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment

from quota import read_staff, read_units
from quota.core.problems import Problem, Severity
from quota.tables.files.shown.comments import comments_on
from tests.ods import ods_of, text_cell, text_rows

UNITS = (
    ("01840", "Phường Đức Xuân", 22_660),
    ("01864", "Xã Bằng Thành", 13_984),
    ("01879", "Xã Cao Minh", 12_807),
)
RESIDENTS: list[list[object]] = [["Mã", "Tên đơn vị", "Dân số"], *(list(unit) for unit in UNITS)]
STAFF: list[list[object]] = [
    ["Mã", "Đơn vị", "Chính quyền", "Đảng", "MTTQ"],
    *([code, name, 40, 17, 9] for code, name, _ in UNITS),
]


def saved(folder: Path, rows: list[list[object]], comments: dict[str, str] | None = None) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    for cell, text in (comments or {}).items():
        sheet[cell].comment = Comment(text, "Nguyễn Văn An")
    book.save(folder / "table.xlsx")
    return folder / "table.xlsx"


def said(problems: tuple[Problem, ...], code: str) -> list[tuple[str, int | None, str]]:
    return [
        (problem.severity, problem.row, str(problem.message)) for problem in problems if problem.code == code
    ]


@pytest.mark.parametrize(
    "note",
    [
        "Ghi chú: số liệu trên là biên chế được giao năm 2025, chưa phải số có mặt",
        "Số liệu gồm cả hợp đồng lao động và người hoạt động không chuyên trách",
        "* Biên chế giao theo Quyết định số 12/QĐ-UBND",
        "Ghi chú: không phải số có mặt mà là biên chế được giao",
        "Note: not people in post but posts assigned by Decision 12",
    ],
)
def test_a_note_below_that_speaks_of_other_posts_is_warned_of(tmp_path: Path, note: str) -> None:
    table = read_staff(saved(tmp_path, [*STAFF, [], [note]]))
    ((severity, row, message),) = said(table.problems, "doubtful-note")
    assert (severity, row) == (Severity.WARNING, 1)
    assert note in message
    assert len(table.rows) == 3


@pytest.mark.parametrize(
    "note",
    [
        *("Ghi chú: số liệu có mặt đến 30/9/2025", "TRƯỞNG PHÒNG TỔ CHỨC, BIÊN CHẾ", "Người lập biểu"),
        "Ghi chú: Số liệu do UBND các xã báo cáo",
        "Ghi chú: số người có mặt, không phải biên chế được giao. Chưa rõ thì để trống.",
        "Note: people in post, not assigned posts",
    ],
)
def test_other_notes_are_no_matter(tmp_path: Path, note: str) -> None:
    assert said(read_staff(saved(tmp_path, [*STAFF, [], [note]])).problems, "doubtful-note") == []


def test_a_note_may_be_about_a_column_that_says_the_same(tmp_path: Path) -> None:
    rows = [[*row, "Biên chế được giao" if place == 0 else 70] for place, row in enumerate(STAFF)]
    note = "Ghi chú: biên chế được giao theo Quyết định số 12"
    assert said(read_staff(saved(tmp_path, [*rows, [], [note]])).problems, "doubtful-note") == []


def test_a_note_on_a_forecast_is_warned_of(tmp_path: Path) -> None:
    path = saved(tmp_path, RESIDENTS, {"C1": "Số liệu dự báo năm 2030"})
    assert len(said(read_units(path).problems, "doubtful-note")) == 1
    assert (
        said(read_units(saved(tmp_path, RESIDENTS, {"C1": "Nguồn: Công an tỉnh"})).problems, "doubtful-note")
        == []
    )


def test_a_comment_on_a_heading_says_the_unit_of_measure(tmp_path: Path) -> None:
    rows = [[*row[:2], int(str(row[2])) // 1000 if place else row[2]] for place, row in enumerate(RESIDENTS)]
    table = read_units(saved(tmp_path, rows, {"C1": "Nguyễn Văn An:\nĐơn vị tính: nghìn người"}))
    assert [unit.population for unit in table.units] == [22_000, 13_000, 12_000]


def test_a_comment_on_a_figure_is_said_without_who_wrote_it(tmp_path: Path) -> None:
    path = saved(tmp_path, RESIDENTS, {"C3": "Nguyễn Văn An:\nsố liệu năm 2019", "D3": "không đọc"})
    table = read_units(path)
    assert said(table.problems, "comment") == [
        (Severity.INFORMATION, 3, 'a comment on the cell says: "số liệu năm 2019"')
    ]
    assert all("Nguyễn" not in str(problem.message) for problem in table.problems)


def test_a_comment_on_a_list_of_people_is_not_shown(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["STT", "Họ và tên", "Phòng, ban", "Đơn vị"],
        [1, "Lê Thị Bình", "Văn phòng HĐND và UBND", "Xã Cao Minh"],
    ]
    table = read_staff(saved(tmp_path, rows, {"B2": "chồng là Trần Văn Cường", "B1": "Biên chế được giao"}))
    assert [problem.code for problem in table.problems if problem.code in ("comment", "doubtful-note")] == []


def test_comments_of_an_ods(tmp_path: Path) -> None:
    comment = "<office:annotation><dc:creator>An</dc:creator><text:p>ĐVT: {}</text:p></office:annotation>"
    head = "".join(text_cell(f"<text:p>{text}</text:p>") for text in ("Mã", "Tên đơn vị"))
    heading = text_cell(comment.format("nghìn người").replace("dc:", "office:") + "<text:p>Dân số</text:p>")
    rows = text_rows(*([code, name, str(people // 1000)] for code, name, people in UNITS))
    path = ods_of(
        tmp_path / "t.ods", "", {"Biểu 1": f"<table:table-row>{head}{heading}</table:table-row>{rows}"}
    )
    assert [unit.population for unit in read_units(path).units] == [22_000, 13_000, 12_000]


def test_comments_are_found_by_the_sheets_relations(tmp_path: Path) -> None:
    with zipfile.ZipFile(saved(tmp_path, RESIDENTS, {"C1": "Nguồn"})) as archive:
        names = set(archive.namelist())
        (part,) = [name for name in names if name.startswith("xl/worksheets/sheet")]
        assert comments_on(part, names, archive.read) == {(1, 3): "Nguồn"}
    parts = {
        "xl/worksheets/_rels/s.xml.rels": b'<R><r Type="/comments" Target="../c.xml"/>'
        b'<r Type="/comments"/></R>',
        "xl/c.xml": b'<c><comment ref="?"><t>a</t></comment>'
        b'<comment ref="B2"><r><t>b</t></r><u>c</u></comment></c>',
    }
    assert comments_on("xl/worksheets/s.xml", parts, parts.__getitem__) == {(2, 2): "b"}
    assert comments_on("xl/worksheets/t.xml", parts, parts.__getitem__) == {}
