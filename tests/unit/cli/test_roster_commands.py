"""Lists of people one by one in commands: counted; no name of anybody in whatever is written."""

from __future__ import annotations

import csv
import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import Run

GIVEN = Path(__file__).parents[2] / "given" / "forms"
UNIT, OTHER = "05443", "05455"
PEOPLE = ["Đào Thị Mơ", "Lò Văn Pó", "Bế Thu Sen", "Hầu A Dếnh", "Nguyễn Thị Ký"]
HEAD = "STT,Họ và tên,Ngày sinh,Mã cán bộ,Chức vụ,Phòng,Đơn vị,Ghi chú"
GOOD = [
    HEAD,
    f"1,{PEOPLE[0]},11/12/1983,0102030405,Chuyên viên,Phòng Kinh tế,Phường Phan Đình Phùng,thay {PEOPLE[3]}",
    f"2,{PEOPLE[1]},13/11/1984,0102030406,Chuyên viên,Văn phòng Đảng ủy,Phường Phan Đình Phùng,",
    f"3,{PEOPLE[2]},14/10/1985,0102030407,Chủ tịch kiêm Bí thư,Hội Nông dân,Phường Phan Đình Phùng,",
    "",
    f",{PEOPLE[4]},,,,,,",
]
BAD = [
    HEAD,
    f"1,{PEOPLE[0]},11/12/1983,0102030405,{PEOPLE[0]},{PEOPLE[1]},{PEOPLE[2]},",
    f"2,{PEOPLE[1]},13/11/1984,0102030406,,,,",
    f"3,{PEOPLE[2]},14/10/1985,0102030407,Chuyên viên,Phòng Kinh tế,Phường Phan Đình Phùng,",
    f"4,{PEOPLE[2]},14/10/1985,0102030407,Chuyên viên,Đảng ủy,Xã Đại Từ,",
    f",{PEOPLE[3]},,,{PEOPLE[4]},,,",
]
# A year of birth as a number of its own: four digits within a checksum are none.
_YEAR = r"(?<![0-9a-f])198[345](?![0-9a-f])"
TOLD = re.compile("|".join([*PEOPLE, "0102030", _YEAR, r"\d/19"]), re.IGNORECASE)


def texts(path: Path) -> Iterator[str]:
    """What a file says: of a workbook and a document, every part of it."""
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as parts:
            yield from (parts.read(name).decode("utf-8", "replace") for name in parts.namelist())
    else:
        yield path.read_text(encoding="utf-8", errors="replace")


@pytest.mark.parametrize("lines", [GOOD, BAD], ids=["good", "bad"])
@pytest.mark.parametrize("lang", ["en", "vi"])
def test_no_name_is_in_anything_that_is_written(
    quota: Run, tmp_path: Path, lines: list[str], lang: str
) -> None:
    roster = tmp_path / "ds.csv"
    roster.write_text("\n".join(lines), encoding="utf-8")
    population = str(GIVEN / "pop.csv")
    table = ["audit", population, "--staff", str(roster), "-v"]
    runs = [
        *([*table, "--format", form] for form in ("table", "markdown", "csv", "json")),
        [*table, "-o", str(tmp_path / "audit.xlsx")],
        [*table, "--format", "json", "-o", str(tmp_path / "a.json"), "--manifest", str(tmp_path / "m.json")],
        ["explain", UNIT, population, "--staff", str(roster)],
        ["report", population, "--staff", str(roster), "-o", str(tmp_path / "r.md")],
        ["report", population, "--staff", str(roster), "-o", str(tmp_path / "r.docx")],
        ["rank", "--population", population, "--staff", str(roster)],
        ["plan", population, "--staff", str(roster)],
        ["audit", str(roster), "-v"],
        ["check", str(roster), "-v"],
        ["audit", population, "--fields", str(roster)],
        ["audit", population, "--secondments", str(roster)],
        ["audit", population, "--needs", str(roster), "--fields", str(roster)],
        ["plan", population, "--positions", str(roster)],
        *(["read", str(roster), "--format", form] for form in ("table", "csv", "json")),
    ]
    for arguments in runs:
        run = quota(*arguments, "--lang", lang)
        assert run.code in (0, 1, 2)
        assert TOLD.search(run.out + run.err) is None, arguments
    written = [path for path in tmp_path.iterdir() if path != roster]
    assert len(written) >= (4 if lines is GOOD else 0)
    for path in written:
        assert not any(TOLD.search(text) for text in texts(path)), path


