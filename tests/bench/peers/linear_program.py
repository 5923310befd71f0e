"""HiGHS on the transfer stage of a plan, from where the plan began it: POPULATION STAFF PLAN.json."""

import json
import sys
import time
from datetime import date
from pathlib import Path

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import coo_array

from quota import audit, load_frame, read_staff, read_units
from quota.norms.applying import load_policy
from quota.planning.redeploy.distances import Distances
from quota.planning.redeploy.situations import situation_of

population, staff, plan = sys.argv[1:]
moves = json.loads(Path(plan).read_text(encoding="utf-8"))["stages"][0]["moves"]
policy = load_policy("redeployment-hai-phong-2025")
day = date(2026, 11, 22)
start = situation_of(audit(read_units(population), load_frame(), read_staff(staff), as_of=day), policy)
staffed = {place: cell.staff for place, cell in start.cells.items()}
places = {(place.code, place.group): place for place in staffed}
for move in moves:
    for end, sign in (("from", -1), ("to", 1)):
        place = places.get((move[end]["code"], move[end]["group"]))
        if place is not None:
            staffed[place] += sign * move["people"]
far, seconds, metres = Distances("points", start.points), 0.0, 0
for group in ("government", "party", "front"):
    cells = [cell for cell in start.cells.values() if cell.place.group == group]
    over = [(c.place.code, staffed[c.place] - c.high) for c in cells if staffed[c.place] > c.high]
    short = [(c.place.code, c.low - staffed[c.place]) for c in cells if staffed[c.place] < c.low]
    started = time.perf_counter()
    cost = far.matrix([code for code, _ in over], [code for code, _ in short]).astype(float)
    give, need = np.array([n for _, n in over]), np.array([n for _, n in short])
    a, b = np.indices(cost.shape)
    columns = np.arange(cost.size)
    ones = np.ones(cost.size)
    leave = coo_array((ones, (a.ravel(), columns)), shape=(len(over), cost.size)).tocsr()
    fill = coo_array((ones, (b.ravel(), columns)), shape=(len(short), cost.size)).tocsr()
    if give.sum() >= need.sum():
        found = linprog(cost.ravel(), A_ub=leave, b_ub=give, A_eq=fill, b_eq=need, method="highs")
    else:
        found = linprog(cost.ravel(), A_ub=fill, b_ub=need, A_eq=leave, b_eq=give, method="highs")
    seconds += time.perf_counter() - started
    metres += round(found.fun)
print(json.dumps({"seconds": seconds, "metres": metres}))  # noqa: T201  (its output)
