"""Merging conserves assigned posts, bloc by bloc; what is unknown of one unit is unknown of the whole."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from quota.core.blocs import BLOCS, UNKNOWN_STAFF, ByBloc, Staff
from quota.core.units import Decision, Reserve, Unit, UnitTable, UnitType
from quota.core.what_if.scenarios import Merge, Scenario
from quota.norms.loading import load_frame
from quota.planning.mergers.combining import combined
from quota.planning.mergers.simulating import simulate
from tests.laws.often import often

COUNT = st.none() | st.integers(0, 60)
POSTS = st.none() | st.tuples(COUNT, COUNT, COUNT)


def _unit(place: int, posts: tuple[int | None, ...] | None) -> Unit:
    assigned: Staff = UNKNOWN_STAFF if posts is None else ByBloc(BLOCS, posts)
    return Unit(f"{place:05}", f"Xã {place}", UnitType.COMMUNE, 1_000, assigned=assigned)


@often(100)
@given(st.lists(POSTS, min_size=1, max_size=5))
def test_a_merger_has_the_posts_of_its_units(drawn: list[tuple[int | None, ...] | None]) -> None:
    units = [_unit(place, posts) for place, posts in enumerate(drawn)]
    whole = combined(units, "09999", "Xã X", UnitType.COMMUNE)
    if all(posts is None for posts in drawn):
        assert whole.assigned == UNKNOWN_STAFF
        return
    for place, bloc in enumerate(BLOCS):
        counts = [None if posts is None else posts[place] for posts in drawn]
        expected = None if None in counts else sum(count or 0 for count in counts)
        assert whole.assigned[bloc] == expected


def test_a_merger_keeps_a_decision_that_all_its_units_have() -> None:
    ours, theirs = Decision("12/QĐ-UBND", date(2026, 1, 5)), Decision("13/QĐ-UBND", None)
    units = [replace(_unit(place, (1, 1, 1)), decision=ours) for place in range(2)]
    assert combined(units, "1", "Xã X", UnitType.COMMUNE).decision == ours
    units.append(replace(_unit(2, (1, 1, 1)), decision=theirs))
    assert combined(units, "1", "Xã X", UnitType.COMMUNE).decision is None


@often(30)
@given(st.lists(POSTS, min_size=2, max_size=6), st.integers(2, 6))
def test_a_scenario_conserves_what_was_assigned(
    drawn: list[tuple[int | None, ...] | None], merging: int
) -> None:
    """Where all is known the totals are those of before; the reserve stays; no column tells otherwise."""
    units = [_unit(place, posts) for place, posts in enumerate(drawn)]
    units = [replace(unit, more={"assigned_party": "7", "note": "a"}) for unit in units]
    merging = min(merging, len(units))
    operation = Merge(tuple(unit.code for unit in units[:merging]), units[0].code, "Xã X", UnitType.COMMUNE)
    kept = Reserve("Huế", ByBloc(BLOCS, (1, 2, 3)))
    table = UnitTable(tuple(units), reserves=(kept,), assigned_columns=("assigned_party",))
    report = simulate(Scenario("Thử", (operation,)), table, load_frame(), as_of=date(2026, 11, 28))
    before, after = report.before.assignment, report.after.assignment
    assert before is not None
    assert after is not None
    assert before.reserves == after.reserves == (kept,)
    for place, bloc in enumerate(BLOCS):
        known = [posts[place] for posts in drawn if posts is not None and posts[place] is not None]
        assert before.posts[bloc] == (sum(count or 0 for count in known) if known else None)
        if len(known) == len(drawn):
            assert after.posts[bloc] == before.posts[bloc]
    assert all(unit_after.audit.unit.more == {"note": "a"} for unit_after in report.units)
