"""Months as a length of time, in one place, so that every return falls on the same day wherever it is asked.

A convention of this program; where a decision says another day, a table gives that day itself.
"""

from __future__ import annotations

from datetime import date, timedelta

ONE_DAY = timedelta(days=1)


def last_day(start: date, months: int) -> date:
    """The last day of `months` (at least one) that begin on `start`; both days belong to them.

    It is the day before the same day of the month: six months from 1 September 2026 end on 28 February 2027,
    from 15 September on 14 March. Where that month has no such day they end on its last one: a month from
    29, 30 or 31 January ends on 28 February; in a leap year one from 29 January too, from 30 and 31 January
    on the 29th.
    """
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    month_end = next_month(date(year, month + 1, 1)) - ONE_DAY
    if start.day > month_end.day:
        return month_end
    return date(year, month + 1, start.day) - ONE_DAY


def first_of_month(day: date) -> date:
    """The first day of the month of `day`."""
    return day.replace(day=1)


def next_month(day: date) -> date:
    """The first day of the month after that of `day`."""
    return (first_of_month(day) + timedelta(days=31)).replace(day=1)
