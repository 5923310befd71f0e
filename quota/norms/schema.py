"""The frame's schema: what a rule file may say, as strict models.

Field names are the contract with everyone who writes a rule file. Nothing has a silent default that changes
a number: what a frame does not say, it does not grant.
"""

from __future__ import annotations

from functools import cache
from typing import Annotated, Literal

from pydantic import Field, field_validator, model_validator
from pydantic_core import PydanticCustomError

from quota.core.blocs import Bloc, ByBloc
from quota.core.posts import Posts
from quota.core.results import FrameSummary, Note
from quota.core.text import say
from quota.core.units import UnitType
from quota.norms.files.rulefile import Count, Id, Local, Pair, Positive, RuleFile, Source, Strict, complaint
from quota.norms.granting import Grant, Growing, Growth, Norm, Norms
from quota.norms.rounding import Rounding


class Increment(Growing, Strict):
    """`posts` more for every `per_residents` residents above `above`, steps counted by `rounding`.

    Its own `source` where that is not the bloc's.
    """

    posts: Positive
    per_residents: Positive
    above: Count
    rounding: Annotated[Rounding, Field(strict=False)]
    source: Id | None = None


class BlocRule(Strict):
    """What one bloc is granted: an exact `base` or a `range`, and what grows with residents."""

    base: Count | None = None
    range: Pair | None = None
    increment: Increment | None = None
    source: Id

    @model_validator(mode="after")
    def _one_base(self) -> BlocRule:
        if (self.base is None) == (self.range is None):
            raise PydanticCustomError("base_or_range", "needs either base or range", {})
        return self

    @property
    def start(self) -> Posts:
        """Posts before anything grows with residents."""
        if self.range is not None:
            return Posts(*self.range)
        return Posts.exactly(self.base or 0)

    def grant(self, residents: int) -> Posts:
        """Posts for a unit of so many residents."""
        return Grant(self.start, self.increment).posts(residents)

    def plain(self) -> Grant:
        """The same as a plain value."""
        added = self.increment
        growth = (
            None if added is None else Growth(added.posts, added.per_residents, added.above, added.rounding)
        )
        return Grant(self.start, growth)


class BlocRules(Strict):
    """The rules of the three blocs."""

    government: BlocRule
    party: BlocRule
    front: BlocRule


class BlocOverrides(Strict):
    """The rules of some blocs, for one type of unit, in place of the general ones."""

    government: BlocRule | None = None
    party: BlocRule | None = None
    front: BlocRule | None = None


class TypeRule(Strict):
    """What is different for one type of unit: its own rules, or a note its quota always carries."""

    blocs: BlocOverrides = BlocOverrides()
    note: Local | None = None


@cache
def _nothing_different() -> TypeRule:
    """Made once: it is asked for several times a unit."""
    return TypeRule()


class TypeRules(Strict):
    """Overrides, by type."""

    commune: TypeRule | None = None
    ward: TypeRule | None = None
    special_zone: TypeRule | None = None


class MinimumPopulation(Strict):
    """The fewest residents a new unit should have, by type, and the note units below it carry."""

    commune: Positive | None = None
    ward: Positive | None = None
    special_zone: Positive | None = None
    source: Id
    note: Local | None = None


ExpectedPosts = Annotated[Count | Pair, Field(union_mode="left_to_right")]


class Example(Strict):
    """A worked example: `quota rules check` computes it and compares."""

    population: Count
    type: Annotated[UnitType, Field(strict=False)] = UnitType.COMMUNE
    government: ExpectedPosts
    party: ExpectedPosts
    front: ExpectedPosts
    total: ExpectedPosts | None = None


class Frame(RuleFile):
    """One frame: what it grants, since when, on whose word, in which reading."""

    kind: Literal["frame"] = "frame"
    reading: Local
    minimum_population: MinimumPopulation | None = None
    blocs: BlocRules
    unit_types: TypeRules = TypeRules()
    examples: Annotated[tuple[Example, ...], Field(strict=False)] = ()

    @field_validator("sources")
    @classmethod
    def _dated(cls, sources: dict[str, Source]) -> dict[str, Source]:
        undated = [key for key, source in sources.items() if source.date is None]
        if undated:
            message = say("a source of a frame without its date: {ids}", ids=", ".join(undated))
            raise complaint("undated", message, say("add date: with the day it was published"))
        return sources

    def rules_for(self, unit_type: UnitType) -> ByBloc[BlocRule]:
        """The rule of each bloc for this type of unit."""
        special = self.type_rule(unit_type).blocs
        return ByBloc.of(lambda bloc: getattr(special, bloc.value) or getattr(self.blocs, bloc.value))

    def path_of(self, unit_type: UnitType, bloc: Bloc) -> str:
        """Where in the file that rule stands."""
        if getattr(self.type_rule(unit_type).blocs, bloc.value) is not None:
            return f"unit_types.{unit_type.value}.blocs.{bloc.value}"
        return f"blocs.{bloc.value}"

    def type_rule(self, unit_type: UnitType) -> TypeRule:
        """What is different for this type; nothing, where the frame says nothing."""
        rule: TypeRule | None = getattr(self.unit_types, unit_type.value)
        return rule or _nothing_different()

    def minimum_for(self, unit_type: UnitType) -> int | None:
        """The fewest residents a new unit of this type should have, if the frame says."""
        if self.minimum_population is None:
            return None
        minimum: int | None = getattr(self.minimum_population, unit_type.value)
        return minimum

    def norm(self, unit_type: UnitType) -> Norm:
        """What it says of this type of unit, as a plain value."""
        minimum, own = self.minimum_population, self.type_rule(unit_type).note
        notes = () if own is None else (Note(unit_type.value.replace("_", "-"), own.text),)
        below = None if minimum is None else minimum.note
        return Norm(
            self.rules_for(unit_type).map(BlocRule.plain),
            self.minimum_for(unit_type),
            notes,
            notes if below is None else (Note("below-minimum", below.text), *notes),
        )

    def norms(self) -> Norms:
        """The frame as it is applied."""
        return Norms(self.summary(), *[self.norm(unit_type) for unit_type in UnitType])

    def summary(self) -> FrameSummary:
        """What every output says of this frame."""
        return FrameSummary(
            id=self.id,
            title=self.title.text,
            status=self.status,
            effective_from=self.effective.from_,
            effective_to=self.effective.to,
            reading=self.reading.text,
            sources=self.citations(),
            files=self.files,
            minimum_population={
                unit_type: minimum
                for unit_type in UnitType
                if (minimum := self.minimum_for(unit_type)) is not None
            },
        )
