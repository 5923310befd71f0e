"""spopt's max-p heuristic on an embedded province, its best seed: DATA_FOLDER PROVINCE MINIMUM SEEDS."""

import csv
import json
import sys
from pathlib import Path

import geopandas
import numpy as np
from libpysal.weights import W
from spopt.region import MaxPHeuristic

folder, name, minimum, seeds = sys.argv[1:]


def rows(of):
    with (Path(folder) / f"{of}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


units = rows(name)
place = {row["code"]: number for number, row in enumerate(units)}
beside = {number: [] for number in place.values()}
for row in rows(f"{name}-neighbours"):
    a, b = place[row["code_a"]], place[row["code_b"]]
    beside[a].append(b)
    beside[b].append(a)
residents = [int(row["population"]) for row in units]
lon, lat = ([float(row[key]) for row in units] for key in ("lon", "lat"))
frame = geopandas.GeoDataFrame({"residents": residents}, geometry=geopandas.points_from_xy(lon, lat))
most = 0
for seed in range(int(seeds)):
    np.random.seed(seed)
    model = MaxPHeuristic(
        frame, W(beside, silence_warnings=True), ["residents"], "residents", int(minimum), 2
    )
    model.solve()
    most = max(most, len(set(model.labels_)))
print(json.dumps({"groups": most}))  # noqa: T201  (its output)
