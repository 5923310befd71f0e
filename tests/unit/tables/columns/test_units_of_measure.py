"""Units of measure in titles, headings and notes: what one of them is, and that it is said."""

from __future__ import annotations

import random
from decimal import Decimal
from pathlib import Path

import pytest

from quota import read_units
from quota.core.units import UnitTable
from quota.tables.files.units_said import unit_at_end
from tests.laws.often import LONG

CASES = Path(__file__).parents[1] / "cases"


def read(folder: Path, text: str) -> UnitTable:
    path = folder / "units.csv"
    path.write_text(text, encoding="utf-8")
    return read_units(path)


def codes(table: UnitTable) -> set[str]:
    return {problem.code for problem in table.problems}


def test_a_title_in_thousands_of_people() -> None:
    table = read_units(CASES / "min_thousand.csv")
    assert table.units[0].population == 50_000
    assert "unit-of-measure" in codes(table)


@pytest.mark.parametrize(
    ("heading", "rest", "factor"),
    [
        ("Dân số (nghìn người)", "Dân số", 1000),
        ("Dân số (1.000 người)", "Dân số", 1000),
        ("Dân số, ngàn người", "Dân số", 1000),
        ("Dân số (ĐVT: 1000 người)", "Dân số", 1000),
        ("Dân số / Nghìn người", "Dân số", 1000),
        ("Dân số (người)", "Dân số", 1),
        ("Dân số (triệu người)", "Dân số", 1_000_000),
        ("Diện tích (ha)", "Diện tích", Decimal("0.01")),
        ("Diện tích (km²)", "Diện tích", 1),
        ("Tỷ lệ (%)", "Tỷ lệ", 1),
        ("Khoảng cách (km)", "Khoảng cách", Decimal(1)),
        ("Chiều dài, m", "Chiều dài", Decimal("0.001")),
        ("Km", "Km", None),
        ("Dân số", "Dân số", None),
    ],
)
def test_units_in_headings(heading: str, rest: str, factor: Decimal | None) -> None:
    found, said = unit_at_end(heading)
    assert (found, said and said.factor) == (rest, factor)


def test_a_note_below_counts_and_a_heading_overrules_it(tmp_path: Path) -> None:
    rows = "10001,Xã A,xã,{figure}\nGhi chú,,,\nĐơn vị tính: nghìn người,,,\n"
    noted = read(tmp_path, "code,name,type,Dân số\n" + rows.format(figure="9.5"))
    assert noted.units[0].population == 9_500
    headed = read(tmp_path, "code,name,type,Dân số (người)\n" + rows.format(figure="9500"))
    assert headed.units[0].population == 9_500


def test_a_figure_that_the_unit_makes_absurd_is_refused(tmp_path: Path) -> None:
    table = read(tmp_path, "code,name,type,Dân số (nghìn người)\n10001,Xã A,xã,9500\n")
    assert "absurd" in codes(table)


def test_no_figure_in_a_unit_is_misread_in_silence(tmp_path: Path) -> None:
    """Units × places that say them × conventions: the people and km² meant, or a problem."""
    rng = random.Random(18)
    for _ in range(5_000 if LONG else 100):
        unit, many = rng.choice([("người", 1), ("nghìn người", 1000), ("1.000 người", 1000)])
        squares, part = rng.choice([("km2", 1), ("ha", 100)])
        mark, thousands = rng.choice([(".", ","), (",", ".")])
        noted = rng.random() < 0.5
        title = f"ĐVT: {unit}; {squares};;;;\n" if noted else ""
        header = (
            "Mã;Tên;Loại;Dân số;Diện tích\n"
            if noted
            else f"Mã;Tên;Loại;Dân số ({unit});Diện tích ({squares})\n"
        )
        people = [rng.randint(300, 290_000) for _ in range(rng.randint(1, 4))]
        areas = [Decimal(rng.randint(100, 110_000)) / 100 for _ in people]
        swap = str.maketrans({",": thousands, ".": mark})
        lines = [
            f"{10001 + n};Xã {n};xã;{Decimal(count) / many:,};{(area * part).normalize():,f}".translate(swap)
            for n, (count, area) in enumerate(zip(people, areas, strict=True))
        ]
        table = read(tmp_path, title + header + "\n".join(lines) + "\n")
        said = {
            (problem.row, problem.column) for problem in table.problems if problem.severity != "information"
        }
        for n, unit_read in enumerate(table.units):
            row = n + (3 if noted else 2)
            for column, got, meant in (
                ("Dân số", unit_read.population, people[n]),
                ("Diện tích", unit_read.area_km2, areas[n]),
            ):
                if got is None:
                    assert any(at == row and (of or "").startswith(column) for at, of in said)
                else:
                    assert got == meant, (lines, unit, squares)
