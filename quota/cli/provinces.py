"""A table's units by province, and the total each is held to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from quota.core.names import fold
from quota.core.problems import refusal
from quota.core.text import Text, say
from quota.core.units import Unit
from quota.tables.shipped.country import country
from quota.tables.shipped.provinces import find_province, is_central_city

_NAMES = say("give --province a name of data/provinces.csv, such as Huế")
TOTAL_OR_NAME = say("give --control-total N, or --province with a name of data/provinces.csv")
"""What a command that needs a total can be told instead."""


def by_province(
    units: Sequence[Unit], named: str | None, fix: Text = _NAMES
) -> list[tuple[str, tuple[Unit, ...]]]:
    """The units by province in the order they came in; all as `named` where the table does not say.

    `InputError` with `fix` where no province, or no unit, is that of `named`.
    """
    wanted = find_province(named) if named is not None else None
    if named is not None and wanted is None:
        message = say('no province is called "{name}"', name=named)
        raise refusal("unknown-province", message, fix, value=named)
    groups: dict[str, list[Unit]] = {}
    for unit in units:
        groups.setdefault(unit.province or (wanted.name if wanted else ""), []).append(unit)
    if wanted is not None:
        groups = {name: group for name, group in groups.items() if find_province(name) == wanted}
    if not groups:
        message = say("no unit of this province in the table")
        raise refusal("unknown-province", message, fix, value=named)
    return [(name, tuple(group)) for name, group in groups.items()]


def only_province(units: Iterable[Unit], day: date) -> Text | None:
    """The province that all units lie in, as it is called on `day`; None where that is not one and known.

    The table says it, or the units are official ones of one province by code and name.
    """
    names = {unit.province or _official(unit) for unit in units}
    name = names.pop() if len(names) == 1 else None
    if name is None:
        return None
    found = find_province(name)
    if found is None:
        return say("{name}", name=name)
    if is_central_city(found, day):
        return say("the city of {name}", name=found.name)
    return say("the province of {name}", name=found.name)


def _official(unit: Unit) -> str | None:
    official = country().get(unit.code)
    return official.province if official is not None and fold(official.name) == fold(unit.name) else None


def refuse_one_total(names: Iterable[str]) -> None:
    """Refuse one control total for several provinces: it can be that of one of them only."""
    provinces = sorted({name for name in names if name})
    if len(provinces) > 1:
        message = say("one control total, and units of {provinces}", provinces=", ".join(provinces))
        fix = say("leave --control-total out, or give it with the table of one province")
        raise refusal("several-provinces", message, fix)


def total_of(name: str, given: int | None) -> tuple[int, int | None]:
    """The control total given, or the province's published one and of how many units that is.

    `InputError` where there is neither.
    """
    if given is not None:
        return given, None
    found = find_province(name) if name else None
    if found is None:
        message = say("which province this is, the table does not say")
        raise refusal("no-control-total", message, TOTAL_OR_NAME, value=name or None)
    return found.population, found.units
