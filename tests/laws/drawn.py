"""Frames of the whole language and units for them, drawn once and always the same, with files of both."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from hypothesis import HealthCheck, Phase, given, settings

from quota.core.blocs import BLOCS
from quota.core.units import ProvinceClass, Terrain, Unit, UnitType
from quota.norms.schema import Frame
from tests.blocs import three
from tests.laws.dumping import as_yaml
from tests.laws.test_language import FLAGS, frames

_SAID = {None: "", True: "yes", False: "no"}


OTHERS = ("area_km2", "unit_class", "province", "province_class", "minority_share", "Vùng", "Thôn")


def answers(unit: Unit) -> list[str | None]:
    """What a table says of a unit under `OTHERS`."""
    terrain = unit.terrain
    return [
        None if unit.area_km2 is None else str(unit.area_km2),
        terrain.unit_class,
        unit.province,
        None if terrain.province_class is None else terrain.province_class.value,
        None if terrain.minority_share is None else f"{terrain.minority_share * 100}%",
        unit.more["Vùng"],
        unit.more["Thôn"],
    ]


WIDE = (*FLAGS, "unit_class", "province", "minority_percent", "area_km2")
"""Eight columns, each of which may be unknown."""


def drawn_frames(count: int, columns: tuple[str, ...] | None = None) -> list[Frame]:
    """The frames that say the most of five times as many, with conditions on some of `columns`."""
    found: list[Frame] = []

    @settings(
        max_examples=5 * count,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(frames(columns=columns))
    def collect(frame: Frame) -> None:
        found.append(frame)

    collect()
    return sorted(found, key=lambda frame: len(as_yaml(frame)), reverse=True)[:count]


def random_units(count: int, seed: int) -> list[Unit]:
    """Units near the drawn frames' bounds as often as anywhere, with much unknown."""
    rng = random.Random(seed)

    def people(most: int) -> int | None:
        return None if rng.random() < 0.1 else rng.randrange(most)

    def residents() -> int | None:
        near = rng.choice([0, 9_000, 20_000, 60_000, 90_000]) + rng.choice([-1, 0, 1, 1_999, 2_000])
        return rng.choice([None, people(100_000), people(100_000), max(near, 0)])

    return [
        Unit(
            f"{number:05}",
            f"Xã {number}",
            rng.choice(list(UnitType)),
            residents(),
            rng.choice([None, "Huế", "Cà Mau", "Hà Nội"]),
            area_km2=rng.choice(
                [None, Decimal(rng.randrange(90_000)) / 100, Decimal(rng.randrange(90_000)) / 100]
            ),
            staff=three(people(60), people(60), people(60)),
            terrain=Terrain(
                **{flag: rng.choice([None, True, False]) for flag in FLAGS},  # type: ignore[arg-type]  # only flags
                minority_share=rng.choice([None, Fraction(rng.randrange(101), 100)]),
                province_class=rng.choice([None, *ProvinceClass]),
                unit_class=rng.choice([None, "I", "II", "III"]),
            ),
            more={
                "Vùng": rng.choice(["", "Một", "Hai", "Ba"]),
                "Thôn": rng.choice(["", "11.999999", "12", "12.5", "20", "21"]),
            },
        )
        for number in range(count)
    ]


def table_text(units: Sequence[Unit]) -> str:
    """The units as a CSV table with all their columns."""
    lines = io.StringIO()
    writer = csv.writer(lines, lineterminator="\n")
    writer.writerow(["code", "name", "type", "population", *BLOCS, *FLAGS, *OTHERS])
    for unit in units:
        writer.writerow(
            [
                *(unit.code, unit.name, unit.type.value, unit.population),
                *unit.staff,
                *(_SAID[getattr(unit.terrain, flag)] for flag in FLAGS),
                *answers(unit),
            ]
        )
    return lines.getvalue()
