"""What a cell may say, on every engine: counts, types, and what is no count and no type."""

from __future__ import annotations

import random
import unicodedata

import polars as pl

import quota.bulk
from quota.bulk.reading import type_spellings
from quota.core.problems import Severity
from quota.core.units import UnitType
from quota.tables.columns.cells import MAX_RESIDENTS, MAX_STAFF, CellReader
from quota.tables.columns.headings import understand
from quota.tables.files.raw import RawTable, Row
from tests.laws.often import LONG

from .conftest import CLUSTERS, Engine
from .trials import BLOCS, CENTRAL, MANIFOLD, SCHEMA, frame_of, in_bulk, one_by_one, rule

AS_MANY = frame_of({"government": rule(0, 1, 1, 0, "down"), "party": rule(0), "front": rule(0)}, {}, {})
"""A frame that grants as many posts as there are residents: each figure can be seen."""
ANYWHERE = [
    *(
        "20000",
        "0",
        " 16000 ",
        "16000\t",
        "\u00a016000",
        "",
        " ",
        "\u00a0",
        "-",
        "…",
        "?",
        "..",
        "n/a",
        "N/A",
    ),
    *(
        "đang cập nhật",
        "Chưa có số liệu",
        unicodedata.normalize("NFD", "chưa rõ"),
        "16 000",
        "16\u00a0000",
        "1 234",
    ),
    *("12 345 67", "1 2345", "1 000 000", "1 000 001", "37650 người", "45 người", "9 Khẩu", "37650người."),
    *(
        unicodedata.normalize("NFD", "51 người"),
        "50 hộ",
        "x1",
        "-5",
        "+5",
        "1e4",
        "016000",
        "09",
        "00",
        "9" * 15,
    ),
    *(
        "9" * 30,
        "0x10",
        "１６",
        "20000\n1",
        "unknown",
        "20000\u200b",
        "5001",
        "5000",
        "12 người 5",
        "nghìn người",
    ),
    *("người", "5 nghìn người", "-5 người", "1 234 người", "0 người"),
]
"""Cells that say the same, or nothing, in every column."""
CONVENTIONS = [
    ["16.000", "27.812", "1.234.567", "113.250 người", "16.00", "0.123", "16.0000", "1.000"],
    ["16,000", "27,812", "1,234,567", "113,250 người", "16,00", "0,123", "16,0000"],
    ["16000.0", "2000.00", "16.5", "16000.000", "1,234.0", "4.000", "45.0 người", "12 345.00"],
    ["16000,0", "2000,00", "16,5", "16000,000", "1.234,0", "4,000", "12 345,00"],
    ["16.000", "17.000"],
    ["16,000", "17,000 người"],
]
"""Cells of which the separators are to be told from the column."""


def test_no_figure_is_made_from_a_count_that_is_none(engine: Engine) -> None:
    bad = [-1, MAX_RESIDENTS + 1, 2**31, 2**53 + 1, 2**63 - 1, -(2**63)]
    sound = {"type": "ward", "population": 20_000, "government": 34, "party": 17, "front": 8}
    rows = [{"code": "1", **sound, "population": number} for number in bad]
    rows += [{"code": "2", **sound, "government": number} for number in [*bad, MAX_STAFF + 1]]
    answers = in_bulk(engine, CENTRAL, pl.DataFrame(rows, schema=SCHEMA))
    for answer in answers[: len(bad)]:
        assert answer["problem"] == "population"
        assert answer["government_low"] is answer["total_low"] is answer["government_surplus"] is None
        assert answer["status"] == "unknown"
        assert answer["below_minimum"] is False
    for row in answers[len(bad) :]:
        assert row["problem"] == "government"
        assert row["government_low"] == 34
        assert row["government_staff"] is row["government_surplus"] is row["total_surplus"] is None
        assert row["status"] == "unknown"


def test_every_unusable_cell_of_a_row_is_named(engine: Engine) -> None:
    table = pl.DataFrame({"type": ["?"], "population": [-1], "government": [-1], "party": [1], "front": [-1]})
    (row,) = in_bulk(engine, CENTRAL, table)
    assert row["problem"] == "type population government front"


