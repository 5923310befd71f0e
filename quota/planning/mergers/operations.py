"""What each operation does to the units it names, and when it cannot be done."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TypeVar

from msgspec.structs import replace

from quota.core.blocs import Bloc, ByBloc, Staff, all_of
from quota.core.names import TYPE_NAMES, type_in_name
from quota.core.problems import Problem, Severity
from quota.core.sums import whole_sum
from quota.core.text import Text, say
from quota.core.units import Unit, UnitType
from quota.core.what_if.lineage import cut, joined
from quota.core.what_if.scenarios import Done, Holding, Merge, Rename, Retype, Split, Transfer
from quota.planning.mergers.combining import area, combined, staff

N = TypeVar("N", int, Decimal)


class Refused(Exception):  # noqa: N818  (it is an answer, not a fault of the program)
    """An operation cannot be done; no problem where what is behind it was reported before."""

    def __init__(
        self, code: str | None, message: Text | None = None, fix: Text | None = None, value: str | None = None
    ) -> None:
        super().__init__(code)
        self.problem: Problem | None = None
        if code is not None and message is not None:
            self.problem = Problem(code, Severity.ERROR, message, fix, value=value)


def merged(operation: Merge, units: Sequence[Holding]) -> Done:
    """Several units as one; records the split that gives them back."""
    seen: set[str] = set()
    for holding in units:
        if holding.unit.code in seen:
            message = say("{name} is named twice", name=holding.unit.name)
            raise Refused("used-twice", message, say("name each unit once"), holding.unit.code)
        seen.add(holding.unit.code)
    if len(units) < 2:
        raise Refused("too-few-units", say("one unit is no merger"), say("name at least two units"))
    if (operation.name, operation.type) not in [(holding.unit.name, holding.unit.type) for holding in units]:
        _named_as_it_is(operation.name, operation.type)  # else it is so in the table
    for code in operation.islands:
        if code not in seen:
            message = say("{code} is among the islands, and not among the units that are merged", code=code)
            fix = say("name it under units: too, or take it out of islands: (--island)")
            raise Refused("island-apart", message, fix, code)
    unit = combined([holding.unit for holding in units], operation.code, operation.name, operation.type)
    new = Holding(unit, joined(holding.lineage for holding in units))
    lineages = tuple(holding.lineage for holding in units)
    back = Split(operation.code, tuple(holding.unit for holding in units), lineages)
    return Done(operation, tuple(units), (new,), undo=back)


def parted(operation: Split, parent: Holding) -> Done:
    """One unit as several that add up to it exactly; what is unknown of it is unknown of a part."""
    parts = operation.parts
    whole = parent.unit
    _adds_up("residents", whole.population, whole_sum([part.population for part in parts]))
    _adds_up("area_km2", whole.area_km2, area([part.area_km2 for part in parts]))
    together = staff([part.staff for part in parts])
    for bloc in all_of((whole.staff.order, together.order)):
        _adds_up(f"staff.{bloc}", whole.staff.get(bloc), together.get(bloc))
    if operation.lineages is not None:
        if joined(operation.lineages) != parent.lineage:
            message = say("the parts do not come from what {name} comes from", name=whole.name)
            raise Refused("lineage-differs", message, say("undo the merger that made this unit"), whole.code)
        made = tuple(map(Holding, parts, operation.lineages))
    else:
        for part in parts:
            _named_as_it_is(part.name, part.type)
        pieces = cut(parent.lineage, len(parts))
        made = tuple(
            Holding(replace(part, province=part.province or whole.province), piece)
            for part, piece in zip(parts, pieces, strict=True)
        )
    return Done(operation, (parent,), made)


def moved(operation: Transfer, giver: Holding, taker: Holding) -> Done:
    """Residents, and what else the operation says, from one unit to another.

    A share is rounded down to whole residents. Who moves is not said, so that the part of minorities in
    both units is unknown afterwards.
    """
    if giver.unit.code == taker.unit.code:
        raise Refused("to-itself", say("from a unit to itself"), say("name two units"), giver.unit.code)
    residents = giver.unit.population
    if residents is None:
        message = say("the residents of {name} are unknown: none can be moved", name=giver.unit.name)
        fix = say("fill in its residents in the population table")
        raise Refused("unknown-residents", message, fix, giver.unit.code)
    number = operation.residents
    if number is None:
        number = int(residents * (operation.share or 0))
    if number > residents:
        message = say(
            "{n} residents move, {name} has {residents}", n=number, name=giver.unit.name, residents=residents
        )
        fix = say("move at most {residents}", residents=residents)
        raise Refused("residents-exceed", message, fix, str(number))
    amount = (number, operation.area_km2 or Decimal(0), operation.staff)
    after = (
        replace(giver, unit=_changed(giver.unit, -1, *amount)),
        replace(taker, unit=_changed(taker.unit, 1, *amount)),
    )
    return Done(operation, (giver, taker), after, residents_moved=number)


def retyped(operation: Retype, holding: Holding) -> Done:
    """The same unit as another type."""
    if holding.unit.type is operation.type:
        message = say("{name} is of this type already", name=holding.unit.name)
        raise Refused("changes-nothing", message, say("remove the operation"), operation.type.value)
    return Done(operation, (holding,), (replace(holding, unit=replace(holding.unit, type=operation.type)),))


def renamed(operation: Rename, holding: Holding) -> Done:
    """The same unit under another name."""
    if holding.unit.name == operation.name:
        message = say("{code} is called so already", code=holding.unit.code)
        raise Refused("changes-nothing", message, say("remove the operation"), operation.name)
    return Done(operation, (holding,), (replace(holding, unit=replace(holding.unit, name=operation.name)),))


def _named_as_it_is(name: str, kind: UnitType) -> None:
    """A name that says another type than is written beside it: which is meant decides the norm."""
    said = type_in_name(name)
    if said is not None and said is not kind:
        message = say("the name says {said}, and the type is {type}", said=TYPE_NAMES[said], type=kind.value)
        fix = say("write type {type} (--type), or another name", type=said.value)
        raise Refused("type-in-name", message, fix, name)


def _adds_up(what: str, whole: int | Decimal | None, parts: int | Decimal | None) -> None:
    if whole == parts:
        return
    if whole is None:
        message = say("{what}: the unit's are unknown, the parts' are given", what=what)
        fix = say("leave it out of a part, or fill it in in the unit's table")
        raise Refused("parts-of-unknown", message, fix, str(parts))
    said = {"what": what, "parts": "?" if parts is None else parts, "whole": whole}
    message = say("{what}: the parts add up to {parts}, the unit has {whole}", **said)
    fix = say("parts add up to the whole exactly; each part must say its {what}", what=what)
    raise Refused("does-not-add-up", message, fix, None if parts is None else str(parts))


def _changed(unit: Unit, sign: int, residents: int, km2: Decimal, people_moved: ByBloc[int]) -> Unit:
    def in_post(bloc: Bloc) -> int | None:
        return _less(f"staff.{bloc}", unit, unit.staff.get(bloc), sign * (people_moved.get(bloc) or 0))

    kept = unit.terrain.minority_share if residents == 0 else None
    counts: Staff = ByBloc.of(all_of((unit.staff.order, people_moved.order)), in_post)
    return replace(
        unit,
        population=_less("residents", unit, unit.population, sign * residents),
        area_km2=_less("area_km2", unit, unit.area_km2, sign * km2),
        staff=counts,
        terrain=replace(unit.terrain, minority_share=kept),
    )


def _less(what: str, unit: Unit, has: N | None, change: N) -> N | None:
    """What is left or there now. Unknown stays so, and nothing can be moved out of the unknown."""
    if has is None and change >= 0:
        return None
    if has is None or has + change < 0:
        said = {"what": what, "n": abs(change), "name": unit.name, "has": "?" if has is None else has}
        message = say("{what}: {n} move, {name} has {has}", **said)
        fix = say("move at most what is known to be there")
        raise Refused("moves-more-than-there-is", message, fix, str(abs(change)))
    return has + change
