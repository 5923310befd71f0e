"""The most posts that a stage between units could fill, without a look at each of its moves.

Where nothing but groups and provinces says who may fill whose post, people flow through gates: into one for
all who give alike, on to those of the posts that they may fill, and out. A country has millions of moves, and
a few hundred gates.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from quota.core.moves import Place, Situation
from quota.planning.redeploy.distances import Distances
from quota.planning.redeploy.network import Network
from quota.planning.redeploy.task import Demand, StageLaws, Supply, cost_of, demands_of, supplies_of, task_of

Gate = tuple[str, str, bool]
"""Group, province (empty where no border is kept), and whether its places move across borders."""


def most_filled(now: Situation, laws: StageLaws, distances: Distances) -> int:
    """The most posts that a stage under these laws could fill.

    Every move is looked at only where a limit of km tells them apart, or where the gates would let people
    fill a post of their own unit.
    """
    supplies, demands = supplies_of(now, laws), demands_of(now, laws)
    if laws.km is not None or _could_stay(supplies, demands, laws):
        return Network(task_of(now, laws, distances)).most(target=True)[0]
    return _through_gates(supplies, demands, laws, now)


def _could_stay(supplies: Sequence[Supply], demands: Sequence[Demand], laws: StageLaws) -> bool:
    """Whether a unit's people could fill posts of their own unit, if that were a move between units."""
    wanted: dict[str, list[str]] = defaultdict(list)
    for place, _, _ in demands:
        wanted[place.code].append(place.group)
    return any(
        cost_of(laws, place.group, group) is not None
        for place, _ in supplies
        for group in wanted.get(place.code, ())
    )


def _through_gates(
    supplies: Sequence[Supply], demands: Sequence[Demand], laws: StageLaws, now: Situation
) -> int:
    from ortools.graph.python import max_flow

    if not supplies or not demands:
        return 0
    solver = max_flow.SimpleMaxFlow()
    nodes: dict[object, int] = {}

    def arc(tail: object, head: object, most: int) -> None:
        ends = (nodes.setdefault(end, len(nodes)) for end in (tail, head))
        solver.add_arc_with_capacity(*ends, most)

    gives, gets = Counter[str](), Counter[str]()
    for place, people in supplies:
        gives[place.code] += people
        arc(("from", place.code), ("given", gate_of(place, laws, now.provinces)), people)
    for place, below, above in demands:
        gets[place.code] += below + above
        arc(("wanted", gate_of(place, laws, now.provinces)), ("to", place.code), below + above)
    for code, people in gives.items():
        most = laws.may_leave(code) if code in now.names else None
        arc("source", ("from", code), people if most is None else min(people, most))
    for code, posts in gets.items():
        arc(("to", code), "sink", posts if laws.per_unit is None else min(posts, laws.per_unit))
    given = dict.fromkeys(gate_of(place, laws, now.provinces) for place, _ in supplies)
    wanted = dict.fromkeys(gate_of(place, laws, now.provinces) for place, _, _ in demands)
    for start, end in passages(given, wanted, laws):
        arc(("given", start), ("wanted", end), gives.total())
    if solver.solve(nodes["source"], nodes["sink"]) != solver.OPTIMAL:
        raise AssertionError("a largest flow always exists")
    return int(solver.optimal_flow())


def gate_of(place: Place, laws: StageLaws, provinces: Mapping[str, str]) -> Gate:
    """The gate that a place's people go out by, or come in by."""
    if not laws.within:
        return place.group, "", False
    return place.group, provinces.get(place.code, ""), place.code in laws.may_cross


def passages(
    given: Mapping[Gate, None], wanted: Mapping[Gate, None], laws: StageLaws
) -> Iterator[tuple[Gate, Gate]]:
    """The gates between which people may move: of groups that fill each other's posts, within a border."""
    by_group: dict[str, list[Gate]] = defaultdict(list)
    for end in wanted:
        by_group[end[0]].append(end)
    for start in given:
        group, area, crosses = start
        for need, ends in by_group.items():
            if cost_of(laws, group, need) is not None:
                yield from ((start, end) for end in ends if crosses or end[2] or end[1] == area)
