"""Neighbours of official units: all of them, or none where a unit is no longer what it was."""

from __future__ import annotations

from msgspec.structs import replace

from quota import read_units
from quota.tables.readers.borders import read_borders
from quota.tables.shipped.beside import official_neighbours
from quota.tables.shipped.country import changes, country


def test_the_neighbours_of_a_province_are_those_of_the_countrys_table() -> None:
    units = read_units("hue").units
    found = official_neighbours(units)
    borders = read_borders("vietnam-neighbours").borders
    pairs = {(border.code_a, border.code_b) for border in borders if border.code_a in found}
    assert {(code, other) for code, beside in found.items() for other in beside if code < other} == pairs
    assert found.keys() == {unit.code for unit in units}


def test_a_unit_without_all_its_neighbours_is_left_out() -> None:
    units = read_units("hue").units
    whole = official_neighbours(units)
    gone = units[0].code
    found = official_neighbours(units[1:])
    assert found.keys() == whole.keys() - {gone} - whole[gone]
    assert all(found[code] == whole[code] for code in found)


def test_a_unit_of_another_name_is_another_unit() -> None:
    units = read_units("hue").units
    whole = official_neighbours(units)
    renamed = (replace(units[0], name="Phường Mới"), *units[1:])
    assert official_neighbours(renamed).keys() == whole.keys() - {units[0].code} - whole[units[0].code]
    assert official_neighbours([replace(units[0], code="x")]) == {}


def test_a_unit_may_have_the_name_that_it_has_later() -> None:
    change = next(change for change in changes() if change.level == "unit")
    province = country()[change.code].province
    units = [unit for unit in country().values() if unit.province == province]
    later = [replace(unit, name=change.name) if unit.code == change.code else unit for unit in units]
    assert official_neighbours(later) == official_neighbours(units)
    assert change.code in official_neighbours(later)
