"""The embedded country: what it holds, what changed since, and which provinces are cities on a day."""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from quota import read_units
from quota.core.units import ProvinceClass, UnitType
from quota.run.locations import data_folder
from quota.tables.shipped.country import changes, country, in_force, official_codes, on_day
from quota.tables.shipped.embedded import embedded_tables
from quota.tables.shipped.provinces import find_province, is_central_city, provinces, with_classes
from tests.conftest import Run


def test_the_quick_reader_gives_what_the_reader_of_tables_gives() -> None:
    read = read_units("vietnam").units
    assert tuple(country().values()) == read
    assert [unit.origin for unit in country().values()] == [unit.origin for unit in read]
    assert official_codes() == country().keys()


def test_the_country_has_the_published_numbers_of_units() -> None:
    assert Counter(unit.type for unit in country().values()) == {
        UnitType.COMMUNE: 2_621,
        UnitType.WARD: 687,
        UnitType.SPECIAL_ZONE: 13,
    }
    units = Counter(unit.province for unit in country().values())
    assert units == {province.name: province.units for province in provinces()}


def test_the_provinces_of_their_own_say_the_same() -> None:
    ids = [table.id for table in embedded_tables() if table.kind == "population" and table.province]
    assert len(ids) == 5
    for unit in read_units(*ids).units:
        known = country()[unit.code]
        assert (unit.name, unit.type, unit.population, unit.province) == (
            known.name,
            known.type,
            known.population,
            known.province,
        )
        assert (unit.area_km2, unit.lon, unit.lat) == (known.area_km2, known.lon, known.lat)


DOUBTFUL = {
    "Hồ Chí Minh": 665_500,
    "Đà Nẵng": 57_287,
    "An Giang": 42_976,
    "Cà Mau": -618_208,
    "Lào Cai": -8_140,
    "Tuyên Quang": -7_214,
    "Thanh Hóa": -3_836,
    "Hà Tĩnh": 160,
    "Phú Thọ": -145,
    "Cần Thơ": -36,
    "Quảng Ngãi": -20,
    "Bắc Ninh": 9,
    "Gia Lai": -2,
    "Quảng Trị": -1,
    "Khánh Hòa": -1,
}


def test_by_how_much_each_province_misses_its_total_is_what_the_readme_says() -> None:
    people: Counter[str] = Counter()
    for unit in country().values():
        people[str(unit.province)] += unit.population or 0
    missed = {
        province.name: people[province.name] - province.population
        for province in provinces()
        if people[province.name] != province.population
    }
    assert missed == DOUBTFUL
    readme = (data_folder() / "README.md").read_text(encoding="utf-8")
    for name, by in DOUBTFUL.items():
        assert f"| {name} | {'+' if by > 0 else '−'}{abs(by):,} |" in readme


def test_pairs_of_neighbours_lie_in_one_province_each_pair_once() -> None:
    with (data_folder() / "vietnam-neighbours.csv").open(encoding="utf-8", newline="") as lines:
        pairs = [(row["code_a"], row["code_b"]) for row in csv.DictReader(lines)]
    assert len(pairs) == 8_228 == len({frozenset(pair) for pair in pairs})
    assert all(country()[a].province == country()[b].province for a, b in pairs)


def test_what_changed_names_units_as_they_were() -> None:
    with (data_folder() / "unit-changes.csv").open(encoding="utf-8", newline="") as lines:
        before = {row["code"]: row for row in csv.DictReader(lines) if row["level"] == "unit"}
    assert len(before) == 22
    for code, row in before.items():
        assert (country()[code].name, country()[code].type) == (row["name_before"], row["type_before"])
    assert Counter(change.level for change in changes()) == {"unit": 22, "province": 3}


@pytest.mark.parametrize(
    ("day", "name", "unit_type", "wards"),
    [
        (date(2025, 7, 1), "Xã Lộc Ninh", UnitType.COMMUNE, 687),
        (date(2026, 4, 29), "Xã Lộc Ninh", UnitType.COMMUNE, 687),
        (date(2026, 4, 30), "Phường Lộc Ninh", UnitType.WARD, 697),
        (date(2026, 9, 19), "Phường Lộc Ninh", UnitType.WARD, 697),
        (date(2026, 9, 20), "Phường Lộc Ninh", UnitType.WARD, 709),
    ],
)
def test_names_and_types_are_those_of_the_day(day: date, name: str, unit_type: UnitType, wards: int) -> None:
    units = in_force(country().values(), day)
    found = next(unit for unit in units if unit.code == "25270")
    assert (found.name, found.type, found.population) == (name, unit_type, country()["25270"].population)
    assert sum(unit.type is UnitType.WARD for unit in units) == wards


