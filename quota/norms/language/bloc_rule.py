"""What one bloc is granted: its start, what is added, how it is rounded, between which ends.

Nothing has a silent default that changes a number. A grant is the start, then increments, then
supplements; percentages are taken of that sum; then it is rounded, where there are fractions, and held
between `least` and `most`.
"""

from __future__ import annotations

from typing import Annotated, TypeVar

from pydantic import model_validator
from pydantic_core import PydanticCustomError

from quota.core.posts import Posts
from quota.core.text import say
from quota.core.units import UnitType
from quota.norms.arithmetic.rounding import all_ways
from quota.norms.files.rulefile import SEVERAL, Count, Id, Pair, complaint
from quota.norms.language.amounts import Increment, Increments, Supplement, Supplements
from quota.norms.language.bounds import Bounds, bound, ceiling_at
from quota.norms.language.parts import Way
from quota.norms.language.starts import Bands, Case, complete


class BlocRule(Bounds):
    """What one bloc is granted: one start (`base`, `range`, `bands` or `cases`), and what is added to it."""

    base: Count | None = None
    range: Pair | None = None
    bands: Bands | None = None
    cases: Annotated[tuple[Case, ...], SEVERAL] | None = None
    increment: Increments | None = None
    supplement: Supplements | None = None
    rounding: Way | None = None
    source: Id

    @model_validator(mode="after")
    def _one_start(self) -> BlocRule:
        starts = [found for found in (self.base, self.range, self.bands, self.cases) if found is not None]
        if len(starts) != 1:
            raise PydanticCustomError("base_or_range", "needs one start", {})
        if self.cases is not None:
            complete(self.cases)
        return self

    @model_validator(mode="after")
    def _ceiling_over_the_start(self) -> BlocRule:
        start = min(posts.low for posts in self._starts())
        for unit_type in UnitType:
            most = bound(self.most, unit_type)
            if most is not None and most < start:
                message = say(
                    "the ceiling of {most} is under the {start} it starts from", most=most, start=start
                )
                fix = say("raise most:, or lower the start")
                raise complaint("ceiling-under-start", message, fix, ceiling_at(self.most, unit_type))
        return self

    def _starts(self) -> list[Posts]:
        """Every start that some unit may have."""
        if self.bands is not None:
            return [posts for _, posts in self.bands.starts()]
        return [self.start] if self.cases is None else [case.start for case in self.cases]

    @model_validator(mode="after")
    def _rounds_what_is_no_whole(self) -> BlocRule:
        if self.is_exact and self.rounding is None:
            message = say("halves or percentages, and nothing says how they are rounded")
            raise complaint("no-rounding", message, say("add rounding: {ways} to the bloc", ways=all_ways()))
        if not self.is_exact and self.rounding is not None:
            message = say("a rounding where there is nothing to round")
            raise complaint("idle-rounding", message, say("remove it; an increment has its own"))
        return self

    @property
    def increments(self) -> tuple[Increment, ...]:
        """All increments, in order."""
        return _listed(self.increment)

    @property
    def supplements(self) -> tuple[Supplement, ...]:
        """All supplements, in order."""
        return _listed(self.supplement)

    @property
    def is_exact(self) -> bool:
        """Whether fractions of posts may occur before the rounding at the end."""
        return (
            any(entry.rounding == "none" for entry in self.increments)
            or any(entry.percent is not None for entry in self.supplements)
            or any(end.denominator > 1 for entry in self.increments for end in entry.ends)
            or any(end.denominator > 1 for entry in self.supplements for end in entry.ends)
        )

    @property
    def start(self) -> Posts:
        """Posts before anything is added, where they are the same for all units: `base` or `range`."""
        if self.range is not None:
            return Posts(*self.range)
        return Posts.exactly(self.base or 0)


E = TypeVar("E")


def _listed(entry: E | tuple[E, ...] | None) -> tuple[E, ...]:
    if entry is None:
        return ()
    return entry if isinstance(entry, tuple) else (entry,)
