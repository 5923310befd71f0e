"""What a frame asks beside residents: on every engine what the audit of the same file gives, cell by cell."""

from __future__ import annotations

import unicodedata
from pathlib import Path
from typing import Any

import pandas as pd
import polars as pl
import pytest

import quota.bulk
from quota.analysis.audit.auditing import audit_unit
from quota.bulk import worlds
from quota.core.problems import InputError
from quota.core.units import Unit
from quota.norms.granting import Assumption
from quota.norms.loading import load_frame
from quota.norms.schema import Frame
from quota.tables.readers.units.population import read_units
from tests.grants import HEAD
from tests.laws.often import LONG

from .conftest import ENGINES, plain, quick_engine
from .trials import audited_with_unknown

NAMES = ENGINES if LONG else ("polars", "pandas-object", "duckdb")
"""All of them where the long laws are asked for."""
OPENING = (
    HEAD
    + """\
blocs:
  government:
    base: 32
"""
)
OTHERS = """\
    source: law
  party: {range: [17, 20], source: law}
  front: {range: [8, 10], source: law}
"""


def frame_of(folder: Path, rule: str) -> Frame:
    path = folder / "ours.yaml"
    lines = "".join(f"    {line}\n" for line in rule.splitlines())
    path.write_text(OPENING + lines + OTHERS, encoding="utf-8")
    return load_frame(path)


def supplement(*whens: str) -> str:
    """A supplement for each condition, of 1, 2, 4 … posts, so that every set of them has its own sum."""
    lines = [f"  - {{posts: {2**place}, when: {when}}}" for place, when in enumerate(whens)]
    return "supplement:\n" + "\n".join(lines)


def area(size: int = 10) -> str:
    return f"increment: {{posts: 1, counts: area_km2, per: {size}, above: 0, rounding: down}}"


def read(folder: Path, heading: str, cells: list[str], more: dict[str, str] | None = None) -> list[Unit]:
    """The units of a file with these cells under a heading, as the program reads a file."""
    columns = {"code": "", "name": "", "type": "xã", "population": "20000", **(more or {})}
    lines = [",".join([*columns, heading])]
    for place, cell in enumerate(cells):
        row = {**columns, "code": f"{10_000 + place}", "name": f"Xã {place}"}
        lines.append(",".join([*row.values(), f'"{cell}"']))
    path = folder / "units.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return list(read_units(path).units)


def table_of(heading: str, cells: list[Any], dtype: Any = pl.String) -> pl.DataFrame:
    count = len(cells)
    return pl.DataFrame(
        {
            "code": [f"{10_000 + place}" for place in range(count)],
            "type": ["xã"] * count,
            "population": [20_000] * count,
            heading: pl.Series(cells, dtype=dtype),
        }
    )


def rows_of(name: str, frame: Frame, table: pl.DataFrame, **options: Any) -> list[dict[str, Any]]:
    engine = quick_engine(name)
    return plain(engine.rows(quota.bulk.audit(frame, engine.make(table), **options)))


AREAS = {
    "as programs write": [
        "12.25",
        "9.999",
        "10",
        "1114",
        "2000",
        "2001",
        "-",
        "",
        "…",
        "12 ha",
        "0",
        "0.5",
        "x",
    ],
    "with decimal commas": ["12,25", "9,999", "10", "1.114,5", "1,5", "-", "", "1114"],
    "with thousands": ["1,114.5", "9.75", "999.125", ""],
    "three decimals each": ["12.253", "99.999", "100.001", ""],
    "three decimals after commas": ["12,253", "99,999", "100,001", ""],
    "nobody knows": ["1.253", "1.999", "2.000", ""],
}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("cells", AREAS.values(), ids=AREAS)
def test_an_area_is_read_as_in_a_file(tmp_path: Path, name: str, cells: list[str]) -> None:
    frame = frame_of(tmp_path, area())
    expected = audited_with_unknown(frame, read(tmp_path, "area_km2", cells))
    found = rows_of(name, frame, table_of("area_km2", cells), look=True)
    assert [row["government_low"] for row in found] == [row["government_low"] for row in expected]
    said = [row["problem"] is not None for row in found]
    unread = [row["government_low"] is None for row in expected]
    blank = [cell in ("", "-", "…") for cell in cells]
    assert said == [nothing and not empty for nothing, empty in zip(unread, blank, strict=True)]


