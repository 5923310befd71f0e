"""A cell is read alike by the audit, by Polars and by DuckDB: counts, types, and what is unknown."""

from __future__ import annotations

import csv
import random
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from quota import read_units
from quota.bulk.streaming import stream
from quota.core.problems import InputError
from tests.laws.often import LONG
from tests.unit.bulk.test_cells import AS_MANY
from tests.unit.bulk.trials import CENTRAL

COUNTS = (
    *("16000", " 16000", "-5", "", "x1", "016000", "1e4", "999999999", "0", "16 000", "09", "12 người", "-"),
    *("đang cập nhật", "37650 khẩu", "12 345 67"),
)
POINTED = (
    ("16.000", "27.812", "1.234.567", "113.250", "16.00"),
    ("16000.0", "16000.5", "2000.00", "16.000", "4.000"),
    ("16.000", "17.000"),
    ("16,000", "27,812", "4,000"),
)
"""Cells whose separator the column shows, or does not."""
TYPES = ("xã", "Phường", "P", "X", "ĐK", "dk", "p.", "special_zone", "đặc khu", "huyện", "", "WARD")


def _audited(path: Path, engine: str) -> list[dict[str, object]]:
    target = path.with_suffix(f".{engine}.parquet")
    stream(path, target, AS_MANY, as_of=date(2026, 1, 1), engine=engine, form=".parquet")
    return pl.read_parquet(target).to_dicts()


@pytest.mark.parametrize("pointed", POINTED)
def test_three_readers_read_each_row_alike(tmp_path: Path, pointed: tuple[str, ...]) -> None:
    """Generated rows: where one gives a figure all give it; where one cannot, none does and it is said."""
    rng = random.Random(18)
    cells = (*COUNTS, *pointed)
    size = 25_000 if LONG else 800
    path = tmp_path / "units.csv"
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(["", "code", "name", "type", "population", "government", "party", "front"])
        for n in range(size):
            counts = [rng.choice(cells) for _ in range(4)]
            writer.writerow([n, f"{10000 + n}", f"Đơn vị {n}", rng.choice(TYPES), *counts])
    table = read_units(path)
    wrong = {problem.row for problem in table.problems if problem.severity == "error"}
    units = {unit.origin.row: unit for unit in table.units if unit.origin is not None}
    polars, duckdb = _audited(path, "polars"), _audited(path, "duckdb")
    assert polars == duckdb
    assert len(polars) == size
    for number, row in enumerate(polars, start=2):
        unit = units.get(number)
        assert (row["problem"] is not None) == (number in wrong), row
        if unit is not None:
            staff = [row[f"{bloc}_staff"] for bloc in ("government", "party", "front")]
            assert staff == list(unit.staff), row
            assert row["government_low"] == unit.population, row


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
def test_headings_that_differ_in_capitals_are_refused_by_both(tmp_path: Path, engine: str) -> None:
    path = tmp_path / "units.csv"
    path.write_text("code,name,type,population,Code\n1,A,xã,9000,2\n", encoding="utf-8")
    with pytest.raises(InputError) as refused:
        stream(path, tmp_path / "o.csv", CENTRAL, as_of=date(2026, 1, 1), engine=engine, form=".csv")
    assert {problem.column for problem in refused.value.problems} == {"code", "Code"}


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
def test_columns_of_nothing_not_a_number_and_decimals(tmp_path: Path, engine: str) -> None:
    path, target = tmp_path / "units.parquet", tmp_path / "o.parquet"
    frame = pl.DataFrame(
        {
            "type": ["ward", "ward"],
            "population": [50307.0, float("nan")],
            "government": [None, None],
            "party": pl.Series(["17.00", "17.50"]).cast(pl.Decimal(10, 2)),
        }
    )
    frame.write_parquet(path)
    stream(path, target, CENTRAL, as_of=date(2026, 1, 1), engine=engine, form=".parquet")
    rows = pl.read_parquet(target).to_dicts()
    assert [row["government_low"] for row in rows] == [49, None]
    assert [row["government_staff"] for row in rows] == [None, None]
    assert [row["party_staff"] for row in rows] == [17, None]
    assert [row["problem"] for row in rows] == [None, "party"]
