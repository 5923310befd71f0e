"""A plan goes through Excel and people's hands and comes back: zeros lost, rows split, days as written."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("ortools")

ROOT = Path(__file__).parents[3]
Quota = Callable[..., Any]
Rows = list[dict[str, str]]
DAY = ("--as-of", "2026-11-22")


def read(path: Path) -> Rows:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def written(path: Path, rows: Sequence[dict[str, str]], columns: Sequence[str] = ()) -> Path:
    with path.open("w", encoding="utf-8", newline="") as lines:
        table = csv.DictWriter(lines, columns or list(rows[0]))
        table.writeheader()
        table.writerows(rows)
    return path


def as_excel_saves(path: Path, rows: Rows) -> Path:
    """Codes typed as numbers: their zeros in front are gone."""
    codes = ("code", "code_a", "code_b", "from_code", "to_code")
    return written(
        path,
        [{key: text.lstrip("0") if key in codes else text for key, text in row.items()} for row in rows],
    )


@pytest.fixture
def staff(tmp_path: Path) -> Path:
    """Cao Bằng, whose codes all begin with a zero, with too many people in every third unit."""
    rows = [
        {"code": row["code"], "government": str((30, 33, 52)[n % 3]), "party": "17", "front": "8"}
        for n, row in enumerate(read(ROOT / "data/cao-bang.csv"))
    ]
    return written(tmp_path / "staff.csv", rows)


def test_a_plan_whose_codes_lost_their_zeros_is_the_same_plan(
    quota: Quota, staff: Path, tmp_path: Path
) -> None:
    plan = tmp_path / "plan.csv"
    assert quota("plan", "cao-bang", "--staff", staff, *DAY, "--output", plan).code == 0
    saved = as_excel_saves(tmp_path / "saved.csv", read(plan))
    run = quota("plan", "cao-bang", "--staff", staff, *DAY, "--check", saved)
    assert (run.code, run.err) == (0, "")
    moves = [row for row in read(plan) if row["stage"]]
    done = written(
        tmp_path / "done.csv",
        [
            {key: row[key] for key in ("from_code", "from_group", "to_code", "to_group", "people")}
            for row in moves
        ],
    )
    for announced, carried in (
        (saved, done),
        (plan, as_excel_saves(tmp_path / "done-saved.csv", read(done))),
    ):
        answer = json.loads(quota("progress", announced, carried, *DAY, "--format", "json").out)
        total = answer["total"]
        assert (total["moved"], total["filled"]) == (total["short"], total["short"])


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_workbook_of_a_plan_or_of_shared_posts_is_read_from_its_figures(
    quota: Quota, staff: Path, tmp_path: Path, language: str
) -> None:
    written(staff, [{**row, "front": "5"} for row in read(staff)])
    tables = ("cao-bang", "--staff", staff, *DAY, "--lang", language)
    plan, posts = tmp_path / "plan.xlsx", tmp_path / "posts.xlsx"
    made = quota("plan", *tables, "-o", plan, "--fail-on", "short")
    assert made.code == 1  # so that the posts that stay empty have a sheet of their own, which names units
    run = quota("plan", *tables, "--check", plan)
    assert (run.code, run.err) == (0, "")
    assert quota("allocate", *tables, "--total", 4000, "-o", posts).code == 0
    run = quota("audit", *tables, "--assigned", posts, "--format", "json")
    assert json.loads(run.out)["totals"]["assigned"]["total"] == 4000


@pytest.mark.parametrize("option", ["--distances", "--neighbours"])
def test_pairs_whose_codes_lost_their_zeros_are_the_same_pairs(
    quota: Quota, staff: Path, tmp_path: Path, option: str
) -> None:
    pairs = [
        {**row, "km": row["shared_border_km"] or "1"} for row in read(ROOT / "data/cao-bang-neighbours.csv")
    ]
    whole, saved = written(tmp_path / "a.csv", pairs), as_excel_saves(tmp_path / "b.csv", pairs)
    runs = [
        json.loads(quota("plan", "cao-bang", "--staff", staff, *DAY, option, path, "--format", "json").out)[
            "stages"
        ]
        for path in (whole, saved)
    ]
    assert runs[0] == runs[1]


def test_distances_of_other_units_are_said(quota: Quota, staff: Path, tmp_path: Path) -> None:
    path = tmp_path / "km.csv"
    path.write_text("code_a,code_b,km\n99998,99999,3\n", encoding="utf-8")
    run = quota("plan", "cao-bang", "--staff", staff, *DAY, "--distances", path)
    assert run.code == 2
    assert "no distance here is between units of the population table" in run.err


def test_positions_whose_codes_lost_their_zeros_are_placed(quota: Quota, tmp_path: Path) -> None:
    path = tmp_path / "positions.csv"
    path.write_text("code,position,staff,needed\n1273,land,3,1\n1279,land,0,2\n", encoding="utf-8")
    run = quota("plan", "cao-bang", "--positions", path, *DAY)
    assert run.code == 0, run.err
    assert "Of 2 posts short of the norm, 2 are filled" in run.out


PLAN = """stage,kind,from_kind,from_code,from_name,from_group,to_code,to_name,to_group,people,metres,months
2,transfer,unit,10507,A,government,10525,B,government,3,1000,
2,transfer,unit,10507,A,government,10525,B,government,2,1000,
3,secondment,department,Sở Nội vụ,Sở Nội vụ,,10525,B,party,2,,6
"""
DONE = """from_code,from_group,to_code,to_group,people,{day}
10507,government,10525,government,3,{first}
10507,government,10525,government,2,{later}
Sở Nội vụ,,10525,party,2,{later}
"""


@pytest.mark.parametrize(
    ("day", "first", "later"),
    [
        ("date", "2026-01-10", "2026-01-11"),
        ("ngày", "13/01/2026", "11/01/2026"),
        ("ngày (dd/mm/yyyy)", "10/01/2026", "11/01/2026"),
    ],
)
def test_a_move_split_over_rows_and_done_in_parts_is_done(
    quota: Quota, tmp_path: Path, day: str, first: str, later: str
) -> None:
    plan, done = tmp_path / "plan.csv", tmp_path / "done.csv"
    plan.write_text(PLAN, encoding="utf-8")
    done.write_text(DONE.format(day=day, first=first, later=later), encoding="utf-8")
    run = quota("progress", plan, done, "--as-of", "2026-07-10", "--format", "json")
    assert (run.code, run.err) == (0, "")
    answer = json.loads(run.out)
    assert [(stage["stage"], stage["moved"], stage["filled"]) for stage in answer["stages"]] == [
        (2, 5, 5),
        (3, 0, 2),
    ]
    assert answer["replan"]["dropped"] == []
    # six months from 11 January end on 10 July: on the next day the posts are empty again
    answer = json.loads(quota("progress", plan, done, "--as-of", "2026-07-11", "--format", "json").out)
    assert [(stage["stage"], stage["filled"]) for stage in answer["stages"]] == [(2, 5), (3, 0)]


def test_a_secondment_without_its_day_is_counted_and_doubted(quota: Quota, tmp_path: Path) -> None:
    plan, done = tmp_path / "plan.csv", tmp_path / "done.csv"
    plan.write_text(PLAN, encoding="utf-8")
    done.write_text(DONE.format(day="date", first="2026-01-10", later=""), encoding="utf-8")
    run = quota("progress", plan, done, "--as-of", "2027-07-10")
    assert run.code == 0
    assert "row 4: when it began is unknown, so whether it still runs" in run.err
    assert "row 3" not in run.err


def test_posts_filled_for_some_months_are_said_to_be(quota: Quota, tmp_path: Path) -> None:
    departments = tmp_path / "departments.csv"
    departments.write_text("department,field,transfer,secondment\nSở Nội vụ,,0,30\n", encoding="utf-8")
    for form in ("table", "markdown"):
        said = " ".join(quota("plan", *DAY, "--departments", departments, "--format", form).out.split())
        assert "13 of them by people on loan for 6 months" in said


def test_a_row_that_does_not_say_how_many_moved_is_not_nobody(quota: Quota, tmp_path: Path) -> None:
    plan, done = tmp_path / "plan.csv", tmp_path / "done.csv"
    plan.write_text(PLAN, encoding="utf-8")
    header = "from_code,from_group,to_code,to_group,people,stuck\n"
    done.write_text(f"{header}10507,government,10525,government,,\n", encoding="utf-8")
    run = quota("progress", plan, done, *DAY)
    assert run.code == 2
    assert "row 2, people: how many moved is unknown" in run.err
    done.write_text(f"{header}10507,government,10525,government,,2\n", encoding="utf-8")
    assert json.loads(quota("progress", plan, done, *DAY, "--format", "json").out)["total"]["stuck"] == 2


def test_more_people_stuck_than_are_left_to_move_are_doubted(quota: Quota, tmp_path: Path) -> None:
    plan, done = tmp_path / "plan.csv", tmp_path / "done.csv"
    plan.write_text(PLAN, encoding="utf-8")
    header = "from_code,from_group,to_code,to_group,people,stuck\n"
    done.write_text(f"{header}10507,government,10525,government,3,2\n", encoding="utf-8")
    assert quota("progress", plan, done, *DAY).err == ""
    done.write_text(f"{header}10507,government,10525,government,3,3\n", encoding="utf-8")
    run = quota("progress", plan, done, *DAY)
    assert "row 2: 3 people stuck, 2 are left to move between these places" in run.err
    done.write_text(
        f"{header}10507,government,10525,government,0,3\n10507,government,10525,government,3,\n",
        encoding="utf-8",
    )
    assert "row 2: 3 people stuck, 2 are left to move" in quota("progress", plan, done, *DAY).err


def test_what_was_done_in_a_stage_that_the_plan_leaves_empty_is_of_that_stage(
    quota: Quota, tmp_path: Path
) -> None:
    """Somebody changed bloc in the unit, somebody came on loan: the plan has only transfers."""
    plan, done, again = (tmp_path / name for name in ("plan.csv", "done.csv", "again.csv"))
    lines = (
        "2,transfer,unit,10507,A,government,10525,B,government,3,1000,",
        "2,transfer,unit,10507,A,party,10525,B,party,1,1000,",
        "2,transfer,department,Sở Nội vụ,Sở Nội vụ,government,10525,B,government,1,,",
    )
    plan.write_text("\n".join((PLAN.splitlines()[0], *lines)), encoding="utf-8")
    table = (
        "from_code,from_group,to_code,to_group,people,kind,date",
        "10507,government,10507,party,1,internal,2026-01-13",
        "Sở Nội vụ,government,10525,party,1,secondment,2026-01-13",
    )
    done.write_text("\n".join(table), encoding="utf-8")
    run = quota("progress", plan, done, "--as-of", "2026-02-01", "--replan", again)
    assert run.code == 0, run.err
    assert [line[:15].strip() for line in run.out.splitlines() if line.startswith(("1 within", "3 second"))][
        :2
    ] == ["1 within units", "3 secondment"]
    rows = {(row["stage"], row["kind"], row["months"]) for row in read(again) if row["people"] == "1"}
    assert rows >= {("1", "internal", ""), ("3", "secondment", "6")}
    run = quota("progress", again, done, "--as-of", "2026-02-01", "--format", "json")
    assert run.code == 0, run.err
