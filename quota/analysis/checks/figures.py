"""Checks of how many live there: blanks, lost zeros, figures beside peers and area, slipped rows, totals."""

from __future__ import annotations

import math
import statistics
from collections import defaultdict
from collections.abc import Iterator
from functools import reduce

from quota.analysis.checks.context import Context, finding
from quota.analysis.checks.plausibility import MIN_PEERS, Peers, likeliest_zeros, readings
from quota.core.findings import Finding
from quota.core.names import TYPE_NAMES
from quota.core.problems import Problem, Severity
from quota.core.text import Text, say
from quota.core.units import Unit, UnitType

_FAR = 4.0
"""Spreads off the median, or times below what is usual, from where on a figure is doubted."""


def blank(context: Context) -> Iterator[Finding]:
    """Residents unknown."""
    for unit in context.units:
        if unit.population is None:
            message = say("residents unknown: no quota, and no sum that is whole")
            yield finding(unit, "blank-population", Severity.WARNING, message, say("fill in the residents"))


def lost_zeros(context: Context) -> Iterator[Finding]:
    """Residents that with zeros put back would fit the peers better; an error far below what is usual.

    A figure is suggested where only one reading is plausible. One that the embedded tables confirm is left.
    """
    near = _near(context)
    for unit in context.units:
        if unit.population is None or unit.type not in near:
            continue
        least, most = near[unit.type]
        if least <= unit.population <= most:
            continue  # nearly every one
        known = context.registry.get(unit.code)
        if known is not None and known.population == unit.population:
            continue
        peers = context.peers[unit.type]
        if not likeliest_zeros(unit.population, peers):
            continue
        restored = [one.residents for one in readings(unit.population, peers) if one.zeros]
        low, high = peers.usual()
        yield finding(
            unit,
            "lost-zeros",
            Severity.ERROR if unit.population * _FAR < low else Severity.WARNING,
            say(
                "{residents}; units of type {kind} here have {low} to {high}. With lost zeros: {restored}?",
                residents=_dense(unit, unit.population),
                kind=TYPE_NAMES[unit.type],
                low=low,
                high=high,
                restored=reduce(_or, (_dense(unit, one) for one in restored)),
            ),
            say("quota reconcile finds which figures lost zeros, given a control total"),
            residents=restored[0] if len(restored) == 1 else None,
        )


def _near(context: Context) -> dict[UnitType, tuple[int, int]]:
    """By type, between which figures none is doubted; types without peers enough are not in it."""
    return {kind: peers.beyond_doubt() for kind, peers in context.peers.items()}


def _or(first: Text, other: Text) -> Text:
    return say("{first} / {other}", first=first, other=other)


def _dense(unit: Unit, residents: int) -> Text:
    if not unit.area_km2:
        return say("{n} residents", n=residents)
    density = round(residents / unit.area_km2)
    return say(
        "{n} residents on {area} km² ({density} a km²)", n=residents, area=str(unit.area_km2), density=density
    )


def implausible(context: Context) -> Iterator[Finding]:
    """Residents, or residents a km², far off the peers, that no lost zero explains."""
    densities = _densities(context)
    near = _near(context)
    for unit in context.units:
        if not unit.population or unit.type not in near:
            continue
        least, most = near[unit.type]
        if least <= unit.population <= most and not unit.area_km2:
            continue  # nearly every one
        peers = context.peers[unit.type]
        found = _far_off(unit, unit.population, peers, densities.get(unit.type))
        if found is not None and not likeliest_zeros(unit.population, peers):
            yield found


