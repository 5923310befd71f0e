"""A terrain table settles what is unknown of a unit, and nothing else; what does not fit is a problem."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from quota.analysis.audit.settling import with_terrain
from quota.core.problems import Severity
from quota.core.units import (
    UNKNOWN_TERRAIN,
    InputFile,
    Origin,
    ProvinceClass,
    Terrain,
    TerrainRow,
    TerrainTable,
    Unit,
    UnitTable,
    UnitType,
)
from tests.laws.test_language import terrain_of

FLAG = st.none() | st.booleans()
TERRAINS = st.builds(terrain_of, mountain=FLAG, island=FLAG, border=FLAG, highland=FLAG)
MOUNTAIN = Terrain(mountain=True)
OFFICIAL = frozenset(("00001", "00002", "00777"))


def _unit(number: int, name: str, province: str | None = "Toy", terrain: Terrain = UNKNOWN_TERRAIN) -> Unit:
    return Unit(f"{number:05}", name, UnitType.COMMUNE, 20_000, province, terrain=terrain)


def _row(
    code: str | None = None,
    name: str | None = None,
    province: str | None = None,
    terrain: Terrain = MOUNTAIN,
    line: int = 2,
) -> TerrainRow:
    return TerrainRow(code, name, province, terrain, Origin("t.csv", line))


UNITS = UnitTable((_unit(1, "Xã Một"), _unit(2, "Xã Hai"), _unit(3, "Xã Một", "Other")))


@given(st.lists(st.tuples(TERRAINS, st.none() | TERRAINS), min_size=1, max_size=6))
def test_what_the_units_own_table_says_stays_and_the_rest_is_settled(
    drawn: list[tuple[Terrain, Terrain | None]],
) -> None:
    units = UnitTable(
        tuple(_unit(number, f"Xã {number}", terrain=own) for number, (own, _) in enumerate(drawn))
    )
    rows = tuple(
        _row(f"{number:05}", terrain=said) for number, (_, said) in enumerate(drawn) if said is not None
    )
    found = with_terrain(units, TerrainTable(rows))
    against = 0
    for unit, (own, said) in zip(found.units, drawn, strict=True):
        for name in ("mountain", "island", "border", "highland"):
            known, told = getattr(own, name), getattr(said, name) if said else None
            assert getattr(unit.terrain, name) == (told if known is None else known)
            against += known is not None and told is not None and known != told
    assert len(found.problems) == against
    assert {problem.code for problem in found.problems} <= {"terrain-against-table"}


def test_a_name_is_looked_for_in_its_province() -> None:
    table = TerrainTable((_row(name="xã một", province="TOY"), _row(name="Xã Một", province="other")))
    found = with_terrain(UNITS, table)
    assert not found.problems
    assert [unit.terrain.mountain for unit in found.units] == [True, None, True]


def test_a_name_of_several_units_is_refused_without_its_province() -> None:
    (problem,) = with_terrain(UNITS, TerrainTable((_row(name="Xã Một"),))).problems
    assert (problem.code, problem.severity) == ("matches-several", Severity.ERROR)


def test_a_unit_whose_province_is_unknown_may_be_in_any() -> None:
    units = UnitTable((_unit(1, "Xã Một", None), _unit(2, "Xã Hai", "Toy")))
    found = with_terrain(units, TerrainTable((_row(name="Xã Một", province="Elsewhere"),)))
    assert found.units[0].terrain.mountain is True


def test_a_code_decides_whatever_province_stands_beside_it() -> None:
    found = with_terrain(UNITS, TerrainTable((_row("00002", province="Other"),)))
    assert found.units[1].terrain.mountain is True


def test_rows_of_units_elsewhere_are_left_out_with_one_remark() -> None:
    rows = (_row("00777"), _row("00778", province="Third"), _row(name="Xã Ba", province="Third"))
    (problem,) = with_terrain(UNITS, TerrainTable(rows), OFFICIAL).problems
    assert (problem.code, problem.severity, problem.file) == (
        "terrain-elsewhere",
        Severity.INFORMATION,
        "t.csv",
    )
    assert "3 rows are for units outside" in str(problem.message)


def test_a_row_of_no_unit_is_refused() -> None:
    rows = (_row("00778"), _row(name="Xã Ba", province="Toy"))
    problems = with_terrain(UNITS, TerrainTable(rows), OFFICIAL).problems
    assert [(problem.code, problem.severity) for problem in problems] == [("unmatched", Severity.ERROR)] * 2


def test_a_unit_has_one_row_by_code_or_by_name() -> None:
    rows = (_row("00002"), _row(name="Xã Hai", province="Toy", terrain=Terrain(mountain=False), line=3))
    found = with_terrain(UNITS, TerrainTable(rows))
    (problem,) = found.problems
    assert (problem.code, problem.row, problem.severity) == ("terrain-twice", 3, Severity.ERROR)
    assert "on row 2" in str(problem.message)
    bare = TerrainRow("00002", None, None, UNKNOWN_TERRAIN)
    assert "on row ?" in str(with_terrain(UNITS, TerrainTable((bare, bare))).problems[0].message)


def test_what_a_row_says_otherwise_is_named_as_tables_write_it() -> None:
    own = Terrain(True, minority_share=Fraction(1, 2), province_class=ProvinceClass.OTHER, unit_class="I")
    said = Terrain(
        False, minority_share=Fraction(1, 4), province_class=ProvinceClass.CENTRAL_CITY, unit_class="II"
    )
    units = UnitTable((_unit(1, "Xã Một", terrain=own),))
    found = with_terrain(units, TerrainTable((_row("00001", terrain=said),)))
    assert [(problem.column, problem.value, problem.row) for problem in found.problems] == [
        ("mountain", "no", 2),
        ("minority_share", "1/4", 2),
        ("province_class", "central_city", 2),
        ("unit_class", "II", 2),
    ]
    assert found.units[0].terrain == own


def test_a_row_that_agrees_is_no_problem() -> None:
    units = UnitTable((_unit(1, "Xã Một", terrain=Terrain(mountain=True)),))
    assert not with_terrain(units, TerrainTable((_row("00001"),))).problems


def test_problems_and_files_of_both_tables_are_kept() -> None:
    source, other = InputFile("u.csv", "a", 3), InputFile("t.csv", "b", 1)
    units = UnitTable(UNITS.units, sources=(source,))
    found = with_terrain(units, TerrainTable((), sources=(other,)))
    assert found.sources == (source, other)
    assert not found.problems
