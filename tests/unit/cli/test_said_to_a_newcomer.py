"""What somebody who follows the tutorial reads: figures, titles and advice in the reader's own words."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

Quota = Callable[..., Any]
TABLE = Path(__file__).parents[3] / "docs" / "tutorial" / "bieu-01-dan-so.xlsx"


@pytest.mark.parametrize(
    ("table", "title"),
    [
        ("hue", "Biên chế các đơn vị hành chính cấp xã của thành phố Huế so với định mức"),
        ("cao-bang", "Biên chế các đơn vị hành chính cấp xã của tỉnh Cao Bằng so với định mức"),
        ("vietnam", "Biên chế cấp xã so với định mức"),
    ],
)
def test_the_workbooks_title_names_the_province(quota: Quota, tmp_path: Path, table: str, title: str) -> None:
    path = tmp_path / "audit.xlsx"
    assert quota("audit", table, "--limit", "3", "--lang", "vi", "--output", path).code == 0
    assert CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()[0][0] == title


def test_an_area_has_a_vietnamese_comma(quota: Quota, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    assert "344,63 km²" in quota("check", TABLE, "--lang", "vi").out
    assert "344.63 km²" in quota("check", TABLE, "--lang", "en").out


def test_what_is_unknown_is_named_in_vietnamese(quota: Quota) -> None:
    out = quota("compare", "hong bang", "thanh dong", "--lang", "vi").out
    assert "(miền núi)" in out
    assert "mountain" not in out


def test_a_form_of_no_province_tells_of_names_alone(quota: Quota, tmp_path: Path) -> None:
    run = quota("form", "staff", "--province", "TỈNH", "--lang", "vi", "--output", tmp_path / "form.xlsx")
    assert run.code == 2
    assert "ví dụ Huế" in run.err
    assert "--control-total" not in run.err
