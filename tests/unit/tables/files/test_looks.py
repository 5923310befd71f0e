"""Workbooks that show more than values: merged cells, raised digits, hidden rows, fonts of old encodings."""

from __future__ import annotations

import random
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
import xlsxwriter

from quota import read_units
from quota.core.units import UnitTable
from quota.tables.files.legacy import TCVN3, VNI
from quota.tables.files.old_fonts import convert_text
from quota.tables.files.raw import ReadOptions
from quota.tables.files.shown.ods_looks import OdsLooks, ods_looks
from tests.laws.often import LONG
from tests.ods import RAISED, ods_of, open_document, style_of, text_rows

CASES = Path(__file__).parents[1] / "cases"
_BACK = {letter: chr(byte) for byte, letter in TCVN3.items() if byte >= 0xA0}
_BACK_VNI = {meant: written for written, meant in sorted(VNI.items(), key=lambda pair: pair[0].isupper())}
NAMES = ("Phường Hồng Bàng", "Xã Kiến Minh", "Phường Ngô Quyền", "Xã Lào Cai", "Xã Tân Lập", "Phường Lê Chân")


def tcvn3(text: str) -> str:
    """Vietnamese as a Western program shows its TCVN3 bytes; the encoding's small letters only."""
    return "".join(_BACK.get(letter, letter) for letter in text)


def vni(text: str) -> str:
    """Vietnamese as a Western program shows its VNI bytes."""
    return "".join(_BACK_VNI.get(letter, letter) if not letter.isascii() else letter for letter in text)


def workbook(
    path: Path,
    rows: Sequence[Sequence[str | int]],
    *,
    font: Callable[[int, int], str] = lambda row, column: "Calibri",
    merged: Sequence[str] = (),
    hidden: frozenset[int] = frozenset(),
    notes: frozenset[tuple[int, int]] = frozenset(),
) -> Path:
    """An .xlsx of one sheet: each cell in a font, cells merged, rows hidden, a raised 1 at some cells."""
    fonts = sorted({font(row, column) for row in range(len(rows)) for column in range(len(rows[0]))})
    lines = []
    for number, row in enumerate(rows, start=1):
        cells = []
        for column, value in enumerate(row):
            style = fonts.index(font(number - 1, column))
            at = f'r="{chr(65 + column)}{number}" s="{style}"'
            if value == "":
                cells.append(f"<c {at}/>")
            elif (number, column + 1) in notes:
                run = f'<r><t>{value}</t></r><r><rPr><vertAlign val="superscript"/></rPr><t>1</t></r>'
                cells.append(f'<c {at} t="inlineStr"><is>{run}</is></c>')
            elif isinstance(value, int):
                cells.append(f"<c {at}><v>{value}</v></c>")
            else:
                cells.append(f'<c {at} t="inlineStr"><is><t>{escape(value)}</t></is></c>')
        shown = ' hidden="1"' if number in hidden else ""
        lines.append(f'<row r="{number}"{shown}>{"".join(cells)}</row>')
    space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    mergers = "".join(f'<mergeCell ref="{place}"/>' for place in merged)
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types">'
        f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{kind}.worksheet+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{kind}.styles+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="rId1" '
        f'Type="{relation}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook {space} xmlns:r="{relation}"><sheets>'
        '<sheet name="Biểu 1" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships">'
        f'<Relationship Id="rId1" Type="{relation}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{relation}/styles" Target="styles.xml"/></Relationships>',
        "xl/styles.xml": f"<styleSheet {space}><fonts>"
        + "".join(f'<font><name val="{name}"/></font>' for name in fonts)
        + "</fonts><cellXfs>"
        + "".join(f'<xf fontId="{place}"/>' for place in range(len(fonts)))
        + "</cellXfs></styleSheet>",
        "xl/worksheets/sheet1.xml": f"<worksheet {space}><sheetData>{''.join(lines)}</sheetData>"
        + (f"<mergeCells>{mergers}</mergeCells>" if merged else "")
        + "</worksheet>",
    }
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, f'<?xml version="1.0" encoding="UTF-8"?>{text}')
    return path


FORMS = pytest.mark.parametrize("written", [workbook, open_document], ids=["xlsx", "ods"])


def codes(table: UnitTable) -> dict[str, str]:
    return {problem.code: problem.severity.value for problem in table.problems}


HEADER = ("Tỉnh", "code", "name", "type", "population")


def test_a_province_merged_over_rows_is_that_of_each() -> None:
    merged = read_units(CASES / "x3_merged_province.xlsx")
    filled = read_units(CASES / "x3_filled.xlsx")
    assert [unit.province for unit in merged.units] == [unit.province for unit in filled.units]
    assert codes(merged) == {"merged-cells": "information"}


