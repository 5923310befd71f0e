"""A frame with a fourth bloc, a staff table with its column: it is in every answer, and in its totals.

Held against figures worked by hand: 3 to 4 posts in each of two units with 2 and 5 people.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from quota.norms.loading import load_frame, read_rules
from quota.tables.readers.units.population import read_units
from tests.commands import LEAVES, options_of, over_units
from tests.office.books import opened

Quota = Callable[..., Any]

FRAME = """\
id: four-blocs
extends: central-2025
title: {vi: Bốn khối, en: Four blocs}
reading: {vi: Thử, en: Trial}
blocs:
  military:
    name: {vi: Ban Chỉ huy quân sự, en: Military Command}
    headings: [BCHQS]
    range: [3, 4]
    source: hai-phong-2025-09
"""
HEAD = "code,name,type,population,government,party,front,"
UNITS = "BCHQS\n00001,Xã A,commune,18000,33,18,9,2\n00002,Xã B,commune,20000,30,20,9,5\n"

DAY = ("--as-of", "2026-11-22")

_TOLD: dict[str, Sequence[str]] = {
    "explain": ["explain", "00001", "TABLE", "--rules", "FRAME"],
    "compare": ["compare", "00001", "00002", "--population", "TABLE", "--rules", "FRAME"],
    "merge": ["merge", "00001", "00002", "--name", "X", "--population", "TABLE", "--rules", "FRAME"],
    "changes": ["changes", "TABLE", "LATER", "--old-rules", "FRAME"],
    "rules diff": ["rules", "diff", "central-2025", "FRAME", "TABLE"],
    "rules show": ["rules", "show", "FRAME"],
    "sensitivity": ["sensitivity", "TABLE", "--rules", "FRAME"],
    "allocate": ["allocate", "TABLE", "--total", "130", "--rules", "FRAME"],
    "simulate": ["simulate", "SCENARIO", "--rules", "FRAME"],
    "secondments": ["secondments", "LOANS", "--population", "TABLE", "--rules", "FRAME", *DAY],
    "path": ["path", "TABLE", "--rules", "FRAME", "--people", "PEOPLE", "--leavers", "LEAVERS", *DAY],
    "progress": ["progress", "PLAN", "DONE", "--population", "TABLE"],
    "bulk": ["bulk", "TABLE", "BULK", "--rules", "FRAME"],
    "report": ["report", "TABLE", "--rules", "FRAME", "--format", "md"],
}
"""Runs of commands whose examples don't show each bloc."""
NO_BLOCS = {
    "form": "a form asks for staff by the blocs of the central frames",
    "suggest": "it groups units; what they gain or lose is `simulate`'s",
}
"""What applies a frame and says nothing of its blocs, and why."""
COMMANDS: dict[str, Sequence[str]] = {
    **{
        words: [*run, "--rules", "FRAME"]
        for words in LEAVES
        if "--rules" in options_of(words) and words not in NO_BLOCS and (run := over_units(words))
    },
    **_TOLD,
}
"""What says something of each bloc: every other command that applies a frame."""
TOTALS_ONLY = {"sensitivity", "borderline", "rank", "secondments"}
"""To people these say what all blocs come to together."""
NO_NAME = {"progress"}
"""Its plan's file has keys alone."""
NO_FORMS = {"bulk", "report"}


TABLES = {
    "FRAME": ("four-blocs.yaml", FRAME),
    "units.csv": ("units.csv", HEAD + UNITS),
    "TABLE": ("units.csv", HEAD + UNITS),
    "LATER": ("later.csv", HEAD + UNITS.replace(",5\n", ",4\n")),
    "LOANS": ("loans.csv", "id,home,host,bloc,start,months\n1,00002,00001,BCHQS,2026-06-01,12\n"),
    "PEOPLE": ("people.csv", "code,born,sex,bloc\n00002,1966-09-30,nữ,Ban Chỉ huy quân sự\n"),
    "LEAVERS": ("leavers.csv", "code,date,people,bloc\n00002,2027-03-01,1,bchqs\n"),
    "SCENARIO": (
        "scenario.yaml",
        (
            "kind: scenario\ntitle: Thử\npopulation: units.csv\nstaff: units.csv\noperations:\n"
            "  - merge: {units: ['00001', '00002'], into: {code: '00101', name: Xã C, type: commune}}\n"
        ),
    ),
    "PLAN": (
        "plan.csv",
        (
            "stage,kind,from_kind,from_code,from_name,from_group,to_code,to_name,to_group,people\n"
            "2,transfer,unit,00002,Xã B,military,00001,Xã A,military,1\n"
        ),
    ),
    "DONE": (
        "done.csv",
        "from_code,from_group,to_code,to_group,people,stage\n00002,military,00001,military,1,2\n",
    ),
    "BULK": ("bulk.csv", ""),
}


@pytest.fixture
def given(tmp_path: Path) -> dict[str, str]:
    for name, text in TABLES.values():
        if text:
            (tmp_path / name).write_text(text, encoding="utf-8")
    return {key: str(tmp_path / name) for key, (name, _) in TABLES.items()}


def test_every_command_says_something_of_blocs_or_has_a_reason_not_to() -> None:
    applying = {words for words in LEAVES if {"--rules", "--old-rules"} & options_of(words)}
    assert applying - COMMANDS.keys() == NO_BLOCS.keys()
    assert COMMANDS.keys() - applying == {"progress", "rules show", "rules diff"}


