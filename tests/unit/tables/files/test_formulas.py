"""Formulas whose saved values may be those of before the last change: an error, not a figure."""

from __future__ import annotations

from pathlib import Path

import pytest

from quota import read_units
from quota.core.problems import Severity
from tests.hostile.books import sheet_of, xlsx

ROWS = [
    ("Mã", "Tên đơn vị", "Nam", "Nữ", "Dân số"),
    ("01864", "Xã Bằng Thành", 7000, 6984, '<c r="PLACE"><f>C2+D2</f><v>13984</v></c>'),
]


@pytest.mark.parametrize(
    ("calculation", "is_stale"),
    [
        *(('<calcPr calcMode="manual" calcOnSave="0"/>', True), ('<calcPr calcCompleted="0"/>', True)),
        *(('<calcPr fullCalcOnLoad="1"/>', True), ('<calcPr calcMode="manual" calcOnSave="false"/>', True)),
        *(('<calcPr calcMode="manual"/>', False), ('<calcPr calcMode="manual" calcOnSave="1"/>', False)),
        *(('<calcPr calcId="191029"/>', False), ('<calcPr calcOnSave="0"/>', False), ("", False)),
    ],
)
def test_values_of_before_the_last_change(tmp_path: Path, calculation: str, is_stale: bool) -> None:
    table = read_units(xlsx(tmp_path / "units.xlsx", sheet_of(ROWS), calculation=calculation))
    errors = [problem.code for problem in table.problems if problem.severity is Severity.ERROR]
    assert errors == (["formula"] if is_stale else [])
    assert [unit.population for unit in table.units] == [13_984]
