"""Units with the figures of one predecessor, found by the points and borders around them."""

from __future__ import annotations

import random
from collections import defaultdict
from decimal import Decimal

import pytest
from msgspec.structs import replace

from quota.analysis.checks import partial
from quota.analysis.checks.context import Context
from quota.core.units import Border, Unit
from quota.tables.readers.borders import read_borders
from quota.tables.shipped.country import COUNTRY_NEIGHBOURS, country

BORDERS = read_borders(COUNTRY_NEIGHBOURS).borders


def of(province: str) -> list[Unit]:
    return [unit for unit in country().values() if unit.province == province]


def found(units: list[Unit]) -> set[str]:
    here = {unit.code for unit in units}
    borders = [border for border in BORDERS if border.code_a in here]
    context = Context("", units, around=borders)
    return {finding.unit.code for finding in partial.one_predecessor(context) if finding.unit}


def test_the_24_units_of_ca_mau_are_found_and_no_other_province_has_such() -> None:
    ca_mau = found(of("Cà Mau"))
    former = {unit.code for unit in of("Cà Mau") if "31825" <= unit.code <= "31993"}
    assert len(former) == 25  # one of the former province's units has its own figures
    assert ca_mau == former - {"31975"}, "Đông Hải"
    for province in {unit.province or "" for unit in country().values()} - {"Cà Mau"}:
        assert found(of(province)) == set(), province


def test_without_points_or_borders_nothing_is_said() -> None:
    units = of("Cà Mau")
    assert list(partial.one_predecessor(Context("", units))) == []
    assert found([replace(unit, lon=None, lat=None) for unit in units]) == set()


@pytest.mark.parametrize("province", ["Nghệ An", "Phú Thọ", "Đồng Tháp"])
def test_a_group_that_is_cut_down_elsewhere_is_found(province: str) -> None:
    chance = random.Random(province)
    units = of(province)
    group = grouped(BORDERS, chance.choice(units).code, 14)
    cut = [
        replace(
            unit,
            population=round((unit.population or 0) * 0.35),
            area_km2=Decimal(round(float(unit.area_km2 or 0) * chance.uniform(0.25, 0.45), 2)),
        )
        if unit.code in group
        else unit
        for unit in units
    ]
    here = found(cut)
    assert len(here & group) >= 0.8 * len(group)
    assert len(here - group) <= 1


def grouped(borders: tuple[Border, ...], start: str, size: int) -> set[str]:
    """So many units around `start`."""
    beside: defaultdict[str, list[str]] = defaultdict(list)
    for border in borders:
        beside[border.code_a].append(border.code_b)
        beside[border.code_b].append(border.code_a)
    group, waiting = {start}, [start]
    while waiting and len(group) < size:
        for other in beside[waiting.pop(0)]:
            if other not in group and len(group) < size:
                group.add(other)
                waiting.append(other)
    return group
