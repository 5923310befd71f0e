"""What settles, in every command that applies a frame to units, what their tables do not say of terrain."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from quota.cli.grouping import Group
from quota.cli.refusing import usage_error
from quota.core.text import say

if TYPE_CHECKING:  # what most runs do without
    from datetime import date

    from quota.norms.granting import Assumption, Norms
    from quota.norms.schema import Frame

F = TypeVar("F", "Frame", "Norms")

TerrainFile = Annotated[
    str | None,
    typer.Option(
        "--terrain",
        metavar="FILE",
        help="Terrain table: code, or name and province; mountain, highland, island, border (yes or no). "
        "Settles what the population table does not say.",
    ),
]
Assumed = Annotated[
    list[str] | None,
    typer.Option(
        "--assume",
        metavar="COLUMN=ANSWER",
        help="What to take where mountain, highland, island or border is unknown: mountain=no, =yes "
        "or =range (from without to with). May be repeated.",
    ),
]


class Unknowns(Group, frozen=True):
    """What settles terrain that is unknown: a table of it, and what is taken where that does not say it."""

    terrain: TerrainFile = None
    assume: Assumed = None

    def over(self, frame: F) -> F:
        """The frame, taking what is assumed for what is unknown of a unit."""
        assumed = self.assumptions()
        return frame.assuming(assumed) if assumed else frame

    def whole_frame(self, rules: str, day: date) -> Frame:
        """The frame as it is on a day with all that it says, for what shows more than it grants."""
        from quota.norms.loading import load_frame  # YAML and its validation

        return self.over(load_frame(rules, day))

    def assumptions(self) -> dict[str, Assumption]:
        """What `--assume` says of each column; a usage error where it is not understood."""
        from quota.norms.granting import Assumption, flag_columns

        found: dict[str, Assumption] = {}
        for text in self.assume or []:
            column, _, answer = text.partition("=")
            if column not in flag_columns() or answer not in set(Assumption):
                raise usage_error(
                    say(
                        '--assume "{text}" is not understood: write one of {columns}, '
                        "then =no, =yes or =range",
                        text=text,
                        columns=", ".join(flag_columns()),
                    )
                )
            found[column] = Assumption(answer)
        return found


AS_THEY_ARE = Unknowns()
"""Nothing is settled: what hangs on unknown terrain is said beside the figures."""
