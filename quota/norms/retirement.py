"""When people retire by their birth date and sex: an age that rises by some months each year."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from quota.core.months import ONE_DAY, next_month
from quota.norms.files.rulefile import Id, Positive, RuleFile, Strict


class RisingAge(Strict):
    """The age in `year`, and `step_months` more in each year after it, up to `last_years` years."""

    year: Annotated[int, Field(ge=1900, le=2200)]
    years: Positive
    months: Annotated[int, Field(ge=0, le=11)]
    step_months: Positive
    last_years: Positive
    source: Id

    def in_year(self, year: int) -> int:
        """The age in months of people who reach it in this year; before the first year that of the first."""
        first = self.years * 12 + self.months
        return min(first + self.step_months * max(year - self.year, 0), self.last_years * 12)

    def reached(self, born: date) -> date:
        """The first day of the month in which somebody born on this day reaches the age.

        It is the first month that is as many months after the month of birth as the age in that month's year.
        The age rises by fewer months than a year has, so there is always one.
        """
        birth = born.year * 12 + born.month - 1
        year = (birth + self.in_year(self.year)) // 12
        while (birth + self.in_year(year)) // 12 > year:
            year += 1
        month = max(birth + self.in_year(year), year * 12)
        return date(month // 12, month % 12 + 1, 1)


class Retirement(RuleFile):
    """Retirement ages for men and women."""

    kind: Literal["retirement"]
    men: RisingAge
    women: RisingAge

    def last_day(self, born: date, *, woman: bool) -> date:
        """The last day at work: that of the month in which the age is reached (Article 3 of the decree)."""
        return next_month((self.women if woman else self.men).reached(born)) - ONE_DAY
