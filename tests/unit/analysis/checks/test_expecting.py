"""What is expected of a unit before and beside its table, and how its figure is read."""

from __future__ import annotations

import math
import random
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from quota.analysis.checks.expecting import judged
from quota.analysis.checks.model import COUNTRY, MIDDLE_AREA, MOST_RESIDENTS, MOST_ZEROS
from quota.core.units import Unit, UnitType
from quota.tables.shipped.country import country


def commune(code: str, people: int, area: int = 33) -> Unit:
    return Unit(code, f"Xã {code}", UnitType.COMMUNE, people, area_km2=Decimal(area))


def test_a_unit_of_the_middle_has_the_residents_of_its_curve() -> None:
    curve = COUNTRY.curves[UnitType.COMMUNE]
    people = round(math.exp(curve.expected(math.log(33))))
    assert curve.expected(MIDDLE_AREA) == curve.level
    assert judged([commune("1", people)]) == {}
    found = judged([commune("1", people)], every=True)["1"]
    assert found.zeros == 0
    assert found.lost < 0.05
    assert round(found.expected / people, 2) == 1.0


def test_more_residents_than_any_unit_has_are_looked_at_where_they_are_usual_too() -> None:
    """The residents of special zones spread so widely that half a million is not in doubt by itself."""
    zones = [Unit(str(n), f"Đặc khu {n}", UnitType.SPECIAL_ZONE, MOST_RESIDENTS + n) for n in range(2)]
    assert {code: found.lost for code, found in judged(zones).items()} == {"1": 0.0}


@pytest.mark.parametrize("zeros", [1, 2, 3])
def test_one_unit_alone_is_judged_by_the_country(zeros: int) -> None:
    found = judged([commune("1", 31_415 // 10**zeros)])["1"]
    assert found.zeros == zeros
    assert found.lost > 0.5


def test_units_without_residents_are_not_judged() -> None:
    assert judged([replace(commune("1", 5), population=None), commune("2", 0)]) == {}


@given(st.lists(st.integers(1, 400_000), min_size=1, max_size=30), st.booleans())
def test_chances_are_chances_and_scale_with_no_order(people: list[int], area: bool) -> None:
    units = [commune(str(n), each) for n, each in enumerate(people)]
    if not area:
        units = [replace(unit, area_km2=None) for unit in units]
    found = judged(units)
    for judgement in found.values():
        assert len(judgement.chances) == MOST_ZEROS + 1
        assert math.isclose(sum(judgement.chances), 1)
        assert all(chance >= 0 for chance in judgement.chances)
        assert judgement.expected > 0
    again = judged(units[::-1])
    assert all(math.isclose(found[code].expected, again[code].expected, rel_tol=1e-9) for code in found)


@pytest.mark.parametrize("share", [0.1, 0.4, 0.7, 1.0])
def test_of_a_province_in_thousands_to_any_share_every_such_figure_is_read_as_one(share: float) -> None:
    chance = random.Random(1)
    units = [unit for unit in country().values() if unit.province == "Hải Phòng"]
    table, small = [], set()
    for unit in units:
        if chance.random() < share and unit.type is not UnitType.SPECIAL_ZONE:
            table.append(replace(unit, population=round((unit.population or 0) / 1000)))
            small.add(unit.code)
        else:
            table.append(unit)
    found = judged(table)
    assert {code for code, judgement in found.items() if judgement.zeros == MOST_ZEROS} == small


def test_a_province_without_a_final_zero_is_doubted_more() -> None:
    units = [commune(f"{n}", 15_001 + 137 * n) for n in range(60)]
    sound = [unit for unit in units if (unit.population or 0) % 10]
    doubtful = commune("x", 3_311)
    broken = judged([*sound, doubtful])["x"].lost
    whole = judged([*units, doubtful])["x"].lost
    assert broken / (1 - broken) > 3 * whole / (1 - whole)


def test_neighbours_say_that_few_residents_are_usual_here() -> None:
    units = [commune(f"{n}", 15_001 + 137 * n) for n in range(40)]
    valley = [commune(f"v{n}", 4_411 + 37 * n) for n in range(6)]
    beside = {unit.code: [other.code for other in valley if other is not unit] for unit in valley}
    among = judged([*units, *valley], lambda codes: {code: beside.get(code, ()) for code in codes})
    assert among["v0"].lost < judged([*units, *valley])["v0"].lost / 2


def test_the_order_of_neighbours_decides_nothing() -> None:
    """Mountain communes without final zeros, each beside the next: read last to first they are the same."""
    units = [commune(f"{n}", 15_001 + 137 * n) for n in range(40) if (1 + 137 * n) % 10]
    valley = [commune(f"v{n}", 2_611 + 731 * n) for n in range(6)]
    beside = {
        unit.code: [other.code for other in valley[max(place - 1, 0) : place + 2] if other is not unit]
        for place, unit in enumerate(valley)
    }

    def found(order: int) -> dict[str, float]:
        read = judged(
            [*units, *valley], lambda codes: {code: beside.get(code, ()) for code in codes[::order]}
        )
        back = judged(
            [*units, *valley[::order]], lambda codes: {code: beside.get(code, ()) for code in codes}
        )
        assert {code: each.lost for code, each in read.items()} == {
            code: each.lost for code, each in back.items()
        }
        return {code: back[code].lost for code in beside}

    assert found(1) == pytest.approx(found(-1))
    assert len(set(found(1).values())) > 1
