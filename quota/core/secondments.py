"""Secondments (biệt phái): people who stay on the books of their home and work at a host, until a day.

Books are who is on the payroll of a place, hands are who works there on a day. The quota is compared with
books, the work with hands. A secondee is on one place's books and is one place's hands, on every day.
"""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from quota.core.blocs import Bloc, ByBloc, Staff
from quota.core.months import ONE_DAY
from quota.core.posts import Gap
from quota.core.units import ListTable, Origin
from quota.core.values import ComparedByContent


class SecondmentRow(ComparedByContent, frozen=True):
    """One row as read: home, host and field as written; both `start` and `end` belong to the secondment."""

    id: str
    home: str
    host: str
    field: str | None
    start: date
    end: date
    people: int = 1
    bloc: Bloc = Bloc.GOVERNMENT
    origin: Origin | None = None


class SecondmentTable(ListTable[SecondmentRow], frozen=True):
    """Secondments as they were read."""


class Workplace(Struct, frozen=True):
    """Where people are: a unit by its code, or a department, which has none."""

    code: str | None
    name: str

    @property
    def key(self) -> str:
        """A key that no other place has."""
        return self.name if self.code is None else f"{self.code} {self.name}"


class Secondment(ComparedByContent, frozen=True):
    """`people` of `home` at work at `host`, from `start` to `end`, both included.

    `field` is a field's id or None (unknown); `bloc` is where they count, at home and at the host.
    """

    id: str
    home: Workplace
    host: Workplace
    field: str | None
    start: date
    end: date
    people: int = 1
    bloc: Bloc = Bloc.GOVERNMENT
    origin: Origin | None = None

    @property
    def back(self) -> date:
        """The first day home again."""
        return self.end + ONE_DAY

    def away_on(self, day: date) -> bool:
        """Whether they work at the host on `day`."""
        return self.start <= day <= self.end


class Hands(Struct, frozen=True):
    """One unit on a day: people of its own who are away, people it received, and who works there by bloc.

    `present` is books − away + received; None where the books are unknown. `gap` compares it with the quota:
    what the work feels, beside what the books say.
    """

    away: ByBloc[int]
    received: ByBloc[int]
    present: Staff
    gap: ByBloc[Gap | None]


class DepartmentAway(Struct, frozen=True):
    """A department (any home that is no unit) and how many of its people are away on the day."""

    name: str
    away: int


class MonthOfReturns(Struct, frozen=True):
    """People whose first day home falls into a month, and the shortfall that comes back with it.

    `shortfall` is by how much the hosts' shortfalls (hands against quota, bloc by bloc) are greater at the
    month's end than if nobody had gone home in it; None where it is known of none of them. `away` counts
    those still, or newly, at a host at the month's end; a person who is back at the host
    by then is in no shortfall.
    """

    month: date
    people: int
    hosts: int
    shortfall: int | None
    away: int
