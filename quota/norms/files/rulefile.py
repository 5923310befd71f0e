"""What every rule file has, whatever its rules are about: id, title, status, days in force, sources.

A rule file says its `kind` in its first lines; without one it is a frame. `kinds.py` lists them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, PrivateAttr, model_validator
from pydantic_core import PydanticCustomError

from quota.core.citations import Citation, RuleSource
from quota.core.text import LocalText, Text

Count = Annotated[int, Field(ge=0, le=10_000_000)]
Positive = Annotated[int, Field(ge=1, le=10_000_000)]
Day = Annotated[dt.date, Field(ge=dt.date(1900, 1, 1), le=dt.date(2100, 12, 31))]
"""A day in a file: 0206-07-01 and 2205-07-01 are slips."""


def low_first(pair: tuple[int, int]) -> tuple[int, int]:
    """The pair as it is; raises `PydanticCustomError` where its first number is the larger."""
    low, high = pair
    if low > high:
        raise PydanticCustomError("low_above_high", "low above high", {"low": low, "high": high})
    return pair


SEVERAL = Field(strict=False, min_length=1)
"""A list in a file, of one or more, is a tuple in a model."""
Pair = Annotated[tuple[Count, Count], Field(strict=False), AfterValidator(low_first)]
Id = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
Place = tuple[str, int, str]
"""File, line and dotted path of something in a rule file."""
Words = Annotated[str, Field(min_length=1, max_length=4_000, pattern=r"\S")]


def complaint(code: str, message: Text, fix: Text, at: tuple[str | int, ...] = ()) -> PydanticCustomError:
    """What a model's own check says of a value, in the reader's words; `validation` makes a Problem of it.

    `at` leads from the model to the value at fault, where it is not the model as a whole.
    """
    return PydanticCustomError(
        "own_words", "not valid", {"code": code, "message": message, "fix": fix, "at": at}
    )


class Strict(BaseModel):
    """Unknown keys and values of another type are refused; nothing changes after loading."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, defer_build=True)


class Local(Strict):
    """Words for readers, in Vietnamese and in English."""

    vi: Words
    en: Words

    @property
    def text(self) -> LocalText:
        """The same as a core value."""
        return LocalText(self.vi, self.en)


class Source(Strict):
    """A published source that rules of this file cite by its key; a day nobody gives is left out."""

    title: Words
    publisher: Words
    date: Day | None = None
    verified_on: Day | None = None
    url: Words | None = None

    def citation(self, key: str) -> Citation:
        """The same as a core value, under its key."""
        return Citation(key, self.title, self.publisher, self.date, self.verified_on, self.url)


class Effective(Strict):
    """The days a frame is in force: from `from` to `to`, both included, or open-ended."""

    from_: Day = Field(alias="from")
    to: dt.date | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Effective:
        if self.to is not None and self.to < self.from_:
            raise PydanticCustomError(
                "dates_out_of_order", "ends before it begins", {"from": self.from_, "to": self.to}
            )
        return self

    def covers(self, day: dt.date) -> bool:
        """Whether the frame is in force on `day`."""
        return self.from_ <= day and (self.to is None or day <= self.to)


Remark = tuple[tuple[str | int, ...], str, Text, Text]
"""Where in the file something is wrong, its code, what is wrong, and how to mend it."""


class RuleFile(Strict):
    """The head of a rule file. `sources` are the published sources that its values cite by key."""

    kind: str
    id: Id
    extends: Words | None = None
    title: Local
    status: Literal["draft", "provisional", "in-force", "superseded"]
    effective: Effective
    notes: Local | None = None
    sources: Annotated[dict[Id, Source], Field(min_length=1)]

    _files: tuple[RuleSource, ...] = PrivateAttr(())
    _asked_at: Mapping[str, Place] = PrivateAttr(default_factory=dict)

    @property
    def files(self) -> tuple[RuleSource, ...]:
        """The file these rules were read from and those it extends; none where they were made in memory."""
        return self._files

    def read_from(self, files: tuple[RuleSource, ...], asked: Mapping[str, Place]) -> Self:
        """The same rules, knowing their files and where these ask for columns and units of a table."""
        copy = self.model_copy()
        copy._files, copy._asked_at = files, asked
        return copy

    def remarks(self) -> Iterator[Remark]:
        """What is wrong between parts that are sound each by itself."""
        return iter(())

    def citations(self) -> tuple[Citation, ...]:
        """The sources as core values."""
        return tuple(source.citation(key) for key, source in self.sources.items())
