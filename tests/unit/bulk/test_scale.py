"""Residents that are thousands though nothing says so are not counted as people in bulk either."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from quota.bulk.scale import refuse_few_residents
from quota.bulk.streaming import stream
from quota.core.problems import InputError
from quota.tables.columns.scale import LEAST_RESIDENTS

from .trials import CENTRAL

BLOCS = CENTRAL.summary().blocs
DAY = date(2026, 1, 1)
UNITS = {"00004": "ward", "00008": "ward", "00070": "commune"}
FEW = [[code, kind, LEAST_RESIDENTS - 1] for code, kind in UNITS.items()]


def written(folder: Path, rows: list[list[object]], heading: str = "code,type,population") -> Path:
    source = folder / "in.csv"
    source.write_text("\n".join([heading, *(",".join(map(str, row)) for row in rows)]) + "\n", "utf-8")
    return source


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
def test_thousands_that_nothing_says_are_refused(tmp_path: Path, engine: str) -> None:
    source, target = written(tmp_path, FEW), tmp_path / "out.csv"
    with pytest.raises(InputError) as refused:
        stream(source, target, CENTRAL, as_of=DAY, engine=engine, form=".csv")
    (problem,) = refused.value.problems
    assert (problem.code, problem.file, problem.column) == ("few-residents", str(source), "population")
    assert not target.exists()


def test_so_are_those_of_a_parquet_file_whose_codes_lost_their_zeros(tmp_path: Path) -> None:
    source = tmp_path / "in.parquet"
    rows = [[int(str(code)), kind, residents] for code, kind, residents in FEW]
    pl.DataFrame(rows, schema=["code", "type", "population"], orient="row").write_parquet(source)
    with pytest.raises(InputError, match="may be thousands"):
        refuse_few_residents(source, BLOCS)


@pytest.mark.parametrize(
    ("rows", "heading"),
    [
        ([*FEW[:2], ["00070", "commune", LEAST_RESIDENTS]], "code,type,population"),
        (FEW[:2], "code,type,population"),
        ([*FEW[:2], ["00070", "special_zone", 83]], "code,type,population"),
        ([*FEW[:2], ["00070", "commune", ""]], "code,type,population"),
        (FEW, "code,type,Dân số (người)"),
        (FEW, "key,type,population"),
        (FEW, "code,type,people in post"),
        ([*FEW, *(["x", "ward", 50] for _ in FEW)], "code,type,population"),
    ],
    ids=[
        "a unit of people",
        "two units",
        "a special zone",
        "an unknown",
        "people",
        "no codes",
        "no residents",
        "others",
    ],
)
def test_other_files_are_left_to_the_audit(tmp_path: Path, rows: list[list[object]], heading: str) -> None:
    refuse_few_residents(written(tmp_path, rows, heading), BLOCS)
