"""Each check finds its fault and leaves sound tables alone."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from msgspec.structs import replace

from quota import read_units
from quota.analysis.checks.checking import check, suggestions
from quota.core.findings import CheckReport
from quota.core.problems import Severity
from quota.core.units import Border, Unit, UnitTable, UnitType
from quota.tables.shipped.country import country, registry_for
from quota.tables.shipped.provinces import find_province

PEOPLE = [14_211, 17_377, 15_419, 21_003, 18_877, 16_531, 19_249, 22_613, 17_909, 15_733]


def toy(*more: Unit) -> tuple[Unit, ...]:
    units = [
        Unit(f"9000{n}", f"Xã Số {n}", UnitType.COMMUNE, people, area_km2=Decimal(20 + n))
        for n, people in enumerate(PEOPLE)
    ]
    return (*units, *more)


def checked(units: tuple[Unit, ...], total: int | None = None) -> CheckReport:
    return check(UnitTable(units), {}, find_province, control_total=total)


def codes(report: CheckReport) -> list[tuple[str, str]]:
    return [(finding.problem.code, finding.unit.code if finding.unit else "") for finding in report.findings]


@pytest.mark.parametrize("name", ["hai-phong", "ha-noi", "hue", "cao-bang"])
def test_sound_tables_have_no_findings(name: str) -> None:
    assert check(read_units(name), country(), find_province).findings == ()


def test_a_sound_toy_has_none_and_its_total_is_held_to(tmp_path: object) -> None:
    assert checked(toy(), sum(PEOPLE)).findings == ()
    assert codes(checked(toy(), sum(PEOPLE) + 1)) == [("wrong-total", "")]


@pytest.mark.parametrize(
    ("unit", "code"),
    [
        (Unit("99", "Xã Số 3", UnitType.COMMUNE, 15_001), "same-name"),
        (Unit("1", "Phường Mới", UnitType.COMMUNE, 15_001), "type-against-name"),
        (Unit("1", "Xã Mới", UnitType.COMMUNE, sum(PEOPLE)), "total-as-unit"),
        (Unit("1", "Tổng cộng", UnitType.COMMUNE, 15_001), "total-as-unit"),
        (Unit("1", "Xã Mới", UnitType.COMMUNE, None), "blank-population"),
        (Unit("1", "Xã Mới", UnitType.COMMUNE, 1_813), "lost-zeros"),
        (Unit("1", "Xã Mới", UnitType.COMMUNE, 390_001), "implausible-population"),
    ],
)
def test_each_fault_is_found(unit: Unit, code: str) -> None:
    assert (code, unit.code) in codes(checked(toy(unit)))


def test_a_copied_row_is_found_and_of_the_rows_alike_none_is_blamed() -> None:
    copies = [Unit(f"{n}", f"Xã {n}", UnitType.COMMUNE, PEOPLE[0], area_km2=Decimal(20)) for n in range(6)]
    for copied in (copies[:1], copies[:2], copies[5::-1]):
        (found,) = [found for found in checked(toy(*copied)).findings if found.problem.code == "same-figures"]
        assert found.unit is None
        named = str(found.problem.message)
        assert all(f"Xã {unit.code} ({unit.code})" in named for unit in copied[-5:])
        assert ("…" in named) is (len(copied) == 6)


def test_accentless_twins_and_other_provinces_are_kept_apart() -> None:
    twins = (
        Unit("1", "Xã Hòa An", UnitType.COMMUNE, 15_001, province="A"),
        Unit("2", "Xã Hoa An", UnitType.COMMUNE, 15_002, province="A"),
        Unit("3", "Xã Hòa An", UnitType.COMMUNE, 15_003, province="B"),
    )
    assert codes(checked(twins)) == []


def test_lost_zeros_are_likely_beside_the_others_and_not_suggested_before_they_are_proved() -> None:
    units = toy(Unit("1", "Xã Mới", UnitType.COMMUNE, 1_213, area_km2=Decimal(18)))
    (finding,) = checked(units).findings
    assert finding.problem.severity is Severity.ERROR
    assert "1,213 residents on 18 km² (67 a km²)" in str(finding.problem.message)
    assert "With lost zeros: 12,130 residents" in str(finding.problem.message)
    assert suggestions(checked(units)) == {}
    proved = checked(units, sum(PEOPLE) + 12_130)
    assert suggestions(proved) == {"1": 12_130}


def test_a_ward_of_72_residents_never_passes_however_few_units_there_are() -> None:
    for people in (72, 720, 1_903, 5_011):
        ward = Unit("1", "Phường Một", UnitType.WARD, people, area_km2=Decimal(6))
        for units in ((ward,), toy(ward), (replace(ward, area_km2=None),)):
            assert ("lost-zeros", "1") in codes(checked(units)), people


def test_a_table_mostly_in_thousands_is_judged_by_the_country() -> None:
    units = [
        Unit(f"{n}", f"Xã Số {n}", UnitType.COMMUNE, people, area_km2=Decimal(20 + n))
        for n, people in enumerate([14, 17, 15, 21, 19, 17, 18, 28, 17, 16, *PEOPLE[:4]])
    ]
    doubted = {code for kind, code in codes(checked(tuple(units))) if kind == "lost-zeros"}
    assert doubted == {str(n) for n in range(10)}
    assert ("mixed-scales", "") in codes(checked(tuple(units)))


def without_a_final_zero(units: int) -> tuple[Unit, ...]:
    figures = [15_001 + 10 * (7 * n % 600) + n % 9 for n in range(units)]
    assert all(people % 10 for people in figures)
    return tuple(
        Unit(f"{n:05}", f"Xã Số {n}", UnitType.COMMUNE, people, area_km2=Decimal(30))
        for n, people in enumerate(figures)
    )


@pytest.mark.parametrize(("units", "found"), [(43, False), (44, True)])
def test_a_table_of_many_units_without_a_final_zero_is_said_to_be_so(units: int, found: bool) -> None:
    table = without_a_final_zero(units)
    said = ("no-final-zero", "")
    assert (said in codes(checked(table))) is found
    assert said not in codes(checked((replace(table[0], population=15_000), *table[1:])))
    assert said not in codes(checked(table, sum(unit.population or 0 for unit in table)))


def test_how_rarely_no_figure_ends_in_zero_is_said_up_to_a_million() -> None:
    report = checked(without_a_final_zero(140))
    (said,) = [found.problem for found in report.findings if found.problem.code == "no-final-zero"]
    assert str(said.message) == "none of 140 figures ends in 0: by chance that is so in one table of 986,805"


def test_a_province_is_known_from_its_codes_or_its_names_and_its_total_is_held_to() -> None:
    units = list(read_units("hue").units)
    units[3] = replace(units[3], population=(units[3].population or 0) - 5)
    masked = [replace(unit, code=f"x{n}") for n, unit in enumerate(units)]
    for table in (units, masked):
        held = check(UnitTable(tuple(table)), country(), find_province)
        assert "wrong-total" in [code for code, _ in codes(held)]


def test_with_real_codes_every_figure_that_lost_zeros_is_found_and_its_true_one_suggested() -> None:
    units = list(read_units("hue").units)
    for place, unit in enumerate(units):
        people = unit.population or 0
        if people % 10:
            continue
        left = int(str(people).rstrip("0"))
        table = [*units[:place], replace(unit, population=left), *units[place + 1 :]]
        report = check(UnitTable(tuple(table)), country(), find_province)
        assert suggestions(report) == {unit.code: people}


def test_growth_within_reason_is_no_finding_and_far_off_has_both_days() -> None:
    units = list(read_units("hue").units)
    grown = [replace(unit, population=round((unit.population or 0) * 1.15)) for unit in units]
    held = check(UnitTable(tuple(grown)), country(), find_province, known_on=date(2024, 12, 31))
    assert [code for code, _ in codes(held)] == ["wrong-total"]
    grown[3] = replace(grown[3], population=(grown[3].population or 0) * 3)
    held = check(
        UnitTable(tuple(grown)),
        country(),
        find_province,
        known_on=date(2024, 12, 31),
        as_of=date(2026, 6, 30),
    )
    (far,) = [finding for finding in held.findings if finding.problem.code == "far-from-known"]
    assert "2026-06-30" in str(far.problem.message)
    assert "2024-12-31" in str(far.problem.message)
    assert far.residents is None


def test_rows_that_slipped_are_found_by_the_embedded_tables() -> None:
    units = list(read_units("hai-phong").units)
    first, second, third = units[3:6]
    for place, other in ((3, second), (4, third), (5, first)):
        units[place] = replace(units[place], population=other.population, area_km2=other.area_km2)
    report = check(UnitTable(tuple(units)), country(), find_province)
    slipped = [finding for finding in report.findings if finding.problem.code == "slipped-row"]
    assert {found.unit.code: found.residents for found in slipped if found.unit} == {
        unit.code: unit.population for unit in (first, second, third)
    }


def test_an_area_that_is_no_units_is_no_row_that_slipped() -> None:
    units = list(read_units("hai-phong").units)
    units[3] = replace(units[3], area_km2=Decimal("0.123"))
    found = check(UnitTable(tuple(units)), country(), find_province)
    assert "slipped-row" not in [code for code, _ in codes(found)]


def test_codes_and_names_are_held_to_the_embedded_tables() -> None:
    units = list(read_units("hue").units)
    units[0] = replace(units[0], code="99999")
    units[1] = replace(units[1], name="Phường Khác")
    found = codes(check(UnitTable(tuple(units)), country(), find_province))
    assert ("unknown-code", "99999") in found
    assert ("other-name", units[1].code) in found


def test_an_area_is_held_to_its_borders() -> None:
    units = list(toy())
    borders = [Border(unit.code, "x", Decimal(15)) for unit in units]
    assert check(UnitTable(tuple(units)), {}, find_province, borders=borders).findings == ()
    units[0] = replace(units[0], area_km2=Decimal(400))
    report = check(UnitTable(tuple(units)), {}, find_province, borders=borders)
    assert ("area-against-borders", "90000") in codes(report)


def of_number(units: list[Unit]) -> list[str]:
    found = check(UnitTable(tuple(units)), country(), find_province).findings
    return [str(finding.problem.message) for finding in found if finding.problem.code == "number-of-units"]


def test_units_that_a_province_lacks_or_has_too_many_are_counted_and_some_of_them_named() -> None:
    units = list(read_units("hue").units)
    assert of_number(units) == []
    (lacking,) = of_number(units[1:])
    assert lacking == f"Huế has 40 units, the table 39; not in it: {units[0].name} ({units[0].code})"
    (many,) = of_number(units[15:])
    assert many.startswith("Huế has 40 units, the table 25; not in it: ")
    assert many.endswith(" …")
    assert 1 < many.count("(") < 15
    new = replace(units[0], code="99999", name="Xã Thêm", population=15_001, area_km2=None)
    assert of_number([*units, new]) == ["Huế has 40 units, the table 41"]
    assert of_number(units[30:]) == [], "an extract is no table with gaps"


@pytest.mark.parametrize(
    ("code", "name", "province", "others", "read"),
    [
        ("90100", "Xã Khác", None, None, False),
        ("90100", "Xã Khác", "Hà Nội", None, True),
        ("90100", "Xã Khác", "Sơn La", "Sơn La", False),
        ("90100", "Xã Khác", "Hà Nội", "Lai Châu", False),
        ("00004", "Xã Khác", None, None, True),
        ("00004", "Phường Ba Đình", "Hà Nội", "Hà Nội", True),
    ],
)
def test_known_units_that_are_not_read_would_have_found_nothing(
    code: str, name: str, province: str | None, others: str | None, read: bool
) -> None:
    units = toy(Unit(code, name, UnitType.WARD, 65_023, province))
    table = UnitTable(tuple(replace(unit, province=unit.province or others) for unit in units))
    held = check(table, registry_for(table), find_province)
    every = check(table, country(), find_province)
    assert [(found.problem.code, found.unit) for found in held.findings] == [
        (found.problem.code, found.unit) for found in every.findings
    ]
    assert (len(registry_for(table)) > 0) == read
