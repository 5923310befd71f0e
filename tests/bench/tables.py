"""Tables of any size, made of the published units: the reference table's, or the embedded provinces'."""

from __future__ import annotations

import csv
import random
from itertools import cycle, islice
from pathlib import Path

ROOT = Path(__file__).parents[2]
NATIONAL = 3_321
"""Communes, wards and special zones in the country since July 2025."""
_PROVINCES = ("hai-phong", "ha-noi", "hue", "cao-bang", "ha-tinh")


def published() -> list[dict[str, str]]:
    """Real units with name, type and residents."""
    reference = ROOT.parent / "shared" / "data" / "reference" / "communes.csv"
    files = (
        [reference] if reference.exists() else [ROOT / "data" / f"{province}.csv" for province in _PROVINCES]
    )
    rows = []
    for file in files:
        with file.open(encoding="utf-8-sig", newline="") as lines:
            rows += list(csv.DictReader(lines))
    return rows


def table(folder: Path, size: int) -> Path:
    """A CSV table of `size` units, the published ones over and over, with made-up staff; made once."""
    path = folder / f"units-{size}.csv"
    if path.exists():
        return path
    rng = random.Random(size)
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(["code", "name", "type", "population", "government", "party", "front"])
        for number, unit in enumerate(islice(cycle(published()), size)):
            staff = (rng.randrange(25, 70), rng.randrange(14, 24), rng.randrange(6, 13))
            writer.writerow([f"{number:08}", unit["name"], unit["type"], unit["population"], *staff])
    return path
