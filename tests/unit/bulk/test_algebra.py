"""Expressions in the terms of engines and of NumPy give what plain Python gives for each row."""

from __future__ import annotations

from typing import Any

import narwhals as nw
import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quota.bulk.algebra import array_of, engine_expression
from quota.norms.arithmetic.counting import counting
from quota.norms.arithmetic.expression import (
    AtLeast,
    Both,
    Choose,
    Column,
    Condition,
    Constant,
    Difference,
    Either,
    Flag,
    FloorDivision,
    Greatest,
    Is,
    Least,
    Not,
    Number,
    Product,
    Quotient,
    Sum,
    Truth,
)
from quota.norms.arithmetic.rounding import Rounding
from tests.expressions import conditions
from tests.laws.often import often

from .conftest import plain, quick_engine

COLUMNS = ("residents", "island", "class")
ROWS = [
    (0, False, "I"),
    (15_999, True, "II"),
    (16_000, True, "I"),
    (17_999, False, "III"),
    (90_000, True, ""),
]
SMALL = st.integers(0, 9)
CONSTANTS = st.builds(Constant, st.integers(0, 50_000), st.sampled_from(["", "blocs.a.base"]))
LEAVES = st.just(Column("residents")) | CONSTANTS
DIVISORS = st.builds(Constant, st.integers(1, 3_000))
CONDITION_LEAVES = st.one_of(
    st.builds(Truth, st.booleans()),
    st.just(Flag("island")),
    st.builds(Is, st.just("class"), st.sampled_from([("I",), ("I", "III")])),
    st.builds(AtLeast, st.just(Column("residents")), CONSTANTS),
)


@st.composite
def numbers(draw: st.DrawFn, depth: int = 3) -> Number:
    """Whatever may be counted of a row; nothing below zero is divided."""
    if depth == 0:
        return draw(LEAVES)
    part = numbers(depth - 1)
    return draw(
        st.one_of(
            LEAVES,
            st.builds(Sum, part, part),
            st.builds(Difference, part, part).map(lambda found: Greatest(found, Constant(0))),
            st.builds(Product, part, SMALL.map(Constant)),
            st.builds(Quotient, part, DIVISORS, st.sampled_from(Rounding), st.sampled_from(["", "rounding"])),
            st.builds(FloorDivision, part, DIVISORS),
            st.builds(Least, part, part),
            st.builds(Greatest, part, part),
            st.builds(Choose, conditions(CONDITION_LEAVES), part, part),
        )
    )


NUMBERS = numbers()


def one_by_one(number: Number) -> list[int]:
    count = counting([number], COLUMNS)
    return [count(*row)[0] for row in ROWS]


@often(30)
@given(number=NUMBERS)
def test_arrays_count_as_plain_python_does(number: Number) -> None:
    columns = {name: np.array([row[place] for row in ROWS]) for place, name in enumerate(COLUMNS)}
    assert array_of(number, np, columns, len(ROWS)).tolist() == one_by_one(number)


@pytest.mark.parametrize(("name", "examples"), [("polars", 20), ("pyarrow", 10), ("duckdb", 10)])
def test_engines_count_as_plain_python_does_and_know_nothing_of_unknown_residents(
    name: str, examples: int
) -> None:
    engine = quick_engine(name)
    words = {"class": ("", "I", "II", "III")}
    rows = [(row[0], int(row[1]), words["class"].index(row[2])) for row in ROWS]
    table = pl.DataFrame([*rows, (None, 1, 1)], schema=[*COLUMNS], orient="row")
    native: Any = engine.make(table)

    @often(examples)
    @given(number=NUMBERS)
    def check(number: Number) -> None:
        values = {column: nw.col(column) for column in COLUMNS}
        expression = engine_expression(number, values, nw.col("residents"), words)
        found = nw.from_native(native).select(found=expression).to_native()
        assert [row["found"] for row in plain(engine.rows(found))] == [*one_by_one(number), None]

    check()


@pytest.mark.parametrize(
    ("condition", "chosen"),
    [
        (Flag("island"), [0, 1, 1, 0, 1]),
        (Is("class", ("I", "III")), [1, 0, 1, 1, 0]),
        (Not(Flag("island")), [1, 0, 0, 1, 0]),
        (Both((Flag("island"), AtLeast(Column("residents"), Constant(16_000)))), [0, 0, 1, 0, 1]),
        (Either((Flag("island"), AtLeast(Column("residents"), Constant(16_000)))), [0, 1, 1, 1, 1]),
    ],
)
def test_each_condition_by_hand(condition: Condition, chosen: list[int]) -> None:
    number = Choose(condition, Constant(1), Constant(0))
    columns = {name: np.array([row[place] for row in ROWS]) for place, name in enumerate(COLUMNS)}
    assert array_of(number, np, columns, len(ROWS)).tolist() == chosen == one_by_one(number)