@FORMS
def test_a_figure_merged_over_rows_is_nobodys(tmp_path: Path, written: Callable[..., Path]) -> None:
    rows = [HEADER, ("", "10001", "Xã A", "xã", 9000), ("", "10002", "Xã B", "xã", "")]
    table = read_units(written(tmp_path / "a.xlsx", rows, merged=["E2:E3"]))
    assert codes(table)["merged-figure"] == "error"


@FORMS
def test_a_figure_merged_from_a_sum_into_its_first_row_is_nobodys(
    tmp_path: Path, written: Callable[..., Path]
) -> None:
    rows = [HEADER, ("", "", "Tổng cộng", "", 9000), ("", "10001", "Xã A", "xã", "")]
    table = read_units(written(tmp_path / "a.xlsx", rows, merged=["E2:E3"]))
    found = [(problem.code, problem.row) for problem in table.problems if problem.severity.value == "error"]
    assert found == [("merged-figure", 3)]


def test_the_mark_of_a_note_is_no_digit() -> None:
    table = read_units(CASES / "min_superscript.xlsx")
    assert table.units[0].population == 50307
    assert codes(table) == {"note-left-out": "information"}


def test_the_font_of_a_cell_says_its_encoding() -> None:
    assert [unit.name for unit in read_units(CASES / "mixed.xlsx").units] == [
        "Phường Hồng Bàng",
        "Phường Ngô Quyền",
        "Xã Kiến Minh",
        "Đặc khu Bạch Long Vĩ",
    ]


def test_a_dash_makes_no_old_font() -> None:
    assert read_units(CASES / "name_dash.csv").units[0].name == "Van Mieu – Quoc Tu Giam"


@pytest.mark.parametrize("mark", ["–", "—", "…", "“Moi”", "•"])
def test_unaccented_text_in_utf_8_stays(tmp_path: Path, mark: str) -> None:
    path = tmp_path / "units.csv"
    path.write_text(f"code,name,type,population\n10001,Xa An {mark},xa,…\n", encoding="utf-8")
    table = read_units(path)
    assert (table.units[0].name, table.units[0].population) == (f"Xa An {mark}", None)
    assert "legacy-font" not in codes(table)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("PH­êNG HåNG BµNG", "PHƯỜNG HỒNG BÀNG"),
        ("X· Mü", "Xã Mỹ"),
        ("Ph­êng Hång Bµng", "Phường Hồng Bàng"),
    ],
)
def test_caps_lock_in_an_old_font_is_capitals(written: str, meant: str) -> None:
    assert convert_text(written, "tcvn3") == meant


def test_the_encoding_of_a_workbook_can_be_named(tmp_path: Path) -> None:
    rows = [HEADER[1:], ("10001", tcvn3("Xã Lào"), "xa", 9000)]
    path = workbook(tmp_path / "a.xlsx", rows)
    read = {
        asked: read_units(path, options=ReadOptions(encoding=asked)) for asked in ("tcvn3", "utf-8", "utf-16")
    }
    assert read["tcvn3"].units[0].name == "Xã Lào"
    assert read["utf-8"].units[0].name == tcvn3("Xã Lào")
    assert codes(read["utf-16"]) == {"not-in-encoding": "error"}


@FORMS
def test_hidden_rows_count_and_are_said(tmp_path: Path, written: Callable[..., Path]) -> None:
    rows = [HEADER[1:], ("10001", "Xã A", "xã", 9000), ("10002", "Xã B", "xã", 8000)]
    table = read_units(written(tmp_path / "a.xlsx", rows, hidden=frozenset({3})))
    assert len(table.units) == 2
    said = codes(table)
    said.pop("comment", None)  # of which the .ods has one on each name
    assert said == {"hidden-rows": "information"}


def _names_in(fonts: Sequence[str]) -> Callable[[int, int], str]:
    return lambda row, column: fonts[row - 1] if row and column == 2 else "Calibri"


@FORMS
def test_no_cell_is_misread_in_silence(tmp_path: Path, written: Callable[..., Path]) -> None:
    """Fonts × encodings × mergers × notes: what was meant, in every unit, or a problem."""
    rng = random.Random(20261128)
    for _ in range(2_500 if LONG else 15):
        size = rng.randint(2, 10)
        names = [f"{rng.choice(NAMES)} {n}" for n in range(size)]
        how = [rng.choice(["Calibri", ".VnTime", "VNI-Times"]) for _ in range(size)]
        write = {"Calibri": str, ".VnTime": tcvn3, "VNI-Times": vni}
        provinces, mergers, meant = [], [], []
        while len(provinces) < size:
            length = min(rng.randint(1, 4), size - len(provinces))
            province = rng.choice(["Hà Nội", "Hải Phòng", "Cao Bằng"])
            if length > 1:
                mergers.append(f"A{len(provinces) + 2}:A{len(provinces) + length + 1}")
            provinces += [province] + [""] * (length - 1)
            meant += [province] * length
        people = [rng.randint(500, 300_000) for _ in range(size)]
        rows: list[tuple[str | int, ...]] = [HEADER]
        rows += [
            (provinces[n], str(10001 + n), write[how[n]](names[n]), "xã", people[n]) for n in range(size)
        ]
        notes = frozenset((n + 2, 5) for n in range(size) if rng.random() < 0.2)
        hidden = frozenset(n + 2 for n in range(size) if rng.random() < 0.2)
        path = written(
            tmp_path / "a.xlsx",
            rows,
            font=_names_in(how),
            merged=mergers,
            hidden=hidden,
            notes=notes,
        )
        table = read_units(path)
        assert [unit.name for unit in table.units] == names
        assert [unit.province for unit in table.units] == meant
        assert [unit.population for unit in table.units] == people
        assert ("hidden-rows" in codes(table)) == bool(hidden)


