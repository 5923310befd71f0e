"""Forms as departments keep them (made-up figures): each reads to the truth, or says what to settle."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from quota import read_staff, read_units
from quota.core.problems import Severity

GIVEN = Path(__file__).parents[3] / "given" / "forms"


def truth(name: str) -> list[dict[str, str]]:
    with (GIVEN / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


NAMES = {row["code"]: row["name"] for row in truth("pop.csv")}
RESIDENTS = {row["code"]: int(row["population"]) for row in truth("pop.csv")}
STAFF = {
    NAMES[row["code"]]: [int(row[bloc]) for bloc in ("government", "party", "front")]
    for row in truth("staff.csv")
}


def errors(table: object) -> list[tuple[str, int | None]]:
    problems = table.problems  # type: ignore[attr-defined]  # of any kind of table
    return [(one.code, one.row) for one in problems if one.severity is Severity.ERROR]


def staff(name: str) -> dict[str | None, list[int | None]]:
    table = read_staff(GIVEN / name)
    assert errors(table) == []
    return {row.name: list(row.staff) for row in table.rows}


def residents(name: str) -> dict[str, int | None]:
    table = read_units(GIVEN / name)
    assert errors(table) == []
    return {unit.code: unit.population for unit in table.units}


@pytest.mark.parametrize("name", ["dan-so.xlsx", "f5.xlsx"])
def test_residents_are_those_of_the_clean_table(name: str) -> None:
    assert residents(name) == RESIDENTS


def test_residents_are_people_and_not_households() -> None:
    assert residents("A1-pop.csv") == {"05443": 103_512, "05758": 37_650}


def test_a_section_with_a_subtotal_is_no_unit() -> None:
    assert residents("B-muc-co-tong.csv") == {"05443": 103_512, "05758": 37_650}


@pytest.mark.parametrize("name", ["bien-che.xlsx", "c-bien-che-ubnd.xlsx"])
def test_staff_is_that_of_the_clean_table(name: str) -> None:
    assert staff(name) == STAFF


def test_three_rows_of_heading() -> None:
    five = list(STAFF)[:5]
    assert staff("b6.xlsx") == {name: STAFF[name] for name in five}
    assert list(staff("x6_three_rows.xlsx").values()) == [[47, 16, 8], [44, 19, 10]]


@pytest.mark.parametrize("name", ["A1-staff.csv", "B-khong-ma.csv"])
def test_people_present_are_read_beside_posts_assigned(name: str) -> None:
    assert staff(name) == {"Phường Phan Đình Phùng": [60, 11, 5], "Xã Đại Từ": [30, 12, 4]}


def test_the_front_by_its_long_name() -> None:
    assert staff("B-mttq.csv") == {"Phường Phan Đình Phùng": [60, 11, 5]}


def test_a_table_that_grants_posts_is_no_table_of_people() -> None:
    assert errors(read_staff(GIVEN / "A2-giao.csv")) == [("only-assigned", 2)]
