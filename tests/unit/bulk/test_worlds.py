"""A column that the table does not have is unknown in every row, as one of nothing but empty cells is."""

from __future__ import annotations

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from quota.norms.granting import Assumption
from quota.norms.schema import Frame
from tests.laws.often import often

from .test_asking import FLAGS, assumptions, frames, in_bulk, tables


@often(3)
@given(
    frame=frames,
    assumed=assumptions,
    table=tables,
    lacking=st.lists(st.sampled_from(FLAGS), min_size=1, unique=True),
)
def test_a_column_that_is_not_there_is_one_that_says_nothing(
    frame: Frame, assumed: dict[str, Assumption], table: pl.DataFrame, lacking: list[str]
) -> None:
    frame = frame.assuming(assumed)
    silent = table.with_columns(pl.lit(None, pl.Boolean).alias(column) for column in lacking)
    assert in_bulk("polars", frame, table.drop(lacking)) == in_bulk("polars", frame, silent)


@often(2)
@given(
    frame=frames,
    table=tables,
    lacking=st.lists(st.sampled_from(["government", "party", "front"]), min_size=1, unique=True),
)
def test_nor_are_people_of_a_bloc_without_a_column(
    frame: Frame, table: pl.DataFrame, lacking: list[str]
) -> None:
    silent = table.with_columns(pl.lit(None, pl.Int64).alias(column) for column in lacking)
    assert in_bulk("polars", frame, table.drop(lacking)) == in_bulk("polars", frame, silent)
