"""One stage as flows in a network: exact, in whole numbers, one criterion after another.

People flow from where they are over, through every allowed move, to posts that are empty. In order:
1. the most posts filled up to the norm (a largest flow; a cut proves it), then up to a target above it;
2. the worst-off unit as well off as can be: the least level L such that every unit can be brought to at most
   L posts short (L found by halving, each try a largest flow);
3. each move fills one post, so that no plan that fills as many moves fewer people;
4. then the least cost of filling posts with people of another position, then the fewest metres: one cheapest
   flow with the levels of 2 as given, the criteria weighed so that no later one can outweigh an earlier one.

Why the levels of 2 never stand against 1: posts that can be filled together are independent sets of a gammoid
(Perfect 1968). Any way of filling that meets the levels can be enlarged, without emptying a post, to one that
fills the most; the same holds of posts below the norm and posts between norm and target.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import pairwise
from typing import Any

from msgspec import Struct

from quota.core.moves import Place, StageCertificate
from quota.core.problems import InputError, Problem, Severity
from quota.core.text import say
from quota.planning.redeploy.distances import UNKNOWN
from quota.planning.redeploy.proof import price_bound
from quota.planning.redeploy.task import Task

Flows = Mapping[tuple[Place, Place], int]
_WHOLE = 2**62


class Solution(Struct, frozen=True):
    """People by move, metres by move (None unknown), and the certificates."""

    flows: Flows
    metres: Mapping[tuple[Place, Place], int | None]
    certificates: tuple[StageCertificate, ...]


class Network:
    """The stage as nodes and arcs: source, giving units, giving places, wanting places, units, sink."""

    def __init__(self, task: Task, kept: Flows | None = None) -> None:
        import numpy as np

        self.np, self.task = np, task
        outs = sorted({place.code for place, _ in task.supplies})
        ins = sorted({place.code for place, _, _ in task.demands})
        first_out, first_supply = 2, 2 + len(outs)
        first_demand = first_supply + len(task.supplies)
        self.first_low = first_demand + len(task.demands)
        self.first_gate = self.first_low + len(ins)
        self.nodes = self.first_gate + len(ins)
        self.in_units = ins
        out_of = {code: first_out + index for index, code in enumerate(outs)}
        into = {code: index for index, code in enumerate(ins)}
        self.short = np.zeros(len(ins), dtype=np.int64)
        wanted = np.zeros(len(ins), dtype=np.int64)
        for place, below, above in task.demands:
            self.short[into[place.code]] += below
            wanted[into[place.code]] += below + above
        gives = dict.fromkeys(outs, 0)
        for place, people in task.supplies:
            gives[place.code] += people
        supply = np.array([people for _, people in task.supplies], dtype=np.int64)
        demand = np.array([below + above for _, below, above in task.demands], dtype=np.int64)
        low = np.array([below for _, below, _ in task.demands], dtype=np.int64)
        unit_of = np.array([into[place.code] for place, _, _ in task.demands], dtype=np.int64)
        place_in = first_demand + np.arange(len(task.demands))
        moves = len(task.tails)
        tails, heads, most = task.tails, task.heads, np.minimum(supply[task.tails], demand[task.heads])
        self.metres, self.costs = task.metres, task.costs
        self.changed = np.ones(moves, dtype=np.int64) if kept else np.zeros(moves, dtype=np.int64)
        if kept:
            where = {pair: n for n, pair in enumerate(zip(tails.tolist(), heads.tolist(), strict=True))}
            index_a = {place: n for n, (place, _) in enumerate(task.supplies)}
            index_b = {place: n for n, (place, _, _) in enumerate(task.demands)}
            again = [
                (where[index_a[a], index_b[b]], people)
                for (a, b), people in sorted(kept.items())
                if a in index_a and b in index_b and (index_a[a], index_b[b]) in where
            ]
            chosen = np.array([n for n, _ in again], dtype=np.int64)
            limit = np.array([people for _, people in again], dtype=np.int64)
            tails, heads = np.concatenate([tails, tails[chosen]]), np.concatenate([heads, heads[chosen]])
            most = np.concatenate([most, np.minimum(most[chosen], limit)])
            self.metres = np.concatenate([self.metres, self.metres[chosen]])
            self.costs = np.concatenate([self.costs, self.costs[chosen]])
            self.changed = np.concatenate([self.changed, np.zeros(len(chosen), dtype=np.int64)])
        self.move_tails, self.move_heads = tails, heads
        unlimited = {code: min(gives[code], task.most_out.get(code, gives[code])) for code in outs}
        gate = [min(int(wanted[n]), task.most_in.get(code, int(wanted[n]))) for n, code in enumerate(ins)]
        blocks = [
            (np.zeros(len(outs)), [out_of[code] for code in outs], [unlimited[code] for code in outs]),
            ([out_of[p.code] for p, _ in task.supplies], first_supply + np.arange(len(supply)), supply),
            (first_supply + tails, first_demand + heads, most),
            (place_in, self.first_low + unit_of, low),
            (place_in, self.first_gate + unit_of, demand - low),
            (self.first_low + np.arange(len(ins)), self.first_gate + np.arange(len(ins)), self.short),
            (self.first_gate + np.arange(len(ins)), np.ones(len(ins)), gate),
        ]
        sizes = np.cumsum([0] + [len(block[0]) for block in blocks])
        self.at = [slice(int(a), int(b)) for a, b in pairwise(sizes)]
        self.tail, self.head, self.cap = (
            np.concatenate([np.asarray(block[part], dtype=np.int64) for block in blocks]) for part in range(3)
        )

    def most(self, *, target: bool, levels: Any = None) -> tuple[int, int]:
        """The largest flow and the least cut: to the norm or up to the target, or only the given levels."""
        from ortools.graph.python import max_flow

        cap = self.cap.copy()
        if not target:
            cap[self.at[4]] = 0
        if levels is not None:
            cap[self.at[5]] = levels
        solver = max_flow.SimpleMaxFlow()
        solver.add_arcs_with_capacity(self.tail, self.head, cap)
        if solver.solve(0, 1) != solver.OPTIMAL:
            raise AssertionError("a largest flow always exists")
        inside = self.np.zeros(self.nodes, dtype=bool)
        inside[solver.get_source_side_min_cut()] = True
        crossing = inside[self.tail] & ~inside[self.head]
        return int(solver.optimal_flow()), int(cap[crossing].sum())

    def cheapest(self, people: int, levels: Any, weights: tuple[int, int, int, int]) -> tuple[Any, int, int]:
        """People by arc of the cheapest flow of `people`, its cost, and the bound that prices prove."""
        from ortools.graph.python import min_cost_flow

        np = self.np
        cap, cost = self.cap.copy(), np.zeros(len(self.cap), dtype=np.int64)
        cap[self.at[5]] -= levels
        cap[self.at[6]] -= levels
        above, changed, dear, metre = weights
        cost[self.at[2]] = changed * self.changed + dear * self.costs + metre * self.known_metres()
        cost[self.at[4]] = above
        supply = np.zeros(self.nodes, dtype=np.int64)
        supply[0], supply[1] = people, int(levels.sum()) - people
        supply[self.first_low : self.first_gate] = -levels
        solver = min_cost_flow.SimpleMinCostFlow()
        solver.add_arcs_with_capacity_and_unit_cost(self.tail, self.head, cap, cost)
        solver.set_nodes_supplies(np.arange(self.nodes), supply)
        status = solver.solve()
        if status != solver.OPTIMAL:
            raise AssertionError(f"a cheapest flow always exists, the solver says {status}")
        flow = np.asarray(solver.flows(np.arange(len(cap)))).astype(np.int64)
        bound = price_bound(self.tail, self.head, cap, cost, flow, supply)
        return flow[self.at[2]], int((flow * cost).sum()), bound

    def known_metres(self) -> Any:
        """Metres, an unknown distance counting as a metre more than the longest known one."""
        longest = int(self.metres.max(initial=0))
        return self.np.where(self.metres == UNKNOWN, longest + 1, self.metres)


def solve(task: Task, order: tuple[str, ...], kept: Flows | None = None) -> Solution:
    """The best way to carry out a stage, and why there is none better.

    With `kept` (moves announced before) the second criterion is to change as few of them as possible. It
    takes the place of the worst-off unit: the announced plan has weighed that already.
    """
    net = Network(task, kept)
    short, cut = net.most(target=False)
    certificates = [StageCertificate("shortfall", short, cut, "cut")]
    people = short
    if any(upper for _, _, upper in task.demands):
        people, cut = net.most(target=True)
        certificates.append(StageCertificate("target", people, cut, "cut"))
    levels = net.np.zeros(len(net.in_units), dtype=net.np.int64)
    if "worst" in order and not kept:
        worst = _least(lambda level: _reachable(net, level), int(net.short.max(initial=0)))
        levels = net.np.maximum(net.short - worst, 0)
        certificates.append(StageCertificate("worst", worst, worst, "level"))
    if "people" in order:
        certificates.append(StageCertificate("people", people, people, "count"))
    if not people:
        return Solution({}, {}, tuple(certificates))
    weights = _weights(net, people, order, bool(kept))
    flow, cost, bound = net.cheapest(people, levels, weights)
    slack = cost - bound  # 0, unless the solver was wrong
    for name, each in (("changed", net.changed), ("cost", net.costs), ("distance", net.known_metres())):
        if name == "cost" and not each.any():
            continue  # nobody fills a post of another position at a cost
        if name in order or (name == "changed" and kept):
            value = int((flow * each).sum())
            certificates.append(StageCertificate(name, value, value - slack, "prices"))
    return _solution(net, flow, tuple(certificates))


def _reachable(net: Network, level: int) -> bool:
    levels = net.np.maximum(net.short - level, 0)
    return net.most(target=False, levels=levels)[0] == int(levels.sum())


def _least(holds: Callable[[int], bool], most: int) -> int:
    """The least number from 0 to `most` that `holds`, which is true of `most` and of all above the answer."""
    least = 0
    while least < most:
        middle = (least + most) // 2
        if holds(middle):
            most = middle
        else:
            least = middle + 1
    return least


def _weights(net: Network, people: int, order: tuple[str, ...], kept: bool) -> tuple[int, int, int, int]:
    """Weights of a post above the norm, a change, a unit of cost, a metre: each outweighs all that follow."""
    longest, dearest = int(net.known_metres().max(initial=0)), int(net.costs.max(initial=0))
    metre = 1 if "distance" in order else 0
    reach = people * longest * metre
    dear = reach + 1 if "cost" in order and dearest else 0
    reach += people * dearest * dear
    changed = reach + 1 if kept else 0
    reach += people * changed
    above = reach + 1 if net.cap[net.at[4]].any() else 0
    arc = max(above, changed + dearest * dear + longest * metre)
    if arc * max(net.nodes + 1, people) > _WHOLE:
        message = say("costs and distances are too large to be weighed exactly against each other")
        fix = say("write smaller costs, or leave cost or distance out of the policy's objective")
        raise InputError([Problem("too-large", Severity.ERROR, message, fix)])
    return above, changed, dear, metre


def _solution(net: Network, flow: Any, certificates: tuple[StageCertificate, ...]) -> Solution:
    flows: dict[tuple[Place, Place], int] = {}
    metres: dict[tuple[Place, Place], int | None] = {}
    for number in net.np.nonzero(flow)[0].tolist():
        pair = (
            net.task.supplies[int(net.move_tails[number])][0],
            net.task.demands[int(net.move_heads[number])][0],
        )
        flows[pair] = flows.get(pair, 0) + int(flow[number])
        far = int(net.metres[number])
        metres[pair] = None if far == UNKNOWN else far
    return Solution(flows, metres, certificates)
