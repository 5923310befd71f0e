"""Totals alone: the plain rules that give them are those that plain counting finds."""

from __future__ import annotations

from itertools import product

import pytest

from quota.analysis.fitting.alone import (
    ABOVE,
    BASES,
    CEILINGS,
    STEPS,
    Between,
    PlainRule,
    rules_that_meet,
    totals_of_frame,
)
from quota.analysis.fitting.fitting import Total
from quota.core.units import Unit, UnitType
from quota.norms.applying import load_norms

UNITS = (
    Unit("1", "Xã A", UnitType.COMMUNE, 9_000),
    Unit("2", "Phường B", UnitType.WARD, 61_000),
    Unit("3", "Xã C", UnitType.COMMUNE, 47_500),
)


def posts_of(rule: PlainRule, units: tuple[Unit, ...]) -> int:
    each = (
        min(
            rule.base + max((unit.population or 0) - rule.above, 0) // rule.step,
            rule.most.get(unit.type, 10**6),
        )
        for unit in units
    )
    return sum(each)


@pytest.mark.parametrize("totals", [(150,), (150, 47), (3,), (9_999,)])
def test_the_rules_are_all_that_give_the_totals(totals: tuple[int, ...]) -> None:
    groups = (UNITS, UNITS[2:])
    asked = [Total("A", units, posts) for units, posts in zip(groups, totals, strict=False)]
    found = rules_that_meet(asked)
    tried = (PlainRule(*rule) for rule in product(BASES, STEPS, ABOVE, CEILINGS))
    wanted = [rule for rule in tried if all(posts_of(rule, total.units) == total.posts for total in asked)]
    assert sorted(map(repr, found)) == sorted(map(repr, wanted))


def test_a_frame_gives_from_without_what_is_unknown_to_with_it() -> None:
    totals = [Total("A", UNITS, 150)]
    found = totals_of_frame(load_norms("cv-09-2025"), "government", totals)
    assert found is not None
    # 32 + 54 + 47 in lowlands (61,000: 22 steps; 47,500: 15); 32 + 70 + 50 in mountains
    assert found.given == (Between(32 + 54 + 47, 32 + 70 + 50),)
    assert [found.given[0].holds(posts) for posts in (132, 133, 152, 153)] == [False, True, True, False]
    party = totals_of_frame(load_norms("cv-09-2025"), "party", totals)
    assert party is not None
    assert party.given == (Between(51, 60),)
    assert totals_of_frame(load_norms("cv-09-2025"), "military", totals) is None
    unknown = [Total("A", (Unit("1", "Xã A", UnitType.COMMUNE, None),), 150)]
    assert totals_of_frame(load_norms("cv-09-2025"), "government", unknown) is None
