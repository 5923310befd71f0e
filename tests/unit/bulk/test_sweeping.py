"""A sweep gives what auditing every unit under every frame gives, with NumPy and without it."""

from __future__ import annotations

import random
import sys
from collections.abc import Callable
from typing import Any

import pytest
from msgspec.structs import replace

import quota.bulk
from quota.analysis.audit.auditing import audit_unit, totals
from quota.analysis.what_if.sensitivity import Outcome, outcomes_of
from quota.bulk import sweeping
from quota.core.posts import Gap, Posts
from quota.core.units import Terrain, Unit, UnitType
from quota.norms.granting import Assumption
from quota.norms.loading import load_frame
from quota.norms.schema import Frame
from quota.tables.readers.units.population import read_units
from tests.blocs import three

CENTRAL = load_frame("central-2025")


def variants(count: int, seed: int) -> list[Frame]:
    """Frames that differ in base, step, threshold and rounding; some give wards rules of their own."""
    rng = random.Random(seed)
    made = []
    for _ in range(count):
        plain = CENTRAL.model_dump(by_alias=True)
        government = plain["blocs"]["government"]
        government["base"] = rng.randrange(20, 40)
        government["increment"] |= {
            "per_residents": rng.randrange(1, 5_000),
            "above": rng.choice([0, 16_000, rng.randrange(30_000)]),
            "rounding": rng.choice(["down", "up", "nearest"]),
            "posts": rng.randrange(1, 4),
        }
        if rng.random() < 0.5:
            rule = {key: value for key, value in government.items() if key not in ("name", "headings")}
            rule |= {"base": None, "range": (5, rng.randrange(5, 60))}
            plain["unit_types"]["ward"] = {"blocs": {rng.choice(["party", "front", "government"]): rule}}
        made.append(Frame.model_validate(plain))
    return made


def units_with_staff(count: int, seed: int) -> list[Unit]:
    rng = random.Random(seed)

    def perhaps(most: int) -> int | None:
        return None if rng.random() < 0.2 else rng.randrange(most)

    return [
        Unit(
            str(number),
            "",
            rng.choice(list(UnitType)),
            perhaps(120_000),
            staff=three(perhaps(90), perhaps(30), perhaps(20)),
        )
        for number in range(count)
    ]


@pytest.fixture(params=["numpy", "plain"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(sweeping, "_WORTH", 0)
    if request.param == "plain":
        monkeypatch.setattr(sweeping, "_numpy", lambda: None)
    return str(request.param)


def test_sums_of_audits(way: str) -> None:
    frames, units = variants(40, seed=9), units_with_staff(300, seed=9)
    swept = quota.bulk.sweep(frames, units)
    for frame, found in zip(frames, swept, strict=True):
        one_by_one = totals([audit_unit(unit, frame) for unit in units], frame.order)
        assert one_by_one.quota is not None
        assert found.posts == one_by_one.quota.blocs
        assert found.gap == one_by_one.gap
        assert found.below_minimum == one_by_one.below_minimum > 0
    assert len(set(swept)) > 30


def test_hai_phong_without_staff(way: str) -> None:
    (found,) = quota.bulk.sweep([CENTRAL], read_units("hai-phong").units)
    assert found.posts["government"] == Posts(5_023, 5_023)
    assert found.posts["party"] == Posts(114 * 17, 114 * 20)
    assert list(found.gap) == [Gap()] * 3
    assert found.below_minimum == 1


def test_nothing_to_sweep(way: str) -> None:
    assert quota.bulk.sweep([], units_with_staff(3, seed=1)) == []
    nothing = Outcome(three(*(Posts(0, 0),) * 3), three(*(Gap(),) * 3), 0)
    assert quota.bulk.sweep([CENTRAL], []) == [nothing]


def test_figures_beyond_64_bits_do_not_wrap_round(way: str) -> None:
    crowded = Unit("1", "", UnitType.COMMUNE, 2**70 + 16_000, staff=three(2**65, 17, 8))
    (found,) = quota.bulk.sweep([CENTRAL], [crowded])
    assert found.posts["government"] == Posts.exactly(32 + 2**70 // 2_000)


def test_numpy_is_what_is_used_where_it_is_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    def slow(*_: object) -> None:
        raise AssertionError("audited unit by unit")

    monkeypatch.setattr(sweeping, "outcomes_of", slow)
    assert quota.bulk.sweep([CENTRAL] * 400, units_with_staff(300, seed=1))


def test_the_command_gives_the_same_with_numpy_and_without_it(
    quota: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    arguments = (
        "sensitivity",
        "--vary",
        "government.base=" + ",".join(map(str, range(25, 41))),
        "--format",
        "csv",
    )
    answers = []
    for worth in (0, 10**9):
        monkeypatch.setattr(sweeping, "_WORTH", worth)
        run = quota(*arguments)
        assert run.code == 0, run.err
        answers.append(run.out)
    assert answers[0] == answers[1]
    assert len(answers[0].splitlines()) > 10


def test_without_numpy_every_unit_is_audited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sweeping, "_WORTH", 0)
    monkeypatch.setitem(sys.modules, "numpy", None)  # as where it is not installed
    units = units_with_staff(20, seed=4)
    assert quota.bulk.sweep([CENTRAL], units) == outcomes_of([CENTRAL], units)


@pytest.mark.parametrize("taken", [None, *Assumption])
def test_what_is_assumed_of_unknown_terrain_is_swept_too(way: str, taken: Assumption | None) -> None:
    """Two frames that assume otherwise, over the same units: neither takes the other's."""
    frame = load_frame("cv-09-2025")
    assumed = frame if taken is None else frame.assuming({"mountain": taken})
    rng = random.Random(4)
    units = [
        replace(unit, terrain=Terrain(mountain=rng.choice([None, None, True, False])))
        for unit in units_with_staff(200, seed=4)
    ]
    swept = quota.bulk.sweep([frame, assumed], units)
    assert swept == list(outcomes_of([frame, assumed], units))
    plain, other = (sum(posts.high for posts in found.posts) for found in swept)
    assert (other > plain) == (taken in (Assumption.YES, Assumption.RANGE))
