"""Figures that units are compared by: exact ratios of residents, area, staff and posts.

Nothing is rounded here. Where a quota is a range, a ratio is given against both of its ends.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction
from functools import partial

from msgspec import Struct

from quota.analysis.audit.sorting import NUMBER_KEYS
from quota.core.blocs import BLOCS, Bloc, total
from quota.core.posts import Posts
from quota.core.results import UnitAudit
from quota.core.units import Unit

Value = int | Fraction

_LEAST_AREA, _GREATEST_AREA = Decimal("0.000001"), Decimal(1_000_000)


class PerPost(Struct, frozen=True):
    """People for each post: against the quota's low end and against its high end.

    None where that end is unknown or grants no post.
    """

    of_low: Fraction | None = None
    of_high: Fraction | None = None


def area_of(unit: Unit) -> Fraction | None:
    """The unit's area in km²; one under a square metre or above a million km² is no unit's, so unknown."""
    if unit.area_km2 is None or not _LEAST_AREA <= unit.area_km2 <= _GREATEST_AREA:
        return None
    return Fraction(unit.area_km2)


def density(unit: Unit) -> Fraction | None:
    """Residents a square kilometre; None where residents or area are unknown."""
    area = area_of(unit)
    return None if unit.population is None or area is None else unit.population / area


def residents_per_civil_servant(audit: UnitAudit) -> Fraction | None:
    """Residents for each person in the government bloc; None where either is unknown or nobody is there."""
    return _ratio(audit.unit.population, audit.staff.get(Bloc.GOVERNMENT))


def residents_per_post(audit: UnitAudit) -> PerPost:
    """Residents for each post granted to the government bloc, staffed or not."""
    return _per_post(audit.unit.population, audit.quota.blocs.get(Bloc.GOVERNMENT) if audit.quota else None)


def staff_per_post(audit: UnitAudit, bloc: Bloc | None = None) -> PerPost:
    """People in post for each post granted, in a bloc or in all: under 1 is too few.

    This is the WISN ratio, present staff over required staff, of the World Health Organization's Workload
    Indicators of Staffing Need (WHO, WISN user's manual, 2010), with the frame's posts as the requirement.
    """
    posts = None if audit.quota is None else audit.quota.total if bloc is None else audit.quota.blocs[bloc]
    return _per_post(total(audit.staff) if bloc is None else audit.staff[bloc], posts)


def _per_post(people: int | None, posts: Posts | None) -> PerPost:
    if posts is None:
        return PerPost()
    return PerPost(_ratio(people, posts.low), _ratio(people, posts.high))


def _ratio(above: int | None, below: int | None) -> Fraction | None:
    return None if above is None or not below else Fraction(above, below)


Measure = Callable[[UnitAudit], "Value | None"]


def _staff_of_low(audit: UnitAudit, bloc: Bloc | None) -> Value | None:
    return staff_per_post(audit, bloc).of_low


def _counted(key: Callable[[UnitAudit], int | str | None], audit: UnitAudit) -> Value | None:
    value = key(audit)
    return value if isinstance(value, int) else None


MEASURES: Mapping[str, Measure] = {
    **{name: partial(_counted, key) for name, key in NUMBER_KEYS.items()},
    "shortfall": lambda audit: audit.total_gap.shortfall if audit.total_gap else None,
    "surplus": lambda audit: audit.total_gap.surplus if audit.total_gap else None,
    "area_km2": lambda audit: area_of(audit.unit),
    "density": lambda audit: density(audit.unit),
    "residents_per_civil_servant": residents_per_civil_servant,
    "residents_per_post": lambda audit: residents_per_post(audit).of_low,
    "staff_per_post": partial(_staff_of_low, bloc=None),
    **{f"{bloc}_staff_per_post": partial(_staff_of_low, bloc=bloc) for bloc in BLOCS},
}
"""What units can be ranked by. A unit's shortfall and surplus count only where all its blocs are known; a
quota that is a range counts by its low end, below which a unit is short."""


def province_of(unit: Unit) -> str | None:
    """The unit's province, or the name of its file where the province is unknown."""
    return unit.province or (unit.origin.file if unit.origin else None)
