"""What a reconciled province says of itself."""

from __future__ import annotations

from decimal import Decimal

import pytest
from msgspec.structs import replace

from quota.core.reconciliation import Account, Correction, Moved, Reconciliation, Verdict
from quota.core.units import Unit, UnitType

UNIT = Unit("00001", "Xã Một", UnitType.COMMUNE, 1_132, area_km2=Decimal("12.5"))
CHANGE = Correction(UNIT, before=1_132, after=11_320, zeros=1)
FOUND = Reconciliation(
    "Hải Phòng", 30_000, 19_812, (UNIT,), Verdict.SEVERAL, (Account((CHANGE,), 0),), published_units=1
)


def test_what_a_table_lacks_and_what_it_has_too_many() -> None:
    assert FOUND.gap == 10_188
    assert replace(FOUND, control_total=19_000).gap == -812


def test_figures_put_back_are_those_of_the_row_they_stand_in() -> None:
    row = replace(UNIT, code="00002", population=2_000, area_km2=Decimal(7))
    assert Moved(UNIT, row).put_back() == replace(UNIT, population=2_000, area_km2=Decimal(7))
    assert Moved(UNIT, None).put_back() is None


@pytest.mark.parametrize(("published", "other"), [(1, False), (2, True), (None, False)])
def test_a_total_of_another_number_of_units_is_told_apart(published: int | None, other: bool) -> None:
    assert replace(FOUND, published_units=published).other_units is other


NAME = "hai-phong-4ab6b6"
OPEN = {Verdict.CLEAR, Verdict.SEVERAL, Verdict.NOT_PROVEN, Verdict.UNLIKELY}


@pytest.mark.parametrize("verdict", Verdict)
@pytest.mark.parametrize("accepted", [False, True])
def test_residents_are_corrected_where_nothing_else_fits_or_one_is_accepted_by_name(
    verdict: Verdict, accepted: bool
) -> None:
    accounts = () if verdict is Verdict.MATCHES else FOUND.accounts
    found = replace(FOUND, verdict=verdict, accounts=accounts)
    name = found.name_of(FOUND.accounts[0])
    assert name == (NAME if verdict in OPEN else None)
    found = replace(found, accepted=NAME if accepted else "")
    corrected = verdict is Verdict.ONLY_ONE or (accepted and verdict in OPEN)
    assert found.settled is (corrected or verdict is Verdict.MATCHES)
    assert found.corrected() == ({"00001": 11_320} if corrected else {})


def test_a_name_is_of_the_changes_and_accepts_nothing_else() -> None:
    other = Account((replace(CHANGE, after=113_200, zeros=2),), 5)
    both = replace(FOUND, accounts=(*FOUND.accounts, other))
    assert both.name_of(other) != NAME
    assert replace(both, accepted=both.name_of(other) or "").corrected() == {"00001": 113_200}
    assert replace(both, accepted="hai-phong-000000").corrected() == {}
    assert (replace(FOUND, name="").name_of(other) or "").startswith("table-")


def test_to_accept_what_was_not_found_settles_nothing() -> None:
    nothing = replace(FOUND, accounts=(), accepted=NAME)
    assert not nothing.settled
    assert nothing.corrected() == {}
