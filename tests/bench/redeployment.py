"""A plan for thousands of units, beside SciPy's linear program of its moves.

The units are built from the reference table (`../shared/data/reference/communes.csv`), or made up where it is
not there, as if they were one province: every move between any two of them is weighed; staff is random from a
fixed seed.

The program that is compared is the transfer stage's transport problem bloc by bloc, in HiGHS. It weighs posts
and metres only, so a plan whose policy leaves the worst-off unit out must come to the same metres; it has no
stages, no proofs, no check, no audit, and reads no files: its time is that of solving alone.
"""

from __future__ import annotations

import csv
import random
import sys
from collections.abc import Iterator
from pathlib import Path

from measuring import PEERS, ROOT, Contest, Limits, Peer

REFERENCE = ROOT.parent / "shared" / "data" / "reference" / "communes.csv"
POLICY = "redeployment-hai-phong-2025"


def tables(folder: Path, count: int) -> tuple[Path, Path]:
    """A population table and a staff table of so many units."""
    from tests.synthetic import province

    if not REFERENCE.exists():
        return province(folder, count)
    with REFERENCE.open(encoding="utf-8", newline="") as lines:
        known = [row for row in csv.DictReader(lines) if row.get("population") and row.get("lon")]
    rng = random.Random(7)
    units = []
    for number in range(count):  # the table's, and again a few kilometres beside them, until there are enough
        row = dict(known[number % len(known)], code=f"{number:05d}")
        if number >= len(known):
            row |= {key: f"{float(row[key]) + rng.uniform(-0.05, 0.05):.5f}" for key in ("lon", "lat")}
        units.append(row)
    population, staff = folder / "units.csv", folder / "staff.csv"
    with (
        population.open("w", encoding="utf-8", newline="") as units_file,
        staff.open("w", encoding="utf-8", newline="") as staff_file,
    ):
        out, people = csv.writer(units_file), csv.writer(staff_file)
        out.writerow(["code", "name", "type", "population", "lon", "lat"])
        people.writerow(["code", "government", "party", "front"])
        for row in units:
            most = 50 if row["type"] == "commune" else 70
            norm = min(32 + max(int(row["population"]) - 16_000, 0) // 2_000, most)
            out.writerow([row[key] for key in ("code", "name", "type", "population", "lon", "lat")])
            people.writerow(
                [row["code"], max(norm + rng.randint(-9, 9), 0), rng.randint(12, 25), rng.randint(5, 13)]
            )
    return population, staff


def posts_and_metres(folder: Path) -> Path:
    """The shipped policy, but that it weighs posts and metres only."""
    path = folder / "posts-and-metres.yaml"
    text = (
        (ROOT / "rules" / f"{POLICY}.yaml")
        .read_text(encoding="utf-8")
        .replace(f"id: {POLICY}", f"id: {path.stem}")
    )
    weighed = text.replace("[shortfall, worst, people, cost, distance]", "[shortfall, distance]")
    path.write_text(weighed, encoding="utf-8")
    return path


def contests(folder: Path, limits: Limits) -> Iterator[Contest]:
    sys.path.insert(0, str(ROOT))
    from tests.synthetic import HO_CHI_MINH_UNITS, ho_chi_minh_city

    for count in (size for size in (100, 300, 1_000, 3_000) if size <= max(100, limits.rows // 30)):
        population, staff = tables(folder, count)
        out = str(folder / "plan.json")
        command = [
            "-m",
            "quota",
            "plan",
            str(population),
            "--staff",
            str(staff),
            "--format",
            "json",
            "-o",
            out,
        ]
        weighing = [*command, "--policy", str(posts_and_metres(folder))]
        program = [str(PEERS / "linear_program.py"), str(population), str(staff), out]
        peers = [
            Peer(
                "quota plan, posts and metres", weighing, "ortools", answer=[str(PEERS / "transfers.py"), out]
            ),
            Peer("scipy HiGHS, solving alone", program, "scipy"),
        ]
        yield Contest("plan", count, peers, turns=1)
        whole = Peer("quota plan, whole policy", [*command, "--policy", POLICY], "ortools")
        yield Contest("plan, whole policy", count, [whole], turns=1)
    if limits.rows > 10_000:
        city, positions = ho_chi_minh_city(folder)
        command = ["-m", "quota", "plan", str(city), "--positions", str(positions), "--format", "json"]
        yield Contest(
            "plan, 27 positions", HO_CHI_MINH_UNITS, [Peer("quota plan", command, "ortools")], turns=3
        )
