"""The annexes of `quota form`: filled, read back, their layouts, everything that is wrong with a form."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest

from quota.core.problems import errors
from quota.tables.readers.department_posts import read_department_posts
from quota.tables.readers.units.staff import read_assigned, read_staff
from quota.tables.shipped.annexes import find_annex, shipped_annexes
from tests.conftest import Run
from tests.office.books import opened

Quota = Callable[..., Run]
DAY = ("--as-of", "2026-08-31")
UNITS = """\
code,name,type,province,population,government,party,front
00001,Xã An Bình,xã,Huế,18000,30,17,9
00002,Phường Hòa Lợi,phường,Huế,20000,36,18,8
00003,Xã Phú Mỹ,xã,Huế,21000,33,17,
"""
ASSIGNED = """\
code,name,assigned_government,assigned_party,assigned_front,decision,date
00001,,34,17,9,12/QĐ-UBND,2026-08-05
00002,,35,18,9,12/QĐ-UBND,2026-08-05
00003,,33,17,9,12/QĐ-UBND,2026-08-05
,Dự phòng,5,,,,
"""
BEFORE = "code,assigned_government\n00001,33\n00002,36\n00003,33\n"
DEPARTMENTS = "Tên cơ quan,Tạm giao,Có mặt,Biên chế giao\nSở Nội vụ,60,58,61\nLiên minh hợp tác xã,10,9,10\n"


@pytest.fixture
def given(tmp_path: Path) -> list[object]:
    """The tables that fill an annex."""
    tables = {"units": UNITS, "assigned": ASSIGNED, "before": BEFORE, "departments": DEPARTMENTS}
    for name, text in tables.items():
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    return [
        *("--population", tmp_path / "units.csv", "--assigned", tmp_path / "assigned.csv"),
        *("--provisional", tmp_path / "before.csv", "--departments", tmp_path / "departments.csv"),
    ]


def rows(path: Path, *, formulas: bool = False) -> list[list[Any]]:
    """What stands in the sheet; the results that are kept, or the formulas."""
    (sheet,) = opened(path, values=not formulas).worksheets
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def row_of(path: Path, name: str, *, formulas: bool = False) -> list[Any]:
    """The figures of a line."""
    (found,) = [row for row in rows(path, formulas=formulas) if row[1] == name]
    return found[2:]


def test_the_annex_of_assigned_posts(quota: Quota, tmp_path: Path, given: list[object]) -> None:
    path = tmp_path / "annex.xlsx"
    run = quota("form", "giao-bien-che", *given, *DAY, "--lang", "vi", "-o", path)
    assert (run.code, run.out) == (0, "")
    texts = [cell for row in rows(path) for cell in row if isinstance(cell, str)]
    assert "THÀNH PHỐ HUẾ" in texts
    assert "(Kèm theo Quyết định số 12/QĐ-UBND ngày 05/08/2026 của Ủy ban nhân dân thành phố Huế)" in texts
    assert "Biên chế có mặt tính đến ngày 31/08/2026" in texts
    assert ["1", "2", "3", "4", "5", "6=5-3", "7=5-4", "8"] in rows(path)
    assert row_of(path, "Sở Nội vụ")[:5] == [60, 58, 61, 1, 3]
    assert row_of(path, "CẤP TỈNH")[:5] == [70, 67, 71, 1, 4]
    assert row_of(path, "Xã An Bình")[:5] == [33, 30, 34, 1, 4]
    assert row_of(path, "CẤP XÃ")[:5] == [102, 99, 102, 0, 3]
    # nothing says what was kept back provisionally: no total of what was assigned so is known
    assert row_of(path, "DỰ PHÒNG")[:5] == [None, None, 5, None, None]
    assert row_of(path, "TỔNG CỘNG (I+II+III)")[:5] == [None, 166, 178, None, 12]
    total = row_of(path, "TỔNG CỘNG (I+II+III)", formulas=True)
    assert "SUM(E" in total[2]
    assert row_of(path, "Xã An Bình", formulas=True)[3] == '=IF(OR(E15="",C15=""),"",E15-C15)'


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("name", shipped_annexes())
def test_an_annex_is_read_back(
    quota: Quota, tmp_path: Path, given: list[object], name: str, lang: str
) -> None:
    path = tmp_path / "annex.xlsx"
    assert quota("form", name, *given, *DAY, "--lang", lang, "-o", path).code == 0
    table = read_assigned(path)
    assert not [problem for problem in table.problems if problem.severity != "information"]
    expected = read_assigned(tmp_path / "assigned.csv")
    blocs = ["government"] if name == "giao-bien-che" else ["government", "party", "front"]
    assert [row.name for row in table.rows] == ["Xã An Bình", "Phường Hòa Lợi", "Xã Phú Mỹ"]
    for found, row in zip(table.rows, expected.rows, strict=True):
        assert [found.assigned.get(bloc) for bloc in blocs] == [row.assigned.get(bloc) for bloc in blocs]
    (reserve,) = table.reserves
    assert reserve.posts["government"] == 5
    run = quota("audit", tmp_path / "units.csv", "--assigned", path, *DAY, "--format", "json")
    assert run.code == 0, run.err
    assert json.loads(run.out)["units"][0]["vacancy"]["government"] == {"vacant": 4, "above_assigned": 0}


@pytest.mark.parametrize("name", ["bien-che-theo-khoi", "columns"])
def test_the_clean_table_of_a_form_keeps_what_is_kept_back(
    quota: Quota, tmp_path: Path, given: list[object], name: str
) -> None:
    form, clean = tmp_path / "annex.xlsx", tmp_path / "clean.csv"
    if name == "columns":  # of a population table, with the province's reserve
        form = tmp_path / "columns.csv"
        form.write_text(
            "code,name,type,province,population,assigned_government\n00001,Xã An Bình,xã,Huế,18000,34\n"
            ",Dự phòng,,Huế,,5\n",
            encoding="utf-8",
        )
    else:
        assert quota("form", name, *given, *DAY, "--lang", "vi", "-o", form).code == 0
    run = quota("read", form, "--format", "csv", "-o", clean)
    assert run.code == 0, run.err
    before, after = (read_assigned(path) for path in (form, clean))
    assert [reserve.posts["government"] for reserve in after.reserves] == [5]
    assert after.reserves[0].posts == before.reserves[0].posts
    assert after.reserves[0].province == before.reserves[0].province
    assert [row.assigned for row in after.rows] == [row.assigned for row in before.rows]


def test_the_three_numbers_by_bloc(quota: Quota, tmp_path: Path, given: list[object]) -> None:
    path = tmp_path / "annex.xlsx"
    run = quota("form", "bien-che-theo-khoi", *given, *DAY, "--lang", "en", "-o", path)
    hangs = "Government: 3 units' terrain is unknown: 101 posts, 107 if all lie in mountains."
    assert hangs in run.err
    assert "A table of terrain settles it: --terrain FILE." in run.err
    assert [hangs] in [row[:1] for row in rows(path)]  # the paper itself says why its norms have two ends
    # up to the posts that mountains would give; Party 17 to 20, Front 8 to 10
    assert row_of(path, "Xã An Bình") == [33, 34, 34, 30, -3, -4, 17, 20, 17, 17, 0, 0, 8, 10, 9, 9, 0, 0]
    sums = row_of(path, "COMMUNE LEVEL")
    assert sums[2:6] == [102, 99, "−4", "−4 +1"]
    assert sums[12:] == [24, 30, 27, None, None, None]  # one unit's people are unknown
    flat = tmp_path / "flat.xlsx"
    exact = tmp_path / "exact.yaml"
    exact.write_text(
        "id: exact\nextends: central-2025\ntitle: {vi: Thử, en: Trial}\nreading: {vi: Thử, en: Trial}\n"
        "minimum_population: {note: null, source: hai-phong-2025-09}\nblocs:\n"
        "  party: {range: [17, 17], source: hai-phong-2025-09}\n"
        "  front: {range: [8, 8], source: hai-phong-2025-09}\n",
        encoding="utf-8",
    )
    run = quota("form", "bien-che-theo-khoi", *given, *DAY, "--rules", exact, "-o", flat, "--lang", "en")
    assert run.code == 0, run.err
    assert row_of(flat, "Xã An Bình") == [33, 34, 30, -3, -4, 17, 17, 17, 0, 0, 8, 9, 9, 1, 0]


def test_an_annex_without_figures_is_empty(quota: Quota, tmp_path: Path) -> None:
    path = tmp_path / "annex.xlsx"
    assert quota("form", "giao-bien-che", "--province", "Huế", *DAY, "--lang", "vi", "-o", path).code == 0
    assert row_of(path, "CẤP XÃ")[:5] == [None] * 5
    assert any("……" in str(cell) for row in rows(path) for cell in row)
    bare = tmp_path / "bare.xlsx"
    run = quota(
        "form", "giao-bien-che", "--year", "2027", "--decision", "9/QĐ", *DAY, "--lang", "vi", "-o", bare
    )
    assert (run.code, run.err) == (0, "")
    texts = [cell for row in rows(bare) for cell in row if isinstance(cell, str)]
    assert "Biên chế giao năm 2027" in texts
    assert len(rows(bare)) < 40
    assert "(Kèm theo Quyết định số 9/QĐ ngày …… tháng …… năm …… của Ủy ban nhân dân ……)" in texts


def test_an_annex_is_the_same_each_time_and_goes_into_a_pipe(
    quota: Quota, tmp_path: Path, given: list[object], monkeypatch: pytest.MonkeyPatch
) -> None:
    piped: list[bytes] = []
    monkeypatch.setattr("quota.cli.commands.reports.form.pipe", lambda content, _: piped.append(content))
    quota("form", "giao-bien-che", *given, *DAY, "-o", tmp_path / "1.xlsx")
    assert quota("form", "giao-bien-che", *given, *DAY).code == 0
    assert piped == [(tmp_path / "1.xlsx").read_bytes()]


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("name", shipped_annexes())
def test_the_document_says_what_the_workbook_does(
    quota: Quota, tmp_path: Path, given: list[object], name: str, lang: str
) -> None:
    for ending in ("xlsx", "docx", "again.docx"):
        run = quota("form", name, *given, *DAY, "--lang", lang, "-o", tmp_path / f"annex.{ending}")
        assert run.code == 0, run.err
    assert (tmp_path / "annex.docx").read_bytes() == (tmp_path / "annex.again.docx").read_bytes()
    document = docx.Document(str(tmp_path / "annex.docx"))
    (section,) = document.sections
    assert [round(side / 36_000) for side in (section.page_width or 0, section.page_height or 0)] == [
        297,
        210,
    ]
    table = next(found for found in document.tables if len(found.columns) > 2)
    written = [[cell.text for cell in row.cells] for row in table.rows]
    sheet = rows(tmp_path / "annex.xlsx")
    start = next(place for place, row in enumerate(sheet) if row[0] == "1" and row[1] == "2")
    assert [row for row in written if row[0] == "1" and row[1] == "2"] == [sheet[start]]
    repeated = table._tbl.xpath(".//w:tr[w:trPr/w:tblHeader]")
    assert len(repeated) == written.index(sheet[start]) + 1 == 3
    plain = str.maketrans({"−": "-", "+": None, ".": None, ",": None})
    figures = written[len(repeated) :]
    for line, row in zip(figures, sheet[start + 1 :], strict=False):
        shown = ["" if cell is None else str(cell) for cell in row]
        assert [text.translate(plain) for text in line] == [text.translate(plain) for text in shown]
    texts = [paragraph.text for paragraph in document.paragraphs]
    corner = document.tables[0].rows[0].cells[0].text
    assert all(text in corner for text in [row[0] for row in sheet[:2]])
    assert any("12/QĐ-UBND" in text for text in texts)


def wrong(tmp_path: Path, changes: dict[str, object]) -> Path:
    """The annex with other values in these cells."""
    path = tmp_path / "annex.xlsx"
    book = opened(path, values=True)
    for cell, value in changes.items():
        book.worksheets[0][cell] = value
    book.save(tmp_path / "wrong.xlsx")
    return tmp_path / "wrong.xlsx"


@pytest.mark.parametrize(
    ("changes", "row", "code", "said"),
    [
        ({"E14": 103}, 14, "totals-row", "the sum says 103, its rows add up to 102"),
        ({"E11": 70}, 11, "totals-row", "the sum says 70, its rows add up to 71"),
        ({"E10": 177}, 10, "totals-row", "the sum says 177, its rows add up to 178"),
        ({"E18": -5}, 18, "negative", "people cannot be fewer than none"),
        ({"B17": "Xã An Bình"}, 17, "assigned-twice", "already has assigned posts, on row 15"),
        ({"B17": "Xã Không Có"}, 17, "no-unit-of-this-name", ""),
        ({"E15": "ba mươi"}, 15, "not-a-whole-number", ""),
    ],
)
def test_what_is_wrong_with_a_form_is_said_at_its_cell(
    quota: Quota,
    tmp_path: Path,
    given: list[object],
    changes: dict[str, object],
    row: int,
    code: str,
    said: str,
) -> None:
    quota("form", "giao-bien-che", *given, *DAY, "--lang", "vi", "-o", tmp_path / "annex.xlsx")
    path = wrong(tmp_path, changes)
    run = quota("audit", tmp_path / "units.csv", "--assigned", path, *DAY, "--format", "json", "--lang", "en")
    if run.code:
        assert f"row {row}" in run.err
        assert said in run.err
    else:
        found = [problem for problem in json.loads(run.out)["problems"] if problem["code"] == code]
        assert [(problem["row"], problem["message"]) for problem in found] == [(row, said)]
    assert run.code == (0 if code == "totals-row" else 2)


def test_departments_are_read_as_the_table_says(tmp_path: Path) -> None:
    path = tmp_path / "departments.csv"
    path.write_text(
        "name,provisional,assigned,present\nSở Nội vụ,60,,58\nSở  nội vụ,1,1,1\n,2,2,2\n", encoding="utf-8"
    )
    table = read_department_posts(path)
    (department,) = table.departments
    assert (department.provisional, department.present, department.assigned) == (60, 58, None)
    assert [(problem.row, problem.code) for problem in errors(table.problems)] == [
        (3, "assigned-twice"),
        (4, "no-unit"),
    ]
    path.write_text("name,note\nSở Nội vụ,1\n", encoding="utf-8")
    assert [problem.code for problem in read_department_posts(path).problems] == ["missing-column"]
    path.write_text("", encoding="utf-8")
    assert [problem.code for problem in read_department_posts(path).problems] == ["empty"]
    path.write_text("note,x\n1,2\n", encoding="utf-8")
    assert "missing-column" in {problem.code for problem in read_department_posts(path).problems}


def test_a_layout_is_written_and_changed(quota: Quota, tmp_path: Path, given: list[object]) -> None:
    own = tmp_path / "our.yaml"
    assert quota("form", "giao-bien-che", "-o", own).code == 0
    text = own.read_text(encoding="utf-8")
    assert "bloc: government" in text
    changed = text.replace("total_first: true", "total_first: false").replace(
        "Tên cơ quan, tổ chức", "Tên đơn vị"
    )
    own.write_text(changed.replace("bloc: government", "bloc: party"), encoding="utf-8")
    path = tmp_path / "annex.xlsx"
    manifest = tmp_path / "m.json"
    run = quota("form", own, *given, *DAY, "--lang", "vi", "-o", path, "--manifest", manifest)
    assert run.code == 0, run.err
    assert "our.yaml" in manifest.read_text(encoding="utf-8")
    assert row_of(path, "Xã An Bình")[:3] == [None, 17, 17]
    names = [row[1] for row in rows(path)]
    assert names.index("TỔNG CỘNG (I+II+III)") > names.index("DỰ PHÒNG")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("id: giao-bien-che", "id: [", "not YAML"),
        ("total:", "totals:", "line 46, totals: no such key; did you mean total?"),
        ("shows: note", "shows: notes", 'line 45, columns[7].shows, "notes": not one of number, name'),
        ("width: 38", 'width: "38"', 'columns[1].width, "38": not a whole number from 1 to 200'),
        ("width: 38", "width: 0", 'columns[1].width, "0": not a whole number from 1 to 200'),
        ("heading: {vi: Số TT, en: No.}", "heading: Số TT", 'columns[0].heading, "Số TT": not keys and'),
        ("{vi: Số TT, en: No.}", "{vi: Số TT}", "line 16, columns[0].heading.en: the key is missing"),
        ("en: No.}", "en: 1}", 'line 16, columns[0].heading.en, "1": not text'),
        ("[assigned, provisional]", "[assigned]", "line 35, columns[5].less: not a list of two"),
        ("[assigned, provisional]", "[1, provisional]", "columns[5].less[0]"),
        ("corner:", "corner: 1\nx:", 'line 5, corner, "1": not a list; write each item on a line of its own'),
        ("total_first: true", "total_first: 1", "neither true nor false; write true or false"),
        (
            "total_first: true",
            "blank_rows: 3000000",
            'blank_rows, "3000000": not a whole number from 0 to 500',
        ),
        ("id: giao-bien-che", "idd: 3", 'idd, "3": no such key; did you mean id?'),
        (
            "holds: departments",
            "holds: units",
            'line 50, sections[1].holds, "units": a section above has these',
        ),
        ("key: note", "key: name", "two columns have the same key"),
        ("shows: name", "shows: note", "no column shows the name"),
        ("    less: [assigned, provisional]\n", "", "needs its two columns"),
        ("less: [assigned, provisional]", "less: [assigned, other]", 'before it is "other"'),
        (
            "    shows: assigned\n    bloc: government",
            "    shows: assigned\n    bloc: each",
            "is not of each bloc",
        ),
        ("NĂM {year}", "NĂM {y}", 'no place is called "y"'),
        ("NĂM {year}", "NĂM {yaer}", 'no place is called "yaer"; did you mean year?'),
        ('NĂM {year}"', 'NĂM {year"', "no place is called"),
    ],
)
def test_a_layout_that_is_none_is_refused(
    quota: Quota, tmp_path: Path, old: str, new: str, said: str
) -> None:
    own = tmp_path / "our.yaml"
    quota("form", "giao-bien-che", "-o", own)
    text = own.read_text(encoding="utf-8")
    assert old in text
    own.write_text(text.replace(old, new, 1), encoding="utf-8")
    run = quota("form", own, *DAY, "-o", tmp_path / "x.xlsx")
    assert run.code == 2
    assert said in run.err
    assert not (tmp_path / "x.xlsx").exists()


def test_what_cannot_be_filled_in_is_said(
    quota: Quota, tmp_path: Path, given: list[object], monkeypatch: pytest.MonkeyPatch
) -> None:
    out = ("-o", tmp_path / "x.xlsx")
    assert "end --output in .xlsx, .docx" in quota("form", "giao-bien-che", "-o", tmp_path / "x.csv").err
    assert "takes no figures" in quota("form", "staff", "--year", "2026", *out).err
    assert "whose posts these are" in quota("form", "giao-bien-che", *given[2:4], *out).err
    assert "cannot be read" in quota("form", tmp_path / "no.yaml", *out).err
    own = tmp_path / "our.yaml"
    quota("form", "giao-bien-che", "-o", own)
    own.write_text(
        own.read_text(encoding="utf-8").replace("bloc: government", "bloc: army"), encoding="utf-8"
    )
    assert 'has no bloc "army"' in quota("form", own, *out).err
    with (tmp_path / "assigned.csv").open("a", encoding="utf-8") as table:
        table.write(",Dự phòng,6,,,,\n")
    run = quota("form", "giao-bien-che", *given, *DAY, *out)
    assert (run.code, "a second row of posts that are kept back" in run.err) == (2, True)
    monkeypatch.setenv("QUOTA_MAX_FILE_BYTES", "100")
    assert "more than 100 bytes" in quota("form", own, *out).err


def test_people_present_are_not_read_from_an_annex(quota: Quota, tmp_path: Path, given: list[object]) -> None:
    quota("form", "giao-bien-che", *given, *DAY, "--lang", "vi", "-o", tmp_path / "annex.xlsx")
    assert [problem.code for problem in errors(read_staff(tmp_path / "annex.xlsx").problems)]


SMALL = """\
id: small
title: {vi: Biểu, en: Form}
titles: [{vi: Giao biên chế khối Đảng, en: Posts assigned to the Party}]
corner: [{vi: SỞ NỘI VỤ, en: HOME AFFAIRS}]
columns:
  - {key: name, shows: name, width: 30, heading: {vi: Tên đơn vị, en: Unit name}}
  - key: assigned
    shows: assigned
    bloc: party
    width: 6
    heading: {vi: Giao, en: Assigned}
    group: {vi: Biên chế, en: Posts}
  - {key: norm, shows: norm, bloc: party, width: 6, heading: {vi: Định mức, en: Norm}}
