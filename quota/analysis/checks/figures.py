"""Checks of how many live there: blanks, figures beside what is expected, totals."""

from __future__ import annotations

import math
from collections.abc import Iterator

from quota.analysis.checks.context import Context, finding, table_finding
from quota.analysis.checks.expecting import Judged
from quota.analysis.checks.known import dense
from quota.analysis.checks.model import COUNTRY, MOST_RESIDENTS
from quota.analysis.checks.zeros import confirmed, doubted
from quota.core.findings import Finding
from quota.core.problems import Severity
from quota.core.text import say
from quota.core.units import Unit, UnitType

_FAR = 5.0
"""Spreads off what is expected from where on a figure is doubted."""
_BY_ITSELF = 2.5
"""Within this many spreads residents are usual by themselves: the area is in doubt as well."""
_MOSTLY = 0.9
"""A blank area is a finding where this share of the units has one."""


def blank(context: Context) -> Iterator[Finding]:
    """Residents unknown, or none at all where people live."""
    for unit in context.units:
        if unit.population is None:
            message = say("residents unknown: no quota, and no sum that is whole")
            yield finding(unit, "blank-population", Severity.WARNING, message, say("fill in the residents"))
        elif unit.population == 0 and unit.type is not UnitType.SPECIAL_ZONE:
            message = say("no residents at all; was the figure unknown?")
            yield finding(unit, "no-residents", Severity.ERROR, message, say("fill in the residents"))


def blank_area(context: Context) -> Iterator[Finding]:
    """An area unknown among known ones: nothing says whether the residents fit it."""
    lacking = [unit for unit in context.units if unit.area_km2 is None]
    if len(context.units) - len(lacking) >= _MOSTLY * len(context.units):
        for unit in lacking:
            message = say("area unknown: its residents can be held against nothing")
            yield finding(unit, "blank-area", Severity.WARNING, message, say("fill in the area"), "area_km2")


def implausible(context: Context) -> Iterator[Finding]:
    """Residents, or residents a km², far off what is expected, that no lost zero explains."""
    for unit in context.units:
        judged = context.judged.get(unit.code)
        if not unit.population or judged is None:
            continue
        far, most = abs(judged.deviation) > _FAR, unit.population > MOST_RESIDENTS
        if not (far or most) or doubted(judged) or confirmed(context, unit):
            continue
        if most or context.leaves_room(round(abs(unit.population - judged.expected))):
            yield _far_off(unit, judged)


def _far_off(unit: Unit, judged: Judged) -> Finding:
    reach = math.exp(_FAR * judged.spread)
    message = say(
        "{residents}; a unit like it has {low} to {high}",
        residents=dense(unit),
        low=round(judged.expected / reach),
        high=round(judged.expected * reach),
    )
    curve = COUNTRY.curves[unit.type]
    apart = abs(math.log(unit.population or 1) - curve.expected(None)) / curve.plain_spread
    if unit.area_km2 and apart < _BY_ITSELF:
        fix = say("check residents and area")
        return finding(unit, "implausible-density", Severity.WARNING, message, fix, "area_km2")
    fix = say("check the figure")
    return finding(unit, "implausible-population", Severity.WARNING, message, fix)


def wrong_total(context: Context) -> Iterator[Finding]:
    """The residents of a whole province that do not add up to its control total."""
    if context.control_total is None or context.total is None:
        return
    if context.adds_up or not context.whole:
        return
    message = say(
        "{name}: the residents add up to {total}, the control total is {control}, a gap of {gap}",
        name=context.name or say("the table"),
        total=context.total,
        control=context.control_total,
        gap=context.control_total - context.total,
    )
    fix = say("quota reconcile looks for the figures that lost zeros")
    yield table_finding(context, "wrong-total", Severity.ERROR, message, fix)
