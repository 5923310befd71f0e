"""A stage as nodes and arcs, solved on the near moves first; cuts and prices call for others.

A country has millions of moves that the policy allows, and a best plan uses a few thousand near ones. So a
largest and a cheapest flow are sought among the nearest moves of each place. Whether they are the best of
all moves is then read from all of them: no move left out crosses the cut, or pays under the prices. Those
that do are taken in, and the flow is sought again, until there are none. So every answer is that of all
moves, with its proof.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

from quota.core.moves import Place
from quota.planning.redeploy.distances import UNKNOWN
from quota.planning.redeploy.near import AT_ONCE, known, nearest
from quota.planning.redeploy.proof import price_bound, prices_of
from quota.planning.redeploy.task import Task

Flows = Mapping[tuple[Place, Place], int]

FEW = 100_000
"""Up to this number of moves all are taken in from the start."""
NEAREST = 8
"""Moves of each place taken in at first: the nearest, and as many others evenly."""


class Network:
    """The stage as nodes and arcs: source, giving units, giving places, wanting places, units, sink."""

    def __init__(self, task: Task, kept: Flows | None = None) -> None:
        import numpy as np

        self.np, self.task = np, task
        outs = sorted({place.code for place, _ in task.supplies})
        ins = sorted({place.code for place, _, _ in task.demands})
        first_out, self.first_supply = 2, 2 + len(outs)
        self.first_demand = self.first_supply + len(task.supplies)
        self.first_low = self.first_demand + len(task.demands)
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
        self.supply = np.array([people for _, people in task.supplies], dtype=np.int64)
        self.demand = np.array([below + above for _, below, above in task.demands], dtype=np.int64)
        low = np.array([below for _, below, _ in task.demands], dtype=np.int64)
        self.has_target = bool((self.demand - low).any())
        unit_of = np.array([into[place.code] for place, _, _ in task.demands], dtype=np.int64)
        place_in = self.first_demand + np.arange(len(task.demands))
        unlimited = {code: min(gives[code], task.most_out.get(code, gives[code])) for code in outs}
        gate = [min(int(wanted[n]), task.most_in.get(code, int(wanted[n]))) for n, code in enumerate(ins)]
        blocks: list[tuple[Any, Any, Any]] = [
            (np.zeros(len(outs)), [out_of[code] for code in outs], [unlimited[code] for code in outs]),
            (
                [out_of[p.code] for p, _ in task.supplies],
                self.first_supply + np.arange(len(self.supply)),
                self.supply,
            ),
            (place_in, self.first_low + unit_of, low),
            (place_in, self.first_gate + unit_of, self.demand - low),
            (self.first_low + np.arange(len(ins)), self.first_gate + np.arange(len(ins)), self.short),
            (self.first_gate + np.arange(len(ins)), np.ones(len(ins)), gate),
        ]
        sizes = np.cumsum([0] + [len(block[0]) for block in blocks])
        _, _, _, self.to_target, self.to_norm, self.to_sink = (
            slice(int(a), int(b)) for a, b in pairwise(sizes)
        )
        self.tail, self.head, self.cap = (
            np.concatenate([np.asarray(block[part], dtype=np.int64) for block in blocks]) for part in range(3)
        )
        self._enter_moves(kept)

    def _enter_moves(self, kept: Flows | None) -> None:
        """The task's moves; those of `kept` once more, where they change nothing that was announced."""
        np, task = self.np, self.task
        self.tails, self.heads, self.metres, self.costs = task.tails, task.heads, task.metres, task.costs
        self.longest = int(self.metres.max(initial=0)) + bool(self.metres.min(initial=0) == UNKNOWN)
        self.announced = len(self.tails) if kept else 0
        """The first of the moves that were announced; those before it are changes, where there are any."""
        self.limits = np.zeros(0, dtype=np.int64)
        if kept:
            ways = zip(self.tails.tolist(), self.heads.tolist(), strict=True)
            where = {pair: number for number, pair in enumerate(ways)}
            index_a = {place: n for n, (place, _) in enumerate(task.supplies)}
            index_b = {place: n for n, (place, _, _) in enumerate(task.demands)}
            again = [
                (where[index_a[a], index_b[b]], people)
                for (a, b), people in sorted(kept.items())
                if a in index_a and b in index_b and (index_a[a], index_b[b]) in where
            ]
            chosen = np.array([n for n, _ in again], dtype=np.int64)
            self.limits = np.array([people for _, people in again], dtype=np.int64)
            self.tails, self.heads, self.metres, self.costs = (
                np.concatenate([column, column[chosen]])
                for column in (self.tails, self.heads, self.metres, self.costs)
            )
        self.taken = self._first_taken()

    def _first_taken(self) -> Any:
        """The moves to begin with: all where they are few, else the nearest of each place and some evenly."""
        np, moves = self.np, len(self.tails)
        if moves <= FEW:
            return np.ones(moves, dtype=bool)
        taken = np.zeros(moves, dtype=bool)
        taken[moves - len(self.limits) :] = True
        taken[:: max(moves // (NEAREST * (len(self.supply) + len(self.demand))), 1)] = True
        for places, number in ((self.tails, len(self.supply)), (self.heads, len(self.demand))):
            taken[nearest(places, number, self.metres, self.longest, NEAREST)] = True
        return taken

    def changed(self, moves: Any) -> Any:
        """Whether each of these moves changes what was announced; none does where nothing was."""
        return moves < self.announced

    def _most_of(self, moves: Any) -> Any:
        """The most people on each of these moves."""
        np = self.np
        most = np.minimum(self.supply[self.tails[moves]], self.demand[self.heads[moves]])
        again = moves >= len(self.tails) - len(self.limits)
        limits = self.limits[moves[again] - (len(self.tails) - len(self.limits))]
        most[again] = np.minimum(most[again], limits)
        return most

    def known_metres(self, moves: Any) -> Any:
        """Metres of these moves, an unknown distance counting as a metre more than the longest known one."""
        return known(self.metres[moves], self.longest)

    def most(self, *, target: bool, levels: Any = None) -> tuple[int, int]:
        """The largest flow and the least cut: to the norm or up to the target, or only the given levels."""
        from ortools.graph.python import max_flow

        np, fixed = self.np, self.cap.copy()
        if not target:
            fixed[self.to_target] = 0
        if levels is not None:
            fixed[self.to_norm] = levels
        while True:
            moves = np.nonzero(self.taken)[0]
            tail, head, cap = self._with_moves(moves, fixed)
            solver = max_flow.SimpleMaxFlow()
            solver.add_arcs_with_capacity(tail, head, cap)
            if solver.solve(0, 1) != solver.OPTIMAL:
                raise AssertionError("a largest flow always exists")
            inside = np.zeros(self.nodes, dtype=bool)
            inside[solver.get_source_side_min_cut()] = True
            crossing = self._left_out_across(inside)
            if not len(crossing):
                cut = int(cap[inside[tail] & ~inside[head]].sum())
                return int(solver.optimal_flow()), cut
            self.taken[crossing[:: max(len(crossing) // (NEAREST * self.nodes), 1)]] = True

    def _with_moves(self, moves: Any, fixed: Any) -> tuple[Any, Any, Any]:
        """Tails, heads and most people of the fixed arcs and, after them, of these moves."""
        join = self.np.concatenate
        return (
            join([self.tail, self.first_supply + self.tails[moves]]),
            join([self.head, self.first_demand + self.heads[moves]]),
            join([fixed, self._most_of(moves)]),
        )

    def _left_out(self) -> Iterator[Any]:
        """The moves that are not taken in, part by part."""
        for start in range(0, len(self.taken), AT_ONCE):
            yield start + self.np.nonzero(~self.taken[start : start + AT_ONCE])[0]

    def _left_out_across(self, inside: Any) -> Any:
        """The moves left out that lead from the inside of a cut to its outside."""
        giving = inside[self.first_supply : self.first_demand]
        wanting = inside[self.first_demand : self.first_low]
        found = (moves[giving[self.tails[moves]] & ~wanting[self.heads[moves]]] for moves in self._left_out())
        return self.np.concatenate([self.np.zeros(0, dtype=self.np.int64), *found])

    def cheapest(self, people: int, levels: Any, weights: tuple[int, int, int, int]) -> tuple[Any, int, int]:
        """People by move of the cheapest flow of `people`, its cost, and the bound that prices prove."""
        from ortools.graph.python import min_cost_flow

        np = self.np
        fixed, fixed_cost = self.cap.copy(), np.zeros(len(self.cap), dtype=np.int64)
        fixed[self.to_norm] -= levels
        fixed[self.to_sink] -= levels
        fixed_cost[self.to_target] = weights[0]
        supply = np.zeros(self.nodes, dtype=np.int64)
        supply[0], supply[1] = people, int(levels.sum()) - people
        supply[self.first_low : self.first_gate] = -levels
        while True:
            moves = np.nonzero(self.taken)[0]
            tail, head, cap = self._with_moves(moves, fixed)
            cost = np.concatenate([fixed_cost, self._weighed(moves, weights)])
            solver = min_cost_flow.SimpleMinCostFlow()
            solver.add_arcs_with_capacity_and_unit_cost(tail, head, cap, cost)
            solver.set_nodes_supplies(np.arange(self.nodes), supply)
            status = solver.solve()
            if status != solver.OPTIMAL:
                raise AssertionError(f"a cheapest flow always exists, the solver says {status}")
            flow = np.asarray(solver.flows(np.arange(len(cap)))).astype(np.int64)
            price = prices_of(tail, head, cap, cost, flow, self.nodes)
            paying = self._left_out_that_pay(price, weights)
            if not len(paying):
                bound = price_bound(tail, head, cap, cost, price, supply)
                by_move = np.zeros(len(self.tails), dtype=np.int64)
                by_move[moves] = flow[len(fixed) :]
                return by_move, int((flow * cost).sum()), bound
            self.taken[paying] = True

    def _weighed(self, moves: Any, weights: tuple[int, int, int, int]) -> Any:
        """The cost of a person on each of these moves: a change, what a substitute costs, metres."""
        _, changed, dear, metre = weights
        whole = self.np.int64
        return (
            changed * self.changed(moves).astype(whole)
            + dear * self.costs[moves].astype(whole)
            + metre * self.known_metres(moves).astype(whole)
        )

    def _left_out_that_pay(self, price: Any, weights: tuple[int, int, int, int]) -> Any:
        """The moves left out that are worth more than they cost by these prices: of too many, the best."""
        np = self.np
        giving = price[self.first_supply : self.first_demand]
        wanting = price[self.first_demand : self.first_low]
        found, worth = [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.int64)]
        for moves in self._left_out():
            reduced = self._weighed(moves, weights) + giving[self.tails[moves]] - wanting[self.heads[moves]]
            pays = reduced < 0
            found.append(moves[pays])
            worth.append(reduced[pays])
        paying, most = np.concatenate(found), NEAREST * self.nodes
        if len(paying) <= most:
            return paying
        return paying[np.argpartition(np.concatenate(worth), most)[:most]]
