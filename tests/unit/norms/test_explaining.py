"""Each step of an explanation says what was taken, what was not, and of what nobody knows."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from quota.core.explanations import Step
from quota.core.units import Terrain, Unit, UnitType
from quota.norms.evaluation import steps_of
from quota.norms.granting import Assumption
from quota.norms.loading import load_frame
from quota.norms.schema import Frame
from tests.unit.norms.test_language import frame_file


def said(steps: tuple[Step, ...]) -> list[tuple[str, str, str]]:
    """Place, what and arithmetic of each step, without the name of the bloc."""
    return [
        (step.rule.removeprefix("blocs.government"), str(step.what), str(step.arithmetic)) for step in steps
    ]


def steps(
    frame: Frame, residents: int = 20_000, terrain: Terrain | None = None
) -> list[tuple[str, str, str]]:
    unit = Unit("1", "Xã A", UnitType.COMMUNE, residents, None, Decimal(30), terrain=terrain or Terrain())
    return said(steps_of(frame, unit)["government"])


@pytest.mark.parametrize(
    ("assumed", "last"),
    [
        ({}, ("", "quota", "32 + 2 = 34")),
        ({"mountain": Assumption.YES}, ("", "quota", "32 + 4 = 36")),
        ({"mountain": Assumption.RANGE}, ("", "from without what is unknown to with it", "34–36")),
    ],
)
def test_what_is_assumed_of_the_unknown_is_a_step(
    assumed: dict[str, Assumption], last: tuple[str, str, str]
) -> None:
    frame = load_frame("cv-09-2025").assuming(assumed)
    assert steps(frame)[-1] == last
    assert steps(frame, terrain=Terrain(mountain=False))[-1] == ("", "quota", "32 + 2 = 34")


@pytest.mark.parametrize(
    ("residents", "step"),
    [
        (99, (".bands.rows.0", "band of residents: 0 to 99", "7")),
        (100, (".bands.rows.1", "band of residents: 100 to 499", "8–9")),
        (499, (".bands.rows.1", "band of residents: 100 to 499", "8–9")),
        (500, (".bands.rows.2", "band of residents: 500 and more", "11")),
    ],
)
def test_the_band_that_is_taken_is_named_with_its_bounds(
    tmp_path: Path, residents: int, step: tuple[str, str, str]
) -> None:
    banded = "bands: {of: residents, rows: [[0, 99, 7], [100, 499, 8, 9], [500, null, 11]]}"
    assert steps(load_frame(frame_file(tmp_path, banded)), residents) == [step]


CASES = """\
cases:
  - {when: {island: true}, base: 20}
  - {when: {border: true}, base: 25}
  - {base: 32}
"""


@pytest.mark.parametrize(
    ("island", "border", "found"),
    [
        (True, True, [(".cases.0", "on an island", "20")]),
        (
            False,
            True,
            [(".cases.0.when", "on an island", "does not hold"), (".cases.1", "on the land border", "25")],
        ),
        (
            None,
            False,
            [
                (".cases.0.when", "on an island", "unknown: counted without it"),
                (".cases.1.when", "on the land border", "does not hold"),
                (".cases.2", "all the others", "32"),
            ],
        ),
    ],
)
def test_the_cases_before_the_one_taken_are_shown_as_not_holding(
    tmp_path: Path, island: bool | None, border: bool, found: list[tuple[str, str, str]]
) -> None:
    frame = load_frame(frame_file(tmp_path, CASES))
    assert steps(frame, terrain=Terrain(island=island, border=border)) == found


STANDARD = """\
standards:
  own:
    cases: [{when: {island: true}, figure: 2000}, {figure: 8000}]
    source: law
"""


@pytest.mark.parametrize(("island", "size", "made"), [(True, 1_000, 10), (False, 4_000, 2)])
def test_the_standard_of_the_unit_is_the_first_case_that_holds(
    tmp_path: Path, island: bool, size: int, made: int
) -> None:
    increment = "{posts: 1, per_residents: {share: 1/2, of: own}, above: 10000, rounding: down}"
    frame = load_frame(frame_file(tmp_path, f"base: 32\nincrement: {increment}", STANDARD))
    found = steps(frame, terrain=Terrain(island=island))
    assert found[2] == (
        ".increment.per_residents",
        f"full steps of {size:,} residents",
        f"10,000 ÷ {size:,}, rounded down = {made}",
    )


@pytest.mark.parametrize(
    ("rounding", "step"),
    [
        ("down", ("full steps of 20", "30 ÷ 20, rounded down = 1")),
        ("up", ("begun steps of 20", "30 ÷ 20, rounded up = 2")),
        ("nearest", ("steps of 20", "30 ÷ 20, rounded to the nearest = 2")),
    ],
)
def test_steps_of_another_column_say_how_they_are_counted(
    tmp_path: Path, rounding: str, step: tuple[str, str]
) -> None:
    increment = f"{{posts: 1, counts: area_km2, per: 20, above: 0, rounding: {rounding}}}"
    frame = load_frame(frame_file(tmp_path, f"base: 32\nincrement: {increment}"))
    assert steps(frame)[2] == (".increment.per", *step)


def test_a_condition_above_a_bound_is_said_in_words(tmp_path: Path) -> None:
    supplement = "supplement: {posts: 1, when: {residents: {above: 19999, to: 20000}}}"
    found = steps(load_frame(frame_file(tmp_path, f"base: 32\n{supplement}")))
    assert found[1] == (".supplement.posts", "residents above 19,999 up to 20,000", "1")


def test_the_sum_is_rounded_by_the_way_the_frame_names(tmp_path: Path) -> None:
    said_by = {}
    for way in ("down", "up", "nearest"):
        bloc = f"base: 32\nrounding: {way}\nsupplement: {{posts: 1/4}}"
        said_by[way] = steps(load_frame(frame_file(tmp_path, bloc)))[-1][2]
    assert said_by == {
        "down": "32 + 0.25 = 32.25, rounded down = 32",
        "up": "32 + 0.25 = 32.25, rounded up = 33",
        "nearest": "32 + 0.25 = 32.25, rounded to the nearest = 32",
    }
