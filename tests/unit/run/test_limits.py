"""Bounds: stated, adjustable, and checked on both sides."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from quota import read_units
from quota.core.problems import InputError
from quota.run.limits import (
    CELL_CHARACTERS,
    CELLS,
    COLUMNS,
    FILE_BYTES,
    LIMITS,
    ROWS,
    Limit,
    refuse_wrong_limits,
)
from quota.run.locations import contents

ROOT = Path(__file__).parents[3]
TABLE = "code,name,type,population\n00001,Xã A,xã,20000\n00002,Xã B,xã,20000\n"


def test_the_page_on_limits_and_the_help_state_every_bound(quota: Callable[..., Any]) -> None:
    page = (ROOT / "docs" / "en" / "reference" / "untrusted-files.md").read_text(encoding="utf-8")
    helped = quota("help", "limits").out
    for limit in LIMITS:
        assert f"| `{limit.variable}` | {limit.default:,} |" in page
        assert f"| {limit.variable} | {limit.what} | {limit.default:,} |" in helped
        if limit.most < 10**12:
            assert f"(at most {limit.most:,})" in page


@pytest.mark.parametrize(
    ("limit", "exactly"),
    [
        (ROWS, 3),
        (COLUMNS, 4),
        (CELLS, 12),
        (CELL_CHARACTERS, len("population")),
        (FILE_BYTES, len(TABLE.encode())),
    ],
    ids=lambda value: value.name if isinstance(value, Limit) else "",
)
def test_a_table_as_large_as_may_be_is_read_and_one_larger_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: Limit, exactly: int
) -> None:
    path = tmp_path / "units.csv"
    path.write_text(TABLE, encoding="utf-8")
    monkeypatch.setenv(limit.variable, str(exactly))
    assert len(read_units(path).units) == 2
    monkeypatch.setenv(limit.variable, str(exactly - 1))
    (problem,) = read_units(path).problems
    assert problem.code == "too-large"
    assert limit.variable in str(problem.fix)


@pytest.mark.parametrize("text", ["", "0", "-1", "1.5", "many", "1_000", "١٢", "9" * 16])
def test_a_limit_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(InputError) as refused:
        refuse_wrong_limits({"QUOTA_MAX_ROWS": text, "HOME": "/"})
    assert str(refused.value).startswith("QUOTA_MAX_ROWS is")


def test_a_limit_nobody_knows_and_one_too_high_are_both_named() -> None:
    with pytest.raises(InputError) as refused:
        refuse_wrong_limits({"QUOTA_MAX_RULE_DEPTH": "101", "QUOTA_MAX_ROW": "5", "QUOTA_MAX_ROWS": " 7 "})
    assert [problem.code for problem in refused.value.problems] == ["unknown-limit", "bad-limit"]


def test_the_command_line_refuses_them_at_once(
    quota: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUOTA_MAX_ROW", "5")
    run = quota("rules", "list")
    assert (run.code, run.out) == (2, "")
    assert run.err.startswith("QUOTA_MAX_ROW is no limit. One of QUOTA_MAX_FILE_BYTES,")


def test_contents_are_those_of_an_ordinary_file(tmp_path: Path) -> None:
    path = tmp_path / "five"
    path.write_bytes(b"12345")
    assert contents(path, 5) == b"12345"
    assert contents(path, 4) is None
    for other in (tmp_path, Path("/dev/null")):
        with pytest.raises(OSError, match=r"ordinary|directory"):
            contents(other, 5)
