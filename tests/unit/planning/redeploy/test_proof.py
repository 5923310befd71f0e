"""Prices prove what a flow costs at least, whatever flow they are read from."""

from __future__ import annotations

from typing import Any

import numpy as np

from quota.planning.redeploy.proof import price_bound, prices_of

TAIL, HEAD = np.array([0, 0]), np.array([1, 1])
CAP, COST = np.array([2, 2]), np.array([1, 5])
SUPPLY = np.array([2, -2])
"""Two people from one place to another, by a way of 1 each or one of 5 each."""


def bound(flow: Any) -> int:
    price = prices_of(TAIL, HEAD, CAP, COST, flow, len(SUPPLY))
    return price_bound(TAIL, HEAD, CAP, COST, price, SUPPLY)


def test_the_cheapest_flow_is_proven_by_its_own_prices() -> None:
    assert bound(np.array([2, 0])) == 2


def test_a_dearer_flow_is_not_proven_and_its_bound_is_above_no_flow() -> None:
    dearer = np.array([0, 2])
    assert bound(dearer) <= 2 < int((dearer * COST).sum())