def test_a_departments_own_rows_stay_as_its_file_has_them() -> None:
    table = read_units("vietnam")
    own = [replace(unit, origin=None) for unit in table.units]
    assert in_force(own, date(2026, 12, 1)) == tuple(own)
    assert on_day(read_units("hue"), date(2026, 12, 1)) == read_units("hue")


@pytest.mark.parametrize(
    ("name", "day", "city"),
    [
        ("Hà Nội", date(2025, 7, 1), True),
        ("Huế", date(2025, 7, 1), True),
        ("Cao Bằng", date(2026, 12, 1), False),
        ("Đồng Nai", date(2026, 4, 29), False),
        ("Đồng Nai", date(2026, 4, 30), True),
        ("Quảng Ninh", date(2026, 8, 31), False),
        ("Quảng Ninh", date(2026, 9, 1), True),
        ("Bắc Ninh", date(2026, 9, 19), False),
        ("Bắc Ninh", date(2026, 9, 20), True),
    ],
)
def test_provinces_become_cities_on_their_day(name: str, day: date, city: bool) -> None:
    province = find_province(name)
    assert province is not None
    assert is_central_city(province, day) is city


def test_a_class_of_province_that_the_table_gives_stays() -> None:
    table = read_units("hue")
    first, *others = table.units
    said = replace(first, terrain=replace(first.terrain, province_class=ProvinceClass.OTHER))
    classes = [
        unit.terrain.province_class
        for unit in with_classes(replace(table, units=(said, *others)), date(2026, 1, 1)).units
    ]
    assert classes == [ProvinceClass.OTHER, *[ProvinceClass.CENTRAL_CITY] * len(others)]


def test_the_audit_takes_the_types_of_its_day(quota: Callable[..., Run]) -> None:
    for day, unit_type in (("2026-04-29", "commune"), ("2026-04-30", "ward")):
        done = quota("audit", "vietnam", "--format", "csv", "--as-of", day)
        assert done.code == 0
        row = next(row for row in csv.DictReader(done.out.splitlines()) if row["code"] == "25270")
        assert row["type"] == unit_type
        assert row["name"].endswith("Lộc Ninh")


def test_the_standard_for_wards_is_the_citys_from_its_day_on(quota: Callable[..., Run]) -> None:
    """Two wards of Bắc Ninh, 43,762 residents together: under the 45,000 of a ward in a central city."""
    said = {}
    for day in ("2026-09-19", "2026-09-20"):
        wards = ("merge", "09325", "09430", "--population", "vietnam", "--name", "Phường Mới")
        done = quota(*wards, "--as-of", day, "--format", "json")
        said[day] = [problem["code"] for problem in json.loads(done.out)["problems"]]
    assert "standard-not-chosen" in said["2026-09-19"]
    assert "residents-under-standard" in said["2026-09-20"]


def test_units_are_listed_as_of_a_day_and_read_back_as_a_table(
    quota: Callable[..., Run], tmp_path: Path
) -> None:
    listed = tmp_path / "units.csv"
    asked = ("data", "units", "--province", "24", "--as-of", "2026-09-20", "--output", listed)
    assert quota(*asked, "--format", "csv").code == 0
    expected = [
        unit for unit in in_force(country().values(), date(2026, 9, 20)) if unit.province == "Bắc Ninh"
    ]
    read = read_units(listed)
    assert [(unit.code, unit.name, unit.type, unit.population, unit.area_km2) for unit in read.units] == [
        (unit.code, unit.name, unit.type, unit.population, unit.area_km2) for unit in expected
    ]
    assert read.problems == ()


def test_a_province_that_is_none_is_refused(quota: Callable[..., Run]) -> None:
    done = quota("data", "units", "--province", "Hà Đông")
    assert done.code == 2
    assert 'no province is called "Hà Đông"' in done.err
