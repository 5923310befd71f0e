"""`quota sensitivity`: every point of a grid by hand, and only grids that a frame can have."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from quota.analysis.what_if.sensitivity import outcome_of, sensitivity
from quota.core.problems import InputError
from quota.norms.loading import load_frame
from quota.norms.varying import Axis, full_path, numeric_fields, variants
from quota.tables.readers.units.population import read_units
from tests.independent import PROVINCES, government, units

Quota = Callable[..., Any]
ALL = units()
DAY = date(2026, 11, 22)


def test_every_point_over_all_embedded_units_by_hand(quota: Quota) -> None:
    steps, starts, party = (1_500, 2_000, 2_500), (0, 16_000), (15, 17)
    run = quota(
        *("sensitivity", *PROVINCES, "--staff", "hai-phong-staff-sample", "--format", "json"),
        *("--vary", "government.increment.per_residents=1500,2000,2500"),
        *("--vary", "blocs.government.increment.above=0,16000", "--vary", "party.range.low=15,17"),
        *("--rules", "central-2025"),
    )
    found = json.loads(run.out)
    assert found["varied"] == [
        "blocs.government.increment.per_residents",
        "blocs.government.increment.above",
        "blocs.party.range.low",
    ]
    for point, (per, above, low) in zip(found["points"], product(steps, starts, party), strict=True):
        assert list(point["settings"].values()) == [per, above, low]
        posts = sum(government(unit["population"], above, per) for unit in ALL.values())
        assert point["quota"] == {
            "government": [posts, posts],
            "party": [405 * low, 405 * 20],
            "front": [405 * 8, 405 * 10],
            "total": [posts + 405 * (low + 8), posts + 405 * 30],
        }
        blocs = {bloc: {"shortfall": 0, "surplus": 0} for bloc in ("government", "party", "front")}
        for unit in ALL.values():
            if "staff" in unit:
                needed, people = government(unit["population"], above, per), unit["staff"]
                ends = {"government": (needed, needed), "party": (low, 20), "front": (8, 10)}
                for bloc, (least, most) in ends.items():
                    blocs[bloc]["shortfall"] += max(least - people[bloc], 0)
                    blocs[bloc]["surplus"] += max(people[bloc] - most, 0)
        whole = {part: sum(gap[part] for gap in blocs.values()) for part in ("shortfall", "surplus")}
        assert point["gap"] == {**blocs, "total": whole}
        assert point["below_minimum"] == sum(unit["population"] < 16_000 for unit in ALL.values())
        if (per, above, low) == (2_000, 16_000, 17):
            assert {key: point[key] for key in ("quota", "gap", "below_minimum")} == found["base"]
    assert len(found["points"]) == 12


def test_without_an_axis_it_lists_the_fields_and_the_frame_as_it_stands(quota: Quota) -> None:
    found = json.loads(quota("sensitivity", "hue", "--format", "json").out)
    assert found["points"] == found["varied"] == []
    assert found["fields"]["blocs.party.range.high"] == 20
    assert found["base"]["gap"]["total"] is None  # no staff: unknown, not zero
    rows = list(csv.DictReader(io.StringIO(quota("sensitivity", "hue", "--format", "csv").out)))
    assert {row["field"]: int(row["value"]) for row in rows} == found["fields"]
    assert "blocs.government.base" in quota("sensitivity", "hue").out


def test_the_ceilings_and_the_steps_of_the_default_frame_can_be_varied(quota: Quota) -> None:
    axes = (
        "--vary",
        "government.increment.1.per_residents=1500,2000",
        "--vary",
        "government.most.ward=60,70",
    )
    found = json.loads(quota("sensitivity", "ha-noi", *axes, "--format", "json").out)
    wards = [unit for unit in ALL.values() if (unit["province"], unit["type"]) == ("Hà Nội", "ward")]
    communes = [unit for unit in ALL.values() if (unit["province"], unit["type"]) == ("Hà Nội", "commune")]
    for point, (per, most) in zip(found["points"], product((1_500, 2_000), (60, 70)), strict=True):
        posts = sum(min(government(unit["population"], per=per), most) for unit in wards)
        posts += sum(min(government(unit["population"], per=per), 50) for unit in communes)
        assert point["quota"]["government"] == [posts, posts]


@pytest.mark.parametrize("path", sorted(Path("tests/expressive").glob("*.yaml")), ids=lambda path: path.stem)
def test_each_number_of_a_list_and_each_end_of_a_pair_is_a_field(path: Path) -> None:
    frame = load_frame(path)
    fields = numeric_fields(frame)
    assert all(
        name.rpartition(".")[2] not in ("low", "high") or ".range." in name or ".posts." in name
        for name in fields
    )
    for name, value in fields.items():
        (same,) = variants(frame, [Axis(name, (value,))])
        assert same.frame.model_dump() == frame.model_dump()


def test_every_field_named_can_be_varied_and_set_to_what_it_is() -> None:
    for rules in ("central-2025", "cv-09-2025", "tests/toy/toy.yaml"):
        frame = load_frame(rules)
        for path, value in numeric_fields(frame).items():
            (same,) = variants(frame, [Axis(path, (value,))])
            assert same.frame.model_dump() == frame.model_dump()
            assert full_path(frame, path.removeprefix("blocs.")) == path


def test_the_minimum_population_moves_no_post_but_the_units_under_it(quota: Quota) -> None:
    run = quota(
        "sensitivity", "cao-bang", "--vary", "minimum_population.commune=5000,16000", "--format", "json"
    )
    points = json.loads(run.out)["points"]
    assert points[0]["quota"] == points[1]["quota"]
    assert points[0]["below_minimum"] < points[1]["below_minimum"]


def test_another_evaluation_can_take_the_place_of_the_plain_one() -> None:
    frame, table = load_frame(), read_units("hue")
    asked: list[int] = []

    def evaluate(frames: Any, placed: Any) -> Any:
        asked.append(len(frames))
        return [outcome_of(frame, placed) for frame in frames]

    axes = [Axis("front.range.high", (10, 12))]
    assert sensitivity(table, frame, axes, as_of=DAY, evaluate=evaluate) == sensitivity(
        table, frame, axes, as_of=DAY
    )
    assert asked == [5]  # the frame, both points, and both in mountains, which is unknown of Huế's units


@pytest.mark.parametrize(
    ("vary", "said"),
    [
        ("goverment.base=3", "did you mean government.base?"),
        ("nothing.like.it=3", "blocs.front.range.high = 10"),
        ("reading=3", "no numeric field"),
        ("party.range.low=30", "the low end, 30, is above the high end, 20"),
        ("government.increment.1.per_residents=0", "at least 1 belongs there"),
        ("government.base=-1", "at least 0 belongs there"),
        ("government.base=99999999", "at most 10,000,000 belongs there"),
        ("government.base=2.000", "whole numbers in digits"),
        ("government.base=", "whole numbers in digits"),
        ("government.base=3,3", "gives a value twice"),
    ],
)
def test_an_impossible_grid_is_refused_with_the_way_out(quota: Quota, vary: str, said: str) -> None:
    run = quota("sensitivity", "hue", "--vary", vary)
    assert run.code == 2
    assert said.casefold() in " ".join(run.err.split()).casefold()
    assert "Traceback" not in run.err
    assert run.out == ""


def test_the_same_field_under_two_names_and_too_many_points_are_refused() -> None:
    frame = load_frame()
    with pytest.raises(InputError, match="varied twice"):
        variants(frame, [Axis("blocs.front.range.low", (1,)), Axis("front.range.low", (2,))])
    many = [Axis("government.base", tuple(range(101))), Axis("front.range.high", tuple(range(100)))]
    with pytest.raises(InputError, match="more than"):
        variants(frame, many)


@pytest.mark.parametrize("columns", [80, 100, 160])
def test_it_fits_the_width(quota: Quota, monkeypatch: pytest.MonkeyPatch, columns: int) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    axes = ("--vary", "government.increment.1.per_residents=1500,2000", "--vary", "party.range.low=15,17")
    out = quota("sensitivity", *axes).out
    assert max(len(line) for line in out.splitlines()) <= columns
    assert "2,000†" in out
    assert "| --- |" in quota("sensitivity", *axes, "--format", "markdown").out
    assert "blocs.party.range.low,quota_government_low" in quota("sensitivity", *axes, "--format", "csv").out
