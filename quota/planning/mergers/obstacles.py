"""Which units a proposal leaves alone, and which constraint stops it before any search."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from quota.analysis.audit.matching import row_problem
from quota.core.problems import Problem, Severity
from quota.core.text import Text, count, say
from quota.core.units import Unit, UnitType
from quota.core.what_if.proposals import Aim, Wish
from quota.planning.mergers.neighbours import Neighbours

MOST_NAMED = 8
"""Units named in one message; the rest are counted."""


def is_island(unit: Unit) -> bool:
    """Whether it is an island or a special zone, which no proposal joins."""
    return unit.type is UnitType.SPECIAL_ZONE or unit.terrain.island is True


def left_alone(wish: Wish, units: Sequence[Unit]) -> set[str]:
    """The codes of units that stay as they are: kept, exempt, islands, and units of unknown residents."""
    return {
        unit.code
        for unit in units
        if unit.code in wish.keep or unit.code in wish.exempt or is_island(unit) or unit.population is None
    }


def obstacles(wish: Wish, units: Sequence[Unit], beside: Neighbours) -> tuple[Problem, ...]:
    """Units that make the constraint impossible whatever is merged, each with the reason."""
    if wish.aim is Aim.UNITS and wish.amount > len(units):
        message = say("{n} units are asked for, there are {has}", n=wish.amount, has=len(units))
        fix = say("ask for at most {has}", has=len(units))
        return (Problem("too-few-units", Severity.ERROR, message, fix),)
    if wish.aim is not Aim.MINIMUM:
        return ()
    return tuple(_obstacles(wish, units, beside))


def _obstacles(wish: Wish, units: Sequence[Unit], beside: Neighbours) -> Iterator[Problem]:
    alone = left_alone(wish, units)
    for unit in units:
        if unit.code in alone and unit.code not in wish.exempt:
            yield from _staying(wish, unit)
    free = [unit for unit in units if unit.code not in alone]
    for piece in _pieces(free, beside):
        residents = sum(unit.population or 0 for unit in piece)
        if residents < wish.amount:
            yield _cut_off(wish, piece, residents, units, beside, alone)


def _staying(wish: Wish, unit: Unit) -> Iterator[Problem]:
    """A unit that is left alone and does not meet the minimum."""
    exempt = say("leave it out of the minimum: --exempt {code}", code=unit.code)
    if unit.population is None:
        message = say("the residents of {name} are unknown", name=unit.name)
        fix = say("fill them in, or leave it out: --exempt {code}", code=unit.code)
        yield row_problem(unit, "unknown-residents", message, fix, "code")
    elif unit.population < wish.amount:
        message = say(
            "{name} is kept and has {residents} residents, under {minimum}"
            if unit.code in wish.keep
            else "{name}, an island or special zone, is never joined: {residents} residents, under {minimum}",
            name=unit.name,
            residents=unit.population,
            minimum=wish.amount,
        )
        yield row_problem(unit, "kept-unit" if unit.code in wish.keep else "island", message, exempt, "code")


def _cut_off(
    wish: Wish,
    piece: Sequence[Unit],
    residents: int,
    units: Sequence[Unit],
    beside: Neighbours,
    alone: set[str],
) -> Problem:
    """Units that have neighbours only among themselves, or beyond units that stay as they are."""
    names: str | Text = ", ".join(unit.name for unit in piece[:MOST_NAMED])
    if len(piece) > MOST_NAMED:
        names = say("{names} and {n} more", names=names, n=len(piece) - MOST_NAMED)
    inside = {unit.code for unit in piece}
    around = {other for code in inside for other in beside.of(code)} & alone
    message = count(
        "{names} has no neighbour to join and {residents} residents, under {minimum}",
        "{names} have no other neighbours to join and {residents} residents together, under {minimum}",
        n=len(piece),
        names=names,
        residents=residents,
        minimum=wish.amount,
    )
    fix = say("leave it out of the minimum: --exempt {code}", code=piece[0].code)
    if around:
        staying = ", ".join(unit.name for unit in units if unit.code in around)
        message = say(
            "{message}; around it these stay as they are: {staying}", message=message, staying=staying
        )
        return row_problem(piece[0], "kept-unit", message, say("keep fewer units, or {fix}", fix=fix), "code")
    return row_problem(piece[0], "island", message, fix, "code")


def _pieces(units: Sequence[Unit], beside: Neighbours) -> list[list[Unit]]:
    """What hangs together among these units."""
    return [[units[place] for place in piece] for piece in beside.pieces([[unit.code] for unit in units])]


def remarks(wish: Wish, units: Sequence[Unit], beside: Neighbours) -> Iterator[Problem]:
    """Remarks on the assumptions of a proposal."""
    unknown = [unit for unit in units if unit.population is None]
    if unknown:
        names = ", ".join(unit.name for unit in unknown)
        message = say("left alone, because their residents are unknown: {names}", names=names)
        yield Problem("unknown-residents", Severity.WARNING, message, say("fill in their residents"))
    lengths = [
        (unit.code, other)
        for unit in units
        for other, km in beside.of(unit.code).items()
        if km is None and unit.code < other
    ]
    if lengths:
        message = count(
            "the length of {n} border is unknown: it counts as none where mergers are kept compact",
            "the lengths of {n} borders are unknown: they count as none where mergers are kept compact",
            n=len(lengths),
        )
        yield Problem("unknown-border", Severity.WARNING, message, say("fill in shared_border_km"))
    exempt = [unit.name for unit in units if unit.code in wish.exempt]
    if exempt and wish.aim is Aim.MINIMUM:
        message = say("left alone, and the minimum is not asked of: {names}", names=", ".join(exempt))
        yield Problem("exempt", Severity.WARNING, message)
