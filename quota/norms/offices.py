"""Which bloc the people of an office or in a post belong to, how they are employed, and on whose word."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from quota.core.names import spelled_alike
from quota.core.text import say
from quota.core.units import Employment
from quota.norms.files.rulefile import Id, Remark, RuleFile, Strict, Words


class Written(Strict):
    """How something is written in lists of people, and the source that speaks of it."""

    names: Annotated[list[Words], Field(min_length=1)]
    source: Id


class Placed(Written):
    """An office or a post, and the bloc its people count in.

    Without `bloc` the words say nothing of it: a specialist may sit in any. People of a bloc that a frame
    does not have are counted apart. `employment` is how people there are employed, where that is certain.
    """

    bloc: Id | None = None
    employment: Employment | None = Field(default=None, strict=False)


class Offices(RuleFile):
    """The offices and posts of units by bloc, and the words for how people are employed.

    The bloc of a post counts where no office is named beside it: a secretary of the youth union is none of
    the Party committee.
    """

    kind: Literal["offices"]
    offices: Annotated[dict[Id, Placed], Field(min_length=1)]
    posts: Annotated[dict[Id, Placed], Field(min_length=1)]
    employment: Annotated[dict[Annotated[Employment, Field(strict=False)], Written], Field(min_length=1)]

    def remarks(self) -> Iterator[Remark]:
        """Words that mean two things: a row that has them could not be placed."""
        placed = (
            (group, key, entry)
            for group, entries in (("offices", self.offices), ("posts", self.posts))
            for key, entry in entries.items()
        )
        meant: dict[str, tuple[str | None, Employment | None]] = {}
        for group, key, entry in placed:
            for number, name in enumerate(entry.names):
                here = (entry.bloc, entry.employment)
                if meant.setdefault(spelled_alike(name), here) != here:
                    message, fix = (
                        say("the same words belong to another bloc"),
                        say("leave one of the two out"),
                    )
                    yield (group, key, "names", number), "name-twice", message, fix
