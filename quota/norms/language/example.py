"""A worked example: a unit and the posts it is granted."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fractions import Fraction
from typing import Annotated

from pydantic import ConfigDict, Field

from quota.core.units import ProvinceClass, Terrain, Unit, UnitType
from quota.norms.files.rulefile import Count, Pair, Strict
from quota.norms.language.parts import UnitClass

ExpectedPosts = Annotated[Count | Pair, Field(union_mode="left_to_right")]


class Example(Strict):
    """A worked example: `quota rules check` computes it and compares.

    The posts of each bloc stand under its key. What it does not say of the unit is unknown, as in a table.
    `as_of` is the day it is about, for a frame that changes with time; without one, the first.
    """

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, ExpectedPosts]

    population: Count
    as_of: dt.date | None = None
    type: Annotated[UnitType, Field(strict=False)] = UnitType.COMMUNE
    code: str = ""
    province: str | None = None
    area_km2: Count | None = None
    mountain: bool | None = None
    highland: bool | None = None
    island: bool | None = None
    border: bool | None = None
    minority_percent: Count | None = None
    province_class: Annotated[ProvinceClass | None, Field(strict=False)] = None
    unit_class: UnitClass | None = None
    columns: dict[str, str | int] = Field(default_factory=dict)
    total: ExpectedPosts | None = None

    @property
    def expected(self) -> dict[str, int | tuple[int, int]]:
        """The posts of each bloc, by its key."""
        return self.__pydantic_extra__

    @property
    def unit(self) -> Unit:
        """The unit it speaks of."""
        share = None if self.minority_percent is None else Fraction(self.minority_percent, 100)
        terrain = Terrain(
            mountain=self.mountain,
            island=self.island,
            border=self.border,
            minority_share=share,
            province_class=self.province_class,
            highland=self.highland,
            unit_class=self.unit_class,
        )
        area = None if self.area_km2 is None else Decimal(self.area_km2)
        more = {heading: str(value) for heading, value in self.columns.items()}
        about = (self.code, "", self.type, self.population, self.province, area)
        return Unit(*about, terrain=terrain, more=more)
