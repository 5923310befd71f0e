"""Measures in words and as numbers: what each is called, exact for programs, rounded for people."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from quota.analysis.standing.measures import (
    PerPost,
    Value,
    area_of,
    density,
    residents_per_civil_servant,
    residents_per_post,
    staff_per_post,
)
from quota.analysis.what_if.shifts import Shift
from quota.core.blocs import Bloc, Blocs
from quota.core.results import UnitAudit
from quota.core.text import Text, say
from quota.render.kit.words import UNKNOWN, number, separated, signed

_NAMES: Mapping[str, Text] = {
    "population": say("Residents"),
    "area_km2": say("Area, km²"),
    "density": say("Residents per km²"),
    "quota": say("Quota (low end)"),
    "staff": say("Staff"),
    "shortfall": say("Shortfall"),
    "surplus": say("Surplus"),
    "assigned": say("Assigned posts"),
    "vacant": say("Unfilled"),
    "above_assigned": say("Above assigned"),
    "residents_per_civil_servant": say("Residents per civil servant"),
    "residents_per_post": say("Residents per government post"),
    "staff_per_post": say("Staff per post (low end)"),
}
_PLACES: Mapping[str, int] = {"area_km2": 2, "density": 0, "staff_per_post": 2}


def measure_name(key: str) -> Text:
    """The name of a measure: `government_shortfall` is "Government: Shortfall"."""
    if key in _NAMES:
        return _NAMES[key]
    bloc, _, rest = key.partition("_")
    return say("{bloc}: {measure}", bloc=Bloc(bloc).name, measure=_NAMES[rest])


def places_of(key: str) -> int:
    """How many decimals people are shown of a measure's ratios."""
    return next((places for name, places in _PLACES.items() if key.endswith(name)), 1)


def decimal(value: Value | None, places: int) -> str:
    """A ratio rounded for people; whole numbers as they are."""
    if value is None:
        return UNKNOWN
    if isinstance(value, int):
        return number(value)
    return separated(f"{float(round(value, places)):,.{places}f}")


def per_post(ratio: PerPost, places: int) -> str:
    """`0.94` where both ends of the quota give the same, `0.80–0.94` where they do not; the lesser first."""
    if ratio.of_low == ratio.of_high:
        return decimal(ratio.of_low, places)
    known = sorted(value for value in (ratio.of_low, ratio.of_high) if value is not None)
    return "–".join(decimal(value, places) for value in known)


def figure(value: Value | None) -> int | float | None:
    """A value for programs: whole numbers whole, ratios unrounded but for binary fractions."""
    return float(value) if isinstance(value, Fraction) else value


def per_post_plain(ratio: PerPost) -> dict[str, object]:
    """A ratio against both ends of the quota."""
    return {"of_low": figure(ratio.of_low), "of_high": figure(ratio.of_high)}


def ratios_plain(audited: UnitAudit) -> dict[str, object]:
    """The ratios that every unit of a comparison has beside its audit."""
    return {
        "area_km2": figure(area_of(audited.unit)),
        "density": figure(density(audited.unit)),
        "residents_per_civil_servant": figure(residents_per_civil_servant(audited)),
        "residents_per_post": per_post_plain(residents_per_post(audited)),
        "staff_per_post": {
            **{str(bloc): per_post_plain(staff_per_post(audited, bloc)) for bloc in audited.gap.order},
            "total": per_post_plain(staff_per_post(audited)),
        },
    }


def ratios_shape(blocs: Blocs) -> dict[str, object]:
    """The same where all is known."""
    ends = {"of_low": 0, "of_high": 0}
    single = dict.fromkeys(("area_km2", "density", "residents_per_civil_servant"), 0)
    return {**single, "residents_per_post": ends, "staff_per_post": dict.fromkeys((*blocs, "total"), ends)}


def shift_words(shift: Shift | None) -> str:
    """One figure where both ends differ alike; else low end and high end."""
    if shift is None:
        return UNKNOWN
    if shift.low == shift.high:
        return signed(shift.low)
    return f"{signed(shift.low)} / {signed(shift.high)}"
