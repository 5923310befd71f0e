"""Standards for commune-level units: the fewest residents and the least area, by type and place."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from quota.core.problems import Severity
from quota.core.text import say
from quota.core.units import ProvinceClass, UnitType
from quota.norms.files.rulefile import Id, Local, Positive, RuleFile, Strict, complaint

Says = Annotated[Severity, Field(strict=False)]


class Least(Strict):
    """The fewest residents, and the least area in km² where there is one."""

    residents: Positive
    area_km2: Positive | None = None
    source: Id


class CommuneStandards(Strict):
    """A commune in the mountains, on an island, or elsewhere."""

    mountain: Least
    island: Least
    elsewhere: Least


class WardStandards(Strict):
    """A ward in a centrally run city, in a mountain or border province, or elsewhere."""

    central_city: Least
    mountain_or_border: Least
    other: Least

    def of(self, province: ProvinceClass) -> Least:
        """The standard in a province of this class."""
        found: Least = getattr(self, province.value)
        return found


class Halving(Strict):
    """The fewest residents, divided by `divide_residents_by`, for whom it holds.

    For mountain communes where at least `minority_percent` of the residents belong to ethnic minorities, and
    for communes on a land border of the country.
    """

    divide_residents_by: Positive
    minority_percent: Annotated[int, Field(ge=1, le=100)]
    source: Id

    @model_validator(mode="after")
    def _whole(self) -> Halving:
        if self.divide_residents_by < 2:
            raise complaint("divides-by-one", say("changes nothing"), say("write 2 or more"))
        return self


class CheckRule(Strict):
    """How much it matters that a check does not hold, and on whose word it is made."""

    severity: Says
    source: Id
    note: Local | None = None


class Checks(Strict):
    """The checks of a scenario."""

    contiguity: CheckRule
    one_province: CheckRule
    islands: CheckRule
    residents: CheckRule
    area: CheckRule


class Standards(RuleFile):
    """The standards in force, and what becomes of a unit that does not meet them."""

    kind: Literal["unit-standards"]
    commune: CommuneStandards
    commune_halved: Halving
    ward: WardStandards
    checks: Checks

    def words_for(self, source: str) -> str:
        """A source as messages name it: title, publisher, day if known."""
        found = self.sources[source]
        named = f"{found.title}, {found.publisher}"
        return f"{named}, {found.date.isoformat()}" if found.date else named

    def covers(self, unit_type: UnitType) -> bool:
        """Whether there is a standard for units of this type at all; there is none for special zones."""
        return unit_type is not UnitType.SPECIAL_ZONE
