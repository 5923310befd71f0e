"""A stage's best, found another way: mixed-integer programming by SciPy (HiGHS) on plain lists."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from math import asin, cos, radians, sin, sqrt

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array

Cell = tuple[str, str, int]
"""Unit, group, people."""


def km_in_metres(a: tuple[float, float], b: tuple[float, float]) -> int:
    lon_a, lat_a, lon_b, lat_b = (radians(degrees) for degrees in (*a, *b))
    inner = sin((lat_b - lat_a) / 2) ** 2 + cos(lat_a) * cos(lat_b) * sin((lon_b - lon_a) / 2) ** 2
    return round(2 * 6_371_008.8 * asin(sqrt(inner)))


def best(
    over: Sequence[Cell],
    short: Sequence[Cell],
    allowed: Callable[[Cell, Cell], bool],
    metres: Callable[[str, str], int],
    most_out: int | None = None,
    most_in: int | None = None,
    unlimited: Collection[str] = (),
    cost: Callable[[str, str], int] = lambda *_: 0,
) -> tuple[int, int, int, int]:
    """Most posts filled; then the worst unit best off; then the least cost; then the fewest metres."""
    pairs = [(a, b) for a in range(len(over)) for b in range(len(short)) if allowed(over[a], short[b])]
    units = sorted({cell[0] for cell in short})
    missing = {unit: sum(cell[2] for cell in short if cell[0] == unit) for unit in units}
    if not pairs:
        return 0, max(missing.values(), default=0), 0, 0
    count = len(pairs) + 1  # the last variable is the worst unit's shortfall
    rows: list[tuple[dict[int, float], float, float]] = []

    def of(pick: Callable[[Cell, Cell], bool]) -> dict[int, float]:
        return {n: 1.0 for n, (a, b) in enumerate(pairs) if pick(over[a], short[b])}

    rows += [(of(lambda a, _, cell=cell: a == cell), 0, cell[2]) for cell in over]
    rows += [(of(lambda _, b, cell=cell: b == cell), 0, cell[2]) for cell in short]
    for unit in units:
        rows.append((of(lambda _, b, unit=unit: b[0] == unit) | {count - 1: 1.0}, missing[unit], np.inf))
        if most_in is not None:
            rows.append((of(lambda _, b, unit=unit: b[0] == unit), 0, most_in))
    if most_out is not None:
        givers = sorted({cell[0] for cell in over} - set(unlimited))
        rows += [(of(lambda a, _, unit=unit: a[0] == unit), 0, most_out) for unit in givers]

    def solved(cost: np.ndarray) -> np.ndarray:
        entries = [(r, c, v) for r, (row, _, _) in enumerate(rows) for c, v in row.items()]
        r, c, v = zip(*entries, strict=True)
        matrix = coo_array((v, (r, c)), shape=(len(rows), count)).tocsr()
        limits = LinearConstraint(matrix, [row[1] for row in rows], [row[2] for row in rows])
        found = milp(cost, constraints=limits, integrality=np.ones(count), bounds=Bounds(0, np.inf))
        assert found.success, found.message
        return np.rint(found.x)

    every = dict.fromkeys(range(len(pairs)), 1.0)
    filling = np.array([-1.0] * len(pairs) + [0.0])
    filled = int(-filling @ solved(filling))
    rows.append((every, filled, filled))
    worst = int(solved(np.array([0.0] * len(pairs) + [1.0]))[-1])
    rows.append(({count - 1: 1.0}, 0, worst))
    far = np.array([float(metres(over[a][0], short[b][0])) for a, b in pairs] + [0.0])
    price = np.array([float(cost(over[a][1], short[b][1])) for a, b in pairs] + [0.0])
    least = int(price @ solved(price))
    rows.append((dict(enumerate(price)), 0, least))
    return filled, worst, least, int(far @ solved(far))
