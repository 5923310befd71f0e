"""What is doubtful in embedded figures: `quota check` finds it, and it is said beside the figures once."""

from __future__ import annotations

import csv
import json
import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from quota import read_units
from quota.analysis.checks.checking import check
from quota.core.problems import DOUBTFUL_FIGURES, Problem
from quota.core.units import UnitTable
from quota.run.locations import data_folder
from quota.tables.readers.borders import read_borders
from quota.tables.shipped.country import COUNTRY_NEIGHBOURS, country
from quota.tables.shipped.doubtful import doubts_about
from quota.tables.shipped.provinces import find_province
from tests.conftest import Run

COPIED = "Xã Bình Sơn (30823, An Giang) repeats the row of Xã Hòn Đất: its own figures are not known"
PREDECESSORS = "24 units of Cà Mau have area and residents of only one predecessor each"
OTHERS = "figures of other units or provinces of the table are in doubt too"
DAY = ("--as-of", "2026-01-31")


@pytest.fixture(scope="module")
def vietnam() -> UnitTable:
    return read_units("vietnam")


def doubts(problems: tuple[Problem, ...]) -> list[str]:
    return [str(problem.message) for problem in problems if problem.code == DOUBTFUL_FIGURES]


def test_the_country_s_doubts_are_said_by_kind_the_furthest_total_first(vietnam: UnitTable) -> None:
    totals, remainder, copied, predecessors = doubts(vietnam.problems)
    assert totals.startswith(
        "the residents of 15 provinces do not add up to their published totals: Hồ Chí Minh 665,500 too "
        "many, Cà Mau 618,208 too few, Đà Nẵng 57,287 too many, "
    )
    assert totals.count(" too ") == 15
    assert remainder == (
        "Đặc khu Vân Đồn (06994, Quảng Ninh) has what the province's total leaves, 53,904 residents; its "
        "area is not known"
    )
    assert (copied, predecessors) == (COPIED, PREDECESSORS)


def test_the_doubted_units_are_those_that_check_finds_by_itself() -> None:
    known = country()
    with (data_folder() / "doubts.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    kinds = Counter(row["kind"] for row in rows)
    assert kinds == {"one-predecessor": 24, "copied": 1, "remainder": 1}
    here = [unit for unit in known.values() if unit.province in ("Cà Mau", "An Giang", "Quảng Ninh")]
    found = check(
        UnitTable(tuple(here)),
        known,
        find_province,
        known_borders=lambda: read_borders(COUNTRY_NEIGHBOURS).borders,
    ).findings
    parts = {
        finding.unit.code
        for finding in found
        if finding.unit is not None and finding.problem.code == "one-predecessor"
    }
    assert parts == {row["code"] for row in rows if row["kind"] == "one-predecessor"}
    assert round(sum(known[code].area_km2 or 0 for code in parts)) == 936
    (copied,) = [row for row in rows if row["kind"] == "copied"]
    binh_son, hon_dat = known[copied["code"]], known[copied["of"]]
    assert (binh_son.population, binh_son.area_km2) == (hon_dat.population, hon_dat.area_km2)
    (rest,) = [row["code"] for row in rows if row["kind"] == "remainder"]
    quang_ninh = find_province("Quảng Ninh")
    assert quang_ninh is not None
    others = sum(
        unit.population or 0 for unit in known.values() if unit.province == "Quảng Ninh" and unit.code != rest
    )
    assert known[rest].population == quang_ninh.population - others


@pytest.mark.parametrize("table", ["hai-phong", "ha-noi", "hue", "cao-bang"])
def test_a_table_that_adds_up_has_no_doubts(table: str) -> None:
    assert doubts(read_units(table).problems) == []


def test_a_copy_has_them_and_a_changed_copy_is_the_user_s_own(tmp_path: Path) -> None:
    copy = tmp_path / "mine.csv"
    shutil.copy(data_folder() / "ha-tinh.csv", copy)
    (doubt,) = [problem for problem in read_units(copy).problems if problem.code == DOUBTFUL_FIGURES]
    assert (doubt.file, str(doubt.message)) == (
        str(copy),
        "the residents do not add up to the published total of the province: Hà Tĩnh 160 too many",
    )
    copy.write_text(copy.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert doubts(read_units(copy).problems) == []


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("00004", []),
        ("06994", ["has what the province's total leaves"]),
        ("30817", ["An Giang 42,976 too many"]),
        ("30823", ["An Giang 42,976 too many", COPIED]),
        ("31825", ["Cà Mau 618,208 too few", "has area and residents of only one of its predecessors"]),
        ("31975", ["Cà Mau 618,208 too few"]),
    ],
)
def test_a_unit_has_its_own_doubts_and_its_province_s(vietnam: UnitTable, code: str, said: list[str]) -> None:
    (unit,) = [unit for unit in vietnam.units if unit.code == code]
    found = doubts_about([unit], vietnam.units, vietnam.problems, vietnam.sources)
    assert len(doubts(found)) == len(said)
    assert all(part in message for part, message in zip(said, doubts(found), strict=True))
    others = [problem for problem in vietnam.problems if problem.code != DOUBTFUL_FIGURES]
    assert list(found[: len(others)]) == others


