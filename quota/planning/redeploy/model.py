"""One stage as flows in a network: exact, in whole numbers, one criterion after another.

People flow from where they are over, through every allowed move, to posts that are empty. In order:
1. the most posts filled up to the norm (a largest flow; a cut proves it), then up to a target above it;
2. the worst-off unit as well off as can be: the least level L such that every unit can be brought to at most
   L posts short (L found by halving, each try a largest flow);
3. each move fills one post, so that no plan that fills as many moves fewer people;
4. then the least cost of filling posts with people of another position, then the fewest metres: one cheapest
   flow with the levels of 2 as given, the criteria weighed so that no later one can outweigh an earlier one.

Why the levels of 2 never work against 1: posts that can be filled together are independent sets of a gammoid
(Perfect 1968). Any way of filling that meets the levels can be enlarged, without emptying a post, to one that
fills the most; the same holds of posts below the norm and posts between norm and target.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from quota.core.moves import Place, StageCertificate
from quota.core.problems import refusal
from quota.core.text import say
from quota.planning.redeploy.distances import UNKNOWN
from quota.planning.redeploy.network import Flows, Network
from quota.planning.redeploy.task import Task

_WHOLE = 2**62


class Solution(Struct, frozen=True):
    """People by move, metres by move (None unknown), and the certificates."""

    flows: Flows
    metres: Mapping[tuple[Place, Place], int | None]
    certificates: tuple[StageCertificate, ...]


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
        levels_tried = range(int(net.short.max(initial=0)))  # beyond these no unit is short of its norm
        worst = bisect_left(levels_tried, True, key=lambda level: _reachable(net, level))
        levels = net.np.maximum(net.short - worst, 0)
        certificates.append(StageCertificate("worst", worst, worst, "level"))
    if "people" in order:
        certificates.append(StageCertificate("people", people, people, "count"))
    if not people:
        return Solution({}, {}, tuple(certificates))
    weights = _weights(net, people, order, bool(kept))
    flow, cost, bound = net.cheapest(people, levels, weights)
    slack = cost - bound  # 0, unless the solver was wrong
    used = net.np.nonzero(flow)[0]
    people_of = flow[used]
    for name, each in (
        ("changed", net.changed(used)),
        ("cost", net.costs[used]),
        ("distance", net.known_metres(used)),
    ):
        if name == "cost" and not net.costs.any():
            continue  # nobody fills a post of another position at a cost
        if name in order or (name == "changed" and kept):
            value = int((people_of * each.astype(net.np.int64)).sum())
            certificates.append(StageCertificate(name, value, value - slack, "prices"))
    return _solution(net, flow, tuple(certificates))


def _reachable(net: Network, level: int) -> bool:
    levels = net.np.maximum(net.short - level, 0)
    return net.most(target=False, levels=levels)[0] == int(levels.sum())


def _weights(net: Network, people: int, order: tuple[str, ...], kept: bool) -> tuple[int, int, int, int]:
    """Weights of a post above the norm, a change, a unit of cost, a metre: each outweighs all that follow."""
    longest, dearest = net.longest, int(net.costs.max(initial=0))
    metre = 1 if "distance" in order else 0
    reach = people * longest * metre
    dear = reach + 1 if "cost" in order and dearest else 0
    reach += people * dearest * dear
    changed = reach + 1 if kept else 0
    reach += people * changed
    above = reach + 1 if net.has_target else 0
    arc = max(above, changed + dearest * dear + longest * metre)
    if arc * max(net.nodes + 1, people) > _WHOLE:
        message = say("costs and distances are too large to be weighed exactly against each other")
        fix = say("write smaller costs, or leave cost or distance out of the policy's objective")
        raise refusal("too-large", message, fix)
    return above, changed, dear, metre


def _solution(net: Network, flow: Any, certificates: tuple[StageCertificate, ...]) -> Solution:
    flows: dict[tuple[Place, Place], int] = {}
    metres: dict[tuple[Place, Place], int | None] = {}
    for number in net.np.nonzero(flow)[0].tolist():
        pair = (net.task.supplies[int(net.tails[number])][0], net.task.demands[int(net.heads[number])][0])
        flows[pair] = flows.get(pair, 0) + int(flow[number])
        far = int(net.metres[number])
        metres[pair] = None if far == UNKNOWN else far
    return Solution(flows, metres, certificates)