WORDS = {
    "unit_class": (["I", "ii", "3", "", "IV", "III"], ["{unit_class: I}", "{unit_class: [II, III]}"]),
    "province_class": (
        ["thành phố", "MIỀN NÚI", "other", "", "?", "biên-giới", "Thành  phố trực thuộc trung ương", "khác"],
        ["{province_class: central_city}", "{province_class: [mountain_or_border]}"],
    ),
    "province": (
        [
            "Huế",
            "thành phố Huế",
            "TP. Huế",
            "tp hue",
            "Hà Nội",
            "Nơi khác",
            "",
            "Cà Mau",
            "Tỉnh Cà Mau",
            "46",
        ],
        ["{province: Huế}", "{province: [Cà Mau, Nơi khác]}"],
    ),
    "Vùng": (
        ["Một", "một", unicodedata.normalize("NFD", "Một"), "Hai", "", "  Hai "],
        ["{columns: {Vùng: Một}}", "{columns: {Vùng: [Hai, Ba]}}"],
    ),
    "Số thôn": (
        ["12", "12.5", "30", "29.999999", "", "x", "1.234"],
        ["{columns: {Số thôn: {from: 30}}}", "{columns: {Số thôn: {above: 12, below: 30}}}"],
    ),
}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("heading", WORDS)
def test_a_condition_on_a_column_is_judged_as_in_a_file(tmp_path: Path, name: str, heading: str) -> None:
    cells, whens = WORDS[heading]
    frame = frame_of(tmp_path, supplement(*whens))
    expected = audited_with_unknown(frame, read(tmp_path, heading, cells))
    found = rows_of(name, frame, table_of(heading, cells), look=True)
    assert [{key: row[key] for key in expected[0]} for row in found] == expected


SHARES = {
    "per cents": (["62%", "30 %", "29,5%", "100%", "", "101%"], "minority_share"),
    "a heading with the sign": (["62", "30", "29.5", "1", "", "0"], "minority_share (%)"),
    "numbers above two": (["62", "30", "29,99", "1", "", "0"], "minority_share"),
    "parts of one": (["0.62", "0.3", "0,299999", "1", "", "0"], "minority_share"),
    "nothing shows it": (["1", "0", ""], "minority_share"),
    "some are marked": (["1", "0", "", "30%", "0.4", "29%"], "minority_share"),
}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(("cells", "heading"), SHARES.values(), ids=SHARES)
def test_a_share_is_read_as_in_a_file(tmp_path: Path, name: str, cells: list[str], heading: str) -> None:
    frame = frame_of(tmp_path, supplement("{minority_percent: {from: 30}}"))
    expected = audited_with_unknown(frame, read(tmp_path, heading, cells))
    found = rows_of(name, frame, table_of(heading, cells), look=True)
    for row, wanted in zip(found, expected, strict=True):
        assert {key: row[key] for key in wanted} == wanted, row


@pytest.mark.parametrize("name", NAMES)
def test_units_are_found_by_their_codes_with_or_without_zeros_in_front(tmp_path: Path, name: str) -> None:
    frame = frame_of(tmp_path, supplement("{unit: ['00004', '10001']}"))
    table = pl.DataFrame({"code": ["00004", "4", "10001", "1", None], "type": "xã", "population": 20_000})
    assert [row["government_low"] for row in rows_of(name, frame, table)] == [33, 33, 33, 32, 32]
    numbers = table.with_columns(code=pl.Series([4, 4, 10_001, 1, 2]))
    assert [row["government_low"] for row in rows_of(name, frame, numbers)] == [33, 33, 33, 32, 32]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    ("heading", "cells", "dtype", "rule", "posts"),
    [
        ("area_km2", [9.999999, 10.0, None, 12.3, 2_000.5], pl.Float64, area(), [32, 33, None, 33, None]),
        ("area_km2", [9, 10, 0, 2_000, 3_000], pl.Int16, area(), [32, 33, 32, 232, None]),
        (
            "Thôn",
            [9.5, 12.0, None, -1.0],
            pl.Float64,
            supplement("{columns: {Thôn: {from: 12}}}"),
            [32, 33, 32, 32],
        ),
        ("unit_class", [1, 2, 3, 4], pl.Int8, supplement("{unit_class: II}"), [32, 33, 32, 32]),
        (
            "minority_share",
            [0.3, 0.29, 1.0, None],
            pl.Float64,
            supplement("{minority_percent: {from: 30}}"),
            [33, 32, 33, 32],
        ),
        (
            "minority_share",
            [30.0, 29.0, 1.0, 100.0],
            pl.Float64,
            supplement("{minority_percent: {from: 30}}"),
            [33, 32, 32, 33],
        ),
        ("minority_share", [1.0, 0.0], pl.Float64, supplement("{minority_percent: {from: 30}}"), [32, 32]),
    ],
)
def test_columns_of_numbers(
    tmp_path: Path, name: str, heading: str, cells: list[Any], dtype: Any, rule: str, posts: list[int | None]
) -> None:
    found = rows_of(name, frame_of(tmp_path, rule), table_of(heading, cells, dtype), look=True)
    assert [row["government_low"] for row in found] == posts


