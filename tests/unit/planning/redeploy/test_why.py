"""Why a unit gives or gets what it does: what binds each of its blocs, and what one change would do."""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace

from quota.core.moves import Cell, Place, Pool, Situation
from quota.core.units import Unit, UnitType
from quota.norms.applying import load_policy
from quota.norms.policy import CountLimit, Keeping, Policy, UnitLimit
from quota.planning.redeploy.distances import Distances
from quota.planning.redeploy.stages import Given
from quota.planning.redeploy.why import Why, why

DAY = date(2026, 11, 22)
POLICY = load_policy("redeployment-hai-phong-2025")
POINTS = {"A": (105.0, 21.0), "B": (105.1, 21.0), "C": (105.2, 21.0)}


def cell(code: str, group: str, staff: int) -> Cell:
    """A norm of 17 to 20 people."""
    return Cell(Place(code, group), staff, 17, 17, 20)


def story(
    wanted: str, *cells: Cell, policy: Policy = POLICY, pools: tuple[Pool, ...] = (), **more: object
) -> Why:
    start = Situation(
        cells={cell.place: cell for cell in cells},
        pools={pool.place: pool for pool in pools},
        names={code: f"Xã {code}" for code in POINTS},
        units=tuple(Unit(code, f"Xã {code}", UnitType.COMMUNE, 20_000) for code in POINTS),
        points=POINTS,
    )
    start = replace(start, **more)  # type: ignore[arg-type]  # the keys of Situation
    return why(Given(start, policy, Distances("points", POINTS), DAY), wanted)


def binds(found: Why) -> dict[str, str]:
    return {cell.before.place.group: cell.binds for cell in found.cells}


def limits(**chosen: object) -> Policy:
    return replace(POLICY, limits=replace(POLICY.limits, **chosen))


NO_RELEASE = limits(no_release=UnitLimit(units=("A", "C"), source="quota"))
OVER_AND_SHORT = (cell("A", "party", 23), cell("B", "party", 16), cell("C", "party", 18))


def test_who_is_filled_who_has_no_posts_to_go_to_and_whom_nothing_binds() -> None:
    assert binds(story("A", *OVER_AND_SHORT)) == {"party": "no-posts"}
    assert binds(story("B", *OVER_AND_SHORT)) == {"party": "filled"}
    assert binds(story("C", *OVER_AND_SHORT)) == {"party": "nothing"}


def test_where_the_policy_stands_between_people_and_posts_it_is_the_laws_on_both_sides() -> None:
    assert binds(story("A", *OVER_AND_SHORT, policy=NO_RELEASE)) == {"party": "laws"}
    assert binds(story("B", *OVER_AND_SHORT, policy=NO_RELEASE)) == {"party": "laws"}


def test_where_nobody_who_may_is_over_that_binds() -> None:
    cells = (cell("A", "front", 23), cell("B", "party", 16))
    assert binds(story("B", *cells)) == {"party": "nobody-over"}
    assert binds(story("A", *cells)) == {"front": "no-posts"}


def test_positions_that_may_be_filled_by_others_count_as_posts_for_them() -> None:
    cells = (cell("A", "land", 23), cell("B", "finance", 16))
    positions = {"by_position": True, "policy": NO_RELEASE}
    costs = {("land", "finance"): 1}
    assert binds(story("B", *cells, **positions)) == {"finance": "nobody-over"}
    assert binds(story("A", *cells, **positions)) == {"land": "no-posts"}
    assert binds(story("B", *cells, **positions, substitutes=costs)) == {"finance": "laws"}
    assert binds(story("A", *cells, **positions, substitutes=costs)) == {"land": "laws"}


def test_departments_people_are_there_only_in_the_way_a_stage_takes_them() -> None:
    """The shipped policy seconds departments' people; without its last stage it only transfers them."""
    short = (cell("B", "party", 15),)
    barred = limits(no_receive=UnitLimit(units=("B",), source="quota"))
    seconded = (Pool(Place("Sở X", "party"), 0, 5),)
    assert binds(story("B", *short, policy=barred, pools=seconded)) == {"party": "laws"}
    without = replace(barred, stages=POLICY.stages[:2])
    assert binds(story("B", *short, policy=without, pools=seconded)) == {"party": "nobody-over"}
    elsewhere = (Pool(Place("Sở X", "front"), 5, 5),)
    assert binds(story("B", *short, policy=barred, pools=elsewhere)) == {"party": "nobody-over"}


def what_ifs(found: Why) -> dict[str, tuple[int, int]]:
    return {str(what_if.name): (what_if.short, what_if.people) for what_if in found.what_ifs}


def test_each_limit_is_lifted_by_itself_and_of_lists_of_units_only_this_one_is_taken_off() -> None:
    policy = replace(NO_RELEASE, keep_surplus_until=None)
    assert what_ifs(story("A", *OVER_AND_SHORT, policy=policy)) == {
        "one person more: Party": (0, 0),
        "with A taken off limits.no_release": (-1, 1),
    }
    assert what_ifs(story("B", *OVER_AND_SHORT, policy=policy)) == {"one person more: Party": (-1, 0)}
    keeping = replace(POLICY, keep_surplus_until=Keeping(date=DAY, source="quota"))
    assert what_ifs(story("B", *OVER_AND_SHORT, policy=keeping)) == {
        "one person more: Party": (-1, 0),
        "without keep_surplus_until": (-1, 1),
    }
    near = limits(km=CountLimit(most=1, source="quota"))
    assert what_ifs(story("B", *OVER_AND_SHORT, policy=near)) == {
        "one person more: Party": (-1, 0),
        "without limits.km: 1": (-1, 1),
    }


def test_metres_are_compared_only_where_both_plans_know_them() -> None:
    known = story("B", *OVER_AND_SHORT).what_ifs
    assert [what_if.metres for what_if in known] == [-10_381]
    pools = (Pool(Place("Sở X", "party"), 5, 0),)
    more = (cell("A", "party", 20), *OVER_AND_SHORT[1:])
    assert [what_if.metres for what_if in story("B", *more, pools=pools).what_ifs] == [None]


def test_a_border_between_provinces_is_a_limit_that_can_be_lifted() -> None:
    provinces = {"A": "Hải Phòng", "B": "Hưng Yên", "C": "Hải Phòng"}
    found = story("B", *OVER_AND_SHORT, provinces=provinces)
    assert what_ifs(found)["without within: province"] == (-1, 1)
    assert "without within: province" not in what_ifs(story("B", *OVER_AND_SHORT))
