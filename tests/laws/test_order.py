"""The order of rows never matters: every command says the same of its tables with their rows in any order."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.commands import FORMLESS
from tests.laws.often import often
from tests.laws.province import RUNS, in_folder, write_province
from tests.laws.tables import LINES, Line, table_of
from tests.laws.test_command_line import Ended, ran
from tests.laws.test_forms import FIRST

PLACED = ("sha256", "row", "origin")
"""What says where a row stood, or which bytes it stood in."""
SENTENCES = ("message", "fix")
RUNS_OF_TABLES = [
    pytest.param(arguments, id=f"{words} {number}")
    for words, runs in RUNS.items()
    for number, arguments in enumerate(runs)
    if words not in FORMLESS  # read shows the first figures of columns, in the order of the rows
    and not words.startswith(("rules s", "rules c", "rules l", "data", "verify", "read"))
]


def canonical(value: Any) -> Any:
    """The same without places, and with lists, also those in a message, in an order of their own."""
    if isinstance(value, dict):
        return {
            key: sorted(re.findall(r"\w+", str(inner))) if key in SENTENCES else canonical(inner)
            for key, inner in value.items()
            if key not in PLACED
        }
    if isinstance(value, list):
        return sorted(map(canonical, value), key=lambda item: json.dumps(item, sort_keys=True))
    return value


def tables(folder: Path) -> list[Path]:
    return sorted(path for path in folder.glob("*.csv") if path.name != "columns.csv")


@pytest.fixture
def as_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]) -> Ended:
    """The run over the province's tables as they are."""
    monkeypatch.chdir(tmp_path)
    write_province(tmp_path)
    (tmp_path / "out").mkdir()
    return ran(in_json(arguments, tmp_path))


def in_json(arguments: tuple[str, ...], folder: Path) -> list[str]:
    return [*in_folder(arguments, folder / "out"), "--format", "json"]


@pytest.mark.parametrize("arguments", RUNS_OF_TABLES)
@often(2, long=150)
@given(random=st.randoms(use_true_random=False))
def test_rows_in_any_order_are_the_same_table(
    tmp_path: Path, as_written: Ended, arguments: tuple[str, ...], random: Any
) -> None:
    write_province(tmp_path)
    for path in tables(tmp_path):
        header, *rows = csv.reader(io.StringIO(path.read_text(encoding="utf-8")))
        random.shuffle(rows)
        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerows([header, *rows])
        path.write_text(text.getvalue(), encoding="utf-8")
    shuffled = ran(in_json(arguments, tmp_path))
    assert shuffled.code == as_written.code
    assert canonical(json.loads(shuffled.out)) == canonical(json.loads(as_written.out))


ANY = [
    ("audit", "units.csv"),
    ("audit", "units.csv", "--sort", "shortfall", "--limit", "2"),
    ("rank", "units.csv", "--by", "surplus", "--group-by", "size"),
    ("rank", "units.csv", "--by", "density", "--limit", "1"),
    ("sensitivity", "units.csv", "--vary", "front.range.high=9,12"),
    ("borderline", "units.csv", "--within", "900"),
    ("compare", "--peers", FIRST.code, "--k", "2", "--population", "units.csv"),
    ("changes", "units.csv", "other.csv"),
    ("plan", "units.csv"),
    ("check", "units.csv"),
]


@pytest.mark.parametrize("arguments", ANY, ids=" ".join)
@often(3, long=250)
@given(lines=LINES, random=st.randoms(use_true_random=False))
def test_any_table_in_any_order_says_the_same(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[str, ...],
    lines: list[Line],
    random: Any,
) -> None:
    monkeypatch.chdir(tmp_path)
    every = [FIRST, *(line for line in lines if line.code != FIRST.code)]
    other = [replace(line, population=(line.population or 0) + 1_500) for line in every]
    asked = [*arguments, *(() if arguments[0] == "check" else ("--as-of", "2026-11-22")), "--format", "json"]
    answers = []
    for _ in range(2):
        (tmp_path / "units.csv").write_text(table_of(every), encoding="utf-8")
        (tmp_path / "other.csv").write_text(table_of(other), encoding="utf-8")
        answers.append(ran(asked))
        random.shuffle(every)
        random.shuffle(other)
    assert answers[0].code == answers[1].code, answers
    in_order, shuffled = (
        canonical(json.loads(answer.out)) if answer.out else answer.code for answer in answers
    )
    assert in_order == shuffled