def test_decimal_numbers_of_duckdb_are_areas_too(tmp_path: Path) -> None:
    import duckdb

    table = duckdb.sql("SELECT 'xã' AS type, 20000 AS population, CAST(12.25 AS DECIMAL(9, 2)) AS area_km2")
    found = quota.bulk.audit(frame_of(tmp_path, area()), table).to_arrow_table().to_pylist()
    assert [row["government_low"] for row in found] == [33]


def test_of_a_lazy_table_that_was_not_looked_through_only_what_is_clear_is_read(tmp_path: Path) -> None:
    cells = ["12.25", "12,25", "1.234", "30"]
    found = rows_of("polars-lazy", frame_of(tmp_path, area()), table_of("area_km2", cells))
    assert [row["government_low"] for row in found] == [33, None, None, 35]
    assert [row["problem"] for row in found] == [None, "area_km2", "area_km2", None]
    shares = frame_of(tmp_path, supplement("{minority_percent: {from: 30}}"))
    found = rows_of("polars-lazy", shares, table_of("minority_share", ["40%", "40"]))
    assert [(row["government_low"], row["problem"]) for row in found] == [(33, None), (32, "minority_share")]
    found = rows_of("polars-lazy", shares, table_of("minority_share", [40.0, 0.5], pl.Float64))
    assert [row["unknown_columns"] for row in found] == ["minority_percent"] * 2


def test_a_unit_without_a_number_that_is_counted_has_no_quota_whatever_else_holds(tmp_path: Path) -> None:
    """Only wards count their area; a commune needs none."""
    rule = (
        "increment: {posts: 1, counts: area_km2, per: 10, above: 0, rounding: down, when: {mountain: true}}"
    )
    frame = frame_of(tmp_path, rule)
    table = table_of("area_km2", [None, "30"]).with_columns(mountain=pl.lit("no"))
    for name in NAMES:
        found = rows_of(name, frame, table)
        assert [row["government_low"] for row in found] == [None, 32], name
        assert [row["status"] for row in found] == ["unknown", "unknown"], name


@pytest.mark.parametrize(
    ("table", "code", "said"),
    [
        (pl.DataFrame({"type": ["xã"], "population": [1]}), "missing-column", "the frame counts area_km2"),
        (table_of("Diện tích (ha)", ["12"]), "unit-of-measure", "square kilometres are read here"),
        (table_of("area_km2", [True], pl.Boolean), "wrong-column-type", "a column of Boolean values"),
    ],
)
def test_a_table_that_cannot_be_counted_is_refused(
    tmp_path: Path, table: pl.DataFrame, code: str, said: str
) -> None:
    with pytest.raises(InputError, match=said) as refused:
        quota.bulk.audit(frame_of(tmp_path, area()), table)
    assert [problem.code for problem in refused.value.problems] == [code]


def test_a_word_is_asked_of_no_column_of_fractions(tmp_path: Path) -> None:
    frame = frame_of(tmp_path, supplement("{columns: {Vùng: Một}}"))
    with pytest.raises(InputError, match="a column of Float64 values") as refused:
        quota.bulk.audit(frame, table_of("Vùng", [1.5], pl.Float64))
    assert [str(problem.fix) for problem in refused.value.problems] == ["make it text"]
    (row,) = quota.bulk.audit(frame, pl.DataFrame({"type": ["xã"], "population": [1]})).to_dicts()
    assert (row["government_low"], row["unknown_columns"]) == (32, "table:Vùng")


def test_more_possibilities_than_are_counted_are_refused_by_the_columns_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worlds, "MOST_NODES", 3)
    frame = frame_of(tmp_path, supplement("{mountain: true}", "{island: true}"))
    table = pl.DataFrame({"type": ["xã"], "population": [1]})
    with pytest.raises(InputError, match="mountain, island may be 4 different things together") as refused:
        quota.bulk.audit(frame, table)
    assert [problem.code for problem in refused.value.problems] == ["too-many"]
    settled = frame.assuming({"mountain": Assumption.NO, "island": Assumption.NO})
    assert quota.bulk.audit(settled, table)["government_low"].to_list() == [32]
    unit = read(tmp_path, "mountain", [""])[0]
    assert audit_unit(unit, frame).quota is not None


def test_pandas_objects_of_words(tmp_path: Path) -> None:
    frame = frame_of(tmp_path, supplement("{province: Huế}"))
    table = pd.DataFrame(
        {"type": ["xã"] * 2, "population": [1, 2], "province": ["Huế", None]}, dtype="object"
    )
    with pytest.raises(InputError):  # residents of objects are refused first, as ever
        quota.bulk.audit(frame, table)
    found = quota.bulk.audit(frame, table.assign(population=[1, 2]))
    assert found["government_low"].tolist() == [33, 32]
