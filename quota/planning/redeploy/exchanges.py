"""Whose people may fill which other group's posts: by the policy, or by substitutes of positions."""

from __future__ import annotations

from collections.abc import Mapping

from quota.core.moves import Situation
from quota.norms.policy import Policy, StageKind

Exchanges = Mapping[tuple[str, str], int]
"""From which bloc or position to which, and at what cost."""


def exchanges_in(kind: StageKind, policy: Policy, now: Situation) -> Exchanges:
    """Those of a stage of this kind; of positions they are the same in every stage."""
    return now.substitutes if now.by_position else dict.fromkeys(policy.exchanges(kind), 0)


def exchanges_between_places(policy: Policy, now: Situation) -> Exchanges:
    """Those of any stage of the policy that moves people between places."""
    if now.by_position:
        return now.substitutes
    kinds = (rule.kind for rule in policy.stages if rule.kind is not StageKind.INTERNAL)
    return dict.fromkeys((pair for kind in kinds for pair in policy.exchanges(kind)), 0)
