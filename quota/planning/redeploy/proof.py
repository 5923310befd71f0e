"""The proof that a flow is the cheapest: prices of places under which no detour pays.

Prices are found from the flow alone, in whole numbers. Weak duality makes them a bound on every flow whatever
found them: supply times price, less what arcs at a bargain could carry at most.
"""

from __future__ import annotations

from typing import Any


def prices_of(tail: Any, head: Any, cap: Any, cost: Any, flow: Any, nodes: int) -> Any:
    """Each node's price: if the flow is the cheapest on these arcs, no detour along them pays under it.

    Arrays of whole numbers: the arcs' ends, most people, cost a person, people in this flow.
    """
    import numpy as np

    room, used = flow < cap, flow > 0
    starts = np.concatenate([tail[room], head[used]])
    ends = np.concatenate([head[room], tail[used]])
    lengths = np.concatenate([cost[room], -cost[used]])
    price = np.zeros(nodes, dtype=np.int64)
    for _ in range(nodes):
        lower = price.copy()
        np.minimum.at(lower, ends, price[starts] + lengths)
        if np.array_equal(lower, price):
            break
        price = lower
    return price


def price_bound(tail: Any, head: Any, cap: Any, cost: Any, price: Any, supply: Any) -> int:
    """A number that the cost of no flow on these arcs can be under, by these prices; `supply` is of nodes."""
    import numpy as np

    reduced = cost + price[tail] - price[head]
    return int((supply * -price).sum()) + int((cap * np.minimum(reduced, 0)).sum())
