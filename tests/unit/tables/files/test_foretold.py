"""Residents that a title or a heading calls forecast, planned or estimated are not those who live there."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from quota import read_staff, read_units
from quota.core.blocs import BLOCS
from quota.core.problems import Problem, Severity
from quota.core.units import UnitTable
from quota.tables.columns.own_words import read_wordings
from quota.tables.files.raw import ReadOptions
from quota.tables.files.roles import KNOWN_YEAR, Measure, latest_year, role_of
from quota.tables.files.said.titles import foretells, grants, names_group
from quota.tables.files.wordings import DEFAULT
from quota.tables.readers.questions import questions
from quota.tables.readers.understanding import understand_tables
from quota.tables.shipped.country import changes
from tests.conftest import Run

FORETOLD = (
    *("DÂN SỐ DỰ BÁO", "Dân số dự kiến năm 2030", "DÂN SỐ KẾ HOẠCH NĂM 2026", "Ước tính dân số năm 2026"),
    *("DỰ BÁO DÂN SỐ CÁC XÃ ĐẾN NĂM 2030", "KẾ HOẠCH PHÁT TRIỂN DÂN SỐ", "QUY HOẠCH QUY MÔ DÂN SỐ ĐẾN 2030"),
    *("QUY MÔ DÂN SỐ DỰ KIẾN SAU SẮP XẾP", "Population forecast 2030", "Biểu dự báo", "Mục tiêu dân số 2030"),
    *(
        "PHƯƠNG ÁN DÂN SỐ ĐẾN NĂM 2030",
        "DÂN SỐ ƯỚC THỰC HIỆN NĂM 2026",
        "Projected residents",
        "Estimated population",
        "ĐVT: hộ",
        "Đơn vị tính: 1.000 hộ",
        "(Đơn vị: hộ gia đình)",
        "Unit: households",
    ),
)
NOT_FORETOLD = (
    *("DÂN SỐ CÁC ĐƠN VỊ HÀNH CHÍNH CẤP XÃ", "CHI CỤC DÂN SỐ - KẾ HOẠCH HÓA GIA ĐÌNH", "Dân số năm 2025"),
    *(
        "BIỂU DÂN SỐ (Kèm theo Kế hoạch số 12/KH-UBND)",
        "DÂN SỐ (kèm theo Phương án sắp xếp)",
        "Dân số hiện có",
    ),
    *(
        "SỞ KẾ HOẠCH VÀ ĐẦU TƯ BIỂU DÂN SỐ",
        "KẾ HOẠCH SỐ 12: DÂN SỐ",
        "DÂN SỐ KÈM THEO ĐỀ ÁN",
        "Project residents",
        "ĐVT: hộ, người",
        "Đơn vị: Hộ Phòng",
    ),
)


@pytest.mark.parametrize("title", FORETOLD)
def test_a_title_foretells(title: str) -> None:
    assert foretells(title)
    assert foretells(title.lower())


@pytest.mark.parametrize("title", NOT_FORETOLD)
def test_a_title_that_names_a_plan_or_an_office_foretells_nothing(title: str) -> None:
    assert not foretells(title)


@pytest.mark.parametrize(
    ("title", "is_planned"),
    [
        ("BIÊN CHẾ CÓ MẶT DỰ KIẾN ĐẾN 31/12/2026", True),
        ("DỰ KIẾN SỐ CÓ MẶT", True),
        ("BIÊN CHẾ ƯỚC THỰC HIỆN NĂM 2026", True),
        ("QUY HOẠCH CÁN BỘ CẤP XÃ", True),
        ("THỰC TRẠNG BIÊN CHẾ (Kèm theo Kế hoạch số 12/KH-UBND)", False),
        ("BIÊN CHẾ CÁN BỘ (Kèm theo Kế hoạch số 12/KH-UBND)", False),
        ("PHÒNG KẾ HOẠCH: BIÊN CHẾ CÔNG CHỨC", False),
    ],
)
def test_people_present_are_not_those_foreseen(title: str, is_planned: bool) -> None:
    assert grants(title) is is_planned


def written(folder: Path, title: str, headings: list[str], *figures: str) -> Path:
    path = folder / "dan-so.csv"
    with path.open("w", encoding="utf-8", newline="") as lines:
        write = csv.writer(lines)
        write.writerow([title, *[""] * (len(headings) + 1)])
        write.writerow(["Mã xã", "Tên đơn vị", *headings])
        write.writerow(["05443", "Phường Phan Đình Phùng", *figures])
        write.writerow(["05758", "Xã Đại Từ", *figures])
    return path


def errors(table: UnitTable) -> list[Problem]:
    return [problem for problem in table.problems if problem.severity is Severity.ERROR]


def residents(path: Path, options: ReadOptions = ReadOptions()) -> set[int | None]:  # noqa: B008  # immutable
    table = read_units(path, options=options)
    assert errors(table) == []
    return {unit.population for unit in table.units}


@pytest.mark.parametrize("title", FORETOLD)
def test_a_table_under_such_a_title_is_asked_about(tmp_path: Path, title: str) -> None:
    path = written(tmp_path, title, ["Dân số (người)"], "16.500")
    (problem,) = errors(read_units(path))
    assert problem.code == "missing-column"
    assert str(problem.message).startswith("the title speaks of a forecast")
    assert "Dân số (người),population" in str(problem.fix)
    (question,) = questions([path], [], ReadOptions())
    assert (question.column, question.is_foretold) == ("population", True)


def test_the_way_out_that_is_named_is_accepted(tmp_path: Path) -> None:
    path = written(tmp_path, "DÂN SỐ DỰ BÁO", ["Dân số (người)"], "16500")
    own = tmp_path / "columns.csv"
    own.write_text("heading,column\nDân số (người),population\n", encoding="utf-8")
    assert residents(path, ReadOptions(wordings=read_wordings(own))) == {16_500}


def test_the_name_of_a_sheet_is_a_title(tmp_path: Path) -> None:
    from tests.forms import write_xlsx

    rows = [["Mã xã", "Tên đơn vị", "Dân số"], ["05758", "Xã Đại Từ", 16_500]]
    path = tmp_path / "dan-so.xlsx"
    write_xlsx(path, {"Dự báo 2030": rows})
    assert [problem.code for problem in errors(read_units(path))] == ["missing-column"]


@pytest.mark.parametrize(
    "heading", ["Dân số hiện trạng", "Hiện trạng dân số", "Dân số hiện có", "Dân số hiện nay (người)"]
)
@pytest.mark.parametrize("title", ["", "HIỆN TRẠNG VÀ DỰ BÁO DÂN SỐ"])
def test_a_heading_that_says_who_is_there_is_read(tmp_path: Path, title: str, heading: str) -> None:
    path = written(tmp_path, title, [heading, "Dân số dự báo 2030"], "16500", "19000")
    assert residents(path) == {16_500}


@pytest.mark.parametrize(
    "heading", ["Dân số dự báo", "Dân số (ước tính)", "Dân số dự kiến 2030", "Ước dân số 2026"]
)
def test_a_heading_that_foretells_is_no_residents(tmp_path: Path, heading: str) -> None:
    path = written(tmp_path, "", [heading], "16500")
    assert [problem.code for problem in errors(read_units(path))] == ["missing-column"]
    assert residents(written(tmp_path, "", ["Dân số 2025", heading], "15000", "16500")) == {15_000}


def test_what_was_understood_calls_it_a_forecast(tmp_path: Path) -> None:
    report, _ = understand_tables(written(tmp_path, "DÂN SỐ DỰ BÁO", ["Dân số"], "16500"))
    assert [problem.code for problem in report.problems if problem.code != "form"] == ["missing-column"]
    assert report.sheets[0].kind == "population"
    assert [column.says for column in report.sheets[0].columns][-1] == "forecast"
    report, _ = understand_tables(written(tmp_path, "", ["Dân số", "Dự báo / Dân số"], "16500", "17000"))
    assert [column.says for column in report.sheets[0].columns][2:] == ["population", "forecast"]


def test_staff_foreseen_beside_staff_present(tmp_path: Path) -> None:
    headings = [
        f"{bloc} {what}"
        for bloc in ("Chính quyền", "Đảng", "MTTQ")
        for what in ("hiện trạng", "dự kiến 2026")
    ]
    path = written(tmp_path, "BIỂU 2", headings, "40", "50", "10", "12", "5", "6")
    assert {tuple(row.staff) for row in read_staff(path).rows} == {(40, 10, 5)}
    planned = written(tmp_path, "BIỂU 2", headings[1::2], "50", "12", "6")
    assert {problem.code for problem in read_staff(planned).problems} >= {"missing-column"}


def test_what_is_known_reaches_to_the_year_of_what_ships() -> None:
    assert max(change.day.year for change in changes()) == KNOWN_YEAR


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("Dân số", 0),
        ("Dân số 2026 - 2030", 2030),
        ("đến 30/9/25", 2025),
        ("31.12.2024", 2024),
        ("Kỳ 12/2027", 2027),
        ("Quyết định 2030/QĐ", 2030),
    ],
)
def test_the_latest_year_of_a_text(text: str, year: int) -> None:
    assert latest_year(text) == year


@pytest.mark.parametrize(
    ("heading", "measure"),
    [
        ("Dân số năm 2026", None),
        ("Dân số năm 2027", Measure.FORECAST),
        ("Có mặt đến 31/12/2027", Measure.PRESENT),
        ("Giao năm 2027", Measure.ASSIGNED),
        ("Khối Đảng / Năm 2027", Measure.FORECAST),
        ("Biên chế giao / Năm 2027", Measure.ASSIGNED),
    ],
)
def test_a_year_to_come_is_foreseen_unless_something_else_is_said(
    heading: str, measure: Measure | None
) -> None:
    assert role_of(heading).measure is measure


def test_figures_are_known_up_to_the_year_of_the_run() -> None:
    later = DEFAULT.known_to(2028)
    assert DEFAULT.column_of("Dân số năm 2028") is None
    assert later.column_of("Dân số năm 2028") == "population"
    assert later.column_of("Dân số năm 2029") is None
    assert later.with_words(()).of_blocs(BLOCS).known_year == 2028
    assert later.known_to(2001) is later


def test_the_day_of_a_run_says_what_is_still_to_come(quota: Callable[..., Run], tmp_path: Path) -> None:
    path = tmp_path / "units.csv"
    path.write_text("Mã,Tên,Dân số năm 2028\n05758,Xã Đại Từ,37650\n", encoding="utf-8")
    early = quota("audit", path, "--as-of", "2027-12-31", "--format", "csv")
    assert (early.code, '"Dân số năm 2028" (37650)' in early.err) == (2, True)
    late = quota("audit", path, "--as-of", "2028-01-01", "--format", "csv")
    assert (late.code, "37650" in late.out) == (0, True)
    assert quota("read", path).code == 1


@pytest.mark.parametrize(
    ("title", "is_foretold"),
    [
        ("DÂN SỐ GIAI ĐOẠN 2027-2030", True),
        ("Dân số sau sắp xếp đơn vị hành chính cấp xã giai đoạn 2027-2030", False),
        ("Dân số phục vụ bầu cử nhiệm kỳ 2026-2031", False),
        ("DÂN SỐ (kèm theo Báo cáo phát triển đến năm 2030)", False),
        ("(Đến năm 2030)", True),
        ("Báo cáo năm 2030", False),
        ("Dân số tỉnh Thái Nguyên năm 2030", True),
    ],
)
def test_a_title_of_a_year_to_come(title: str, is_foretold: bool) -> None:
    assert foretells(title) is is_foretold


@pytest.mark.parametrize("title", ["Biên chế năm 2030", "Năm 2030", "BIÊN CHẾ THEO LỘ TRÌNH ĐẾN 2030"])
def test_posts_of_a_year_to_come_are_planned(title: str) -> None:
    assert grants(title)
    assert not grants(f"{title} và có mặt")


def test_a_group_of_people_is_no_title_of_residents() -> None:
    assert names_group("TỔNG HỢP HỘ NGHÈO")
    assert not names_group("DÂN SỐ VÀ HỘ NGHÈO")
    assert not names_group("TỔNG HỢP HỘ, KHẨU")
