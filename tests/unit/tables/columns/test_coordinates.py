"""Coordinates with the faults that tables of them have: a true point, or none and a word why."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from quota import read_units
from quota.core.units import UnitTable
from tests.laws.often import LONG

Point = tuple[float, float]
"""Longitude and latitude in degrees."""
Cells = tuple[str, str]


def _sound(point: Point, rng: random.Random) -> Cells:
    places = rng.choice([3, 4, 5, 6])
    return f"{point[0]:.{places}f}", f"{point[1]:.{places}f}"


def _exchanged(point: Point, rng: random.Random) -> Cells:
    lon, lat = _sound(point, rng)
    return lat, lon


def _metres(point: Point, rng: random.Random) -> Cells:
    """About what VN-2000's projections of 3 and of 6 degrees give; either axis may come first."""
    meridian = rng.choice([3 * round(point[0] / 3), 6 * int(point[0] / 6) + 3])
    easting, northing = 500_000 + (point[0] - meridian) * 104_000, point[1] * 110_600
    cells = f"{easting:.2f}", f"{northing:.2f}"
    return cells if rng.random() < 0.5 else cells[::-1]


def _in_minutes(point: Point, rng: random.Random) -> Cells:
    cells = []
    for degrees, letter in zip(point, "EN", strict=True):
        minutes = (degrees % 1) * 60
        cells.append(f"{int(degrees)}°{int(minutes)}'{(minutes % 1) * 60:.1f}\"{letter}")
    return cells[0], cells[1]


def _point_lost(point: Point, rng: random.Random) -> Cells:
    lon, lat = _sound(point, rng)
    return lon.replace(".", ""), lat.replace(".", "")


def _digit_lost(point: Point, rng: random.Random) -> Cells:
    """One of the hundred, ten or one of the longitude: of 106.3, 06.3, 16.3 or 10.3."""
    lon, lat = _sound(point, rng)
    place = rng.randrange(3)
    return lon[:place] + lon[place + 1 :], lat


def _nowhere(point: Point, rng: random.Random) -> Cells:
    return rng.choice([("0", "0"), ("999", "999"), ("-1", "-1"), ("0.000", "0.000"), ("180", "90")])


def _with_a_sign(point: Point, rng: random.Random) -> Cells:
    lon, lat = _sound(point, rng)
    return f"-{lon}", lat


def _half_blank(point: Point, rng: random.Random) -> Cells:
    lon, lat = _sound(point, rng)
    return rng.choice([(lon, ""), ("", lat)])


FAULTS: dict[str, Callable[[Point, random.Random], Cells]] = {
    "exchanged": _exchanged,
    "metres": _metres,
    "minutes": _in_minutes,
    "point lost": _point_lost,
    "digit lost": _digit_lost,
    "nowhere": _nowhere,
    "sign": _with_a_sign,
    "half blank": _half_blank,
}


def _read(folder: Path, rows: list[Cells], mark: str) -> UnitTable:
    path = folder / "units.csv"
    lines = [
        f"{10000 + place};Xã {place};xã;9000;{lon.replace('.', mark)};{lat.replace('.', mark)}"
        for place, (lon, lat) in enumerate(rows)
    ]
    path.write_text("\n".join(("code;name;type;population;lon;lat", *lines)) + "\n", encoding="utf-8")
    return read_units(path)


@pytest.mark.parametrize("fault", [*FAULTS, "none"])
def test_no_point_is_wrong_in_silence(fault: str, tmp_path: Path) -> None:
    """A whole table at fault, or some of its rows; written with a point or with a comma."""
    rng = random.Random(fault)
    for _ in range(1_000 if LONG else 12):
        points = [(rng.uniform(102.2, 116.5), rng.uniform(6.5, 23.4)) for _ in range(rng.randint(1, 12))]
        share = rng.choice([1, 0.5, 0.1])
        at_fault = [fault != "none" and rng.random() < share for _ in points]
        rows = [
            (FAULTS[fault] if wrong else _sound)(point, rng)
            for point, wrong in zip(points, at_fault, strict=True)
        ]
        table = _read(tmp_path, rows, rng.choice([".", ","]))
        said = {problem.column for problem in table.problems if problem.severity != "information"}
        assert len(table.units) == len(points)
        for unit, point, cells in zip(table.units, points, rows, strict=True):
            for got, true, cell, column in zip(
                (unit.lon, unit.lat), point, cells, ("lon", "lat"), strict=True
            ):
                if got is None:
                    assert not cell or column in said, (fault, rows)
                else:
                    assert abs(got - true) < 0.001, (fault, cell, got, true)


def test_a_sound_table_is_read_whole(tmp_path: Path) -> None:
    rng = random.Random(5)
    points = [(rng.uniform(102.2, 116.5), rng.uniform(6.5, 23.4)) for _ in range(200)]
    for mark in (".", ","):
        rows = [(f"{lon:.4f}", f"{lat:.4f}") for lon, lat in points]
        table = _read(tmp_path, rows, mark)
        assert all(unit.lon is not None and unit.lat is not None for unit in table.units)
