"""Files of boundaries as they come: codes as numbers, other names, metres, changed places, other shapes."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from quota.core.problems import Severity, errors
from quota.core.units import Unit, UnitType
from quota.tables.readers.shapes.boundaries import Boundaries, read_boundaries
from quota.tables.readers.shapes.features import code_of, misplaced, name_of, named_otherwise

UNITS = tuple(
    Unit(code, name, UnitType.WARD, 20_000)
    for code, name in (
        ("00004", "Phường Ba Đình"),
        ("00008", "Phường Ngọc Hà"),
        ("00025", "Phường Giảng Võ"),
        ("00070", "Phường Hoàn Kiếm"),
    )
)
NAMES = {unit.code: unit.name for unit in UNITS}
Reads = Callable[..., Boundaries]


def ring(lon: float, lat: float) -> list[list[float]]:
    return [[lon, lat], [lon + 0.01, lat], [lon + 0.01, lat + 0.01], [lon, lat + 0.01], [lon, lat]]


def feature(properties: dict[str, Any], points: object = None, **more: object) -> dict[str, Any]:
    coordinates = [ring(105.8, 21.0)] if points is None else points
    geometry = {"type": "Polygon", "coordinates": coordinates}
    return {"type": "Feature", "properties": properties, "geometry": geometry, **more}


@pytest.fixture
def reads(tmp_path: Path) -> Reads:
    def read(*features: object) -> Boundaries:
        path = tmp_path / "units.geojson"
        path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
        return read_boundaries(path, UNITS)

    return read


def codes(found: Boundaries, *severities: Severity) -> list[str]:
    return [problem.code for problem in found.problems if not severities or problem.severity in severities]


@pytest.mark.parametrize(
    ("properties", "code"),
    [
        ({"code": "00004"}, "00004"),
        ({"MAXA": 4}, "00004"),
        ({"ma_xa": 4.0}, "00004"),
        ({"ma": "01", "maXa": "00004"}, "00004"),
        ({"ma": 1, "ma_xa": 4}, "00004"),
        ({"ma": "01"}, "01"),
        ({"code": 4.5}, None),
        ({"code": True}, None),
        ({"code": -4}, None),
        ({"code": 10**6}, None),
        ({"code": float("nan")}, None),
        ({"code": " "}, None),
        ({}, None),
    ],
)
def test_the_code_of_a_feature(properties: dict[str, Any], code: str | None) -> None:
    assert code_of(feature(properties), NAMES) == code


@pytest.mark.parametrize(("id_", "code"), [("00004", "00004"), (4, None)])
def test_a_number_that_a_program_gives_its_features_is_no_code(id_: object, code: str | None) -> None:
    assert code_of(feature({}, id=id_), NAMES) == code
    assert code_of(id_, NAMES) is None


def test_the_name_of_a_feature() -> None:
    assert name_of(feature({"TEN_XA": "Ba Đình"})) == "Ba Đình"
    assert name_of(feature({"name": 4, "ten": " "})) is None
    assert name_of({"properties": None}) is None


@pytest.mark.parametrize(
    ("name", "is_other"),
    [
        ("Ba Đình", False),
        ("P. Ba Đình", False),
        ("BA DINH WARD", False),
        ("ba-dinh", False),
        ("Phường Trúc Bạch", True),
        ("Phường Ngọc Hà", True),
    ],
)
def test_names_are_compared_without_type_and_accents(name: str, *, is_other: bool) -> None:
    assert named_otherwise(name, "Phường Ba Đình") is is_other


def test_boundaries_of_their_units_are_read_without_a_word(reads: Reads) -> None:
    found = reads(*(feature({"code": int(code), "ten": name}) for code, name in NAMES.items()))
    assert list(found.shapes) == list(NAMES)
    assert not found.problems


def test_another_name_or_two_are_warned_of(reads: Reads) -> None:
    first, *rest = NAMES.items()
    found = reads(
        feature({"code": first[0], "name": "Trúc Bạch"}), *(feature({"code": code}) for code, _ in rest)
    )
    (problem,) = found.problems
    assert (problem.code, problem.severity) == ("other-names", Severity.WARNING)
    assert str(problem.message) == 'the file has another name for 1 unit: Phường Ba Đình (00004) "Trúc Bạch"'


def test_where_most_names_are_others_the_file_is_refused(reads: Reads) -> None:
    old = ("Trúc Bạch", "Cống Vị", "Giảng Võ", "Hàng Bạc")
    found = reads(*(feature({"code": code, "name": name}) for code, name in zip(NAMES, old, strict=True)))
    (problem,) = errors(found.problems)
    assert problem.code == "other-names"
    assert str(problem.message).startswith("the file has other names for 3 units: ")


@pytest.mark.parametrize(
    ("points", "code"),
    [
        ([[[lat, lon] for lon, lat in ring(105.8, 21.0)]], "swapped-degrees"),
        ([[[586_000.0, 2_325_000.0]] * 5], "vn-2000"),
        ([[["105,8", "21,0"]] * 5], "no-boundaries"),
        ([[]], "no-boundaries"),
        (None, "no-boundaries"),
    ],
)
def test_why_no_feature_has_a_shape(reads: Reads, points: Sequence[Any] | None, code: str) -> None:
    given = [feature({"code": unit}, points) for unit in NAMES]
    if points is None:
        given = [{"type": "Feature", "properties": {"code": unit}, "geometry": None} for unit in NAMES]
    found = reads(*given)
    assert codes(found, Severity.ERROR) == [code]
    assert codes(found, Severity.WARNING) == ["feature-left-out"] * 4 + ["no-boundary"]


def test_degrees_are_not_misplaced() -> None:
    assert misplaced(feature({}, [ring(105.8, 21.0)])) is None
    assert misplaced(feature({}, [ring(2.3, 48.8)])) is None
    assert misplaced(None) is None
