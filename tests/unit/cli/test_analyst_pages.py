"""The analyst's commands as people see them, at 100 columns."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Quota = Callable[..., Any]
GOLDEN = Path(__file__).parents[2] / "golden"
DAY = ("--as-of", "2026-11-22")
TOY = ("tests/toy/units.csv", "--staff", "tests/toy/staff.csv", "--rules", "tests/toy/toy.yaml", *DAY)
PAGES: dict[str, tuple[str, ...]] = {
    "compare": ("compare", "hong bang", "thanh dong", "bach long vi", *DAY),
    "peers": ("compare", "--peers", "hong bang", "--k", "5", *DAY),
    "rank-by-type": ("rank", "--group-by", "type", "--limit", "3", *DAY),
    "rank-toy": ("rank", *TOY, "--by", "surplus"),
    "rules-diff": ("rules", "diff", "central-2025", "central-2025-all-residents", "--limit", "3"),
    "sensitivity": (
        *("sensitivity", *DAY, "--vary", "government.increment.1.per_residents=1500,2000"),
        *("--vary", "party.range.low=15,17"),
    ),
    "borderline": ("borderline", "hue", "--growth", "1.2", "--years", "3", *DAY),
    "borderline-toy": ("borderline", *TOY, "--within", "60"),
    "changes-toy": (
        *(
            "changes",
            "tests/toy/units.csv",
            "tests/toy/units-later.csv",
            "--old-staff",
            "tests/toy/staff.csv",
        ),
        *("--new-staff", "tests/toy/staff-later.csv", "--old-rules", "tests/toy/toy.yaml", *DAY),
    ),
}


@pytest.mark.parametrize("name", PAGES)
def test_the_page_is_as_it_was_looked_at(quota: Quota, name: str) -> None:
    run = quota(*PAGES[name])
    assert run.code == 0, run.err
    path = GOLDEN / f"{name}-100.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_text(run.out, encoding="utf-8")
    assert run.out == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", PAGES)
def test_on_a_narrow_terminal_no_figure_is_cut_off(
    quota: Quota, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    def figures(columns: int) -> set[str]:
        monkeypatch.setenv("COLUMNS", str(columns))
        words = quota(*PAGES[name]).out.split()
        return {word for word in words if word.strip("−+–.,†").replace(",", "").replace("–", "").isdigit()}

    assert figures(60) == figures(200)
