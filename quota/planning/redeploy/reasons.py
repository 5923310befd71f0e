"""Why no plan fills more, in facts to check by hand: who is over in which bloc, where posts are empty."""

from __future__ import annotations

from collections import Counter

from quota.core.moves import Cell, EmptyPosts, PeopleOver, Place, Pool, Reasons, Situation
from quota.norms.policy import Policy


def reasons(end: Situation, policy: Policy) -> Reasons:
    """The facts that show why posts stay empty, counted from who is where at the end."""
    short = Counter[str]()
    surplus = Counter[str]()
    for place, cell in end.cells.items():
        short[place.group] += cell.short
        surplus[place.group] += cell.surplus
    empty = [
        EmptyPosts(group, posts, _who_may(group, end, policy))
        for group, posts in sorted(short.items())
        if posts
    ]
    over = [
        PeopleOver(
            group,
            people,
            sum(
                posts
                for need, posts in short.items()
                if group in (need, "") or (group, need) in _pairs(end, policy)
            ),
        )
        for group, people in sorted(surplus.items())
        if people
    ]
    return Reasons(tuple(empty), tuple(over))


def _pairs(end: Situation, policy: Policy) -> frozenset[tuple[str, str]]:
    """Which group's people may fill another's posts in a stage between places."""
    if end.by_position:
        return frozenset(end.substitutes)
    return frozenset(
        pair for rule in policy.stages if rule.kind != "internal" for pair in policy.exchanges(rule.kind)
    )


def _who_may(group: str, end: Situation, policy: Policy) -> int:
    """People left who may fill posts of `group` in another place, wherever they are."""
    pairs = _pairs(end, policy)

    def fits(place: Place) -> bool:
        return place.group in (group, "") or (place.group, group) in pairs

    from_units = any(rule.kind != "internal" and "units" in rule.from_ for rule in policy.stages)
    cells = [cell for place, cell in end.cells.items() if fits(place)] if from_units else list[Cell]()
    pools = [pool for place, pool in end.pools.items() if fits(place)]
    return sum(cell.surplus for cell in cells) + sum(_can_send(pool, policy) for pool in pools)


def _can_send(pool: Pool, policy: Policy) -> int:
    kinds = {rule.kind.value for rule in policy.stages if "departments" in rule.from_}
    return (pool.transfer if "transfer" in kinds else 0) + (pool.secondment if "secondment" in kinds else 0)