def test_a_fraction_is_no_count(engine: Engine) -> None:
    values = [20_000.0, 20_000.5, -0.5, float("inf"), -1.0, 1e300, None]
    table = pl.DataFrame({"type": ["ward"] * len(values), "population": values})
    answers = in_bulk(engine, CENTRAL, table)
    assert [answer["government_low"] for answer in answers] == [34, None, None, None, None, None, None]
    assert [answer["problem"] for answer in answers] == [None, *["population"] * 5, None]


def _columns(seed: int) -> dict[str, list[str]]:
    """A column of residents and three of staff, of cells as they are kept, in one convention or several."""
    rng = random.Random(seed)
    columns = {}
    for column in ("population", *BLOCS):
        cells = rng.sample(ANYWHERE, 12)
        for pool in rng.sample(CONVENTIONS, rng.choice((0, 1, 1, 1, 2))):
            cells += rng.sample(pool, rng.randint(1, len(pool)))
        rng.shuffle(cells)
        columns[column] = (cells + [""] * 30)[:30]
    return columns


def _read_by_the_audit(columns: dict[str, list[str]]) -> list[tuple[object, ...]]:
    """What the audit makes of each row: residents, staff by bloc, and the columns whose cell is at fault."""
    rows = tuple(Row(place, cells) for place, cells in enumerate(zip(*columns.values(), strict=True)))
    table = RawTable("", tuple(columns), rows)
    reader = CellReader(table, understand(table, ())[0])
    residents = reader.counts("population", MAX_RESIDENTS)
    staff = [reader.counts(bloc, MAX_STAFF) for bloc in BLOCS]
    wrong = {
        (problem.row, problem.column) for problem in reader.problems if problem.severity is Severity.ERROR
    }
    at_fault = [
        " ".join(name for name in columns if (place, name) in wrong) or None for place in range(len(rows))
    ]
    return list(zip(residents, *staff, at_fault, strict=True))


def test_a_cell_of_text_is_what_the_audit_reads(engine: Engine) -> None:
    """Tables of four columns; a cluster takes a second to each."""
    for seed in range(400 if LONG else 1 if engine.name in CLUSTERS else 3):
        columns = _columns(seed)
        table = pl.DataFrame({"type": ["ward"] * 30, **columns})
        answers = in_bulk(engine, AS_MANY, table, look=True)
        kept = ("government_low", *(f"{bloc}_staff" for bloc in BLOCS), "problem")
        found = [tuple(row[key] for key in kept) for row in answers]
        assert found == _read_by_the_audit(columns), seed


def test_a_lazy_table_that_is_not_looked_through_guesses_nothing(engine: Engine) -> None:
    cells = ["20000", "27.812", "16.000", "16 000", "9 người", "-", ""]
    table = pl.DataFrame({"type": ["ward"] * len(cells), "population": cells})
    answers = in_bulk(engine, AS_MANY, table)
    is_lazy = engine.name in ("polars-lazy", "duckdb", "dask", "pyspark")
    pointed = [(None, "population")] * 2 if is_lazy else [(27_812, None), (16_000, None)]
    spaced = [(16_000, None), (9, None), (None, None), (None, None)]
    assert [(row["government_low"], row["problem"]) for row in answers] == [(20_000, None), *pointed, *spaced]


def test_types_are_read_as_the_command_reads_them(engine: Engine) -> None:
    spellings = [(text, kind) for kind, texts in type_spellings().items() for text in texts]
    spellings += [("XÃ", UnitType.COMMUNE), (" Phường ", UnitType.WARD), ("ĐẶC KHU", UnitType.SPECIAL_ZONE)]
    not_types = ["", "huyện", "x ã", "wards", None]
    types = [text for text, _ in spellings] + not_types
    table = pl.DataFrame({"code": types, "type": types, "population": [50_000] * len(types)})
    rows = in_bulk(engine, MANIFOLD, table)
    by_type = {
        kind: one_by_one(
            MANIFOLD, pl.DataFrame({"code": ["1"], "type": [kind.value], "population": [50_000]})
        )[0]
        for kind in UnitType
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
