"""The tutorial can be followed, step by step, in each language: its commands run and print what it shows."""

from __future__ import annotations

import re
import shlex
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.docs.reference import DOCS
from tests.samples.make_tutorial import FOLDER, TABLES, write

Quota = Callable[..., Any]
_BLOCK = re.compile(r"^```(sh|text)\n(.*?)^```", re.DOTALL | re.MULTILINE)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_tutorial_can_be_followed(
    quota: Quota, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    pytest.importorskip("docx")
    pytest.importorskip("vl_convert")
    shutil.copytree(FOLDER, tmp_path / "docs" / "tutorial")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("QUOTA_LANG", language)
    text = (DOCS / language / "tutorial" / "first-report.md").read_text(encoding="utf-8")
    printed: list[str] = []
    for kind, block in _BLOCK.findall(text):
        if kind == "sh":
            run = quota(*shlex.split(block)[1:])
            assert run.code == (1 if " check " in block else 0), run.err
            printed = run.out.splitlines()
        elif "pip install" not in block:
            for line in block.splitlines():
                assert line in printed
    written = {"vi": ("ra-soat.xlsx", "bao-cao.docx"), "en": ("audit.xlsx", "report.docx")}[language]
    assert all((tmp_path / name).stat().st_size > 10_000 for name in written)


def cells(path: Path) -> list[tuple[object, ...]]:
    return list(load_workbook(path).worksheets[0].values)


def test_the_workbooks_are_those_that_their_script_makes(tmp_path: Path) -> None:
    write(tmp_path)
    for name in TABLES:
        assert cells(FOLDER / f"{name}.xlsx") == cells(tmp_path / f"{name}.xlsx")
