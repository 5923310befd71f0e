"""Files shaped as departments' are: each is read to the same units as the clean table it was made from."""

from __future__ import annotations

import csv
import unicodedata
from pathlib import Path
from typing import Any

import pytest

from quota import read_staff, read_units
from quota.core.problems import InputError, Severity
from quota.core.units import Unit
from quota.tables.columns.own_words import read_wordings
from quota.tables.files.encodings import decode
from quota.tables.files.legacy import TCVN3, VNI
from quota.tables.files.raw import ReadOptions
from tests.blocs import three
from tests.forms import (
    ENCODERS,
    HEADER,
    TITLES,
    as_font,
    csv_text,
    to_tcvn3,
    to_vni,
    write_ods,
    write_xls,
    write_xlsx,
)

DATA = Path(__file__).parents[4] / "data"
TYPES = {"commune": "Xã", "ward": "Phường", "special_zone": "Đặc khu"}
LETTERS = (
    "".join(
        unicodedata.normalize("NFC", base + tone)
        for base in "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY"
        for tone in ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
    )
    + "đĐ"
)


def province(name: str = "hai-phong") -> list[dict[str, str]]:
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def cells(row: dict[str, str], *, number: bool = False) -> list[Any]:
    population: Any = int(row["population"]) if number else row["population"]
    area: Any = float(row["area_km2"]) if number else row["area_km2"]
    return [row["code"], row["name"], TYPES[row["type"]], population, area]


def essence(units: tuple[Unit, ...]) -> list[tuple[object, ...]]:
    return [(unit.code, unit.name, unit.type, unit.population, unit.area_km2) for unit in units]


@pytest.fixture(scope="module")
def clean() -> list[tuple[object, ...]]:
    return essence(read_units("hai-phong").units)


def codes(table: Any) -> set[str]:
    return {problem.code for problem in table.problems}


def no_worse_than_information(table: Any) -> None:
    assert [problem for problem in table.problems if problem.severity is not Severity.INFORMATION] == []


@pytest.mark.parametrize("encoding", ENCODERS)
def test_every_encoding_is_found_and_said(tmp_path: Path, clean: Any, encoding: str) -> None:
    path = tmp_path / "units.csv"
    path.write_bytes(ENCODERS[encoding](csv_text([HEADER, *map(cells, province())])))
    table = read_units(path)
    assert essence(table.units) == clean
    no_worse_than_information(table)
    if encoding.startswith("utf-8"):
        assert table.problems == ()
    else:
        assert any(encoding.removesuffix("-sig") in str(problem.message) for problem in table.problems)
    name = encoding.removesuffix("-sig")
    assert essence(read_units(path, options=ReadOptions(encoding=name)).units) == clean


def test_decomposed_text_is_joined_and_said(tmp_path: Path, clean: Any) -> None:
    path = tmp_path / "units.csv"
    text = unicodedata.normalize("NFD", csv_text([HEADER, *map(cells, province())]))
    path.write_text(text, encoding="utf-8")
    table = read_units(path)
    assert essence(table.units) == clean
    assert codes(table) == {"decomposed"}


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("thousands", ["", ".", "\u00a0", " "])
def test_delimiters_and_conventions(tmp_path: Path, clean: Any, delimiter: str, thousands: str) -> None:
    rows = []
    for row in province():
        line = cells(row)
        line[3] = f"{int(line[3]):,}".replace(",", thousands)
        line[4] = line[4].replace(".", ",")
        rows.append(line)
    path = tmp_path / "units.csv"
    path.write_text(csv_text([HEADER, *rows], delimiter), encoding="utf-8")
    table = read_units(path)
    assert essence(table.units) == clean
    no_worse_than_information(table)
    stated = [problem for problem in table.problems if problem.code == "number-convention"]
    assert len(stated) == (2 if thousands else 1)


