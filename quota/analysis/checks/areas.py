"""Checks of areas: against the borders they share, against boundaries, and against the units around."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from quota.analysis.checks.context import Context, finding
from quota.core.findings import Finding
from quota.core.problems import Severity
from quota.core.sums import median
from quota.core.text import say
from quota.core.units import Border, Unit, UnitType

MIN_UNITS = 8
"""Fewer units do not say how areas and borders go together."""
_TIMES = 8
"""An area this many times larger or smaller than borders make usual is doubted."""
_OFF = 0.08
"""An area further than this from the one inside its boundary is not that unit's."""
_SLIPPED = 0.12
"""A row that slipped is at least so far off, and as near as `_SAME` to the area it slipped from."""
_SAME = 0.04
_FAR_OFF = 0.25
"""An area that is no other unit's is doubted from here on: coasts and islands are drawn variously."""
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
    usual = median(ratios.values())
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
        for code in (border.code_a, border.code_b):
            shared[code] += float(border.km or 0)
    return shared


def against_outlines(context: Context) -> Iterator[Finding]:
    """Areas that are not those inside the boundaries, and whose they are: rows slipped or were swapped.

    A row has another's area only where that one has lost its own; else boundaries are drawn coarsely.
    """
    off = [
        unit
        for unit in context.units
        if unit.area_km2
        and unit.code in context.outlines
        and not _fits(float(unit.area_km2), context.outlines[unit.code], _OFF)
    ]
    for unit in off:
        outline = context.outlines[unit.code]
        area = float(unit.area_km2 or 0)
        owners = [
            other for other in off if other is not unit and _fits(area, context.outlines[other.code], _SAME)
        ]
        if owners and not _fits(area, outline, _SLIPPED):
            yield _slipped(
                unit, outline, min(owners, key=lambda other: abs(context.outlines[other.code] - area))
            )
        elif not _fits(area, outline, _FAR_OFF):
            message = say("its boundary encloses {km2} km²", km2=_round(outline))
            fix = say("check the area, and whether the residents are this unit's")
            yield finding(unit, "area-against-boundary", Severity.WARNING, message, fix, "area_km2")


def _slipped(unit: Unit, outline: float, owner: Unit) -> Finding:
    message = say(
        "its boundary encloses {km2} km²; the area is that of {name} ({code}): rows may have slipped or been "
        "swapped, the residents with them",
        km2=_round(outline),
        name=owner.name,
        code=owner.code,
    )
    fix = say("put area and residents back beside their names, from the source")
    return finding(unit, "slipped-area", Severity.ERROR, message, fix, "area_km2")


def _fits(area: float, outline: float, part: float) -> bool:
    return abs(area - outline) <= max(part * outline, _SMALL_KM2)


def _round(km2: float) -> str:
    return f"{km2:.2f}" if km2 < 100 else f"{km2:.1f}"
