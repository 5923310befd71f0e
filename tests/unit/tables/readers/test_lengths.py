"""Lengths of borders and distances are in what the table says; where it does not, that is said."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from quota.core.problems import Severity
from quota.tables.readers.borders import read_borders
from quota.tables.readers.distances import read_distances


def write(folder: Path, heading: str, *cells: str) -> Path:
    path = folder / "pairs.csv"
    rows = (f'00004,0000{place},"{cell}"' for place, cell in enumerate(cells, start=5))
    path.write_text("\n".join([f'code_a,code_b,"{heading}"', *rows]) + "\n", encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("heading", "cell", "km"),
    [
        ("shared_border_km", "3.5", "3.5"),
        ("Chiều dài ranh giới (km)", "3,5", "3.5"),
        ("Chiều dài ranh giới (m)", "3500", "3.5"),
        ("Chiều dài đường địa giới hành chính (mét)", "3500", "3.5"),
        ("Chiều dài ranh giới", "3,5 km", "3.5"),
        ("Chiều dài ranh giới", "3500 m", "3.5"),
        ("border length (m)", "999", "0.999"),
    ],
)
def test_borders_are_kilometres_whatever_the_table_is_in(
    tmp_path: Path, heading: str, cell: str, km: str
) -> None:
    table = read_borders(write(tmp_path, heading, cell))
    assert [border.km for border in table.borders] == [Decimal(km)]
    assert {problem.code for problem in table.problems} <= {"unit-of-measure", "number-convention"}


@pytest.mark.parametrize(
    ("heading", "cell", "metres"),
    [
        ("km", "3.5", 3500),
        ("Cự ly (m)", "3500", 3500),
        ("Khoảng cách (m)", "3500", 3500),
        ("metres", "3500", 3500),
        ("Cự ly (km)", "3.5", 3500),
        ("distance_km", "3.5", 3500),
        ("Khoảng cách", "3.5 km", 3500),
    ],
)
def test_distances_are_metres_whatever_the_table_is_in(
    tmp_path: Path, heading: str, cell: str, metres: int
) -> None:
    table = read_distances(write(tmp_path, heading, cell))
    assert list(table.pairs.values()) == [metres]
    assert {problem.code for problem in table.problems} <= {"unit-of-measure"}


def test_lengths_of_which_nothing_says_in_what_they_are_are_not_read(tmp_path: Path) -> None:
    table = read_borders(write(tmp_path, "Chiều dài ranh giới", "3.5", "7"))
    assert [border.km for border in table.borders] == [None, None]
    assert [(problem.code, problem.severity) for problem in table.problems] == [
        ("unit-not-said", Severity.WARNING)
    ]
    assert "(km)" in str(table.problems[0].fix)
    distances = read_distances(write(tmp_path, "Khoảng cách", "3.5", "7"))
    assert distances.pairs == {}
    assert [(problem.code, problem.severity) for problem in distances.problems] == [
        ("unit-not-said", Severity.ERROR)
    ]
    assert read_borders(write(tmp_path, "Chiều dài ranh giới", "", "")).problems == ()


def test_a_heading_that_speaks_of_lengths_and_is_not_understood_is_warned_of(tmp_path: Path) -> None:
    table = read_borders(write(tmp_path, "Tổng độ dài phần tiếp giáp đo được", "3.5"))
    assert [border.km for border in table.borders] == [None]
    assert [problem.code for problem in table.problems] == ["length-not-read"]
    assert read_borders(write(tmp_path, "Ghi chú", "3.5")).problems == ()
