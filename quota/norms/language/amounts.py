"""What is added to a start: increments, and supplements."""

from __future__ import annotations

from fractions import Fraction
from typing import Annotated, Literal

from pydantic import Field, model_validator

from quota.core.text import say
from quota.norms.arithmetic.columns import RESIDENTS
from quota.norms.arithmetic.rounding import all_ways
from quota.norms.files.rulefile import SEVERAL, Count, Id, Pair, Positive, Strict, complaint
from quota.norms.language.parts import (
    BY_KEYS,
    BY_LIST,
    KEYS,
    LIST,
    PLAIN,
    ColumnName,
    Exact,
    Part,
    Signed,
    SignedPair,
    Way,
    ends_of,
)
from quota.norms.language.when import When


class Share(Strict):
    """A part of one of the frame's standards, different from unit to unit."""

    share: Literal[1] | Part
    of: Id

    @property
    def part(self) -> Fraction:
        """The part as an exact fraction."""
        return Fraction(self.share)


Size = Annotated[Annotated[Positive, PLAIN] | Annotated[Share, KEYS], BY_KEYS]


class Increment(Strict):
    """`posts` more for every `per_residents` residents above `above`, up to `up_to`, counted by `rounding`.

    Another column is counted with `counts` and `per`. A step may be a share of a standard, and `above` name
    one. A range of `posts` adds its ends to the ends of the grant. `rounding: none` leaves part of a step a
    fraction, which the bloc's `rounding` settles. `most` is the most posts it brings.
    """

    posts: Count | Pair | Part
    per_residents: Size | None = None
    counts: ColumnName | None = None
    per: Size | None = None
    above: Count | Id
    up_to: Positive | None = None
    rounding: Way | Literal["none"]
    when: When | None = None
    most: Count | None = None
    source: Id | None = None

    @model_validator(mode="after")
    def _counts_one_thing(self) -> Increment:
        if (self.per_residents is None) == (self.per is None) or (self.per is None) != (self.counts is None):
            message = say("an increment counts residents or one other column")
            fix = say("write per_residents:, or counts: with the column and per: with the size of a step")
            raise complaint("counts", message, fix)
        if self.counts == RESIDENTS:
            raise complaint("counts", say("residents have a key of their own"), say("write per_residents:"))
        if self.up_to is not None and isinstance(self.above, int) and self.up_to <= self.above:
            message = say("counted above {above} up to {up_to}: nothing", above=self.above, up_to=self.up_to)
            raise complaint("empty-tier", message, say("write an up_to: that is larger than above:"))
        if self.rounding == "none" and isinstance(self.size, Share):
            message = say("part of a step of a standard is not counted exactly")
            raise complaint("exact-share", message, say("write rounding: {ways}", ways=all_ways()))
        return self

    @property
    def size(self) -> int | Share:
        """How large a step is."""
        return self.per_residents or self.per or 1

    @property
    def column(self) -> str:
        """What it counts."""
        return self.counts or RESIDENTS

    @property
    def ends(self) -> tuple[Exact, Exact]:
        """What each end of the grant gains a step."""
        return ends_of(self.posts)


class Supplement(Strict):
    """`posts` more (below 0: fewer), or `percent` of what is given in posts, where it holds."""

    posts: Signed | SignedPair | Part | None = None
    percent: Annotated[int, Field(ge=-100, le=1_000)] | None = None
    when: When | None = None
    source: Id | None = None

    @model_validator(mode="after")
    def _one_amount(self) -> Supplement:
        if (self.posts is None) == (self.percent is None):
            message = say("has both posts and percent, or neither")
            raise complaint("posts-or-percent", message, say("give posts: or percent:"))
        return self

    @property
    def ends(self) -> tuple[Exact, Exact]:
        """What each end of the grant gains; nothing, where it is a percentage."""
        return ends_of(self.posts or 0)


Increments = Annotated[Annotated[Increment, PLAIN] | Annotated[tuple[Increment, ...], SEVERAL, LIST], BY_LIST]
Supplements = Annotated[
    Annotated[Supplement, PLAIN] | Annotated[tuple[Supplement, ...], SEVERAL, LIST], BY_LIST
]
