"""A page needs nothing of the extra `report`: it is the same page without the library that makes PNGs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from quota.run import extras

Quota = Callable[..., Any]


@pytest.mark.parametrize("language", ["en", "vi"])
def test_the_pictures_stand_in_the_page_whatever_is_installed(
    quota: Quota, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, language: str
) -> None:
    pages = [tmp_path / name / "report.html" for name in ("with", "without")]
    for page, hidden in zip(pages, (None, "vl_convert"), strict=True):
        page.parent.mkdir()
        monkeypatch.setattr(
            extras, "find_spec", lambda module, hidden=hidden: None if module == hidden else object()
        )
        assert quota("report", "hue", "--output", page, "--lang", language).code == 0
    text = pages[0].read_text(encoding="utf-8")
    drawn = text.count('class="chart"')
    assert drawn > 0
    assert text.count('<svg xmlns="http://www.w3.org/2000/svg" class="marks"') == drawn
    assert text.count('<script type="application/json" id="spec-') == drawn
    assert pages[1].read_bytes() == pages[0].read_bytes()