def form() -> list[list[object]]:
    """Titles, a heading on two rows with bloc groups, an ordinal row, sections, totals, signatures."""
    upper = ["STT", "Mã đơn vị", "Tên đơn vị hành chính", "Loại hình", "Dân số (người)", "Diện tích (km2)"]
    lower = [""] * len(upper)
    rows: list[list[object]] = [[*title, *[""] * 9] for title in TITLES]
    rows.append([""] * 10)
    rows.append([*upper, "Biên chế được giao", "Biên chế hiện có", "", ""])
    rows.append([*lower, "", "Khối chính quyền", "Khối Đảng", "MTTQ"])
    rows.append(list(range(1, 11)))
    units = province()
    for number, row in enumerate(units, start=1):
        if number in (1, 46):
            rows.append(
                [f"{'I' if number == 1 else 'II'}", "Các phường" if number == 1 else "Các xã", *[""] * 8]
            )
        rows.append([number, *cells(row, number=True), 60, 30, 17, 8])
    total = sum(int(row["population"]) for row in units)
    rows.append(["", "", "Tổng cộng", "", total, "", "", "", "", ""])
    rows.append(["", "", "", "", "", "", "", "Hải Phòng, ngày 1 tháng 7 năm 2025", "", ""])
    rows.append(["Người lập biểu", "", "", "", "", "", "", "GIÁM ĐỐC", "", ""])
    return rows


@pytest.mark.parametrize("kind", ["xlsx", "xls", "ods", "csv"])
def test_a_form_is_read_in_every_kind_of_file(tmp_path: Path, clean: Any, kind: str) -> None:
    path = tmp_path / f"form.{kind}"
    rows = form()
    if kind == "xlsx":
        merged = [(4, column, 5, column, str(rows[4][column])) for column in range(7)]
        write_xlsx(path, {"Bìa": [["Báo cáo"]], "Biểu 1": rows}, [*merged, (4, 7, 4, 9, "Biên chế hiện có")])
    elif kind == "csv":
        path.write_text(csv_text(rows, ";"), encoding="utf-16")
    else:
        (write_xls if kind == "xls" else write_ods)(path, rows)
    table = read_units(path)
    assert essence(table.units) == clean
    assert {unit.staff for unit in table.units} == {three(30, 17, 8)}
    no_worse_than_information(table)
    left = [str(problem.message) for problem in table.problems if problem.code == "left-out"]
    kinds = ("numbers the columns", "totals", "between", "below")
    assert [sum(kind in line for line in left) for kind in kinds] == [1, 1, 2, 2]
    first = table.units[0].origin
    assert first is not None
    assert first.row == 9
    assert first.sheet == {"xlsx": "Biểu 1", "csv": None}.get(kind, "Sheet1")


@pytest.mark.parametrize(("name", "encode"), [("tcvn3", to_tcvn3), ("vni", to_vni)])
def test_a_workbook_typed_in_an_old_font(tmp_path: Path, clean: Any, name: str, encode: Any) -> None:
    path = tmp_path / "old.xls"
    write_xls(path, [[as_font(cell, encode) for cell in row] for row in form()])
    table = read_units(path)
    assert essence(table.units) == clean
    assert any(problem.code == "legacy-font" and name in str(problem.message) for problem in table.problems)


def test_old_fonts_give_every_letter_back() -> None:
    lower = "".join(letter for letter in LETTERS if letter == letter.lower())
    assert to_tcvn3(lower).decode("latin-1").isascii() is False
    for letter in LETTERS:
        assert decode(to_vni(letter), "vni").text == letter
        assert decode(to_tcvn3(letter), "tcvn3").text == letter
        assert decode(ENCODERS["windows-1258"](letter), "cp1258").text == letter
    assert len(set(TCVN3)) == len(TCVN3)
    assert set(LETTERS) - set("aeiouyAEIOUY") == set(VNI.values())


def test_old_fonts_as_others_wrote_them() -> None:
    """Words from public converters, not from this program's tables."""
    assert decode("Xin chaøo caùc baïn".encode("latin-1"), "vni").text == "Xin chào các bạn"
    assert decode("B¶o Th¾ng, B¸t X¸t, M\u00adêng Kh\u00ad¬ng".encode("latin-1"), "abc").text == (
        "Bảo Thắng, Bát Xát, Mường Khương"
    )


