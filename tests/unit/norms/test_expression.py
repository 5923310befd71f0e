"""Expressions are settled where they can be, and what is no part of one is refused, never counted."""

from __future__ import annotations

from typing import Any

import pytest

from quota.norms.arithmetic import rounding as words
from quota.norms.arithmetic.counting import counting, holds
from quota.norms.arithmetic.expression import (
    AtLeast,
    Column,
    Constant,
    Either,
    Flag,
    Not,
    Number,
    Product,
    Quotient,
    Sum,
    Truth,
    both,
    choose,
    divided,
    either,
    minus,
    negated,
    plus,
    times,
)
from quota.norms.arithmetic.rounding import Rounding
from quota.norms.arithmetic.walking import columns_of

RESIDENTS = Column("residents")
ISLAND, BORDER = Flag("island"), Flag("border")
SIDEWAYS: Any = "sideways"


def test_nothing_is_added_taken_away_or_multiplied_for_a_plain_zero_or_one() -> None:
    zero, unity = Constant(0), Constant(1)
    assert plus(zero, RESIDENTS) == plus(RESIDENTS, zero) == minus(RESIDENTS, zero) == RESIDENTS
    assert times(unity, RESIDENTS) == times(RESIDENTS, unity) == RESIDENTS
    assert times(Constant(6), Constant(7)) == Constant(42)


def test_a_number_that_the_frame_says_stays_in_sight_even_where_it_is_zero_or_one() -> None:
    zero, unity = Constant(0, "blocs.a.base"), Constant(1, "blocs.a.increment.posts")
    assert plus(zero, RESIDENTS) == Sum(zero, RESIDENTS)
    assert times(unity, RESIDENTS) == Product(unity, RESIDENTS)
    assert times(unity, Constant(7)) == Product(unity, Constant(7))


@pytest.mark.parametrize(
    ("parts", "all_of", "any_of"),
    [
        ((), Truth(True), Truth(False)),
        ((ISLAND,), ISLAND, ISLAND),
        ((Truth(True), ISLAND), ISLAND, Truth(True)),
        ((Truth(False), ISLAND), Truth(False), ISLAND),
        ((Truth(True),), Truth(True), Truth(True)),
        ((Truth(False),), Truth(False), Truth(False)),
    ],
)
def test_conditions_are_settled_where_they_can_be(parts: Any, all_of: object, any_of: object) -> None:
    assert both(parts) == all_of
    assert either(parts) == any_of


@pytest.mark.parametrize("island", [True, False])
@pytest.mark.parametrize("border", [True, False])
def test_of_two_open_conditions_both_or_either_must_hold(island: bool, border: bool) -> None:
    values = {"island": island, "border": border}
    assert holds(both((ISLAND, BORDER)), values) is (island and border)
    assert holds(either((ISLAND, BORDER)), values) is (island or border)
    assert either((ISLAND, BORDER)) == Either((ISLAND, BORDER))


def test_a_condition_is_negated_once() -> None:
    assert negated(Truth(True)) == Truth(False)
    assert negated(ISLAND) == Not(ISLAND)
    assert negated(negated(ISLAND)) == ISLAND


def test_a_choice_that_is_settled_is_not_asked() -> None:
    then, otherwise = Constant(1), Constant(2)
    assert choose(Truth(True), then, otherwise) == then
    assert choose(Truth(False), then, otherwise) == otherwise
    assert choose(ISLAND, then, then) == then


def test_the_columns_of_an_expression_are_those_it_asks_for() -> None:
    asked: Number = choose(AtLeast(RESIDENTS, Constant(7)), Column("area_km2"), Constant(0))
    assert list(columns_of(asked)) == ["residents", "area_km2"]


@pytest.mark.parametrize("count", [lambda: counting([SIDEWAYS], ()), lambda: holds(SIDEWAYS, {})])
def test_what_is_no_expression_is_not_counted(count: Any) -> None:
    with pytest.raises(AssertionError, match="sideways"):
        count()


@pytest.mark.parametrize(
    "say_it",
    [
        lambda way: divided(Quotient(RESIDENTS, Constant(2), way), way),
        words.way_in_words,
        words.rounded_to,
        lambda way: words.steps_in_words(way, 2_000, residents=True),
        lambda way: words.division_in_words(way, 1, 2, 3),
    ],
)
def test_a_way_of_rounding_that_is_none_is_neither_counted_nor_named(say_it: Any) -> None:
    with pytest.raises(AssertionError, match="sideways"):
        say_it(SIDEWAYS)


@pytest.mark.parametrize(
    ("way", "name", "to", "steps", "of_residents", "division"),
    [
        (
            Rounding.DOWN,
            "down",
            "rounded down =",
            "full steps of 10",
            "full steps of 10 residents",
            "25 ÷ 10, rounded down = 2",
        ),
        (
            Rounding.UP,
            "up",
            "rounded up =",
            "begun steps of 10",
            "begun steps of 10 residents",
            "25 ÷ 10, rounded up = 3",
        ),
        (
            Rounding.NEAREST,
            "to the nearest",
            "rounded to the nearest =",
            "steps of 10",
            "steps of 10 residents",
            "25 ÷ 10, rounded to the nearest = 3",
        ),
    ],
)
def test_each_way_of_rounding_is_counted_as_it_is_named(
    way: Rounding, name: str, to: str, steps: str, of_residents: str, division: str
) -> None:
    assert str(words.way_in_words(way)) == name
    assert str(words.rounded_to(way)) == to
    assert str(words.steps_in_words(way, 10, residents=False)) == steps
    assert str(words.steps_in_words(way, 10, residents=True)) == of_residents
    (counted,) = counting([Quotient(RESIDENTS, Constant(10), way)], ("residents",))(25)
    assert str(words.division_in_words(way, 25, 10, counted)) == division
