"""What a frame asks of a unit beside its residents: read in a dataframe as the audit reads it from a file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

import quota.bulk
from quota.core.problems import InputError
from quota.core.units import Terrain, Unit, UnitType
from quota.norms.granting import Assumption
from quota.norms.loading import load_frame
from quota.norms.schema import Frame
from tests.blocs import three
from tests.laws.often import often

from .conftest import plain, quick_engine
from .trials import BLOCS, CENTRAL, POSSIBLE, audited_with_unknown

CV_09 = load_frame("cv-09-2025")
FLAGS = ("mountain", "highland", "island", "border")
YES_OR_NO = dict.fromkeys(FLAGS, pl.Boolean)
SCHEMA = {
    "code": pl.String,
    "type": pl.String,
    **dict.fromkeys(("population", *BLOCS), pl.Int64),
    **YES_OR_NO,
}
NAMES = ("polars", "pandas-arrow", "duckdb")


def asking(changes: Mapping[str, Any]) -> Frame:
    """The central frame with these rules in the government bloc."""
    told = CENTRAL.model_dump(by_alias=True)
    told["blocs"]["government"] |= changes
    told["examples"] = ()
    return Frame.model_validate(told)


def supplement(posts: int | None = None, percent: int | None = None, **when: Any) -> dict[str, Any]:
    return {"posts": posts, "percent": percent, "when": when, "source": "hai-phong-2025-09"}


def audited(frame: Frame, table: pl.DataFrame) -> list[dict[str, Any]]:
    """The rows of the audit's CSV, one unit at a time."""
    units = []
    for row in table.iter_rows(named=True):
        terrain = Terrain(**{flag: row.get(flag) for flag in FLAGS})
        staff = three(*(row.get(bloc) for bloc in BLOCS))
        unit_type = UnitType(row["type"])
        units.append(Unit(row["code"], "", unit_type, row["population"], staff=staff, terrain=terrain))
    return audited_with_unknown(frame, units)


def in_bulk(name: str, frame: Frame, table: pl.DataFrame) -> list[dict[str, Any]]:
    engine = quick_engine(name)
    rows = plain(engine.rows(quota.bulk.audit(frame, engine.make(table))))
    assert all(row["problem"] is None for row in rows)
    columns = [key for key in rows[0] if key not in (*table.columns, "problem")]
    nothing = dict.fromkeys(POSSIBLE)
    return [nothing | {key: row[key] for key in columns} for row in rows]


conditions = st.dictionaries(st.sampled_from(FLAGS), st.booleans(), min_size=1, max_size=2).flatmap(
    lambda flags: st.sampled_from(
        [
            flags,
            {"not": flags},
            {**flags, "type": ["ward"]},
            {**flags, "residents": {"from": 20_000}},
            {"any": [{flag: wanted} for flag, wanted in flags.items()]},
        ]
    )
)
supplements = st.lists(
    st.one_of(
        conditions.map(lambda when: supplement(posts=3, **when)),
        conditions.map(lambda when: supplement(posts=-2, **when)),
    ),
    min_size=1,
    max_size=3,
)
frames = st.builds(
    lambda added, most: asking({"supplement": added, "most": most}),
    supplements,
    st.none() | st.just({"commune": 40, "ward": 38, "special_zone": 34}),
)
assumptions = st.dictionaries(st.sampled_from(FLAGS), st.sampled_from(Assumption))
answers = st.none() | st.booleans()
rows = st.tuples(
    st.sampled_from([unit_type.value for unit_type in UnitType]),
    st.none() | st.integers(10_000, 40_000),
    st.none() | st.integers(25, 50),
    st.none() | st.integers(15, 22),
    st.none() | st.integers(6, 12),
    *(answers for _ in FLAGS),
)
tables = st.lists(rows, min_size=1, max_size=12).map(
    lambda found: pl.DataFrame(
        [(str(number), *row) for number, row in enumerate(found)], schema=SCHEMA, orient="row"
    )
)


