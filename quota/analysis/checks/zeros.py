"""Figures that lost zeros: proved by the embedded figure or by the total, or likely beside other units."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from functools import reduce

from quota.analysis.checks.context import Context, finding, table_finding
from quota.analysis.checks.expecting import Judged
from quota.analysis.checks.known import dense, embedded_figure, named_alike, near_known, tenfold
from quota.analysis.checks.model import MOST_ZEROS
from quota.core.findings import Finding
from quota.core.problems import Severity
from quota.core.text import Text, say
from quota.core.units import Unit

_DOUBTED = 0.25
"""A figure is doubted from this chance on that it lost zeros."""
_SPEAKS = 10
"""And only where it makes that many times likelier than the table as a whole does.

Where a tenth of a table's figures are wrong, a chance of 0.25 is no more evidence than 0.1 is elsewhere, and
sound figures are doubted as easily. Of 5, 6.5, 8 and 10 it is the least at which in none of the 12 provinces
of the goal more than one in 100 sound figures is doubted. The other 21 have 0.7 to 0.9 then, not 0.8 to 1.4.
"""
_LIKELY = 0.95
"""From this chance on the doubt is an error."""
_OPEN = 0.05
"""Readings as likely as this are named."""
_USUAL = 2.5
"""Spreads each way within which nearly every unit lies."""
_ONE_TABLE_IN = 100
"""No figure ends in 0 by chance in fewer than one table in this number: 44 units or more."""
_MOST_COUNTED = 131
"""Units beyond these change nothing: one table in a million."""
_MANY = 3
"""From this many figures in thousands on, they are a scale of their own, not single zeros lost."""


def lost_zeros(context: Context) -> Iterator[Finding]:
    """Figures that with zeros put back are the embedded one, or fit what is expected far better.

    Residents are suggested only where they are as good as proved: by an embedded figure whose province adds
    up, or where the likely readings together make the control total to the person.
    """
    settled = settled_by_total(context)
    for unit in context.units:
        if not unit.population:
            continue
        embedded = context.known(unit)
        judged = context.judged.get(unit.code)
        if embedded is not None and tenfold(unit.population, embedded):
            yield _shifted(context, unit, unit.population, embedded)
        elif (
            judged is not None
            and doubted(judged)
            and not confirmed(context, unit)
            and context.leaves_room(unit.population * 10 ** max(judged.zeros, 1) - unit.population)
        ):
            yield _likely(unit, unit.population, judged, settled.get(unit.code))


def doubted(judged: Judged) -> bool:
    """Whether a figure speaks for lost zeros: they are likely, and far likelier than at first."""
    lost = judged.lost
    return lost > _DOUBTED and lost * (1 - judged.share) > _SPEAKS * ((1 - lost) * judged.share)


def confirmed(context: Context, unit: Unit) -> bool:
    """Whether the embedded figure bears a unit's out: near it, and of a province that adds up."""
    embedded = context.known(unit)
    if embedded is None or unit.population is None or unit.code not in context.sure:
        return False
    return near_known(unit.population, embedded)


def _shifted(context: Context, unit: Unit, residents: int, embedded: int) -> Finding:
    sure = unit.code in context.sure and named_alike(unit, context.registry[unit.code])
    known = embedded_figure(context, embedded)
    message = say(
        "{residents}; with the zeros it lost it is the embedded figure, {known}"
        if residents < embedded
        else "{residents}; without its last zeros it is the embedded figure, {known}",
        residents=dense(unit),
        known=known,
    )
    code = "lost-zeros" if residents < embedded else "extra-zeros"
    fix = say("take the embedded figure, or ask where this one is from")
    return finding(unit, code, Severity.ERROR, message, fix, residents=embedded if sure else None)


def _likely(unit: Unit, residents: int, judged: Judged, settled: int | None) -> Finding:
    reach = math.exp(_USUAL * judged.spread)
    likely = [
        residents * 10**zeros
        for zeros, chance in enumerate(judged.chances)
        if zeros and chance >= min(_OPEN, judged.lost / 2)
    ]
    message = say(
        "{residents}; a unit like it has {low} to {high}. With lost zeros: {restored}?",
        residents=dense(unit),
        low=round(judged.expected / reach),
        high=round(judged.expected * reach),
        restored=reduce(_or, (dense(unit, people) for people in likely)),
    )
    severity = Severity.ERROR if judged.lost > _LIKELY else Severity.WARNING
    fix = say("quota reconcile finds which figures lost zeros, given a control total")
    return finding(unit, "lost-zeros", severity, message, fix, residents=settled)


def _or(first: Text, second: Text) -> Text:
    return say("{first} / {other}", first=first, other=second)


def settled_by_total(context: Context) -> Mapping[str, int]:
    """The residents that are proved by the control total, by code: all likely readings together are it.

    By chance that happens once in tens of thousands of tables, unless the total itself is off: none is proved
    by a total that the embedded figures miss, nor against an embedded figure.
    """
    if (
        context.total_in_doubt
        or context.total is None
        or context.control_total is None
        or not context.whole
        or context.adds_up
    ):
        return {}
    restored = {
        unit.code: unit.population * 10 ** context.judged[unit.code].zeros
        for unit in context.units
        if unit.population and unit.code in context.judged and context.judged[unit.code].zeros
    }
    added = sum(restored.get(unit.code, unit.population or 0) for unit in context.units)
    against = any(
        context.known(unit) not in (None, restored.get(unit.code))
        for unit in context.units
        if unit.code in restored
    )
    return restored if added == context.control_total and not against else {}


def mixed_scales(context: Context) -> Iterator[Finding]:
    """Figures in thousands among figures of single residents: a scale of their own."""
    doubted = [judged for judged in context.judged.values() if judged.lost and judged.zeros == MOST_ZEROS]
    if len(doubted) >= _MANY:
        message = say(
            "{n} of {all} figures look as if they were in thousands, the others count residents",
            n=len(doubted),
            all=len(context.units),
        )
        fix = say("give residents to the person: a figure in thousands cannot be put right from itself")
        yield table_finding(context, "mixed-scales", Severity.WARNING, message, fix)


def no_final_zero(context: Context) -> Iterator[Finding]:
    """A table in which no figure ends in 0, as one in ten does: all may have lost what stood behind a point.

    Nothing is said where the total or the embedded figures bear out every figure.
    """
    people = [unit.population for unit in context.units if unit.population]
    if context.borne_out or any(residents % 10 == 0 for residents in people):
        return
    times = round((10 / 9) ** min(len(people), _MOST_COUNTED))
    if times >= _ONE_TABLE_IN:
        message = say(
            "none of {n} figures ends in 0: by chance that is so in one table of {times}",
            n=len(people),
            times=times,
        )
        fix = say("ask whether zeros at the end fell off, as they do where a point parts thousands")
        yield table_finding(context, "no-final-zero", Severity.WARNING, message, fix)