def test_a_unit_of_no_embedded_table_has_none(vietnam: UnitTable) -> None:
    unit = vietnam.units[-1]
    assert doubts(doubts_about([unit], vietnam.units, vietnam.problems, ())) == []


@pytest.mark.parametrize(
    ("codes", "said"),
    [
        (("01273", "01279"), [OTHERS]),
        (("30817", "30823"), ["An Giang 42,976 too many", COPIED, OTHERS]),
        ((), [OTHERS]),
    ],
)
def test_units_that_change_have_theirs_and_that_others_are_in_doubt_is_one_line(
    vietnam: UnitTable, codes: tuple[str, ...], said: list[str]
) -> None:
    changed = [unit for unit in vietnam.units if unit.code in codes]
    found = doubts(doubts_about(changed, vietnam.units, vietnam.problems, vietnam.sources, beyond=True))
    assert len(found) == len(said)
    assert all(part in message for part, message in zip(said, found, strict=True))


def test_where_all_doubts_are_of_what_changes_nothing_is_said_of_others() -> None:
    hue, ha_tinh = read_units("hue"), read_units("ha-tinh")
    assert doubts(doubts_about(hue.units[:2], hue.units, hue.problems, hue.sources, beyond=True)) == []
    (total,) = doubts(
        doubts_about(ha_tinh.units[:2], ha_tinh.units, ha_tinh.problems, ha_tinh.sources, beyond=True)
    )
    assert "Hà Tĩnh 160 too many" in total


def test_a_merger_says_the_doubts_of_what_it_merges(quota: Callable[..., Run], tmp_path: Path) -> None:
    merger = ("merge", "01273", "01279", "--name", "X", "--population", "vietnam", *DAY)
    problems = json.loads(quota(*merger, "--format", "json").out)["problems"]
    assert [each["message"] for each in problems if each["code"] == DOUBTFUL_FIGURES] == [OTHERS]
    scenario = tmp_path / "merger.yaml"
    scenario.write_text(
        "kind: scenario\ntitle: X\noperations:\n"
        "  - merge: {units: ['30817', '30823'], into: {code: '1', name: X, type: commune}}\n",
        encoding="utf-8",
    )
    run = quota("simulate", scenario, "vietnam", *DAY, "--format", "json")
    problems = json.loads(run.out)["problems"]
    assert [each["message"] for each in problems if each["code"] == DOUBTFUL_FIGURES][1:] == [COPIED, OTHERS]


@pytest.mark.parametrize("form", ["table", "markdown"])
@pytest.mark.parametrize(
    "command", [("audit", "vietnam", "--limit", "1"), ("rank", "vietnam", "--limit", "1")]
)
def test_they_are_said_once_beside_the_figures(
    quota: Callable[..., Run], command: tuple[str, ...], form: str
) -> None:
    done = quota(*command, *DAY, "--format", form)
    said = " ".join(done.out.split())
    assert said.count(COPIED) == said.count(PREDECESSORS) == 1
    assert COPIED not in done.err


def test_programs_and_rows_have_them_too(quota: Callable[..., Run]) -> None:
    plain = json.loads(quota("explain", "30823", "vietnam", *DAY, "--format", "json").out)
    assert [problem["code"] for problem in plain["problems"]].count(DOUBTFUL_FIGURES) == 2
    done = quota("audit", "vietnam", "--limit", "1", *DAY, "--format", "csv")
    assert COPIED in done.err


def test_check_finds_them_itself_and_does_not_repeat_what_is_known(vietnam: UnitTable) -> None:
    found = check(vietnam, country(), find_province).findings
    kinds = Counter(finding.problem.code for finding in found)
    assert (kinds["wrong-total"], kinds["same-figures"], kinds[DOUBTFUL_FIGURES]) == (15, 1, 0)
