"""The most posts that all stages could fill together: a plan fills stage after stage, and so may fill fewer.

A stage as full as can be may use up people whom a later one would have needed. The people over before the
plan and the posts empty then, with every move of any stage between them, are one flow: the largest is what
could be filled.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from quota.core.moves import Place, Situation
from quota.norms.policy import Policy, StageKind
from quota.planning.redeploy.filling import gate_of, passages
from quota.planning.redeploy.task import Demand, StageLaws, Supply, cost_of, demands_of, laws_of, supplies_of

Arcs = dict[tuple[object, object], int]
"""From one node to another: the most people on this way."""


def most_together(start: Situation, policy: Policy, as_of: date) -> int | None:
    """The most posts that the stages could fill together, up to what units are filled to.

    None where that hangs on more than groups, units and provinces: limits of people or kilometres, or people
    who may fill other posts between units and not within them.
    """
    stages = [laws_of(policy, rule, start, as_of, {}) for rule in policy.stages]
    inside = {pair for laws in stages if laws.inside for pair in laws.pairs}
    limits = policy.limits
    if limits.km or limits.moves_per_unit or limits.people_leaving_unit:
        return None
    if any(laws.pairs.keys() - inside for laws in stages):
        return None
    arcs: Arcs = {}
    for number, laws in enumerate(stages):
        supplies, demands = supplies_of(start, laws), demands_of(start, laws)
        arcs |= {("people", _giver(place, laws, start)): people for place, people in supplies}
        arcs |= {(place, "posts"): below + above for place, below, above in demands}
        if laws.inside:
            arcs |= _inside(supplies, demands, laws)
        else:
            arcs |= _between(supplies, demands, laws, start, number)
    return _largest(arcs)


def _giver(place: Place, laws: StageLaws, start: Situation) -> tuple[Place, bool]:
    """Who goes: of a department those who go for good are others than those who go on loan."""
    return place, place in start.pools and laws.kind is StageKind.SECONDMENT


def _inside(supplies: Sequence[Supply], demands: Sequence[Demand], laws: StageLaws) -> Arcs:
    of_unit: dict[str, list[Place]] = defaultdict(list)
    for place, _, _ in demands:
        of_unit[place.code].append(place)
    return {
        ((place, False), target): people
        for place, people in supplies
        for target in of_unit[place.code]
        if cost_of(laws, place.group, target.group) is not None
    }


def _between(
    supplies: Sequence[Supply], demands: Sequence[Demand], laws: StageLaws, start: Situation, number: int
) -> Arcs:
    out = [gate_of(place, laws, start.provinces) for place, _ in supplies]
    into = [gate_of(place, laws, start.provinces) for place, _, _ in demands]
    everybody = sum(people for _, people in supplies)
    leaving: Arcs = {
        (_giver(place, laws, start), ("given", number, gate)): people
        for (place, people), gate in zip(supplies, out, strict=True)
    }
    arriving: Arcs = {
        (("wanted", number, gate), place): below + above
        for (place, below, above), gate in zip(demands, into, strict=True)
    }
    through: Arcs = {
        (("given", number, first), ("wanted", number, last)): everybody
        for first, last in passages(dict.fromkeys(out), dict.fromkeys(into), laws)
    }
    return {**leaving, **arriving, **through}


def _largest(arcs: Arcs) -> int:
    from ortools.graph.python import max_flow

    solver = max_flow.SimpleMaxFlow()
    nodes: dict[object, int] = {"people": 0, "posts": 1}
    for (tail, head), most in arcs.items():
        ends = (nodes.setdefault(end, len(nodes)) for end in (tail, head))
        solver.add_arc_with_capacity(*ends, most)
    if not arcs:
        return 0
    if solver.solve(0, 1) != solver.OPTIMAL:
        raise AssertionError("a largest flow always exists")
    return int(solver.optimal_flow())
