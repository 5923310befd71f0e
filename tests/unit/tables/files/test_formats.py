"""What formats show beside figures, cells struck through, hidden columns: not read past in silence."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlwt
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

from quota import read_staff, read_units
from quota.core.problems import Problem, Severity
from quota.tables.files.shown.formats import Shown, shown_beside, shown_by
from quota.tables.files.workbooks.biff_styles import Styles, styled
from tests.ods import ods_of, style_of, text_cell, text_rows

UNITS = (
    ("01840", "Phường Đức Xuân", 22_660, (60, 11, 5)),
    ("01864", "Xã Bằng Thành", 13_984, (30, 12, 4)),
    ("01879", "Xã Cao Minh", 12_807, (28, 10, 4)),
)
PEOPLE = [unit[2] for unit in UNITS]
Change = Callable[[Any], None]
"""What is done to a sheet before it is saved."""


def residents(
    folder: Path, change: Change, figure: Callable[[int], object] = int
) -> tuple[list[int | None], list[Problem]]:
    rows = [
        ["Mã", "Tên đơn vị", "Dân số"],
        *([code, name, figure(people)] for code, name, people, _ in UNITS),
    ]
    table = read_units(saved(folder, rows, change))
    return [unit.population for unit in table.units], list(table.problems)


def staff(folder: Path, change: Change) -> tuple[list[tuple[int | None, ...]], list[Problem]]:
    rows = [
        ["Mã", "Đơn vị", "Chính quyền", "Đảng", "MTTQ"],
        *([code, name, *people] for code, name, _, people in UNITS),
    ]
    table = read_staff(saved(folder, rows, change))
    return [tuple(row.staff) for row in table.rows], list(table.problems)


def saved(folder: Path, rows: list[list[object]], change: Change) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    change(sheet)
    book.save(folder / "table.xlsx")
    return folder / "table.xlsx"


def in_format(code: str, column: int = 3) -> Change:
    def change(sheet: Any) -> None:
        for row in range(2, sheet.max_row + 1):
            sheet.cell(row, column).number_format = code

    return change


def errors(problems: list[Problem]) -> set[tuple[str, int | None]]:
    return {(problem.code, problem.row) for problem in problems if problem.severity is Severity.ERROR}


def remarks(problems: list[Problem]) -> set[str]:
    return {problem.code for problem in problems if problem.severity is Severity.INFORMATION}


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        *(
            (code, None)
            for code in ("General", "0", "#,##0", "#,##0,", "00000", "0.00E+00", "# ?/?", "@", "")
        ),
        *(
            (code, None)
            for code in ("dd/mm/yyyy", "[$-409]d-mmm", "[h]:mm", '#,##0\\ "₫"', "#,##0\\ _₫;\\-#,##0\\ _₫")
        ),
        ('_(* #,##0_);_(* \\(#,##0\\);_(* "-"??_);_(@_)', None),
        ('[>=1000]#,##0,"K";0', None),
        ('#,##0.0,"nghìn"', None),
        ('#,##0 "người"', Shown("", " người")),
        ('General" người"', Shown("", " người")),
        ('#,##0 "nghìn người"', Shown("", " nghìn người")),
        ('#,##0, "nghìn hộ"', Shown("", "  hộ")),
        ('0"k"', Shown("", "k")),
        ('#,##0".000"', Shown("", ".000")),
        ("#,##0 đ", Shown("", " đ")),
        ('"0"0000', Shown("0", "")),
        ('"Năm "0;"trước "0', Shown("Năm ", "")),
        ("0.0%", Shown(per_cent=True)),
        (";;;", Shown(nothing=True)),
        (";;;@", Shown(nothing=True)),
    ],
)
def test_what_a_format_adds(code: str, shown: Shown | None) -> None:
    assert shown_by(code) == shown


@given(st.integers(0, 10**9), st.integers(0, 4), st.sampled_from(["", '"k"', '" người"', '" %"']))
def test_a_figure_keeps_all_its_digits(count: int, decimals: int, literal: str) -> None:
    figure = str(count) if not decimals else f"{count}.{'7' * decimals}"
    shown = shown_by("#,##0" + literal)
    text = figure if shown is None else shown.text(figure)
    assert text.startswith(figure)
    per_cent = shown_by("0%")
    assert per_cent is not None
    assert float(per_cent.text(figure).removesuffix("%")) == pytest.approx(float(figure) * 100)
    assert per_cent.text("x") == "x"


@pytest.mark.parametrize(
    "code", ['#,##0 "người"', "00000", "#,##0,", '#,##0.0,"nghìn"', "#,##0 _₫", "0_ ;[Red]\\-0\\ "]
)
def test_formats_of_the_same_people_change_nothing(tmp_path: Path, code: str) -> None:
    found, problems = residents(tmp_path, in_format(code))
    assert (found, errors(problems)) == (PEOPLE, set())


@pytest.mark.parametrize("code", ['0 "nghìn người"', '0"k"', '0".000"', '0 "hộ"', "0%", '0 "triệu đồng"'])
def test_a_format_that_says_something_else_is_read_or_refused(tmp_path: Path, code: str) -> None:
    found, problems = residents(tmp_path, in_format(code), lambda people: people // 1000)
    assert found == [people // 1000 * 1000 for people in PEOPLE] or errors(problems)


@pytest.mark.parametrize("code", ["0%", '0 "(được giao)"', '0 "hợp đồng"', '0"/50"'])
def test_staff_that_is_something_else_is_refused(tmp_path: Path, code: str) -> None:
    _, problems = staff(tmp_path, in_format(code))
    assert {row for _, row in errors(problems)} == {2, 3, 4}


def test_a_heading_that_is_a_number_in_a_format(tmp_path: Path) -> None:
    def change(sheet: Any) -> None:
        sheet["C1"], sheet["C1"].number_format = 2025, '"Dân số năm "0'

    assert residents(tmp_path, change)[0] == PEOPLE


def test_a_day_is_no_figure(tmp_path: Path) -> None:
    def change(sheet: Any) -> None:
        sheet["C3"] = date(2025, 9, 30)

    assert errors(residents(tmp_path, change)[1]) == {("day-in-figures", 3)}


def test_figures_and_columns_that_do_not_show_are_said(tmp_path: Path) -> None:
    found, problems = residents(tmp_path, in_format(";;;"))
    assert (found, errors(problems)) == (PEOPLE, set())
    assert "unseen-figures" in remarks(problems)

    def change(sheet: Any) -> None:
        sheet.column_dimensions["C"].hidden = True

    found, problems = residents(tmp_path, change)
    assert (found, errors(problems)) == (PEOPLE, set())
    assert "hidden-column" in remarks(problems)

    def of_notes(sheet: Any) -> None:
        sheet["D1"] = "Ghi chú"
        sheet.column_dimensions["D"].hidden = True

    assert "hidden-column" not in remarks(residents(tmp_path, of_notes)[1])


@pytest.mark.parametrize("columns", [(1, 2, 3), (2,), (3,)])
def test_what_is_struck_through_is_asked_about(tmp_path: Path, columns: tuple[int, ...]) -> None:
    def change(sheet: Any) -> None:
        for column in columns:
            sheet.cell(3, column).font = Font(strike=True)

    assert errors(residents(tmp_path, change)[1]) == {("struck-through", 3)}


def test_a_part_of_a_cell_that_is_struck_through_is_asked_about(tmp_path: Path) -> None:
    def change(sheet: Any) -> None:
        sheet["C3"] = CellRichText(TextBlock(InlineFont(strike=True), "1"), TextBlock(InlineFont(), "13984"))

    assert ("struck-through", 3) in errors(residents(tmp_path, change)[1])

    def not_struck(sheet: Any) -> None:
        sheet["C3"] = CellRichText(
            TextBlock(InlineFont(strike=False), "139"), TextBlock(InlineFont(b=True), "84")
        )

    assert residents(tmp_path, not_struck)[0] == PEOPLE


def test_a_note_that_is_struck_through_is_no_matter(tmp_path: Path) -> None:
    def change(sheet: Any) -> None:
        sheet["D1"], sheet["D3"] = "Ghi chú", "cũ"
        sheet["D3"].font = Font(strike=True)

    found, problems = residents(tmp_path, change)
    assert (found, errors(problems)) == (PEOPLE, set())


def test_a_lowered_mark_is_no_digit(tmp_path: Path) -> None:
    def change(sheet: Any) -> None:
        sheet["C3"] = CellRichText("13984", TextBlock(InlineFont(vertAlign="subscript"), "2"))

    found, problems = residents(tmp_path, change)
    assert (found, errors(problems)) == (PEOPLE, set())


def test_a_figure_merged_over_columns_is_asked_about(tmp_path: Path) -> None:
    def change(sheet: Any) -> None:
        sheet["C3"] = 42
        sheet.merge_cells("C3:D3")

    assert errors(staff(tmp_path, change)[1]) == {("merged-figure", 3)}


def test_a_name_merged_over_columns_is_a_name(tmp_path: Path) -> None:
    def change(sheet: Any) -> None:
        sheet.insert_cols(3)
        for row in (1, 2, 3, 4):
            sheet.merge_cells(start_row=row, end_row=row, start_column=2, end_column=3)

    found, problems = residents(tmp_path, change)
    assert (found, errors(problems)) == (PEOPLE, set())


def in_xls(
    folder: Path, styles: dict[int, Any], *, row: int | None = None, hidden: int | None = None
) -> Path:
    """The units in an .xls, its columns (or those of one row) in styles."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("S1")
    plain = xlwt.easyxf("font: italic on")
    rows = [("Mã", "Tên đơn vị", "Dân số"), *(unit[:3] for unit in UNITS)]
    for number, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            is_styled = number > 0 and row in (None, number)
            sheet.write(number, column, cell, styles.get(column, plain) if is_styled else plain)
    if hidden is not None:
        sheet.col(hidden).hidden = True
    book.save(str(folder / "units.xls"))
    return folder / "units.xls"


