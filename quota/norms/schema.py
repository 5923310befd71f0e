"""The frame's schema: what a rule file may say, as strict models.

Field names are the contract with everyone who writes a rule file. Nothing has a silent default that changes
a number: what a frame does not say, it does not grant.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Annotated, Literal, Self

from pydantic import Field, PrivateAttr, field_validator, model_validator

from quota.core.blocs import BLOCS, Bloc, Blocs, ByBloc
from quota.core.problems import refusal
from quota.core.results import FrameSummary, Note
from quota.core.text import Text, did_you_mean, say
from quota.core.units import UnitType
from quota.norms.arithmetic.columns import heading_of
from quota.norms.arithmetic.whole import Ends
from quota.norms.expressing import Expressing
from quota.norms.files.rulefile import Id, Local, Remark, RuleFile, Source, complaint
from quota.norms.granting import Assumption, Granter, Norm, Norms
from quota.norms.language.amounts import Increment, Share
from quota.norms.language.bloc_rule import BlocRule
from quota.norms.language.bounds import bound
from quota.norms.language.example import Example
from quota.norms.language.named import (
    BlocKey,
    MinimumPopulation,
    NamedBlocRule,
    TypeRule,
    TypeRules,
    _nothing_different,
)
from quota.norms.language.phase import Phase
from quota.norms.language.room import refuse_without_room
from quota.norms.language.starts import Standard
from quota.norms.language.total import TotalRule


def _name_fix(key: str) -> Text:
    known = list(map(str, BLOCS))
    own = say("known here: {blocs}; a bloc of your own has a name: {{vi: …, en: …}}", blocs=", ".join(known))
    return did_you_mean(key, known) or own


class Frame(RuleFile):
    """One frame: what it grants, since when, on whose word, in which reading."""

    kind: Literal["frame"] = "frame"
    reading: Local
    minimum_population: MinimumPopulation | None = None
    blocs: Annotated[dict[BlocKey, NamedBlocRule], Field(min_length=1)]
    unit_types: TypeRules = TypeRules()
    total: TotalRule | None = None
    standards: dict[Id, Standard] = Field(default_factory=dict)
    phases: Annotated[tuple[Phase, ...], Field(strict=False)] = ()
    examples: Annotated[tuple[Example, ...], Field(strict=False)] = ()

    _granters: dict[UnitType, Granter] = PrivateAttr(default_factory=dict)
    _assumed: Mapping[str, Assumption] = PrivateAttr(default_factory=dict)
    _settled: tuple[tuple[dt.date, Frame], ...] = PrivateAttr(())

    @field_validator("sources")
    @classmethod
    def _dated(cls, sources: dict[str, Source]) -> dict[str, Source]:
        undated = [key for key, source in sources.items() if source.date is None]
        if undated:
            message = say("a source of a frame without its date: {ids}", ids=", ".join(undated))
            raise complaint("undated", message, say("add date: with the day it was published"))
        return sources

    @model_validator(mode="after")
    def _standards_are_there(self) -> Frame:
        for increment in self._all_increments():
            named = [increment.size.of] if isinstance(increment.size, Share) else []
            named += [increment.above] if isinstance(increment.above, str) else []
            for name in named:
                if name not in self.standards:
                    message = say('no standard is called "{name}"', name=name)
                    fix = say("list it under standards:, with its cases and its source")
                    raise complaint("unknown-standard", message, fix)
        return self

    @model_validator(mode="after")
    def _phases_in_order(self) -> Frame:
        before = self.effective.from_
        for place, phase in enumerate(self.phases):
            at = ("phases", place, "from")
            if phase.from_ <= before:
                message = say(
                    "a phase from {day}, and what is before it from {before}", day=phase.from_, before=before
                )
                raise complaint(
                    "phase-order", message, say("write the phases in the order of their days"), at
                )
            if not self.effective.covers(phase.from_):
                message = say("a phase from {day}, when the frame is in force no longer", day=phase.from_)
                raise complaint("phase-order", message, say("remove it, or write a later effective: to"), at)
            before = phase.from_
        return self

    @model_validator(mode="after")
    def _room_for_all_blocs(self) -> Frame:
        if self.total is None:
            return self
        if self.total.adjusts not in self.blocs:
            message, fix = say("no such bloc in this frame"), self._bloc_fix(self.total.adjusts)
            raise complaint("unknown-key", message, fix, ("total", "adjusts"))
        for unit_type in UnitType:
            expressing = Expressing(unit_type, self.standards)
            own = self.rules_for(unit_type)[self.total.adjusts]
            floor = bound(own.least, unit_type) or 0
            refuse_without_room(self.total, unit_type, self._own_grants(unit_type, expressing), floor)
        return self

    def _own_grants(self, unit_type: UnitType, expressing: Expressing) -> ByBloc[Ends]:
        """What each bloc is granted by its own rule."""
        rules = self.rules_for(unit_type)
        return ByBloc.of(self.order, lambda bloc: expressing.ends(rules[bloc], self.path_of(unit_type, bloc)))

    def _all_increments(self) -> Iterator[Increment]:
        for unit_type in UnitType:
            for rule in self.rules_for(unit_type):
                yield from rule.increments

    @cached_property
    def order(self) -> Blocs:
        """Its blocs, in its order."""
        return tuple(rule.bloc(key) for key, rule in self.blocs.items())

    def rules_for(self, unit_type: UnitType) -> ByBloc[BlocRule]:
        """The rule of each bloc for this type of unit."""
        special = self.type_rule(unit_type).blocs
        return ByBloc(self.order, tuple([special.get(key) or rule for key, rule in self.blocs.items()]))

    def path_of(self, unit_type: UnitType, bloc: Bloc) -> str:
        """The place of that rule in the file."""
        if self.type_rule(unit_type).blocs.get(bloc) is not None:
            return f"unit_types.{unit_type.value}.blocs.{bloc}"
        return f"blocs.{bloc}"

    def type_rule(self, unit_type: UnitType) -> TypeRule:
        """What is different for this type; nothing, where the frame says nothing."""
        rule: TypeRule | None = getattr(self.unit_types, unit_type.value)
        return rule or _nothing_different()

    def remarks(self) -> Iterator[Remark]:
        """What is wrong between its parts: a bloc without a name, a rule or example of a bloc it has not."""
        for key, rule in self.blocs.items():
            if rule.name is None and not Bloc(key).is_known:
                yield ("blocs", key), "unknown-key", say("no such key"), _name_fix(key)
        for unit_type in UnitType:
            for key in self.type_rule(unit_type).blocs:
                if key not in self.blocs:
                    where = ("unit_types", unit_type.value, "blocs", key)
                    yield where, "unknown-key", say("no such bloc in this frame"), self._bloc_fix(key)
        yield from self._example_remarks()

    def _example_remarks(self) -> Iterator[Remark]:
        for number, example in enumerate(self.examples):
            for key in example.expected:
                if key not in self.blocs:
                    yield ("examples", number, key), "unknown-key", say("no such key"), self._bloc_fix(key)
            for key in self.blocs:
                if key not in example.expected:
                    what, fix = say("the key is missing"), say("add {key}:", key=key)
                    yield ("examples", number, key), "missing-key", what, fix
        if not self.phases:  # else their examples are judged when they are settled
            yield from self.lacking_remarks()

    def lacking_remarks(self) -> Iterator[Remark]:
        """Each number that is counted on an example's day and that the example does not give."""
        for number, example in enumerate(self.examples):
            for column in self.at(example).granter(example.type).lacking(example.unit):
                heading = heading_of(column)
                key = column if heading is None else f"columns.{heading}"
                what = say("the frame counts {column}, and the example does not give it", column=key)
                yield ("examples", number), "missing-key", what, say("add {key}:", key=key)

    def _bloc_fix(self, key: str) -> Text:
        known = list(self.blocs)
        return did_you_mean(key, known) or say("its blocs: {blocs}", blocs=", ".join(known))

    def minimum_for(self, unit_type: UnitType) -> int | None:
        """The fewest residents a new unit of this type should have, if the frame says."""
        if self.minimum_population is None:
            return None
        minimum: int | None = getattr(self.minimum_population, unit_type.value)
        return minimum

    def norm(self, unit_type: UnitType) -> Norm:
        """What it says of this type of unit, as a plain value."""
        if self.phases:
            message = say("the frame {id} changes with time, and nothing says on which day", id=self.id)
            fix = say("give the day: --as-of on the command line, on= where a frame is loaded")
            raise refusal("which-day", message, fix, value=self.id)
        minimum, own = self.minimum_population, self.type_rule(unit_type).note
        expressing = Expressing(unit_type, self.standards)
        grants, whole = expressing.together(self._own_grants(unit_type, expressing), self.total)
        notes = () if own is None else (Note(unit_type.value.replace("_", "-"), own.text),)
        below = None if minimum is None else minimum.note
        return Norm(
            grants,
            expressing.counted(),
            expressing.asked(),
            expressing.turns(),
            self.minimum_for(unit_type),
            notes,
            notes if below is None else (Note("below-minimum", below.text), *notes),
            whole,
        )

    def norms(self) -> Norms:
        """The frame as it is applied."""
        commune, ward, special_zone = (self.norm(unit_type) for unit_type in UnitType)
        return Norms(self.summary(), commune, ward, special_zone, self._assumed, self._asked_at)

    def with_phases(self, settled: Sequence[tuple[dt.date, Frame]]) -> Self:
        """The same frame, knowing what it is from the day of each of its phases on."""
        copy = self.model_copy()
        copy._settled = tuple(settled)
        return copy

    def on(self, day: dt.date) -> Frame:
        """What the frame says on a day; itself, where it does not change with time."""
        if not self.phases:
            return self
        first = self.model_copy(update={"phases": ()})
        first._granters = {}
        begun = [then for start, then in self._settled if start <= day]
        return (begun or [first])[-1].assuming(self._assumed)

    def at(self, example: Example) -> Frame:
        """What the frame says on the day of an example."""
        return self.on(example.as_of or self.effective.from_)

    def granter(self, unit_type: UnitType) -> Granter:
        """What counts the posts of units of this type; made once."""
        found = self._granters.get(unit_type)
        if found is None:
            found = self._granters[unit_type] = Granter(self.norm(unit_type), self._assumed)
        return found

    @property
    def assumed(self) -> Mapping[str, Assumption]:
        """What is taken for columns that are unknown; nothing is, for one that is not named."""
        return self._assumed

    @property
    def has_ranges(self) -> bool:
        """Whether a quota may run from without what is unknown to with it."""
        return Assumption.RANGE in self._assumed.values()

    def assuming(self, assumed: Mapping[str, Assumption]) -> Self:
        """The same frame, taking this for what is unknown of a unit."""
        copy = self.model_copy()
        copy._granters = {}
        copy._assumed = {**self._assumed, **assumed}
        return copy

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
            blocs=self.order,
            files=self.files,
            minimum_population={
                unit_type: minimum
                for unit_type in UnitType
                if (minimum := self.minimum_for(unit_type)) is not None
            },
        )
