"""Each standard on both sides of its bound, and what cannot be told from what is known."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from quota.core.units import ProvinceClass, Terrain, Unit, UnitType
from quota.norms.loading import load_rules
from quota.norms.standards import Standards
from quota.planning.mergers.unit_standards import shortcomings

LAND = {"mountain": False, "island": False, "border": False}
HILLS = {"mountain": True, "island": False, "border": False, "minority_share": Fraction(0)}


@pytest.fixture(scope="module")
def standards() -> Standards:
    return load_rules("unit-standards-2025", Standards)


def codes(
    standards: Standards, kind: UnitType, residents: int | None, km2: str | None, **terrain: Any
) -> list[str]:
    unit = Unit(
        "1",
        "X",
        kind,
        residents,
        area_km2=None if km2 is None else Decimal(km2),
        terrain=Terrain(**terrain),
    )
    return [shortcoming.code for shortcoming in shortcomings(unit, standards)]


@pytest.mark.parametrize(
    ("terrain", "residents", "km2"),
    [
        (LAND, 16_000, 30),
        (LAND | {"border": True}, 8_000, 30),
        (HILLS, 5_000, 100),
        (HILLS | {"minority_share": Fraction(499, 1000)}, 5_000, 100),
        (HILLS | {"minority_share": Fraction(1, 2)}, 2_500, 100),
        (HILLS | {"minority_share": None, "border": True}, 2_500, 100),
        (LAND | {"island": True}, 2_500, 15),
        (LAND | {"island": True, "border": True}, 1_250, 15),
    ],
)
def test_communes_on_both_sides_of_each_bound(
    standards: Standards, terrain: dict[str, Any], residents: int, km2: int
) -> None:
    commune = UnitType.COMMUNE
    assert codes(standards, commune, residents, str(km2), **terrain) == []
    assert codes(standards, commune, residents - 1, str(km2), **terrain) == ["residents-under-standard"]
    assert codes(standards, commune, residents, f"{km2 - 1}.99", **terrain) == ["area-under-standard"]


@pytest.mark.parametrize(
    ("province", "residents"),
    [
        (ProvinceClass.CENTRAL_CITY, 45_000),
        (ProvinceClass.MOUNTAIN_OR_BORDER, 15_000),
        (ProvinceClass.OTHER, 21_000),
    ],
)
def test_wards_on_both_sides_of_each_bound_whatever_their_area(
    standards: Standards, province: ProvinceClass, residents: int
) -> None:
    assert codes(standards, UnitType.WARD, residents, None, province_class=province) == []
    under = codes(standards, UnitType.WARD, residents - 1, None, province_class=province)
    assert under == ["residents-under-standard"]


def test_what_meets_every_standard_or_none_needs_no_choice(standards: Standards) -> None:
    commune = UnitType.COMMUNE
    assert codes(standards, commune, 16_000, "100") == []
    assert codes(standards, commune, 1_249, "14.99") == ["residents-under-standard", "area-under-standard"]
    assert codes(standards, UnitType.WARD, 14_999, None) == ["residents-under-standard"]


def test_between_the_two_the_check_says_which_standard_it_could_not_choose(standards: Standards) -> None:
    unit = Unit(
        "1",
        "Xã X",
        UnitType.COMMUNE,
        5_000,
        area_km2=Decimal(40),
        terrain=Terrain(island=False, border=False),
    )
    residents, area = shortcomings(unit, standards)
    assert {residents.code, area.code} == {"standard-not-chosen"}
    assert "2,500 (a mountain commune, residents halved) and 16,000 (a commune)" in str(residents.message)
    assert "unknown: mountain, minority_share" in str(residents.message)
    assert "30 (a commune) and 100 (a mountain commune)" in str(area.message)


def test_unknown_residents_and_area_are_said_and_special_zones_have_no_standard(standards: Standards) -> None:
    assert codes(standards, UnitType.COMMUNE, None, None, **LAND) == ["not-checked", "not-checked"]
    assert not standards.covers(UnitType.SPECIAL_ZONE)
