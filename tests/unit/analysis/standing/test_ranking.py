"""Units in groups by size: both sides of a bound, and those of unknown size."""

from __future__ import annotations

from datetime import date

from quota import load_frame, rank
from quota.core.blocs import BLOCS, ByBloc, Staff
from quota.core.units import Reserve, Unit, UnitTable, UnitType


def test_sizes_begin_on_their_bound_and_unknown_residents_are_a_group_of_their_own_at_the_end() -> None:
    people = (None, 9_999, 10_000, 99_999, 100_000)
    units = UnitTable(
        tuple(
            Unit(str(place), f"Xã {place}", UnitType.COMMUNE, residents)
            for place, residents in enumerate(people)
        )
    )
    found = rank(units, load_frame(), group_by="size", as_of=date(2026, 11, 22))
    assert [(ranked.group, ranked.audit.unit.population) for ranked in found.units] == [
        ("0-9999", 9_999),
        ("10000-19999", 10_000),
        ("50000-99999", 99_999),
        ("100000-", 100_000),
        (None, None),
    ]
    assert [ranked.in_group.rank if ranked.in_group else None for ranked in found.units] == [
        1,
        1,
        1,
        1,
        None,
    ]
    assert [summary.name for summary in found.groups] == [
        "0-9999",
        "10000-19999",
        "50000-99999",
        "100000-",
        None,
    ]


def test_ascending_ranks_the_least_first_and_leaves_what_is_unknown_without_a_rank() -> None:
    people = (30_000, None, 10_000, 20_000)
    units = UnitTable(
        tuple(
            Unit(str(place), f"Xã {place}", UnitType.COMMUNE, residents)
            for place, residents in enumerate(people)
        )
    )
    found = rank(units, load_frame(), ascending=True, as_of=date(2026, 11, 22))
    assert [
        (ranked.audit.unit.population, ranked.standing.rank if ranked.standing else None)
        for ranked in found.units
    ] == [
        (10_000, 1),
        (20_000, 2),
        (30_000, 3),
        (None, None),
    ]


def test_what_a_province_keeps_back_is_in_its_group_and_in_the_whole() -> None:
    posts: Staff = ByBloc(BLOCS, (40, 18, 9))
    units = tuple(
        Unit(str(place), f"Xã {place}", UnitType.COMMUNE, 20_000, province, assigned=posts)
        for place, province in enumerate(("Huế", "Hà Nội"))
    )
    kept = (Reserve("Huế", ByBloc(BLOCS, (5, 0, 0))), Reserve(None, ByBloc(BLOCS, (1, 0, 0))))
    day = date(2026, 11, 22)
    by_province = rank(UnitTable(units, reserves=kept), load_frame(), group_by="province", as_of=day)
    found = {summary.name: summary.totals.assignment for summary in (*by_province.groups, by_province.whole)}
    assert {name: totals and totals.reserves for name, totals in found.items()} == {
        "Huế": kept[:1],
        "Hà Nội": (),
        None: kept,
    }
    by_type = rank(UnitTable(units, reserves=kept), load_frame(), group_by="type", as_of=day)
    (group,) = by_type.groups
    assert group.totals.assignment is not None
    assert group.totals.assignment.reserves == ()
    assert by_type.has_assigned


def test_what_is_cut_off_with_the_rank_of_the_last_one_shown_is_counted_by_group() -> None:
    people = {"1": 9, "2": 9, "3": 5, "4": 9, "5": None, "6": None}
    types = {"4": UnitType.WARD, "5": UnitType.WARD, "6": UnitType.SPECIAL_ZONE}
    units = UnitTable(
        tuple(
            Unit(
                code, "Xã Tân Lập" if code in "14" else f"Xã {code}", types.get(code, UnitType.COMMUNE), found
            )
            for code, found in people.items()
        )
    )

    def tied(limit: int | None, group_by: str | None = None) -> int:
        return rank(units, load_frame(), limit=limit, group_by=group_by, as_of=date(2026, 11, 22)).tied

    assert [tied(limit) for limit in (1, 2, 3, 4, 5, None)] == [2, 1, 0, 0, 0, 0]
    assert [tied(limit, "type") for limit in (1, 2)] == [1, 0]
    first = rank(units, load_frame(), limit=1, as_of=date(2026, 11, 22))
    assert (len(first.units), first.namesakes) == (1, {"Xã Tân Lập"})
