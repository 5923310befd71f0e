"""Where lost zeros alone do not add up: a few residents left, a copied row, figures in thousands."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from quota.analysis.checks.accounts import Choice, extremes, search, surprise
from quota.analysis.checks.expecting import Judged
from quota.analysis.checks.model import MOST_ZEROS
from quota.analysis.checks.plausibility import Reading, Weighed
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
_AS_LIKELY = 4_000
"""What a copied row's total leaves for it is held open over all accounts up to so much more surprising."""


def corrections(weighed: Weighed, choice: Choice) -> tuple[Correction, ...]:
    """The values that a choice changes."""
    return tuple(change for change, _, _ in _changed(weighed, choice))


def _changed(weighed: Weighed, choice: Choice) -> Iterator[tuple[Correction, Sequence[Reading], int]]:
    """Each value that a choice changes, with its readings and which of them is chosen."""
    for unit, options, which in zip(weighed.units, weighed.figures, choice, strict=True):
        reading = options[which]
        if reading.zeros and unit.population is not None:
            yield Correction(unit, unit.population, reading.residents, reading.zeros), options, which


def narrowed(weighed: Weighed, control_total: int, seconds_left: Callable[[], float]) -> Sequence[Account]:
    """Accounts that nearly add up, or in which figures are known between bounds; none of them is certain.

    First the figures in thousands and a total that is off by a little; else, where two rows have the same
    residents and area, either of them as what the total leaves. Bounds allow for a total off by `A_LITTLE`.
    """
    figures = weighed.figures
    likeliest = [min(options, key=lambda reading: reading.surprise) for options in figures]
    rounded = sum(reading.zeros == MOST_ZEROS for reading in likeliest)
    found = search(figures, control_total, seconds_left, most=1, slack=A_LITTLE + _HALF * rounded)
    if found.choices and surprise(figures, found.choices[0]) <= _STILL_LIKELY:
        return [_nearly(weighed, found.choices[0], control_total)]
    return _copied(weighed, control_total, seconds_left)


def _nearly(weighed: Weighed, choice: Choice, control_total: int) -> Account:
    changes, surprising = corrections(weighed, choice), surprise(weighed.figures, choice)
    left = control_total - sum(
        options[which].residents for options, which in zip(weighed.figures, choice, strict=True)
    )
    rounded = [change for change in changes if change.zeros == MOST_ZEROS]
    exact = tuple(change for change in changes if change.zeros != MOST_ZEROS)
    room = _HALF * len(rounded)
    if not rounded or left == 0:
        return Account(changes, surprising, off=left)
    within = max(-room, min(room, left))
    others = room - _HALF + A_LITTLE
    low, high = max(-_HALF, within - others), min(_HALF, within + others)
    bounds = tuple(
        Bounds(change.unit, change.before, change.after + low, change.after + high, Cause.THOUSANDS)
        for change in rounded
    )
    return Account(exact, surprising, off=left - within, bounds=bounds)


def _copied(weighed: Weighed, control_total: int, seconds_left: Callable[[], float]) -> Sequence[Account]:
    """Each of the rows that repeat another, as what the total leaves for it, where that is plausible."""
    alike = Counter((unit.population, unit.area_km2) for unit in weighed.units)
    accounts: list[Account] = []
    for place, unit in enumerate(weighed.units):
        if unit.area_km2 and unit.code in weighed.expected and alike[unit.population, unit.area_km2] > 1:
            copied = [(unit, weighed.expected[unit.code])]
            accounts += left_for(copied, weighed.without(place), control_total, seconds_left, Cause.COPIED)
    return accounts


def left_for(
    lacking: Sequence[tuple[Unit, Judged]],
    rest: Weighed,
    control_total: int,
    seconds_left: Callable[[], float],
    cause: Cause,
) -> Iterator[Account]:
    """The residents that the total leaves for units without a figure, within what is usual for them.

    Its bounds are those that all readings of the `rest` leave that are nearly as likely as the likeliest; the
    changes are those of which no other reading is. Of several such units each may have what the others leave.
    """
    figures = rest.figures
    usual = [_usual(judged) for _, judged in lacking]
    low, high = (sum(ends) for ends in zip(*usual, strict=True))
    middle, slack = (low + high) // 2, (high - low + 1) // 2
    found = search(figures, control_total - middle, seconds_left, most=1, slack=slack, a_resident=0)
    if not found.choices or surprise(figures, found.choices[0]) > _STILL_LIKELY:
        return
    choice = found.choices[0]
    sums = (control_total - middle - slack, control_total - middle + slack)
    most = surprise(figures, choice) + _AS_LIKELY
    least, greatest = extremes(figures, sums, most, seconds_left) or sums
    bounds = tuple(
        Bounds(
            unit,
            unit.population or 0,
            max(control_total - greatest - A_LITTLE - (high - its_high), 1),
            control_total - least + A_LITTLE - (low - its_low),
            cause,
        )
        for (unit, _), (its_low, its_high) in zip(lacking, usual, strict=True)
    )
    changes = tuple(
        change
        for change, options, which in _changed(rest, choice)
        if all(
            reading is options[which] or reading.surprise - options[which].surprise > _AS_LIKELY
            for reading in options
        )
    )
    yield Account(changes, surprise(figures, choice), bounds=bounds)


def _usual(judged: Judged) -> tuple[int, int]:
    reach = math.exp(_USUAL * judged.spread)
    return math.ceil(judged.expected / reach), math.floor(judged.expected * reach)
