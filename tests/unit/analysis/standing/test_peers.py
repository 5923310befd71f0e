"""How unlike two units are, worked by hand."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from quota.analysis.standing.peers import distance
from quota.core.units import Unit, UnitType


def unit(residents: int | None, km2: str | None = None) -> Unit:
    return Unit("1", "Xã", UnitType.COMMUNE, residents, area_km2=None if km2 is None else Decimal(km2))


@pytest.mark.parametrize(
    ("a", "b", "far"),
    [
        (unit(20_000, "20"), unit(25_000, "25"), Fraction(1, 5)),
        (unit(25_000, "25"), unit(20_000, "20"), Fraction(1, 5)),
        (unit(20_000, "20"), unit(20_000, "40"), Fraction(1, 2)),
        (unit(20_000, "20"), unit(25_000, "20"), Fraction(1, 5) + Fraction(1, 5)),
        (unit(0, "20"), unit(0, "20"), Fraction(0)),
        (unit(None, "20"), unit(20_000, "20"), None),
        (unit(20_000, "20"), unit(20_000), None),
    ],
)
def test_differences_of_residents_and_density_are_shares_of_the_larger(
    a: Unit, b: Unit, far: Fraction | None
) -> None:
    assert distance(a, b) == far


def test_without_density_residents_alone_tell() -> None:
    assert distance(unit(20_000), unit(25_000, "9"), by_density=False) == Fraction(1, 5)
