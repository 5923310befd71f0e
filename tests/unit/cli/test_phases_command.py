"""A frame that changes with time, as commands apply it: the day decides, in every one of them."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Quota = Callable[..., Any]

FRAME = """\
id: changing
title: {vi: Thử, en: Test}
status: draft
effective: {from: 2025-07-01}
reading: {vi: Thử, en: First}
sources:
  law: {title: Law, publisher: Gazette, date: 2025-01-01}
blocs:
  government: {base: 40, source: law}
  party: {range: [17, 20], source: law}
  front: {range: [8, 10], source: law}
phases:
  - from: 2030-07-01
    reading: {vi: Thử, en: Second}
    blocs:
      government: {base: 32, source: law}
"""
UNITS = """\
code,name,type,population,government,party,front
1,Xã A,commune,18000,36,18,9
2,Xã B,commune,20000,36,18,9
"""
DAYS = (("2030-06-30", 40), ("2030-07-01", 32))


@pytest.fixture
def frame(tmp_path: Path) -> str:
    (tmp_path / "changing.yaml").write_text(FRAME, encoding="utf-8")
    return str(tmp_path / "changing.yaml")


@pytest.fixture
def table(tmp_path: Path) -> str:
    (tmp_path / "tinh.csv").write_text(UNITS, encoding="utf-8")
    return str(tmp_path / "tinh.csv")


@pytest.mark.parametrize(("day", "posts"), DAYS)
def test_the_day_decides_what_a_unit_is_granted(
    quota: Quota, frame: str, table: str, tmp_path: Path, day: str, posts: int
) -> None:
    asked = ("--rules", frame, "--as-of", day, "--format", "json")
    audited = json.loads(quota("audit", table, *asked).out)
    assert [unit["quota"]["government"] for unit in audited["units"]] == [[posts, posts]] * 2
    explained = json.loads(quota("explain", "1", table, *asked).out)
    assert explained["steps"]["government"][-1]["result"] == [posts, posts]
    ranked = json.loads(quota("rank", table, "--by", "quota", *asked).out)
    assert str(posts + 25) in json.dumps(ranked)
    target = tmp_path / "bulk.csv"
    quota("bulk", table, str(target), "--rules", frame, "--as-of", day)
    with target.open(encoding="utf-8") as lines:
        assert {row["government_low"] for row in csv.DictReader(lines)} == {str(posts)}
    diff = json.loads(quota("rules", "diff", frame, "cv-09-2025", table, *asked[2:]).out)
    assert [unit["a"]["government"] for unit in diff["units"]] == [[posts, posts]] * 2


def test_two_audits_of_their_own_days_are_compared_by_what_each_day_grants(
    quota: Quota, frame: str, table: str, tmp_path: Path
) -> None:
    for day, _ in DAYS:
        out = quota("audit", table, "--rules", frame, "--as-of", day, "--format", "json").out
        (tmp_path / f"{day}.json").write_text(out, encoding="utf-8")
    files = [str(tmp_path / f"{day}.json") for day, _ in DAYS]
    found = json.loads(
        quota("changes", *files, "--old-rules", frame, "--new-rules", frame, "--format", "json").out
    )
    pairs = [
        (unit["old"]["quota"]["government"], unit["new"]["quota"]["government"]) for unit in found["units"]
    ]
    assert pairs == [([40, 40], [32, 32])] * 2


def test_a_path_into_a_later_phase_says_so(quota: Quota, frame: str, table: str, tmp_path: Path) -> None:
    pytest.importorskip("ortools")
    span = ("--as-of", "2030-06-01", "--deadline")
    said = quota("path", table, "--rules", frame, *span, "2031-06-01").err
    assert "the frame changes on 2030-07-01; the norms here are those of 2030-06-01" in said
    assert "the frame changes" not in quota("path", table, "--rules", frame, *span, "2030-06-30").err


def test_what_is_shown_of_it_has_each_phase_with_its_source(quota: Quota, frame: str) -> None:
    shown = quota("rules", "show", frame, "--format", "csv").out.splitlines()
    assert "phases[0].from,2030-07-01," in shown
    assert "phases[0].blocs.government.base,32,law" in shown
