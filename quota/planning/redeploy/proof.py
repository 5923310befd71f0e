"""The proof that a flow is the cheapest: prices of places under which no detour pays.

Prices are found from the flow alone, in whole numbers. Weak duality makes them a bound on every flow whatever
found them: supply times price, less what arcs at a bargain could carry at most.
"""

from __future__ import annotations

from typing import Any


def price_bound(tail: Any, head: Any, cap: Any, cost: Any, flow: Any, supply: Any) -> int:
    """A number that the cost of no flow can be under; the flow's own cost where the flow is the cheapest.

    Arrays of whole numbers: the arcs' ends, most people, cost a person, people in this flow; nodes' supply.
    """
    import numpy as np

    room, used = flow < cap, flow > 0
    starts = np.concatenate([tail[room], head[used]])
    ends = np.concatenate([head[room], tail[used]])
    lengths = np.concatenate([cost[room], -cost[used]])
    price = np.zeros(len(supply), dtype=np.int64)
    for _ in range(len(supply)):
        lower = price.copy()
        np.minimum.at(lower, ends, price[starts] + lengths)
        if np.array_equal(lower, price):
            break
        price = lower
    reduced = cost + price[tail] - price[head]
    return int((supply * -price).sum()) + int((cap * np.minimum(reduced, 0)).sum())
