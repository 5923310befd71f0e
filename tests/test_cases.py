"""Worked examples beside the rules: `cases/<frame>/<day>/<name>.yaml`, as given and as expected."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from quota import audit, load_frame
from quota.core.blocs import ByBloc
from quota.core.posts import Gap
from quota.core.units import Terrain, Unit, UnitTable, UnitType
from quota.render.audit.plain import unit_plain

CASES = Path(__file__).parent / "cases"


@pytest.mark.parametrize(
    "path", sorted(CASES.rglob("*.yaml")), ids=lambda path: f"{path.parts[-3]}:{path.stem}"
)
def test_case(path: Path) -> None:
    case: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert case["kind"] in ("official", "regression")
    assert (case["kind"] == "official") == ("source" in case), (
        "an official case names its source, no other does"
    )
    given, expect = case["given"], case["expect"]
    frame = load_frame(path.parts[-3])
    people = given.get("staff") or dict.fromkeys(frame.order)
    unit = Unit(
        "1",
        case["name"],
        UnitType(given["type"]),
        given["population"],
        staff=ByBloc.of(frame.order, lambda bloc: people[bloc]),
        terrain=Terrain(mountain=given.get("mountain")),
        more=given.get("more", {}),
    )
    (result,) = audit(UnitTable((unit,)), frame, as_of=date.fromisoformat(path.parts[-2])).units
    quota = unit_plain(result)["quota"]
    assert isinstance(quota, dict)
    assert expect["quota"].items() <= quota.items()
    if "staff" in given:
        for bloc, gap in result.gap.items():
            stated = expect["gap"][bloc]
            assert gap == (None if stated is None else Gap(**stated))
        assert result.status.value == expect["status"]
    if "below_minimum" in expect:
        assert result.below_minimum is expect["below_minimum"]
    if "notes" in expect:
        assert [note.code for note in result.notes] == expect["notes"]


def test_the_reports_worked_examples_are_official_cases() -> None:
    cases = [yaml.safe_load(path.read_text(encoding="utf-8")) for path in CASES.rglob("cv-09-2025*/*/*.yaml")]
    assert {case["kind"] for case in cases} == {"official"}
    published = {(case["given"]["type"], case["given"]["population"]) for case in cases}
    assert published >= {("commune", 52_000), ("ward", 92_000), ("commune", 5_939), ("commune", 8_452)}
