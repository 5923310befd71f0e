"""Boundaries with names and no codes: each is the one unit of its name, or what is unclear is said."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from quota.core.names import without_accents
from quota.core.problems import errors
from quota.core.units import Unit, UnitType
from quota.tables.readers.shapes.boundaries import Boundaries, read_boundaries
from quota.tables.readers.shapes.features import province_of, type_of
from quota.tables.shipped.country import country

UNITS = (
    Unit("00004", "Phường Ba Đình", UnitType.WARD, 20_000, province="Hà Nội"),
    Unit("00008", "Phường An Khánh", UnitType.WARD, 20_000, province="Hà Nội"),
    Unit("00025", "Xã An Khánh", UnitType.COMMUNE, 20_000, province="Hà Nội"),
)
Reads = Callable[..., Boundaries]


def feature(place: int, **properties: object) -> dict[str, Any]:
    west = 105 + place / 100
    ring = [[west, 21], [west + 0.01, 21], [west + 0.01, 21.01], [west, 21.01], [west, 21]]
    return {
        "type": "Feature",
        "properties": properties,
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }


@pytest.fixture
def reads(tmp_path: Path) -> Reads:
    def read(*properties: dict[str, object], units: tuple[Unit, ...] = UNITS) -> Boundaries:
        path = tmp_path / "units.geojson"
        features = [feature(place, **own) for place, own in enumerate(properties)]
        path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
        return read_boundaries(path, units)

    return read


def said(found: Boundaries) -> list[tuple[str, int | None]]:
    return [(problem.code, problem.row) for problem in found.problems]


@pytest.mark.parametrize(
    "properties",
    [
        {"name": "Phường Ba Đình"},
        {"TEN_XA": "BA ĐÌNH"},
        {"ten": "P. Ba Đình"},
        {"NAME_3": "Ba Dinh", "TYPE_3": "Phường", "NAME_1": "Hà Nội"},
        {"tenXa": "Ba Đình", "loai": "phường", "tenTinh": "Thành phố Hà Nội"},
        {"name": "Ba Đình", "province": "nowhere"},
        {"name": "Ba Đình", "type": "Feature"},
    ],
)
def test_a_name_that_one_unit_has_is_its(reads: Reads, properties: dict[str, object]) -> None:
    found = reads(properties, units=UNITS[:1])
    assert list(found.shapes) == ["00004"]
    assert said(found) == [("coded-by-name", None)]


def test_the_type_beside_a_name_tells_two_units_apart(reads: Reads) -> None:
    found = reads(
        {"ten": "An Khánh", "loai": "Xã"}, {"ten": "An Khánh", "loai": "Phường"}, {"ten": "Ba Đình"}
    )
    assert [(code, shape["coordinates"][0][0][0][0] >= 105) for code, shape in found.shapes.items()] == [
        ("00025", True),
        ("00008", True),
        ("00004", True),
    ]
    assert not errors(found.problems)


def test_a_name_of_two_units_is_refused_with_both(reads: Reads) -> None:
    found = reads({"ten": "Ba Đình"}, {"ten": "An Khánh"})
    problem = errors(found.problems)[0]
    assert (problem.code, problem.row, problem.value) == ("several-units", 2, "An Khánh")
    assert "00008 Phường An Khánh; 00025 Xã An Khánh" in str(problem.fix)
    assert list(found.shapes) == ["00004"]


def test_a_name_that_two_features_have_is_refused_at_both(reads: Reads) -> None:
    found = reads({"ten": "Ba Đình"}, {"ten": "Phường Ba Đình"}, {"ten": "Xã An Khánh"})
    assert said(found)[:2] == [("several-units", 1), ("several-units", 2)]
    assert list(found.shapes) == ["00025"]


def test_a_name_of_no_unit_is_drawn_around_and_said(reads: Reads) -> None:
    found = reads({"ten": "Ba Đình"}, {"ten": "Xã An Khánh"}, {"ten": "Phường Lạ"}, {})
    assert list(found.around) == ["Phường Lạ"]
    assert ("no unit of the table has this name: 1 feature, drawn only as surroundings (Phường Lạ)") in [
        str(problem.message) for problem in found.problems
    ]
    assert ("feature-left-out", 4) in said(found)


def test_where_most_names_are_of_no_unit_the_file_is_refused(reads: Reads) -> None:
    """As with communes of before July 2025: some had the names of today's, and other boundaries."""
    found = reads({"ten": "Ba Đình"}, {"ten": "Phường Trúc Bạch"}, {"ten": "Phường Cống Vị"})
    (problem,) = errors(found.problems)
    assert problem.code == "other-names"
    assert "2 names of the file, more than are found: Phường Trúc Bạch, Phường Cống Vị" in str(
        problem.message
    )


