"""Boundaries without codes: each feature is the unit that has its name, type and province."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from quota.analysis.audit.finding import UnitIndex
from quota.core.names import spelled_out, type_in_name
from quota.core.problems import Problem, Severity
from quota.core.text import Text, count, say
from quota.core.units import Unit
from quota.tables.readers.shapes.features import name_of, province_of, type_of
from quota.tables.shipped.provinces import find_province

_NAMES_SAID = 10
"""How many names a message says."""


class ByName(Struct, frozen=True):
    """For each feature its unit's code, a name that no unit has, or None; and what is unclear."""

    codes: Sequence[str | None]
    problems: tuple[Problem, ...] = ()


def by_name(features: Sequence[object], units: Sequence[Unit], label: str) -> ByName:
    """Which unit each feature is by its name; an error where a name fits several, or several have one's name.

    A file most of whose names no unit has is an error: communes of before July 2025 share names with today's.
    """
    index = UnitIndex(units)
    names = [called(feature) for feature in features]
    fitting = {
        place: index.called(name)
        for place, name in enumerate(names)
        if name is not None and not _is_elsewhere(features[place], units)
    }
    times = Counter(found[0].code for found in fitting.values() if len(found) == 1)
    codes, problems = list(names), []
    for place, found in fitting.items():
        fault = _unclear(found, times[found[0].code]) if found else None
        if found:
            codes[place] = found[0].code if fault is None else None
        if fault is not None:
            problems.append(replace(fault, file=label, row=place + 1, value=names[place]))
    unknown = [str(names[place]) for place, found in fitting.items() if not found]
    known = len(fitting) - len(unknown)
    if known and not problems:
        problems.append(
            _of_others(unknown, label)
            if len(unknown) > known
            else Problem("coded-by-name", Severity.INFORMATION, _found(known), file=label)
        )
    return ByName(codes, tuple(problems))


def _unclear(found: Sequence[Unit], times: int) -> Problem | None:
    """Why a name that some units have is none's for certain; `times` features have that of the first."""
    if len(found) == 1 and times == 1:
        return None
    message = (
        say("its name fits several units")
        if len(found) > 1
        else say("{n} features have the name of this unit", n=times)
    )
    choices = "; ".join(f"{unit.code} {unit.name}" for unit in found)
    fix = say('add a property "code" to it, the code of its unit: {names}', names=choices)
    return Problem("several-units", Severity.ERROR, message, fix)


def called(feature: object) -> str | None:
    """The name of a feature with the word for its type in front where that is apart: loai, ten."""
    name, kind = name_of(feature), type_of(feature)
    if name is None or kind is None or type_in_name(spelled_out(name)) is not None:
        return name
    return f"{kind} {name}"


def _is_elsewhere(feature: object, units: Sequence[Unit]) -> bool:
    """Whether the feature names a province in which no unit of the table lies."""
    said = province_of(feature)
    found = find_province(said) if said is not None else None
    if found is None:
        return False
    here = {unit.province for unit in units}
    return None not in here and found.name not in here


def _of_others(unknown: Sequence[str], label: str) -> Problem:
    message = count(
        "no unit of the table has {n} name of the file, more than are found: {names}",
        "no unit of the table has {n} names of the file, more than are found: {names}",
        n=len(unknown),
        names=", ".join(unknown[:_NAMES_SAID]),
    )
    fix = say(
        "the boundaries may be of other units, as before 1 July 2025, some of which had the names of "
        'today\'s: give those of these units, or add a property "code"'
    )
    return Problem("other-names", Severity.ERROR, message, fix, label)


def _found(known: int) -> Text:
    return count(
        "no codes: {n} boundary is found by its unit's name",
        "no codes: {n} boundaries are found by their units' names",
        n=known,
    )
