"""Official codes for a table that has names alone: each unit is found by its name within its province."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from functools import cache

from msgspec import Struct
from msgspec.structs import replace

from quota.analysis.audit.finding import UnitIndex
from quota.core.names import spelled_out, without_accents, without_prefix
from quota.core.problems import Severity
from quota.core.text import Text, say
from quota.core.units import Unit, UnitType
from quota.tables.columns.cells import CellReader
from quota.tables.shipped.country import changes, country

_ENOUGH = 0.5
"""A province is taken for the table's only where more than this share of the names are its units'."""


class Unclear(Struct, frozen=True):
    """A name that is no unit's for certain: what is wrong, and what settles it."""

    code: str
    message: Text
    fix: Text


def province_of(names: Iterable[str]) -> str | None:
    """The one province whose units have the most of these names; None where that is not clear.

    It is clear where the province has more than half of the names, and no other has as many.
    """
    wanted = [_key(name) for name in names if name]
    held = _provinces_by_key()
    counts: dict[str, int] = {}
    for key in wanted:
        for province in held.get(key, ()):
            counts[province] = counts.get(province, 0) + 1
    if not counts:
        return None
    most = max(counts.values())
    best = [province for province, count in counts.items() if count == most]
    return best[0] if len(best) == 1 and most > _ENOUGH * len(wanted) else None


def unit_named(name: str, province: str, unit_type: UnitType | None = None) -> Unit | Unclear:
    """The unit of this name in this province; else what is unclear: none is called so, or several could be.

    Capitals, the place of tones, a final y or i, hyphens, apostrophes, the office in front ("UBND xã …") and
    a shortened type do not matter. Accents may be left out where one unit alone fits. A name that a unit has
    had since 01/07/2025 is its name too. Of `unit_type` is the unit where the name does not say its type.
    """
    index = _index(province)
    if index is None:
        fix = say("write the province's name as it stands in data/provinces.csv")
        return Unclear("unknown-province", say('no province is called "{name}"', name=province), fix)
    found = {unit.code: unit for unit in index.called(spelled_out(name)) if unit.code != name.strip()}
    if unit_type is not None and len(found) > 1:
        found = {code: unit for code, unit in found.items() if unit.type is unit_type}
    if len(found) == 1:
        return next(iter(found.values()))
    if found:
        return Unclear(
            "several-units",
            say("several units of {province} could be meant", province=province),
            say("write the name in full, or its code: {names}", names=_listed(found.values())),
        )
    near = _near(name, index.units)
    return Unclear(
        "unknown-name",
        say("no unit of {province} is called so", province=province),
        say("did you mean {names}?", names=_listed(near))
        if near
        else say("write the official name, or add its code; quota data units lists them"),
    )


def codes_by_name(
    reader: CellReader, types: Sequence[UnitType | None], provinces: Sequence[str | None]
) -> list[str]:
    """The official code of each row's name, blank with a problem where it is unclear; says what it did.

    `types` and `provinces` have what the table says of each row's, None where it says nothing. A row without
    a province is taken to be of the one whose units the table's names are.
    """
    names = reader.column("name")
    usual = province_of(names)
    codes: list[str] = []
    found: Unit | Unclear | None
    for row, name, unit_type, said in zip(reader.table.rows, names, types, provinces, strict=True):
        province, found = said or usual, None
        if not name:
            pass  # which the reader says of any table
        elif province is None:
            message = say("no code, and in which province this unit lies the table does not say")
            fix = say("add a column for the code (--columns says which it is), or one for the province")
            found = Unclear("no-province", message, fix)
        else:
            found = unit_named(name, province, unit_type)
        if isinstance(found, Unclear):
            reader.report(row, "name", found.code, found.message, found.fix)
        codes.append(found.code if isinstance(found, Unit) else "")
    if any(codes):
        known = ", ".join(sorted({said or usual or "" for said in provinces} - {""}))
        message = say("no column for codes: the units are found by name in {provinces}", provinces=known)
        reader.problems.append(
            reader.table.of_heading("coded-by-name", message, severity=Severity.INFORMATION)
        )
    return codes


def _listed(units: Iterable[Unit]) -> str:
    return "; ".join(f"{unit.code} {unit.name}" for unit in units)


def _near(name: str, units: Sequence[Unit]) -> list[Unit]:
    by_key: Mapping[str, Unit] = {without_prefix(without_accents(unit.name)): unit for unit in units}
    wanted = without_prefix(without_accents(spelled_out(name)))
    return [by_key[key] for key in get_close_matches(wanted, list(by_key), n=3)]


def _key(name: str) -> str:
    return without_prefix(without_accents(spelled_out(name)))


@cache
def _by_province() -> Mapping[str, tuple[Unit, ...]]:
    """Every unit under each name it has had, by province."""
    renamed = {change.code: change for change in changes() if change.level == "unit"}
    groups: dict[str, list[Unit]] = {}
    for unit in country().values():
        group = groups.setdefault(str(unit.province), [])
        group.append(unit)
        change = renamed.get(unit.code)
        if change is not None:
            group.append(replace(unit, name=change.name, type=UnitType(change.type)))
    return {province: tuple(group) for province, group in groups.items()}


@cache
def _provinces_by_key() -> Mapping[str, frozenset[str]]:
    held: dict[str, set[str]] = {}
    for province, units in _by_province().items():
        for unit in units:
            held.setdefault(_key(unit.name), set()).add(province)
    return {key: frozenset(provinces) for key, provinces in held.items()}


@cache
def _index(province: str) -> UnitIndex | None:
    units = _by_province().get(province)
    return UnitIndex(units) if units is not None else None
