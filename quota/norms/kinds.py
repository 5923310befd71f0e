"""The kinds of rule files there are, by the word that stands after `kind:`."""

from __future__ import annotations

from quota.norms.fields import Fields
from quota.norms.policy import Policy
from quota.norms.rulefile import RuleFile
from quota.norms.schema import Frame
from quota.norms.standards import Standards

KINDS: dict[str, type[RuleFile]] = {
    "frame": Frame,
    "fields": Fields,
    "unit-standards": Standards,
    "redeployment": Policy,
}
DEFAULT_KIND = "frame"
