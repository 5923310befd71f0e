"""Frames of hundreds of bands, cases, conditions and named units: too deep or too long to be said at once.

Briefly each time, on every engine where slow tests are asked for, with a thousand at length.
"""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from quota.core.units import Unit, UnitType
from quota.norms.loading import load_frame
from quota.norms.schema import Frame
from tests import long_frame
from tests.blocs import three
from tests.laws.drawn import random_units
from tests.laws.often import LONG

from .conftest import Engine, quick_engine
from .test_whole_language import in_bulk, table_of
from .trials import audited_with_unknown

UNITS = [
    Unit(
        long_frame.code(number),
        "Xã",
        UnitType.COMMUNE,
        residents,
        area_km2=None if area is None else Decimal(str(area)),
        staff=three(30, 18, None),
        more={"Vùng": "", "Thôn": ""},
    )
    for number, residents, area in long_frame.UNITS
]


def frame_of(folder: Path, text: str) -> Frame:
    path = folder / "long.yaml"
    path.write_text(text, encoding="utf-8")
    return load_frame(path)


def check(engine: Engine, frame: Frame) -> None:
    """By the long frame every figure is that of the audit, and the posts those of an independent recount."""
    rows = in_bulk(engine, frame, table_of(UNITS))
    assert rows == audited_with_unknown(frame, UNITS)
    for row, (number, residents, area) in zip(rows, long_frame.UNITS, strict=True):
        (low, high), party, front = long_frame.granted(number, residents, area)
        assert (row["government_low"], row["government_high"]) == (low, high)
        assert (row["party_high"], row["front_high"]) == (party, front)


def test_a_long_frame_counts_as_the_audit_does(tmp_path: Path) -> None:
    check(quick_engine("polars"), frame_of(tmp_path, long_frame.frame_text()))


@pytest.mark.slow
def test_it_does_on_every_engine(tmp_path: Path, engine: Engine) -> None:
    check(engine, frame_of(tmp_path, long_frame.frame_text()))


def cases(many: int) -> str:
    said = [f'{{base: {case % 37}, when: {{unit: "{case:05}"}}}}' for case in range(many - 1)]
    return f"cases: [{', '.join(said)}, {{base: 40}}]"


def bands(many: int) -> str:
    rows = [f"[{band * 50}, {band * 50 + 49}, {band % 97}]" for band in range(many - 1)]
    return f"bands: {{of: residents, rows: [{', '.join(rows)}, [{(many - 1) * 50}, null, 7]]}}"


def conditions(many: int) -> str:
    said = [
        f"{{residents: {{from: {place * 90}, to: {place * 90 + 30}}}, border: {str(place % 2 == 0).lower()}}}"
        for place in range(many)
    ]
    return f"base: 3, supplement: {{posts: 4, when: {{any: [{', '.join(said)}]}}}}"


def named(many: int) -> str:
    codes = [f'"{number:05}"' for number in range(0, 2 * many, 2)]
    return f"base: 3, supplement: {{posts: 4, when: {{unit: [{', '.join(codes)}]}}}}"


TIMES = 1 if LONG else 3  # a minute of expressions on Spark, at length


@pytest.mark.slow
@pytest.mark.parametrize(
    "said",
    [cases(300 // TIMES), bands(1_000 // TIMES), conditions(300 // TIMES), named(1_000 // TIMES)],
    ids=["cases", "bands", "any", "named"],
)
def test_hundreds_of_one_kind_on_every_engine(tmp_path: Path, engine: Engine, said: str) -> None:
    text = (
        f"{long_frame.HEAD}blocs:\n  government: {{{said}, source: law}}\n"
        "  party: {range: [17, 20], source: law}\n  front: {range: [8, 10], source: law}\n"
    )
    frame, units = frame_of(tmp_path, text), random_units(300, 1)
    assert in_bulk(engine, frame, table_of(units)) == audited_with_unknown(frame, units)
