"""Boundaries of units from a GeoJSON file: shapes by unit code, and every problem of the file."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from quota.core.problems import Problem, Severity
from quota.core.text import Text, say
from quota.core.units import InputFile, Unit
from quota.tables.files.raw import NotATableError, file_bytes
from quota.tables.readers.shapes.enclosing import enclosing_fault
from quota.tables.readers.shapes.features import code_of, name_of
from quota.tables.readers.shapes.naming import ByName, by_name
from quota.tables.readers.shapes.of_others import NAMES_SAID, no_boundaries, other_names, surrounding

_SHAPES = ("Polygon", "MultiPolygon")

_EARTH_KM = 6_371.0
"""The mean radius of the earth."""
_KM_A_DEGREE = math.radians(_EARTH_KM)
"""A degree of longitude at the equator."""

Shape = Mapping[str, Any]
"""A GeoJSON geometry, Polygon or MultiPolygon, in degrees (WGS 84)."""


class Boundaries(Struct, frozen=True):
    """Shapes by unit code, all problems, the file they came from; `around` are those of no unit, by name."""

    shapes: Mapping[str, Shape]
    problems: tuple[Problem, ...] = ()
    source: InputFile | None = None
    around: Mapping[str, Shape] = field(default_factory=dict)


def read_boundaries(path: Path, units: Sequence[Unit]) -> Boundaries:
    """The boundaries of `units`. Never raises for what the file holds: see `problems`.

    A feature that cannot be used, features of no unit of the table, and units without a feature are warnings;
    a file that gives no unit a shape is an error. Where no feature has a code they are found by their names.
    """
    label = str(path)
    try:
        content = file_bytes(path)
        features = _features(content)
    except NotATableError as refused:
        return Boundaries({}, (Problem(refused.code, Severity.ERROR, refused.message, refused.fix, label),))
    wanted = {unit.code: unit.name for unit in units}
    codes = [code_of(feature, wanted) for feature in features]
    by_code = any(codes)
    found = ByName(codes) if by_code else by_name(features, units, label)
    shapes: dict[str, Shape] = {}
    around: dict[str, Shape] = {}
    problems: list[Problem] = list(found.problems)
    named: dict[str, str] = {}
    for place, (feature, code) in enumerate(zip(features, found.codes, strict=True), start=1):
        shape, name = _shape(feature), name_of(feature)
        if code is not None and shape is not None and code not in wanted:
            around.setdefault(code if name is None or not by_code else f"{name} ({code})", shape)
            continue
        fault = _fault(code, shape, shapes, wanted)
        if fault is not None:
            problems.append(replace(fault, file=label, row=place, value=code))
        elif code is not None and shape is not None:
            shapes[code] = shape
            if name is not None:
                named[code] = name
    problems += other_names(named, units, label)
    if around:
        problems.append(surrounding(list(around), label, by_code=by_code))
    if not shapes:
        unclear = [problem for problem in problems if problem.severity is Severity.ERROR]
        no_shapes = (
            [] if unclear else [no_boundaries(features, [*filter(None, codes)], frozenset(wanted), label)]
        )
        problems = [*no_shapes, *problems[:NAMES_SAID]]
    missing = [unit.name for unit in units if unit.code not in shapes]
    if missing:
        names = ", ".join(missing[:10])
        message = say("no boundary for {n} of the units: {names}", n=len(missing), names=names)
        problems.append(Problem("no-boundary", Severity.WARNING, message, file=label))
    source = InputFile(label, hashlib.sha256(content).hexdigest(), len(features))
    return Boundaries(shapes, tuple(problems), source, around)


def km2(shape: Shape) -> float:
    """The area inside a shape, in km²: on a plane that keeps areas, good to a part in a thousand here."""
    return sum(
        abs(_ring_km2(ring)) * (-1 if place else 1)
        for polygon in shape["coordinates"]
        for place, ring in enumerate(polygon)
    )


def _ring_km2(ring: Sequence[Sequence[float]]) -> float:
    points = [(lon * _KM_A_DEGREE, math.sin(math.radians(lat)) * _EARTH_KM) for lon, lat in ring]
    sides = zip(points, [*points[1:], points[0]], strict=True)
    return sum(here[0] * there[1] - there[0] * here[1] for here, there in sides) / 2


def _features(content: bytes) -> list[object]:
    try:
        found = json.loads(content)
    except (ValueError, RecursionError) as error:
        fix = say("save it as GeoJSON in WGS 84 (EPSG:4326)")
        raise NotATableError("not-geojson", say("not GeoJSON"), fix) from error
    features = found.get("features") if isinstance(found, dict) else None
    if not isinstance(features, list):
        raise NotATableError("not-geojson", say("not a GeoJSON collection of features"))
    return features


def _fault(
    code: str | None, shape: Shape | None, seen: Mapping[str, Shape], names: Mapping[str, str]
) -> Problem | None:
    """Why the feature is left out; None where it is the boundary of a unit."""
    if code is None:
        return _left_out(say("a feature without a unit's code; left out"))
    if shape is None:
        return _left_out(say("no polygon in degrees; left out"))
    if code in seen:
        return _left_out(say("a second feature for this code; left out"))
    crossed = enclosing_fault(shape["coordinates"])
    if crossed is None:
        return None
    message = say(
        "{name}: {fault}, so that what is inside is not clear; left out", name=names[code], fault=crossed
    )
    fix = say("draw it anew, or mend it (in QGIS: Vector, Geometry Tools, Check Validity)")
    return Problem("rings-cross", Severity.WARNING, message, fix)


def _left_out(message: Text) -> Problem:
    return Problem("feature-left-out", Severity.WARNING, message)


def _shape(feature: object) -> Shape | None:
    geometry = feature.get("geometry") if isinstance(feature, dict) else None
    if not isinstance(geometry, dict) or geometry.get("type") not in _SHAPES:
        return None
    coordinates: Any = geometry.get("coordinates")
    polygons: Any = coordinates if geometry["type"] == "MultiPolygon" else [coordinates]
    try:
        turned = [[_ring(ring, hole=place > 0) for place, ring in enumerate(polygon)] for polygon in polygons]
    except (TypeError, ValueError, IndexError, OverflowError):
        return None
    return {"type": "MultiPolygon", "coordinates": turned} if turned and all(turned) else None


def _ring(ring: Sequence[Sequence[float]], *, hole: bool) -> list[list[float]]:
    """The ring, rounded to some ten metres, turned the way d3 draws: outer rings clockwise, holes not."""
    points = [[round(float(point[0]), 4), round(float(point[1]), 4)] for point in ring]
    if len(points) < 4 or not all(abs(lon) <= 180 and abs(lat) <= 90 for lon, lat in points):  # nor NaN
        raise ValueError("not a ring in degrees")
    sides = zip(points, [*points[1:], points[0]], strict=True)
    area = sum(start[0] * end[1] - end[0] * start[1] for start, end in sides)
    return points[::-1] if (area > 0) != hole else points
