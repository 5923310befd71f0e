"""The embedded country's doubts, found by `check` itself, and real faults beside the truth."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

import pytest
from msgspec.structs import replace

from quota import read_units
from quota.analysis.checks.checking import check, suggestions
from quota.core.findings import CheckReport
from quota.core.units import Unit, UnitTable
from quota.tables.readers.borders import read_borders
from quota.tables.readers.shapes.boundaries import km2, read_boundaries
from quota.tables.shipped.country import COUNTRY_NEIGHBOURS, country
from quota.tables.shipped.provinces import find_province

REFERENCE = Path(__file__).parents[5] / "shared" / "data" / "reference"
needs_reference = pytest.mark.skipif(
    not REFERENCE.exists(), reason="the reference tables lie beside the project"
)


def checked(units: list[Unit]) -> CheckReport:
    return check(
        UnitTable(tuple(units)),
        country(),
        find_province,
        known_borders=lambda: read_borders(COUNTRY_NEIGHBOURS).borders,
    )


def test_the_country_s_table_has_its_doubts_and_no_false_alarm_where_provinces_add_up() -> None:
    report = checked(list(country().values()))
    kinds = Counter(finding.problem.code for finding in report.findings)
    assert kinds["wrong-total"] == 15
    assert kinds["one-predecessor"] == 24
    assert kinds["same-figures"] == 1
    assert suggestions(report) == {}
    missed = {
        str(finding.problem.message).split(":")[0]
        for finding in report.findings
        if finding.problem.code == "wrong-total"
    }
    sound = [
        finding
        for finding in report.findings
        if finding.unit is not None and finding.unit.province not in missed
    ]
    assert [finding.unit.name for finding in sound if finding.unit] == ["Đặc khu Vân Đồn"]


@pytest.mark.parametrize("seed", range(3))
def test_residents_swapped_or_slipped_alone_are_found_where_codes_are_known(seed: int) -> None:
    chance = random.Random(seed)
    units = [unit for unit in country().values() if unit.province == "Nghệ An"]
    place = chance.randrange(len(units) - 3)
    run = units[place : place + 2 + seed]
    table = list(units)
    for offset, (unit, other) in enumerate(zip(run, [*run[1:], run[0]], strict=True)):
        table[place + offset] = replace(unit, population=other.population)
    report = checked(table)
    assert suggestions(report) == {unit.code: unit.population for unit in run}
    assert {finding.problem.code for finding in report.findings} == {"others-residents"}


def test_codes_that_moved_by_a_row_suggest_nothing() -> None:
    units = [unit for unit in country().values() if unit.province == "Nghệ An"]
    first, second = units[4:6]
    units[4], units[5] = replace(first, code=second.code), replace(second, code=first.code)
    assert suggestions(checked(units)) == {}


@needs_reference
def test_of_the_real_lost_zeros_nearly_all_are_found_with_codes_and_names_masked() -> None:
    truth = country()
    groups: dict[str, list[Unit]] = {}
    for unit in read_units(REFERENCE / "communes.csv").units:
        groups.setdefault(unit.province or "", []).append(unit)
    lost = found = clean = wrong = 0
    for units in groups.values():
        masked = [
            replace(unit, code=f"m{place}", name=f"Đơn vị {place}", province=None)
            for place, unit in enumerate(units)
        ]
        report = checked(masked)
        assert suggestions(report) == {}
        doubted = {finding.unit.code for finding in report.findings if finding.unit is not None}
        for unit, mask in zip(units, masked, strict=True):
            right = truth[unit.code].population if unit.code in truth else None
            if unit.population and right and any(unit.population * 10**zeros == right for zeros in (1, 2, 3)):
                lost += 1
                found += mask.code in doubted
            elif unit.population == right:
                clean += 1
                wrong += mask.code in doubted
    assert lost > 100
    assert found >= 0.93 * lost
    assert wrong <= 0.01 * clean


@pytest.mark.parametrize("province", [None, "Tỉnh Nào Đó"])
def test_under_other_names_and_codes_nothing_is_suggested(province: str | None) -> None:
    """Every province of the country as a table of units that nobody knows: its true figures stay."""
    groups: dict[str, list[Unit]] = {}
    for unit in country().values():
        groups.setdefault(unit.province or "", []).append(unit)
    assert len(groups) == 34
    for units in groups.values():
        masked = [
            replace(unit, code=f"9{place:04}", name=f"Đơn vị số {place}", province=province)
            for place, unit in enumerate(units)
        ]
        assert suggestions(checked(masked)) == {}


@needs_reference
def test_rows_that_slipped_are_found_by_their_boundaries() -> None:
    units = [unit for unit in read_units(REFERENCE / "communes.csv").units if unit.province == "Hải Phòng"]
    shapes = read_boundaries(REFERENCE / "hai-phong.geojson", units).shapes
    outlines = {code: km2(shape) for code, shape in shapes.items()}
    report = check(UnitTable(tuple(units)), {}, find_province, outlines=outlines)
    slipped = {unit.code for unit in units if country()[unit.code].area_km2 != unit.area_km2}
    doubted = [
        finding.unit.code
        for finding in report.findings
        if finding.unit is not None and finding.problem.column == "area_km2"
    ]
    assert len(slipped) == 5
    assert slipped <= set(doubted)
    assert len(doubted) <= 8


@pytest.mark.parametrize("masked", ["codes", "names"])
def test_a_table_that_names_no_province_is_known_by_what_it_does_name(masked: str) -> None:
    units = [replace(unit, province=None) for unit in country().values() if unit.province == "Lạng Sơn"]
    units = [
        replace(unit, code=f"m{place}") if masked == "codes" else replace(unit, name=f"Đơn vị {place}")
        for place, unit in enumerate(units)
    ]
    units[7] = replace(units[7], population=(units[7].population or 0) + 1)
    (total,) = [finding for finding in checked(units).findings if finding.problem.code == "wrong-total"]
    assert str(total.problem.message).startswith("Lạng Sơn: ")
    assert checked([replace(unit, code="", name="") for unit in units[:3]]).findings[-1:] != (total,)


def test_merged_units_whose_province_adds_up_are_no_finding() -> None:
    units = [unit for unit in country().values() if unit.province == "Lạng Sơn"]
    first, second = units[:2]
    merged = replace(first, population=(first.population or 0) + 2 * (second.population or 0))
    both = replace(first, population=(first.population or 0) + (second.population or 0))
    assert checked([both, *units[2:]]).findings == ()
    assert {finding.problem.code for finding in checked([merged, *units[2:]]).findings} >= {"number-of-units"}


def test_residents_and_area_that_slipped_together_are_one_finding_a_unit() -> None:
    units = [unit for unit in country().values() if unit.province == "Lạng Sơn"]
    run = units[4:7]
    for place, (unit, other) in enumerate(zip(run, [*run[1:], run[0]], strict=True), start=4):
        units[place] = replace(unit, population=other.population, area_km2=other.area_km2)
    report = checked(units)
    assert {finding.problem.code for finding in report.findings} == {"slipped-row"}
    assert suggestions(report) == {unit.code: unit.population for unit in run}
