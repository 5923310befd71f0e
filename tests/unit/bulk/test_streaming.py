"""What is wrong with a file or the system under it is a problem of the file; a fault of ours is not."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from quota.bulk import streaming
from quota.bulk.streaming import stream
from quota.core.problems import InputError, Problem

from .trials import CENTRAL

DAY = date(2026, 1, 1)
ENGINES = ["polars", "duckdb"]


def written(folder: Path, text: str) -> Path:
    source = folder / "in.csv"
    source.write_text(text, encoding="utf-8")
    return source


def refused(source: Path, engine: str = "polars") -> Problem:
    with pytest.raises(InputError) as found:
        stream(source, source.with_name("out.csv"), CENTRAL, as_of=DAY, engine=engine, form=".csv")
    (problem,) = found.value.problems
    assert problem.file == str(source)
    return problem


@pytest.mark.parametrize("engine", ENGINES)
def test_a_quote_that_never_closes_is_an_error_of_its_row(tmp_path: Path, engine: str) -> None:
    source = written(tmp_path, 'type,population\nward,20000\n"ward,20000\nward,20000\nward,20000\n')
    problem = refused(source, engine)
    assert problem.row in (None, 3)
    assert problem.code in {"unclosed-quote", "unreadable"}


@pytest.mark.parametrize("engine", ENGINES)
def test_a_text_of_two_lines_is_one_row(tmp_path: Path, engine: str) -> None:
    source = written(tmp_path, 'type,population,note\nward,20000,"two\nlines"\nward,20000,\n')
    target = tmp_path / "out.csv"
    done = stream(source, target, CENTRAL, as_of=DAY, engine=engine, form=".csv")
    assert (done.rows, done.low) == (2, 2 * (34 + 17 + 8))


def test_a_field_longer_than_python_reads_is_said_to_be_no_csv(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: Any) -> None:
        raise csv.Error("field larger than field limit (131072)")

    monkeypatch.setattr(streaming, "with_polars", fails)
    problem = refused(written(tmp_path, "type,population\nward,20000\n"))
    assert problem.code == "not-csv"
    assert "field larger" in str(problem.message)


def test_what_the_system_refuses_is_said_in_its_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(streaming, "with_polars", full)
    problem = refused(written(tmp_path, "type,population\nward,20000\n"))
    assert (problem.code, str(problem.message)) == (
        "unreadable",
        "cannot be read: No space left on device",
    )


def test_a_fault_of_the_program_is_not_called_one_of_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def wrong(*_: Any) -> None:
        raise ZeroDivisionError("ours")

    monkeypatch.setattr(streaming, "with_polars", wrong)
    with pytest.raises(ZeroDivisionError, match="ours"):
        stream(
            written(tmp_path, "type,population\nward,20000\n"),
            tmp_path / "out.csv",
            CENTRAL,
            as_of=DAY,
            engine="polars",
            form=".csv",
        )
