"""Columns of an audit: what programs read has the same columns whatever is known."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from quota.render.kit.flat import flat_rows

Quota = Callable[..., Any]
UNITS = "code,name,type,population,area_km2\n1,Xã A,xã,18000,10\n2,Xã B,xã,20000,12\n3,Phường C,phường,,3\n"
STAFF = "code,government,party,front\n1,30,17,9\n2,35,22,8\n3,40,,9\n"
RUNS: dict[str, list[str]] = {
    "audit": ["audit", "UNITS"],
    "rank": ["rank", "UNITS"],
    "rank by type": ["rank", "UNITS", "--group-by", "type"],
    "compare": ["compare", "1", "2", "--population", "UNITS"],
    "peers": ["compare", "--peers", "1", "--population", "UNITS"],
    "sensitivity": ["sensitivity", "UNITS", "--vary", "party.range.low=15,17"],
    "rules diff": ["rules", "diff", "central-2025", "central-2025-all-residents", "UNITS"],
    "explain": ["explain", "1", "UNITS"],
    "merge": ["merge", "1", "2", "--name", "X", "--population", "UNITS"],
}


def _written(folder: Path) -> tuple[str, str]:
    (folder / "units.csv").write_text(UNITS, encoding="utf-8")
    (folder / "staff.csv").write_text(STAFF, encoding="utf-8")
    return str(folder / "units.csv"), str(folder / "staff.csv")


@pytest.mark.parametrize("run", RUNS)
def test_the_columns_are_the_same_with_and_without_staff(quota: Quota, tmp_path: Path, run: str) -> None:
    units, staff = _written(tmp_path)
    words = [units if word == "UNITS" else word for word in RUNS[run]]
    headers = []
    for more in ([], ["--staff", staff]):
        found = quota(*words, *more, "--format", "csv")
        assert found.code == 0, found.err
        headers.append(next(csv.reader(io.StringIO(found.out))))
    assert headers[0] == headers[1]
    assert len(set(headers[0])) == len(headers[0])


def test_what_is_unknown_as_a_whole_has_the_columns_of_what_is_known() -> None:
    rows = [{"gap": None, "quota": None, "all": {"gap": None}}]
    shape = {"gap": {"short": 0}, "quota": [0, 0], "all": {"gap": {"short": 0}}}
    assert flat_rows(rows, shape) == [
        ["gap_short", "quota_low", "quota_high", "all_gap_short"],
        [None, None, None, None],
    ]


def test_a_value_beside_a_longer_key_is_kept() -> None:
    assert flat_rows([{"staff": None, "staff_per_post": 1}], {"staff": 0, "staff_per_post": 0}) == [
        ["staff", "staff_per_post"],
        [None, 1],
    ]


def test_a_group_has_its_columns_whether_it_is_known_unknown_or_in_no_row() -> None:
    shape: dict[str, object] = {"gap": {"short": 0, "over": [0, 0]}}
    header = ["gap_short", "gap_over_low", "gap_over_high"]
    rows: list[dict[str, object]] = [
        {"gap": None},
        {"gap": {"short": 1, "over": [2, 3]}},
        {"gap": {"over": None}},
    ]
    assert flat_rows(rows, shape) == [header, [None] * 3, [1, 2, 3], [None] * 3]
    assert flat_rows([], shape) == [header]


def test_what_no_shape_foresaw_stands_last() -> None:
    assert flat_rows([{"more": 2, "gap": 1}, {"list": [1, 2, 3]}], {"gap": 0}) == [
        ["gap", "more", "list"],
        [1, 2, None],
        [None, None, "1 2 3"],
    ]
