"""A page is written without the library that draws its pictures; the browser draws them then."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from quota.run import extras

Quota = Callable[..., Any]


@pytest.mark.parametrize("language", ["en", "vi"])
def test_without_the_library_the_page_says_that_the_browser_draws(
    quota: Quota, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, language: str
) -> None:
    monkeypatch.setattr(extras, "find_spec", lambda module: None if module == "vl_convert" else object())
    page = tmp_path / "report.html"
    assert quota("report", "hue", "--output", page, "--lang", language).code == 0
    text = page.read_text(encoding="utf-8")
    drawn = text.count('class="chart"')
    said = {"en": "The browser draws this picture", "vi": "Hình này do trình duyệt vẽ"}[language]
    assert drawn > 0
    assert text.count(said) == drawn
    assert text.count('<script type="application/json" id="spec-') == drawn


def test_with_the_library_the_pictures_stand_in_the_page(quota: Quota, tmp_path: Path) -> None:
    pytest.importorskip("vl_convert")
    page = tmp_path / "report.html"
    assert quota("report", "hue", "--output", page).code == 0
    text = page.read_text(encoding="utf-8")
    assert "The browser draws this picture" not in text
    assert text.count("<svg") >= text.count('class="chart"') > 0
