"""Scenario files: what they may say, and how they become a scenario.

A scenario is no rule file (it cites no law and is in force on no day), but it is read as one: the same traps
of YAML, the same strict keys, every problem with its line and the way out.
"""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from quota.core.blocs import Bloc, ByBloc
from quota.core.names import TYPE_NAMES, fold, tidy
from quota.core.problems import InputError
from quota.core.text import say
from quota.core.units import Origin, Unit, UnitType
from quota.core.what_if.scenarios import About, Merge, Operation, Rename, Retype, Scenario, Split, Transfer
from quota.norms.files.resolving import read_document
from quota.norms.files.rulefile import Count, Day, Id, Positive, Source, Strict, Words, complaint
from quota.norms.files.validation import validate
from quota.norms.language.named import BlocKey

_SHARE = re.compile(r"([0-9]{1,9})/([1-9][0-9]{0,8})|([0-9]{1,3}(?:\.[0-9]{1,6})?)%")
_AREA = re.compile(r"[0-9]{1,7}(?:\.[0-9]{1,6})?")


def _to_area(value: Any) -> Decimal:
    """Square kilometres: a whole number, or text in quotes (YAML's fractions are not exact)."""
    text = str(value) if isinstance(value, int | str) and not isinstance(value, bool) else ""
    if not _AREA.fullmatch(text):
        raise complaint("not-an-area", say("not an area"), say('write square kilometres in quotes: "12.22"'))
    return Decimal(text)


def _to_share(value: Any) -> Fraction:
    """A share from 0 to 1: "1/3" or "12.5%"."""
    found = _SHARE.fullmatch(value) if isinstance(value, str) else None
    share = Fraction(-1)
    if found is not None:
        share = Fraction(int(found[1]), int(found[2])) if found[1] else Fraction(found[3]) / 100
    if not 0 < share <= 1:
        fix = say('write "1/3" or "12.5%", in quotes')
        raise complaint("not-a-share", say("not a share of a whole"), fix)
    return share


Area = Annotated[Decimal, BeforeValidator(_to_area)]
Share = Annotated[Fraction, BeforeValidator(_to_share), Field(strict=False)]


def _to_type(value: Any) -> Any:
    """A type by its key, or as tables call it: xã, phường, đặc khu."""
    called = {fold(name): kind.value for kind, name in TYPE_NAMES.items()}
    return called.get(fold(value), value) if isinstance(value, str) else value


Type = Annotated[UnitType, Field(strict=False), BeforeValidator(_to_type)]
Units = Annotated[tuple[Words, ...], Field(strict=False, min_length=2, max_length=1_000)]


class NewUnit(Strict):
    """What a merged unit is."""

    code: Words
    name: Words
    type: Type


class MergeRule(Strict):
    """`units` become `into`; islands and special zones among them are named in `islands`."""

    units: Units
    into: NewUnit
    islands: Annotated[tuple[Words, ...], Field(strict=False)] = ()

    def value(self, about: About) -> Merge:
        """The same as a core value."""
        into = self.into
        return Merge(self.units, tidy(into.code), tidy(into.name), into.type, self.islands, about)


class PartRule(NewUnit):
    """A part of a split unit; what is left out is unknown, and must be unknown of the whole."""

    residents: Count | None = None
    area_km2: Area | None = None
    staff: dict[BlocKey, Count | None] = Field(default_factory=dict)

    def value(self) -> Unit:
        """The same as a core value."""
        return Unit(
            code=tidy(self.code),
            name=tidy(self.name),
            type=self.type,
            population=self.residents,
            area_km2=self.area_km2,
            staff=ByBloc(tuple(map(Bloc, self.staff)), tuple(self.staff.values())),
        )


class SplitRule(Strict):
    """`unit` becomes `parts`."""

    unit: Words
    parts: Annotated[tuple[PartRule, ...], Field(strict=False, min_length=2, max_length=100)]

    def value(self, about: About) -> Split:
        """The same as a core value."""
        return Split(self.unit, tuple(part.value() for part in self.parts), about=about)


class TransferRule(Strict):
    """`residents`, or a `share` of the giver's rounded down, move; area and staff where said."""

    from_: Words = Field(alias="from")
    to: Words
    residents: Positive | None = None
    share: Share | None = None
    area_km2: Area | None = None
    staff: dict[BlocKey, Count] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _one_amount(self) -> TransferRule:
        if (self.residents is None) == (self.share is None):
            message = say("has both residents and share, or neither")
            fix = say('give residents: for a number or share: for a part ("1/3")')
            raise complaint("residents-or-share", message, fix)
        return self

    def value(self, about: About) -> Transfer:
        """The same as a core value."""
        moved = ByBloc(tuple(map(Bloc, self.staff)), tuple(self.staff.values()))
        return Transfer(self.from_, self.to, self.residents, self.share, self.area_km2, moved, about)


class RetypeRule(Strict):
    """`unit` becomes of type `to`."""

    unit: Words
    to: Type

    def value(self, about: About) -> Retype:
        """The same as a core value."""
        return Retype(self.unit, self.to, about)


class RenameRule(Strict):
    """`unit` gets the name `to`."""

    unit: Words
    to: Words

    def value(self, about: About) -> Rename:
        """The same as a core value."""
        return Rename(self.unit, tidy(self.to), about)


class OperationRule(Strict):
    """One operation, with the day it takes effect and the source that says so, where there are any."""

    merge: MergeRule | None = None
    split: SplitRule | None = None
    transfer: TransferRule | None = None
    retype: RetypeRule | None = None
    rename: RenameRule | None = None
    date: Day | None = None
    source: Id | None = None

    @model_validator(mode="after")
    def _exactly_one(self) -> OperationRule:
        if len(self._given()) != 1:
            fix = say("write one of merge:, split:, transfer:, retype:, rename: in each item")
            raise complaint("one-operation", say("not one operation"), fix)
        return self

    def _given(self) -> list[MergeRule | SplitRule | TransferRule | RetypeRule | RenameRule]:
        kinds = (self.merge, self.split, self.transfer, self.retype, self.rename)
        return [operation for operation in kinds if operation is not None]

    def value(self, origin: Origin) -> Operation:
        """The same as a core value."""
        about = About(self.date, self.source, origin)
        (operation,) = self._given()
        return operation.value(about)


class ScenarioFile(Strict):
    """A scenario file: the parent tables by name or path, then the operations in order."""

    kind: Literal["scenario"]
    title: Words
    population: Words | None = None
    staff: Words | None = None
    neighbours: Words | None = None
    assigned: Words | None = None
    sources: Annotated[dict[Id, Source], Field(default_factory=dict)]
    operations: Annotated[tuple[OperationRule, ...], Field(strict=False, max_length=5_000)]


def load_scenario(path: str | Path) -> Scenario:
    """The scenario in a file. `InputError` with every problem of the file, each with its line."""
    document = read_document(Path(path))
    found, problems = validate(document, ScenarioFile)
    if found is None:
        raise InputError(problems)
    return Scenario(
        title=found.title,
        operations=tuple(
            rule.value(Origin(document.file, document.place(("operations", place)).line))
            for place, rule in enumerate(found.operations)
        ),
        file=document.file,
        population=found.population,
        staff=found.staff,
        neighbours=found.neighbours,
        assigned=found.assigned,
        sources=tuple(source.citation(key) for key, source in found.sources.items()),
    )
