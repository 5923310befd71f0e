"""A rule of the kind that is looked for: a base, a step above a threshold, a ceiling by type."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import assert_never

from msgspec import Struct

from quota.core.units import Unit, UnitType
from quota.norms.arithmetic.columns import FINE, reader
from quota.norms.arithmetic.rounding import Rounding


class Split(StrEnum):
    """Which units have a step of their own: none, those in mountains, those of them but special zones."""

    NONE = "none"
    MOUNTAIN = "mountain"
    MOUNTAIN_BUT_ZONES = "mountain-but-special-zones"


class Point(Struct, frozen=True):
    """A unit whose residents and posts are known. `mountain`: whether it lies in mountains, None unknown.

    `area` is in millionths of a square kilometre; None unknown.
    """

    code: str
    name: str
    type: UnitType
    residents: int
    posts: int
    mountain: bool | None = None
    area: int | None = None


class AreaSteps(Struct, frozen=True):
    """A post more for every full step of km² above `above` such steps.

    `ward`, `mountain` and `other` are the steps of wards, of other units in mountains and of all the others.
    """

    ward: int
    mountain: int
    other: int
    above: int

    @property
    def is_one(self) -> bool:
        """Whether all units have the same step."""
        return self.ward == self.mountain == self.other

    def size(self, unit_type: UnitType, mountain: bool | None) -> int:
        """The step of a unit, in km². Unknown terrain is no mountain."""
        if unit_type is UnitType.WARD:
            return self.ward
        return self.mountain if mountain else self.other

    def posts(self, unit_type: UnitType, mountain: bool | None, area: int | None) -> int:
        """The posts they bring; none, where the area is unknown."""
        return max((area or 0) // (self.size(unit_type, mountain) * FINE) - self.above, 0)


class Rule(Struct, frozen=True):
    """`base`, and one post more for every full step above a threshold from `lowest` to `highest`.

    Every threshold in that interval gives the units of the table the same count. It is where the first full
    step starts to be counted; below 0 it is one that only begun or half steps can have (`threshold`). The
    steps are those of the units outside and inside the `split`. A type without a ceiling in `most` has none
    that shows. `steps` is None where residents bring no posts.
    """

    base: int
    steps: tuple[int, int] | None
    lowest: int
    highest: int
    split: Split
    most: Mapping[UnitType, int]
    area: AreaSteps | None = None

    def posts(
        self, unit_type: UnitType, residents: int, mountain: bool | None, start: int, area: int | None = None
    ) -> int:
        """Posts of a unit under this rule, counted from the threshold `start`."""
        given = self.base + self.by_area(unit_type, mountain, area)
        if self.steps is not None:
            step = self.steps[inside(self.split, unit_type, mountain)]
            given += max((residents - start) // step, 0)
        ceiling = self.most.get(unit_type)
        return given if ceiling is None else min(given, ceiling)

    def by_area(self, unit_type: UnitType, mountain: bool | None, area: int | None) -> int:
        """Posts that steps by area add for it, before any ceiling."""
        return 0 if self.area is None else self.area.posts(unit_type, mountain, area)

    def of(self, point: Point, start: int) -> int:
        """Posts of a point under this rule, counted from the threshold `start`."""
        return self.posts(point.type, point.residents, point.mountain, start, point.area)


class Threshold(Struct, frozen=True):
    """A way to say from where steps are counted: from `lowest` to `highest`, rounded in this way.

    `chosen` is the roundest number of the interval, `start` the same as full steps count it.
    """

    rounding: Rounding
    lowest: int
    highest: int
    chosen: int
    start: int


def inside(split: Split, unit_type: UnitType, mountain: bool | None) -> bool:
    """Whether a unit has the step of the split's inside. Unknown terrain is outside."""
    if split is Split.NONE or not mountain:
        return False
    return split is Split.MOUNTAIN or unit_type is not UnitType.SPECIAL_ZONE


def thresholds(rule: Rule) -> tuple[Threshold, ...]:
    """The ways to say the rule's threshold, the roundest number first.

    Full steps above T are begun steps above T + step - 1, and steps to the nearest above T + half a step: on
    whole residents the three give the same posts to all. With two steps of different size they do not.
    """
    if rule.steps is None:
        return ()
    step = rule.steps[0]
    ways = tuple(Rounding) if rule.split is Split.NONE else (Rounding.DOWN,)
    found = [
        Threshold(rounding, low, rule.highest + shift, chosen, chosen - shift)
        for rounding in ways
        for shift in [shift_of(rounding, step)]
        if (low := max(rule.lowest + shift, 0)) <= rule.highest + shift
        for chosen in [roundest(low, rule.highest + shift)]
    ]
    return tuple(sorted(found, key=lambda way: -roundness(way.chosen)))


def shift_of(rounding: Rounding, step: int) -> int:
    """How far above the threshold of full steps the one lies that gives as many in this way."""
    match rounding:
        case Rounding.DOWN:
            return 0
        case Rounding.UP:
            return step - 1
        case Rounding.NEAREST:
            return step // 2
        case _:
            assert_never(rounding)


_ROUND = (1_000_000, 100_000, 10_000, 5_000, 1_000, 500, 100, 50, 10, 5, 1)


def roundness(number: int) -> int:
    """The largest of 1, 5, 10, 50 … 1,000,000 that divides it; thousands and more count alike."""
    return min(next(size for size in _ROUND if number % size == 0), 1_000)


def roundest(low: int, high: int) -> int:
    """The smallest number from `low` to `high` that the largest of 1, 5, 10, 50 … divides; 0 above all."""
    size = next(size for size in _ROUND if high // size * size >= low)
    return -(-low // size) * size


def point_of(unit: Unit, posts: int | None) -> Point | None:
    """The unit as a point; None where its residents or its posts are unknown."""
    if unit.population is None or posts is None:
        return None
    about = (unit.code, unit.name, unit.type, unit.population, posts, in_mountains(unit))
    return Point(*about, area=area_of(unit))


def area_of(unit: Unit) -> int | None:
    """The unit's area in millionths of a square kilometre; None where it is unknown."""
    found = reader("area_km2", number=True)(unit)
    return found if type(found) is int else None


def in_mountains(unit: Unit) -> bool | None:
    """Whether the unit lies in mountains, highlands among them; None where that is unknown."""
    terrain = unit.terrain
    return True if terrain.mountain is None and terrain.highland else terrain.mountain
