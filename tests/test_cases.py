"""Worked examples beside the rules: `cases/<frame>/<day>/<name>.yaml`, as given and as expected."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from quota import audit, load_frame
from quota.core.blocs import BLOCS, ByBloc
from quota.core.posts import Gap
from quota.core.units import Unit, UnitTable, UnitType
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
    staff = ByBloc(BLOCS, tuple(given["staff"][bloc] for bloc in BLOCS))
    unit = Unit("1", case["name"], UnitType(given["type"]), given["population"], staff=staff)
    frame = load_frame(path.parts[-3])
    (result,) = audit(UnitTable((unit,)), frame, as_of=date.fromisoformat(path.parts[-2])).units
    plain = unit_plain(result)
    assert plain["quota"] == expect["quota"]
    for bloc, gap in result.gap.items():
        stated = expect["gap"][bloc]
        assert gap == (None if stated is None else Gap(**stated))
    assert result.status.value == expect["status"]
    if "below_minimum" in expect:
        assert result.below_minimum is expect["below_minimum"]
    if "notes" in expect:
        assert [note.code for note in result.notes] == expect["notes"]
