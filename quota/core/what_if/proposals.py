"""What a proposal of mergers is asked to do, what it saves, and how sure it is."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from quota.core.problems import Problem
from quota.core.what_if.scenario_results import ScenarioReport
from quota.core.what_if.scenarios import Scenario


class Aim(StrEnum):
    """The constraint: residents at least in every unit, a number of units, or a number of posts saved."""

    MINIMUM = "minimum"
    UNITS = "units"
    SAVE_POSTS = "save_posts"


class Wish(Struct, frozen=True):
    """A request for mergers: the constraint and the limits.

    `amount` is residents, units or posts, as the aim says. `max_merge` is the most units in one merger.
    `keep` are codes of units that stay as they are, `exempt` of those that stay and need not meet the
    minimum either. `seconds` limits the search, `seed` makes it the same each time.
    """

    aim: Aim
    amount: int
    max_merge: int | None = None
    keep: frozenset[str] = frozenset()
    exempt: frozenset[str] = frozenset()
    seconds: float = 60.0
    seed: int = 1


class ProposalObjective(StrEnum):
    """The objectives, in this order, once the constraint is met."""

    UNITS = "units"
    TOUCHED = "touched"
    MIXED = "mixed"
    BORDER = "border"
    BALANCE = "balance"


class ProposalCertificate(Struct, frozen=True):
    """How good a proposal is by one objective: its value, and the best that any could have.

    Units, units touched, mergers of unlike types, metres of border that mergers dissolve, and the squares of
    merged residents in hundreds, added up. Optimal where the two are equal, given the objectives before it.
    """

    objective: ProposalObjective
    value: int
    bound: int

    @property
    def proven(self) -> bool:
        """Whether nothing better is possible."""
        return self.value == self.bound


class Proposal(Struct, frozen=True):
    """Groups of codes that become one unit each (a unit alone stays), and the scenario that does it.

    Without a scenario nothing was found; `problems` say what stops it. `most_tried` is the size of the
    largest mergers that were looked at, where larger ones were too many to look at.
    """

    wish: Wish
    groups: tuple[tuple[str, ...], ...] = ()
    certificates: tuple[ProposalCertificate, ...] = ()
    scenario: Scenario | None = None
    report: ScenarioReport | None = None
    most_tried: int | None = None
    problems: tuple[Problem, ...] = ()
    heard: tuple[Problem, ...] = ()
    """What is worth knowing of the input where nothing was found; else it is in the report."""

    @property
    def optimal(self) -> bool:
        """Whether every objective is proven."""
        return bool(self.certificates) and all(certificate.proven for certificate in self.certificates)
