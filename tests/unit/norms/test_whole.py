"""Bounds of all blocs together: which bloc takes the difference, with what is unknown, what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from quota.core.explanations import Margin
from quota.core.posts import Posts
from quota.core.units import Terrain, Unit, UnitType
from quota.norms.arithmetic.expression import (
    Choose,
    Column,
    Constant,
    Difference,
    Flag,
    FloorDivision,
    Greatest,
    Least,
    Product,
    Quotient,
    Sum,
)
from quota.norms.arithmetic.reach import ENDLESS, reach
from quota.norms.arithmetic.rounding import Rounding
from quota.norms.evaluation import margins_of, quota_of, steps_of
from quota.norms.files.documents import Document
from quota.norms.granting import Assumption
from quota.norms.loading import load_frame, read_rules
from quota.norms.margins import margin_of
from quota.norms.schema import Frame
from quota.norms.varying import Axis, variants

EXPRESSIVE = Path(__file__).parents[2] / "expressive"
HEAD = """\
id: {id}
title: {{vi: Thử, en: Test}}
status: draft
effective: {{from: 2025-07-01}}
reading: {{vi: Thử, en: Test}}
"""
PARENT = HEAD.format(id="parent") + (
    """\
sources:
  law: {title: Law, publisher: Gazette, date: 2025-01-01}
blocs:
  government: {base: 40, source: law}
  party: {range: [17, 20], source: law}
total: {most: 70, adjusts: government, source: law}
"""
)


def whole(name: str = "whole-unit") -> Frame:
    return load_frame(EXPRESSIVE / f"{name}.yaml")


def unit(unit_type: UnitType, residents: int, border: bool | None = None) -> Unit:
    return Unit("1", "A", unit_type, residents, terrain=Terrain(border=border))


def ends(frame: Frame, about: Unit) -> list[tuple[int, int]]:
    quota = quota_of(frame, about)
    assert quota is not None
    return [(posts.low, posts.high) for posts in quota.blocs]


def possible(frame: Frame, about: Unit) -> list[tuple[int, int]]:
    quota = quota_of(frame, about)
    assert quota is not None
    assert quota.possible is not None
    return [(posts.low, posts.high) for posts in quota.possible]


@pytest.mark.parametrize(
    ("unit_type", "residents", "step"),
    [
        (
            UnitType.COMMUNE,
            24_000,
            ("total.most", "68 in all − 30 of the other blocs = at most 38: 2 fewer", Posts(38, 38)),
        ),
        (
            UnitType.SPECIAL_ZONE,
            16_000,
            ("total.least", "62 in all − 25 of the other blocs = at least 37: 5 more", Posts(37, 37)),
        ),
    ],
)
def test_what_is_cut_or_added_is_a_step(
    unit_type: UnitType, residents: int, step: tuple[str, str, Posts]
) -> None:
    found = steps_of(whole(), unit(unit_type, residents))["government"][-1]
    assert (found.rule, str(found.arithmetic), found.result) == step
    assert found.source == "law"


def test_within_the_bounds_no_step_speaks_of_them() -> None:
    for found in steps_of(whole(), unit(UnitType.COMMUNE, 22_000)):
        assert not any(step.rule.startswith("total") for step in found)


def test_with_what_is_unknown_the_unit_keeps_to_its_ceiling() -> None:
    frame, about = whole("whole-unit-ranges"), unit(UnitType.COMMUNE, 17_999)
    assert ends(frame, about) == [(32, 32), (17, 18), (8, 10)]
    assert possible(frame, about) == [(32, 32), (16, 16), (8, 12)]
    ranged = frame.assuming({"border": Assumption.RANGE})
    assert ends(ranged, about) == [(32, 32), (16, 16), (8, 12)]
    assert steps_of(ranged, about)["party"][-1].result == Posts(16, 16)


def test_the_next_and_the_last_post_under_a_ceiling_of_all_blocs() -> None:
    frame = whole()
    assert margins_of(frame, unit(UnitType.COMMUNE, 21_999))["government"] == Margin(1, 1_000, 1)
    assert margins_of(frame, unit(UnitType.COMMUNE, 22_000))["government"] == Margin(None, 1, 0)
    assert margins_of(frame, unit(UnitType.SPECIAL_ZONE, 16_000))["government"] == Margin(6_000, None, 38_000)
    giving_way = whole("whole-unit-ranges")
    for residents in (10_000, 20_000, 99_000):
        margin = margins_of(giving_way, unit(UnitType.COMMUNE, residents, border=False))["party"]
        assert (margin.residents_to_next, margin.residents_to_fewer) == (None, None)


BOTH_GROW = HEAD.format(id="both-grow") + (
    """\
sources:
  law: {title: Law, publisher: Gazette, date: 2025-01-01}
blocs:
  government: {base: 10, increment: {posts: 1, per_residents: 1000, above: 0, rounding: down}, source: law}
  party:
    base: 5
    increment: {posts: 1, per_residents: 4000, above: 0, rounding: down}
    most: {commune: 11, ward: 9}
    source: law
