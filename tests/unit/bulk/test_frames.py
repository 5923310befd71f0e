"""One unit at a time and a whole table at once say the same, on every engine."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import quota.bulk
from quota.analysis.auditing import audit_unit, totals
from quota.bulk.frames import ADDED
from quota.bulk.reading import type_spellings
from quota.core.blocs import Bloc, ByBloc
from quota.core.problems import InputError
from quota.core.results import AuditReport
from quota.core.units import Unit, UnitType
from quota.norms.loading import load_frame
from quota.norms.schema import Frame
from quota.render.audit_rows import audit_rows
from quota.tables.cells import MAX_RESIDENTS, MAX_STAFF, CellReader
from quota.tables.headers import understand
from quota.tables.raw import RawTable, Row

from .conftest import ENGINES, Engine, plain, quick_engine

ROOT = Path(__file__).parents[3]
CENTRAL = load_frame("central-2025")
BLOCS = [bloc.value for bloc in Bloc]
COUNTS = {"population": pl.Int64, **dict.fromkeys(BLOCS, pl.Int64)}
SCHEMA = {"code": pl.String, "type": pl.String, **COUNTS}


def frame_of(blocs: dict[str, Any], by_type: dict[str, Any], minimum: dict[str, int]) -> Frame:
    words = {"vi": "thử", "en": "trial"}
    return Frame.model_validate(
        {
            "kind": "frame",
            "id": "trial",
            "title": words,
            "status": "draft",
            "reading": words,
            "effective": {"from": CENTRAL.effective.from_},
            "sources": {"ours": {"title": "t", "publisher": "p", "date": CENTRAL.effective.from_}},
            "minimum_population": {**minimum, "source": "ours"} if minimum else None,
            "blocs": blocs,
            "unit_types": {name: {"blocs": rules} for name, rules in by_type.items()},
        }
    )


def rule(start: int | tuple[int, int], *increment: Any) -> dict[str, Any]:
    given: dict[str, Any] = {"source": "ours"}
    given |= {"base": start} if isinstance(start, int) else {"range": start}
    if increment:
        given["increment"] = dict(
            zip(("posts", "per_residents", "above", "rounding"), increment, strict=True)
        )
    return given


# Everything a frame can say: each rounding, ranges that grow, types with rules of their own.
MANIFOLD = frame_of(
    {
        "government": rule(32, 1, 2_000, 16_000, "down"),
        "party": rule((17, 20), 2, 7_001, 5_000, "nearest"),
        "front": rule((8, 10)),
    },
    {
        "ward": {"front": rule((9, 12), 1, 30_000, 0, "up"), "government": rule(30, 3, 4_999, 1, "up")},
        "special_zone": {"party": rule(0)},
    },
    {"commune": 5_000, "special_zone": 900},
)


def one_by_one(frame: Frame, table: pl.DataFrame) -> list[dict[str, Any]]:
    """The audit of one unit at a time, with the columns that go by the same names in its CSV."""
    audits = []
    for row in table.iter_rows(named=True):
        staff = ByBloc(*(row.get(bloc) for bloc in BLOCS))
        unit = Unit(row["code"], "", UnitType(row["type"]), row["population"], staff=staff)
        audits.append(audit_unit(unit, frame))
    report = AuditReport(frame.summary(), CENTRAL.effective.from_, tuple(audits), totals(audits))
    header, *rows = audit_rows(report)
    return [
        {**{key: value for key, value in zip(header, row, strict=True) if key in ADDED}, "problem": None}
        for row in rows
    ]


def in_bulk(engine: Engine, frame: Frame, table: pl.DataFrame) -> list[dict[str, Any]]:
    given = engine.make(table)
    answer = quota.bulk.audit(frame, given)
    assert isinstance(answer, engine.native)
    rows = plain(engine.rows(answer))
    assert [list(row) for row in rows[:1]] == [[*table.columns, *ADDED]]
    before = plain(table.to_dicts())
    assert [{key: row[key] for key in table.columns} for row in rows] == before
    return [{key: row[key] for key in ADDED} for row in rows]


def random_table(rows: int, seed: int) -> pl.DataFrame:
    """Units of every type, near the bounds as often as anywhere, with a tenth of everything unknown."""
    rng = random.Random(seed)

    def people(most: int, usual: int) -> int | None:
        kind = rng.random()
        if kind < 0.1:
            return None
        if kind < 0.15:
            return rng.choice([0, 1, most - 1, most])
        if kind < 0.5:
            return max(0, rng.randrange(0, usual, 500) + rng.choice([-1, 0, 1])) if usual > 1_000 else usual
        return rng.randrange(usual * 2)

    types = [one.value for one in UnitType]
    return pl.DataFrame(
        {
            "code": [f"{number:05}" for number in range(rows)],
            "type": [rng.choice(types) for _ in range(rows)],
            "population": [people(MAX_RESIDENTS, 60_000) for _ in range(rows)],
            "government": [people(MAX_STAFF, 40) for _ in range(rows)],
            "party": [people(MAX_STAFF, 19) for _ in range(rows)],
            "front": [people(MAX_STAFF, 9) for _ in range(rows)],
        },
        schema=SCHEMA,
    )


@pytest.fixture(scope="module")
def large() -> tuple[pl.DataFrame, dict[str, list[dict[str, Any]]]]:
    table = random_table(100_000, seed=20261122)
    return table, {frame.id: one_by_one(frame, table) for frame in (CENTRAL, MANIFOLD)}


@pytest.mark.parametrize("frame", [CENTRAL, MANIFOLD], ids=lambda frame: frame.id)
def test_a_hundred_thousand_random_units(engine: Engine, large: Any, frame: Frame) -> None:
    table, expected = large
    assert in_bulk(engine, frame, table) == expected[frame.id]


@pytest.mark.parametrize("province", ["hai-phong", "ha-noi", "hue", "cao-bang"])
def test_the_embedded_provinces_read_as_text(engine: Engine, province: str) -> None:
    """Text is read as the command reads it: digits or nothing. Hải Phòng has its sample staff."""
    text = pl.read_csv(ROOT / "data" / f"{province}.csv", infer_schema=False)
    staff = pl.read_csv(ROOT / "data" / "hai-phong-staff-sample.csv", infer_schema=False)
    text = text.join(staff.select("code", *BLOCS), on="code", how="left", maintain_order="left")
    whole = text.with_columns(pl.col(column).cast(pl.Int64) for column in COUNTS)
    assert in_bulk(engine, CENTRAL, text) == one_by_one(CENTRAL, whole)


increments = st.tuples(
    st.integers(1, 50),
    st.one_of(st.integers(1, 100), st.integers(1, 10_000_000)),
    st.integers(0, 100_000),
    st.sampled_from(["down", "up", "nearest"]),
)
starts = st.one_of(
    st.integers(0, 5_000),
    st.tuples(st.integers(0, 3_000), st.integers(0, 3_000)).map(lambda pair: tuple(sorted(pair))),
)
rules = st.one_of(starts.map(rule), st.tuples(starts, increments).map(lambda both: rule(both[0], *both[1])))
frames = st.builds(
    frame_of,
    st.fixed_dictionaries(dict.fromkeys(BLOCS, rules)),
    st.dictionaries(
        st.sampled_from([one.value for one in UnitType]),
        st.dictionaries(st.sampled_from(BLOCS), rules, min_size=1),
    ),
    st.dictionaries(st.sampled_from([one.value for one in UnitType]), st.integers(1, 100_000)),
)


@st.composite
def tables(draw: st.DrawFn) -> pl.DataFrame:
    people = st.one_of(st.none(), st.integers(0, MAX_STAFF))
    unit = st.tuples(
        st.sampled_from([one.value for one in UnitType]),
        st.one_of(st.none(), st.integers(0, MAX_RESIDENTS), st.integers(0, 60).map(lambda n: n * 2_000)),
        people,
        people,
        people,
    )
    rows = draw(st.lists(unit, min_size=1, max_size=8))
    return pl.DataFrame(
        [(str(number), *row) for number, row in enumerate(rows)], schema=SCHEMA, orient="row"
    ).select("code", "type", "population", *draw(st.sets(st.sampled_from(BLOCS)).map(sorted)))


@pytest.mark.parametrize("name", ENGINES)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(frame=frames, table=tables())
def test_any_frame_over_any_table(name: str, frame: Frame, table: pl.DataFrame) -> None:
    assert in_bulk(quick_engine(name), frame, table) == one_by_one(frame, table)


@pytest.mark.parametrize("cluster", ["dask", "pyspark"])
def test_any_frame_on_a_cluster(cluster: str, request: pytest.FixtureRequest) -> None:
    engine = request.getfixturevalue(cluster)

    @settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck))
    @given(frame=frames, seed=st.integers(0, 1_000))
    def check(frame: Frame, seed: int) -> None:
        table = random_table(300, seed)
        assert in_bulk(engine, frame, table) == one_by_one(frame, table)

    check()


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
    counts = ["20000", " 20000 ", "20000\r"]
    others = [
        "20.000",
        "20,000",
        "2e4",
        "-20000",
        "+20000",
        "20000.0",
        "0x10",
        "２００００",
        "9" * 15,
        "9" * 30,
    ]
    others += ["1000001", "20000\n1", "unknown", "20000\u200b"]
    texts = [*counts, *others, " ", "", None]
    table = pl.DataFrame({"type": ["ward"] * len(texts), "population": texts})
    answers = in_bulk(engine, CENTRAL, table)
    assert [one["government_low"] for one in answers] == [34] * 3 + [None] * (len(others) + 3)
    assert [one["problem"] for one in answers] == [None] * 3 + ["population"] * len(others) + [None] * 3


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


def refused(table: pl.DataFrame, columns: dict[str, str] | None = None) -> list[tuple[str, str | None]]:
    with pytest.raises(InputError) as found:
        quota.bulk.audit(CENTRAL, table, columns)
    return sorted((one.code, one.column) for one in found.value.problems)


def test_what_is_refused_before_anything_is_computed() -> None:
    sound = pl.DataFrame({"type": ["ward"], "population": [20_000]})
    assert refused(sound.drop("type")) == [("missing-column", "type")]
    assert refused(sound.rename({"population": "x"})) == [("missing-column", "population")]
    assert refused(sound.with_columns(status=pl.lit("x"), party_low=1)) == [
        ("column-exists", "party_low"),
        ("column-exists", "status"),
    ]
    assert refused(sound.with_columns(residents=1)) == [("ambiguous-column", "residents")]
    assert refused(sound.with_columns(population=True)) == [("wrong-column-type", "population")]
    assert refused(sound.with_columns(type=1, party=pl.lit(True))) == [
        ("wrong-column-type", "party"),
        ("wrong-column-type", "type"),
    ]
    assert refused(sound, {"people": "population", "party": "nope"}) == [
        ("missing-column", "nope"),
        ("unknown-column", "people"),
    ]


def test_headings_in_vietnamese_and_named_ones() -> None:
    table = pl.DataFrame(
        {"Loại": ["xã"], "Dân số": [1], "area": [1], "Diện tích": [2], "so_dan": [20_000], "Đảng": [1]}
    )
    assert quota.bulk.audit(CENTRAL, table)["government_low"].to_list() == [32]
    answer = quota.bulk.audit(CENTRAL, table, {"population": "so_dan"})
    assert answer["government_low"].to_list() == [34]
    assert answer["party_shortfall"].to_list() == [16]


def test_lazy_tables_stay_lazy() -> None:
    """Nothing is read while the answer is being put together: a source that fails is not asked."""

    def fails(part: pl.DataFrame) -> pl.DataFrame:
        raise AssertionError("read")

    lazy = random_table(3, 1).lazy().map_batches(fails, schema=SCHEMA)
    answer = quota.bulk.audit(CENTRAL, lazy)
    with pytest.raises(AssertionError, match="read"):
        answer.collect()
