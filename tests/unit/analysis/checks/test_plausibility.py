"""How plausible a reading is, worked by hand, and which readings there can be."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quota.analysis.checks.plausibility import (
    MIN_PEERS,
    THOUSANDFOLD,
    Peers,
    Reading,
    likeliest_zeros,
    peers_of,
    readings,
)
from quota.core.units import Unit, UnitType


class Priced(Peers):
    """Peers beside which only the zeros put back surprise."""

    price = 0

    def surprise(self, residents: int, zeros: int = 0) -> int:
        return self.price * zeros


class Dear(Priced):
    price = THOUSANDFOLD


class TooDear(Priced):
    price = THOUSANDFOLD + 1


def of(kind: type[Peers]) -> Peers:
    return kind(10_000.0, 1.0, MIN_PEERS)


def test_surprise_is_that_of_students_t_with_four_degrees_of_freedom() -> None:
    peers = of(Peers)
    assert peers.surprise(10_000) == 0
    assert peers.surprise(73_891) == 1_733  # two spreads off: 5/2 * log(1 + 2²/4), in thousandths
    assert peers.surprise(1_353) == 1_733
    assert peers.surprise(10_000, zeros=1) == 2_303  # log 10
    assert peers.surprise(200_855) == 2_947  # three spreads off: 5/2 * log(1 + 9/4)


@pytest.mark.parametrize(
    ("residents", "zeros"),
    [
        (0, [0]),
        (1, [0, 3]),
        (9, [0, 3]),
        (10, [0, 3]),
        (11, [0, 2, 3]),
        (99, [0, 2, 3]),
        (100, [0, 3]),
        (101, [0, 1, 2, 3]),
        (399, [0, 1, 2, 3]),
        (400, [0, 3]),
        (401, [0, 1, 2]),
        (3_999, [0, 1, 2]),
        (4_000, [0]),
        (4_001, [0, 1]),
        (39_999, [0, 1]),
        (40_000, [0]),
        (40_001, [0]),
    ],
)
def test_zeros_that_a_figure_can_have_lost(residents: int, zeros: list[int]) -> None:
    found = readings(residents, of(Priced))
    assert [one.zeros for one in found] == zeros
    assert [one.residents for one in found] == [residents * 10**lost for lost in zeros]


def test_a_reading_a_thousand_times_less_plausible_is_the_last_one_there_is() -> None:
    assert readings(4_001, of(Dear)) == (Reading(4_001, 0, 0), Reading(40_010, 1, THOUSANDFOLD))
    assert readings(4_001, of(TooDear)) == (Reading(4_001, 0, 0),)


def test_without_peers_and_of_nobody_nothing_was_lost() -> None:
    assert readings(0, of(Peers)) == readings(0, None) == (Reading(0, 0, 0),)
    assert likeliest_zeros(0, of(Peers)) == likeliest_zeros(1_001, None) == 0
    assert likeliest_zeros(1_001, Peers(10_000.0, 0.35, MIN_PEERS)) == 1
    assert likeliest_zeros(40_001, Peers(400_000.0, 0.35, MIN_PEERS)) == 0


def test_as_many_units_as_make_peers_and_one_fewer() -> None:
    units = [Unit(str(n), "Xã", UnitType.COMMUNE, 10_000) for n in range(MIN_PEERS)]
    found = peers_of(units)[UnitType.COMMUNE]
    assert (round(found.median), found.units) == (10_000, MIN_PEERS)
    assert peers_of(units[1:]) == {}
    unknown = [Unit("a", "Xã", UnitType.COMMUNE, None), Unit("b", "Xã", UnitType.COMMUNE, 0)]
    assert peers_of([*units[1:], *unknown]) == {}


@given(st.floats(1, 400_000), st.floats(0.35, 5))
def test_figures_beyond_doubt_lost_no_zeros_and_are_not_far_off(median: float, spread: float) -> None:
    peers = Peers(median, spread, units=12)
    least, most = peers.beyond_doubt()
    assert least <= median <= most or most < least
    for residents in {least, least + 1, round(median), most - 1, most}:
        if least <= residents <= most:
            assert likeliest_zeros(residents, peers) == 0
            assert abs(peers.deviation(residents)) < 4
    assert peers.deviation(most + 2) > 2.4
    assert least <= 1 or peers.deviation(least - 1) < -2.4