@pytest.mark.slow
@often(4)
@given(frame=frames, assumed=assumptions, table=tables)
def test_the_audit_and_every_engine_agree_on_what_is_known_assumed_and_open(
    frame: Frame, assumed: dict[str, Assumption], table: pl.DataFrame
) -> None:
    frame = frame.assuming(assumed)
    expected = audited(frame, table)
    for name in NAMES:
        assert in_bulk(name, frame, table) == expected, name


@pytest.mark.parametrize("name", NAMES)
def test_the_shipped_frame_by_terrain(name: str) -> None:
    """Worked by hand: 1,000 residents a post in the mountains, 2,000 elsewhere and in special zones."""
    table = pl.DataFrame(
        [
            ("1", "commune", 20_000, 36, 17, 8, True, None, None, None),
            ("2", "commune", 20_000, 36, 17, 8, False, None, None, None),
            ("3", "commune", 20_000, 36, 17, 8, None, None, None, None),
            ("4", "commune", 20_000, 36, 17, 8, None, True, None, None),
            ("5", "special_zone", 20_000, 36, 17, 8, None, None, None, None),
            ("6", "ward", None, 36, 17, 8, None, None, None, None),
        ],
        schema=SCHEMA,
        orient="row",
    )
    found = in_bulk(name, CV_09, table)
    assert found == audited(CV_09, table)
    assert [row["government_low"] for row in found] == [36, 34, 34, 36, 34, None]
    assert [row["government_possible_low"] for row in found] == [None, None, 36, None, None, None]
    assert [row["unknown_columns"] for row in found][2:4] == ["mountain", None]
    ranged = in_bulk(name, CV_09.assuming({"mountain": Assumption.RANGE}), table)
    assert [(row["government_low"], row["government_high"]) for row in ranged][1:4] == [
        (34, 34),
        (34, 36),
        (36, 36),
    ]


def test_what_can_only_take_posts_away_is_shown_as_the_fewest() -> None:
    frame = asking({"supplement": [supplement(posts=-2, mountain=True)]})
    table = pl.DataFrame({"type": ["ward"], "population": [20_000]})
    (row,) = quota.bulk.audit(frame, table).to_dicts()
    assert (row["government_low"], row["government_possible_low"]) == (34, 32)
    assert (row["total_low"], row["total_possible_low"]) == (59, 57)


@pytest.mark.parametrize("name", ["polars", "pandas", "pandas-object", "pyarrow", "duckdb"])
def test_answers_are_read_as_in_a_file_and_what_is_none_is_named(name: str) -> None:
    yes = ["yes", "TRUE", " có ", "co\u0301", "CÓ", "co", "x", "X", "1"]
    no = ["no", "False", "không", "khong", "0", " 0\r"]
    neither = ["maybe", "2", "-"]
    answers = [*yes, *no, *neither, "", " ", None]
    table = pl.DataFrame(
        {"Loại": ["xã"] * len(answers), "Dân số": [20_000] * len(answers), "Miền núi": answers}
    )
    engine = quick_engine(name)
    found = plain(engine.rows(quota.bulk.audit(CV_09, engine.make(table))))
    assert [row["government_low"] for row in found] == [36] * len(yes) + [34] * (len(answers) - len(yes))
    assert [row["unknown_columns"] for row in found] == [None] * (len(yes) + len(no)) + ["mountain"] * 6
    assert [row["problem"] for row in found] == [None] * (len(yes) + len(no)) + ["Miền núi"] * 3 + [None] * 3


@pytest.mark.parametrize("name", ["polars", "pandas", "duckdb"])
@pytest.mark.parametrize(
    ("answers", "dtype"),
    [
        ([True, False, None], pl.Boolean),
        ([1, 0, None], pl.Int8),
        ([1.0, 0.0, None], pl.Float64),
        (["x", "0", None], pl.Categorical),
    ],
)
def test_answers_of_other_types(name: str, answers: list[Any], dtype: Any) -> None:
    if name == "pandas" and dtype == pl.Boolean:
        answers = [True, False, False]  # with a blank, pandas makes objects of them: refused, below
    table = pl.DataFrame({"type": ["ward"] * 3, "population": [20_000] * 3})
    table = table.with_columns(mountain=pl.Series(answers, dtype=dtype))
    engine = quick_engine(name)
    found = plain(engine.rows(quota.bulk.audit(CV_09, engine.make(table))))
    assert [row["government_low"] for row in found] == [36, 34, 34]
    assert [row["problem"] for row in found] == [None] * 3


