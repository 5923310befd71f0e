"""When something holds: what a condition may ask of a unit."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, model_validator

from quota.core.text import say
from quota.norms.files.rulefile import SEVERAL, Count, Strict, complaint
from quota.norms.language.parts import (
    BY_KEYS,
    KEYS,
    PLAIN,
    ColumnName,
    Kind,
    OneOrMore,
    ProvinceKind,
    UnitClass,
)


class Between(Strict):
    """A number's bounds: `from` and `to` are included, `above` and `below` are not."""

    from_: Count | None = Field(default=None, alias="from")
    above: Count | None = None
    to: Count | None = None
    below: Count | None = None

    @model_validator(mode="after")
    def _bounded(self) -> Between:
        lower = [bound for bound in (self.from_, self.above) if bound is not None]
        upper = [bound for bound in (self.to, self.below) if bound is not None]
        if not lower + upper or len(lower) > 1 or len(upper) > 1:
            message = say("a condition on a number without a bound, or with two at one end")
            fix = say("write from: or above: for its lower end, to: or below: for its upper end")
            raise complaint("bounds", message, fix)
        if lower and upper and lower[0] > upper[0]:
            message = say(
                "the lower bound, {low}, is above the upper one, {high}", low=lower[0], high=upper[0]
            )
            raise complaint("bounds", message, say("write the smaller number first"))
        return self


Asked = Annotated[Annotated[OneOrMore, PLAIN] | Annotated[Between, KEYS], BY_KEYS]


class When(Strict):
    """When something holds: all that is said here. A list of words holds where any of them does."""

    type: Kind | Annotated[tuple[Kind, ...], SEVERAL] | None = None
    unit: OneOrMore | None = None
    province: OneOrMore | None = None
    province_class: ProvinceKind | Annotated[tuple[ProvinceKind, ...], SEVERAL] | None = None
    unit_class: UnitClass | Annotated[tuple[UnitClass, ...], SEVERAL] | None = None
    mountain: bool | None = None
    highland: bool | None = None
    island: bool | None = None
    border: bool | None = None
    minority_percent: Between | None = None
    residents: Between | None = None
    area_km2: Between | None = None
    columns: dict[ColumnName, Asked] | None = None
    any: Annotated[tuple[When, ...], SEVERAL] | None = None
    not_: When | None = Field(default=None, alias="not")

    @model_validator(mode="after")
    def _says_something(self) -> When:
        if all(getattr(self, name) is None for name in type(self).model_fields):
            message = say("a condition that asks nothing")
            raise complaint("no-condition", message, say("say when it holds, or remove when:"))
        return self
