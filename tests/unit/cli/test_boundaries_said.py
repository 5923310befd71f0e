"""What is to be said of a file of boundaries is said by every command that reads one."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Quota = Callable[..., Any]
SIDE = 0.03
TABLE = """code,name,type,population,area_km2
00004,Phường Ba Đình,ward,23456,10.0
00008,Phường Ngọc Hà,ward,31234,10.0
"""


@pytest.mark.parametrize("command", [("check",), ("reconcile", "--control-total", "54690")])
def test_a_unit_without_a_boundary_is_said(quota: Quota, tmp_path: Path, command: tuple[str, ...]) -> None:
    table, shapes = tmp_path / "units.csv", tmp_path / "units.geojson"
    table.write_text(TABLE, encoding="utf-8")
    ring = [[105.8, 21.0], [105.8 + SIDE, 21.0], [105.8 + SIDE, 21.0 + SIDE], [105.8, 21.0 + SIDE]]
    geometry = {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}
    feature = {"type": "Feature", "properties": {"code": "00004"}, "geometry": geometry}
    shapes.write_text(json.dumps({"type": "FeatureCollection", "features": [feature] * 2}), encoding="utf-8")
    run = quota(*command, table, "--boundaries", shapes)
    assert run.code == 0
    assert "a second feature for this code; left out" in run.err
    assert "no boundary for 1 of the units: Phường Ngọc Hà" in run.err
    assert "no boundary" not in quota(*command, table).err
