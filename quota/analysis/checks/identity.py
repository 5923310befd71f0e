"""Checks of a unit's name, type and code, and of rows that are no unit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Sequence
from decimal import Decimal

from quota.analysis.checks.context import Context, finding, table_finding
from quota.analysis.checks.known import bare
from quota.core.findings import Finding
from quota.core.names import TYPE_NAMES, bears_type, fold, folded, type_in_name, without_prefix
from quota.core.problems import Severity
from quota.core.text import say
from quota.core.units import Unit

_MOST_NAMED = 5
_TOTAL_WORDS = frozenset(
    map(fold, ("tổng", "tổng cộng", "tổng số", "cộng", "toàn tỉnh", "toàn thành phố", "total"))
)


def same_name(context: Context) -> Iterator[Finding]:
    """Units of one province with the same full name; accents keep apart what they keep apart."""
    fix = say("a province has each full name once: remove one of the two, or correct its name")
    names = map(without_prefix, folded([unit.name for unit in context.units]))
    keys = [(unit.type, name) for unit, name in zip(context.units, names, strict=True)]
    for first, *others in _alike(context.units, keys):
        message = say("{code} has the same name and type", code=first.code)
        for unit in others:
            yield finding(unit, "same-name", Severity.ERROR, message, fix, "name")


def same_figures(context: Context) -> Iterator[Finding]:
    """Units with the same residents and the same area: a row was copied, and nothing says which."""
    for units in _alike(context.units, list(map(_figures, context.units))):
        message = say("{names} have the same residents and the same area", names=_named(units))
        fix = say("one of the rows may be a copy of another")
        yield table_finding(context, "same-figures", Severity.WARNING, message, fix)


def same_figures_as_another(units: Iterable[Unit]) -> Iterator[Unit]:
    """The units whose residents and area another unit of the same province has too."""
    here = list(units)
    keys = [(unit.province, figures) if (figures := _figures(unit)) else None for unit in here]
    for alike in _alike(here, keys):
        yield from alike


def _figures(unit: Unit) -> tuple[int, Decimal] | None:
    """Residents and area; None where either is unknown or nought."""
    return (unit.population, unit.area_km2) if unit.population and unit.area_km2 else None


def _alike(units: Sequence[Unit], keys: Sequence[Hashable]) -> Iterator[list[Unit]]:
    """The units that share a key, two or more, by code, so that the order of rows decides nothing.

    A key that is None is shared with none.
    """
    times = Counter(keys)
    shared = {key for key, many in times.items() if many > 1 and key is not None}
    keyed = ((unit, key) for unit, key in zip(units, keys, strict=True) if key in shared)
    groups: dict[Hashable, list[Unit]] = {}
    for unit, key in sorted(keyed, key=lambda pair: pair[0].code):
        groups.setdefault(key, []).append(unit)
    yield from groups.values()


def _named(units: Sequence[Unit]) -> str:
    """A few of the units by name and code."""
    names = ", ".join(f"{unit.name} ({unit.code})" for unit in units[:_MOST_NAMED])
    return f"{names} …" if len(units) > _MOST_NAMED else names


def type_against_name(context: Context) -> Iterator[Finding]:
    """The type in its column, and another one in the name."""
    for unit in context.units:
        said = unit.type if bears_type(unit.name, unit.type) else type_in_name(unit.name)
        if said is not None and said is not unit.type:
            message = say("its name says {said}", said=TYPE_NAMES[said])
            fix = say("correct the type or the name")
            yield finding(unit, "type-against-name", Severity.ERROR, message, fix, "type")


def unknown_code(context: Context) -> Iterator[Finding]:
    """Codes that are not official ones in a province the embedded tables cover, or are another unit's."""
    if not context.registry:
        return
    covered = sum(unit.code in context.registry for unit in context.units) * 2 > len(context.units)
    for unit in context.units:
        known = context.registry.get(unit.code)
        if known is None:
            if covered:
                message = say("no unit of the embedded tables has this code")
                fix = say("correct the code")
                yield finding(unit, "unknown-code", Severity.WARNING, message, fix, "code")
        elif known.name != unit.name and bare(known.name) != bare(unit.name):
            message = say("the embedded tables call {code} {name}", code=unit.code, name=known.name)
            fix = say("correct the code or the name")
            yield finding(unit, "other-name", Severity.WARNING, message, fix, "name")


def total_as_unit(context: Context) -> Iterator[Finding]:
    """A row of totals that was given a code and so counts as a unit."""
    everyone = sum(unit.population or 0 for unit in context.units)
    for unit in context.units:
        sums = unit.population is not None and unit.population * 2 == everyone and len(context.units) > 2
        if sums or (not bears_type(unit.name, unit.type) and fold(unit.name).strip(" :.") in _TOTAL_WORDS):
            message = say("its residents are those of all others together" if sums else "a row of totals")
            fix = say("remove the row: it counts everybody twice")
            yield finding(unit, "total-as-unit", Severity.ERROR, message, fix, "name")


def number_of_units(context: Context) -> Iterator[Finding]:
    """Units that a province has and the table lacks, or more than it has; a mere extract is left alone."""
    province = context.province
    number = len(context.units)
    if province is None or not province.units < 2 * number or province.units == number:
        return
    if sum(unit.population or 0 for unit in context.units) == province.population:
        return  # merged or divided since: everybody is here
    here = {unit.code for unit in context.units}
    lacking = [
        unit for unit in context.registry.values() if unit.province == province.name and unit.code not in here
    ]
    message = say(
        "{name} has {n} units, the table {here}", name=province.name, n=province.units, here=len(here)
    )
    if lacking:
        message = say("{message}; not in it: {names}", message=message, names=_named(lacking))
    fix = say("add what is missing, or remove what is no unit")
    yield table_finding(context, "number-of-units", Severity.WARNING, message, fix, "code")