def test_what_an_ods_raises_by_per_cent_lowers_or_squares(tmp_path: Path) -> None:
    """A note is raised, whatever the style says it by; what is lowered, and km², is no note."""
    styles = "".join(
        style_of(f"T{place}", "text", f'style:text-position="{how}"')
        for place, how in enumerate(("33% 58%", "-33% 58%", "0% 100%"))
    )
    raised = [f'16000<text:span text:style-name="T{place}">1</text:span>' for place in range(3)]
    area = 'Diện tích (km<text:span text:style-name="T0">2</text:span>)'
    units = [[f"1000{place}", f"Xã A{place}", "xã", cell, "12.5"] for place, cell in enumerate(raised)]
    rows = text_rows(["code", "name", "type", "population", area], *units)
    table = read_units(ods_of(tmp_path / "a.ods", styles, {"Biểu": rows}))
    assert [unit.population for unit in table.units] == [16_000, 160_001, 160_001]
    assert [str(unit.area_km2) for unit in table.units] == ["12.5"] * 3


def test_an_ods_has_fonts_from_parents_and_columns_and_repeats_rows(tmp_path: Path) -> None:
    common = style_of("Cu", "table-cell", "fo:font-family=\"'.VnTime'\"")
    style = style_of("ce1", "table-cell", "", parent="Cu")
    column = '<table:table-column table:default-cell-style-name="ce1"/>'
    columns = f'<table:table-column/>{column}<table:table-column table:number-columns-repeated="2"/>'
    people = "9<text:s/>000</text:p><text:p>"
    rows = text_rows(["code", "name", "type", "population"], ["10001", tcvn3("Xã Lào Cai"), "xã", people])
    hidden = (
        '<table:table-row table:visibility="collapse" table:number-rows-repeated="20000">'
        '<table:table-cell table:number-columns-repeated="20000"/></table:table-row>'
    )
    path = ods_of(tmp_path / "a.ods", style, {"Biểu": columns + rows + hidden}, common)
    (unit,) = read_units(path).units
    assert (unit.name, unit.population) == ("Xã Lào Cai", 9_000)


def test_what_an_ods_repeats_too_often_is_no_units(tmp_path: Path) -> None:
    often = '<table:table-cell table:number-columns-repeated="10001"><text:p>x</text:p></table:table-cell>'
    rows = f'<table:table-row table:visibility="visible">{often}</table:table-row>'
    path = ods_of(tmp_path / "a.ods", RAISED, {"Biểu": rows})
    assert ods_looks(path.read_bytes()) == OdsLooks()


def test_a_zip_that_is_no_ods_and_an_ods_without_marks_show_nothing(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("x", "y")
    plain = ods_of(tmp_path / "a.ods", "", {"Biểu": text_rows(*_table(9_000))})
    assert ods_looks((tmp_path / "a.zip").read_bytes()) == ods_looks(plain.read_bytes()) == OdsLooks()


@pytest.mark.parametrize("ending", ["xlsx", "ods"])
def test_a_sheet_that_is_hidden_is_not_read_and_said_to_be_hidden(tmp_path: Path, ending: str) -> None:
    sheets = {"Biểu 1": _table(9_000), "Nháp": _table(5_000)}
    path = tmp_path / f"a.{ending}"
    if ending == "xlsx":
        book = xlsxwriter.Workbook(path)
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
        sheet.hide()
        book.close()
    else:
        style = style_of("ta1", "table", 'table:display="false"', "table")
        tables = {name: text_rows(*rows) for name, rows in sheets.items()}
        ods_of(path, style, tables, how={"Nháp": "ta1"})
    assert [unit.population for unit in read_units(path).units] == [9_000]
    (problem,) = read_units(path, options=ReadOptions(sheets=("Nháp",))).problems
    assert (problem.code, problem.message.values["sheet"]) == ("hidden-sheet", "Nháp")


def _table(people: int) -> list[tuple[str, ...]]:
    return [("code", "name", "type", "population"), ("10001", "Xã A", "xã", str(people))]
