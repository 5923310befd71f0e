"""The page "When one machine is not enough": its lines run, on Spark, and say what it says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from .conftest import Engine

ROOT = Path(__file__).parents[3]


def test_the_pages_spark_lines_run(
    pyspark: Engine, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    page = (ROOT / "docs" / "en" / "performance" / "cluster.md").read_text(encoding="utf-8")
    (code,) = re.findall(r"^```python\n(.*?)^```", page, re.DOTALL | re.MULTILINE)
    assert len(code.splitlines()) <= 10
    exec(compile(code, "cluster.md", "exec"), {})  # noqa: S102  (the page's own lines, to show that they run)
    printed = capsys.readouterr().out
    assert "|10507|     50307|            49|unknown|   NULL|" in printed
    assert printed.splitlines()[-1] == "4957"
    assert "It prints 4957" in page
