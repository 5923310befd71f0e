"""What several units are as one. Every rule here is the same in any order and any grouping.

Counts are added up; one that is unknown makes the sum unknown, for part of a sum is not the sum. What cannot
be added up (province, terrain, other columns) stays where all units agree, and is unknown where they do not.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import TypeVar

from quota.core.blocs import Staff, all_of, gathered, staff_of
from quota.core.sums import whole_sum
from quota.core.units import Terrain, Unit, UnitType

V = TypeVar("V")


def combined(units: Sequence[Unit], code: str, name: str, unit_type: UnitType) -> Unit:
    """One unit of all of `units` (at least one), under a code, name and type of its own.

    Its point is the westernmost one that is known: a point inside one of them is inside the whole.
    """
    points = [(unit.lon, unit.lat) for unit in units if unit.lon is not None and unit.lat is not None]
    lon, lat = min(points, default=(None, None))
    return Unit(
        code=code,
        name=name,
        type=unit_type,
        population=whole_sum([unit.population for unit in units]),
        province=agreed(unit.province for unit in units),
        area_km2=area([unit.area_km2 for unit in units]),
        lon=lon,
        lat=lat,
        staff=staff([unit.staff for unit in units]),
        terrain=_terrain(units),
        more=_columns(units),
        assigned=staff([unit.assigned for unit in units]),
        decision=agreed(unit.decision for unit in units),
    )


def area(areas: Sequence[Decimal | None]) -> Decimal | None:
    """Square kilometres in all, or unknown where one is."""
    known = [area for area in areas if area is not None]
    return sum(known, start=Decimal(0)) if len(known) == len(areas) else None


def staff(counts: Sequence[Staff]) -> Staff:
    """People in post by bloc, or assigned posts."""
    blocs = all_of(held.order for held in counts)
    return gathered(blocs, [staff_of(held, blocs) for held in counts]).map(whole_sum)


def agreed(values: Iterable[V | None]) -> V | None:
    """The value that all have, or unknown."""
    found = set(values)
    return found.pop() if len(found) == 1 else None


def _terrain(units: Sequence[Unit]) -> Terrain:
    return Terrain(
        mountain=agreed(unit.terrain.mountain for unit in units),
        island=agreed(unit.terrain.island for unit in units),
        border=_border([unit.terrain.border for unit in units]),
        minority_share=_share(units),
        province_class=agreed(unit.terrain.province_class for unit in units),
        highland=agreed(unit.terrain.highland for unit in units),
    )  # its own class is decided anew: it hangs on the residents and the area of the whole


def _border(values: Sequence[bool | None]) -> bool | None:
    """Where one touches the country's border, so does the whole."""
    if any(values):
        return True
    return None if None in values else False


def _share(units: Sequence[Unit]) -> Fraction | None:
    """Exact, weighted by residents: in fractions the order of adding changes nothing."""
    members = Fraction(0)
    for unit in units:
        if unit.terrain.minority_share is None or unit.population is None:
            return None
        members += unit.terrain.minority_share * unit.population
    residents = sum(unit.population or 0 for unit in units)
    return members / residents if residents else None


def _columns(units: Sequence[Unit]) -> dict[str, str]:
    keys = dict.fromkeys(sorted({key for unit in units for key in unit.more}))
    return {key: agreed(unit.more.get(key, "") for unit in units) or "" for key in keys}
