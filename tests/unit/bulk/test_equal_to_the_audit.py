"""One unit at a time and a whole table at once say the same, on every engine."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quota.core.units import UnitType
from quota.norms.schema import Frame
from quota.tables.columns.cells import MAX_RESIDENTS, MAX_STAFF
from tests.laws.often import LONG, often

from .conftest import CLUSTERS, ENGINES, Engine, quick_engine
from .trials import (
    BLOCS,
    CENTRAL,
    COUNTS,
    MANIFOLD,
    ROOT,
    SCHEMA,
    frame_of,
    in_bulk,
    one_by_one,
    random_table,
    rule,
)


@pytest.fixture(scope="module")
def large() -> tuple[pl.DataFrame, dict[str, list[dict[str, Any]]]]:
    table = random_table(100_000 if LONG else 4_000, seed=20261122)
    return table, {frame.id: one_by_one(frame, table) for frame in (CENTRAL, MANIFOLD)}


@pytest.mark.parametrize("frame", [CENTRAL, MANIFOLD], ids=lambda frame: frame.id)
def test_random_units_by_the_thousand(engine: Engine, large: Any, frame: Frame) -> None:
    table, expected = large
    assert in_bulk(engine, frame, table) == expected[frame.id]


PROVINCES = ("hai-phong", "ha-noi", "hue", "cao-bang")


def read_as_text(provinces: Collection[str]) -> pl.DataFrame:
    """Their units, all of it text. Hải Phòng has its sample staff."""
    columns = ["code", "name", "type", "population"]
    files = [ROOT / "data" / f"{province}.csv" for province in provinces]
    text = pl.concat([pl.read_csv(path, infer_schema=False, columns=columns) for path in files])
    staff = pl.read_csv(ROOT / "data" / "hai-phong-staff-sample.csv", infer_schema=False)
    return text.join(staff.select("code", *BLOCS), on="code", how="left", maintain_order="left")


def as_numbers(text: pl.DataFrame) -> pl.DataFrame:
    return text.with_columns(pl.col(column).cast(pl.Int64) for column in COUNTS)


def test_the_embedded_provinces_read_as_text(engine: Engine) -> None:
    """Text is read as the command reads it: digits or nothing. All provinces are one table to a cluster."""
    together = [PROVINCES] if engine.name in CLUSTERS else [(province,) for province in PROVINCES]
    for provinces in together:
        text = read_as_text(provinces)
        assert in_bulk(engine, CENTRAL, text) == one_by_one(CENTRAL, as_numbers(text)), provinces


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
        st.sampled_from([kind.value for kind in UnitType]),
        st.dictionaries(st.sampled_from(BLOCS), rules, min_size=1),
    ),
    st.dictionaries(st.sampled_from([kind.value for kind in UnitType]), st.integers(1, 100_000)),
    st.sets(st.sampled_from(["minimum", *(kind.value for kind in UnitType)])),
)


@st.composite
def tables(draw: st.DrawFn) -> pl.DataFrame:
    people = st.one_of(st.none(), st.integers(0, MAX_STAFF))
    unit = st.tuples(
        st.sampled_from([kind.value for kind in UnitType]),
        st.one_of(st.none(), st.integers(0, MAX_RESIDENTS), st.integers(0, 60).map(lambda n: n * 2_000)),
        people,
        people,
        people,
    )
    rows = draw(st.lists(unit, min_size=1, max_size=8))
    return pl.DataFrame(
        [(str(number), *row) for number, row in enumerate(rows)], schema=SCHEMA, orient="row"
    ).select("code", "type", "population", *draw(st.sets(st.sampled_from(BLOCS)).map(sorted)))


@often(10)
@given(frame=frames, table=tables())
def test_any_frame_over_any_table(frame: Frame, table: pl.DataFrame) -> None:
    expected = one_by_one(frame, table)
    for name in ENGINES:
        assert in_bulk(quick_engine(name), frame, table) == expected, name


@pytest.mark.parametrize("cluster", CLUSTERS)
def test_any_frame_on_a_cluster(cluster: str, request: pytest.FixtureRequest) -> None:
    engine = request.getfixturevalue(cluster)

    @often(3)
    @given(frame=frames, seed=st.integers(0, 1_000))
    def check(frame: Frame, seed: int) -> None:
        table = random_table(300, seed)
        assert in_bulk(engine, frame, table) == one_by_one(frame, table)

    check()
