"""What a proposal of mergers is asked for, as it was typed."""

from __future__ import annotations

from typing import Annotated

import typer

from quota.analysis.audit.finding import find_unit
from quota.cli.grouping import Group
from quota.cli.options import option
from quota.cli.refusing import usage_error
from quota.core.text import say
from quota.core.units import UnitTable
from quota.core.what_if.proposals import Aim, Wish

UnitNames = list[str] | None


class Wishes(Group, frozen=True):
    """The one constraint, what must stay as it is, and how long to look."""

    minimum: Annotated[
        int | None, option("--minimum", "N", "Every unit must have at least N residents.", min=1)
    ] = None
    units: Annotated[int | None, option("--units", "N", "N units must be left.", min=1)] = None
    save_posts: Annotated[
        int | None, option("--save-posts", "N", "At least N posts must be saved.", min=1)
    ] = None
    max_merge: Annotated[
        int | None,
        option(
            "--max-merge",
            "K",
            "The most units in one merger.",
            min=2,
            show_default="none with --minimum, else 4",
        ),
    ] = None
    keep: Annotated[
        UnitNames,
        option("--keep", "UNIT", "A unit that stays as it is; may be repeated."),
    ] = None
    exempt: Annotated[
        UnitNames, option("--exempt", "UNIT", "A unit that stays, whatever its residents; may be repeated.")
    ] = None
    time_limit: Annotated[float, option("--time-limit", "SECONDS", "How long to search.", min=0.1)] = 60.0
    seed: Annotated[int, typer.Option("--seed", min=0, help="The same seed gives the same answer.")] = 1

    def aim(self) -> tuple[Aim, int]:
        """The constraint and its number; a usage error where there is none, or more than one."""
        asked = {Aim.MINIMUM: self.minimum, Aim.UNITS: self.units, Aim.SAVE_POSTS: self.save_posts}
        given = [(aim, amount) for aim, amount in asked.items() if amount is not None]
        if len(given) != 1:
            raise usage_error(say("give one of --minimum, --units and --save-posts"))
        return given[0]

    def wish(self, aim: tuple[Aim, int], parent: UnitTable) -> Wish:
        """What is looked for among these units; `InputError` where one that must stay is none of them."""
        return Wish(
            *aim,
            max_merge=self.max_merge,
            keep=_codes(parent, self.keep),
            exempt=_codes(parent, self.exempt),
            seconds=self.time_limit,
            seed=self.seed,
        )


NO_WISHES = Wishes()


def _codes(parent: UnitTable, wanted: UnitNames) -> frozenset[str]:
    return frozenset(find_unit(parent.units, name).code for name in wanted or [])
