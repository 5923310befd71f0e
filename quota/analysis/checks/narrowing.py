"""Where lost zeros alone do not add up: a few residents left, a copied row, figures in thousands."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from quota.analysis.checks.accounts import Choice, search, surprise
from quota.analysis.checks.expecting import MOST_ZEROS, Judged
from quota.analysis.checks.plausibility import Reading
from quota.core.reconciliation import Account, Bounds, Cause, Correction
from quota.core.units import Unit

A_LITTLE = 200
"""The most residents by which a published total is off: 1 to 160 in the provinces seen."""
_HALF = 500
"""The most residents by which rounding to thousands moves a figure."""
_STILL_LIKELY = 6_000
"""An account more surprising than this, that only nearly adds up, is chance."""
_USUAL = 3.0
"""Spreads within which the figure of a copied row must lie."""


def corrections(
    units: Sequence[Unit], figures: Sequence[Sequence[Reading]], choice: Choice
) -> tuple[Correction, ...]:
    """The values that a choice changes."""
    chosen = [options[which] for options, which in zip(figures, choice, strict=True)]
    return tuple(
        Correction(unit, unit.population, reading.residents, reading.zeros)
        for unit, reading in zip(units, chosen, strict=True)
        if reading.zeros and unit.population is not None
    )


def narrowed(
    units: Sequence[Unit],
    figures: Sequence[Sequence[Reading]],
    control_total: int,
    expected: Mapping[str, Judged],
    seconds_left: Callable[[], float],
) -> Sequence[Account]:
    """Accounts that nearly add up, or in which figures are known between bounds; none of them is certain.

    First the figures in thousands and a total that is off by a little; else, where two rows have the same
    residents and area, either of them as what the total leaves.
    """
    likeliest = tuple(
        min(range(len(options)), key=lambda which: options[which].surprise) for options in figures
    )
    rounded = sum(
        options[which].zeros == MOST_ZEROS for options, which in zip(figures, likeliest, strict=True)
    )
    found = search(figures, control_total, seconds_left, most=1, slack=A_LITTLE + _HALF * rounded)
    if found.choices and surprise(figures, found.choices[0]) <= _STILL_LIKELY:
        return [_nearly(units, figures, found.choices[0], control_total)]
    return _copied(units, figures, likeliest, control_total, expected)


def _nearly(
    units: Sequence[Unit], figures: Sequence[Sequence[Reading]], choice: Choice, control_total: int
) -> Account:
    changes = corrections(units, figures, choice)
    left = control_total - _sum(figures, choice)
    rounded = [change for change in changes if change.zeros == MOST_ZEROS]
    exact = tuple(change for change in changes if change.zeros != MOST_ZEROS)
    room = _HALF * len(rounded)
    if not rounded or left == 0:
        return Account(changes, surprise(figures, choice), off=left)
    within = max(-room, min(room, left))
    others = room - _HALF
    bounds = tuple(
        Bounds(
            change.unit,
            change.before,
            change.after + max(-_HALF, within - others),
            change.after + min(_HALF, within + others),
            Cause.THOUSANDS,
        )
        for change in rounded
    )
    return Account(exact, surprise(figures, choice), off=left - within, bounds=bounds)


def _copied(
    units: Sequence[Unit],
    figures: Sequence[Sequence[Reading]],
    choice: Choice,
    control_total: int,
    expected: Mapping[str, Judged],
) -> Sequence[Account]:
    """Each of the rows that repeat another, as what the total leaves for it, where that is plausible."""
    alike = Counter((unit.population, unit.area_km2) for unit in units)
    accounts = []
    added = _sum(figures, choice)
    for place, unit in enumerate(units):
        copied = unit.area_km2 and alike[unit.population, unit.area_km2] > 1
        if not copied or unit.code not in expected:
            continue
        options, which = figures[place], choice[place]
        own = control_total - added + options[which].residents
        usual = expected[unit.code]
        if own <= 0 or abs(math.log(own / usual.expected)) > _USUAL * usual.spread:
            continue
        changes = tuple(change for change in corrections(units, figures, choice) if change.unit is not unit)
        bounds = (Bounds(unit, unit.population or 0, own, own, Cause.COPIED),)
        accounts.append(Account(changes, surprise(figures, choice), bounds=bounds))
    return accounts


def _sum(figures: Sequence[Sequence[Reading]], choice: Choice) -> int:
    return sum(options[which].residents for options, which in zip(figures, choice, strict=True))
