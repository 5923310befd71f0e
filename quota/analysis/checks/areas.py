"""Checks of areas: against the borders they share, against boundaries, and against the units around."""

from __future__ import annotations

import statistics
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from quota.analysis.checks.context import Context, finding
from quota.core.findings import Finding
from quota.core.problems import Severity
from quota.core.text import say
from quota.core.units import Border, Unit, UnitType

MIN_UNITS = 8
"""Fewer units do not say how areas and borders go together."""
_TIMES = 8
"""An area so many times larger or smaller than borders make usual is doubted."""
_OFF = 0.08
"""An area further than this from the one inside its boundary is not that unit's."""
_SAME = 0.03
"""An area as near as this to the one inside another boundary may be that unit's."""
_SMALL_KM2 = 0.05
"""Rounding and drawing may move any area by so much."""


def wrong_area(context: Context) -> Iterator[Finding]:
    """An area larger than the borders shared with neighbours can enclose, beside what is usual here."""
    shared = _shared(context.borders)
    ratios = {
        unit.code: float(unit.area_km2) / shared[unit.code] ** 2
        for unit in context.units
        if unit.area_km2 and shared.get(unit.code) and unit.type is not UnitType.SPECIAL_ZONE  # islands
    }
    if len(ratios) < MIN_UNITS:
        return
    usual = statistics.median(ratios.values())
    for unit in context.units:
        ratio = ratios.get(unit.code)
        if ratio is not None and (ratio > _TIMES * usual or ratio * _TIMES < usual):
            message = say("does not fit its {km} km of borders with neighbours", km=round(shared[unit.code]))
            fix = say("rows may have slipped by one; at a coast or a province's edge it may be right")
            yield finding(unit, "area-against-borders", Severity.WARNING, message, fix, "area_km2")


def _shared(borders: Sequence[Border]) -> Mapping[str, float]:
    """Each unit's shared borders in km, added up; unknown lengths add nothing."""
    shared: defaultdict[str, float] = defaultdict(float)
    for border in borders:
        for code in (border.one, border.other):
            shared[code] += float(border.km or 0)
    return shared


def against_outlines(context: Context) -> Iterator[Finding]:
    """Areas that are not those inside the boundaries, and whose they are: rows slipped or were swapped."""
    for unit in context.units:
        outline = context.outlines.get(unit.code)
        if outline is None or not unit.area_km2 or _fits(float(unit.area_km2), outline, _OFF):
            continue
        owners = [
            other
            for other in context.units
            if other is not unit
            and other.code in context.outlines
            and _fits(float(unit.area_km2), context.outlines[other.code], _SAME)
        ]
        owner = min(owners, key=lambda other: _rows_apart(unit, other), default=None)
        if owner is None:
            message = say("its boundary encloses {km2} km²", km2=_round(outline))
            fix = say("check the area, and whether the residents are this unit's")
            yield finding(unit, "area-against-boundary", Severity.WARNING, message, fix, "area_km2")
        else:
            message = say(
                "its boundary encloses {km2} km²; the area is that of {name} ({code}): rows may have slipped "
                "or been swapped, the residents with them",
                km2=_round(outline),
                name=owner.name,
                code=owner.code,
            )
            fix = say("put area and residents back beside their names, from the source")
            yield finding(unit, "slipped-area", Severity.ERROR, message, fix, "area_km2")


def _fits(area: float, outline: float, part: float) -> bool:
    return abs(area - outline) <= max(part * outline, _SMALL_KM2)


def _rows_apart(unit: Unit, other: Unit) -> int:
    if unit.origin is None or other.origin is None:
        return 0
    return abs(unit.origin.row - other.origin.row)


def _round(km2: float) -> str:
    return f"{km2:.2f}" if km2 < 100 else f"{km2:.1f}"
