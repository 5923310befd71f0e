"""What a cell may say, on every engine: counts, types, and what is no count and no type."""

from __future__ import annotations

import polars as pl

import quota.bulk
from quota.bulk.reading import type_spellings
from quota.core.units import UnitType
from quota.tables.columns.cells import MAX_RESIDENTS, MAX_STAFF, CellReader
from quota.tables.columns.headings import understand
from quota.tables.files.raw import RawTable, Row

from .conftest import Engine
from .trials import BLOCS, CENTRAL, MANIFOLD, SCHEMA, frame_of, in_bulk, one_by_one, rule


def test_no_figure_is_made_from_a_count_that_is_none(engine: Engine) -> None:
    bad = [-1, MAX_RESIDENTS + 1, 2**31, 2**53 + 1, 2**63 - 1, -(2**63)]
    sound = {"type": "ward", "population": 20_000, "government": 34, "party": 17, "front": 8}
    rows = [{"code": "1", **sound, "population": number} for number in bad]
    rows += [{"code": "2", **sound, "government": number} for number in [*bad, MAX_STAFF + 1]]
    answers = in_bulk(engine, CENTRAL, pl.DataFrame(rows, schema=SCHEMA))
    for one in answers[: len(bad)]:
        assert one["problem"] == "population"
        assert one["government_low"] is one["total_low"] is one["government_surplus"] is None
        assert one["status"] == "unknown"
        assert one["below_minimum"] is False
    for one in answers[len(bad) :]:
        assert one["problem"] == "government"
        assert one["government_low"] == 34
        assert one["government_staff"] is one["government_surplus"] is one["total_surplus"] is None
        assert one["status"] == "unknown"


def test_every_unusable_cell_of_a_row_is_named(engine: Engine) -> None:
    table = pl.DataFrame({"type": ["?"], "population": [-1], "government": [-1], "party": [1], "front": [-1]})
    (row,) = in_bulk(engine, CENTRAL, table)
    assert row["problem"] == "type population government front"


def test_a_fraction_is_no_count(engine: Engine) -> None:
    values = [20_000.0, 20_000.5, -0.5, float("inf"), -1.0, 1e300, None]
    table = pl.DataFrame({"type": ["ward"] * len(values), "population": values})
    answers = in_bulk(engine, CENTRAL, table)
    assert [one["government_low"] for one in answers] == [34, None, None, None, None, None, None]
    assert [one["problem"] for one in answers] == [None, *["population"] * 5, None]


def test_text_is_digits_or_a_problem_as_in_a_file(engine: Engine) -> None:
    counts = ["20000", " 20000 ", "20000\r", "20000.0", " 20000.00"]
    others = [
        "20.000",
        "20,000",
        "2e4",
        "-20000",
        "+20000",
        "20000.5",
        "20000.000",
        "0x10",
        "２００００",
        "9" * 15,
        "9" * 30,
    ]
    others += ["1000001", "20000\n1", "unknown", "20000\u200b"]
    texts = [*counts, *others, " ", "", None]
    table = pl.DataFrame({"type": ["ward"] * len(texts), "population": texts})
    answers = in_bulk(engine, CENTRAL, table)
    assert [one["government_low"] for one in answers] == [34] * 5 + [None] * (len(others) + 3)
    assert [one["problem"] for one in answers] == [None] * 5 + ["population"] * len(others) + [None] * 3


def test_types_are_read_as_the_command_reads_them(engine: Engine) -> None:
    spellings = [(text, one) for one, texts in type_spellings().items() for text in texts]
    spellings += [("XÃ", UnitType.COMMUNE), (" Phường ", UnitType.WARD), ("ĐẶC KHU", UnitType.SPECIAL_ZONE)]
    not_types = ["", "huyện", "x ã", "wards", None]
    types = [text for text, _ in spellings] + not_types
    table = pl.DataFrame({"code": types, "type": types, "population": [50_000] * len(types)})
    rows = in_bulk(engine, MANIFOLD, table)
    by_type = {
        one: one_by_one(MANIFOLD, pl.DataFrame({"code": ["1"], "type": [one.value], "population": [50_000]}))[
            0
        ]
        for one in UnitType
    }
    for (text, unit_type), row in zip(spellings, rows, strict=False):
        assert row == by_type[unit_type], text
        table_of_one = RawTable("", ("type",), (Row(2, (text,)),))
        reader = CellReader(table_of_one, understand(table_of_one, ())[0])
        assert reader.type(table_of_one.rows[0]) is unit_type
    for row in rows[len(spellings) :]:
        assert row["problem"] == "type"
        assert row["government_low"] is row["total_high"] is None
        assert row["status"] == "unknown"


def test_narrow_columns_do_not_overflow(engine: Engine) -> None:
    dtypes = [pl.Int8, pl.Int16, pl.Int32, pl.Float32]
    if engine.name != "pyspark":  # which has no unsigned numbers
        dtypes += [pl.UInt8, pl.UInt16, pl.UInt32, pl.UInt64]
    frame = frame_of({bloc: rule(4_000, 50, 1, 0, "nearest") for bloc in BLOCS}, {}, {})
    for dtype in dtypes if engine.name != "dask" else dtypes[:2]:
        table = pl.DataFrame({"type": ["ward"], "population": pl.Series([120], dtype=dtype)})
        (row,) = in_bulk(engine, frame, table)
        assert row["party_low"] == 10_000


def test_a_column_of_categories_is_text() -> None:
    table = pl.DataFrame({"type": ["ward", "xã"], "population": [20_000, 20_000]})
    for dtype in (pl.Categorical, pl.Enum(["ward", "xã"])):
        answer = quota.bulk.audit(CENTRAL, table.with_columns(pl.col("type").cast(dtype)))
        assert answer["government_low"].to_list() == [34, 34]
    answer = quota.bulk.audit(CENTRAL, table.to_pandas().astype({"type": "category"}))
    assert answer["government_low"].tolist() == [34, 34]
