"""`quota read`: what is understood of a table, shown before it is used."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from quota.render.kit.rendering import Format
from quota.tables.shipped.layouts import shipped_layouts
from tests.conftest import Run

GIVEN = Path(__file__).parents[2] / "given" / "forms"
PEOPLE = ("Nguyễn Thị Hồng Nhung", "Trần Văn Khánh")


def test_the_role_of_each_column_is_said(quota: Callable[..., Run]) -> None:
    done = quota("read", GIVEN / "bien-che.xlsx", "--format", "json")
    assert done.code == 0
    (table,) = json.loads(done.out)["tables"]
    assert (table["kind"], table["sheet"], table["header_row"], table["rows"]) == ("staff", "Biểu 02", 7, 22)
    assert table["left_out"] == {"section": 3, "total": 1, "below": 3}
    says = {column["letter"]: (column["column"], column["says"]) for column in table["columns"]}
    assert says["C"] == (None, "assigned")
    assert says["D"] == ("government", "government")
    assert says["E"] == (None, "gap")
    assert [column["figures"] for column in table["columns"] if column["letter"] == "D"] == [
        ["76", "41", "49"]
    ]


def test_households_are_said_to_be_no_residents(quota: Callable[..., Run]) -> None:
    (table,) = json.loads(quota("read", GIVEN / "A1-pop.csv", "--format", "json").out)["tables"]
    assert [(column["letter"], column["says"]) for column in table["columns"]][-2:] == [
        ("D", "households"),
        ("E", "population"),
    ]


def test_the_clean_table_is_what_csv_gives(quota: Callable[..., Run], tmp_path: Path) -> None:
    clean = tmp_path / "clean.csv"
    assert quota("read", GIVEN / "dan-so.xlsx", "--format", "csv", "--output", clean).code == 0
    with clean.open(encoding="utf-8", newline="") as lines:
        rows = [(row["code"], row["population"]) for row in csv.DictReader(lines)]
    with (GIVEN / "pop.csv").open(encoding="utf-8", newline="") as lines:
        assert rows == [(row["code"], row["population"]) for row in csv.DictReader(lines)]
    done = quota("read", GIVEN / "A1-staff.csv", "--format", "csv")
    assert list(csv.reader(done.out.splitlines()))[1:] == [
        ["05443", "Phường Phan Đình Phùng", "60", "11", "5", "75", "18", "9"],
        ["05758", "Xã Đại Từ", "30", "12", "4", "42", "18", "9"],
    ]


def test_what_is_to_be_settled_first_is_said_and_no_clean_table_is_written(
    quota: Callable[..., Run], tmp_path: Path
) -> None:
    shown = quota("read", GIVEN / "B-so0.csv")
    assert shown.code == 1
    clean = tmp_path / "clean.csv"
    done = quota("read", GIVEN / "B-so0.csv", "--format", "csv", "--output", clean)
    assert done.code == 2
    assert not clean.exists()


ASSIGNED = ["assigned_government", "assigned_party", "assigned_front"]


@pytest.mark.parametrize(
    "text",
    [
        "QUYẾT ĐỊNH GIAO BIÊN CHẾ NĂM 2025,,,\nMã xã,Chính quyền,Đảng,MTTQ\n05443,75,18,9\n",
        "GIAO BIÊN CHẾ NĂM 2025,,,,\nMã xã,Chính quyền,Đảng,MTTQ,Biên chế có mặt\n05443,75,18,9,80\n",
        f"code,{','.join(ASSIGNED)}\n05443,75,18,9\n",
    ],
)
def test_posts_assigned_alone_are_read_as_such_and_never_as_people(
    quota: Callable[..., Run], tmp_path: Path, text: str
) -> None:
    path = tmp_path / "giao.csv"
    path.write_text(text, encoding="utf-8")
    done = quota("read", path)
    assert done.code == 0
    assert "a table of posts assigned, not of people present: --assigned reads it" in " ".join(
        done.out.split()
    )
    (table,) = json.loads(quota("read", path, "--format", "json").out)["tables"]
    assert table["kind"] == "assigned"
    assert [column["column"] for column in table["columns"]][1:4] == ASSIGNED
    (row,) = csv.DictReader(quota("read", path, "--format", "csv").out.splitlines())
    assert [row[column] for column in (*ASSIGNED, "government")] == ["75", "18", "9", ""]


def test_posts_that_a_title_says_no_decision_assigned_are_settled_first(
    quota: Callable[..., Run], tmp_path: Path
) -> None:
    path = tmp_path / "thieu.csv"
    path.write_text("BIÊN CHẾ CÒN THIẾU,,,\nMã xã,Chính quyền,Đảng,MTTQ\n05443,7,1,0\n", encoding="utf-8")
    assert quota("read", path).code == 1
    assert quota("read", path, "--format", "csv").code == 2


@pytest.mark.parametrize(
    ("table", "reader"),
    [
        ("id,home,host,start,months\nA,Sở Nội vụ,Xã A,2026-09-01,6", "`quota secondments`"),
        ("from_code,from_group,to_code,to_group,people\n1,government,2,front,1", "`quota progress`"),
        ("sở,lĩnh vực,điều động,biệt phái\nSở Nội vụ,,1,2", "--departments"),
        ("code,people,fields\n00001,1,Tài chính", "--fields"),
        ("code,field,needed\n00001,Tài chính,2", "--needs"),
        ("code_a,code_b,km\n00001,00002,3", "--distances"),
        ("code,bloc,born,sex\n00001,party,15/03/1965,nam", "--people"),
        ("code,bloc,date,people\n00001,party,2027-06-30,2", "--leavers"),
    ],
)
def test_of_a_table_of_another_kind_it_is_said_who_reads_it(
    quota: Callable[..., Run], tmp_path: Path, table: str, reader: str
) -> None:
    path = tmp_path / "table.csv"
    path.write_text(table + "\n", encoding="utf-8")
    done = quota("read", path)
    assert (done.code, reader in done.out, "population" in done.out) == (0, True, False)
    assert "1965" not in done.out  # a birth date is nobody's to see
    refused = quota("read", path, "--format", "csv")
    assert (refused.code, refused.out, reader in refused.err) == (2, "", True)


@pytest.mark.parametrize("name", shipped_layouts())
def test_an_empty_form_is_told_for_what_it_is(quota: Callable[..., Run], tmp_path: Path, name: str) -> None:
    assert quota("form", name, "--output", tmp_path / "form.xlsx").code == 0
    assert quota("read", tmp_path / "form.xlsx").code == 0


@pytest.mark.parametrize("form", [form.value for form in Format if form is not Format.XLSX])
@pytest.mark.parametrize("lang", ["en", "vi"])
def test_nobody_who_signed_a_form_is_named(quota: Callable[..., Run], form: str, lang: str) -> None:
    for name in ("dan-so.xlsx", "bien-che.xlsx", "ba-trang.xlsx"):
        done = quota("read", GIVEN / name, "--format", form, "--lang", lang)
        assert done.code == 0
        for person in PEOPLE:
            assert person not in done.out + done.err


def test_a_file_that_is_no_table_is_bad_input(quota: Callable[..., Run], tmp_path: Path) -> None:
    assert quota("read", tmp_path / "nothing.csv").code == 2


def test_rows_left_out_are_listed_and_totals_compared(quota: Callable[..., Run]) -> None:
    done = quota("read", GIVEN / "dan-so.xlsx")
    lines = " ".join(done.out.split())
    assert "[Biểu 01], rows 10, 19, 29: a sum of the rows around it; left out" in lines
    assert "[Biểu 01], row 35: a row of totals; left out" in lines
    assert 'the total of "Quy mô dân số / Dân số (người)" is what its rows add up to, 811,180' in lines
    (table,) = json.loads(quota("read", GIVEN / "bien-che.xlsx", "--format", "json").out)["tables"]
    assert [(total["row"], total["said"], total["added"]) for total in table["sums"]] == [
        (34, 921, 921),
        (34, 379, 379),
        (34, 182, 182),
    ]


def test_a_total_that_is_another_is_a_warning_and_no_agreement(
    quota: Callable[..., Run], tmp_path: Path
) -> None:
    path = tmp_path / "units.csv"
    units = "".join(f"{code},Xã {code},commune,9000\n" for code in range(10_501, 10_521))
    path.write_text(f"code,name,type,population\n{units},Tổng cộng,,180001\n", encoding="utf-8")
    done = quota("read", path)
    assert "the totals row says 180,001, the rows above and below add up to 180,000" in " ".join(
        done.out.split()
    )
    assert "is what its rows add up to" not in done.out
    (table,) = json.loads(quota("read", path, "--format", "json").out)["tables"]
    assert table["sums"] == [{"heading": "population", "row": 22, "said": 180_001, "added": 180_000}]


def test_many_rows_left_out_are_not_all_listed(quota: Callable[..., Run], tmp_path: Path) -> None:
    path = tmp_path / "units.csv"
    rows = "".join(f"{code},Xã {code},commune,9000\n,Khu vực {code},,\n" for code in range(10_501, 10_521))
    path.write_text(f"code,name,type,population\n{rows}05758,Xã Đại Từ,commune,1000\n", encoding="utf-8")
    assert "rows 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25 …" in " ".join(quota("read", path).out.split())
