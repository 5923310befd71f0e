"""What stands beside the figures of a list of units: which of them are doubtful, and why."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

from quota import read_units
from quota.analysis.checks.doubts import doubts
from quota.core.findings import CheckReport, Finding
from quota.core.problems import Problem, Severity
from quota.core.text import say
from quota.core.units import Unit, UnitType
from tests.conftest import Run

FOUND = Problem("lost-zeros", Severity.WARNING, say("zeros lost"))


def unit(code: str, people: int | None, area: int | None, province: str = "A") -> Unit:
    return Unit(
        code,
        f"Xã {code}",
        UnitType.COMMUNE,
        people,
        province=province,
        area_km2=Decimal(area) if area else None,
    )


def test_each_unit_has_the_kinds_of_its_findings_once_and_those_that_concern_its_province() -> None:
    units = (
        unit("1", 15_001, 20),
        unit("2", 15_001, 20),
        unit("3", 15_001, 20, "B"),
        unit("4", 15_001, None),
        unit("5", None, 20),
        unit("6", 0, 20),
        unit("7", 0, 20),
    )
    whole = Finding(Problem("mixed-scales", Severity.WARNING, say("scales")))
    report = CheckReport(units, (Finding(FOUND, units[0]), Finding(FOUND, units[0]), whole))
    found = doubts(report, sure={"2", "3", "4", "5", "6"})
    assert found == {
        "1": ("lost-zeros", "same-figures", "wrong-total"),
        "2": ("same-figures",),
        "7": ("wrong-total",),
    }


def test_the_country_s_list_has_the_doubts_beside_the_figures(
    quota: Callable[..., Run], tmp_path: Path
) -> None:
    listed = tmp_path / "units.csv"
    assert quota("data", "units", "--format", "csv", "--output", listed).code == 0
    rows = list(csv.DictReader(listed.read_text(encoding="utf-8").splitlines()))
    kinds = Counter(kind for row in rows for kind in row["doubt"].split())
    assert (kinds["one-predecessor"], kinds["same-figures"]) == (24, 2)
    assert len({row["province"] for row in rows if "wrong-total" in row["doubt"]}) == 15
    assert {row["name"] for row in rows if "same-figures" in row["doubt"]} == {"Xã Hòn Đất", "Xã Bình Sơn"}
    assert [problem.code for problem in read_units(listed).problems] == ["zero-population"]  # Hoàng Sa


def test_people_read_the_doubts_in_words(quota: Callable[..., Run]) -> None:
    done = quota("data", "units", "--province", "An Giang", "--format", "markdown")
    (copied,) = [line for line in done.out.splitlines() if "Xã Bình Sơn" in line]
    assert "as another unit; province total off" in copied
