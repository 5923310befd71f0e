"""The rule file of a redeployment policy, as strict models; `norms.policy` has each as it is applied."""

from __future__ import annotations

from typing import Annotated, Literal, get_args

import msgspec
from pydantic import AfterValidator, Field, model_validator

from quota.core.names import tidy
from quota.core.text import say
from quota.norms import policy as applied
from quota.norms.files.rulefile import SEVERAL, Count, Day, Id, Positive, RuleFile, Strict, Words, complaint
from quota.norms.policy import Objective, StageKind

ORDER: tuple[str, ...] = get_args(Objective)
"""What a plan can weigh, in the only order it is weighed in."""


Code = Annotated[Words, AfterValidator(tidy)]
"""As tables have it: without the blanks around it that a copy brings along."""


class StageRule(Strict):
    """One stage: its kind, whom it may take people from, how many months a secondment lasts."""

    kind: Annotated[StageKind, Field(strict=False)]
    from_: Annotated[tuple[Literal["units", "departments"], ...], SEVERAL] = Field(("units",), alias="from")
    months: Positive | None = None
    source: Id

    @model_validator(mode="after")
    def _makes_sense(self) -> StageRule:
        if (self.kind is StageKind.SECONDMENT) != (self.months is not None):
            message = say("a secondment has its months, and nothing else has")
            raise complaint("months", message, say("write months: with kind: secondment only"))
        if self.kind is StageKind.INTERNAL and self.from_ != ("units",):
            message = say("an internal stage moves people within a unit, from nowhere else")
            fix = say("leave out from:, or make the stage a transfer or a secondment")
            raise complaint("stage-origins", message, fix)
        return self


class TargetRule(Strict):
    """To which end of its norm a unit is filled; `middle` is halfway, rounded down."""

    level: Literal["low", "middle", "high"]
    source: Id


class Keeping(Strict):
    """Until this day, included, units over their norm keep their people: nobody is planned to leave."""

    date: Day
    source: Id


class Exchange(Strict):
    """People of these blocs may fill each other's posts in these kinds of stage."""

    blocs: Annotated[tuple[Words, ...], Field(strict=False, min_length=2)]
    stages: Annotated[tuple[Annotated[StageKind, Field(strict=False)], ...], SEVERAL]
    source: Id


class CountLimit(Strict):
    """At most this number of people, or of kilometres."""

    most: Count
    source: Id


class UnitLimit(Strict):
    """These units, by code."""

    units: Annotated[tuple[Code, ...], SEVERAL]
    source: Id


class Border(Strict):
    """Which border people do not move across, except from or to the units and departments that are named."""

    area: Literal["province"]
    may_cross: Annotated[tuple[Code, ...], Field(strict=False)] = ()
    source: Id


class Limits(Strict):
    """What a plan must keep to; what is left out does not limit.

    `people_leaving_unit`: over the whole plan; `moves_per_unit`: into a unit, and out of it, in each stage;
    `km`: the longest move between two places; `no_release`, `no_receive`: units whose people stay, and units
    nobody moves to, internal moves apart.
    """

    people_leaving_unit: CountLimit | None = None
    moves_per_unit: CountLimit | None = None
    km: CountLimit | None = None
    no_release: UnitLimit | None = None
    no_receive: UnitLimit | None = None


class PlanObjective(Strict):
    """What a plan weighs, the first first."""

    order: Annotated[tuple[Objective, ...], SEVERAL]
    source: Id

    @model_validator(mode="after")
    def _in_order(self) -> PlanObjective:
        places = [ORDER.index(objective) for objective in self.order]
        if places != sorted(set(places)) or places[0] != 0:
            fix = say("begin with shortfall and keep the order: {order}", order=", ".join(ORDER))
            raise complaint("objective-order", say("the objective is not weighed in this order"), fix)
        return self


class Policy(RuleFile):
    """A redeployment policy."""

    kind: Literal["redeployment"] = "redeployment"
    stages: Annotated[tuple[StageRule, ...], SEVERAL]
    target: TargetRule
    keep_surplus_until: Keeping | None = None
    exchange: Annotated[tuple[Exchange, ...], Field(strict=False)] = ()
    limits: Limits = Limits()
    within: Border | None = None
    objective: PlanObjective

    def applied(self) -> applied.Policy:
        """The policy as planning applies it."""
        return msgspec.structs.replace(msgspec.convert(self.model_dump(), applied.Policy), files=self.files)