@pytest.mark.parametrize("command", sorted(COMMANDS.keys() - TOTALS_ONLY - NO_NAME - NO_FORMS))
@pytest.mark.parametrize("form", ["table", "markdown"])
def test_people_read_its_name(quota: Quota, given: dict[str, str], command: str, form: str) -> None:
    words = [given.get(word, word) for word in COMMANDS[command]]
    run = quota(*words, "--format", form)
    assert run.code in (0, 1), run.err
    assert "Military Command" in run.out


@pytest.mark.parametrize("command", sorted(COMMANDS.keys() - NO_FORMS))
def test_programs_read_its_key(quota: Quota, given: dict[str, str], command: str) -> None:
    words = [given.get(word, word) for word in COMMANDS[command]]
    run = quota(*words, "--format", "json")
    assert run.code in (0, 1), run.err
    assert "military" in run.out


def test_a_table_written_in_bulk_has_its_columns(quota: Quota, given: dict[str, str]) -> None:
    assert quota(*[given.get(word, word) for word in COMMANDS["bulk"]]).code == 0
    with Path(given["BULK"]).open(encoding="utf-8", newline="") as lines:
        (first, second) = csv.DictReader(lines)
    assert [row["military_shortfall"] for row in (first, second)] == ["1", "0"]
    assert [row["military_surplus"] for row in (first, second)] == ["0", "1"]


def test_its_figures_are_in_the_totals(quota: Quota, given: dict[str, str]) -> None:
    run = quota("audit", given["TABLE"], "--rules", given["FRAME"], "--format", "json")
    totals = json.loads(run.out)["totals"]
    assert (totals["quota"]["military"], totals["staff"]["military"]) == ([6, 8], 7)
    assert totals["gap"]["military"] == {"shortfall": 1, "surplus": 1}
    assert totals["quota"]["total"] == [33 + 34 + 2 * (17 + 8 + 3), 33 + 34 + 2 * (20 + 10 + 4)]
    assert totals["gap"]["total"] == {"shortfall": 4 + 1, "surplus": 1}


def test_the_totals_people_read_have_a_figure_under_each_heading(quota: Quota, given: dict[str, str]) -> None:
    run = quota("audit", given["TABLE"], "--rules", given["FRAME"], "--format", "markdown")
    assert "| Posts granted | 67 | 34–40 | 16–20 | 6–8 | 123–135 |" in run.out
    assert "| Totals | Government | Party | Front | Military Command | All |" in run.out


def test_a_workbook_counts_its_gap_before_it_calls_a_unit_within(
    quota: Quota, given: dict[str, str], tmp_path: Path
) -> None:
    """Of four blocs with one unknown nothing is known to be within; the formula once counted to three."""
    target = tmp_path / "audit.xlsx"
    assert quota("audit", given["TABLE"], "--rules", given["FRAME"], "--output", target).code == 0
    (status,) = (cell.value for cell in opened(target)["Units"][5] if '"mixed"' in str(cell.value))
    assert "<4," in status


@pytest.mark.parametrize("ending", ["html", "docx", "md"])
def test_reports_are_written(quota: Quota, given: dict[str, str], tmp_path: Path, ending: str) -> None:
    target = tmp_path / f"report.{ending}"
    run = quota("report", given["TABLE"], "--rules", given["FRAME"], "--output", target)
    assert run.code == 0, run.err
    if ending != "docx":
        assert "Military Command" in target.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("blocs", "code", "fix"),
    [
        ("  goverment: {base: 3, source: hai-phong-2025-09}", "unknown-key", "did you mean government?"),
        ("  militia: {base: 3, source: hai-phong-2025-09}", "unknown-key", "known here: government"),
        ("  total: {base: 3, source: hai-phong-2025-09}", "bad-bloc", "call the bloc otherwise"),
        ("  Quân sự: {base: 3, source: hai-phong-2025-09}", "bad-bloc", "small letters"),
    ],
)
def test_a_key_that_is_no_blocs_is_refused_at_its_line(
    tmp_path: Path, blocs: str, code: str, fix: str
) -> None:
    path = tmp_path / "four-blocs.yaml"
    path.write_text(FRAME.partition("  military")[0] + blocs + "\n", encoding="utf-8")
    (problem,) = read_rules(path).problems
    assert (problem.code, problem.row) == (code, 6)
    assert fix in str(problem.fix)


def test_a_table_of_the_central_blocs_says_nothing_of_it(given: dict[str, str]) -> None:
    order = load_frame(given["FRAME"]).order
    assert order == ("government", "party", "front", "military")
    assert all("military" not in unit.staff for unit in read_units(given["TABLE"]).units)


def test_positions_of_an_own_bloc_are_planned(quota: Quota, tmp_path: Path) -> None:
    (tmp_path / "four-blocs.yaml").write_text(FRAME, encoding="utf-8")
    (tmp_path / "units.csv").write_text(HEAD + UNITS, encoding="utf-8")
    (tmp_path / "positions.csv").write_text(
        "code,bloc,position,staff,needed\n00001,BCHQS,Lái xe,1,2\n00002,military,Lái xe,2,1\n"
        "00002,government,Lái xe,0,1\n",
        encoding="utf-8",
    )
    given = (tmp_path / "units.csv", "--positions", tmp_path / "positions.csv", *DAY, "--format", "json")
    run = quota("plan", *given, "--rules", tmp_path / "four-blocs.yaml")
    moves = [move for stage in json.loads(run.out)["stages"] for move in stage["moves"]]
    assert [move["to"]["group"] for move in moves] == ["Lái xe (Ban Chỉ huy quân sự)"]
    refused = quota("plan", *given)
    assert (refused.code, refused.err.count("no such bloc")) == (2, 2)
