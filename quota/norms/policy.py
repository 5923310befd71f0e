"""A redeployment policy as planning applies it: stages, limits and what a plan weighs, as plain values.

A policy's rule file is read strictly by `files.policy`; what planning needs of it is this. It is made from
the file, for the shipped ones beforehand (`applying`), so that a plan waits neither for YAML nor for its
validation.
"""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Literal

from msgspec import Struct

from quota.core.citations import RuleSource
from quota.core.posts import Posts
from quota.core.text import LocalText

Objective = Literal["shortfall", "worst", "people", "cost", "distance"]


class StageKind(StrEnum):
    """Within a unit between its blocs; for good between places; for some months, on the home unit's books."""

    INTERNAL = "internal"
    TRANSFER = "transfer"
    SECONDMENT = "secondment"


class InForce(Struct, frozen=True):
    """From `from_` to `to`, both included, or open-ended."""

    from_: dt.date
    to: dt.date | None = None

    def covers(self, day: dt.date) -> bool:
        """Whether the policy is in force on `day`."""
        return self.from_ <= day and (self.to is None or day <= self.to)


class StageRule(Struct, frozen=True):
    """One stage: its kind, whom it may take people from, how many months a secondment lasts."""

    kind: StageKind
    source: str
    from_: tuple[Literal["units", "departments"], ...] = ("units",)
    months: int | None = None


class TargetRule(Struct, frozen=True):
    """To which end of its norm a unit is filled; `middle` is halfway, rounded down."""

    level: Literal["low", "middle", "high"]
    source: str

    def of(self, posts: Posts) -> int:
        """The people a norm is filled to."""
        if self.level == "low":
            return posts.low
        return posts.high if self.level == "high" else (posts.low + posts.high) // 2


class Keeping(Struct, frozen=True):
    """Until this day, included, units over their norm keep their people: nobody is planned to leave."""

    date: dt.date
    source: str


class Exchange(Struct, frozen=True):
    """People of these blocs may fill each other's posts in these kinds of stage."""

    blocs: tuple[str, ...]
    stages: tuple[StageKind, ...]
    source: str


class CountLimit(Struct, frozen=True):
    """At most this number of people, or of kilometres."""

    most: int
    source: str


class UnitLimit(Struct, frozen=True):
    """These units, by code."""

    units: tuple[str, ...]
    source: str


class Border(Struct, frozen=True):
    """Which border people do not move across, except from or to the units and departments that are named."""

    area: Literal["province"]
    source: str
    may_cross: tuple[str, ...] = ()


class Limits(Struct, frozen=True):
    """What a plan must keep to, as `files.policy.Limits` tells; what is left out does not limit."""

    people_leaving_unit: CountLimit | None = None
    moves_per_unit: CountLimit | None = None
    km: CountLimit | None = None
    no_release: UnitLimit | None = None
    no_receive: UnitLimit | None = None


class PlanObjective(Struct, frozen=True):
    """What a plan weighs, the first first."""

    order: tuple[Objective, ...]
    source: str


class Policy(Struct, frozen=True):
    """A redeployment policy; `files` are the rule file that it was read from, and those it extends."""

    id: str
    title: LocalText
    effective: InForce
    stages: tuple[StageRule, ...]
    target: TargetRule
    objective: PlanObjective
    keep_surplus_until: Keeping | None = None
    exchange: tuple[Exchange, ...] = ()
    limits: Limits = Limits()
    within: Border | None = None
    files: tuple[RuleSource, ...] = ()

    def keeps_surplus(self, day: dt.date) -> bool:
        """Whether units over their norm keep their people on `day`."""
        return self.keep_surplus_until is not None and day <= self.keep_surplus_until.date

    def exchanges(self, kind: StageKind) -> frozenset[tuple[str, str]]:
        """The pairs of different blocs whose people may fill each other's posts in this kind of stage."""
        return frozenset(
            (giver, taker)
            for rule in self.exchange
            if kind in rule.stages
            for giver in rule.blocs
            for taker in rule.blocs
            if giver != taker
        )
