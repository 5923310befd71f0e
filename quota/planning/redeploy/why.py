"""Why a unit gives or gets what it does, and what would change it: every "what if" is a plan made anew."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from quota.analysis.audit.finding import find_unit
from quota.core.moves import Cell, Move, Plan, Situation
from quota.core.text import Text, say
from quota.core.units import Unit
from quota.norms.policy import Policy
from quota.planning.redeploy.exchanges import exchanges_between_places
from quota.planning.redeploy.stages import Given, plan


class CellStory(Struct, frozen=True):
    """One bloc or position of the unit: before and after, and the constraint that binds it.

    `binds`: `filled`; for posts left empty `nobody-over` (nobody is over who may fill them) or `laws`
    (somebody is, but the policy does not let them); for people left over `no-posts` or `laws`; `nothing`
    otherwise.
    """

    before: Cell
    after: Cell
    binds: str


class WhatIf(Struct, frozen=True):
    """One thing changed, and what the best plan then leaves: differences to the plan as it is."""

    what: str
    """`person` (one more person there), `limit` (one limit lifted)."""
    name: Text
    short: int
    unit_short: int
    worst: int
    people: int
    metres: int | None
    """None where a move's distance is unknown in either plan."""


class Why(Struct, frozen=True):
    """The unit's part in the plan, what binds it, and what one change would do."""

    unit: Unit
    plan: Plan
    moves: tuple[Move, ...]
    cells: tuple[CellStory, ...]
    what_ifs: tuple[WhatIf, ...]


def why(given: Given, wanted: str) -> Why:
    """The story of the unit that `wanted` names (code or name). `InputError` as in `plan` and for no unit."""
    unit = find_unit(given.start.units, wanted)
    made = plan(given)
    moves = tuple(
        move
        for move in made.moves
        if unit.code in {place.code for place in (move.origin, move.target) if place}
    )
    cells = tuple(
        CellStory(cell, made.end.cells[place], _binds(cell, made.end.cells[place], given, made.end))
        for place, cell in given.start.cells.items()
        if place.code == unit.code
    )
    return Why(unit, made, moves, cells, tuple(_what_ifs(given, made, unit.code)))


def _binds(before: Cell, after: Cell, given: Given, end: Situation) -> str:
    if after.short:
        able = [group for group in _able(given, after.place.group) if _over(end, group, given)]
        return "laws" if able else "nobody-over"
    if after.surplus:
        empty = any(
            cell.short and after.place.group in _able(given, cell.place.group) for cell in end.cells.values()
        )
        return "laws" if empty else "no-posts"
    return "filled" if before.short else "nothing"


def _able(given: Given, group: str) -> set[str]:
    """The groups whose people may fill posts of `group` in some stage between places."""
    pairs = exchanges_between_places(given.policy, given.start)
    return {group} | {have for have, need in pairs if need == group}


def _over(end: Situation, group: str, given: Given) -> bool:
    lent = any(rule.kind == "secondment" and "departments" in rule.from_ for rule in given.policy.stages)
    moved = any(rule.kind == "transfer" and "departments" in rule.from_ for rule in given.policy.stages)
    return any(cell.surplus and cell.place.group == group for cell in end.cells.values()) or any(
        place.group in (group, "") and ((moved and pool.transfer) or (lent and pool.secondment))
        for place, pool in end.pools.items()
    )


def _what_ifs(given: Given, made: Plan, code: str) -> Iterator[WhatIf]:
    for place, cell in given.start.cells.items():
        if place.code == code:
            cells = {**given.start.cells, place: replace(cell, staff=cell.staff + 1)}
            more = plan(replace(given, start=replace(given.start, cells=cells), norms=None))
            yield _compared("person", say("one person more: {group}", group=place.called), more, made, code)
    for name, policy in eased(given.policy, code, bordered=given.start.several_provinces):
        yield _compared("limit", name, plan(replace(given, policy=policy, norms=None)), made, code)


def eased(policy: Policy, code: str, *, bordered: bool = False) -> Iterator[tuple[Text, Policy]]:
    """The policy with one limit lifted, for each limit; of lists of units only this unit is taken off."""
    limits = policy.limits
    for key in ("people_leaving_unit", "moves_per_unit", "km"):
        limit = getattr(limits, key)
        if limit is not None:
            name = say("without limits.{key}: {most}", key=key, most=limit.most)
            yield name, replace(policy, limits=replace(limits, **{key: None}))
    for key in ("no_release", "no_receive"):
        limit = getattr(limits, key)
        if limit is not None and code in limit.units:
            rest = replace(limit, units=tuple(listed for listed in limit.units if listed != code))
            name = say("with {code} taken off limits.{key}", code=code, key=key)
            yield name, replace(policy, limits=replace(limits, **{key: rest}))
    if bordered and policy.within is not None:
        yield say("without within: province"), replace(policy, within=None)
    if policy.keep_surplus_until is not None:
        yield say("without keep_surplus_until"), replace(policy, keep_surplus_until=None)


def _compared(what: str, name: Text, other: Plan, made: Plan, code: str) -> WhatIf:
    def unit_short(plan_made: Plan) -> int:
        return sum(cell.short for place, cell in plan_made.end.cells.items() if place.code == code)

    def metres(plan_made: Plan) -> int | None:
        known = [move.metres for move in plan_made.moves if move.metres is not None]
        return (
            sum((move.metres or 0) * move.people for move in plan_made.moves)
            if len(known) == len(plan_made.moves)
            else None
        )

    then, now = other.stages[-1].after, made.stages[-1].after
    far, near = metres(other), metres(made)
    return WhatIf(
        what,
        name,
        then.short - now.short,
        unit_short(other) - unit_short(made),
        then.worst - now.worst,
        sum(stage.people for stage in other.stages) - sum(stage.people for stage in made.stages),
        far - near if far is not None and near is not None else None,
    )
