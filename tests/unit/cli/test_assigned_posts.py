"""Norm, assigned, present: published totals come out of tables made to their figures, in every form."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from msgspec import Struct

from tests.office.books import opened

Quota = Callable[..., Any]

FRAME = """\
id: published
kind: frame
title: {vi: Định mức đã công bố, en: Published norms}
status: draft
reading: {vi: Thử, en: Trial}
effective: {from: 2025-07-01}
sources:
  ours: {title: Made to published totals, publisher: tests, date: 2026-01-01}
blocs:
  government: {base: 0, increment: {posts: 1, per_residents: 1, above: 0, rounding: down}, source: ours}
"""
"""A post a resident: a unit's residents are its norm."""


class Published(Struct, frozen=True):
    """What a province published, and units made to it: norm, assigned, present of each."""

    norm: int
    assigned: int
    present: int
    short: int
    over: int
    units: list[tuple[int, int, int]]


def _spread(norm: list[int], assigned: int, gaps: list[int]) -> list[tuple[int, int, int]]:
    """The assigned posts dealt out over units as evenly as can be."""
    each, rest = divmod(assigned, len(norm))
    return [
        (posts, each + (place < rest), posts + gap)
        for place, (posts, gap) in enumerate(zip(norm, gaps, strict=True))
    ]


def _quang_tri() -> Published:
    """01/01/2026: 39 units over by 292, 25 short by 55, and 71 in Military Commands, a unit here."""
    over = [8] * 19 + [7] * 20
    gaps = [*over, *([-3] * 5 + [-2] * 20), *([0] * 14), -71]
    assert (sum(over), len(gaps), sum(gaps)) == (292, 79, 166)
    norm = [40] * 78
    norm[0] += 3_169 - 71 - sum(norm)
    return Published(3_169, 3_646, 3_335, 55 + 71, 292, _spread([*norm, 71], 3_646, gaps))


def _made_to(norm: int, assigned: int, present: int, units: int) -> Published:
    each, rest = divmod(norm, units)
    norms = [each + (place < rest) for place in range(units)]
    gap, left = divmod(present - norm, units)
    gaps = [gap + (place < left) for place in range(units)]
    short = sum(-gap for gap in gaps if gap < 0)
    over = sum(gap for gap in gaps if gap > 0)
    return Published(norm, assigned, present, short, over, _spread(norms, assigned, gaps))


PUBLISHED = {
    "Quảng Trị": _quang_tri(),
    "Hồ Chí Minh City": _made_to(9_539, 11_185, 11_689, 168),
    "Lạng Sơn": _made_to(2_457, 2_728, 2_376, 65),
}


def _tables(folder: Path, published: Published) -> list[str]:
    frame, units, posts = (folder / name for name in ("published.yaml", "units.csv", "assigned.csv"))
    frame.write_text(FRAME, encoding="utf-8")
    rows = list(enumerate(published.units, start=1))
    units.write_text(
        "code,name,type,population,government\n"
        + "".join(f"{place:05},Xã {place},xã,{norm},{people}\n" for place, (norm, _, people) in rows),
        encoding="utf-8",
    )
    posts.write_text(
        "code,assigned_government\n" + "".join(f"{place:05},{given}\n" for place, (_, given, _) in rows),
        encoding="utf-8",
    )
    return [str(units), "--rules", str(frame), "--assigned", str(posts)]


