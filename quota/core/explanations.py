"""How a unit's figures came about, step by step, and who is on loan: pages that most runs do not make."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from msgspec import Struct

from quota.core.blocs import ByBloc
from quota.core.posts import Gap, Posts
from quota.core.problems import Problem
from quota.core.results import FrameSummary, Quota, Status, UnitAudit, Unsettled
from quota.core.text import Text
from quota.core.units import InputFile

if TYPE_CHECKING:
    from quota.core.fields import FieldsSummary
    from quota.core.secondments import MonthOfReturns, Secondment


class Step(Struct, frozen=True):
    """One step from residents to posts: which rule, on whose word, from what, by which arithmetic."""

    rule: str
    source: str
    what: Text
    inputs: Mapping[str, int | str]
    arithmetic: Text
    result: Posts


class Margin(Struct, frozen=True):
    """How far a bloc's quota is from changing, in residents; None where no number of residents does it.

    `residents_to_last` is how many more bring the last post there is; 0 where the unit has it.
    """

    residents_to_next: int | None
    residents_to_fewer: int | None
    residents_to_last: int | None = None


class Alternative(Struct, frozen=True):
    """The same unit under another frame."""

    frame: FrameSummary
    quota: Quota | None
    gap: ByBloc[Gap | None]
    status: Status


class Explanation(Struct, frozen=True):
    """One unit's audit with every step, its margins, and what the other shipped readings would give."""

    frame: FrameSummary
    as_of: date
    audit: UnitAudit
    steps: ByBloc[tuple[Step, ...]]
    margins: ByBloc[Margin]
    alternatives: tuple[Alternative, ...]
    inputs: tuple[InputFile, ...] = ()
    problems: tuple[Problem, ...] = ()
    unsettled: Unsettled | None = None
    """What hangs on what is unknown of the unit."""
    until: date | None = None
    """The day up to which who leaves and who arrives is counted, where tables tell."""


class SecondmentReport(Struct, frozen=True):
    """Who is where on a day, who comes home in the `days` after it, and what returns month by month."""

    frame: FrameSummary
    rules: FieldsSummary
    as_of: date
    days: int
    secondments: tuple[Secondment, ...]
    now: tuple[Secondment, ...]
    returning: tuple[Secondment, ...]
    months: tuple[MonthOfReturns, ...]
    unknown_hosts: int = 0
    """Hosts whose staff or residents are unknown: they are in no shortfall."""
    inputs: tuple[InputFile, ...] = ()
    problems: tuple[Problem, ...] = ()
    unsettled: Unsettled | None = None
    """What hangs on what is unknown of the units."""
