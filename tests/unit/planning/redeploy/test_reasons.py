"""Why nothing more is filled: counted again from who is left where."""

from __future__ import annotations

from random import Random

import pytest

from quota.core.moves import EmptyPosts, PeopleOver
from quota.planning.redeploy.stages import plan
from tests.unit.planning.redeploy.histories import BLOCS, province

pytest.importorskip("ortools")


@pytest.mark.parametrize("seed", range(40))
def test_reasons_are_what_is_left(seed: int) -> None:
    given = province(Random(seed))
    made = plan(given)
    for bloc in BLOCS:
        cells = [cell for place, cell in made.end.cells.items() if place.group == bloc]
        posts = sum(max(cell.low - cell.staff, 0) for cell in cells)
        people = sum(max(cell.staff - cell.high, 0) for cell in cells)
        sent = sum(
            pool.transfer + pool.secondment
            for place, pool in made.end.pools.items()
            if place.group in (bloc, "")
        )
        empty = [part for part in made.reasons.empty if part.group == bloc]
        over = [part for part in made.reasons.over if part.group == bloc]
        assert empty == ([EmptyPosts(bloc, posts, people + sent)] if posts else [])
        assert over == ([PeopleOver(bloc, people, posts)] if people else [])


def test_where_nobody_is_within_reach_no_limit_is_to_blame() -> None:
    for seed in range(60):
        made = plan(province(Random(seed)))
        if made.reasons.all_out_of_reach:
            assert not made.stages[-1].stoppers
