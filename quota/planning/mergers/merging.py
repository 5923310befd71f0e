"""One merger as a scenario, from what was typed."""

from __future__ import annotations

from collections.abc import Sequence

from quota.analysis.audit.finding import find_unit
from quota.core.names import tidy
from quota.core.problems import refusal
from quota.core.text import say
from quota.core.units import Unit, UnitType
from quota.core.what_if.scenarios import Merge, Scenario


def merge_of(
    units: Sequence[Unit],
    wanted: Sequence[str],
    name: str,
    code: str | None = None,
    unit_type: UnitType | None = None,
    islands: Sequence[str] = (),
) -> Scenario:
    """The merger of the units that `wanted` means (codes or names) into one called `name`.

    Without a code the new unit takes the first one's, without a type the one that all have. `InputError`
    where a unit is not found, where they are of several types and none is given, or where the name is blank.
    """
    found = [find_unit(units, name_or_code) for name_or_code in wanted]
    types = {unit.type for unit in found}
    if unit_type is None and len(types) > 1:
        message = say("the units are of several types")
        fix = say("say what the new unit is: --type commune, ward or special_zone")
        raise refusal("several-types", message, fix)
    if not tidy(name):
        message = say("the new unit has no name")
        raise refusal("no-name", message, say("give one: --name NAME"))
    merger = Merge(
        units=tuple(unit.code for unit in found),
        code=tidy(code) if code and tidy(code) else found[0].code,
        name=tidy(name),
        type=unit_type or types.pop(),
        islands=tuple(find_unit(units, island).code for island in islands),
    )
    return Scenario(tidy(name), (merger,))
