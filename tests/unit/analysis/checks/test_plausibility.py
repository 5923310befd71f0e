"""Which readings a figure can have, and how surprising each is."""

from __future__ import annotations

import math

import pytest

from quota.analysis.checks.expecting import Judged
from quota.analysis.checks.plausibility import THOUSANDFOLD, Reading, readings


def of(*chances: float) -> Judged:
    return Judged(15_000.0, 0.4, 0.0, chances)


ALIKE = of(0.25, 0.25, 0.25, 0.25)


@pytest.mark.parametrize(
    ("residents", "zeros"),
    [
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
    found = readings(residents, ALIKE)
    assert [reading.zeros for reading in found] == zeros
    assert [reading.residents for reading in found] == [residents * 10**lost for lost in zeros]


def test_surprise_is_the_logarithm_of_how_much_likelier_the_best_reading_is() -> None:
    assert readings(4_001, of(0.25, 0.75, 0.0, 0.0)) == (
        Reading(4_001, 0, round(1000 * math.log(3))),
        Reading(40_010, 1, 0),
    )


def test_a_reading_a_thousand_times_less_plausible_is_the_last_one_there_is() -> None:
    assert readings(4_001, of(1000.0, 1.0, 0, 0)) == (Reading(4_001, 0, 0), Reading(40_010, 1, THOUSANDFOLD))
    assert readings(4_001, of(1002.0, 1.0, 0, 0)) == (Reading(4_001, 0, 0),)


def test_a_figure_that_is_not_judged_is_read_as_written() -> None:
    assert readings(0, None) == (Reading(0, 0, 0),)
    assert readings(1_813, None) == (Reading(1_813, 0, 0),)


@pytest.mark.parametrize(("embedded", "best"), [(1_813, 1_813), (18_130, 18_130), (99_999, 18_130)])
def test_a_reading_that_is_the_embedded_figure_is_a_thousand_times_likelier(embedded: int, best: int) -> None:
    found = readings(1_813, of(0.2, 0.8, 0.0, 0.0), embedded)
    assert min(found, key=lambda reading: reading.surprise).residents == best
