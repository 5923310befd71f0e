"""`python tests/bench/proposals.py`: proposed mergers beside spopt's max-p heuristic, on the same maps.

spopt (`python -m pip install spopt`) is no part of the project; without it only our own column is filled.
Max-p makes as many contiguous regions with a minimum as it can find: of 20 seeds the best counts. Ours is
to be never fewer, with a proof.
"""

from __future__ import annotations

import csv
import subprocess
import sys
import time
from importlib.util import find_spec
from json import loads
from pathlib import Path

ROOT = Path(__file__).parents[2]
PROVINCES = ("cao-bang", "hue", "ha-tinh", "ha-noi")
MINIMUM = 16_000
SEEDS = 20


def rows(name: str) -> list[dict[str, str]]:
    with (ROOT / "data" / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def ours(name: str) -> tuple[int, int, float]:
    """Groups, bound and seconds of the whole process."""
    command = ["suggest", name, "--neighbours", f"{name}-neighbours", "--minimum", str(MINIMUM)]
    started = time.perf_counter()
    run = subprocess.run(
        [sys.executable, "-m", "quota", *command, "--format", "json"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    seconds = time.perf_counter() - started
    first = loads(run.stdout)["certificates"][0]
    return first["value"], first["bound"], seconds


def heuristic(name: str) -> tuple[int, float]:
    """The most regions of all seeds, and the seconds for all of them."""
    import geopandas
    import numpy as np
    from libpysal.weights import W
    from spopt.region import MaxPHeuristic

    units = rows(name)
    place = {row["code"]: number for number, row in enumerate(units)}
    beside: dict[int, list[int]] = {number: [] for number in place.values()}
    for row in rows(f"{name}-neighbours"):
        one, other = place[row["code_a"]], place[row["code_b"]]
        beside[one].append(other)
        beside[other].append(one)
    residents = [int(row["population"]) for row in units]
    lon, lat = ([float(row[key]) for row in units] for key in ("lon", "lat"))
    points = geopandas.points_from_xy(lon, lat)
    frame = geopandas.GeoDataFrame({"residents": residents}, geometry=points)
    most, started = 0, time.perf_counter()
    for seed in range(SEEDS):
        np.random.seed(seed)
        model = MaxPHeuristic(frame, W(beside, silence_warnings=True), ["residents"], "residents", MINIMUM, 2)
        model.solve()
        most = max(most, len(set(model.labels_)))
    return most, time.perf_counter() - started


def main() -> None:
    installed = all(find_spec(module) for module in ("spopt", "geopandas", "libpysal"))
    if not installed:
        sys.stdout.write("spopt is not installed: its column stays empty (python -m pip install spopt)\n")
    sys.stdout.write(f"{'province':12}{'ours':>6}{'bound':>7}{'s':>8}{'max-p':>8}{'s':>8}\n")
    for name in PROVINCES:
        groups, bound, seconds = ours(name)
        line = f"{name:12}{groups:6}{bound:7}{seconds:8.1f}"
        if installed:
            most, taken = heuristic(name)
            line += f"{most:8}{taken:8.1f}"
            if most > groups:
                line += "  max-p found more"
        sys.stdout.write(line + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
