"""The examples in each command's help: there are two at least, and every one of them runs."""

from __future__ import annotations

import csv
import shlex
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from quota.cli.examples import EXAMPLES
from tests.commands import LEAVES
from tests.laws.province import RECORDED, write_province

Quota = Callable[..., Any]
LINES = [(words, typed) for words, told in EXAMPLES.items() for _, typed in told]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The files that the examples name, of which a department has most of its own."""
    monkeypatch.chdir(tmp_path)
    write_province(tmp_path)
    return tmp_path


def make(quota: Quota, folder: Path) -> None:
    """What the program makes of them: a plan, of which one row is done, and the record of a run."""
    for made in ("plan units.csv --staff staff.csv -o plan.csv", shlex.join(RECORDED)):
        assert quota(*shlex.split(made)).code == 0
    with (folder / "plan.csv").open(encoding="utf-8") as lines:
        rows = [row for row in csv.DictReader(lines) if row["stage"]]
    with (folder / "done.csv").open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, rows[0])
        writer.writeheader()
        writer.writerow(rows[0])


def test_every_command_has_two_examples() -> None:
    assert EXAMPLES.keys() == LEAVES.keys()
    assert all(len(told) >= 2 for told in EXAMPLES.values())


@pytest.mark.parametrize(("words", "typed"), LINES)
def test_every_example_runs(quota: Quota, folder: Path, words: str, typed: str) -> None:
    if "plan.csv" in typed or "manifest.json" in typed:
        make(quota, folder)
    run = quota(*words.split(), *shlex.split(typed))
    assert run.code in (0, 1), run.err
    assert run.out or "-o" in shlex.split(typed) or "--output" in typed or words == "bulk"


def test_help_shows_them_whole_however_narrow_the_screen(
    quota: Quota, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    for language, heading in (("en", "Examples:"), ("vi", "Ví dụ:")):
        run = quota("path", "--help", "--lang", language)
        assert heading in run.out
        for _, typed in EXAMPLES["path"]:
            assert f"    quota path {typed}\n" in run.out
