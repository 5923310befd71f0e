"""Made-up provinces for tests and benchmarks; every figure comes from a fixed seed."""

from __future__ import annotations

import csv
import random
from pathlib import Path

HO_CHI_MINH_UNITS, HO_CHI_MINH_POSITIONS, OVER, SHORT = 168, 27, 1_052, 935


def province(
    folder: Path, units: int, seed: int = 7, box: tuple[float, float, float, float] = (104, 9, 109, 22)
) -> tuple[Path, Path]:
    """A population table and a staff table of so many units with random residents, points and staff."""
    rng = random.Random(seed)
    population, staff = folder / "units.csv", folder / "staff.csv"
    west, south, east, north = box
    with (
        population.open("w", encoding="utf-8", newline="") as units_file,
        staff.open("w", encoding="utf-8", newline="") as staff_file,
    ):
        lines, people = csv.writer(units_file), csv.writer(staff_file)
        lines.writerow(["code", "name", "type", "population", "lon", "lat"])
        people.writerow(["code", "government", "party", "front"])
        for number in range(units):
            residents = rng.randint(3_000, 90_000)
            code, norm = f"{number:05d}", 32 + max(residents - 16_000, 0) // 2_000
            point = [f"{rng.uniform(west, east):.5f}", f"{rng.uniform(south, north):.5f}"]
            lines.writerow([code, f"Xã {number}", "commune", residents, *point])
            people.writerow([code, norm + rng.randint(-9, 9), rng.randint(12, 25), rng.randint(5, 13)])
    return population, staff


def ho_chi_minh_city(folder: Path, seed: int = 4353) -> tuple[Path, Path]:
    """168 units and 27 positions: 1,052 people over and 935 posts short at once; every name made up."""
    rng = random.Random(seed)
    population, positions = folder / "city.csv", folder / "positions.csv"
    gaps = dict.fromkeys(
        ((unit, position) for unit in range(HO_CHI_MINH_UNITS) for position in range(HO_CHI_MINH_POSITIONS)),
        0,
    )
    places = sorted(gaps)
    rng.shuffle(places)
    over, short = places[:700], places[700:1_400]
    for group, people, sign in ((over, OVER, 1), (short, SHORT, -1)):
        for place in group:
            gaps[place] = sign
        for _ in range(people - len(group)):
            gaps[rng.choice(group)] += sign
    with population.open("w", encoding="utf-8", newline="") as units_file:
        lines = csv.writer(units_file)
        lines.writerow(["code", "name", "type", "population", "lon", "lat"])
        for unit in range(HO_CHI_MINH_UNITS):
            point = [f"{rng.uniform(106.4, 107.0):.5f}", f"{rng.uniform(10.4, 11.1):.5f}"]
            lines.writerow([f"{26000 + unit}", f"Phường {unit + 1}", "ward", 50_000, *point])
    with positions.open("w", encoding="utf-8", newline="") as positions_file:
        lines = csv.writer(positions_file)
        lines.writerow(["code", "position", "staff", "needed"])
        for (unit, position), gap in sorted(gaps.items()):
            needed = rng.randint(1, 3) + max(-gap, 0)
            lines.writerow([f"{26000 + unit}", f"Vị trí {position + 1:02d}", needed + gap, needed])
    return population, positions
