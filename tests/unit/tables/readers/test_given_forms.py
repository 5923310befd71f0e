"""Forms as departments keep them (made-up figures): each reads to the truth, or says what to settle."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from quota import read_staff, read_units
from quota.core.problems import Severity
from tests.conftest import Run

GIVEN = Path(__file__).parents[3] / "given" / "forms"


def truth(name: str) -> list[dict[str, str]]:
    with (GIVEN / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


NAMES = {row["code"]: row["name"] for row in truth("pop.csv")}
RESIDENTS = {row["code"]: int(row["population"]) for row in truth("pop.csv")}
STAFF = {
    NAMES[row["code"]]: [int(row[bloc]) for bloc in ("government", "party", "front")]
    for row in truth("staff.csv")
}


def errors(table: object) -> list[tuple[str, int | None]]:
    problems = table.problems  # type: ignore[attr-defined]  # of any kind of table
    return [(problem.code, problem.row) for problem in problems if problem.severity is Severity.ERROR]


def staff(name: str) -> dict[str | None, list[int | None]]:
    table = read_staff(GIVEN / name)
    assert errors(table) == []
    return {row.name: list(row.staff) for row in table.rows}


def residents(name: str) -> dict[str, int | None]:
    table = read_units(GIVEN / name)
    assert errors(table) == []
    return {unit.code: unit.population for unit in table.units}


@pytest.mark.parametrize("name", ["dan-so.xlsx", "f5.xlsx", "ba-trang.xlsx"])
def test_residents_are_those_of_the_clean_table(name: str) -> None:
    assert residents(name) == RESIDENTS


def test_residents_are_people_and_not_households() -> None:
    assert residents("A1-pop.csv") == {"05443": 103_512, "05758": 37_650}


def test_a_section_with_a_subtotal_is_no_unit() -> None:
    assert residents("B-muc-co-tong.csv") == {"05443": 103_512, "05758": 37_650}


@pytest.mark.parametrize("name", ["bien-che.xlsx", "c-bien-che-ubnd.xlsx"])
def test_staff_is_that_of_the_clean_table(name: str) -> None:
    assert staff(name) == STAFF


def test_three_rows_of_heading() -> None:
    five = list(STAFF)[:5]
    assert staff("b6.xlsx") == {name: STAFF[name] for name in five}
    assert list(staff("x6_three_rows.xlsx").values()) == [[47, 16, 8], [44, 19, 10]]


@pytest.mark.parametrize("name", ["A1-staff.csv", "B-khong-ma.csv"])
def test_people_present_are_read_beside_posts_assigned(name: str) -> None:
    assert staff(name) == {"Phường Phan Đình Phùng": [60, 11, 5], "Xã Đại Từ": [30, 12, 4]}


def test_the_front_by_its_long_name() -> None:
    assert staff("B-mttq.csv") == {"Phường Phan Đình Phùng": [60, 11, 5]}


def test_a_table_that_grants_posts_is_no_table_of_people() -> None:
    assert errors(read_staff(GIVEN / "A2-giao.csv")) == [("only-assigned", 2)]


def test_a_row_for_each_unit_and_bloc() -> None:
    five = list(STAFF)[:5]
    assert staff("dang-doc.xlsx") == {name: STAFF[name] for name in five}


def test_one_file_a_commune_where_the_others_settle_how_numbers_are_written() -> None:
    files = sorted((GIVEN / "tung-xa").iterdir())
    together = {unit.name: unit.population for unit in read_units(GIVEN / "tung-xa").units}
    assert together == {name: RESIDENTS[code] for code, name in NAMES.items() if name in together}
    assert len(together) == len(files) == 3


def test_nine_is_nine_and_what_could_be_two_figures_is_asked_about() -> None:
    table = read_staff(GIVEN / "B-so0.csv")
    assert table.rows[0].staff["front"] == 9
    assert errors(table) == [("not-a-whole-number", 3)]


def test_short_names_with_their_types_are_matched_with_whole_ones(quota: Callable[..., Run]) -> None:
    done = quota("audit", GIVEN / "sapnhap_like.csv", "--staff", GIVEN / "full_staff.csv", "--format", "csv")
    assert done.code == 0
    rows = list(csv.DictReader(done.out.splitlines()))
    assert [(row["government_staff"], row["party_staff"], row["front_staff"]) for row in rows] == [
        ("47", "16", "8"),
        ("44", "19", "10"),
    ]


def test_departments_and_the_reserve_of_a_form_are_no_units() -> None:
    table = read_staff(GIVEN / "camau_min.xlsx")
    kinds = {problem.row for problem in table.problems if problem.code == "left-out"}
    assert {2, 3, 4, 5, 8} <= kinds or errors(table)


def test_fields_of_work_under_other_names_are_asked_about_one_by_one(quota: Callable[..., Run]) -> None:
    done = quota("fields", GIVEN / "pop.csv", "--staff", GIVEN / "D-linh-vuc.csv")
    assert done.code == 2
    labour, farming, land = done.err.splitlines()[:3]
    assert "did you mean agriculture-environment (Agriculture and environment)?" in farming
    for said, value in ((labour, "Lao động"), (land, "Đất đai")):
        assert f'"{value}"' in said
        assert "write one of finance (Finance), construction" in said


def test_a_field_that_is_misspelled_is_asked_about(quota: Callable[..., Run], tmp_path: Path) -> None:
    path = tmp_path / "fields.csv"
    path.write_text("code,fields\n05443,Tài chín\n", encoding="utf-8")
    done = quota("fields", GIVEN / "pop.csv", "--staff", path)
    assert "did you mean finance (Finance)?" in done.err


def test_people_on_loan_from_a_unit_by_its_office_and_from_a_department(quota: Callable[..., Run]) -> None:
    files = (GIVEN / "biet-phai.csv", "--population", GIVEN / "pop.csv", "--staff", GIVEN / "staff.csv")
    done = quota("secondments", *files, "--as-of", "2025-12-01", "--format", "csv")
    assert done.code == 0
    rows = {row["id"]: (row["home"], row["host"]) for row in csv.DictReader(done.out.splitlines())}
    assert rows == {
        "BP01": ("Sở Tài chính", "Xã Phú Lạc"),
        "BP02": ("Phường Phan Đình Phùng", "Xã Vạn Phú"),
        "BP03": ("Phường Phổ Yên", "Xã Quân Chu"),
    }
    assert "Trần Minh An" not in done.out + done.err


@pytest.mark.parametrize(
    "title",
    [
        "BIỂU ĐỀ XUẤT BIÊN CHẾ NĂM 2026",
        "Định mức biên chế cấp xã",
        "TỔNG HỢP BIÊN CHẾ CÒN THIẾU",
        "Phương án bố trí cán bộ và công chức sau sắp xếp",
    ],
)
def test_a_title_that_speaks_of_other_posts_is_asked_about(tmp_path: Path, title: str) -> None:
    path = tmp_path / "staff.csv"
    rows = "Mã,Chính quyền,Đảng,MTTQ\n05443,60,11,5\n"
    path.write_text(f"{title},,,\n{rows}", encoding="utf-8")
    assert errors(read_staff(path)) == [("only-assigned", 2)]
    path.write_text(f"{title} và hiện có,,,\n{rows}", encoding="utf-8")
    assert errors(read_staff(path)) == []


def test_years_below_a_group_are_two_figures_and_not_a_row(tmp_path: Path) -> None:
    path = tmp_path / "units.csv"
    path.write_text(
        "Mã,Tên,Dân số,\n,,2024,2025\n05758,Xã Đại Từ,37650,37900\n05443,Phường Phan Đình Phùng,1,2\n",
        encoding="utf-8",
    )
    assert errors(read_units(path)) == [("ambiguous-column", 1)]


def test_staff_under_headings_in_short(tmp_path: Path) -> None:
    path = tmp_path / "staff.csv"
    path.write_text(
        'Mã,"Số CB, CC khối chính quyền",Đảng,,MTTQ,\n,BC có mặt,BC giao,BC có mặt,BC giao,BC có mặt\n'
        "05443,60,18,11,9,5\n",
        encoding="utf-8",
    )
    assert [list(row.staff) for row in read_staff(path).rows] == [[60, 11, 5]]
