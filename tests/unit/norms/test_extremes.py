"""The least and the most with what is unknown, held to counting every world there may be."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quota.core.units import UnitType
from quota.norms.arithmetic.counting import counting
from quota.norms.arithmetic.cutting import cut
from quota.norms.arithmetic.expression import (
    ZERO,
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
from quota.norms.arithmetic.extremes import Extremes, TooManyWorldsError
from quota.norms.arithmetic.parts import PART, Depths
from quota.norms.arithmetic.rounding import Rounding
from quota.norms.arithmetic.sharing import Shared
from quota.norms.arithmetic.trying import UNKNOWN
from quota.norms.arithmetic.walking import columns_of, inside
from quota.norms.granting import Granter
from tests.expressions import conditions
from tests.laws.drawn import WIDE, drawn_frames, random_units
from tests.laws.often import LONG, often

CHOICES: Mapping[str, Sequence[Any]] = {
    "island": (False, True),
    "border": (False, True),
    "class": ("", "I", "II", "III"),
    "area": (0, 4, 5, 9, 10),
}
COLUMNS = ("residents", *CHOICES)
RESIDENTS = (0, 3, 17)
CONSTANTS = st.builds(Constant, st.integers(0, 12), st.sampled_from(["", "blocs.a.base"]))
LEAVES = st.just(Column("residents")) | CONSTANTS
QUESTIONS: st.SearchStrategy[Condition] = st.one_of(
    st.sampled_from([Flag("island"), Flag("border"), Truth(True), Truth(False)]),
    st.builds(Is, st.just("class"), st.sampled_from([("I",), ("I", "III"), ("II",)])),
    st.builds(AtLeast, st.just(Column("area")), st.sampled_from([Constant(5), Constant(10)])),
    st.builds(AtLeast, st.just(Column("residents")), CONSTANTS),
    st.just(AtLeast(Column("residents"), Column("area"))),
)


@st.composite
def numbers(draw: st.DrawFn, depth: int = 3) -> Number:
    """Whatever may be counted; nothing below zero is divided, and nothing by less than one."""
    if depth == 0:
        return draw(LEAVES)
    part = numbers(depth - 1)
    positive = part.map(lambda found: Greatest(found, Constant(1)))
    whole = part.map(lambda found: Greatest(found, ZERO))
    return draw(
        st.one_of(
            LEAVES,
            st.builds(Sum, part, part),
            st.builds(Difference, part, part),
            st.builds(Product, part, part),
            st.builds(Quotient, whole, positive, st.sampled_from(Rounding), st.sampled_from(["", "x"])),
            st.builds(FloorDivision, whole, positive),
            st.builds(Least, part, part),
            st.builds(Greatest, part, part),
            st.builds(Choose, conditions(QUESTIONS), part, part),
        )
    )


Row = Mapping[str, Any]


def value_of(extremes: Extremes, row: Row) -> Callable[[str], Any]:
    """What a row says under each name that what was found asks for."""

    def of(name: str) -> Any:
        if name.startswith(UNKNOWN):
            return row[name.removeprefix(UNKNOWN)] is None
        column, value = extremes.shared.taken.get(name, (name, None))
        return value if row[column] is None else row[column]

    return of


def found_in(extremes: Extremes, wanted: Sequence[Number], rows: Sequence[Row]) -> list[tuple[int, ...]]:
    names = sorted({column for number in wanted for column in columns_of(number)})
    count = counting(wanted, names)
    return [count(*map(value_of(extremes, row), names)) for row in rows]


def rows_of(silent: Sequence[str], known: Row) -> Iterator[Row]:
    """A row for each way in which the columns beside `silent` may be known or unknown."""
    others = [column for column in CHOICES if column not in silent]
    for are_known in product((False, True), repeat=len(others)):
        for residents in RESIDENTS:
            yield {
                "residents": residents,
                **dict.fromkeys(silent),
                **{
                    column: known[column] if is_known else None
                    for column, is_known in zip(others, are_known, strict=True)
                },
            }


KNOWNS = st.fixed_dictionaries({column: st.sampled_from(choices) for column, choices in CHOICES.items()})


@often(25, long=5_000)
@given(
    number=numbers(3 if LONG else 2),
    known=KNOWNS,
    silent=st.lists(st.sampled_from(list(CHOICES)), unique=True, max_size=3),
)
def test_the_extremes_are_those_of_all_worlds(number: Number, known: Row, silent: list[str]) -> None:
    check(number, known, silent)


def check(number: Number, known: Row, silent: Sequence[str]) -> None:
    """The extremes are those of all worlds, in every row."""
    extremes = Extremes(CHOICES, silent, most_nodes=1_000_000)
    rows = list(rows_of(silent, known))
    count = counting([number], COLUMNS)
    expected = []
    for row in rows:
        choices = [
            CHOICES[column] if row[column] is None else (row[column],)
            for column in COLUMNS
            if column in CHOICES
        ]
        worlds = [count(row["residents"], *world)[0] for world in product(*choices)]
        expected.append((min(worlds), max(worlds)))
    assert found_in(extremes, [extremes.least(number), extremes.most(number)], rows) == expected


RESIDING = Column("residents")
FIRST, SECOND = Is("class", ("I",)), Is("class", ("II", "III"))
OF_CLASS = Choose(FIRST, Constant(5), RESIDING)
OF_ISLAND = Choose(Flag("island"), RESIDING, Constant(6))
OF_BORDER = Choose(Flag("border"), Constant(4), Difference(RESIDING, Constant(9)))
LARGE, LARGEST = AtLeast(Column("area"), Constant(5)), AtLeast(Column("area"), Constant(10))


@pytest.mark.parametrize("silent", [(), ("class", "area"), ("border", "island")])
@pytest.mark.parametrize(
    "number",
    [
        Choose(AtLeast(RESIDING, Constant(3)), OF_CLASS, Choose(SECOND, Constant(1), OF_BORDER)),
        FloorDivision(Choose(FIRST, Constant(9), RESIDING), Constant(2)),
        Choose(FIRST, Choose(SECOND, RESIDING, Constant(5)), Choose(SECOND, Constant(9), RESIDING)),
        FloorDivision(Constant(40), Choose(FIRST, Constant(9), Sum(RESIDING, Constant(1)))),
        Least(OF_CLASS, OF_ISLAND),
        Greatest(OF_CLASS, Choose(SECOND, Constant(8), OF_ISLAND)),
        Product(OF_CLASS, OF_ISLAND),
        Product(OF_CLASS, Choose(SECOND, OF_ISLAND, Constant(2))),
        Product(OF_CLASS, OF_BORDER),
        Sum(OF_CLASS, Difference(OF_ISLAND, Sum(Choose(SECOND, Constant(7), RESIDING), OF_BORDER))),
        Difference(Constant(3), Sum(OF_CLASS, Choose(SECOND, Constant(1), RESIDING))),
        Choose(FIRST, Choose(Flag("border"), Constant(5), ZERO), Choose(Flag("border"), ZERO, Constant(5))),
        Choose(Both((Not(FIRST), Not(SECOND))), OF_BORDER, OF_ISLAND),
        Choose(Either((FIRST, Both((LARGE, Not(LARGEST))))), OF_BORDER, OF_ISLAND),
        Choose(Either((FIRST, Not(SECOND), Both((LARGE, FIRST)))), Constant(9), Constant(2)),
        Choose(Both((LARGE, Not(LARGEST), FIRST)), Constant(2), Constant(9)),
        Choose(Both((AtLeast(RESIDING, Column("area")), FIRST)), OF_BORDER, OF_ISLAND),
        Choose(Either((Not(LARGE), LARGEST)), OF_BORDER, OF_ISLAND),
    ],
)
def test_each_kind_of_number_by_hand(number: Number, silent: Sequence[str]) -> None:
    for known in ({"class": "I", "area": 4}, {"class": "II", "area": 10}, {"class": "", "area": 9}):
        check(number, {"island": True, "border": False, **known}, silent)


def test_a_condition_that_is_asked_often_is_a_part() -> None:
    shared = Shared(())
    often_asked = Both((LARGE, Not(LARGEST), FIRST))
    number: Any = shared.of(
        Sum(Choose(often_asked, RESIDING, ZERO), Choose(often_asked, Constant(4), Constant(3)))
    )
    made = cut([number])
    assert made.layers == ({"part:0": Choose(shared.of(often_asked), Constant(1), ZERO)},)
    found = Sum(Choose(Flag("part:0"), RESIDING, ZERO), Choose(Flag("part:0"), Constant(4), Constant(3)))
    assert made.numbers == (found,)


@pytest.mark.parametrize("columns", [None, WIDE])
def test_of_a_drawn_frame_they_are_those_of_the_audit(columns: tuple[str, ...] | None) -> None:
    units = random_units(120 if LONG else 12, seed=3)
    for frame in drawn_frames(200 if LONG else 2, columns):
        for unit_type in UnitType:
            norm = frame.norm(unit_type)
            granter = Granter(norm)
            ends = [end for grant in norm.grants for end in (grant.low, grant.high)]
            extremes = Extremes(norm.asked, most_nodes=1_000_000)
            wanted = [*map(extremes.least, ends), *map(extremes.most, ends)]
            values = [
                found for unit in units if None not in (found := granter.values(unit))[: len(norm.counted)]
            ]
            rows = [dict(zip(norm.columns, row, strict=True)) for row in values]
            for row, found in zip(values, found_in(extremes, wanted, rows), strict=True):
                worlds = [granter.count(*world) for world in granter.worlds(row)]
                assert found[: len(ends)] == tuple(map(min, zip(*worlds, strict=True)))
                assert found[len(ends) :] == tuple(map(max, zip(*worlds, strict=True)))


def test_what_only_adds_is_taken_and_not_tried() -> None:
    """Forty conditions that share columns: a world each would be a million million."""
    columns = [f"c{number}" for number in range(40)]
    number: Number = ZERO
    for first, second in zip(columns, [*columns[1:], columns[0]], strict=True):
        number = Sum(number, Choose(Both((Flag(first), Flag(second))), Constant(3), Constant(1)))
    extremes = Extremes(dict.fromkeys(columns, (False, True)), columns, most_nodes=5_000)
    assert (extremes.least(number), extremes.most(number)) == (Constant(40), Constant(120))


def test_more_than_is_counted_is_refused() -> None:
    number: Number = ZERO
    for place in range(6):
        number = Sum(
            Choose(Flag(f"c{place}"), Product(number, Constant(2)), Difference(Constant(9), number)), number
        )
    columns = {f"c{place}": (False, True) for place in range(6)}
    with pytest.raises(TooManyWorldsError):
        Extremes(columns, most_nodes=40).most(number)
    assert columns_of(Extremes(columns, most_nodes=10_000).most(number))


@often(10, long=2_000)
@given(drawn=st.lists(numbers(4 if LONG else 3), min_size=1, max_size=3))
def test_cut_in_parts_they_are_the_same_numbers(drawn: list[Number]) -> None:
    shared = Shared(())
    wanted: list[Any] = [shared.of(number) for number in drawn]
    made = cut(wanted)
    rows = [(residents, True, False, "I", 5) for residents in RESIDENTS]
    for row in rows:
        values = dict(zip(COLUMNS, row, strict=True))
        for layer in made.layers:
            for part in layer.values():
                assert {name for name in columns_of(part) if name.startswith(PART)} <= values.keys()
            counted = counting(list(layer.values()), list(values))(*values.values())
            values |= dict(zip(layer, counted, strict=True))
        assert counting(made.numbers, list(values))(*values.values()) == counting(drawn, COLUMNS)(*row)


def test_no_part_is_deep_and_none_is_there_twice() -> None:
    number: Number = Constant(0)
    for case in range(300):
        number = Choose(AtLeast(Column("residents"), Constant(case)), Constant(case % 7), number)
    made = cut([number, Sum(number, number)])
    parts = [part for layer in made.layers for part in layer.values()]
    assert len(parts) == len(set(parts)) < 30
    assert max(map(Depths(), [*parts, *made.numbers])) < 30
    assert all(inside(part) for part in parts)
