"""What was made while another frame was the default: it is read under the frame that it names, or refused."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Quota = Callable[..., Any]

UNITS = "code,name,type,population,government,party,front\n1,Phường A,ward,113200,70,18,9\n"
DAY = ("--as-of", "2026-01-01")


@pytest.fixture
def old(quota: Quota, tmp_path: Path) -> Path:
    """An audit under the frame that was the default before: no ceiling, 80 posts."""
    (tmp_path / "tinh.csv").write_text(UNITS, encoding="utf-8")
    audited = quota("audit", tmp_path / "tinh.csv", "--rules", "central-2025", *DAY, "--format", "json").out
    (tmp_path / "old.json").write_text(audited, encoding="utf-8")
    return tmp_path / "old.json"


def test_an_old_audit_is_compared_under_its_own_frame_and_a_new_one_under_its_own(
    quota: Quota, old: Path
) -> None:
    new = old.with_name("new.json")
    new.write_text(quota("audit", old.with_name("tinh.csv"), *DAY, "--format", "json").out, encoding="utf-8")
    same = json.loads(quota("changes", old, old, "--format", "json").out)
    assert (same["old_frame"]["id"], same["new_frame"]["id"]) == ("central-2025", "central-2025")
    assert same["units"] == []
    found = json.loads(quota("changes", old, new, "--format", "json").out)
    assert (found["old_frame"]["id"], found["new_frame"]["id"]) == ("central-2025", "cv-09-2025")
    (unit,) = found["units"]
    assert unit["old"]["quota"]["government"] == [80, 80]
    assert unit["new"]["quota"]["government"] == [70, 70]


@pytest.mark.parametrize("key", ["frame", "as_of"])
def test_an_audit_that_names_no_frame_or_no_day_is_refused_and_no_default_is_taken(
    quota: Quota, old: Path, key: str
) -> None:
    plain = json.loads(old.read_text(encoding="utf-8"))
    del plain[key]
    old.write_text(json.dumps(plain), encoding="utf-8")
    run = quota("changes", old, old)
    assert run.code == 2
    assert "not an audit as `quota audit --format json` writes it" in run.err
    assert old.name in run.err
