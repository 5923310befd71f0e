"""Tables in, values and every problem out."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from quota import read_staff, read_units
from quota.core.units import Border, UnitType
from quota.tables.readers.borders import read_borders
from tests.blocs import three

HEADER = "code,name,type,population\n"


def units_of(folder: Path, text: str) -> list[tuple[str, int | None, str | None, str]]:
    """The problems of a population table: code, row, column, message and fix."""
    path = folder / "units.csv"
    path.write_text(text, encoding="utf-8")
    return [
        (problem.code, problem.row, problem.column, f"{problem.message}; {problem.fix}")
        for problem in read_units(path).problems
    ]


def test_vietnamese_and_english_headings_and_types_read_alike(tmp_path: Path) -> None:
    english, vietnamese = tmp_path / "en.csv", tmp_path / "vi.csv"
    english.write_text(
        HEADER + "00004,Phường Ba Đình,ward,65023\n00008,Đặc khu X,special_zone,\n", encoding="utf-8"
    )
    vietnamese.write_text(
        "Mã đơn vị,TÊN ĐƠN VỊ,Loại hình,Dân số (người)\n"
        "00004,Phường  Ba Đình,phường,65023\n00008,Đặc khu X,Đặc khu,\n",
        encoding="utf-8-sig",
    )
    assert read_units(english).units == read_units(vietnamese).units
    first, second = read_units(english).units
    assert (first.code, first.type, first.population) == ("00004", UnitType.WARD, 65023)
    assert second.population is None


def test_other_columns_pass_through_untouched_and_known_ones_are_read() -> None:
    unit = read_units("hai-phong").units[0]
    assert dict(unit.more) == {"area_km2": "12.22", "lon": "106.32625", "lat": "20.96038"}
    assert (unit.area_km2, unit.lon, unit.lat) == (Decimal("12.22"), 106.32625, 20.96038)


def test_staff_columns_may_stand_in_the_population_table(tmp_path: Path) -> None:
    path = tmp_path / "both.csv"
    path.write_text("code,name,type,population,government,party,front\n1,Xã A,xã,5,3,,0\n", encoding="utf-8")
    assert read_units(path).units[0].staff == three(3, None, 0)


@pytest.mark.parametrize(
    ("cell", "code", "said"),
    [
        ("-5", "negative", "fewer than none"),
        ("12.5", "fractional", "people are whole"),
        ("16.000", "not-a-whole-number", "if 16000 is meant, write 16000"),
        ('"16,000"', "not-a-whole-number", "if 16000 is meant, write 16000"),
        ("1000001", "absurd", "more than 1,000,000"),
        ("many", "not-a-whole-number", "digits only"),
        ("00016000", "leading-zeros", "zeros in front"),
        ("1e4", "not-a-whole-number", "digits only"),
        ("٣٢", "not-a-whole-number", "digits only"),
    ],
)
def test_a_count_that_is_none_is_a_problem_at_its_cell(
    tmp_path: Path, cell: str, code: str, said: str
) -> None:
    ((found, row, column, words),) = units_of(tmp_path, HEADER + f"1,Xã A,xã,{cell}\n")
    assert (found, row, column) == (code, 2, "population")
    assert said in words


def test_one_million_residents_is_the_last_believable_figure(tmp_path: Path) -> None:
    assert units_of(tmp_path, HEADER + "1,Xã A,xã,1000000\n") == []


def test_all_problems_of_a_table_are_reported_at_once(tmp_path: Path) -> None:
    rows = "1,Xã A,xã,5\n1,Xã B,xã,5\n,Xã C,xã,5\n4,,xã,5\n5,Xã E,thôn,5\n6,Xã F,xã,x\n7,Xã G,xã\n"
    found = units_of(tmp_path, HEADER + rows)
    assert [(code, row) for code, row, _, _ in found] == [
        ("duplicate-code", 3),
        ("no-code", 4),
        ("no-name", 5),
        ("unknown-type", 6),
        ("not-a-whole-number", 7),
        ("ragged-row", 8),
    ]
    assert "already on row 2" in found[0][3]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"code,name,type,population\n", "empty"),
        (b"PK\x03\x04\x00\x00", "binary"),
        (b"code,name,type,population\n1,X\xff\xfe A,xa,5\n", "unknown-encoding"),
        (b'code,name,type,population\n1,"A,xa,5\n', "not-csv"),
        (b"code,name,type\n1,A,xa\n", "missing-column"),
        (b"code,name,type,population,residents\n1,A,xa,5,6\n", "ambiguous-column"),
    ],
)
def test_a_file_that_is_no_table_says_why(tmp_path: Path, content: bytes, code: str) -> None:
    path = tmp_path / "units.csv"
    path.write_bytes(content)
    table = read_units(path)
    assert table.units == ()
    assert [problem.code for problem in table.problems] == [code]
    assert table.problems[0].fix is not None


def test_paths_that_are_no_files(tmp_path: Path) -> None:
    (tmp_path / "units.csv").write_text(HEADER, encoding="utf-8")
    (tmp_path / "none").mkdir()
    for path, code in ((tmp_path / "none", "no-tables"), (tmp_path / "unit.csv", "no-such-file")):
        (problem,) = read_units(path).problems
        assert problem.code == code
    assert "units.csv" in str(problem.fix)


def test_a_staff_table_needs_a_code_or_a_name_and_the_three_blocs(tmp_path: Path) -> None:
    path = tmp_path / "staff.csv"
    path.write_text("government,party\n1,2\n", encoding="utf-8")
    assert [(problem.code, problem.column) for problem in read_staff(path).problems] == [
        ("missing-column", "code"),
        ("missing-column", "front"),
    ]
    path.write_text("name,government,party,front\nXã A,1,2,\n,1,2,3\n", encoding="utf-8")
    table = read_staff(path)
    assert table.rows[0].staff == three(1, 2, None)
    assert [(problem.code, problem.row) for problem in table.problems] == [("no-unit", 3)]


def test_copies_of_sample_data_are_known_by_their_content(tmp_path: Path) -> None:
    copy = tmp_path / "mine.csv"
    copy.write_bytes((Path(__file__).parents[4] / "data" / "hai-phong-staff-sample.csv").read_bytes())
    (source,) = read_staff(copy).sources
    assert source.illustrative
    assert source.rows == 114


def test_several_tables_are_one_and_a_code_in_two_of_them_is_a_problem(tmp_path: Path) -> None:
    both = read_units("hai-phong", "hue")
    assert len(both.units) == 154
    assert both.problems == ()
    assert [source.rows for source in both.sources] == [114, 40]
    assert {unit.province for unit in both.units} == {"Hải Phòng", "Huế"}
    other = tmp_path / "other.csv"
    other.write_text(HEADER + "10507,Xã A,xã,5\n", encoding="utf-8")
    (problem,) = read_units("hai-phong", other).problems
    assert str(problem.message) == "the code is already in data/hai-phong.csv, on row 2"


def test_borders_are_pairs_each_once(tmp_path: Path) -> None:
    assert len(read_borders("hai-phong-neighbours").borders) == 295
    path = tmp_path / "borders.csv"
    path.write_text("code_a,code_b,shared_border_km\n2,1,1.5\n1,2,1.5\n3,3,\n4,,\n1,3,\n", encoding="utf-8")
    table = read_borders(path)
    assert table.borders == (Border("1", "2", Decimal("1.5")), Border("1", "3", None))
    assert [(problem.code, problem.row) for problem in table.problems] == [
        ("doubled-pair", 3),
        ("borders-itself", 4),
        ("no-code", 5),
    ]


def test_a_code_that_is_there_twice_is_named_also_where_its_first_row_is_refused(tmp_path: Path) -> None:
    good, bad = "00001,Xã A,xã,1\n", "00001,Xã A,lat,1\n"
    for text in (bad + good, good + bad):
        assert ("duplicate-code", 3) in [(code, row) for code, row, *_ in units_of(tmp_path, HEADER + text)]


def test_the_first_pair_of_a_neighbour_table_is_no_row_of_ordinals(tmp_path: Path) -> None:
    path = tmp_path / "neighbours.csv"
    path.write_text("code_a,code_b,shared_border_km\n1,2,3\n2,3,4\n", encoding="utf-8")
    found = read_borders(path)
    assert [(border.code_a, border.code_b) for border in found.borders] == [("1", "2"), ("2", "3")]
    assert found.problems == ()


@pytest.mark.parametrize("area", ["-5", "1e-999999", "1e-400", "1e400", "1e999999", "9" * 20])
def test_an_area_that_none_can_be_is_unknown_and_said(tmp_path: Path, area: str) -> None:
    path = tmp_path / "units.csv"
    path.write_text(f"code,name,type,population,area_km2\n00001,Xã A,xã,1,{area}\n", encoding="utf-8")
    table = read_units(path)
    assert table.units[0].area_km2 is None
    assert [(problem.code, problem.row, problem.column, problem.value) for problem in table.problems] == [
        ("not-a-number", 2, "area_km2", area)
    ]


@pytest.mark.parametrize("area", ["0", "0.01", "2000"])
def test_an_area_that_may_be_is_read(tmp_path: Path, area: str) -> None:
    path = tmp_path / "units.csv"
    path.write_text(f"code,name,type,population,area_km2\n00001,Xã A,xã,1,{area}\n", encoding="utf-8")
    assert str(read_units(path).units[0].area_km2) == area
