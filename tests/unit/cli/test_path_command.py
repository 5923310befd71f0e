"""`quota path` as people use it."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import pytest
from docx import Document
from rich.cells import cell_len

pytest.importorskip("ortools")

Quota = Callable[..., Any]
DAY = ("--as-of", "2026-12-01")
UNITS = """code,name,type,population,government,party,front
10001,Xã An,commune,16000,33,17,8
10002,Xã Bình,commune,16000,34,17,8
10003,Xã Châu,commune,16000,31,17,8
"""
PEOPLE = """code,khối,ngày sinh,giới tính,Họ tên
10001,chính quyền,1965-06-30,Nam,Nguyễn Văn Mốc
10002,chính quyền,1966-04-01,Nam,Trần Văn Mốc
"""


@pytest.fixture
def tables(tmp_path: Path) -> tuple[Path, Path]:
    units, people = tmp_path / "units.csv", tmp_path / "people.csv"
    units.write_text(UNITS, encoding="utf-8")
    people.write_text(PEOPLE, encoding="utf-8")
    return units, people


def test_who_retires_when_and_what_is_still_to_be_done(quota: Quota, tables: tuple[Path, Path]) -> None:
    units, people = tables
    run = quota("path", units, "--people", people, *DAY, "--format", "json")
    answer = json.loads(run.out)
    alone = {unit["code"]: unit["alone"] for unit in answer["units"]}
    assert alone == {
        "10001": "2027-01-01",
        "10002": None,
        "10003": None,
    }  # 61 years 6 months in December 2026
    assert [(point["day"], point["retired"]) for point in answer["points"]] == [
        ("2026-12-01", 0),
        ("2027-01-01", 1),
        ("2028-01-01", 0),
        ("2029-01-01", 1),
        ("2030-01-01", 0),
        ("2030-07-01", 0),
    ]
    assert [(step["from"]["code"], step["to"]["code"], step["people"]) for step in answer["steps"]] == [
        ("10002", "10003", 1)
    ]
    assert answer["certificates"] == {"units": {"value": 3, "bound": 3}, "people": {"value": 1, "bound": 1}}
    shown = quota("path", units, "--people", people, *DAY).out
    said = f"Retirements are known of {answer['listed']} of {answer['staff']} people in post; nobody else"
    assert said in " ".join(shown.split())
    assert 0 < answer["listed"] == people.read_text(encoding="utf-8").count("\n1") < answer["staff"]
    assert re.search(r"2026-12-01 +−1 \+3 +0 +0\n", shown)
    for form in ("table", "csv", "json", "markdown"):
        assert "Mốc" not in quota("path", units, "--people", people, *DAY, "--format", form).out


def test_leavers_and_no_recruits(quota: Quota, tables: tuple[Path, Path], tmp_path: Path) -> None:
    units, _ = tables
    leavers = tmp_path / "leavers.csv"
    leavers.write_text("code,bloc,date,people\n10003,party,2028-05-31,2\n", encoding="utf-8")
    words = ("path", units, "--leavers", leavers, *DAY, "--format", "json")
    answer = json.loads(quota(*words).out)
    assert sum(step["people"] for step in answer["steps"] if step["from"] is None) == 2
    assert all(unit["meets"] for unit in answer["units"])
    answer = json.loads(quota(*words, "--no-recruits").out)
    assert all(step["from"] for step in answer["steps"])


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("10001,government,1965-06-30,x\n", "not a sex"),
        ("10001,government,,nam\n", "the birth date is unknown"),
        ("10001,government,1925-01-01,nam\n", "not believable"),
        ("10001,khối,1965-06-30,nam\n", "no such bloc"),
        ("99999,government,1965-06-30,nam\n", "no such unit"),
        ("10001,front,1970-06-30,nam\n" * 9, "9 people in the tables of people, 8 in the staff table"),
    ],
)
def test_what_does_not_fit_is_refused(quota: Quota, tables: tuple[Path, Path], rows: str, said: str) -> None:
    units, people = tables
    people.write_text(f"code,bloc,born,sex\n{rows}", encoding="utf-8")
    run = quota("path", units, "--people", people, *DAY)
    assert run.code == 2
    assert said in run.err


def test_a_deadline_that_has_passed_is_refused_and_who_is_past_the_age_is_said(
    quota: Quota, tables: tuple[Path, Path]
) -> None:
    units, people = tables
    assert quota("path", units, "--deadline", "2026-12-01", *DAY).code == 2
    people.write_text("code,bloc,born,sex\n10001,government,1961-09-30,nam\n", encoding="utf-8")
    run = quota("path", units, "--people", people, *DAY)
    assert "1 person is past the retirement age on 2026-12-01" in run.err


@pytest.mark.parametrize("language", ["en", "vi"])
@pytest.mark.parametrize("columns", [80, 160])
def test_hai_phong_with_a_roster_of_8500_reads_on_a_terminal(
    quota: Quota, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str, columns: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    random, people = Random(1), tmp_path / "people.csv"
    with (Path("data") / "hai-phong-staff-sample.csv").open(encoding="utf-8") as lines:
        staff = list(csv.DictReader(lines))
    rows = [
        f"{row['code']},{bloc},{random.randint(1966, 2002)}-{random.randint(1, 12):02}-15,"
        f"{random.choice(('nam', 'nữ'))}"
        for row in staff
        for bloc in ("government", "party", "front")
        for _ in range(int(row[bloc]))
    ]
    assert len(rows) == 8500
    people.write_text("code,bloc,born,sex\n" + "\n".join(rows), encoding="utf-8")
    run = quota("path", "--people", people, *DAY, "--lang", language)
    assert run.code == 0
    assert max(cell_len(line) for line in run.out.splitlines()) <= columns
    assert "░" in run.out


def test_planned_moves_and_people_on_loan_count_on_the_way(
    quota: Quota, tables: tuple[Path, Path], tmp_path: Path
) -> None:
    """What the plan moves needs no step any more, and a loan counts while it runs."""
    units = tmp_path / "points.csv"
    head, *rows = UNITS.splitlines()
    lines = [f"{head},lon,lat", *(f"{row},106.{place},20" for place, row in enumerate(rows))]
    units.write_text("\n".join([*lines, ""]), encoding="utf-8")
    plan, loans = tmp_path / "plan.csv", tmp_path / "loans.csv"
    assert quota("plan", units, *DAY, "--output", plan).code == 0
    run = quota("path", units, "--plan", plan, *DAY, "--format", "json")
    assert run.code == 0, run.err
    found = json.loads(run.out)
    assert sum(stay["people"] for stay in found["stays"] if stay["people"] > 0) == 1
    assert {stay["until"] for stay in found["stays"]} == {None}
    assert [unit["alone"] for unit in found["units"]].count("2026-12-01") == 1
    assert plan.name in " ".join(source["path"] for source in found["inputs"])
    loans.write_text("id,home,host,start,end\nA1,10002,10003,2026-12-01,2027-11-30\n", encoding="utf-8")
    run = quota("path", units, "--secondments", loans, *DAY, "--format", "json")
    assert run.code == 0, run.err
    found = json.loads(run.out)
    assert [stay["until"] for stay in found["stays"]] == ["2027-11-30"] * 2
    within = {point["day"]: point["within"] for point in found["points"]}
    assert (within["2026-12-01"], within["2027-01-01"], within["2028-01-01"]) == (1, 1, 0)
    shown = quota("path", units, "--secondments", loans, *DAY).out
    assert "0 come for good by the plan, 1 on loan while they serve there." in shown
    both = quota("path", units, "--secondments", loans, "--plan", plan, *DAY)
    assert both.code == 2
    assert "the plan starts from 34 people, the tables have 33" in both.err
    other = quota("path", units, "--plan", plan, "--rules", "central-2025", *DAY)
    assert other.code == 2
    assert "the plan was made with frame cv-09-2025, not central-2025" in other.err


def test_units_are_to_meet_what_was_assigned(quota: Quota, tables: tuple[Path, Path], tmp_path: Path) -> None:
    units, _ = tables
    posts = tmp_path / "assigned.csv"
    head = "code,assigned_government,assigned_party,assigned_front"
    posts.write_text(f"{head}\n10001,33,17,8\n10002,34,17,8\n10003,32,17,8\n", encoding="utf-8")
    words = ("path", units, "--assigned", posts, *DAY)
    found = json.loads(quota(*words, "--target", "assigned", "--format", "json").out)
    assert found["target"] == "assigned"
    assert [unit["alone"] for unit in found["units"]] == ["2026-12-01", "2026-12-01", None]
    shown = quota(*words, "--target", "assigned").out
    assert "Of 3 units 2 meet the assigned posts on 2030-07-01 by themselves" in shown
    assert "the norm" not in shown.split("Year by year")[1]
    assert json.loads(quota(*words, "--format", "json").out)["target"] == "norm"
    refused = quota("path", units, "--target", "assigned", *DAY)
    assert refused.code == 2
    assert "no table says which posts were assigned" in refused.err


def test_a_page_and_a_word_document_have_the_picture_and_every_table(
    quota: Quota, tables: tuple[Path, Path], tmp_path: Path
) -> None:
    units, people = tables
    page, document = tmp_path / "way.html", tmp_path / "way.docx"
    words = ("path", units, "--people", people, *DAY, "--output")
    assert quota(*words, page).code == 0
    text = page.read_text(encoding="utf-8")
    assert "Of 3 units 1 meet the norm on 2030-07-01 by themselves, 3 with 1 moved or recruited." in text
    assert text.count("<svg") == 1
    assert "Units within their norm, by themselves and with moves and recruits" in text
    assert "more with moves and recruits" in text
    assert "<script" not in text
    assert "█" not in text
    assert re.search(r"<td>2027-01-01</td><td class=.number.>1</td>", text)
    assert "<h2>Moves and recruits</h2>" in text
    assert "Mốc" not in text
    assert quota("--lang", "vi", *words, document).code == 0
    read = Document(str(document))
    assert len(read.inline_shapes) == 1
    assert "Đường đến 01/07/2030" in [line.text for line in read.paragraphs]
    cells = [[cell.text for cell in row.cells] for table in read.tables for row in table.rows]
    assert ["01/01/2027", "1"] in [row[:2] for row in cells]
    first = document.read_bytes()
    assert quota("--lang", "vi", *words, document).code == 0
    assert document.read_bytes() == first
