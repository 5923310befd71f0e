"""Which frame a command applies to units, on which day; what settles terrain that their tables do not say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, TypeVar

from quota.cli.grouping import Group
from quota.cli.options import AsOf, FrameId, day_or_today, file_option, option
from quota.cli.refusing import usage_error
from quota.core.text import say
from quota.norms.kinds import DEFAULT_FRAME

if TYPE_CHECKING:  # what most runs do without
    from datetime import date

    from quota.norms.granting import Assumption, Norms
    from quota.norms.schema import Frame

F = TypeVar("F", "Frame", "Norms")

TerrainFile = Annotated[
    str | None,
    file_option(
        "--terrain",
        "Terrain table: code, or name and province; mountain, highland, island, border (yes or no). "
        "Settles what the population table does not say.",
    ),
]
Assumed = Annotated[
    list[str] | None,
    option(
        "--assume",
        "COLUMN=ANSWER",
        "What to take where mountain, highland, island or border is unknown: mountain=no, =yes "
        "or =range (from without to with). May be repeated.",
    ),
]


class Unknowns(Group, frozen=True, kw_only=True):
    """What settles terrain that is unknown: a table of it, and what is taken where that does not say it.

    Fields that are for keywords alone come after those of the groups that follow, as help lists them.
    """

    terrain: TerrainFile = None
    assume: Assumed = None

    def over(self, frame: F) -> F:
        """The frame, taking what is assumed for what is unknown of a unit."""
        assumed = self.assumptions()
        return frame.assuming(assumed) if assumed else frame

    def assumptions(self) -> dict[str, Assumption]:
        """What `--assume` says of each column; a usage error where it is not understood."""
        from quota.norms.arithmetic.columns import FLAGS
        from quota.norms.granting import Assumption

        found: dict[str, Assumption] = {}
        for text in self.assume or []:
            column, _, answer = text.partition("=")
            if column not in FLAGS or answer not in set(Assumption):
                message = say(
                    '--assume "{text}" is not understood: write one of {columns}, then =no, =yes or =range',
                    text=text,
                    columns=", ".join(FLAGS),
                )
                raise usage_error(message)
            found[column] = Assumption(answer)
        return found


AS_THEY_ARE = Unknowns()
"""Nothing is settled: what hangs on unknown terrain is said beside the figures."""


class FrameOptions(Unknowns, frozen=True):
    """The frame, and what settles terrain that is unknown."""

    rules: FrameId = DEFAULT_FRAME

    def norms(self, day: date) -> Norms:
        """What the frame grants on a day."""
        from quota.norms.applying import load_norms

        return self.over(load_norms(self.rules, day))

    def frame(self, day: date) -> Frame:
        """The frame as it is on a day with all that it says, for what shows more than it grants."""
        from quota.norms.loading import load_frame  # YAML and its validation

        return self.over(load_frame(self.rules, day))


class FrameOnDay(FrameOptions, frozen=True, kw_only=True):
    """The frame, what settles terrain, and the day."""

    as_of: AsOf = None

    def day(self) -> date:
        """The day asked for, or today."""
        return day_or_today(self.as_of)


AS_SHIPPED, AS_SHIPPED_TODAY = FrameOptions(), FrameOnDay()
