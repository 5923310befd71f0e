"""Fields and secondments of the sample tables, counted again by code that shares nothing with the program."""

from __future__ import annotations

import csv
import importlib.util
import json
from collections import Counter, defaultdict
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
SCRIPT = ROOT / "tests" / "samples" / "make_samples.py"
FIELDS, NEEDS, LOANS, POSTS = (
    f"hai-phong-{name}-sample.csv" for name in ("fields", "needs", "secondments", "assigned")
)
# Six months from each first day in the sample, by the calendar on the wall.
LAST_DAYS = {
    "2026-08-17": "2027-02-16",
    "2026-09-01": "2027-02-28",
    "2026-09-15": "2027-03-14",
    "2026-10-01": "2027-03-31",
    "2026-11-02": "2027-05-01",
}
AROUND = sorted(
    {
        (date.fromisoformat(day) + timedelta(days=shift)).isoformat()
        for pair in LAST_DAYS.items()
        for day in pair
        for shift in (-1, 0, 1)
    }
)
Quota = Callable[..., Any]


def rows(name: str) -> list[dict[str, str]]:
    with (ROOT / "data" / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def answer(quota: Quota, *arguments: object) -> dict[str, Any]:
    run = quota(*arguments, "--format", "json")
    assert run.code == 0, run.err
    plain: dict[str, Any] = json.loads(run.out)
    return plain


def test_the_script_makes_the_sample_tables_again_byte_for_byte(tmp_path: Path) -> None:
    spec = importlib.util.spec_from_file_location("make_samples", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    script.make(tmp_path)
    for name in (FIELDS, NEEDS, LOANS, POSTS):
        assert (tmp_path / name).read_bytes() == (ROOT / "data" / name).read_bytes()


def test_91_people_are_lent_to_46_units_for_six_months() -> None:
    loans = rows(LOANS)
    codes = {row["code"] for row in rows("hai-phong.csv")}
    assert len({loan["id"] for loan in loans}) == len(loans) == 91
    assert len({loan["host"] for loan in loans} & codes) == len({loan["host"] for loan in loans}) == 46
    assert {loan["months"] for loan in loans} == {"6"}
    assert {loan["start"] for loan in loans} == set(LAST_DAYS)


def test_the_sample_tables_say_that_they_are_made_up(quota: Quota) -> None:
    assert {row["id"]: row["illustrative"] for row in rows("catalogue.csv")}.items() >= {
        name.removesuffix(".csv"): "yes" for name in (FIELDS, NEEDS, LOANS, POSTS)
    }.items()
    for command in ("fields", "secondments"):
        assert quota(command).out.count("made up to show the program") == 2


def test_the_sample_of_assigned_posts_has_each_combination_against_norm_and_assignment(quota: Quota) -> None:
    plain = answer(quota, "audit", "--assigned", POSTS.removesuffix(".csv"))
    found = {(unit["status"], unit["assigned_status"]) for unit in plain["units"]}
    kinds = ("short", "within", "surplus")
    assert found >= {(norm, assigned) for norm in kinds for assigned in kinds}
    assert plain["totals"]["reserves"] == [
        {"province": "Hải Phòng", "posts": {"government": 25, "party": 5, "front": None, "total": None}}
    ]
    made_up = [found["file"] for found in plain["problems"] if found["code"] == "illustrative"]
    assert f"data/{POSTS}" in made_up


@pytest.mark.parametrize("day", AROUND)
def test_who_is_where_on_the_day_before_of_and_after_each_start_and_end(quota: Quota, day: str) -> None:
    loans = rows(LOANS)
    here = [loan for loan in loans if loan["start"] <= day <= LAST_DAYS[loan["start"]]]
    week = (date.fromisoformat(day) + timedelta(days=7)).isoformat()
    soon = [loan for loan in loans if day <= LAST_DAYS[loan["start"]] < week]

    found = answer(quota, "secondments", "--as-of", day, "--days", 7)
    assert {loan["id"]: loan["host_code"] for loan in found["now"]} == {
        loan["id"]: loan["host"] for loan in here
    }
    assert {loan["id"] for loan in found["returning"]} == {loan["id"] for loan in soon}
    assert found["totals"]["people"] == len(here)

    report = answer(quota, "audit", "--secondments", f"data/{LOANS}", "--as-of", day)
    staff = {row["code"]: row for row in rows("hai-phong-staff-sample.csv")}
    away, received = Counter(loan["home"] for loan in here), Counter(loan["host"] for loan in here)
    for unit in report["units"]:
        books = staff[unit["code"]]
        assert unit["staff"]["government"] == int(books["government"])
        change = received[unit["code"]] - away[unit["code"]]
        hands = unit["hands"]
        assert hands["government"] == int(books["government"]) + change
        assert (hands["party"], hands["front"]) == (int(books["party"]), int(books["front"]))
        low = unit["quota"]["government"][0]
        assert hands["gap"]["government"]["shortfall"] == max(low - hands["government"], 0)
        assert unit["gap"]["government"]["shortfall"] == max(low - int(books["government"]), 0)
    departments = sum(many for home, many in away.items() if home not in staff)
    totals = report["totals"]
    assert totals["hands"]["total"] - departments == totals["staff"]["total"] == 8500
    assert sum(department["away"] for department in totals["hands"]["departments"]) == departments


def test_month_by_month_who_leaves_and_by_how_much_the_hosts_are_shorter(quota: Quota) -> None:
    loans = rows(LOANS)
    found = answer(quota, "secondments", "--as-of", "2026-11-22")["months"]
    back = {loan["id"]: date.fromisoformat(LAST_DAYS[loan["start"]]) + timedelta(days=1) for loan in loans}
    leavers = Counter(day.strftime("%Y-%m") for day in back.values())
    assert {month["month"]: month["people"] for month in found if month["people"]} == leavers
    assert [month["month"] for month in found] == [
        "2026-11", "2026-12", "2027-01", "2027-02", "2027-03", "2027-04", "2027-05",
    ]  # fmt: skip

    # In the sample nobody follows a secondee: each host's hands only fall, from books and guests to books.
    staff = {row["code"]: int(row["government"]) for row in rows("hai-phong-staff-sample.csv")}
    posts = {
        row["code"]: 32 + max(int(row["population"]) - 16_000, 0) // 2_000 for row in rows("hai-phong.csv")
    }
    guests = Counter(loan["host"] for loan in loans)
    expected: Counter[str] = Counter()
    for loan in sorted(loans, key=lambda lent: back[lent["id"]]):
        host = loan["host"]
        before = staff[host] + guests[host]
        guests[host] -= 1
        expected[back[loan["id"]].strftime("%Y-%m")] += before <= posts[host]
    assert {month["month"]: month["shortfall"] for month in found if month["people"]} == dict(expected)


def test_fields_of_every_unit(quota: Quota) -> None:
    covering: dict[str, Counter[str]] = defaultdict(Counter)
    people: Counter[str] = Counter()
    load: Counter[str] = Counter()
    for row in rows(FIELDS):
        people[row["code"]] += int(row["people"])
        load[str(len(row["fields"].split(";")))] += int(row["people"])
        for field in row["fields"].split(";"):
            covering[row["code"]][field] += int(row["people"])
    needed = {(row["code"], row["field"]): int(row["needed"]) for row in rows(NEEDS)}
    fields = [row["field"] for row in rows(NEEDS)][:12]

    found = answer(quota, "fields", "hai-phong", "--staff", f"data/{FIELDS}", "--needs", f"data/{NEEDS}")
    assert {unit["code"]: unit["people"] for unit in found["units"]} == people
    assert found["totals"]["by_load"] == dict(load)
    assert found["totals"]["people"] == sum(people.values())
    for unit in found["units"]:
        code = unit["code"]
        assert list(unit["by_field"]) == fields
        for field, figures in unit["by_field"].items():
            many, need = covering[code][field], needed[code, field]
            assert figures == {
                "people": many,
                "needed": need,
                "gap": {"shortfall": max(need - many, 0), "surplus": max(many - need, 0)},
            }
        assert unit["uncovered"] == [field for field in fields if not covering[code][field]]
    ranks = [(-len(unit["uncovered"]), unit["code"]) for unit in found["units"]]
    assert ranks == sorted(ranks)
    for field, figures in found["totals"]["by_field"].items():
        gaps = [needed[code, field] - covering[code][field] for code in people]
        assert figures["gap"] == {
            "shortfall": sum(gap for gap in gaps if gap > 0),
            "surplus": -sum(gap for gap in gaps if gap < 0),
        }
        assert figures["units"]["uncovered"] == sum(not covering[code][field] for code in people)
        assert figures["people"] == sum(covering[code][field] for code in people)


def test_the_audit_and_an_explanation_say_the_same_of_a_units_fields(quota: Quota) -> None:
    more = ("--needs", f"data/{NEEDS}")
    wanted = {
        unit["code"]: unit
        for unit in answer(quota, "fields", "hai-phong", "--staff", FIELDS[:-4], *more)["units"]
    }
    audited = answer(quota, "audit", "--fields", FIELDS[:-4], *more)
    assert len(audited["units"]) == len(wanted) == 114
    for unit in audited["units"]:
        fields = unit["fields"]
        assert fields == {key: wanted[unit["code"]][key] for key in fields}
    explained = answer(quota, "explain", "Bạch Long Vĩ", "--fields", FIELDS[:-4], *more)["unit"]
    assert explained["fields"] == next(
        unit["fields"] for unit in audited["units"] if unit["code"] == explained["code"]
    )
