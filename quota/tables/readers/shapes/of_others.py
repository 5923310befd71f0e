"""What is said of a whole file of boundaries: of other units, of another province, of no unit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from quota.core.problems import Problem, Severity
from quota.core.text import count, say
from quota.core.units import Unit
from quota.tables.readers.by_name import province_of
from quota.tables.readers.shapes.features import CODE_KEYS, NAME_KEYS, misplaced, named_otherwise
from quota.tables.readers.shapes.naming import called
from quota.tables.shipped.country import country

NAMES_SAID = 10
"""How many units a message about several names."""
_FEW = 2
"""So many other names are a warning, however few units there are."""


def surrounding(names: Sequence[str], label: str, *, by_code: bool) -> Problem:
    """That features of no unit are drawn around, the first of them by name."""
    said = {"n": len(names), "names": ", ".join(names[:NAMES_SAID])}
    message = (
        count(
            "no unit of the table has this code: {n} feature, drawn only as surroundings ({names})",
            "no unit of the table has this code: {n} features, drawn only as surroundings ({names})",
            **said,
        )
        if by_code
        else count(
            "no unit of the table has this name: {n} feature, drawn only as surroundings ({names})",
            "no unit of the table has this name: {n} features, drawn only as surroundings ({names})",
            **said,
        )
    )
    return Problem("feature-left-out", Severity.WARNING, message, file=label)


def no_boundaries(
    features: Sequence[object], codes: Sequence[str], units: frozenset[str], label: str
) -> Problem:
    """Why no unit has a shape: what the coordinates are, or of which province the codes are."""
    fault = next(filter(None, map(misplaced, features)), None)
    if fault is not None:
        fix = say("save it as GeoJSON in WGS 84 (EPSG:4326), longitude first")
        return Problem(fault.code, Severity.ERROR, fault.message, fix, label)
    message, fix = say("no feature is a unit of the table"), say("give the boundaries of the table's units")
    named = [*filter(None, map(called, features))]
    provinces = dict.fromkeys(str(country()[code].province) for code in codes if code in country())
    if units.intersection(codes):
        message = say("no boundary of the table's units can be used")
        fix = say("see what is wrong with each, and mend it")
    elif provinces:
        names = ", ".join(list(provinces)[:NAMES_SAID])
        message = say("no feature is a unit of the table: its codes are of {provinces}", provinces=names)
    elif codes:
        message = say("no feature is a unit of the table, and no code of it is in force since 1 July 2025")
    elif named:
        of = province_of(named)
        message = (
            say("no feature has the name of a unit of the table")
            if of is None
            else say(
                "no feature has the name of a unit of the table: its names are of {provinces}", provinces=of
            )
        )
    else:
        fix = say(
            "its features need a property for the unit's code: {keys}; or one for its name: {names}",
            keys=", ".join(CODE_KEYS),
            names=", ".join(NAME_KEYS[:4]),
        )
    return Problem("no-boundaries", Severity.ERROR, message, fix, label)


def other_names(named: Mapping[str, str], units: Sequence[Unit], label: str) -> Iterator[Problem]:
    """That features call the units of their codes otherwise; an error where most of them do."""
    others = [
        (unit, named[unit.code])
        for unit in units
        if unit.code in named and named_otherwise(named[unit.code], unit.name)
    ]
    if not others:
        return
    said = [f'{unit.name} ({unit.code}) "{name}"' for unit, name in others[:NAMES_SAID]]
    message = count(
        "the file has another name for {n} unit: {names}",
        "the file has other names for {n} units: {names}",
        n=len(others),
        names=", ".join(said),
    )
    are_of_others = len(others) > max(_FEW, len(named) // 2)
    yield Problem(
        "other-names",
        Severity.ERROR if are_of_others else Severity.WARNING,
        message,
        say(
            "the boundaries may be of other units, as before 1 July 2025: give those of these units, or "
            "remove the names where they are"
        ),
        label,
    )
