"""What a workbook holds: text that stays text, layout for print, one form for every command."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from quota.core.problems import InputError
from quota.run import extras
from tests.office.books import opened

Quota = Callable[..., Any]
DAY = ("--as-of", "2026-11-22")


@pytest.mark.parametrize(
    "name", ["=1+1", '=HYPERLINK("http://x.vn")', "+84", "-cmd|' /C calc'!A0", "@SUM(A1)"]
)
def test_text_that_looks_like_a_formula_is_text(quota: Quota, tmp_path: Path, name: str) -> None:
    table = tmp_path / "units.csv"
    quoted = name.replace('"', '""')
    table.write_text(f'code,name,type,population\n"{quoted}","{quoted}",xã,17000\n', encoding="utf-8")
    path = tmp_path / "out.xlsx"
    assert quota("audit", table, "--output", path).code == 0
    sheet = opened(path)["Units"]
    for cell in (sheet["A5"], sheet["B5"]):
        assert (cell.value, cell.data_type, cell.quotePrefix) == (name, "s", True)
    assert sheet["D5"].value == 17_000


def test_the_layout_is_ready_for_print(quota: Quota, tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    assert quota("audit", *DAY, "--output", path).code == 0
    book = opened(path)
    assert book.sheetnames == ["Summary", "Units", "Rule", "Findings", "Sources"]
    for sheet in book:
        assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
    units = book["Units"]
    assert units.freeze_panes == "C5"
    assert units.auto_filter.ref.startswith("A4:")
    assert units.print_title_rows == "$3:$4"
    kinds = {rule.type for rules in units.conditional_formatting for rule in rules.rules}
    assert {"cellIs", "dataBar"} <= kinds


def test_numbers_and_dates_are_written_as_the_language_does(quota: Quota, tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    assert quota("audit", *DAY, "--lang", "vi", "--output", path).code == 0
    book = opened(path)
    assert book["Đơn vị"]["D5"].number_format == "[$-42A]#,##0"
    assert book["Nguồn"]["D2"].number_format == "dd/mm/yyyy"


def test_equal_results_are_equal_bytes(quota: Quota, tmp_path: Path) -> None:
    once, again = tmp_path / "one.xlsx", tmp_path / "other.xlsx"
    for path in (once, again):
        assert quota("audit", *DAY, "--output", path).code == 0
    with zipfile.ZipFile(once) as first, zipfile.ZipFile(again) as second:
        assert [first.read(name) for name in first.namelist()] == [
            second.read(name) for name in second.namelist()
        ]


def test_a_narrowed_workbook_shows_the_whole_tables_sums_beside_its_own(quota: Quota, tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    assert quota("audit", *DAY, "--limit", 2, "--output", path).code == 0
    rows = {row[0]: row[1:5] for row in opened(path, values=True)["Summary"].iter_rows(values_only=True)}
    assert rows["Posts granted, at least"] == (49 + 49, 34, 16, 98 + 34 + 16)
    assert rows["Posts granted"] == ("4,957", "1,938–2,280", "912–1,140", "7,807–8,377")


@pytest.mark.parametrize(
    ("command", "cell"),
    [
        (("rules", "list"), "central-2025"),
        (("data", "list"), "hai-phong"),
        (("explain", "hong bang"), "11311"),
        (("rules", "show", "central-2025"), "id"),
    ],
)
def test_every_command_writes_a_workbook(
    quota: Quota, tmp_path: Path, command: tuple[str, ...], cell: str
) -> None:
    path = tmp_path / "out.xlsx"
    assert quota(*command, "--format", "xlsx", "--output", path).code == 0
    sheet = opened(path).active
    assert sheet["A2"].value == cell
    assert sheet.freeze_panes == "A2"


def test_a_workbook_is_not_for_the_screen(quota: Quota, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    run = quota("audit", "--format", "xlsx")
    assert run.code == 2
    assert "--output" in run.err


def test_a_missing_library_is_named_with_what_to_install() -> None:
    with pytest.raises(InputError, match="no_such_library") as refused:
        extras.need("report", "json", "no_such_library")
    assert 'pip install "commune-quota[report]"' in str(refused.value.problems[0].fix)


@pytest.mark.parametrize(
    "command",
    [
        ("compare", "hong bang", "thanh dong"),
        ("compare", "--peers", "hong bang"),
        ("rank",),
        ("sensitivity", "hue", "--vary", "party.range.low=15,17"),
        ("borderline", "--growth", "1.2", "--years", "3"),
        ("changes", "hai-phong", "hai-phong", "--new-rules", "central-2025-all-residents"),
        ("rules", "diff", "central-2025", "central-2025-all-residents"),
        ("fields",),
        ("secondments",),
        ("plan",),
        ("plan", "--why", "bach long vi"),
    ],
    ids=" ".join,
)
def test_a_page_of_tables_is_a_sheet_a_table_and_the_figures_as_numbers(
    quota: Quota, tmp_path: Path, command: tuple[str, ...]
) -> None:
    path = tmp_path / "out.xlsx"
    assert quota(*command, "--lang", "vi", "--output", path).code == 0
    book = opened(path)
    assert book.sheetnames[0] == "Giới thiệu"
    assert len(book.sheetnames) >= 3
    sheet = book[book.sheetnames[-1]]
    header = [cell.value for cell in sheet[1]]
    rows = list(csv.DictReader(io.StringIO(quota(*command, "--format", "csv").out)))
    assert header == list(rows[0])
    assert sheet.max_row == len(rows) + 1
    for shown, row in zip(sheet.iter_rows(min_row=2, values_only=True), rows, strict=True):
        for value, text in zip(shown, row.values(), strict=True):
            if isinstance(value, int | float):
                assert float(text) == pytest.approx(value)
            else:
                assert text in ("true", "false") or (value or "") == text


@pytest.mark.parametrize("spoken", ["vi", "en"])
def test_figures_of_a_page_are_numbers_that_a_sheet_can_sort(
    quota: Callable[..., Any], tmp_path: Path, spoken: str
) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    path = tmp_path / "rank.xlsx"
    assert quota("rank", "hai-phong", "--output", path, "--lang", spoken, "--as-of", "2026-11-22").code == 0
    sheet = openpyxl.load_workbook(path).worksheets[1]
    header, first, *_ = sheet.iter_rows(values_only=True)
    assert first[:4] == ("Phường Lê Chân", 1, 161_051, 28_505)
    assert first[4] == "95–100"
    assert len(header) == 5


def test_a_table_in_a_workbook_has_its_figures_on_the_right_and_says_what_its_signs_mean(
    quota: Quota, tmp_path: Path
) -> None:
    path = tmp_path / "plan.xlsx"
    assert quota("plan", *DAY, "--output", path).code == 0
    sheet = opened(path).worksheets[1]
    heading, first, *_ = sheet.iter_rows()
    (government,) = [cell for cell in heading if cell.value == "Government"]
    assert sheet.cell(2, government.column).value == "−138 +647"
    assert sheet.cell(2, government.column).alignment.horizontal == "right"
    assert first[0].alignment.horizontal is None
    assert str(sheet.cell(sheet.max_row, 1).value).startswith("By bloc: − short")
    assert sheet.auto_filter.ref == f"A1:H{sheet.max_row - 2}"


def test_where_a_page_may_begin_inside_a_bloc_each_column_says_whose_figure_it_has(
    quota: Quota, tmp_path: Path
) -> None:
    path = tmp_path / "audit.xlsx"
    assert quota("audit", "hai-phong", "--rules", "cv-09-2025-military", "--output", path).code == 0
    top, *_ = opened(path)["Units"].iter_rows(min_row=3, values_only=True)
    assert [top.count(name) for name in ("Government", "Party", "Front", "Military Command", "All")] == [
        *(4, 5, 5, 5, 5)
    ]


def test_a_row_is_as_high_as_its_units_name(quota: Quota, tmp_path: Path) -> None:
    table, path = tmp_path / "units.csv", tmp_path / "audit.xlsx"
    name = "Xã Hợp Nhất Ba Mươi Tháng Tư Anh Hùng Lực Lượng Vũ Trang Nhân Dân"
    table.write_text(
        f"code,name,type,population\n00001,{name},xã,17000\n00002,Xã A,xã,17000\n", encoding="utf-8"
    )
    assert quota("audit", table, "--output", path).code == 0
    rows = opened(path)["Units"].row_dimensions
    assert rows[5].height == pytest.approx(3 * 15.5, abs=0.75)
    assert rows[6].height is None


def test_numbers_of_the_rule_are_called_in_the_readers_language(quota: Quota, tmp_path: Path) -> None:
    path = tmp_path / "audit.xlsx"
    assert quota("audit", "hai-phong", "--lang", "vi", "--output", path).code == 0
    said = {row[0] for row in opened(path)["Quy tắc"].iter_rows(values_only=True)}
    assert "Chính quyền › bước tăng 2 › số dân mỗi bước" in said
    assert not any(str(text).startswith("government") for text in said)


@pytest.mark.parametrize(
    ("assigned", "pages", "titles", "height"),
    [
        ((), [], "$3:$4", 46.5),
        (("--assigned", "hai-phong-assigned-sample"), ["2"], "$A:$B,'Đơn vị'!$3:$4", 62.0),
    ],
)
def test_a_wide_sheet_is_printed_over_two_pages_and_its_headings_have_room(
    quota: Callable[..., Any],
    tmp_path: Path,
    assigned: tuple[str, ...],
    pages: list[str],
    titles: str,
    height: float,
) -> None:
    path = tmp_path / "audit.xlsx"
    assert quota("audit", *assigned, "--lang", "vi", "--output", path).code == 0
    with zipfile.ZipFile(path) as book:
        sheet, whole = (book.read(f"xl/{name}.xml").decode() for name in ("worksheets/sheet2", "workbook"))
    assert re.findall(r'fitToWidth="(\d+)"', sheet) == pages
    assert f"'Đơn vị'!{titles}" in re.findall(r"Print_Titles[^>]*>([^<]*)<", whole)
    (found,) = re.findall(r'<row r="4"[^>]* ht="([\d.]+)"', sheet)
    assert 0 <= float(found) - height < 0.75  # points; newer XlsxWriters go up to the next whole pixel


@pytest.mark.parametrize("spoken", ["vi", "en"])
def test_the_workbook_is_read_again_and_the_formulas_of_its_looks_are_no_cells(
    quota: Callable[..., Any], tmp_path: Path, spoken: str
) -> None:
    """Rules of formatting stand behind the rows; the last column, mountain, is one that is read."""
    path = tmp_path / "audit.xlsx"
    assert quota("audit", "hue", "--output", path, "--lang", spoken, "--as-of", "2026-11-22").code == 0
    with zipfile.ZipFile(path) as book:
        assert any(b"<xm:f>" in book.read(name) for name in book.namelist() if "/sheet" in name)
    run = quota("audit", path, "--as-of", "2026-11-22", "--format", "json")
    assert run.code == 0, run.err
    assert json.loads(run.out)["totals"]["quota"]["government"] == [1_660, 1_660]
