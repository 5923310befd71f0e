"""Groups of neighbours: every one that may be in a best proposal, and how far the search got."""

from __future__ import annotations

from itertools import combinations

import pytest

from quota.planning.mergers import groups
from quota.planning.mergers.groups import Land, connected, connected_groups, indivisible_groups

ROUND = Land([3, 1, 4, 1, 5, 9], [0b100010, 0b101, 0b1010, 0b10100, 0b101000, 0b10001], 0b111111)
"""Six units in a circle."""


def every(land: Land, sizes: range) -> set[int]:
    """Every connected group of these sizes."""
    units = range(len(land.residents))
    made = (sum(1 << unit for unit in some) for size in sizes for some in combinations(units, size))
    return {group for group in made if connected(land.beside, group)}


def divisible(land: Land, group: int, minimum: int) -> bool:
    def has(part: int) -> int:
        return sum(land.residents[unit] for unit in groups.numbers(part))

    inside = [part for part in every(land, range(1, 6)) if part & group == part and part != group]
    return any(
        connected(land.beside, group ^ part) and has(part) >= minimum and has(group ^ part) >= minimum
        for part in inside
    )


def indivisible(land: Land, sizes: range, minimum: int) -> set[int]:
    return {
        group
        for group in every(land, sizes)
        if sum(land.residents[unit] for unit in groups.numbers(group)) >= minimum
        and not divisible(land, group, minimum)
    }


def test_every_indivisible_group_with_the_minimum_is_found() -> None:
    found = indivisible_groups(ROUND, 5, None)
    assert found.complete_to is None
    assert set(found.found) == indivisible(ROUND, range(1, 7), 5)


@pytest.mark.parametrize(("limit", "value"), [("MOST_GROUPS", 4), ("MOST_WORK", 0)])
def test_what_is_found_before_the_limit_is_whole_up_to_the_size_that_is_said(
    monkeypatch: pytest.MonkeyPatch, limit: str, value: int
) -> None:
    monkeypatch.setattr(groups, limit, value)
    found = indivisible_groups(ROUND, 5, None)
    assert found.complete_to is not None
    assert set(found.found) == indivisible(ROUND, range(1, found.complete_to + 1), 5)


def test_connected_groups_are_whole_up_to_the_size_that_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    assert set(connected_groups(ROUND, 3).found) == every(ROUND, range(1, 4))
    monkeypatch.setattr(groups, "MOST_GROUPS", 12)
    found = connected_groups(ROUND, 3)
    assert found.complete_to == 2
    assert set(found.found) == every(ROUND, range(1, 3))
