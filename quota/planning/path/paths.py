"""The path to the deadline as values: its days, its units, its steps."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from msgspec import Struct

from quota.core.moves import Place, aim_of
from quota.core.problems import Problem
from quota.core.results import FrameSummary, Unsettled
from quota.core.text import Text, count
from quota.core.units import InputFile, Unit
from quota.planning.path.fewest import Fewest
from quota.planning.path.stays import Stay


class Step(Struct, frozen=True):
    """People who move, or are recruited (no origin), by a day; metres None where unknown or not a way."""

    day: date
    target: Place
    origin: Place | None
    people: int
    metres: int | None = None


class Point(Struct, frozen=True):
    """One day: who left since the point before, how things are if nobody moves, and with the steps taken.

    `meeting` counts units within their norm in every bloc; `short` and `over` are people, by bloc too.
    """

    day: date
    retired: int
    left: int
    meeting: int
    short: Mapping[str, int]
    over: Mapping[str, int]
    meeting_with_steps: int
    short_with_steps: int
    over_with_steps: int


class Fate(Struct, frozen=True):
    """A unit: the day from which it meets its norm by itself for good, and whether it does with the steps.

    `over` and `short` are people and posts that stay on the deadline when all is done, by bloc.
    """

    unit: Unit
    alone: date | None
    meets: bool
    over: Mapping[str, int]
    short: Mapping[str, int]


class Path(Struct, frozen=True):
    """Everything from today to the deadline; checked by plain arithmetic before it is returned."""

    frame: FrameSummary | None
    policy: str
    retirement: str
    as_of: date
    deadline: date
    points: tuple[Point, ...]
    units: tuple[Fate, ...]
    steps: tuple[Step, ...]
    best: Fewest
    unknown: int
    """Units with a bloc whose people or posts are unknown: whether they meet the norm cannot be told."""
    inputs: tuple[InputFile, ...] = ()
    problems: tuple[Problem, ...] = ()
    unsettled: Unsettled | None = None
    """What hangs on what is unknown of the units: their norms are counted without it."""
    by_assigned: bool = False
    """Whether units are to meet what was assigned, and not their norm."""
    stays: tuple[Stay, ...] = ()
    """Planned moves and secondments that were given."""
    staff: int = 0
    """People in post in the units that are counted."""
    listed: int = 0
    """Those of them who are in the table of people, so that their retirement is known."""

    @property
    def aim(self) -> Text:
        """What units are to meet, in words."""
        return aim_of(by_assigned=self.by_assigned)


def headline(path: Path) -> Text:
    """How many units meet their norm on the deadline, by themselves and with the steps."""
    alone = sum(fate.alone is not None for fate in path.units)
    return count(
        "Of {n} unit {alone} meet the {aim} on {day} by themselves, {meeting} with {people}"
        " moved or recruited.",
        "Of {n} units {alone} meet the {aim} on {day} by themselves, {meeting} with {people}"
        " moved or recruited.",
        aim=path.aim,
        n=len(path.units),
        alone=alone,
        day=path.deadline,
        meeting=len(path.best.meeting),
        people=path.best.fewest[0],
    )
