"""`quota fields`, `quota secondments`, and an audit and an explanation with them, as they are typed."""

from __future__ import annotations

import csv
import io
import json
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

GOLDEN = Path(__file__).parents[2] / "golden"
Quota = Callable[..., Any]
DAY = ("--as-of", "2026-11-22")
WORK = (
    *("--fields", "hai-phong-fields-sample", "--needs", "hai-phong-needs-sample"),
    *("--secondments", "hai-phong-secondments-sample", *DAY),
)


def golden(name: str, text: str) -> None:
    """Compare with the kept file; set UPDATE_GOLDEN=1 to write it anew, then look at it."""
    path = GOLDEN / name
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("fields-100.txt", ("fields", "--limit", 12, *DAY)),
        ("secondments-100.txt", ("secondments", "--days", 90, *DAY)),
        ("audit-work-100.txt", ("audit", *WORK, "--limit", 12, "--sort", "shortfall")),
        ("explain-work-100.txt", ("explain", "11911", *WORK)),
    ],
)
def test_at_100_columns(quota: Quota, name: str, arguments: tuple[object, ...]) -> None:
    run = quota(*arguments)
    assert run.code == 0, run.err
    golden(name, run.out)
    assert max(len(line) for line in run.out.splitlines()) <= 100


@pytest.mark.parametrize("columns", [80, 100, 160])
@pytest.mark.parametrize("command", [("fields",), ("secondments",), ("audit", *WORK[:-2])])
def test_no_figure_is_lost_at_other_widths(
    quota: Quota, monkeypatch: pytest.MonkeyPatch, columns: int, command: tuple[str, ...]
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    run = quota(*command, *DAY)
    assert run.code == 0
    assert "…" not in run.out
    assert max(len(line) for line in run.out.splitlines()) <= columns


@pytest.mark.parametrize(
    "command",
    [("fields",), ("secondments",), ("audit", *WORK[:-2]), ("explain", "11911", *WORK[:-2])],
    ids=lambda command: command[0],
)
def test_markdown_says_what_the_terminal_says(quota: Quota, command: tuple[str, ...]) -> None:
    run = quota(*command, *DAY, "--format", "markdown")
    assert run.code == 0
    assert "|" in run.out
    if command[0] in ("fields", "audit", "explain"):
        assert "not a norm" in run.out


def test_fields_csv_has_a_row_for_each_unit_and_field(quota: Quota) -> None:
    rows = list(csv.DictReader(io.StringIO(quota("fields", "--format", "csv").out)))
    assert len(rows) == 114 * 12
    assert {row["uncovered"] for row in rows} == {"true", "false"}


def test_secondments_csv_has_a_row_for_each(quota: Quota) -> None:
    rows = list(csv.DictReader(io.StringIO(quota("secondments", *DAY, "--format", "csv").out)))
    assert len(rows) == 91
    assert {row["state"] for row in rows} == {"away"}


def test_audit_csv_gains_columns_and_keeps_the_others(quota: Quota) -> None:
    plain = list(csv.DictReader(io.StringIO(quota("audit", *DAY, "--format", "csv").out)))
    work = list(csv.DictReader(io.StringIO(quota("audit", *WORK, "--format", "csv").out)))
    assert [{key: row[key] for key in plain[0]} for row in work] == plain
    assert set(work[0]) - set(plain[0]) >= {"government_hands", "total_hands_shortfall", "uncovered", "away"}


def test_audit_json_gains_keys_only_where_they_were_asked_for(quota: Quota) -> None:
    plain = json.loads(quota("audit", *DAY, "--format", "json").out)
    work = json.loads(quota("audit", *WORK, "--format", "json").out)
    assert "hands" not in plain["units"][0]
    assert "fields" not in plain["totals"]
    for counted in (*work["units"], work["totals"]):
        del counted["hands"], counted["fields"]
    assert work["units"] == plain["units"]
    assert work["totals"] == plain["totals"]


def test_fields_without_needs_tells_no_shortage(quota: Quota) -> None:
    run = quota("fields", "--staff", "hai-phong-fields-sample", "--format", "json")
    plain = json.loads(run.out)
    assert plain["totals"]["by_field"]["finance"]["gap"] is None
    assert plain["field_rules"]["default_check"] == {"people_per_field": 1, "norm": False}
    table = quota("fields", "--staff", "hai-phong-fields-sample").out
    assert "No needs given" in table
    assert "not a norm" in table


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("fields", "ha-noi"), "Give it with --staff FILE"),
        (("audit", "--needs", "hai-phong-needs-sample"), "Give it with --fields FILE"),
        (("fields", "--staff", "nowhere.csv"), "no such file"),
        (("fields", "--field-rules", "central-2025"), "where fields is wanted"),
        (("fields", "--as-of", "2025-06-30"), "not yet on 2025-06-30"),
        (("secondments", "--population", "ha-noi", *DAY), "no unit is called or coded"),
        (("secondments", "hai-phong-fields-sample"), "no column for id"),
    ],
)
def test_what_cannot_be_answered_is_refused_with_a_way_out(
    quota: Quota, arguments: tuple[str, ...], said: str
) -> None:
    run = quota(*arguments)
    assert run.code == 2
    assert said in run.err
    assert run.out == ""


def test_far_days_are_answered_not_a_traceback(quota: Quota) -> None:
    assert quota("secondments", "--as-of", "9999-12-31", "--days", "36500").code == 0
    assert quota("secondments", "--as-of", "2025-07-01", "--days", "36500").code == 0


