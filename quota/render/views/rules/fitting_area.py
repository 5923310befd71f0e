"""Steps by area in a rule that was found: in words, in JSON, and what is sure of them."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from quota.analysis.fitting.by_area import AREAS
from quota.analysis.fitting.fitting import Fit
from quota.analysis.fitting.rule import AreaSteps
from quota.core.text import Text, count, say
from quota.norms.arithmetic.columns import FINE
from quota.render.kit.words import number, separated, words


def area_words(area: AreaSteps | None) -> str:
    """The part of the rule that goes by area; nothing where it has none."""
    if area is None:
        return ""
    if area.is_one:
        said = say("; one more for every {step} km² above {above} km²", step=area.other, above=_above(area))
    else:
        said = say(
            "; one more for each 100 % of a standard area above it (wards {ward} km², in mountains "
            "{mountain} km², others {other} km²)",
            ward=area.ward,
            mountain=area.mountain,
            other=area.other,
        )
    return words(said)


def _above(area: AreaSteps) -> int:
    return area.other * area.above


def area_plain(area: AreaSteps | None) -> dict[str, object] | None:
    """Steps in km² by kind of unit, and the km² above which they are counted (None: each above its own)."""
    if area is None:
        return None
    return {
        "per_km2": {"ward": area.ward, "mountain": area.mountain, "other": area.other},
        "above_km2": _above(area) if area.is_one else None,
    }


def area_certificate(fit: Fit) -> Iterator[Text]:
    """Which steps by area were tried, or why none was."""
    if fit.rule.area is None and not fit.misfits:
        yield say("Steps by area were not tried: a rule without them explains every unit.")
    elif fit.area_unknown:
        yield count(
            "Steps by area were not tried: the area of {n} unit is unknown.",
            "Steps by area were not tried: the area of {n} units is unknown.",
            n=fit.area_unknown,
        )
    elif fit.points > AREAS.most_units:
        yield say(
            "Steps by area were not tried: the table has more than {n} units; give it province by province.",
            n=AREAS.most_units,
        )
    else:
        yield say(
            "Steps by area that were tried: {sizes} km², counted from 0 to {above} steps on, alone and "
            "beside steps of {first} to {last} residents that are a multiple of {first}; and steps of "
            "different size for wards, for other units in mountains and for the rest, each above its own "
            "size. They are taken where they explain more.",
            sizes=", ".join(map(number, AREAS.sizes)),
            above=max(AREAS.above),
            first=min(AREAS.steps),
            last=max(AREAS.steps),
        )


def area_left_open(fit: Fit) -> Iterator[Text]:
    """From which area on steps may be counted as well."""
    if fit.area_threshold is not None:
        low, high = fit.area_threshold
        yield say(
            "Not determined: from which area on steps are counted, anything from {low} to {high} km².",
            low=_km2(low),
            high=_km2(high),
        )


def _km2(millionths: int) -> str:
    """An area as it is written: with no more decimals than it has."""
    return separated(f"{Decimal(millionths) / FINE:,}")
