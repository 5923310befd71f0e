"""The words and numbers that rule files are written with, and which of two shapes a value has."""

from __future__ import annotations

from fractions import Fraction
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, Discriminator, Field, Tag

from quota.core.units import ProvinceClass, UnitType
from quota.norms.arithmetic.columns import RESIDENTS
from quota.norms.arithmetic.rounding import Rounding
from quota.norms.files.rulefile import SEVERAL, low_first

Part = Annotated[str, Field(pattern=r"^[1-9][0-9]{0,3}/[1-9][0-9]{0,3}$")]
"""An exact fraction: 1/2."""
Exact = Fraction | int
"""A number that may be a fraction; a whole one is quicker."""
Signed = Annotated[int, Field(ge=-10_000, le=10_000)]
Way = Annotated[Rounding, Field(strict=False)]
Kind = Annotated[UnitType, Field(strict=False)]
ProvinceKind = Annotated[ProvinceClass, Field(strict=False)]
UnitClass = Literal["I", "II", "III"]
Name = Annotated[str, Field(min_length=1, max_length=200, pattern=r"\S")]
ColumnName = Annotated[str, Field(min_length=1, max_length=200, pattern=r"^\S(.*\S)?$")]


def _has_keys(value: object) -> str:
    return "keys" if isinstance(value, dict | BaseModel) else "plain"


def _is_list(value: object) -> str:
    return "list" if isinstance(value, list | tuple) else "plain"


# Which of two shapes a value has is seen before it is judged: it is judged once, and named by its place.
KEYS, LIST, PLAIN = Tag("keys"), Tag("list"), Tag("plain")
BY_KEYS, BY_LIST = Discriminator(_has_keys), Discriminator(_is_list)
OneOrMore = Name | Annotated[tuple[Name, ...], SEVERAL]
OWN_NUMBERS = (RESIDENTS, "area_km2", "minority_percent")
"""The numbers of a unit that have a name of their own; any other column is asked for by its heading."""


SignedPair = Annotated[tuple[Signed, Signed], Field(strict=False), AfterValidator(low_first)]


def ends_of(posts: int | tuple[int, int] | str) -> tuple[Exact, Exact]:
    """Posts that an amount adds to the low and to the high end; a fraction where it is written so."""
    if isinstance(posts, tuple):
        return posts
    amount = Fraction(posts) if isinstance(posts, str) else posts
    return amount, amount
