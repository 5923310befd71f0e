"""`--ask` and `--save-mapping`: what a table leaves open is asked about once, and the answer is kept."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest

from quota import read_staff
from quota.tables.columns.own_words import read_wordings
from quota.tables.files.raw import ReadOptions
from tests.conftest import Run
from tests.forms import write_xlsx

GIVEN = Path(__file__).parents[2] / "given" / "forms"
UNITS = "code,name,type,population\n32000,Phường An Xuyên,ward,20000\n32001,Phường Tân Thành,ward,20100\n"
Answer = Callable[[str], None]


@pytest.fixture
def answer(monkeypatch: pytest.MonkeyPatch) -> Answer:
    """Type these lines when asked."""

    def type_in(text: str) -> None:
        monkeypatch.setattr("sys.stdin", io.StringIO(text))

    return type_in


@pytest.fixture
def units(tmp_path: Path) -> Path:
    path = tmp_path / "units.csv"
    path.write_text(UNITS, encoding="utf-8")
    return path


def staff_of(run: Run) -> list[str]:
    return [row["government_staff"] for row in csv.DictReader(run.out.splitlines())]


def test_a_column_is_asked_about_and_the_answer_serves_next_month(
    quota: Callable[..., Run], answer: Answer, units: Path, tmp_path: Path
) -> None:
    kept = tmp_path / "mapping.csv"
    answer("many\n7\n1\n")
    form = GIVEN / "camau_min.xlsx"
    done = quota("audit", units, "--staff", form, "--ask", "--save-mapping", kept, "--format", "csv")
    assert done.code == 0, done.err
    assert staff_of(done) == ["38", "38"]
    assert "which column is this: Government?" in done.err
    assert "  1  Biên chế có mặt (C): 20, 20, 76\n  0  none of these\n" in done.err
    assert done.err.count("write a number from 0 to 1") == 2
    assert kept.read_text(encoding="utf-8") == "heading,column\nBiên chế có mặt,government\n"
    again = quota("audit", units, "--staff", form, "--columns", kept, "--format", "csv")
    assert (again.code, again.out) == (0, done.out)


@pytest.mark.parametrize("typed", ["0\n", ""])
def test_what_nobody_answers_stays_refused(
    quota: Callable[..., Run], answer: Answer, units: Path, typed: str
) -> None:
    answer(typed)
    done = quota("audit", units, "--staff", GIVEN / "camau_min.xlsx", "--ask")
    assert done.code == 2
    assert "no column for government" in done.err


def test_two_columns_that_could_be_it_and_a_table_with_other_days(
    quota: Callable[..., Run], answer: Answer, units: Path, tmp_path: Path
) -> None:
    form, kept = tmp_path / "dan-so.csv", tmp_path / "mapping.csv"
    text = "Mã,Tên,Loại,Dân số {first},Dân số {second}\n32000,An Xuyên,phường,20000,20713\n"
    form.write_text(text.format(first="31/12/2024", second="30/6/2025"), encoding="utf-8")
    answer("2\n")
    done = quota("read", form, "--ask", "--save-mapping", kept, "--format", "csv")
    assert done.code == 0, done.err
    assert "20713" in done.out
    assert kept.read_text(encoding="utf-8").splitlines()[1:] == [
        "Dân số 31/12/2024,ignore",
        "Dân số 30/6/2025,population",
    ]
    for first, second in (("30/6/2025", "31/12/2025"), ("31/12/2025", "30/6/2026")):
        # other days: nothing says which of the two is meant now
        form.write_text(text.format(first=first, second=second), encoding="utf-8")
        assert quota("read", form, "--columns", kept, "--format", "csv").code == 2


def test_a_mapping_holds_for_the_same_heading_of_another_day(tmp_path: Path) -> None:
    own, form = tmp_path / "mapping.csv", tmp_path / "staff.csv"
    own.write_text("heading,column\nSố lượng tại 30/6/2025,government\n", encoding="utf-8")
    form.write_text("Mã,Số lượng tại 31/12/2025,Khối Đảng,Khối MTTQ\n32000,38,17,8\n", encoding="utf-8")
    (row,) = read_staff(form, options=ReadOptions(wordings=read_wordings(own))).rows
    assert list(row.staff) == [38, 17, 8]


def test_posts_that_were_assigned_are_asked_about_with_a_warning(
    quota: Callable[..., Run], answer: Answer
) -> None:
    answer("1\n1\n1\n")
    done = quota("read", GIVEN / "A2-giao.csv", "--ask", "--format", "csv")
    assert done.code == 0
    assert done.err.count("posts that were assigned: choose none unless people present are meant") == 3
    assert list(csv.reader(done.out.splitlines()))[1] == ["05443", "Phường Phan Đình Phùng", "75", "18", "9"]


def test_sheets_of_one_shape_are_settled_by_one_answer(
    quota: Callable[..., Run], answer: Answer, tmp_path: Path
) -> None:
    heading = ["Mã", "Tên", "Số liệu", "Diện tích (km2)"]
    rows = {"A": ["32000", "Phường An Xuyên", 20_000, 9], "B": ["32001", "Phường Tân Thành", 20_100, 9]}
    path = tmp_path / "units.xlsx"
    write_xlsx(path, {name: [heading, row] for name, row in rows.items()})
    answer("1\n")
    done = quota("audit", path, "--ask", "--format", "csv")
    assert done.code == 0, done.err
    assert done.err.count("which column") == 1
    assert [row["population"] for row in csv.DictReader(done.out.splitlines())] == ["20000", "20100"]


def test_what_cannot_be_told_apart_is_not_asked(
    quota: Callable[..., Run], answer: Answer, tmp_path: Path
) -> None:
    path = tmp_path / "units.csv"
    path.write_text("Mã,Tên,Dân số,Dân số\n32000,Phường An Xuyên,20000,20713\n", encoding="utf-8")
    answer("1\n")
    done = quota("audit", path, "--ask")
    assert done.code == 2
    assert "which column" not in done.err


def test_a_table_with_a_row_for_each_bloc_and_one_without_names(
    quota: Callable[..., Run], answer: Answer, units: Path, tmp_path: Path
) -> None:
    answer("1\n")
    form = tmp_path / "staff.csv"
    form.write_text(
        "Cơ sở,Chính quyền,Đảng,MTTQ\nPhường An Xuyên,38,17,8\nPhường Tân Thành,39,17,8\n", encoding="utf-8"
    )
    done = quota("audit", units, "--staff", form, "--ask", "--format", "csv")
    assert staff_of(done) == ["38", "39"], done.err
    answer("")
    five = quota("audit", GIVEN / "pop.csv", "--staff", GIVEN / "dang-doc.xlsx", "--ask")
    assert five.code == 0
    assert "which column" not in five.err


def test_a_list_of_people_is_counted_and_nothing_is_asked(quota: Callable[..., Run], answer: Answer) -> None:
    answer("1\n")
    done = quota("read", GIVEN / "C-danh-sach.csv", "--ask")
    assert "which column" not in done.err


def test_a_file_that_is_no_table_asks_nothing(
    quota: Callable[..., Run], answer: Answer, units: Path, tmp_path: Path
) -> None:
    answer("1\n")
    assert quota("audit", units, "--staff", tmp_path / "nothing.csv", "--ask").code == 2
    assert quota("audit", tmp_path / "nothing.csv", "--ask").code == 2


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--save-mapping", "m.csv"), "give both"),
        (("--ask", "--manifest", "m.json"), "cannot be repeated by a manifest"),
        (("-", "--ask"), "name the table's file"),
    ],
)
def test_where_asking_makes_no_sense(
    quota: Callable[..., Run], tmp_path: Path, arguments: tuple[str, ...], said: str
) -> None:
    typed = [str(tmp_path / text) if "." in text else text for text in arguments]
    done = quota("audit", *typed)
    assert done.code == 2
    assert said in " ".join(done.err.split())
    assert list(tmp_path.iterdir()) == []


def test_answers_are_added_to_what_a_file_said(
    quota: Callable[..., Run], answer: Answer, units: Path, tmp_path: Path
) -> None:
    own, kept, form = tmp_path / "own.csv", tmp_path / "kept.csv", tmp_path / "staff.csv"
    own.write_text("heading,column\nCột một,government\n", encoding="utf-8")
    form.write_text("Mã,Cột một,Cột hai,Khối Đảng\n32000,38,8,17\n", encoding="utf-8")
    answer("1\n")
    options = ("--columns", own, "--ask", "--save-mapping", kept)
    done = quota("audit", units, "--staff", form, *options, "--format", "csv")
    assert done.code == 0, done.err
    assert staff_of(done) == ["38", ""]
    assert sorted(kept.read_text(encoding="utf-8").splitlines()) == [
        "Cột hai,front",
        "cột một,government",
        "heading,column",
    ]


def test_an_answer_does_not_change_which_year_is_still_to_come(
    quota: Callable[..., Run], answer: Answer, tmp_path: Path
) -> None:
    form = tmp_path / "units.csv"
    form.write_text("Mã,Tên gọi của đơn vị,Dân số năm 2028\n32000,Phường An Xuyên,20000\n", encoding="utf-8")
    answer("1\n0\n")
    day = ("--as-of", "2028-06-30")
    done = quota("audit", form, "--ask", *day, "--format", "csv")
    assert done.code == 0, done.err
    assert done.err.count("which column") == 1
    assert "20000" in done.out
