"""A table of this program's own is read again, whatever it says of its units."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from quota import read_units

STAFF = ("--staff", "hai-phong-staff-sample", "--as-of", "2026-11-22")


@pytest.mark.parametrize(
    "words",
    [
        ("audit", "hai-phong", *STAFF, "--assigned", "hai-phong-assigned-sample"),
        ("rank", "hai-phong", *STAFF),
        ("rules", "diff", "central-2025", "central-2025-all-residents", "hai-phong", *STAFF),
    ],
    ids=lambda words: words[0],
)
def test_a_status_is_no_kind_of_people(
    quota: Callable[..., Any], tmp_path: Path, words: tuple[str, ...]
) -> None:
    path = tmp_path / "written.csv"
    path.write_text(quota(*words, "--format", "csv").out, encoding="utf-8")
    assert ",short," in path.read_text(encoding="utf-8")
    assert len(read_units(path).units) == 114


@pytest.mark.parametrize("heading", ["Status", "Tình trạng", "So với được giao", "Against assigned"])
def test_a_verdict_under_its_heading_is_no_kind_of_people(heading: str, tmp_path: Path) -> None:
    path = tmp_path / "units.csv"
    rows = ["00004,Phường Ba Đình,ward,20000,short", "00008,Phường Ngọc Hà,ward,21000,short"]
    path.write_text("\n".join([f"code,name,type,population,{heading}", *rows]), encoding="utf-8")
    read = read_units(path)
    assert [unit.population for unit in read.units] == [20_000, 21_000]
    assert not [problem for problem in read.problems if problem.code == "qualified-rows"]


@pytest.mark.parametrize("word", ["Totals", "Total", "Tổng số"])
def test_a_row_of_totals_is_no_unit_where_few_units_have_figures(word: str, tmp_path: Path) -> None:
    path = tmp_path / "units.csv"
    rows = ["00004,Phường Ba Đình,ward,20000", "00008,Phường Ngọc Hà,ward,", f",{word},,20000"]
    path.write_text("\n".join(["code,name,type,population", *rows]), encoding="utf-8")
    assert [unit.code for unit in read_units(path).units] == ["00004", "00008"]
