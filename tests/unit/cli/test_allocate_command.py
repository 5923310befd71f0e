"""`quota allocate` as people use it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Quota = Callable[..., Any]
DAY = ("--as-of", "2026-12-01")
UNITS = """code,name,type,population,government,party,front,least,held_government,held_party,held_front
10001,Xã An,commune,16000,30,17,8,,,,
10002,Xã Bình,commune,20000,40,18,8,36,,,
10003,Xã Châu,commune,30000,35,16,9,,31,16,8
"""


@pytest.fixture
def units(tmp_path: Path) -> Path:
    path = tmp_path / "units.csv"
    path.write_text(UNITS, encoding="utf-8")
    return path


def table(quota: Quota, *words: object) -> dict[str, dict[str, str]]:
    run = quota("allocate", *words, *DAY, "--format", "csv")
    assert run.code == 0, run.err
    return {row["code"]: row for row in csv.DictReader(io.StringIO(run.out))}


def government(rows: dict[str, dict[str, str]]) -> list[int]:
    return [int(row["assigned_government"]) for row in rows.values()]


def test_the_norms_own_total_gives_everybody_the_norm(quota: Quota, units: Path) -> None:
    audit = json.loads(quota("audit", units, *DAY, "--format", "json").out)
    total = audit["totals"]["quota"]["total"][0]
    for method in ("largest-remainder", "sainte-lague", "leximin"):
        rows = table(quota, units, "--total", total, "--method", method)
        for row in rows.values():
            for bloc in ("government", "party", "front"):
                assert row[f"assigned_{bloc}"] == row[f"norm_{bloc}"]


def test_bounds_are_kept_and_named(quota: Quota, units: Path) -> None:
    words = (units, "--bloc", "government", "--total", 90)
    rows = table(quota, *words, "--floor", "least")
    assert rows["10002"]["assigned_government"] == "36"
    assert rows["10002"]["bound_government"] == "least"
    assert sum(government(rows)) == 90
    rows = table(quota, *words, "--fixed", "held")
    assert (rows["10003"]["assigned_government"], rows["10003"]["bound_government"]) == ("31", "held")
    rows = table(quota, *words, "--floor", "offices", "--ceiling", "norm", "--reserve", 80)
    assert sum(government(rows)) == 10
    assert min(government(rows)) >= 3


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--total", 90, "--floor", "present"), "90 posts to share, the floors need 181"),
        (("--total", 900, "--ceiling", "norm"), "900 posts to share, the ceilings allow 195"),
        (("--total", 90, "--floor", "least"), "has no column least_government / least_party / least_front"),
        (("--total", 90, "--fixed", "nothing"), "has no column nothing_government"),
        (("--total", 9, "--cut", "5%"), "one of the two"),
        ((), "one of the two"),
        (("--cut", "much"), "is no percentage"),
    ],
)
def test_what_cannot_be_is_refused_with_the_reason(
    quota: Quota, units: Path, words: tuple[object, ...], said: str
) -> None:
    run = quota("allocate", units, *words, *DAY)
    assert run.code == 2
    assert said in run.err


def test_a_floor_over_a_ceiling_names_the_unit(quota: Quota, units: Path) -> None:
    run = quota("allocate", units, "--total", 150, "--floor", "present", "--ceiling", "norm", *DAY)
    assert run.code == 2
    assert "Xã Bình, Government: at least 40 posts and at most 34" in run.err


def test_a_cut_takes_at_least_its_part_and_says_what_each_loses(
    quota: Quota, units: Path, tmp_path: Path
) -> None:
    answer = json.loads(quota("allocate", units, "--cut", "15%", *DAY, "--format", "json").out)
    before = sum(unit["before"] for unit in answer["units"])
    assert answer["posts"] == before * 85 // 100
    text = UNITS.replace("front,least", "front,assigned_government,assigned_party,assigned_front,least")
    text = (
        text.replace(",8,,,,", ",8,40,17,8,,,,")
        .replace(",8,36", ",8,40,17,8,36")
        .replace(",9,,31", ",9,40,17,8,,31")
    )
    units.write_text(text, encoding="utf-8")
    run = quota("allocate", units, "--cut", "5,5 %", *DAY, "--format", "json")
    answer = json.loads(run.out)
    assert [unit["before"] for unit in answer["units"]] == [65, 65, 65]
    assert answer["posts"] == int(195 * 0.945)


def test_a_cut_takes_from_assigned_posts_under_whatever_heading_and_from_a_file(
    quota: Quota, tmp_path: Path
) -> None:
    people = "Mã,Tên,Loại,Dân số,Khối chính quyền hiện có,Khối Đảng hiện có,Khối MTTQ hiện có"
    table, alone, posts = (tmp_path / name for name in ("both.csv", "alone.csv", "posts.csv"))
    rows = ("10507,Phường A,phường,21000,34,17,8", "10525,Phường B,phường,18000,40,17,8")
    alone.write_text("\n".join((people, *rows)), encoding="utf-8")
    given = "Chính quyền được giao,Đảng được giao,MTTQ được giao"
    lines = (f"{people},{given}", *(f"{row},40,20,10" for row in rows))
    table.write_text("\n".join(lines), encoding="utf-8")
    codes = (f"Mã,Tên,{given}", "10507,,40,20,10", "10525,,40,20,10", ",Dự phòng,6,1,1")
    posts.write_text("\n".join(codes), encoding="utf-8")
    for words in ((table,), (alone, "--assigned", posts)):
        run = quota("allocate", *words, "--cut", "10%", "--reserve", 3, *DAY)
        assert "126 posts: 123 for 2 units, 3 in reserve." in run.out, run.err
        assert "Of 140 posts of today 14 are cut." in run.out
        assert ("8 posts that the table keeps back are not among them." in run.out) == (posts in words)


def test_where_nobody_knows_who_is_present_no_floor_holds_and_it_is_said(quota: Quota, units: Path) -> None:
    units.write_text(UNITS.replace(",30,17,8", ",,17,8"), encoding="utf-8")
    run = quota("allocate", units, "--total", 190, "--floor", "present", *DAY)
    assert "how many are present in 1 unit is unknown: no floor holds there" in run.err


@pytest.mark.parametrize("language", ["en", "vi"])
@pytest.mark.parametrize("columns", ["80", "160"])
def test_it_reads_on_a_terminal(
    quota: Quota, monkeypatch: pytest.MonkeyPatch, language: str, columns: str
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    run = quota("allocate", "--cut", "15%", *DAY, "--lang", language)
    assert run.code == 0
    assert ("1,172" in run.out) or ("1.172" in run.out)
