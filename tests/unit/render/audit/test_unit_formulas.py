"""Formulas made once for all rows are those that each row would have of its own."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from quota.render.kit.sheet import PlainFormulas
from tests.office.books import opened

Quota = Callable[..., Any]
DAY = ("--as-of", "2026-11-22")
FRAMES = sorted(Path("tests/expressive").glob("*.yaml"))
SHIPPED = ("cv-09-2025", "central-2025", "central-2025-all-residents")


@pytest.fixture
def few(tmp_path: Path) -> Path:
    """Units of every type, one without residents."""
    table = tmp_path / "units.csv"
    rows = ("c1,An,xã,52000,30", "w1,Bình,phường,92000,", "s1,Đảo,đặc khu,900,20", "c2,Thượng,xã,,3")
    table.write_text("code,name,type,population,government\n" + "\n".join(rows) + "\n", encoding="utf-8")
    return table


@pytest.mark.parametrize("frame", [*SHIPPED, *map(str, FRAMES)])
def test_xlsxwriter_would_rewrite_no_formula(
    quota: Quota, few: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, frame: str
) -> None:
    ours, theirs = tmp_path / "ours.xlsx", tmp_path / "theirs.xlsx"
    assert quota("audit", few, "--rules", frame, *DAY, "-o", ours).code == 0
    monkeypatch.delattr(PlainFormulas, "_prepare_formula")
    assert quota("audit", few, "--rules", frame, *DAY, "-o", theirs).code == 0
    assert ours.read_bytes() == theirs.read_bytes()


def test_a_formula_speaks_of_its_own_row(quota: Quota, few: Path, tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    assert quota("audit", few, "--rules", "central-2025", *DAY, "-o", path).code == 0
    rows = [
        [cell.value for cell in row if cell.data_type == "f"]
        for row in opened(path)["Units"].iter_rows(min_row=5)
    ]
    totals = rows.pop()
    assert len(rows) == 4
    assert all("5:" in formula and "8" in formula for formula in totals)
    assert len(rows[0]) > 15
    for number, formulas in enumerate(rows, start=5):
        assert all(f"{number}" in formula and "\0" not in formula for formula in formulas)
    first, second = ([f.replace(str(n), "#") for f in rows[n - 5]] for n in (5, 8))
    assert first == second  # two communes: alike but for the row


def test_a_long_note_stands_in_pieces_that_a_formula_takes(quota: Quota, few: Path, tmp_path: Path) -> None:
    frame = tmp_path / "ours.yaml"
    long = "Dài " * 100
    frame.write_text(
        "id: ours\nextends: central-2025\n"
        "title: {vi: Ta, en: Ours}\nreading: {vi: Ta, en: Ours}\n"
        f'unit_types: {{special_zone: {{note: {{vi: "x", en: "{long}"}}}}}}\n',
        encoding="utf-8",
    )
    path = tmp_path / "out.xlsx"
    assert quota("audit", few, "--rules", frame, *DAY, "-o", path).code == 0
    formulas = [
        cell.value for row in opened(path)["Units"].iter_rows() for cell in row if "Dài" in str(cell.value)
    ]
    assert len(formulas) == 1
    pieces = re.findall(r'"([^"]*)"', formulas[0])
    assert max(map(len, pieces)) <= 255
    assert long.strip() in "".join(pieces)
