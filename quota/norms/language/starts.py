"""Where a grant starts: bands, cases, and the standards that steps are counted by."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from quota.core.posts import Posts
from quota.core.text import say
from quota.norms.arithmetic.columns import RESIDENTS
from quota.norms.files.rulefile import SEVERAL, Count, Id, Pair, Positive, Strict, complaint
from quota.norms.language.parts import ColumnName
from quota.norms.language.when import When


class Bands(Strict):
    """A start by bands of a number: rows of [from, to, posts], both bounds included, the last without `to`.

    A row of four gives a range: [from, to, low, high]. Bands of residents follow each other by one; of
    another column each begins where the last ended, and a unit exactly there belongs to the lower one.
    """

    of: ColumnName
    rows: Annotated[
        tuple[Annotated[tuple[Count | None, ...], Field(strict=False, min_length=3, max_length=4)], ...],
        Field(strict=False, min_length=2),
    ]

    @model_validator(mode="after")
    def _without_gaps(self) -> Bands:
        step = 1 if self.of == RESIDENTS else 0
        expected = 0
        for number, row in enumerate(self.rows, start=1):
            first, last, *posts = row
            final = number == len(self.rows)
            if first is None or None in posts or (last is None) != final:
                message = say("band {n} lacks a bound or its posts", n=number)
                fix = say("write [from, to, posts]; the last band alone has null for to")
                raise complaint("band", message, fix, ("rows", number - 1))
            if first != expected:
                message = say(
                    "band {n} begins at {first}, inside the band before it"
                    if first < expected
                    else "band {n} begins at {first}: {expected} is in no band",
                    n=number,
                    first=first,
                    expected=expected,
                )
                fix = say("begin it at {expected}", expected=expected)
                raise complaint("bands", message, fix, ("rows", number - 1, 0))
            if last is not None and last < first + (1 - step):
                message = say("band {n} ends at {last}, before it begins", n=number, last=last)
                fix = say("write the smaller number first")
                raise complaint("band", message, fix, ("rows", number - 1, 1))
            if len(posts) == 2 and (posts[0] or 0) > (posts[1] or 0):
                ends = {"low": posts[0], "high": posts[1], "at": ("rows", number - 1)}
                raise PydanticCustomError("low_above_high", "low above high", ends)
            expected = 0 if last is None else last + step
        return self

    def starts(self) -> list[tuple[int | None, Posts]]:
        """Each band's last number (None: no end) and its posts."""
        return [(last, Posts(posts[0] or 0, posts[-1] or 0)) for _, last, *posts in self.rows]


class Case(Strict):
    """A start for the units for which `when` holds; without it, for all that no case before it is for."""

    when: When | None = None
    base: Count | None = None
    range: Pair | None = None
    source: Id | None = None

    @model_validator(mode="after")
    def _one_base(self) -> Case:
        if (self.base is None) == (self.range is None):
            raise PydanticCustomError("base_or_range", "needs either base or range", {})
        return self

    @property
    def start(self) -> Posts:
        """The posts of this case."""
        return Posts(*self.range) if self.range is not None else Posts.exactly(self.base or 0)


class StandardCase(Strict):
    """The standard's figure for the units for which `when` holds; without it, for all others."""

    when: When | None = None
    figure: Positive
    source: Id | None = None


class Standard(Strict):
    """A figure that differs from unit to unit (the standard residents of a ward), to count increments by."""

    cases: Annotated[tuple[StandardCase, ...], SEVERAL]
    source: Id

    @model_validator(mode="after")
    def _complete(self) -> Standard:
        complete(self.cases)
        return self


MOST_CASES = 300
"""More than the units of any province: one is asked about after the other, and each goes one call deeper."""


def complete(cases: Sequence[Case | StandardCase]) -> None:
    """Refuse cases that some unit fits none of or that no unit can reach, and too many to go through."""
    if len(cases) > MOST_CASES:
        message = say("{n} cases; {most} are the most", n=len(cases), most=MOST_CASES)
        fix = say("put the units of equal figures in one case: when: {{unit: [A, B, C]}}")
        raise complaint("too-many-cases", message, fix)
    for case in cases[:-1]:
        if case.when is None:
            message = say("a case after the one that is for all the others")
            raise complaint("unreachable-case", message, say("put the case without when: last"))
    if cases[-1].when is not None:
        message = say("no case for a unit that none of these is for")
        raise complaint("incomplete", message, say("end with a case without when:"))