def test_an_xls_shows_the_same(tmp_path: Path) -> None:
    table = read_units(in_xls(tmp_path, {2: xlwt.easyxf(num_format_str='#,##0 "người"')}))
    assert ([unit.population for unit in table.units], errors(list(table.problems))) == (PEOPLE, set())
    table = read_units(in_xls(tmp_path, {2: xlwt.easyxf(num_format_str='#,##0 "hộ"')}))
    assert {row for _, row in errors(list(table.problems))} == {2, 3, 4}
    table = read_units(in_xls(tmp_path, {2: xlwt.easyxf(num_format_str="0%")}))
    assert errors(list(table.problems)) == {("share-in-figures", row) for row in (2, 3, 4)}
    table = read_units(in_xls(tmp_path, {2: xlwt.easyxf(num_format_str=";;;")}, hidden=2))
    assert remarks(list(table.problems)) >= {"hidden-column", "unseen-figures"}
    struck = {column: xlwt.easyxf("font: struck_out on") for column in (0, 1, 2)}
    table = read_units(in_xls(tmp_path, struck, row=2))
    assert errors(list(table.problems)) == {("struck-through", 3)}


def test_the_records_of_an_xls() -> None:
    styles = Styles()
    styles.take(0x41E, b'\xa4\x00\x03\x00\x010\x00"\x00k\x00')
    styles.take(0x41E, b'\xa5\x00\x03\x00\x000"h')
    for font in (0, 8, 0, 0, 8):
        styles.take(0x31, bytes((0xC8, 0, font, 0)))
    for font, code in ((0, 164), (1, 165), (5, 9), (9, 0)):
        styles.take(0xE0, bytes((font, 0, code, 0)))
    assert [styles.shown(style) for style in range(3)] == [
        Shown("", "k"),
        Shown("", "h"),
        Shown(per_cent=True),
    ]
    assert styles.shown(3) is styles.shown(9) is None
    assert [styles.is_struck(style) for style in range(4)] == [False, True, True, False]
    assert not styles.is_struck(9)
    several = bytes((4, 0, 2, 0)) + bytes((1, 0, 0, 0, 0, 0)) + bytes((2, 0, 0, 0, 0, 0)) + bytes((3, 0))
    assert list(styled(0xBD, several)) == [((5, 3), 1, True), ((5, 4), 2, True)]
    assert list(styled(0xFD, bytes((0, 0, 1, 0, 7, 0)))) == [((1, 2), 7, False)]
    assert list(styled(0x0A, b"")) == []


