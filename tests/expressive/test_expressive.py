"""What decrees say can be said: small frames, each with its figures worked by hand beside it."""

from __future__ import annotations

from pathlib import Path

import pytest

from quota.core.blocs import Bloc
from quota.core.explanations import Margin
from quota.core.units import Terrain, Unit, UnitType
from quota.norms.evaluation import margins_of, quota_of, steps_of
from quota.norms.examples import mismatches
from quota.norms.granting import Assumption
from quota.norms.loading import load_frame, read_rules
from quota.norms.schema import Frame

FRAMES = sorted(Path(__file__).parent.glob("*.yaml"))


@pytest.mark.parametrize("path", FRAMES, ids=lambda path: path.stem)
def test_the_figures_worked_by_hand_come_out(path: Path) -> None:
    loaded = read_rules(path)
    assert [str(problem) for problem in loaded.problems] == []
    assert isinstance(loaded.rules, Frame)
    assert len(loaded.rules.examples) >= 2
    assert mismatches(loaded.rules) == ()


@pytest.mark.parametrize("path", FRAMES, ids=lambda path: path.stem)
def test_the_last_step_of_the_explanation_is_the_quota(path: Path) -> None:
    whole = load_frame(path)
    for example in whole.examples:
        frame = whole.at(example)
        quota = quota_of(frame, example.unit)
        assert quota is not None
        for bloc, steps in steps_of(frame, example.unit).items():
            assert steps[-1].result == quota.blocs[bloc], [str(step.arithmetic) for step in steps]


@pytest.mark.parametrize("path", FRAMES, ids=lambda path: path.stem)
def test_margins_are_where_posts_change(path: Path) -> None:
    whole = load_frame(path)
    for example in whole.examples:
        frame = whole.at(example)
        for bloc, margin in margins_of(frame, example.unit).items():
            at_margin(frame, example.unit, bloc, margin)


def at_margin(frame: Frame, unit: Unit, bloc: Bloc, margin: Margin) -> None:
    def posts(more: int) -> int:
        quota = quota_of(frame, Unit(**{**fields(unit), "population": (unit.population or 0) + more}))
        assert quota is not None
        return quota.blocs[bloc].low + quota.blocs[bloc].high

    now = posts(0)
    if margin.residents_to_next is not None:
        assert posts(margin.residents_to_next) > now
        assert posts(margin.residents_to_next - 1) <= now
    if margin.residents_to_fewer is not None:
        assert posts(-margin.residents_to_fewer) < now
        assert posts(-margin.residents_to_fewer + 1) >= now
    if margin.residents_to_last is not None:
        assert posts(margin.residents_to_last) == posts(10_000_000)


def fields(unit: Unit) -> dict[str, object]:
    return {name: getattr(unit, name) for name in unit.__struct_fields__}


@pytest.mark.parametrize(
    ("unit_type", "residents", "posts"),
    [
        (UnitType.COMMUNE, 51_999, 49),
        (UnitType.COMMUNE, 52_000, 50),
        (UnitType.COMMUNE, 53_999, 50),
        (UnitType.COMMUNE, 54_000, 50),
        (UnitType.WARD, 91_999, 69),
        (UnitType.WARD, 92_000, 70),
        (UnitType.WARD, 93_999, 70),
        (UnitType.WARD, 94_000, 70),
    ],
)
def test_the_dispatch_stops_at_its_ceilings(unit_type: UnitType, residents: int, posts: int) -> None:
    unit = Unit("1", "A", unit_type, residents, terrain=Terrain(mountain=False))
    quota = quota_of(load_frame("cv-09-2025"), unit)
    assert quota is not None
    assert quota.blocs["government"].low == posts
    assert quota.possible is None


def test_at_a_ceiling_there_is_no_next_post() -> None:
    unit = Unit("1", "A", UnitType.COMMUNE, 54_000, terrain=Terrain(mountain=False))
    margin = margins_of(load_frame("cv-09-2025"), unit)["government"]
    assert margin == Margin(None, 2_001, 0)
    below = Unit("1", "A", UnitType.COMMUNE, 51_999, terrain=Terrain(mountain=False))
    assert margins_of(load_frame("cv-09-2025"), below)["government"] == Margin(1, 2_000, 1)


def test_what_is_unknown_is_counted_without_and_said_or_settled_by_what_is_assumed() -> None:
    frame, unit = load_frame("cv-09-2025"), Unit("1", "A", UnitType.COMMUNE, 20_000)
    quota = quota_of(frame, unit)
    assert quota is not None
    assert quota.possible is not None
    assert (quota.blocs["government"].low, quota.possible["government"].low) == (34, 36)
    assert quota.unsettled == ("mountain",)
    for assumed, ends in (
        (Assumption.NO, (34, 34)),
        (Assumption.YES, (36, 36)),
        (Assumption.RANGE, (34, 36)),
    ):
        found = quota_of(frame.assuming({"mountain": assumed}), unit)
        assert found is not None
        assert (found.blocs["government"].low, found.blocs["government"].high) == ends
        assert found.unsettled == ()


def test_a_number_that_is_counted_and_unknown_leaves_no_quota() -> None:
    frame = load_frame(Path(__file__).parent / "area-steps.yaml")
    assert quota_of(frame, Unit("1", "A", UnitType.COMMUNE, 20_000)) is None