def test_codes_that_lost_their_zeros_are_restored_and_each_is_said(tmp_path: Path) -> None:
    for name in ("ha-noi", "cao-bang"):
        path = tmp_path / f"{name}.csv"
        path.write_text(
            csv_text([HEADER, *([str(int(row["code"])), *cells(row)[1:]] for row in province(name))])
        )
        table = read_units(path)
        assert [unit.code for unit in table.units] == [row["code"] for row in province(name)]
        assert sum(problem.code == "code-restored" for problem in table.problems) == sum(
            row["code"].startswith("0") for row in province(name)
        )


def test_codes_of_another_kind_stay_as_they_are(tmp_path: Path) -> None:
    path = tmp_path / "units.csv"
    path.write_text(
        csv_text([HEADER, ["1", "Xã A", "xã", 5, 1], ["12", "Xã B", "xã", 5, 1]]), encoding="utf-8"
    )
    assert [unit.code for unit in read_units(path).units] == ["1", "12"]


@pytest.mark.parametrize("mark", ["-", "…", "đang cập nhật", "", "n/a"])
def test_unknown_is_never_zero(tmp_path: Path, mark: str) -> None:
    path = tmp_path / "units.csv"
    path.write_text(csv_text([HEADER, ["1", "Xã A", "xã", mark, "1"]]), encoding="utf-8")
    table = read_units(path)
    assert table.units[0].population is None
    no_worse_than_information(table)


@pytest.mark.parametrize(
    ("column", "read"),
    [
        (["16.000", "27.812"], [16_000, 27_812]),
        (["16,000", "1,234"], [16_000, 1_234]),
        (["16.000", "234.567"], [16_000, 234_567]),
        (["16000.0", "27812.0"], [16_000, 27_812]),
        (["16.000", "27812,0"], [16_000, 27_812]),
        (["16 000", "27\u202f812"], [16_000, 27_812]),
        (["27.812", "900"], [27_812, 900]),
    ],
)
def test_a_column_is_read_by_one_convention(tmp_path: Path, column: list[str], read: list[int]) -> None:
    path = tmp_path / "units.csv"
    path.write_text(
        csv_text([HEADER, *([str(n), f"Xã {n}", "xã", cell, ""] for n, cell in enumerate(column))]),
        encoding="utf-8",
    )
    table = read_units(path)
    assert [unit.population for unit in table.units] == read
    assert codes(table) == {"number-convention"}


@pytest.mark.parametrize(
    ("column", "faults"),
    [
        (["16.000", "27.000"], [2, 3]),  # sixteen, or sixteen thousand
        (["16,000"], [2]),
        (["27.812", "27.8", "31.415"], [3]),
        (["27.812", "27812.0"], [2, 3]),  # one says thousands, one says decimals
        (["1.234,567"], [2]),
        (["12.34.567", "27.812"], [2]),
    ],
)
def test_a_value_that_fits_no_convention_is_a_problem_at_its_cell(
    tmp_path: Path, column: list[str], faults: list[int]
) -> None:
    path = tmp_path / "units.csv"
    rows = [[str(n), f"Xã {n}", "xã", cell, ""] for n, cell in enumerate(column)]
    path.write_text(csv_text([HEADER, *rows]), encoding="utf-8")
    table = read_units(path)
    assert [problem.row for problem in table.problems if problem.severity is Severity.ERROR] == faults


def test_types_from_names_and_shortened_types(tmp_path: Path) -> None:
    path = tmp_path / "units.csv"
    path.write_text("Mã,Tên,Dân số\n1,P. Hồng Bàng,5\n2,Xã Hà Nam,5\n3,Đặc khu Cát Hải,5\n", encoding="utf-8")
    table = read_units(path)
    assert [(unit.name, unit.type.value) for unit in table.units] == [
        ("Phường Hồng Bàng", "ward"),
        ("Xã Hà Nam", "commune"),
        ("Đặc khu Cát Hải", "special_zone"),
    ]
    assert [problem.code for problem in table.problems] == ["name-spelled-out"]
    path.write_text("Mã,Tên,Dân số\n1,Hồng Bàng,5\n2,Xã Hà Nam,5\n", encoding="utf-8")
    assert [(problem.code, problem.column) for problem in read_units(path).problems] == [
        ("missing-column", "type")
    ]


