"""Degrees, areas and distances: which reading a column's kind of figure can have, and what is refused."""

from __future__ import annotations

import random
from decimal import Decimal
from pathlib import Path

import pytest

from quota import read_units
from quota.core.units import UnitTable
from quota.tables.readers.distances import read_distances
from tests.laws.often import LONG

CASES = Path(__file__).parents[1] / "cases"
HEADER = "code;name;type;population;area_km2;lon;lat"


def read(folder: Path, *rows: tuple[str, str, str]) -> UnitTable:
    """A table of units with areas, longitudes and latitudes as written."""
    path = folder / "units.csv"
    lines = [f"{10000 + n};Xã {n};xã;9000;{';'.join(row)}" for n, row in enumerate(rows, start=1)]
    path.write_text("\n".join((HEADER, *lines)) + "\n", encoding="utf-8")
    return read_units(path)


def codes(table: UnitTable) -> set[str]:
    return {problem.code for problem in table.problems} - {"delimiter", "number-convention"}


def test_three_decimals_after_a_comma_are_decimals_where_thousands_cannot_be() -> None:
    degrees, areas = read_units(CASES / "lon3.csv"), read_units(CASES / "area3.csv")
    assert (degrees.units[0].lon, degrees.units[0].lat) == (106.325, 20.9594)
    assert [unit.area_km2 for unit in areas.units] == [Decimal("12.250"), Decimal("8.125")]
    assert dict(read_distances(CASES / "d2.csv").pairs) == {
        ("10001", "10002"): 5125,
        ("10001", "10003"): 7250,
    }


@pytest.mark.parametrize(
    ("cells", "areas"),
    [
        (("12,250", "1,125"), ["12.250", "1.125"]),
        (("2.001", "2.001"), ["2.001", "2.001"]),
        (("1.250", "8.5"), ["1.250", "8.5"]),
        (("1,250", "8.5"), ["1250", "8.5"]),
        (("1.113,79", "8,5"), ["1113.79", "8.5"]),
        (("2000", "2000.01"), ["2000", None]),
    ],
)
def test_areas(tmp_path: Path, cells: tuple[str, ...], areas: list[str | None]) -> None:
    table = read(tmp_path, *((cell, "", "") for cell in cells))
    assert [unit.area_km2 for unit in table.units] == [area and Decimal(area) for area in areas]


@pytest.mark.parametrize("cell", ["1,250", "1.250", "2,000"])
def test_where_both_readings_can_be_it_asks(tmp_path: Path, cell: str) -> None:
    table = read(tmp_path, (cell, "", ""), ("5", "", ""))
    assert codes(table) == {"ambiguous-number"}
    assert [unit.area_km2 for unit in table.units] == [None, Decimal(5)]


@pytest.mark.parametrize(
    ("lon", "lat", "said"),
    [
        ("102", "24", set()),
        ("117", "6", set()),
        ("101.99", "24.01", {"outside-vietnam"}),
        ("117.01", "5.99", {"outside-vietnam"}),
        ("0", "0", {"outside-vietnam"}),
        ("999", "21", {"outside-vietnam"}),
        ("-106.3", "21", {"outside-vietnam"}),
        ("20.9594", "106.325", {"swapped-degrees"}),
        ("20,959", "106,325", {"swapped-degrees"}),
        ("585900.12", "2318600.50", {"vn-2000"}),
        ("585.900,12", "2.318.600,50", {"vn-2000"}),
        ("2318600.50", "585900.12", {"vn-2000"}),
        ("106.325 E", "20.96 N", {"not-a-number"}),
    ],
)
def test_points_are_in_vietnam_or_are_not_taken(tmp_path: Path, lon: str, lat: str, said: set[str]) -> None:
    table = read(tmp_path, ("", lon, lat))
    assert codes(table) == said
    if said:
        assert None in {table.units[0].lon, table.units[0].lat}


def test_metres_of_vn_2000_are_refused_by_their_name() -> None:
    problems = [problem for problem in read_units(CASES / "vn2000.csv").problems if problem.code == "vn-2000"]
    assert {problem.column for problem in problems} == {"lon", "lat"}  # said once a column
    assert all("VN-2000" in str(problem.message) for problem in problems)


def _written(figure: Decimal, places: int, mark: str, thousands: str) -> str:
    text = f"{figure:,.{places}f}"
    return text.replace(",", "T").replace(".", mark).replace("T", thousands)


def test_no_measure_is_misread_in_silence(tmp_path: Path) -> None:
    """Numbers × conventions × columns: what was meant, or unknown with a problem."""
    rng = random.Random(20261128)
    for _ in range(12_000 if LONG else 150):
        places, size = rng.choice([0, 1, 2, 3, 3, 3, 4, 5]), rng.choice([1, 2, 3])
        mark, thousands = rng.choice([(".", ","), (",", "."), (",", ""), (".", ""), (",", "\u00a0")])
        most = rng.choice([10, 300, 1_114])
        meant = [
            [
                round(Decimal(rng.uniform(low, high)), places)
                for low, high in ((0.9, most), (102.2, 112.6), (7.9, 23.4))
            ]
            for _ in range(size)
        ]
        table = read(
            tmp_path, *(tuple(_written(figure, places, mark, thousands) for figure in row) for row in meant)
        )
        said = {
            (problem.row, problem.column) for problem in table.problems if problem.severity != "information"
        }
        assert len(table.units) == size
        for row, unit in zip(meant, table.units, strict=True):
            found = (unit.area_km2, unit.lon, unit.lat)
            for figure, got, column in zip(row, found, ("area_km2", "lon", "lat"), strict=True):
                if got is None:
                    assert column in {at for _, at in said}, (figure, mark, thousands)
                else:
                    assert abs(Decimal(got) - figure) < Decimal("1e-6"), (figure, got, mark, thousands)