def _far_off(unit: Unit, residents: int, peers: Peers, usual: tuple[float, float] | None) -> Finding | None:
    """What is implausible about a unit's residents; `usual` is the median and spread of density."""
    kind = TYPE_NAMES[unit.type]
    if abs(peers.deviation(residents)) > _FAR:
        low, high = peers.usual()
        message = say("units of type {kind} here have {low} to {high}", kind=kind, low=low, high=high)
        return finding(unit, "implausible-population", Severity.WARNING, message, say("check the figure"))
    if not unit.area_km2 or usual is None:
        return None
    middle, spread = usual
    if abs(math.log(residents / float(unit.area_km2)) - middle) <= 5 * spread:
        return None
    message = say(
        "{density} residents a km²; half of the units of type {kind} here have under {middle}",
        density=round(residents / unit.area_km2),
        kind=kind,
        middle=round(math.exp(middle)),
    )
    fix = say("check residents and area")
    return finding(unit, "implausible-density", Severity.WARNING, message, fix, "area_km2")


def _densities(context: Context) -> dict[UnitType, tuple[float, float]]:
    """Median and spread of the logarithm of residents a km², by type, where there are peers enough."""
    found: defaultdict[UnitType, list[float]] = defaultdict(list)
    for unit in context.units:
        if unit.population and unit.area_km2:
            found[unit.type].append(math.log(unit.population / float(unit.area_km2)))
    middles = {kind: statistics.median(values) for kind, values in found.items() if len(values) >= MIN_PEERS}
    return {
        kind: (middle, max(1.4826 * statistics.median(abs(one - middle) for one in found[kind]), 0.5))
        for kind, middle in middles.items()
    }


def slipped(context: Context) -> Iterator[Finding]:
    """Residents and area that the embedded tables give another unit: rows slipped against their names."""
    owner = {(unit.population, unit.area_km2): unit for unit in context.registry.values()}
    for unit in context.units:
        known = context.registry.get(unit.code)
        if (
            known is None
            or unit.population is None
            or unit.area_km2 is None
            or known.area_km2 == unit.area_km2
        ):
            continue
        other = owner.get((unit.population, unit.area_km2))
        if other is not None and other.code != unit.code:
            message = say(
                "residents and area are those of {name} ({code}): rows slipped against their names",
                name=other.name,
                code=other.code,
            )
            fix = say("the embedded tables give this unit {residents} residents", residents=known.population)
            yield finding(unit, "slipped-row", Severity.ERROR, message, fix, residents=known.population)


def wrong_area(context: Context) -> Iterator[Finding]:
    """An area larger than the borders shared with neighbours can enclose, beside what is usual here."""
    ratios = {
        unit.code: float(unit.area_km2) / context.borders[unit.code] ** 2
        for unit in context.units
        if unit.area_km2
        and context.borders.get(unit.code)
        and unit.type is not UnitType.SPECIAL_ZONE  # islands
    }
    if len(ratios) < MIN_PEERS:
        return
    usual = statistics.median(ratios.values())
    for unit in context.units:
        ratio = ratios.get(unit.code)
        if ratio is not None and (ratio > 8 * usual or ratio * 8 < usual):
            message = say(
                "does not fit its {km} km of borders with neighbours", km=round(context.borders[unit.code])
            )
            fix = say("rows may have slipped by one; at a coast or a province's edge it may be right")
            yield finding(unit, "area-against-borders", Severity.WARNING, message, fix, "area_km2")


def wrong_total(context: Context) -> Iterator[Finding]:
    """The residents of a whole province that do not add up to its control total."""
    if context.control_total is None or any(unit.population is None for unit in context.units):
        return
    total = sum(unit.population or 0 for unit in context.units)
    whole = context.province is None or context.province.units == len(context.units)
    if total == context.control_total or not whole:
        return
    message = say(
        "{name}: the residents add up to {total}, the control total is {control}, a gap of {gap}",
        name=context.name or say("the table"),
        total=total,
        control=context.control_total,
        gap=context.control_total - total,
    )
    origin = context.units[0].origin
    file, sheet = (origin.file, origin.sheet) if origin else (None, None)
    fix = say("quota reconcile looks for the figures that lost zeros")
    yield Finding(
        Problem("wrong-total", Severity.ERROR, message, fix, file=file, sheet=sheet, column="population")
    )