@pytest.mark.parametrize("province", PUBLISHED)
def test_published_totals_come_out_in_every_form(quota: Quota, tmp_path: Path, province: str) -> None:
    published = PUBLISHED[province]
    words = _tables(tmp_path, published)
    vacant = sum(max(given - people, 0) for _, given, people in published.units)
    above = sum(max(people - given, 0) for _, given, people in published.units)
    assert published.assigned - published.present == vacant - above
    expected = [published.norm, published.present, published.short, published.over]
    expected += [published.assigned, vacant, above]

    totals = json.loads(quota("audit", *words, "--format", "json").out)["totals"]
    gap, vacancy = totals["gap"]["total"], totals["vacancy"]["total"]
    assert [
        *(totals["quota"]["total"][0], totals["staff"]["total"], gap["shortfall"], gap["surplus"]),
        *(totals["assigned"]["total"], vacancy["vacant"], vacancy["above_assigned"]),
    ] == expected

    rows = list(csv.DictReader(io.StringIO(quota("audit", *words, "--format", "csv").out)))
    keys = ("low", "staff", "shortfall", "surplus", "assigned", "vacant", "above_assigned")
    assert [sum(int(row[f"government_{key}"]) for row in rows) for key in keys] == expected

    titles = (
        "Posts granted",
        "Staff",
        "Shortfall",
        "Surplus",
        "Assigned posts",
        "Unfilled",
        "Above assigned",
    )
    for form in ("markdown", "table"):
        text = quota("audit", *words, "--format", form).out
        for title, figure in zip(titles, expected, strict=True):
            line = next(line for line in text.splitlines() if re.match(rf"(\| )?{title} ", line))
            assert f"{figure:,}" in line, (form, title)

    book = tmp_path / "audit.xlsx"
    assert quota("audit", *words, "--output", book).code == 0
    summary = opened(book, values=True)["Summary"]
    shown = {row[0]: row[2] for row in summary.iter_rows(values_only=True)}
    assert [shown[title] for title in ("Posts granted, at least", *titles[1:])] == expected

    for ending in ("html", "docx", "md") if province == "Lạng Sơn" else ("md",):
        target = tmp_path / f"report.{ending}"
        run = quota("report", *words, "--output", target)
        assert run.code == 0, run.err
        text = target.read_bytes().decode("utf-8", "replace") if ending != "docx" else _text_of(target)
        for figure in expected:
            assert f"{figure:,}" in text, (ending, figure)


@pytest.mark.parametrize("form", ["markdown", "table"])
def test_one_bloc_is_shown_alone(quota: Quota, tmp_path: Path, form: str) -> None:
    words = _tables(tmp_path, PUBLISHED["Lạng Sơn"])
    run = quota("audit", *words, "--bloc", "government", "--limit", "1", "--format", form)
    assert run.code == 0, run.err
    assert "Against assigned" in run.out
    refused = quota("audit", *words, "--bloc", "party")
    assert refused.code == 2
    assert 'the frame has no bloc "party"; it has government' in refused.err