def test_features_of_other_provinces_are_not_doubted(reads: Reads) -> None:
    elsewhere = [{"ten": f"Xã {name}", "tinh": "Tỉnh Cao Bằng"} for name in ("Ba Đình", "X", "Y", "Z")]
    found = reads({"ten": "Ba Đình", "tinh": "Hà Nội"}, *elsewhere, {"ten": "Ba Đình", "tinh": "Cao Bằng"})
    assert list(found.shapes) == ["00004"]
    assert not errors(found.problems)
    assert len(found.around) == 5


def test_names_of_another_province_are_refused(reads: Reads) -> None:
    found = reads({"ten": "Phường Phú Xuân"}, {"ten": "Phường Kim Long"})
    problem = errors(found.problems)[0]
    assert "no feature has the name of a unit of the table: its names are of Huế" in str(problem.message)
    nobody = errors(reads({"ten": "Phường Không Có"}).problems)[0]
    assert str(nobody.message) == "no feature has the name of a unit of the table"


def test_codes_of_another_province_or_of_before_2025_are_refused(reads: Reads) -> None:
    other = errors(reads({"code": "19753"}).problems)[0]
    assert "its codes are of Huế" in str(other.message)
    old = errors(reads({"code": "99999"}).problems)[0]
    assert "no code of it is in force since 1 July 2025" in str(old.message)
    neither = errors(reads({"area": 12}).problems)[0]
    assert "code, unit_code, ma" in str(neither.fix)
    assert "name, ten" in str(neither.fix)


def test_what_a_feature_says_beside_its_name() -> None:
    assert type_of(feature(0, loai="Xã")) == "Xã"
    assert type_of(feature(0, type="Polygon")) is None
    assert province_of(feature(0, TINH=" Huế ")) == "Huế"


@pytest.mark.parametrize("province", ["Huế", "Hà Nội"])
@pytest.mark.parametrize("dress", ["whole", "bare", "plain", "apart"])
def test_every_unit_of_a_province_is_found_or_the_file_is_refused(
    reads: Reads, province: str, dress: str
) -> None:
    """Names of the whole province in any dress: what is read is each unit's own, what is not is said."""
    units = tuple(unit for unit in country().values() if unit.province == province)
    order = list(units)
    random.Random(province).shuffle(order)
    found = reads(*(_dressed(unit, dress) for unit in order), units=units)
    unclear = {problem.row for problem in errors(found.problems)}
    for place, unit in enumerate(order):
        if unit.code in found.shapes:
            west = min(point[0] for point in found.shapes[unit.code]["coordinates"][0][0])
            assert west == round(105 + place / 100, 4)
        else:
            assert place + 1 in unclear
    assert len(found.shapes) >= 0.9 * len(units)


def _dressed(unit: Unit, dress: str) -> dict[str, object]:
    kind, _, bare = (
        unit.name.partition(" ") if not unit.name.startswith("Đặc khu") else ("Đặc khu", "", unit.name[8:])
    )
    if dress == "whole":
        return {"ten_dvhc": unit.name.upper()}
    if dress == "bare":
        return {"ten": bare}
    if dress == "plain":
        return {"NAME_3": without_accents(bare).title(), "TYPE_3": kind, "NAME_1": unit.province}
    return {"ten": bare, "loai": kind.casefold(), "tinh": unit.province}
