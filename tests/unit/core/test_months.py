"""The last day of so many months, on both sides of every month's end."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quota.core.months import last_day, next_month


@pytest.mark.parametrize(
    ("start", "months", "last"),
    [
        ("2026-09-01", 6, "2027-02-28"),
        ("2026-09-15", 6, "2027-03-14"),
        ("2026-08-31", 6, "2027-02-28"),
        ("2026-01-27", 1, "2026-02-26"),
        ("2026-01-28", 1, "2026-02-27"),
        ("2026-01-29", 1, "2026-02-28"),
        ("2026-01-30", 1, "2026-02-28"),
        ("2026-01-31", 1, "2026-02-28"),
        ("2026-02-01", 1, "2026-02-28"),
        ("2028-01-29", 1, "2028-02-28"),
        ("2028-01-30", 1, "2028-02-29"),
        ("2028-01-31", 1, "2028-02-29"),
        ("2028-02-29", 12, "2029-02-28"),
        ("2026-03-31", 1, "2026-04-30"),
        ("2026-12-01", 1, "2026-12-31"),
        ("2026-12-31", 2, "2027-02-28"),
    ],
)
def test_months_end_the_day_before_the_same_day_or_with_the_month(start: str, months: int, last: str) -> None:
    assert last_day(date.fromisoformat(start), months) == date.fromisoformat(last)


@given(start=st.dates(date(1990, 1, 1), date(2090, 1, 1)), months=st.integers(1, 120))
def test_a_later_start_never_ends_earlier_and_a_month_more_never_ends_sooner(
    start: date, months: int
) -> None:
    assert last_day(start, months) <= last_day(start + timedelta(days=1), months)
    assert start < last_day(start, months) < last_day(start, months + 1)


def test_from_the_first_of_a_month_whole_months_are_counted() -> None:
    day = date(2026, 1, 1)
    for months in range(1, 40):
        assert last_day(date(2026, 1, 1), months) == next_month(day) - timedelta(days=1)
        day = next_month(day)
