"""`python tests/bench/redeployment.py`: a plan for 3,000 units, beside SciPy's linear program of its moves.

The units are built from the reference table (`../shared/data/reference/communes.csv`), or made up where it is
not there, as if they were one province: every move between any two of them is weighed; staff is random from a
fixed seed. Each plan runs in a process of its own, so that its memory is its own.

The program that is compared is the transfer stage's transport problem bloc by bloc, in HiGHS. It weighs posts
and metres only, so a plan whose policy leaves the worst-off unit out must come to the same metres; it has no
stages, no proofs, no check, no audit, and reads no files.
"""

from __future__ import annotations

import csv
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))
REFERENCE = ROOT.parent / "shared" / "data" / "reference" / "communes.csv"
UNITS = 3_000


def tables(folder: Path) -> tuple[Path, Path]:
    from tests.synthetic import province

    if not REFERENCE.exists():
        return province(folder, UNITS)
    with REFERENCE.open(encoding="utf-8", newline="") as lines:
        known = [row for row in csv.DictReader(lines) if row.get("population") and row.get("lon")]
    rng = random.Random(7)
    units = []
    for number in range(
        UNITS
    ):  # the table's units, and again a few kilometres beside them, until there are enough
        row = dict(known[number % len(known)], code=f"{number:05d}")
        if number >= len(known):
            row |= {key: f"{float(row[key]) + rng.uniform(-0.05, 0.05):.5f}" for key in ("lon", "lat")}
        units.append(row)
    population, staff = folder / "units.csv", folder / "staff.csv"
    with (
        population.open("w", encoding="utf-8", newline="") as one,
        staff.open("w", encoding="utf-8", newline="") as two,
    ):
        out, people = csv.writer(one), csv.writer(two)
        out.writerow(["code", "name", "type", "population", "lon", "lat"])
        people.writerow(["code", "government", "party", "front"])
        for row in units:
            norm = 32 + max(int(row["population"]) - 16_000, 0) // 2_000
            out.writerow([row[key] for key in ("code", "name", "type", "population", "lon", "lat")])
            people.writerow(
                [row["code"], max(norm + rng.randint(-9, 9), 0), rng.randint(12, 25), rng.randint(5, 13)]
            )
    return population, staff


def measured(*arguments: object) -> tuple[float, float, str]:
    """Seconds, megabytes and output of a `quota` process."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    started = time.perf_counter()
    run = subprocess.run(
        [sys.executable, "-m", "quota", *map(str, arguments)],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    taken = time.perf_counter() - started
    return taken, max(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, before) / 1024, run.stdout


def linear_programs(population: Path, staff: Path, stage: dict[str, object]) -> tuple[float, int]:
    """Seconds and metres of HiGHS on the transfer stage, from where our plan began it."""
    import numpy as np
    from scipy.optimize import linprog
    from scipy.sparse import coo_array

    from quota import audit, load_frame, read_staff, read_units
    from quota.norms.loading import load_rules
    from quota.norms.policy import Policy
    from quota.planning.distances import Distances
    from quota.planning.situations import situation_of

    policy = load_rules("redeployment-hai-phong-2025", Policy)
    day = __import__("datetime").date(2026, 11, 22)
    start = situation_of(audit(read_units(population), load_frame(), read_staff(staff), as_of=day), policy)
    staffed = {place: cell.staff for place, cell in start.cells.items()}
    for move in stage["internal"]:
        for end, sign in (("from", -1), ("to", 1)):
            for place in staffed:
                if (place.code, place.group) == (move[end]["code"], move[end]["group"]):
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
    return seconds, metres


def main() -> None:
    from tests.synthetic import ho_chi_minh_city

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        city, positions = ho_chi_minh_city(folder)
        taken, memory, _ = measured("plan", city, "--positions", positions, "--format", "json")
        sys.stdout.write(f"quota plan, 168 units, 27 positions        {taken:8.2f} s {memory:8.0f} MB\n")
        population, staff = tables(folder)
        ours = folder / "posts-and-metres.yaml"
        text = (ROOT / "rules" / "redeployment-hai-phong-2025.yaml").read_text(encoding="utf-8")
        text = text.replace("id: redeployment-hai-phong-2025", f"id: {ours.stem}")
        ours.write_text(
            text.replace("[shortfall, worst, people, cost, distance]", "[shortfall, distance]"), "utf-8"
        )
        for what, policy in (("whole policy", "redeployment-hai-phong-2025"), ("posts and metres", ours)):
            given = ("plan", population, "--staff", staff, "--policy", policy, "--format", "json")
            taken, memory, out = measured(*given)
            stages = json.loads(out)["stages"]
            metres = sum(move["people"] * move["metres"] for move in stages[1]["moves"])
            sys.stdout.write(f"quota plan, {UNITS:,} units, {what:16}   {taken:8.2f} s {memory:8.0f} MB")
            sys.stdout.write(f", transfer: {stages[1]['people']:,} people, {metres:,} metres\n")
        seconds, metres = linear_programs(population, staff, {"internal": stages[0]["moves"]})
        sys.stdout.write(f"scipy linprog (HiGHS), that stage only     {seconds:8.2f} s, {metres:,} metres\n")


if __name__ == "__main__":
    main()