def test_a_users_own_headings(tmp_path: Path) -> None:
    path, own = tmp_path / "units.csv", tmp_path / "columns.csv"
    path.write_text("Ma QL,Tên,Loại,Dân số,Dân số (người)\n1,Xã A,xã,5,6\n", encoding="utf-8")
    assert {problem.code for problem in read_units(path).problems} == {
        "ambiguous-column"
    }  # names do without codes
    own.write_text("heading,column\nMa QL,code\nDân số,ignore\n", encoding="utf-8")
    assert read_units(path).units == ()
    own.write_text("heading,column\nMa QL,code\n", encoding="utf-8")
    assert codes(read_units(path, options=ReadOptions(wordings=read_wordings(own)))) == {"ambiguous-column"}
    own.write_text("Ma QL,kode\nTên\n", encoding="utf-8")
    with pytest.raises(InputError) as refused:
        read_wordings(own)
    assert [problem.row for problem in refused.value.problems] == [1, 2]


def test_granted_posts_are_not_taken_for_people_in_post(tmp_path: Path) -> None:
    rows = [
        ["Mã", "Biên chế được giao", "", "", "Biên chế hiện có", "", ""],
        ["", *["Chính quyền", "Đảng", "MTTQ"] * 2],
        ["1", 1, 2, 3, 4, 5, 6],
    ]
    write_xlsx(tmp_path / "staff.xlsx", {"S": rows})
    assert read_staff(tmp_path / "staff.xlsx").rows[0].staff == three(4, 5, 6)
    rows[0] = ["Mã", "Khối chính quyền", "", "Khối Đảng", "", "Khối MTTQ", ""]
    rows[1] = ["", *["Định mức", "Hiện có"] * 3]
    write_xlsx(tmp_path / "staff.xlsx", {"S": rows})
    assert read_staff(tmp_path / "staff.xlsx").rows[0].staff == three(2, 4, 6)


ABOUT = ["Mã", "Tên", "Loại", "Dân số"]
UNIT = ["00001", "Xã A", "xã", 9000]


def grouped(tmp_path: Path, groups: list[str], captions: list[str], *above: list[str]) -> Path:
    """A workbook whose lower row of headings has no gap, as programs that calculate write them."""
    width = len(ABOUT) + len(captions)
    upper = [*[""] * len(ABOUT), *groups, *[""] * (len(captions) - len(groups))]
    rows = [*([*line, *[""] * (width - len(line))] for line in above), upper, [*ABOUT, *captions]]
    write_xlsx(tmp_path / "units.xlsx", {"S": [*rows, [*UNIT, *range(1, len(captions) + 1)]]})
    return tmp_path / "units.xlsx"


