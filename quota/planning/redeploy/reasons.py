"""Why nothing more is filled from where a plan ends, in facts to check by hand: over and short."""

from __future__ import annotations

from collections import Counter

from quota.core.moves import Cell, EmptyPosts, PeopleOver, Place, Pool, Reasons, Situation
from quota.norms.policy import Policy
from quota.planning.redeploy.exchanges import exchanges_between_places


def reasons(end: Situation, policy: Policy) -> Reasons:
    """The facts that show why posts stay empty, counted from who is where at the end."""
    short = Counter[str]()
    surplus = Counter[str]()
    for place, cell in end.cells.items():
        short[place.group] += cell.short
        surplus[place.group] += cell.surplus
    pairs = exchanges_between_places(policy, end)

    def posts_for(group: str) -> int:
        return sum(posts for need, posts in short.items() if group in (need, "") or (group, need) in pairs)

    empty = [
        EmptyPosts(group, posts, _who_may(group, end, policy))
        for group, posts in sorted(short.items())
        if posts
    ]
    over = [
        PeopleOver(group, people, posts_for(group)) for group, people in sorted(surplus.items()) if people
    ]
    return Reasons(tuple(empty), tuple(over))


def _who_may(group: str, end: Situation, policy: Policy) -> int:
    """People left who may fill posts of `group` in another place, wherever they are."""
    pairs = exchanges_between_places(policy, end)

    def fits(place: Place) -> bool:
        return place.group in (group, "") or (place.group, group) in pairs

    from_units = any(rule.kind != "internal" and "units" in rule.from_ for rule in policy.stages)
    cells = [cell for place, cell in end.cells.items() if fits(place)] if from_units else list[Cell]()
    pools = [pool for place, pool in end.pools.items() if fits(place)]
    return sum(cell.surplus for cell in cells) + sum(_can_send(pool, policy) for pool in pools)


def _can_send(pool: Pool, policy: Policy) -> int:
    kinds = {rule.kind.value for rule in policy.stages if "departments" in rule.from_}
    return (pool.transfer if "transfer" in kinds else 0) + (pool.secondment if "secondment" in kinds else 0)