def test_hostile_text_in_a_table_is_shown_not_obeyed(quota: Quota, tmp_path: Path) -> None:
    loans = tmp_path / "loans.csv"
    loans.write_text(
        'id,home,host,start,months\n"[red]x\x1b[31m","Sở [bold]\x1b]0;t\x07",10507,2026-09-01,6\n',
        encoding="utf-8",
    )
    out = quota("secondments", loans, *DAY).out
    assert "\x1b" not in out
    assert "[red]" in out


@pytest.mark.parametrize("own", ["extended", "whole"])
def test_a_department_adds_and_renames_fields_in_its_own_file(quota: Quota, tmp_path: Path, own: str) -> None:
    head = (
        f"kind: fields\nid: {own}\ntitle: {{vi: Của tỉnh, en: Ours}}\n"
        "sources:\n  decision-12: {title: Quyết định 12, publisher: UBND tỉnh, date: 2025-12-20}\n"
    )
    cite = "source: decision-12"
    body = (
        "extends: fields-2025\noffices:\n  economy:\n    fields:\n"
        f"      finance: {{vi: Tài chính và Kế hoạch, en: Finance and planning, {cite}}}\n"
        f"      land: {{vi: Đất đai, en: Land, {cite}}}\n      industry-trade: null\n"
        if own == "extended"
        else "status: in-force\neffective: {from: 2026-01-01}\noffices:\n  economy:\n"
        f"    vi: Phòng Kinh tế\n    en: Economy office\n    {cite}\n"
        f"    fields: {{land: {{vi: Đất đai, en: Land, {cite}}}}}\n"
    )
    path = tmp_path / f"{own}.yaml"
    path.write_text(head + body, encoding="utf-8")
    run = quota("rules", "check", path)
    assert run.code == 0, run.err
    held = tmp_path / "held.csv"
    held.write_text("code,people,fields\n10507,2,ĐẤT ĐAI\n", encoding="utf-8")
    found = json.loads(quota("fields", "--staff", held, "--field-rules", path, *DAY, "--format", "json").out)
    fields = {field["id"]: field["en"] for field in found["field_rules"]["fields"]}
    assert fields["land"] == "Land"
    assert found["totals"]["by_field"]["land"]["people"] == 2
    if own == "extended":
        assert len(fields) == 12
        assert fields["finance"] == "Finance and planning"
        assert "industry-trade" not in fields


def test_the_example_of_a_departments_own_fields_loads(quota: Quota, tmp_path: Path) -> None:
    text = (Path(__file__).parents[3] / "rules" / "README.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"^```text\n(# ours-fields.*?)^```", text, re.DOTALL | re.MULTILINE)
    path = tmp_path / "ours-fields.yaml"
    path.write_text(example, encoding="utf-8")
    assert quota("rules", "check", path).code == 0
    shown = quota("rules", "show", path).out
    assert "Land" in shown
    assert "industry-trade" not in shown


def test_the_chart_is_for_terminals_and_stays_within_any_width(
    quota: Quota, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    loans = tmp_path / "loans.csv"
    loans.write_text("id,home,host,start,months,people\na,Sở Y tế,10507,2026-09-01,6,900\n", encoding="utf-8")
    for columns in (60, 100):
        monkeypatch.setenv("COLUMNS", str(columns))
        (bar,) = (line for line in quota("secondments", loans, *DAY).out.splitlines() if "░░" in line)
        assert len(bar) <= columns
        assert bar.endswith("  900")
        assert bar.count("█") >= 1
    assert "█" not in quota("secondments", loans, *DAY, "--format", "markdown").out


def test_those_who_start_later_are_counted_apart(quota: Quota) -> None:
    plain = json.loads(quota("secondments", "--as-of", "2026-08-16", "--format", "json").out)
    assert (plain["now"], plain["totals"]["people"]) == ([], 0)
    assert "91 more people start later." in quota("secondments", "--as-of", "2026-08-16").out


def test_a_field_nobody_named_a_need_for_is_unknown_in_every_form(quota: Quota, tmp_path: Path) -> None:
    path = tmp_path / "needs.csv"
    path.write_text("code,field,needed\n10507,finance,5\n", encoding="utf-8")
    run = quota("fields", "--needs", path, "--limit", 1, *DAY)
    (health,) = [line.split() for line in run.out.splitlines() if line.startswith("Health ")]
    assert health[3:] == ["?"] * 5
    (unit,) = [line for line in run.out.splitlines() if line.startswith("Đặc khu Bạch Long Vĩ")]
    assert re.search(r" 5 +\? +Science", unit)
    plain = json.loads(quota("fields", "--needs", path, *DAY, "--format", "json").out)["totals"]["by_field"]
    assert plain["finance"]["needed"] == 5
    assert plain["health"]["needed"] is None
    assert plain["health"]["gap"] is None
    assert plain["health"]["units"]["short"] is None
    path.write_text("code,field,needed\n10507,finance,\n", encoding="utf-8")
    run = quota("audit", "--fields", "hai-phong-fields-sample", "--needs", path, *DAY)
    assert "Against the needs by field: ? short, ? over" in run.out


def test_the_option_that_takes_a_table_of_ones_own_is_that_of_the_command(quota: Quota) -> None:
    run = quota("audit", "--fields", "hai-phong-fields-sample", *DAY, "--format", "csv")
    (line,) = [line for line in run.err.splitlines() if "fields-sample" in line]
    assert line.endswith("--fields FILE.")
    (line,) = [
        line for line in quota("fields", "--format", "csv").err.splitlines() if "fields-sample" in line
    ]
    assert line.endswith("--staff FILE.")
