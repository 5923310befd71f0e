"""Frames longer than a line of Python or a formula can be."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from quota.core.units import UnitType
from quota.norms.arithmetic.counting import counting, counting_parts
from quota.norms.arithmetic.expression import (
    AtLeast,
    Both,
    Choose,
    Column,
    Constant,
    Either,
    Is,
    Node,
    Number,
)
from quota.norms.arithmetic.parts import PART, Depths, InParts, in_parts
from quota.norms.arithmetic.walking import columns_of, inside
from quota.norms.granting import Granter
from quota.norms.loading import load_frame
from quota.norms.schema import Frame
from tests import long_frame
from tests.laws.drawn import drawn_frames, random_units

Quota = Callable[..., Any]


@pytest.fixture(scope="module")
def frame(tmp_path_factory: pytest.TempPathFactory) -> Frame:
    path = tmp_path_factory.mktemp("long") / "long.yaml"
    path.write_text(long_frame.frame_text(), encoding="utf-8")
    return load_frame(path)


def test_an_audit_by_a_long_frame_is_an_independent_recount(quota: Quota, tmp_path: Path) -> None:
    rules, table = tmp_path / "long.yaml", tmp_path / "units.csv"
    rules.write_text(long_frame.frame_text(), encoding="utf-8")
    table.write_text(long_frame.table_text(), encoding="utf-8")
    run = quota("audit", table, "--rules", rules, "--as-of", "2026-11-22", "--format", "json")
    assert run.code == 0, run.err
    found = {unit["code"]: unit["quota"] for unit in json.loads(run.out)["units"]}
    assert found.pop("99999") is None
    assert len(found) == len(long_frame.UNITS)
    for number, residents, area in long_frame.UNITS:
        government, party, front = long_frame.granted(number, residents, area)
        quota_of = found[long_frame.code(number)]
        assert quota_of["government"] == list(government), number
        assert (quota_of["party"], quota_of["front"]) == ([party, party], [front, front]), number
    assert max(ends["government"][1] for ends in found.values()) > 60
    assert min(ends["government"][1] for ends in found.values()) < 10


@pytest.mark.parametrize("most", [3, 5, 9])
def test_an_expression_in_parts_is_the_same_number(most: int) -> None:
    units = random_units(30, seed=7)
    for drawn in drawn_frames(2):
        for unit_type in UnitType:
            norm = drawn.norm(unit_type)
            granter = Granter(norm)
            numbers = [end for grant in norm.grants for end in (grant.low, grant.high)]
            made = in_parts(numbers, Depths(), most)
            _check(made, most)
            whole = counting(numbers, norm.columns)
            known = [
                values for unit in units if None not in (values := granter.values(unit))[: len(norm.counted)]
            ]
            for values in map(granter.without, known):
                parts = counting_parts(made, norm.columns)(*values)
                names = [name for name, _ in made.parts]
                assert counting(made.numbers, [*norm.columns, *names])(*values, *parts) == whole(*values)


def _check(made: InParts, most: int) -> None:
    """No part is too deep, and each asks only for those before it."""
    assert made.parts
    named = set[str]()
    for name, part in made.parts:
        assert Depths()(part) <= max(most, 7)  # a choice by a sum of two columns, say, is no smaller in parts
        assert {column for column in columns_of(part) if column.startswith(PART)} <= named
        named.add(name)
    for number in made.numbers:
        assert {column for column in columns_of(number) if column.startswith(PART)} <= named


def _nodes(node: Node) -> int:
    """How many things and words are in an expression."""
    return 1 + sum(map(_nodes, inside(node))) + (len(node.words) if isinstance(node, Is) else 0)


@pytest.mark.parametrize("kind", [Both, Either])
def test_many_conditions_and_words_are_asked_about_in_several_parts(kind: type[Both | Either]) -> None:
    words = tuple(f"{number:03}" for number in range(60))
    conditions = tuple(AtLeast(Column("residents"), Constant(number)) for number in range(40))
    number = Choose(kind((*conditions, Is("code", words))), Constant(7), Constant(5))
    made = in_parts([number], _nodes, 40)
    assert max(map(_nodes, [*made.numbers, *(part for _, part in made.parts)])) <= 40
    names = [name for name, _ in made.parts]
    for residents, code in product((0, 20, 38, 39, 90), ("000", "059", "060")):
        parts = counting_parts(made, ["residents", "code"])(residents, code)
        found = counting(made.numbers, ["residents", "code", *names])(residents, code, *parts)
        assert found == counting([number], ["residents", "code"])(residents, code)


def test_what_fits_is_left_as_it_is(frame: Frame) -> None:
    numbers: list[Number] = [grant.low for grant in frame.norm(UnitType.WARD).grants]
    assert in_parts(numbers, Depths(), 10_000) == InParts(tuple(numbers))


def test_bands_and_sums_are_not_as_deep_as_they_are_long(frame: Frame) -> None:
    _, party, front = (grant.high for grant in frame.norm(UnitType.COMMUNE).grants)
    assert Depths()(front) < 30
    assert Depths()(party) > long_frame.CASES


def test_no_case_is_gone_through_for_every_case_before_it() -> None:
    number: Number = Constant(7)
    for case in range(300):
        number = Choose(AtLeast(Column("residents"), Constant(case)), Constant(case % 7), number)
    depths = Depths()
    in_parts([number], depths, 60)
    assert len(depths) < 30 * 300


@pytest.mark.parametrize(("cases", "code"), [(300, 0), (301, 1)])
def test_more_cases_than_units_of_a_province_are_refused(
    quota: Quota, tmp_path: Path, cases: int, code: int
) -> None:
    named = ", ".join(f'{{base: 1, when: {{unit: "{number:05}"}}}}' for number in range(cases - 1))
    text = (
        f"{long_frame.HEAD}blocs:\n"
        f"  government: {{cases: [{named}, {{base: 40}}], source: law}}\n"
        "  party: {range: [17, 20], source: law}\n  front: {range: [8, 10], source: law}\n"
        "examples: [{population: 1, government: 40, party: [17, 20], front: [8, 10]}]\n"
    )
    path = tmp_path / "long.yaml"
    path.write_text(text, encoding="utf-8")
    run = quota("rules", "check", path)
    assert run.code == code, run.err
    if code:
        assert "long.yaml, line 9, blocs.government" in run.err
        assert "301 cases; 300 are the most" in run.err
        assert "put the units of equal figures in one case: when: {unit: [A, B, C]}" in run.err