def in_ods(folder: Path, cells: Sequence[str], styles: str = "", columns: str = "") -> Path:
    """The units in an .ods, with these cells for their residents."""
    head = text_rows(("Mã", "Tên đơn vị", "Dân số"))
    rows = "".join(
        f"<table:table-row>{text_cell(f'<text:p>{code}</text:p>')}{text_cell(f'<text:p>{name}</text:p>')}{cell}"
        "</table:table-row>"
        for (code, name, *_), cell in zip(UNITS, cells, strict=True)
    )
    return ods_of(folder / "units.ods", styles, {"Biểu 1": columns + head + rows})


def ods_figure(value: object, shown: str, kind: str = "float", how: str = "") -> str:
    return (
        f'<table:table-cell office:value-type="{kind}" office:value="{value}"{how}><text:p>{shown}</text:p>'
        "</table:table-cell>"
    )


BESIDE = "<number:number-style><number:text> người</number:text></number:number-style>"


def ods_residents(path: Path) -> tuple[list[int | None], set[tuple[str, int | None]]]:
    table = read_units(path)
    return [unit.population for unit in table.units], errors(list(table.problems))


def test_an_ods_shows_the_same(tmp_path: Path) -> None:
    shown = [ods_figure(people, f"{people:,} người".replace(",", ".")) for people in PEOPLE]
    assert ods_residents(in_ods(tmp_path, shown, BESIDE)) == (PEOPLE, set())
    divided = [ods_figure(people, f"{people / 1000:.1f} nghìn".replace(".", ",")) for people in PEOPLE]
    assert ods_residents(in_ods(tmp_path, divided, BESIDE)) == (PEOPLE, set())
    households = [ods_figure(people // 4, f"{people // 4} hộ") for people in PEOPLE]
    assert {row for _, row in ods_residents(in_ods(tmp_path, households, BESIDE))[1]} == {2, 3, 4}
    shares = [ods_figure(0.5, "50%", "percentage") for _ in PEOPLE]
    assert {code for code, _ in ods_residents(in_ods(tmp_path, shares))[1]} == {"share-in-figures"}
    thousands = [ods_figure(people // 1000, f"{people // 1000} nghìn người") for people in PEOPLE]
    assert ods_residents(in_ods(tmp_path, thousands, BESIDE))[0] == [
        people // 1000 * 1000 for people in PEOPLE
    ]


def test_figures_and_columns_of_an_ods_that_do_not_show_are_said(tmp_path: Path) -> None:
    column = (
        '<table:table-column table:number-columns-repeated="2"/>'
        '<table:table-column table:visibility="collapse"/>'
    )
    unseen = [ods_figure(people, "") for people in PEOPLE]
    table = read_units(in_ods(tmp_path, unseen, BESIDE, column))
    assert [unit.population for unit in table.units] == PEOPLE
    assert remarks(list(table.problems)) >= {"hidden-column", "unseen-figures"}


def test_what_is_struck_through_in_an_ods_is_asked_about(tmp_path: Path) -> None:
    line = 'style:text-line-through-style="solid"'
    styles = style_of("up", "table-cell", line) + style_of("ce1", "table-cell", "", parent="up")
    styles += style_of("ce2", "table-cell", 'style:text-line-through-style="none"', parent="up")
    styles += style_of("T1", "text", line)
    cells = [ods_figure(people, str(people)) for people in PEOPLE]
    cells[0] = ods_figure(PEOPLE[0], str(PEOPLE[0]), how=' table:style-name="ce1"')
    cells[1] = ods_figure(PEOPLE[1], str(PEOPLE[1]), how=' table:style-name="ce2"')
    cells[2] = text_cell('<text:p><text:span text:style-name="T1">1</text:span>12807</text:p>')
    found = ods_residents(in_ods(tmp_path, cells, styles))
    assert found[1] == {("struck-through", 2), ("struck-through", 4)}


def test_a_formula_of_an_ods_that_was_never_worked_out_is_an_error(tmp_path: Path) -> None:
    cells = [ods_figure(people, str(people)) for people in PEOPLE]
    cells[1] = '<table:table-cell table:formula="of:=9000+123"/>'
    assert ods_residents(in_ods(tmp_path, cells))[1] == {("formula", 3)}


@pytest.mark.parametrize(
    ("figure", "shown", "beside"),
    [
        *(("37650", "37.650", None), ("37650", "37,650.00", None), ("-5", "-5", None), ("37650", "ẩn", None)),
        *(("37650", "37.650 người", Shown("", " người")), ("37650", "38 nghìn", None)),
        *(("37", "37 nghìn", Shown("", " nghìn")), ("0.5", "50,0%", Shown(per_cent=True))),
        *(("37650", "38 nghìn hộ", Shown("", "  hộ")), ("12", "", Shown(nothing=True))),
    ],
)
def test_what_a_figure_is_shown_with(figure: str, shown: str, beside: Shown | None) -> None:
    assert shown_beside(figure, shown) == beside


HOLDS: dict[str, Callable[[int, int], bool]] = {
    "<": lambda figure, bound: figure < bound,
    "<=": lambda figure, bound: figure <= bound,
    ">": lambda figure, bound: figure > bound,
    ">=": lambda figure, bound: figure >= bound,
    "=": lambda figure, bound: figure == bound,
    "<>": lambda figure, bound: figure != bound,
}
CONDITIONS = st.tuples(
    st.sampled_from(sorted(HOLDS)), st.integers(0, 3), st.sampled_from(["", " nghìn", " ha", " hộ"])
)


@given(
    st.lists(CONDITIONS, min_size=1, max_size=2),
    st.sampled_from(["", " người", None]),
    st.integers(0, 4),
    st.sampled_from(["", "[Red]", "[$-42A]"]),
)
def test_a_format_with_conditions_shows_what_its_first_that_holds_does(
    parts: list[tuple[str, int, str]], otherwise: str | None, figure: int, mark: str
) -> None:
    code = ";".join(f'{mark}[{sign}{bound}]#,##0"{text}"' for sign, bound, text in parts)
    code += "" if otherwise is None else f';0"{otherwise}"'
    words = [text for sign, bound, text in parts if HOLDS[sign](figure, bound)]
    shown = shown_by(code)
    expected = f"{figure}{next(iter(words), otherwise or '')}"
    assert (str(figure) if shown is None else shown.text(str(figure))) == expected


@pytest.mark.parametrize("code", ['[>=20000]#,##0," nghìn";0', '[>=20000]0.0,"k";0', "[Red][<20000]0;0"])
def test_conditions_that_shorten_what_is_shown_change_nothing(tmp_path: Path, code: str) -> None:
    found, problems = residents(tmp_path, in_format(code))
    assert (found, errors(problems)) == (PEOPLE, set())


@pytest.mark.parametrize("code", ['[>=13]0" nghìn";0" nghìn"', '[>=13]0" nghìn";0', '[>=13]0;0" nghìn"'])
def test_conditions_that_say_thousands_are_read_or_refused(tmp_path: Path, code: str) -> None:
    found, problems = residents(tmp_path, in_format(code), lambda people: people // 1000)
    assert found == [people // 1000 * 1000 for people in PEOPLE] or errors(problems)
