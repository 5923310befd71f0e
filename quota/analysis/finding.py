"""Finding a unit by what someone typed: its code, or its name with or without accents and type."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from difflib import get_close_matches

from quota.core.names import fold, without_accents, without_prefix
from quota.core.problems import InputError, Problem, Severity
from quota.core.text import count, say
from quota.core.units import Unit

_READINGS: tuple[Callable[[str], str], ...] = (
    fold,
    lambda name: without_prefix(fold(name)),
    without_accents,
    lambda name: without_prefix(without_accents(name)),
)
"""From the strictest spelling to the loosest: what is typed with accents is not met by a twin without."""


def find_unit(units: Sequence[Unit], wanted: str) -> Unit:
    """The one unit that `wanted` means. `InputError` lists the units if several fit, the nearest if none."""
    for unit in units:
        if unit.code == wanted.strip():
            return unit
    for reading in _READINGS:
        key = reading(wanted)
        found = [unit for unit in units if reading(unit.name) == key]
        if len(found) == 1:
            return found[0]
        if found:
            raise InputError([_several(wanted, found)])
    raise InputError([_none(wanted, units)])


def _several(wanted: str, found: Sequence[Unit]) -> Problem:
    names = "; ".join(f"{unit.code} {unit.name}" for unit in found)
    return Problem(
        "several-units",
        Severity.ERROR,
        count('"{wanted}" fits {n} unit', '"{wanted}" fits {n} units', wanted=wanted, n=len(found)),
        say("give the code of one: {names}", names=names),
        value=wanted,
    )


def _none(wanted: str, units: Sequence[Unit]) -> Problem:
    loosest = _READINGS[-1]
    by_key = {loosest(unit.name): unit for unit in units}
    close = [by_key[key] for key in get_close_matches(loosest(wanted), list(by_key), n=3)]
    names = "; ".join(f"{unit.code} {unit.name}" for unit in close)
    return Problem(
        "unknown-unit",
        Severity.ERROR,
        say('no unit is called or coded "{wanted}"', wanted=wanted),
        say("did you mean {names}?", names=names) if names else say("name a unit of the table, or its code"),
        value=wanted,
    )
