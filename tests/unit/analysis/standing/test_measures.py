"""What is no unit's area."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from quota.analysis.standing.measures import area_of
from quota.core.units import Unit, UnitType


@pytest.mark.parametrize(
    ("km2", "known"),
    [("0", False), ("0.0000009", False), ("0.000001", True), ("1000000", True), ("1000000.1", False)],
)
def test_an_area_is_known_from_a_square_metre_to_a_million_square_kilometres(km2: str, known: bool) -> None:
    unit = Unit("1", "Xã", UnitType.COMMUNE, 1, area_km2=Decimal(km2))
    assert area_of(unit) == (Fraction(km2) if known else None)
