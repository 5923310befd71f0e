"""What stands aside when values are compared, and what does not."""

from __future__ import annotations

import operator
from collections.abc import Mapping

import pytest
from msgspec import field
from msgspec.structs import replace

from quota.core.units import Origin, Unit, UnitType
from quota.core.values import ComparedByContent

HERE, THERE = Origin("a.csv", 2), Origin("b.csv", 9)
UNIT = Unit("00001", "Xã A", UnitType.COMMUNE, 16_000, more={"note": "x"}, origin=HERE)


class Counted(ComparedByContent, frozen=True):
    """The same fields as `Weighed`."""

    what: str
    by: Mapping[str, int] = field(default_factory=dict)


class Weighed(ComparedByContent, frozen=True):
    """The same fields as `Counted`."""

    what: str
    by: Mapping[str, int] = field(default_factory=dict)


def test_where_a_value_was_read_makes_it_no_other() -> None:
    moved = replace(UNIT, origin=THERE)
    assert moved == UNIT
    assert not operator.ne(moved, UNIT)  # which Python asks of another method
    assert hash(moved) == hash(UNIT)
    assert len({UNIT, moved}) == 1


@pytest.mark.parametrize(
    "other", [replace(UNIT, code="00002"), replace(UNIT, population=None), replace(UNIT, more={})]
)
def test_any_other_field_does(other: Unit) -> None:
    assert other != UNIT
    assert not operator.eq(other, UNIT)


def test_mappings_are_compared_but_need_no_hash() -> None:
    a, b = Counted("a", {"x": 1}), Counted("a", {"x": 2})
    assert a != b
    assert hash(a) == hash(b)
    assert hash(a) != hash(Counted("b", {"x": 1}))
    assert a == Counted("a", {"x": 1})


def test_values_of_two_kinds_are_never_equal() -> None:
    assert Counted("a") != Weighed("a")
    assert not operator.eq(Counted("a"), Weighed("a"))
    assert Counted("a") != "a"
    assert not operator.eq(Counted("a"), "a")


def test_nothing_about_a_value_changes() -> None:
    with pytest.raises(AttributeError):
        UNIT.population = 1  # type: ignore[misc]  # that it cannot be is what is shown
