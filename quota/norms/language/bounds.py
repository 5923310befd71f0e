"""Floors and ceilings, the same for all types or by type."""

from __future__ import annotations

from typing import Annotated

from pydantic import model_validator

from quota.core.text import say
from quota.core.units import UnitType
from quota.norms.files.rulefile import Count, Strict, complaint
from quota.norms.language.parts import BY_KEYS, KEYS, PLAIN


class ByType(Strict):
    """A number by type of unit; a type left out has none."""

    commune: Count | None = None
    ward: Count | None = None
    special_zone: Count | None = None

    def of(self, unit_type: UnitType) -> int | None:
        """The number of this type."""
        found: int | None = getattr(self, unit_type.value)
        return found


Bound = Annotated[Annotated[Count, PLAIN] | Annotated[ByType, KEYS], BY_KEYS]


class Bounds(Strict):
    """A floor and a ceiling, the same for all types or by type."""

    least: Bound | None = None
    most: Bound | None = None

    @model_validator(mode="after")
    def _apart(self) -> Bounds:
        for unit_type in UnitType:
            least, most = bound(self.least, unit_type), bound(self.most, unit_type)
            if least is not None and most is not None and least > most:
                message = say("at least {least} and at most {most}", least=least, most=most)
                fix = say("write a ceiling that is not under the floor")
                raise complaint("bounds", message, fix, ceiling_at(self.most, unit_type))
        return self


def bound(said: int | ByType | None, unit_type: UnitType) -> int | None:
    """A floor or ceiling for a type; None where there is none."""
    return said.of(unit_type) if isinstance(said, ByType) else said


def ceiling_at(most: int | ByType | None, unit_type: UnitType) -> tuple[str | int, ...]:
    """Where a bloc's rule says the ceiling of a type."""
    return ("most", unit_type.value) if isinstance(most, ByType) else ("most",)
