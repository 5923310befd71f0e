"""The default frame, counted again for every unit of the country from what the reports say.

Thanh Niên, 03/06/2025: above 16,000 residents one more for every 2,000, for every 1,000 in communes and wards
in mountains; at most 50 in a commune, 70 in a ward. Điện Biên Phủ: 70 in a special zone too. Dân trí: 17 to
20 in the Party bloc, 8 to 10 in the Front.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from quota import audit, load_frame, read_units
from quota.core.results import AuditReport
from quota.norms.granting import Assumption

TABLE = Path(__file__).parents[1] / "data" / "vietnam.csv"
CEILINGS = {"commune": 50, "ward": 70, "special_zone": 70}
LOWLANDS = {
    "Hà Nội": 6_669,
    "Hải Phòng": 4_957,
    "Huế": 1_660,
    "Hà Tĩnh": 2_464,
    "Cao Bằng": 1_808,
    "Hồ Chí Minh": 9_488,
}
MOUNTAINS = {"Hà Nội": 7_119, "Cao Bằng": 1_827}


def posts(unit_type: str, residents: int, *, mountains: bool) -> int:
    """One after the other: a post with each full step, until the ceiling."""
    step = 1_000 if mountains and unit_type != "special_zone" else 2_000
    granted = 32
    while granted < CEILINGS[unit_type] and residents >= 16_000 + step * (granted - 32 + 1):
        granted += 1
    return granted


@pytest.fixture(scope="module")
def rows() -> list[dict[str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def audited(assumed: Assumption | None = None) -> AuditReport:
    frame = load_frame("cv-09-2025")
    frame = frame if assumed is None else frame.assuming({"mountain": assumed})
    return audit(read_units("vietnam"), frame, as_of=date(2025, 7, 1))


@pytest.mark.parametrize(("assumed", "mountains"), [(None, False), ("no", False), ("yes", True)])
def test_every_unit_of_the_country(rows: list[dict[str, str]], assumed: str | None, mountains: bool) -> None:
    report = audited(None if assumed is None else Assumption(assumed))
    assert len(report.units) == len(rows) == 3_321
    sums: Counter[str] = Counter()
    for unit, row in zip(report.units, rows, strict=True):
        assert unit.quota is not None
        expected = posts(row["type"], int(row["population"]), mountains=mountains)
        found = {bloc: (ends.low, ends.high) for bloc, ends in unit.quota.blocs.items()}
        assert found == {"government": (expected,) * 2, "party": (17, 20), "front": (8, 10)}, row["name"]
        sums[row["province"]] += expected
    wanted = MOUNTAINS if mountains else LOWLANDS
    assert {province: sums[province] for province in wanted} == wanted


def test_what_hangs_on_mountains_is_the_difference_of_both_counts(rows: list[dict[str, str]]) -> None:
    for unit, row in zip(audited().units, rows, strict=True):
        low, high = (posts(row["type"], int(row["population"]), mountains=so) for so in (False, True))
        quota = unit.quota
        assert quota is not None
        assert quota.unsettled == ("mountain",)
        possible = None if quota.possible is None else quota.possible["government"]
        assert (None if possible is None else (possible.low, possible.high)) == (
            None if low == high else (high, high)
        )


def test_the_command_gives_the_city_its_sum_and_cao_bang_its_remark(quota: Callable[..., Any]) -> None:
    run = quota("rank", "vietnam", "--group-by", "province", "--format", "csv", "--as-of", "2026-11-22")
    found = {row["group"]: row for row in csv.DictReader(run.out.splitlines())}
    assert {province: int(found[province]["quota_government_low"]) for province in LOWLANDS} == LOWLANDS
    remark = "Government: 56 units' terrain is unknown: 1,808 posts, 1,827 if all lie in mountains."
    assert remark in quota("audit", "cao-bang", "--as-of", "2026-11-22").out
