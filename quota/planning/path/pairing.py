"""Who goes where: givers and takers of a bloc paired so that all ways together are the shortest."""

from __future__ import annotations

from collections.abc import Mapping

from quota.core.moves import Place
from quota.planning.redeploy.distances import UNKNOWN, Distances

Way = tuple[Place, Place, int, int | None]
"""Origin, target, people, metres (None unknown)."""


def paired(
    gives: Mapping[Place, int], takes: Mapping[Place, int], areas: Mapping[str, str], distances: Distances
) -> list[Way]:
    """Every giver's people at a taker of the same bloc and area; an unknown way counts as the longest."""
    found: list[Way] = []
    keys = {(areas[place.code], place.group) for place in gives}
    for area, group in sorted(keys):
        origins = sorted(place for place in gives if (areas[place.code], place.group) == (area, group))
        targets = sorted(place for place in takes if (areas[place.code], place.group) == (area, group))
        found += _shortest(gives, takes, origins, targets, distances)
    return found


def _shortest(
    gives: Mapping[Place, int],
    takes: Mapping[Place, int],
    origins: list[Place],
    targets: list[Place],
    distances: Distances,
) -> list[Way]:
    import numpy as np
    from ortools.graph.python import min_cost_flow

    metres = distances.matrix([place.code for place in origins], [place.code for place in targets])
    longest = int(metres.max(initial=0)) + 1
    cost = np.where(metres == UNKNOWN, longest, metres)
    rows, columns = np.indices(cost.shape).reshape(2, -1)
    most = np.minimum(
        np.array([gives[origins[row]] for row in rows]),
        np.array([takes[targets[column]] for column in columns]),
    )
    solver = min_cost_flow.SimpleMinCostFlow()
    arcs = solver.add_arcs_with_capacity_and_unit_cost(rows, len(origins) + columns, most, cost.reshape(-1))
    supply = [gives[place] for place in origins] + [-takes[place] for place in targets]
    solver.set_nodes_supplies(np.arange(len(supply)), np.array(supply))
    if solver.solve() != solver.OPTIMAL:
        raise AssertionError("givers and takers of a bloc and area are equally many")
    people = solver.flows(arcs)
    return [
        (
            origins[row],
            targets[column],
            int(number),
            None if metres[row, column] == UNKNOWN else int(metres[row, column]),
        )
        for row, column, number in zip(rows.tolist(), columns.tolist(), people.tolist(), strict=True)
        if number
    ]
