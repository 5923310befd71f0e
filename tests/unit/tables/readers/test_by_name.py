"""Units by name: every official name in every way it is written, and none guessed."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quota import read_units
from quota.core.names import TYPE_NAMES, fold, without_accents, without_prefix
from quota.core.problems import Severity
from quota.core.units import Unit
from quota.tables.readers.by_name import Unclear, province_of, unit_named
from quota.tables.shipped.country import country

UNITS = tuple(country().values())
_SHORT = {"Xã": "X.", "Phường": "P.", "Đặc khu": "ĐK."}


def bare(unit: Unit) -> str:
    return unit.name.removeprefix(f"{TYPE_NAMES[unit.type]} ")


def ways(unit: Unit) -> list[str]:
    """How offices write the name, accents kept."""
    word, short = TYPE_NAMES[unit.type], bare(unit)
    return [
        unit.name,
        short,
        unit.name.upper(),
        f"{_SHORT[word]} {short}",
        f"{_SHORT[word]}{short}",
        f"UBND {word.lower()} {short}",
        f"Ủy ban nhân dân {word.lower()} {short}",
        unicodedata.normalize("NFD", unit.name),
        f"  {word}   {short} ",
        unit.name.replace("'", "\u2019").replace(" - ", " \u2013 "),
        unit.name.replace(" - ", "-"),
    ]


@pytest.mark.parametrize("way", range(len(ways(UNITS[0]))))
def test_every_unit_is_found_in_every_way_it_is_written(way: int) -> None:
    for unit in UNITS:
        found = unit_named(ways(unit)[way], str(unit.province))
        assert isinstance(found, Unit), (ways(unit)[way], found)
        assert found.code == unit.code


def test_without_accents_one_alone_is_found_and_several_are_asked_about() -> None:
    unclear = []
    for unit in UNITS:
        found = unit_named(without_accents(unit.name), str(unit.province))
        if isinstance(found, Unclear):
            assert found.code == "several-units"
            assert unit.code in str(found.fix)
            unclear.append(unit.name)
        else:
            assert found.code == unit.code
    assert len(unclear) == 16
    assert {"Xã Văn Lang", "Xã Văn Lăng", "Xã Ba Tơ", "Xã Ba Tô"} <= set(unclear)


_LETTERS = "aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạếềộồ"


@given(unit=st.sampled_from(UNITS), place=st.integers(0, 30), letter=st.sampled_from(_LETTERS))
def test_a_name_with_a_wrong_letter_is_never_another_units(unit: Unit, place: int, letter: str) -> None:
    short = bare(unit)
    at = place % len(short)
    wrong = f"{TYPE_NAMES[unit.type]} {short[:at]}{letter}{short[at + 1 :]}"
    found = unit_named(wrong, str(unit.province))
    if isinstance(found, Unit):  # then it is spelled as that unit is, but for what does not matter
        plain = [without_prefix(without_accents(name)).replace("y", "i") for name in (wrong, found.name)]
        assert plain[0] == plain[1]


def test_the_type_that_is_wrong_is_not_overlooked() -> None:
    found = unit_named("Phường Đại Từ", "Thái Nguyên")
    assert isinstance(found, Unclear)
    assert found.code == "unknown-name"
    assert "Xã Đại Từ" in str(found.fix)


def test_a_name_before_and_after_a_change_is_the_same_unit() -> None:
    for name in ("Xã Lộc Ninh", "Phường Lộc Ninh", "Lộc Ninh"):
        found = unit_named(name, "Đồng Nai")
        assert isinstance(found, Unit)
        assert found.code == "25270"


def test_the_province_is_the_one_that_has_the_names() -> None:
    assert province_of(["Phường Phan Đình Phùng", "Xã Đại Từ"]) == "Thái Nguyên"
    assert province_of(["Xã Tân Thành"]) is None  # several provinces have one
    assert province_of([]) is None
    for province in {str(unit.province) for unit in UNITS}:
        assert province_of([unit.name for unit in UNITS if unit.province == province]) == province


def table(folder: Path, text: str) -> Path:
    path = folder / "bang.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_table_of_names_gets_its_codes(tmp_path: Path) -> None:
    text = "Đơn vị,Dân số\nUBND phường Phan Đình Phùng,103512\nXã Đại Từ,37650\n"
    read = read_units(table(tmp_path, text))
    assert [(unit.code, unit.name, unit.population) for unit in read.units] == [
        ("05443", "Phường Phan Đình Phùng", 103_512),
        ("05830", "Xã Đại Từ", 37_650),
    ]
    said = [problem for problem in read.problems if problem.code == "coded-by-name"]
    assert len(said) == 1
    assert "Thái Nguyên" in str(said[0].message)
    assert all(problem.severity is Severity.INFORMATION for problem in read.problems)


@pytest.mark.parametrize(
    ("rows", "code", "value"),
    [
        ("Phường Phan Đình Phùng,1\nXã Đại Tứ,2\nXã Phú Lạc,3\n", "unknown-name", "Xã Đại Tứ"),
        ("Phường Phan Đình Phùng,1\nXã Van Lang,2\nXã Phú Lạc,3\n", "several-units", "Xã Van Lang"),
        ("Xã Tân Thành,1\n", "no-province", "Xã Tân Thành"),
    ],
)
def test_what_is_close_but_not_equal_is_asked_about(tmp_path: Path, rows: str, code: str, value: str) -> None:
    read = read_units(table(tmp_path, f"Đơn vị,Dân số\n{rows}"))
    errors = [problem for problem in read.problems if problem.severity is Severity.ERROR]
    assert [(problem.code, problem.value) for problem in errors] == [(code, value)]


def test_the_province_of_a_row_decides_where_a_column_says_it(tmp_path: Path) -> None:
    text = "Đơn vị,Tỉnh,Dân số\nXã Tân Thành,Tây Ninh,1\nXã Tân Thành,Thái Nguyên,2\n"
    read = read_units(table(tmp_path, text))
    expected = {unit.code for unit in UNITS if fold(unit.name) == fold("Xã Tân Thành")}
    assert len({unit.code for unit in read.units} & expected) == 2