def test_each_bloc_is_shown_where_there_is_room(
    quota: Quota, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = tmp_path / "units.csv"
    head = "code,name,type,population,government,party,front,assigned_government,assigned_front"
    table.write_text(f"{head}\n00001,Xã A,xã,18000,30,17,9,34,9\n", encoding="utf-8")
    monkeypatch.setenv("COLUMNS", "200")
    wide = quota("audit", table, "--rules", "central-2025").out
    assert re.search(r"Xã A +18,000 +33 +30 +−3 +34 +−4 +17–20", wide)
    narrow = quota("audit", table, "--only", "surplus").out
    assert "Front assigned posts unknown" not in narrow
    assert "Party assigned posts unknown in 1 unit: in no total." in narrow


def test_nothing_is_said_of_assigned_posts_where_no_table_has_any(quota: Quota, tmp_path: Path) -> None:
    table = tmp_path / "units.csv"
    table.write_text("code,name,type,population,government\n00001,Xã A,xã,18000,30\n", encoding="utf-8")
    for form in ("table", "markdown"):
        assert "ssigned" not in quota("audit", table, "--format", form).out
    unit = json.loads(quota("audit", table, "--format", "json").out)["units"][0]
    assert (unit["assigned"], unit["vacancy"], unit["assigned_off_norm"]) == (None, None, None)


def test_without_people_present_the_assignment_is_held_against_the_norm_alone(
    quota: Quota, tmp_path: Path
) -> None:
    table = tmp_path / "units.csv"
    text = (
        "code,name,population,province,assigned_government,assigned_party,assigned_front\n"
        "00001,Xã A,18000,Huế,34,17,9\n,Dự phòng,,Huế,5,,\n"
    )
    table.write_text(text, encoding="utf-8")
    run = quota("audit", table)
    assert run.code == 0, run.err
    assert re.search(r"Assigned above the norm +\+1 ", run.out)
    assert "Kept back by Huế: 5 assigned posts." in run.out
    assert "Unfilled" not in run.out
    path = tmp_path / "audit.xlsx"
    assert quota("audit", table, "--output", path).code == 0
    report = tmp_path / "report.html"
    assert quota("report", table, "--output", report).code == 0
    assert "assigned 34, gap to assigned ?" in report.read_text(encoding="utf-8")


def _text_of(path: Path) -> str:
    document = Document(str(path))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join(cells)


def test_a_merger_adds_assigned_posts_up(quota: Quota, tmp_path: Path) -> None:
    table = tmp_path / "units.csv"
    head = "code,name,type,population,government,party,front"
    posts = "assigned_government,assigned_party,assigned_front"
    rows = "00001,Xã A,xã,18000,30,17,9,34,18,9\n00002,Xã B,xã,18000,30,17,9,30,18,\n"
    table.write_text(f"{head},{posts}\n{rows}", encoding="utf-8")
    merge = ["merge", "00001", "00002", "--name", "Xã C", "--population"]
    run = quota(*merge, table, "--format", "json")
    assert run.code == 0, run.err
    (unit,) = json.loads(run.out)["units"]
    assert unit["assigned"] == {"government": 64, "party": 36, "front": None, "total": None}
    assert unit["vacancy"]["government"] == {"vacant": 4, "above_assigned": 0}
    off = unit["quota"]["government"][1]
    assert unit["assigned_off_norm"]["government"]["assigned_above_norm"] == max(64 - off, 0)
    flat = next(csv.DictReader(io.StringIO(quota(*merge, table, "--format", "csv").out)))
    assert (flat["government_assigned"], flat["total_assigned"]) == ("64", "")


@pytest.fixture
def tables(tmp_path: Path) -> list[str]:
    """Two units with people present, and a table of what was assigned to the first."""
    units, posts = tmp_path / "units.csv", tmp_path / "assigned.csv"
    head = "code,name,type,population,government,party,front"
    rows = "00001,Xã A,xã,18000,30,17,9\n00002,Xã B,xã,20000,34,18,8\n"
    units.write_text(f"{head}\n{rows}", encoding="utf-8")
    head = "code,assigned_government,assigned_party,assigned_front"
    posts.write_text(f"{head}\n00001,34,16,9\n", encoding="utf-8")
    return [str(units), "--assigned", str(posts)]


@pytest.mark.parametrize("form", ["table", "markdown"])
def test_one_unit_is_explained_with_its_assigned_posts(quota: Quota, tables: list[str], form: str) -> None:
    run = quota("explain", "00001", *tables, "--format", form)
    assert run.code == 0, run.err
    assert re.search(r"Government [ |]*33 [ |]*30 [ |]*−3 [ |]*34 [ |]*−4", run.out)
    assert re.search(r"Party [ |]*17–20 [ |]*17 [ |]*0 [ |]*16 [ |]*\+1", run.out)
    assert "Against assigned: mixed." in run.out
    assert "Assigned, beside the norm: −1 +1." in run.out
    bare = quota("explain", "00002", tables[0], "--format", form)
    assert "ssigned" not in bare.out


def test_units_side_by_side_show_what_was_assigned(quota: Quota, tmp_path: Path) -> None:
    table = tmp_path / "units.csv"
    head = "code,name,type,province,population,government,party,front,assigned_government,assigned_front"
    rows = "00001,Xã A,xã,Huế,18000,30,17,9,34,9\n00002,Xã B,xã,Huế,20000,34,18,8,,\n"
    table.write_text(f"{head}\n{rows}", encoding="utf-8")
    run = quota("compare", "00001", "00002", "--population", table)
    assert run.code == 0, run.err
    assert re.search(r"Government: assigned, gap to assigned +34 · −4 +\? · \?", run.out)
    assert re.search(r"All: assigned, gap to assigned +\? · \? +\? · \?", run.out)


def test_assigned_posts_stand_beside_work(quota: Quota, tables: list[str], tmp_path: Path) -> None:
    fields = tmp_path / "fields.csv"
    fields.write_text("code,people,fields\n00001,1,finance\n", encoding="utf-8")
    for words in (["explain", "00001", *tables], ["audit", *tables]):
        run = quota(*words, "--fields", fields, "--format", "json")
        assert run.code == 0, run.err
        plain = json.loads(run.out)
        unit = plain["unit"] if "unit" in plain else plain["units"][0]
        assert unit["assigned"]["government"] == 34


COMMANDS = [
    ("merge", "00001", "00002", "--name", "Xã C", "--population"),
    ("compare", "00001", "00002", "--population"),
    ("compare", "--peers", "00001", "--population"),
    ("rank", "--by", "vacant", "--group-by", "province"),
]


@pytest.mark.parametrize("words", COMMANDS, ids=lambda words: " ".join(words[:2]))
def test_a_table_of_assigned_posts_says_what_columns_would(
    quota: Quota, tmp_path: Path, words: tuple[str, ...]
) -> None:
    head = "code,name,type,province,population,government,party,front"
    rows = ["00001,Xã A,xã,Huế,18000,30,17,9", "00002,Xã B,xã,Huế,20000,34,18,8"]
    posts = ["34,16,9", "30,,9"]
    keys = "assigned_government,assigned_party,assigned_front"
    bare, whole, given = (tmp_path / name for name in ("bare.csv", "whole.csv", "assigned.csv"))
    bare.write_text("\n".join([head, *rows, ""]), encoding="utf-8")
    lines = [f"{row},{post}" for row, post in zip(rows, posts, strict=True)]
    whole.write_text("\n".join([f"{head},{keys}", *lines, ",Dự phòng,,Huế,,,,,5,,", ""]), encoding="utf-8")
    lines = [f"{row[:5]},Huế,{post}" for row, post in zip(rows, posts, strict=True)]
    given.write_text("\n".join([f"code,province,{keys}", *lines, ",Huế,5,,", ""]), encoding="utf-8")
    given.write_text(
        given.read_text(encoding="utf-8")
        .replace("code,", "code,name,")
        .replace("1,Huế", "1,Xã A,Huế")
        .replace("2,Huế", "2,Xã B,Huế")
        .replace(",Huế,5", ",Dự phòng,Huế,5"),
        encoding="utf-8",
    )

    def found(*words: object) -> Any:
        run = quota(*words, "--format", "json")
        assert run.code == 0, run.err
        plain = json.loads(run.out)
        return {key: value for key, value in plain.items() if key not in ("inputs", "problems")}

    expected = found(*words, whole)
    assert found(*words, bare, "--assigned", given) == expected
    text = json.dumps(expected, ensure_ascii=False)
    assert '"assigned": {"government": ' in text
    if words[0] in ("merge", "rank"):
        assert '"reserves": [{"province": "Huế", "posts": {"government": 5' in text


def test_a_merged_unit_is_written_with_the_sum_of_its_assigned_posts(quota: Quota, tmp_path: Path) -> None:
    """Equal columns of two units were written as one unit's."""
    table, written = tmp_path / "units.csv", tmp_path / "new.csv"
    head = "code,name,type,population,government,assigned_government,front_assigned"
    rows = "00001,Xã A,xã,18000,30,33,9\n00002,Xã B,xã,18000,30,33,9\n,Dự phòng,,,,5,\n"
    table.write_text(f"{head}\n{rows}", encoding="utf-8")
    run = quota(
        *("merge", "00001", "00002", "--name", "Xã C", "--population", table, "--write-table", written),
        *("--format", "json"),
    )
    assert run.code == 0, run.err
    (unit,) = json.loads(run.out)["units"]
    assert unit["assigned"]["government"] == 66
    assert "more" not in unit
    row, kept = csv.DictReader(io.StringIO(written.read_text(encoding="utf-8")))
    assert (row["assigned_government"], row["assigned_party"], row["assigned_front"]) == ("66", "", "18")
    assert (kept["name"], kept["assigned_government"]) == ("Dự phòng", "5")
    assert "front_assigned" not in row
    again = json.loads(quota("audit", written, "--format", "json").out)["units"][0]
    assert again["assigned"]["government"] == 66


def test_a_clean_table_has_its_assigned_posts(quota: Quota, tmp_path: Path) -> None:
    for head, start in (
        ("name,type,population", ",Xã A,xã,18000"),
        ("name,government,party,front", ",,30,17,9"),
    ):
        table = tmp_path / "units.csv"
        table.write_text(f"code,{head},party_assigned\n00001{start},18\n", encoding="utf-8")
        run = quota("read", table, "--format", "csv")
        assert run.code == 0, run.err
        (row,) = csv.DictReader(io.StringIO(run.out))
        assert row["assigned_party"] == "18"


SCENARIO = """\
kind: scenario
title: Thử
population: units.csv
assigned: assigned.csv
operations:
  - merge: {units: ["00001", "00002"], into: {code: "00001", name: Xã C, type: commune}}
"""


def test_a_scenario_names_its_table_of_assigned_posts(
    quota: Quota, tables: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scenario = tmp_path / "scenario.yaml"
    scenario.write_text(SCENARIO, encoding="utf-8")
    posts = Path(tables[2])
    posts.write_text(posts.read_text(encoding="utf-8") + "00002,30,17,8\n", encoding="utf-8")
    for form in ("table", "markdown"):
        run = quota("simulate", scenario, "--format", form)
        assert run.code == 0, run.err
        assert re.search(r"Assigned posts before[ |]+64[ |]+33[ |]+17[ |]+114", run.out)
        assert re.search(r"Assigned posts after[ |]+64[ |]+33[ |]+17[ |]+114", run.out)
        assert re.search(r"Against assigned before[ |]+−4 \+4[ |]+\+2[ |]+0[ |]+−4 \+6", run.out)
        assert re.search(r"Against assigned after[ |]+0[ |]+\+2[ |]+0[ |]+\+2", run.out)
    monkeypatch.setenv("COLUMNS", "120")
    beside = quota("simulate", "--compare", scenario, scenario)
    assert re.search(r"assigned +unfilled +above assigned", beside.out)
    assert re.search(r" 114 +0 +2 ", beside.out)
    rows = json.loads(quota("simulate", "--compare", scenario, scenario, "--format", "json").out)
    assert "114" in json.dumps(rows)
    bare = quota("simulate", scenario, tmp_path / "units.csv", "--format", "csv")
    assert bare.code == 0


def test_posts_that_are_unknown_after_a_split_are_said(
    quota: Quota, tables: list[str], tmp_path: Path
) -> None:
    scenario = tmp_path / "scenario.yaml"
    parts = "".join(
        f"      - {{code: '0000{place}', name: Xã {place}, type: commune, residents: 9000, "
        f"staff: {{government: 15, party: {8 + place % 2}, front: {4 + place % 2}}}}}\n"
        for place in (3, 4)
    )
    tables_named = SCENARIO.partition("operations:")[0]
    text = f'{tables_named}operations:\n  - split:\n      unit: "00001"\n      parts:\n{parts}'
    scenario.write_text(text, encoding="utf-8")
    run = quota("simulate", scenario)
    assert run.code == 0, run.err
    assert "Government assigned posts unknown in 3 units: in no total." in run.out


def test_units_rank_by_what_is_unfilled(quota: Quota, tables: list[str], tmp_path: Path) -> None:
    for key, value in (("vacant", 4), ("above_assigned", 1), ("assigned", 59), ("government_vacant", 4)):
        run = quota("rank", *tables, "--by", key, "--format", "json")
        assert run.code == 0, run.err
        first, last = json.loads(run.out)["units"]
        assert (first["code"], first["value"], last["value"]) == ("00001", value, None)
        run = quota("audit", *tables, "--sort", key, "--format", "json")
        assert [unit["code"] for unit in json.loads(run.out)["units"]] == ["00001", "00002"]
    shown = quota("rank", *tables, "--group-by", "type").out
    assert "gap to assigned" in shown
    assert re.search(r"commune +2 +38,000 .* 59 +−4 \+1", shown)
    empty = tmp_path / "bare.csv"
    empty.write_text("code,name,type,population\n00001,Xã A,xã,18000\n", encoding="utf-8")
    bare = quota("rank", empty, *tables[1:]).out
    assert "gap to assigned" not in bare
    assert re.search(r"assigned", bare)


def test_the_decision_stands_where_an_assignment_is_explained(
    quota: Quota, tables: list[str], tmp_path: Path
) -> None:
    posts = Path(tables[2])
    posts.write_text(
        "code,assigned_government,decision,date\n00001,34,12/QĐ-UBND,2026-01-05\n00002,30,,2026-01-05\n",
        encoding="utf-8",
    )
    for form in ("table", "markdown"):
        out = quota("explain", "00001", *tables, "--format", form).out
        assert "Assigned by decision 12/QĐ-UBND of 2026-01-05." in out
    assert (
        "theo quyết định 12/QĐ-UBND ngày 05/01/2026" in quota("--lang", "vi", "explain", "00001", *tables).out
    )
    assert "Assigned by a decision of 2026-01-05." in quota("explain", "00002", *tables).out
    unit = json.loads(quota("explain", "00001", *tables, "--format", "json").out)["unit"]
    assert unit["decision"] == {"number": "12/QĐ-UBND", "date": "2026-01-05"}
    units = json.loads(quota("audit", *tables, "--format", "json").out)["units"]
    assert units[1]["decision"] == {"number": None, "date": "2026-01-05"}
    beside = ["compare", "00001", "00002", "--population", *tables]
    shown = quota(*beside, "--format", "markdown").out
    assert "| Assigned by | decision 12/QĐ-UBND of 2026-01-05 | a decision of 2026-01-05 |" in shown
    rows = list(csv.DictReader(io.StringIO(quota(*beside, "--format", "csv").out)))
    assert [row["decision_number"] for row in rows] == ["12/QĐ-UBND", ""]
    posts.write_text("code,assigned_government,decision\n00001,34,12/QĐ-UBND\n", encoding="utf-8")
    assert "Assigned by decision 12/QĐ-UBND." in quota("explain", "00001", *tables).out
    shown = quota(*beside, "--format", "markdown").out
    assert "| Assigned by | decision 12/QĐ-UBND | ? |" in shown
    written = tmp_path / "new.csv"
    words = ("merge", "00001", "00002", "--name", "Xã C", "--population", *tables)
    posts.write_text(
        "code,assigned_government,decision,date\n00001,34,9/QĐ,2026-01-05\n00002,30,9/QĐ,2026-01-05\n",
        encoding="utf-8",
    )
    assert quota(*words, "--write-table", written).code == 0
    (row,) = csv.DictReader(io.StringIO(written.read_text(encoding="utf-8")))
    assert (row["assigned_decision"], row["assigned_date"]) == ("9/QĐ", "2026-01-05")
    clean = quota("read", written, "--format", "csv").out
    assert "9/QĐ,2026-01-05" in clean


@pytest.mark.parametrize(
    ("lang", "said"),
    [("en", "decision 12/QĐ-UBND of 2026-08-05"), ("vi", "12/QĐ-UBND ngày 05/08/2026")],
)
def test_what_assigned_the_posts_is_in_every_paper(quota: Any, tmp_path: Path, lang: str, said: str) -> None:
    head = "code,name,type,population,assigned_government,decision,decision_date\n"
    several = [f"{code:05},Xã {code},xã,17000,32,{code}/QĐ,2026-08-05\n" for code in range(3, 12)]
    units, many = tmp_path / "units.csv", tmp_path / "many.csv"
    units.write_text(
        f"{head}00001,Xã Một,xã,17000,32,12/QĐ-UBND,2026-08-05\n00002,Xã Hai,xã,17000,32,,\n",
        encoding="utf-8",
    )
    many.write_text(head + "".join(several), encoding="utf-8")
    typed = ("--as-of", "2026-09-01", "--lang", lang)
    run = quota("audit", units, *typed)
    assert said in run.out
    assert ("The decision is unknown in 1 unit." in run.out) is (lang == "en")
    assert ("Assigned by 1 more decision." in quota("audit", many, *typed).out) is (lang == "en")
    paths = [tmp_path / f"report.{ending}" for ending in ("html", "md", "docx")]
    for path in paths:
        assert quota("report", units, *typed, "-o", path).code == 0
    page, pasted = (path.read_text(encoding="utf-8") for path in paths[:2])
    assert page.count(said) == 2  # under the units, and with the unit's working
    assert said in pasted
    assert said in "".join(part.text for part in Document(str(paths[2])).paragraphs)
    book = tmp_path / "audit.xlsx"
    assert quota("audit", units, *typed, "-o", book).code == 0
    sheet = opened(book).worksheets[1]
    (column,) = [cell.column for row in sheet.iter_rows() for cell in row if said in str(cell.value)]
    assert sheet.cell(6, column).value in (None, "")
