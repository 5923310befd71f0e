"""Retirement months on both sides of every step of Decree 135/2020/NĐ-CP, after its own annex."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quota.norms.loading import load_rules
from quota.norms.retirement import Retirement

RULE = load_rules("retirement-2021", Retirement)
MEN = [  # birth month, age (years, months), month of retirement: both ends of each step of Annex I
    ("1961-01", (60, 3), "2021-04"),
    ("1961-09", (60, 3), "2021-12"),
    ("1961-10", (60, 6), "2022-04"),
    ("1962-06", (60, 6), "2022-12"),
    ("1962-07", (60, 9), "2023-04"),
    ("1963-03", (60, 9), "2023-12"),
    ("1963-04", (61, 0), "2024-04"),
    ("1963-12", (61, 0), "2024-12"),
    ("1964-01", (61, 3), "2025-04"),
    ("1964-09", (61, 3), "2025-12"),
    ("1964-10", (61, 6), "2026-04"),
    ("1965-06", (61, 6), "2026-12"),
    ("1965-07", (61, 9), "2027-04"),
    ("1966-03", (61, 9), "2027-12"),
    ("1966-04", (62, 0), "2028-04"),
    ("1970-01", (62, 0), "2032-01"),
]
WOMEN = [
    ("1966-01", (55, 4), "2021-05"),
    ("1966-08", (55, 4), "2021-12"),
    ("1966-09", (55, 8), "2022-05"),
    ("1967-04", (55, 8), "2022-12"),
    ("1967-05", (56, 0), "2023-05"),
    ("1967-12", (56, 0), "2023-12"),
    ("1968-01", (56, 4), "2024-05"),
    ("1968-08", (56, 4), "2024-12"),
    ("1968-09", (56, 8), "2025-05"),
    ("1969-04", (56, 8), "2025-12"),
    ("1969-05", (57, 0), "2026-05"),
    ("1969-12", (57, 0), "2026-12"),
    ("1970-01", (57, 4), "2027-05"),
    ("1973-04", (58, 8), "2031-12"),
    ("1975-01", (59, 8), "2034-09"),
    ("1975-04", (59, 8), "2034-12"),
    ("1975-05", (60, 0), "2035-05"),
    ("1980-03", (60, 0), "2040-03"),
]


@pytest.mark.parametrize(
    ("woman", "born", "age", "month"),
    [*((False, *row) for row in MEN), *((True, *row) for row in WOMEN)],
)
@pytest.mark.parametrize("day", [1, 28])
def test_the_annex(woman: bool, born: str, age: tuple[int, int], month: str, day: int) -> None:
    birth = date.fromisoformat(f"{born}-{day:02}")
    last = RULE.last_day(birth, woman=woman)
    assert last.strftime("%Y-%m") == month
    assert (last.year * 12 + last.month) - (birth.year * 12 + birth.month) == age[0] * 12 + age[1]
    assert (last.toordinal() + 1) == date(last.year + last.month // 12, last.month % 12 + 1, 1).toordinal()


@given(born=st.dates(date(1961, 1, 1), date(2005, 12, 31)), woman=st.booleans())
def test_nobody_born_later_retires_earlier_and_everybody_has_the_age_of_the_year(
    born: date, woman: bool
) -> None:
    last = RULE.last_day(born, woman=woman)
    months = (last.year - born.year) * 12 + last.month - born.month
    ages = RULE.women if woman else RULE.men
    assert months == ages.in_year(last.year) or (woman and last.year < 2021)
    later = RULE.last_day(date.fromordinal(born.toordinal() + 31), woman=woman)
    assert later >= last
