"""Positions and states in `audit`, `explain`, `report`: every form, both languages; without tables, none."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import docx
import pytest

from quota.tables.readers.position_lists import read_position_list
from tests.conftest import Run
from tests.office.books import opened

Quota = Callable[..., Run]
DAY = ("--as-of", "2026-11-01")
TABLES = {
    "units": "code,name,type,province,population,mountain\n00001,Xã An Bình,xã,Huế,18000,no\n"
    "00002,Phường Hòa Lợi,phường,Huế,20000,no\n",
    "staff": "code,government,party,front\n00001,33,17,9\n00002,36,18,8\n",
    "assigned": "code,assigned_government,assigned_party,assigned_front\n00001,34,17,9\n00002,35,18,9\n",
    "positions": "code,bloc,position,needed,staff\n00001,government,Kế toán,3,1\n"
    "00001,government,Khác,31,32\n00001,party,Phó Bí thư,18,17\n00002,front,Chủ tịch,9,\n",
    "loans": "id,home,host,start,months\nBP01,00001,00002,2026-09-01,6\nBP02,Sở Nội vụ,00001,2026-09-01,6\n",
    "leavers": "code,bloc,date,people\n00001,government,2026-12-31,2\n00002,party,2028-01-31,1\n",
    "arrivals": "code,bloc,date,people\n00002,front,2027-01-04,1\n",
}
EXPECTED = {
    "positions": [34, 18, None, None],
    "positions_filled": [32, 17, None, None],
    "positions_vacant": [2, 1, None, None],
    "beyond_positions": [1, 0, None, None],
    "on_loan_elsewhere": [1, 0, 0, 1],
    "on_loan_here": [1, 0, 0, 1],
    "leaving": [2, 0, 0, 2],
    "arriving": [0, 0, 0, 0],
}


@pytest.fixture
def given(tmp_path: Path) -> Callable[[str], Path]:
    for name, text in TABLES.items():
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    return lambda name: tmp_path / f"{name}.csv"


@pytest.fixture
def tables(given: Callable[[str], Path]) -> list[object]:
    """The tables as they are typed, without the units."""
    return [
        *("--staff", given("staff"), "--assigned", given("assigned"), "--positions", given("positions")),
        *("--secondments", given("loans"), "--leavers", given("leavers")),
        *("--arrivals", given("arrivals"), *DAY),
    ]


def test_what_programs_get(quota: Quota, given: Callable[[str], Path], tables: list[object]) -> None:
    run = quota("audit", given("units"), *tables, "--format", "json")
    assert run.code == 0, run.err
    found = json.loads(run.out)
    states = found["units"][0]["states"]
    assert {state: list(figures.values()) for state, figures in states.items()} == EXPECTED
    totals = found["totals"]["states"]
    assert totals["until"] == "2027-10-31"
    assert totals["positions_vacant"] == {"government": 2, "party": 1, "front": None, "total": 3}
    assert totals["unknown"]["positions_vacant"] == {"government": 1, "party": 1, "front": 2}
    rows = list(csv.DictReader(io.StringIO(quota("audit", given("units"), *tables, "--format", "csv").out)))
    for state, figures in EXPECTED.items():
        groups = ("government", "party", "front", "total")
        cells = [rows[0][f"{group}_{state}"] for group in groups]
        assert cells == ["" if people is None else str(people) for people in figures]


@pytest.mark.parametrize(
    ("lang", "title", "vacant"),
    [
        ("en", "Positions and states of people", "Positions vacant"),
        ("vi", "Vị trí việc làm và tình trạng nhân sự", "Vị trí còn khuyết"),
    ],
)
@pytest.mark.parametrize("columns", [80, 100, 160])
def test_what_people_see(
    quota: Quota,
    monkeypatch: pytest.MonkeyPatch,
    given: Callable[[str], Path],
    tables: list[object],
    columns: int,
    lang: str,
    title: str,
    vacant: str,
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    run = quota("audit", given("units"), *tables, "--bloc", "government", "--lang", lang)
    assert run.code == 0, run.err
    lines = run.out.splitlines()
    start = next(place for place, line in enumerate(lines) if line.startswith(title))
    shown = lines[start:]
    # norm, assigned, present; positions, filled, vacant, beyond; away, here; leaving, arriving
    figures = [cell for line in shown if line.startswith("Xã An Bình") for cell in line.split()[3:]]
    assert figures == ["33", "34", "33", "34", "32", "2", "1", "1", "1", "2", "0"]
    assert any(line.split()[-4:] == ["2", "1", "?", "3"] for line in shown if line.startswith(vacant))
    assert max(map(len, lines)) <= columns
    assert "9" in next(line for line in shown if line.startswith(("Whether", "Có 9")))


def test_hands_beside_one_blocs_figures_are_of_that_bloc(
    quota: Quota, given: Callable[[str], Path], tables: list[object]
) -> None:
    for form in ("table", "markdown"):
        run = quota("audit", given("units"), *tables, "--bloc", "party", "--lang", "en", "--format", form)
        line = next(line for line in run.out.splitlines() if "Xã An Bình" in line)
        cells = [cell.strip() for cell in line.split("|" if form == "markdown" else None) if cell.strip()]
        # norm, people, gap, assigned, unfilled, hands and their gap
        assert cells[-9:-2] == ["17–20", "17", "0", "17", "0", "17", "0"]


@pytest.mark.parametrize("lang", ["en", "vi"])
def test_markdown_and_report(
    quota: Quota, tmp_path: Path, given: Callable[[str], Path], tables: list[object], lang: str
) -> None:
    run = quota("audit", given("units"), *tables, "--format", "markdown", "--lang", lang)
    row = "| Xã An Bình | 58–63 | 60 | 59 | ? | ? | ? | ? | 1 | 1 | 2 | 0 |"
    assert row in run.out
    written = {ending: tmp_path / f"report.{ending}" for ending in ("md", "html", "docx")}
    for path in written.values():
        assert quota("report", given("units"), *tables, "--lang", lang, "-o", path).code == 0
    assert row in written["md"].read_text(encoding="utf-8")
    page = written["html"].read_text(encoding="utf-8")
    assert 'id="states-heading"' in page
    assert ("Vị trí còn khuyết: 2" if lang == "vi" else "Positions vacant: 2") in page
    tables_of = [
        [[cell.text for cell in row.cells] for row in table.rows]
        for table in docx.Document(str(written["docx"])).tables
    ]
    positions, people = tables_of[-2:]
    assert positions[2] == ["1", "Xã An Bình", "34", "32", "2", "1", "18", "17", "1", "0", *["?"] * 8]
    assert people[-1][-4:] == ["1", "2", "2", "1"]


def test_the_workbook(
    quota: Quota, tmp_path: Path, given: Callable[[str], Path], tables: list[object]
) -> None:
    path = tmp_path / "audit.xlsx"
    assert quota("audit", given("units"), *tables, "--lang", "en", "-o", path).code == 0
    book = opened(path, values=True)
    rows = [[cell.value for cell in row] for row in book["Positions and states of people"].iter_rows()]
    assert rows[1][2:] == ["Government", 33, 33, 34, 33, 34, 32, 2, 1, 1, 1, 2, 0]
    assert rows[3][2:] == ["Front", 8, 10, 9, 9, None, None, None, None, 0, 0, 0, 0]
    summary = {row[0].value: [cell.value for cell in row[1:5]] for row in book["Summary"].iter_rows()}
    assert summary["Positions vacant"][:2] == [2, 1]
    assert summary["Leaving"] == [2, 0, 0, 2]
    assert summary["Arriving"] == [0, 0, 1, 1]
    formulas = opened(path, values=False)
    assert formulas["Positions and states of people"]["J2"].value == "=H2-I2"
    (vacant,) = [row for row in formulas["Summary"].iter_rows() if row[0].value == "Positions vacant"]
    assert "SUMIFS(" in vacant[1].value
    limited = tmp_path / "one.xlsx"
    assert quota("audit", given("units"), *tables, "--limit", 1, "--lang", "en", "-o", limited).code == 0
    shown = [
        row for row in opened(limited, values=True)["Summary"].iter_rows() if row[0].value == "On loan here"
    ]
    assert [cell.value for cell in shown[0][1:5]] == [1, 0, 0, 1]  # below: the whole table
    few = tmp_path / "few.xlsx"
    only = (*("--leavers", given("leavers")), *DAY, "--limit", 1, "--lang", "en")
    assert quota("audit", given("units"), *only, "-o", few).code == 0
    assert quota("audit", given("units"), *DAY, "--limit", 1, "-o", tmp_path / "none.xlsx").code == 0


@pytest.mark.parametrize("lang", ["en", "vi"])
def test_the_empty_form_is_read_as_positions(quota: Quota, tmp_path: Path, lang: str) -> None:
    path = tmp_path / "positions.xlsx"
    assert quota("form", "positions", "--province", "Huế", *DAY, "--lang", lang, "-o", path).code == 0
    table = read_position_list(path)
    assert not table.problems
    assert [(row.positions, row.people, str(row.bloc)) for row in table.rows] == [(2, 1, "government")]


@pytest.mark.parametrize("lang", ["en", "vi"])
def test_an_explanation(quota: Quota, given: Callable[[str], Path], tables: list[object], lang: str) -> None:
    run = quota("explain", "00001", given("units"), *tables, "--lang", lang)
    assert run.code == 0, run.err
    said = " ".join(run.out.split())
    assert ("Positions vacant Government 2 · Party 1 · Front ?" in said) is (lang == "en")
    assert ("31/10/2027" if lang == "vi" else "2027-10-31") in said
    run = quota("explain", "00001", given("units"), *tables, "--format", "json")
    found = json.loads(run.out)
    assert found["until"] == "2027-10-31"
    assert found["unit"]["states"]["leaving"]["government"] == 2


def test_without_tables_of_states_nothing_is_said_of_them(quota: Quota, given: Callable[[str], Path]) -> None:
    run = quota("audit", given("units"), "--staff", given("staff"), *DAY, "--format", "json")
    assert '"states"' not in run.out
    header = quota("audit", given("units"), *DAY, "--format", "csv").out.splitlines()[0]
    assert "positions" not in header
    assert "leaving" not in header


def test_each_table_shows_its_own_states(quota: Quota, given: Callable[[str], Path], tmp_path: Path) -> None:
    people = tmp_path / "people.csv"
    people.write_text("code,bloc,born,sex\n00001,party,1965-09-01,nam\n", encoding="utf-8")
    run = quota(
        "audit", given("units"), "--people", people, *DAY, "--until", "2026-12-31", "--format", "json"
    )
    assert run.code == 0, run.err
    found = json.loads(run.out)["units"][0]["states"]
    assert list(found) == ["leaving"]
    run = quota("audit", given("units"), "--people", people, *DAY, "--lang", "en")
    assert "Leaving and arriving: whose day is known, from 2026-11-01 to 2027-10-31." in run.out
    assert "Positions vacant" not in run.out
    run = quota("audit", given("units"), "--positions", given("positions"), *DAY, "--lang", "en")
    assert "Leaving" not in run.out
    assert "On loan" not in run.out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--until", "2026-12-31"), "--until is for who leaves and arrives"),
        (("--until", "2026-10-31", "--leavers", "leavers"), "is before"),
        (("--positions", ""), "a table's name is empty"),
        (("--positions", "positions", "--retirement", "none-such"), "none-such"),
    ],
)
def test_options_that_fit_nothing_are_refused(
    quota: Quota, given: Callable[[str], Path], arguments: tuple[str, ...], said: str
) -> None:
    typed = [given(word) if word in TABLES else word for word in arguments]
    run = quota("audit", given("units"), *DAY, *typed, "--lang", "en")
    assert run.code == 2
    assert said in " ".join(run.err.split())


def test_bad_input_is_refused_at_its_cell(quota: Quota, given: Callable[[str], Path], tmp_path: Path) -> None:
    bad = tmp_path / "bad.csv"
    bad.write_text(
        "code,bloc,position,needed,staff\n00001,government,Kế toán,3,x\n00009,party,Phó Bí thư,1,1\n"
        "00001,party,Phó Bí thư,1,1\n00001,party,phó bí thư,1,1\n",
        encoding="utf-8",
    )
    run = quota("audit", given("units"), "--positions", bad, *DAY, "--lang", "en")
    assert run.code == 2
    for said in ("row 2, staff", "row 3, code", "row 5, code"):
        assert said in run.err


def test_no_name_of_a_list_of_positions_is_in_anything_that_is_written(
    quota: Quota, given: Callable[[str], Path], tmp_path: Path
) -> None:
    roster = tmp_path / "roster.csv"
    roster.write_text(
        "STT,Họ và tên,Chức vụ,Phòng,Đơn vị\n1,Đào Thị Mơ,Chuyên viên,Phòng Kinh tế,Xã An Bình\n"
        "2,khuyết,Chuyên viên,Phòng Kinh tế,Xã An Bình\n3,Lò Văn Pó,Lò Văn Pó,Lò Văn Pó,Xã An Bình\n",
        encoding="utf-8",
    )
    runs = [quota("audit", given("units"), "--positions", roster, *DAY, "-v")]
    roster.write_text(
        roster.read_text(encoding="utf-8").replace("Lò Văn Pó,Lò Văn Pó,X", "Phó Bí thư,Đảng ủy,X")
    )
    for form in ("table", "json", "csv", "markdown"):
        runs.append(quota("audit", given("units"), "--positions", roster, *DAY, "-v", "--format", form))
        assert runs[-1].code == 0, runs[-1].err
    assert json.loads(runs[2].out)["units"][0]["states"]["positions"]["government"] == 2
    assert runs[0].code == 2
    for run in runs:
        assert not [name for name in ("Mơ", "Pó", "Đào", "Lò") if name in run.out + run.err]


def test_a_plan_takes_a_list_of_people_with_its_vacant_posts(quota: Quota, tmp_path: Path) -> None:
    units, roster = tmp_path / "units.csv", tmp_path / "roster.csv"
    units.write_text(
        "code,name,type,population,lon,lat\n00001,Xã Một,xã,17000,106.5,20.8\n"
        "00002,Xã Hai,xã,17000,106.6,20.8\n",
        encoding="utf-8",
    )
    lines = (
        "STT,Họ và tên,Chức vụ,Phòng,Đơn vị",
        "1,Đào Thị Mơ,Chuyên viên,Phòng Kinh tế,Xã Một",
        "2,khuyết,Chuyên viên,Phòng Kinh tế,Xã Hai",
    )
    roster.write_text("\n".join(lines), encoding="utf-8")
    run = quota("plan", units, "--positions", roster, *DAY, "--lang", "en")
    assert run.code == 0, run.err
    assert "Of 1 posts short of the norm, 0 are filled and 1 stay empty." in run.out
    assert "Mơ" not in run.out + run.err
    roster.write_text("\n".join((*lines, "3,khuyết,Chuyên viên,Phòng Kinh tế,Xã Ba")), encoding="utf-8")
    assert (
        "no unit of the population table has this name"
        in quota("plan", units, "--positions", roster, *DAY, "--lang", "en").err
    )


def test_positions_of_a_bloc_of_the_frames_own(
    quota: Quota, given: Callable[[str], Path], tmp_path: Path
) -> None:
    positions, leavers = tmp_path / "own.csv", tmp_path / "own-leavers.csv"
    positions.write_text(
        "code,bloc,position,needed,staff\n00001,Ban Chỉ huy quân sự,Trợ lý,2,1\n", encoding="utf-8"
    )
    leavers.write_text("code,bloc,date,people\n00001,military,2026-12-31,1\n", encoding="utf-8")
    typed = ("--rules", "cv-09-2025-military", "--positions", positions, "--leavers", leavers, *DAY)
    run = quota("audit", given("units"), *typed, "--format", "json")
    assert run.code == 0, run.err
    states = json.loads(run.out)["units"][0]["states"]
    assert [states[state]["military"] for state in ("positions", "positions_vacant", "leaving")] == [2, 1, 1]
    assert "Military" in quota("audit", given("units"), *typed, "--bloc", "military", "--lang", "en").out