total: {vi: Tổng cộng, en: Total}
sections:
  - {numeral: I, holds: departments, title: {vi: CẤP TỈNH, en: PROVINCIAL LEVEL}}
  - {numeral: II, holds: units, title: {vi: CẤP XÃ, en: COMMUNE LEVEL}}
"""


def test_a_small_layout_without_groups_numbers_and_signatures(
    quota: Quota, tmp_path: Path, given: list[object]
) -> None:
    (own := tmp_path / "small.yaml").write_text(SMALL, encoding="utf-8")
    path = tmp_path / "annex.xlsx"
    assert quota("form", own, *given, *DAY, "--lang", "vi", "-o", path).code == 0
    bare = tmp_path / "bare.yaml"
    bare.write_text(SMALL.replace("corner: [{vi: SỞ NỘI VỤ, en: HOME AFFAIRS}]\n", ""), encoding="utf-8")
    assert quota("form", bare, *DAY, "-o", tmp_path / "bare.docx").code == 0
    found = {row[0]: row[1:4] for row in rows(path)}
    assert found["CẤP TỈNH"] == [71, None, None]
    assert found["Sở Nội vụ"] == [61, None, None]
    assert found["Xã An Bình"] == [17, 17, 20]
    assert found["Tổng cộng"] == [71 + 52, 51, 60]


def test_layouts_that_come_along() -> None:
    assert [find_annex(name).id for name in shipped_annexes()] == list(shipped_annexes())


def test_made_up_figures_are_marked_in_the_annex(quota: Quota, tmp_path: Path, given: list[object]) -> None:
    """A paper goes from hand to hand without what the screen said."""
    marked, plain = tmp_path / "marked.xlsx", tmp_path / "plain.xlsx"
    made_up = ("--province", "Hải Phòng", "--assigned", "hai-phong-assigned-sample")
    assert quota("form", "giao-bien-che", *made_up, "--lang", "vi", "-o", marked).code == 0
    assert quota("form", "giao-bien-che", *given, "--lang", "vi", "-o", plain).code == 0

    def said(path: Path) -> str:
        return " ".join(str(cell) for row in rows(path) for cell in row if isinstance(cell, str))

    assert "số liệu giả định" in said(marked)
    assert "giả định" not in said(plain)
    assert quota("audit", "hai-phong", "--assigned", marked).code == 0
