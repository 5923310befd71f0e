"""Few-line arithmetic that shares no code with the program, over the embedded provinces."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
PROVINCES = {
    "hai-phong": "Hải Phòng",
    "ha-noi": "Hà Nội",
    "hue": "Huế",
    "cao-bang": "Cao Bằng",
    "ha-tinh": "Hà Tĩnh",
}
STEPS_FROM = {"central-2025": 16_000, "central-2025-all-residents": 0}
"""The superseded readings: from how many residents on their steps are counted, to no ceiling."""
MOST = {"commune": 50, "ward": 70, "special_zone": 70}
"""The ceilings of the default frame, `cv-09-2025`."""


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def units() -> dict[str, dict[str, Any]]:
    """All 405 units by code, with Hải Phòng's sample staff."""
    found: dict[str, dict[str, Any]] = {}
    for file, province in PROVINCES.items():
        for row in rows_of(ROOT / "data" / f"{file}.csv"):
            found[row["code"]] = {
                "name": row["name"],
                "type": row["type"],
                "province": province,
                "population": int(row["population"]),
                "area": float(row["area_km2"]),
            }
    for row in rows_of(ROOT / "data" / "hai-phong-staff-sample.csv"):
        found[row["code"]]["staff"] = {bloc: int(row[bloc]) for bloc in ("government", "party", "front")}
    return found


def government(population: int, above: int = 16_000, per: int = 2_000, base: int = 32) -> int:
    """Posts without a ceiling."""
    return base + max(population - above, 0) // per


def granted(unit: dict[str, Any], residents: int | None = None) -> int:
    """Government posts under the default frame, outside the mountains."""
    return min(government(unit["population"] if residents is None else residents), MOST[unit["type"]])


def gaps(unit: dict[str, Any], posts: int | None = None) -> tuple[int, int]:
    """Shortfall and surplus over the three blocs, under the default frame or with these government posts."""
    ends = {
        "government": (granted(unit) if posts is None else posts,) * 2,
        "party": (17, 20),
        "front": (8, 10),
    }
    short = sum(max(low - unit["staff"][bloc], 0) for bloc, (low, _) in ends.items())
    over = sum(max(unit["staff"][bloc] - high, 0) for bloc, (_, high) in ends.items())
    return short, over