@pytest.mark.parametrize("name", ["polars", "pandas-arrow", "pyarrow", "duckdb"])
def test_a_number_that_is_no_answer_is_named(name: str) -> None:
    table = pl.DataFrame({"type": ["ward"] * 3, "population": [20_000] * 3, "mountain": [2.0, 1.0, 0.0]})
    engine = quick_engine(name)
    found = plain(engine.rows(quota.bulk.audit(CV_09, engine.make(table))))
    assert [row["problem"] for row in found] == ["mountain", None, None]
    assert [row["unknown_columns"] for row in found] == ["mountain", None, None]


def test_a_column_of_nothing_is_unknown_and_one_of_objects_is_refused() -> None:
    table = pl.DataFrame({"type": ["ward"], "population": [20_000], "mountain": [None]})
    (row,) = quota.bulk.audit(CV_09, table).to_dicts()
    assert (row["government_low"], row["unknown_columns"], row["problem"]) == (34, "mountain", None)
    objects = pd.DataFrame({"type": ["ward"] * 2, "population": [1, 2], "mountain": [True, None]})
    with pytest.raises(InputError, match="a column of Object values") as found:
        quota.bulk.audit(CV_09, objects)
    assert [(problem.code, problem.column) for problem in found.value.problems] == [
        ("wrong-column-type", "mountain")
    ]


def test_several_wrong_cells_of_a_row_are_all_named() -> None:
    table = pl.DataFrame({"type": ["?"], "population": [-1], "mountain": ["?"], "highland": ["?"]})
    (row,) = quota.bulk.audit(CV_09, table).to_dicts()
    assert row["problem"] == "type population highland mountain"


def test_a_range_is_kept_only_where_nothing_else_is_unknown() -> None:
    """Three posts for mountains, one for islands; mountains are assumed to be a range."""
    frame = asking({"supplement": [supplement(posts=3, mountain=True), supplement(posts=1, island=True)]})
    frame = frame.assuming({"mountain": Assumption.RANGE})
    table = pl.DataFrame(
        [
            ("1", "ward", 20_000, 36, 17, 8, None, None, False, None),
            ("2", "ward", 20_000, 36, 17, 8, None, None, None, None),
            ("3", "ward", 20_000, 36, 17, 8, True, None, None, None),
        ],
        schema=SCHEMA,
        orient="row",
    )
    found = in_bulk("polars", frame, table)
    assert found == audited(frame, table)
    assert [(row["government_low"], row["government_high"]) for row in found] == [
        (34, 37),
        (34, 34),
        (37, 37),
    ]
    assert [row["unknown_columns"] for row in found] == [None, "mountain island", "island"]
    settled = frame.assuming({"island": Assumption.NO})
    assert in_bulk("polars", settled, table) == audited(settled, table)


@pytest.mark.parametrize("cluster", ["dask", "pyspark"])
def test_the_shipped_frame_on_a_cluster(cluster: str, request: pytest.FixtureRequest) -> None:
    """What a frame asks for is answered in parts as it is in the whole."""
    engine = request.getfixturevalue(cluster)
    table = pl.DataFrame(
        [
            ("1", "commune", 30_000, 43, 18, 9, "yes"),
            ("2", "commune", 30_000, 43, 18, 9, None),
            ("3", "ward", 45_000, 58, 21, 12, None),
            ("4", "special_zone", None, 33, 18, 9, "no"),
        ],
        schema=["code", "type", "population", *BLOCS, "mountain"],
        orient="row",
    )
    for frame in (CV_09, CV_09.assuming({"mountain": Assumption.RANGE})):
        rows = plain(engine.rows(quota.bulk.audit(frame, engine.make(table))))
        expected = quota.bulk.audit(frame, table).to_dicts()
        assert [{key: row[key] for key in expected[0]} for row in rows] == expected
