"""What of a policy's limits a way to the deadline keeps to, and which it says it does not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from quota.core.moves import Cell, Place, Situation
from quota.core.problems import Problem, Severity
from quota.core.text import say
from quota.norms.policy import Policy
from quota.planning.path.fewest import Post


def posts_of(
    cells: Mapping[Place, Cell],
    there: Mapping[Place, int],
    lent: Mapping[Place, int],
    start: Situation,
    policy: Policy,
    deadline: date,
) -> list[Post]:
    """The blocs on the deadline if nobody moves: who is there, who of them on loan, who may go and come."""
    limits, keep = policy.limits, policy.keeps_surplus(deadline)
    stay_all = limits.no_release.units if limits.no_release else ()
    come_none = limits.no_receive.units if limits.no_receive else ()
    return [
        Post(
            place,
            there[place],
            cell.low,
            cell.high,
            start.provinces.get(place.code, ""),
            lent[place],
            releases=not keep and place.code not in stay_all,
            receives=place.code not in come_none,
        )
        for place, cell in cells.items()
    ]


def not_kept(policy: Policy) -> Iterator[Problem]:
    """A warning where the policy limits what a way to the deadline has not: stages, and who goes where."""
    limits = policy.limits
    names = [f"limits.{key}" for key in ("km", "moves_per_unit") if getattr(limits, key) is not None]
    if names:
        message = say(
            "the path does not keep to {limits} of the policy: its moves may break them",
            limits=", ".join(names),
        )
        fix = say("quota plan keeps them: plan the moves, and give them with --plan")
        yield Problem("limit-not-kept", Severity.WARNING, message, fix)
