"""Merging conserves assigned posts, bloc by bloc; what is unknown of one unit is unknown of the whole."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from quota.core.blocs import BLOCS, UNKNOWN_STAFF, ByBloc, Staff
from quota.core.units import Unit, UnitType
from quota.planning.mergers.combining import combined

COUNT = st.none() | st.integers(0, 60)
POSTS = st.none() | st.tuples(COUNT, COUNT, COUNT)


def _unit(place: int, posts: tuple[int | None, ...] | None) -> Unit:
    assigned: Staff = UNKNOWN_STAFF if posts is None else ByBloc(BLOCS, posts)
    return Unit(f"{place:05}", f"Xã {place}", UnitType.COMMUNE, 1_000, assigned=assigned)


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