def test_a_list_is_audited_as_the_staff_table_it_counts_to(quota: Run) -> None:
    audits = [
        json.loads(quota("audit", GIVEN / "pop.csv", "--staff", GIVEN / name, "--format", "json").out)[
            "units"
        ]
        for name in ("danh-sach.xlsx", "staff.csv")
    ]
    assert [unit["staff"] for unit in audits[0]] == [unit["staff"] for unit in audits[1]]
    assert [unit["status"] for unit in audits[0]] == [unit["status"] for unit in audits[1]]


def test_who_counts_is_said_and_chosen(quota: Run, tmp_path: Path) -> None:
    roster = tmp_path / "ds.csv"
    contract = f"9,{PEOPLE[3]},,,Hợp đồng,Phòng Kinh tế,Phường Phan Đình Phùng,"
    roster.write_text("\n".join([*GOOD[:4], contract]), encoding="utf-8")
    table = ("audit", GIVEN / "pop.csv", "--staff", roster, "--format", "json")
    run = quota(*table)
    assert "3 are counted (civil servants)" in run.err
    assert "1 person is not counted: on contract; --employment contract counts them" in run.err
    run = quota(*table, "--employment", "civil-servant", "--employment", "contract")
    assert json.loads(run.out)["units"][0]["staff"]["government"] == 2
    assert quota(*table, "--office-rules", "central-2025").code == 2


def test_a_list_is_read_without_its_figures(quota: Run) -> None:
    run = quota("read", GIVEN / "danh-sach.xlsx", "--format", "json")
    (table,) = json.loads(run.out)["tables"]
    assert (run.code, table["kind"]) == (0, "roster")
    assert {column["says"] for column in table["columns"]} >= {
        "full_name",
        "born",
        "post",
        "office",
        "unread",
    }
    assert not any(column["figures"] for column in table["columns"])
    clean = list(csv.DictReader(quota("read", GIVEN / "danh-sach.xlsx", "--format", "csv").out.splitlines()))
    assert clean[0] == {
        "code": "",
        "name": "Phường Phan Đình Phùng",
        "government": "76",
        "party": "16",
        "front": "9",
    }


def test_lists_with_names_serve_secondments_and_fields(quota: Run, tmp_path: Path) -> None:
    table = ("audit", GIVEN / "pop.csv", "--staff", GIVEN / "staff.csv", "--as-of", "2025-12-01")
    run = quota(*table, "--secondments", GIVEN / "biet-phai.csv", "--format", "json")
    assert run.code == 0
    hands = {unit["name"]: unit["hands"] for unit in json.loads(run.out)["units"]}
    assert hands["Phường Phổ Yên"]["away"]["government"] == 1
    assert hands["Xã Phú Lạc"]["received"]["government"] == 1
    lines = [
        "Họ và tên,Ngày sinh,Đơn vị,Lĩnh vực phụ trách",
        f"{PEOPLE[0]},1/2/1980,Phường Linh Sơn,Tài chính; Y tế",
        f"{PEOPLE[0]},1/2/1980,Phường Linh Sơn,Nội vụ",
    ]
    (roster := tmp_path / "ds.csv").write_text("\n".join(lines), encoding="utf-8")
    run = quota("fields", GIVEN / "pop.csv", "--staff", roster, "--format", "json")
    (unit,) = [unit for unit in json.loads(run.out)["units"] if unit["code"] == OTHER]
    assert (run.code, unit["people"]) == (0, 1)
    assert TOLD.search(run.out + run.err) is None
