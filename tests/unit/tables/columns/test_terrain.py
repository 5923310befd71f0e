"""The columns that decide which standard a unit must meet: what is understood, what is taken as unknown."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from quota import read_units
from quota.core.units import Terrain, UnitTable
from quota.tables.columns.terrain import TERRAIN_COLUMNS

HEADER = "code,name,type,population,mountain,island,border,minority_share,province_class"


def read(folder: Path, *cells: str) -> UnitTable:
    path = folder / "units.csv"
    path.write_text(f"{HEADER}\n00001,Xã Một,xã,9000,{','.join(cells)}\n", encoding="utf-8")
    return read_units(path)


def test_a_unit_s_terrain_is_called_as_its_columns_are() -> None:
    assert set(TERRAIN_COLUMNS) == set(Terrain.__struct_fields__)


@pytest.mark.parametrize(
    ("cell", "meant"),
    [
        ("có", True),
        ("Yes", True),
        ("x", True),
        ("1", True),
        ("không", False),
        ("KHONG", False),
        ("0", False),
        ("", None),
    ],
)
def test_yes_and_no_in_both_languages(tmp_path: Path, cell: str, meant: bool | None) -> None:
    table = read(tmp_path, cell, cell, cell, "", "")
    assert table.problems == ()
    assert table.units[0].terrain == Terrain(mountain=meant, island=meant, border=meant)


@pytest.mark.parametrize(
    ("cell", "share"),
    [
        ("62%", Fraction(31, 50)),
        ('"62,5 %"', Fraction(5, 8)),
        ("0.62", Fraction(31, 50)),
        ("31/50", Fraction(31, 50)),
        ("62", Fraction(31, 50)),
        ('"62,5"', Fraction(5, 8)),
        ("100%", Fraction(1)),
        ("0", Fraction(0)),
        ("", None),
    ],
)
def test_a_share_is_exact_however_it_is_written(tmp_path: Path, cell: str, share: Fraction | None) -> None:
    table = read(tmp_path, "", "", "", cell, "")
    assert table.problems == ()
    assert table.units[0].terrain.minority_share == share


@pytest.mark.parametrize("cell", ["101%", "1.01", "51/50", "162", "half", "1/0", "-1%"])
def test_what_is_no_share_is_unknown_and_said(tmp_path: Path, cell: str) -> None:
    table = read(tmp_path, "", "", "", cell, "")
    assert table.units[0].terrain.minority_share is None
    (problem,) = table.problems
    assert (problem.severity.value, problem.row, problem.column, problem.value) == (
        "warning",
        2,
        "minority_share",
        cell,
    )
    assert str(problem.message) == "not a share from 0 to 1; taken as unknown"
    assert str(problem.fix) == "write 62%, 0.62 or 31/50"


def test_a_word_that_is_not_understood_is_unknown_and_said(tmp_path: Path) -> None:
    table = read(tmp_path, "perhaps", "", "", "", "delta")
    assert table.units[0].terrain == Terrain()
    assert [(problem.column, problem.value, str(problem.message)) for problem in table.problems] == [
        ("mountain", "perhaps", "not understood; taken as unknown"),
        ("province_class", "delta", "not understood; taken as unknown"),
    ]
    assert "(có, không)" in str(table.problems[0].fix)
    assert "central_city, mountain_or_border or other" in str(table.problems[1].fix)


@pytest.mark.parametrize(
    ("cells", "shares"),
    [
        (("1", "1"), [None, None]),
        (("1", "0"), [None, Fraction(0)]),
        (("1", "62"), [Fraction(1, 100), Fraction(31, 50)]),
        (("1", "0.62"), [Fraction(1), Fraction(31, 50)]),
        (("1", "62%"), [None, Fraction(31, 50)]),
        (("0.5", "62"), [Fraction(1, 200), Fraction(31, 50)]),
    ],
)
def test_a_share_of_one_is_what_its_column_shows(
    tmp_path: Path, cells: tuple[str, ...], shares: list[Fraction | None]
) -> None:
    path = tmp_path / "units.csv"
    rows = "".join(f"0000{n},Xã {n},xã,9000,,,,{cell},\n" for n, cell in enumerate(cells, start=1))
    path.write_text(f"{HEADER}\n{rows}", encoding="utf-8")
    table = read_units(path)
    assert [unit.terrain.minority_share for unit in table.units] == shares
    assert {problem.code for problem in table.problems} == ({"share-unclear"} if None in shares else set())