total: {least: {commune: 18, ward: 12}, BOUND adjusts: government, source: law}
"""
)


@pytest.mark.parametrize("bound", ["", "most: {commune: 30, special_zone: 600},"])
@pytest.mark.parametrize("unit_type", [UnitType.COMMUNE, UnitType.WARD])
def test_margins_are_exact_where_posts_rise_and_fall(tmp_path: Path, bound: str, unit_type: UnitType) -> None:
    """Beside plain counting: residents one step of 500 after the other, every step at a boundary."""
    path = tmp_path / "both-grow.yaml"
    text = BOTH_GROW.replace("BOUND", bound).replace("most: {commune: 11, ward: 9}", "most: 11")
    path.write_text(text, encoding="utf-8")
    frame = load_frame(path)
    counts = range(0, 60_001, 500)

    def posts(residents: int) -> int:
        return 2 * ends(frame, unit(unit_type, residents))[0][0]

    table = {residents: posts(residents) for residents in counts}
    for residents in range(0, 40_001, 500):
        now, margin = table[residents], margins_of(frame, unit(unit_type, residents))["government"]
        later = [count for count in counts if count > residents and table[count] > now]
        earlier = [count for count in counts if count < residents and table[count] < now]
        assert margin.residents_to_next == (later[0] - residents if later else None)
        fewer = margin.residents_to_fewer
        assert (fewer is None) == (not earlier)
        if fewer is not None:
            assert residents - fewer - earlier[-1] < 500
            assert posts(residents - fewer) < now <= posts(residents - fewer + 1)


def test_there_is_no_last_post_where_posts_are_fewer_again_later_or_come_back() -> None:
    falling = {0: 3, 10: 5, 20: 4}
    turns = (10, 20)

    def at(residents: int) -> int:
        return falling[max(turn for turn in falling if turn <= residents)]

    assert margin_of(at, turns, 5) == Margin(5, None, None)
    again = {0: 5, 10: 3, 20: 5}

    def back(residents: int) -> int:
        return again[max(turn for turn in again if turn <= residents)]

    assert margin_of(back, turns, 12) == Margin(8, None, 8)
    assert margin_of(back, turns, 3) == Margin(None, None, 0)


def test_the_last_post_is_where_it_comes_and_not_where_another_bloc_turns() -> None:
    """A turn after the ceiling is reached is none of this bloc's."""
    assert margin_of(lambda residents: min(residents, 50), (90,), 40) == Margin(1, 1, 10)


@pytest.mark.parametrize(
    ("number", "ends_of_it"),
    [
        (Column("residents"), (0, ENDLESS)),
        (Sum(Constant(2), Column("residents")), (2, ENDLESS + 2)),
        (Difference(Constant(2), Column("residents")), (2 - ENDLESS, 2)),
        (Product(Constant(-2), Column("residents")), (-2 * ENDLESS, 0)),
        (FloorDivision(Constant(7), Constant(2)), (3, 3)),
        (Quotient(Constant(7), Constant(2), Rounding.UP), (4, 4)),
        (Least(Constant(7), Column("residents")), (0, 7)),
        (Greatest(Constant(7), Column("residents")), (7, ENDLESS)),
        (Choose(Flag("border"), Constant(7), Constant(2)), (2, 7)),
    ],
)
def test_how_far_an_expression_reaches(number: object, ends_of_it: tuple[int, int]) -> None:
    assert reach(number) == ends_of_it  # type: ignore[arg-type]  # each is an expression


def test_what_is_no_part_of_an_expression_has_no_reach() -> None:
    with pytest.raises(AssertionError):
        reach(Document("", {}, {}, {}))  # type: ignore[arg-type]  # on purpose


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("total: {most: 75, source: law}", None),
        ("total: {most: 75}", "uncited"),
        ("total: {most: 70, source: law}", "changes-nothing"),
        ("total: null", None),
        ("total: {most: 50, source: law}", "ceiling-under-start"),
        ("phases: [{from: 2026-01-01, reading: {vi: B, en: B}, total: {most: 80, source: law}}]", None),
        (
            "phases: [{from: 2026-01-01, reading: {vi: B, en: B}, total: {most: 30, source: law}}]",
            "ceiling-under-start",
        ),
    ],
)
def test_bounds_are_amended_as_other_rules_are(tmp_path: Path, said: str, code: str | None) -> None:
    (tmp_path / "parent.yaml").write_text(PARENT, encoding="utf-8")
    path = tmp_path / "child.yaml"
    other = (
        ""
        if code == "changes-nothing" or "phases" not in said
        else "blocs: {party: {range: [15, 20], source: law}}\n"
    )
    path.write_text(HEAD.format(id="child") + f"extends: parent\n{other}{said}\n", encoding="utf-8")
    loaded = read_rules(path)
    assert [problem.code for problem in loaded.problems] == ([] if code is None else [code])


def test_a_ceiling_is_varied_within_what_a_frame_can_say() -> None:
    frame = whole("whole-unit-ranges")
    found = variants(frame, [Axis("total.most", (60, 62))])
    about = unit(UnitType.COMMUNE, 18_000, border=False)
    assert [ends(variant.frame, about)[1] for variant in found] == [(17, 17), (17, 19)]
    with pytest.raises(Exception, match="under the 59 that the blocs start from"):
        variants(frame, [Axis("total.most", (50,))])


def test_bounds_that_say_nothing_of_a_type_bind_no_unit_of_it() -> None:
    frame = whole("whole-unit")
    total = frame.total
    assert total is not None
    only_wards = total.model_copy(
        update={"least": None, "most": total.most.model_copy(update={"commune": None})}
    )  # type: ignore[union-attr]  # by type
    assert frame.model_copy(update={"total": only_wards}).norm(UnitType.COMMUNE).whole is None