@pytest.mark.parametrize(
    ("blocs", "parts"),
    [
        (["Government", "Party", "Front"], ["quota", "staff", "short", "surplus"]),
        (["Khối chính quyền", "Khối Đảng", "Khối MTTQ"], ["Định mức", "Hiện có", "Thiếu", "Thừa"]),
        (["Chính quyền", "Đảng", "MTTQ"], ["Biên chế", "Có mặt", "Thiếu", "Thừa"]),
    ],
)
@pytest.mark.parametrize("above", [[], [["BẢNG TỔNG HỢP"]], [["UBND TỈNH", "", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA"]]])
def test_groups_over_a_row_of_headings_without_a_gap(
    tmp_path: Path, blocs: list[str], parts: list[str], above: list[list[str]]
) -> None:
    groups = [cell for bloc in blocs for cell in (bloc, "", "", "")]
    path = grouped(tmp_path, groups, parts * 3, *above)
    (unit,) = read_units(path).units
    assert (unit.code, unit.name, unit.population, unit.staff) == ("00001", "Xã A", 9000, three(2, 6, 10))
    (row,) = read_staff(path).rows
    assert row.staff == three(2, 6, 10)


@pytest.mark.parametrize(
    ("groups", "captions"),
    [
        # two figures that both could be the people in post
        (["Government", "", "Party", "", "Front", ""], ["staff", "in post"] * 3),
        # the total after the groups has no group of its own
        (["Chính quyền", "", "Đảng", "", "MTTQ", "", "", ""], ["Giao", "Hiện có"] * 4),
    ],
)
def test_two_figures_under_a_group_that_could_be_its_staff_are_refused(
    tmp_path: Path, groups: list[str], captions: list[str]
) -> None:
    path = grouped(tmp_path, groups, captions)
    assert codes(read_units(path)) >= {"ambiguous-column"}
    assert read_units(path).units == ()
    assert codes(read_staff(path)) >= {"ambiguous-column"}


@pytest.mark.parametrize(
    "parts",
    [["quota", "short", "surplus"], ["Biên chế", "Thiếu", "Thừa"], ["Định mức", "Biên chế", "Chênh lệch"]],
)
def test_what_is_granted_short_or_over_under_a_group_is_no_staff(tmp_path: Path, parts: list[str]) -> None:
    groups = [cell for bloc in ("Chính quyền", "Đảng", "MTTQ") for cell in (bloc, "", "")]
    path = grouped(tmp_path, groups, parts * 3)
    assert {unit.staff for unit in read_units(path).units} == {three(None, None, None)}
    assert codes(read_staff(path)) >= {"missing-column"}


def test_a_forms_titles_above_a_heading_are_no_groups_over_it(tmp_path: Path) -> None:
    titles = ["UBND TỈNH", "", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA", ""]
    write_xlsx(tmp_path / "units.xlsx", {"S": [titles, ABOUT, UNIT]})
    table = read_units(tmp_path / "units.xlsx")
    (unit,) = table.units
    assert (unit.code, unit.population) == ("00001", 9000)
    assert [str(problem.message) for problem in table.problems if problem.code == "form"] == [
        "the table's heading is on row 2; what stands above is left out"
    ]


def test_words_of_a_unit_under_a_heading_with_a_gap_are_no_headings(tmp_path: Path) -> None:
    path = tmp_path / "units.csv"
    rows = [["Mã", "Tên", "Loại", "Dân số", ""], ["A1", "Xã A", "xã", "chưa rõ", "x"], [*UNIT, ""]]
    path.write_text(csv_text(rows), encoding="utf-8")
    said = [problem.row for problem in read_units(path).problems if problem.column == "Dân số"]
    assert said == [2]


def test_sheets_of_one_shape_are_one_table_or_named(tmp_path: Path) -> None:
    path = tmp_path / "two.xlsx"
    sheet = [HEADER, ["1", "Xã A", "xã", 5, 1.5]]
    write_xlsx(path, {"Đại Từ": sheet, "Phổ Yên": [HEADER, ["2", "Xã B", "xã", 6, 1.5]], "Bìa": [["x"]]})
    table = read_units(path)
    assert [unit.code for unit in table.units] == ["1", "2"]
    assert [(source.path, source.rows) for source in table.sources] == [(str(path), 2)]
    (said,) = [str(problem.message) for problem in table.problems if problem.code == "sheet"]
    assert '"Đại Từ", "Phổ Yên"' in said
    for asked in ("Phổ Yên", "2"):
        (unit,) = read_units(path, options=ReadOptions(sheets=(asked,))).units
        assert unit.code == "2"
    assert codes(read_units(path, options=ReadOptions(sheets=("2026",)))) == {"no-such-sheet"}


def test_a_unit_on_two_sheets_is_an_error_that_names_the_sheet(tmp_path: Path) -> None:
    path = tmp_path / "two.xlsx"
    sheet = [HEADER, ["1", "Xã A", "xã", 5, 1.5]]
    write_xlsx(path, {"Đại Từ": sheet, "Phổ Yên": sheet})
    (problem,) = [problem for problem in read_units(path).problems if problem.severity is Severity.ERROR]
    assert (problem.code, problem.sheet) == ("duplicate-code", "Phổ Yên")
    assert '"Đại Từ"' in str(problem.message)


def test_a_sheet_of_units_that_is_not_understood_is_named(tmp_path: Path) -> None:
    path = tmp_path / "two.xlsx"
    sheet = [HEADER, ["1", "Xã A", "xã", 5, 1.5]]
    write_xlsx(path, {"Một": sheet, "Hai": [["Xã B", 6], ["Xã C", 7]]})
    table = read_units(path)
    assert table.units == ()
    assert [(problem.code, problem.sheet) for problem in table.problems] == [("sheet-not-understood", "Hai")]
    assert len(read_units(path, options=ReadOptions(sheets=("Một",))).units) == 1


def test_a_sheet_of_staff_beside_one_of_residents_is_left_to_its_reader(tmp_path: Path) -> None:
    path = tmp_path / "two.xlsx"
    residents = [HEADER, ["1", "Xã A", "xã", 5, 1.5], ["2", "Xã B", "xã", 6, 1.5]]
    people = [["Mã", "Tên", "Chính quyền", "Đảng", "MTTQ"], ["1", "Xã A", 1, 2, 3], ["2", "Xã B", 4, 5, 6]]
    write_xlsx(path, {"Dân số": residents, "Biên chế": people})
    assert [unit.population for unit in read_units(path).units] == [5, 6]
    assert [list(row.staff) for row in read_staff(path).rows] == [[1, 2, 3], [4, 5, 6]]


def test_a_heading_row_can_be_named(tmp_path: Path) -> None:
    path = tmp_path / "units.csv"
    rows = [
        HEADER,
        ["9", "Xã cũ", "xã", "1", "1"],
        ["", "", "", "", ""],
        HEADER,
        ["1", "Xã A", "xã", "5", "1"],
    ]
    path.write_text(csv_text(rows), encoding="utf-8")
    assert len(read_units(path).units) == 2
    assert [unit.code for unit in read_units(path, options=ReadOptions(header_row=4)).units] == ["1"]
    assert codes(read_units(path, options=ReadOptions(header_row=40))) == {"no-header-row"}


def test_a_unit_is_never_left_out_for_looking_odd(tmp_path: Path) -> None:
    path = tmp_path / "units.csv"
    rows = [
        ["1", "Xã A", "xã", "5", "1"],
        ["", "Xã B", "", "", ""],
        ["3", "Tổng Cọt", "xã", "5", "1"],
        ["4", "Cộng Hòa", "xã", "5", "1"],
        ["", "ghi chú giữa bảng", "", "", ""],
        ["5", "Xã C", "xã", "5", "1"],
        ["", "Cộng", "", "15", ""],
    ]
    path.write_text(csv_text([HEADER, *rows]), encoding="utf-8")
    table = read_units(path)
    assert [unit.code for unit in table.units] == ["1", "3", "4", "5"]
    assert {problem.row for problem in table.problems if problem.severity is Severity.ERROR} == {3, 6}
    assert [problem.row for problem in table.problems if problem.code == "left-out"] == [8]


def test_a_folder_is_all_its_tables(tmp_path: Path) -> None:
    for name in ("hue", "cao-bang"):
        (tmp_path / f"{name}.csv").write_bytes((DATA / f"{name}.csv").read_bytes())
    (tmp_path / "~$open.xlsx").write_bytes(b"PK")
    (tmp_path / "notes.md").write_text("x")
    table = read_units(tmp_path)
    assert len(table.units) == 96
    assert table.problems == ()


@pytest.mark.parametrize(
    "content", [b"PK\x03\x04" + b"\0" * 50, b"\xd0\xcf\x11\xe0" + b"\0" * 50, b"\0\1\2\3" * 20]
)
def test_a_broken_workbook_says_so(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "units.xlsx"
    path.write_bytes(content)
    assert codes(read_units(path)) == {"binary"}
