"""Fields of work: who covers which in a unit, how many are needed, and the gaps.

A person who covers several fields counts as covering each of them, and as one person: the people of a unit
are never the sum of those who cover its fields.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from msgspec import Struct
from msgspec import field as made

from quota.core.citations import Citation, RuleSource
from quota.core.posts import Gap, Posts, known_gap
from quota.core.problems import Problem
from quota.core.text import LocalText
from quota.core.units import InputFile, ListTable, Origin, Unit
from quota.core.values import ComparedByContent


class HolderRow(ComparedByContent, frozen=True):
    """`people` who each cover all of `fields` (as written) in the unit of this code, or of this name.

    `person` is an identifier, where the table has one: rows of one person are that one person.
    """

    code: str | None
    name: str | None
    people: int
    fields: tuple[str, ...]
    person: str | None = None
    origin: Origin | None = None


class HolderTable(ListTable[HolderRow], frozen=True):
    """Who covers which field."""


class NeedRow(ComparedByContent, frozen=True):
    """How many people of a unit are to cover a field (as written); None is unknown, which is not zero."""

    code: str | None
    name: str | None
    field: str
    needed: int | None
    origin: Origin | None = None


class NeedTable(ListTable[NeedRow], frozen=True):
    """Approved positions."""


class FieldName(Struct, frozen=True):
    """A field and the office it belongs to."""

    id: str
    name: LocalText
    office: str


class FieldsSummary(Struct, frozen=True):
    """What every output says of the list of fields it used."""

    id: str
    title: LocalText
    status: str
    effective_from: date
    effective_to: date | None
    fields: tuple[FieldName, ...]
    sources: tuple[Citation, ...]
    files: tuple[RuleSource, ...] = ()


class Cover(Struct, frozen=True):
    """One field of one unit: people who cover it, people needed, and the gap. None is unknown."""

    field: FieldName
    people: int | None
    needed: int | None = None

    @property
    def gap(self) -> Gap | None:
        """Missing below what is needed, or present above it; None where either figure is unknown."""
        if self.people is None or self.needed is None:
            return None
        return Posts.exactly(self.needed).gap(self.people)

    @property
    def uncovered(self) -> bool:
        """Whether it is known that nobody covers the field."""
        return self.people == 0


class UnitFields(ComparedByContent, frozen=True):
    """One unit: people (each once, None where the table says nothing of the unit), its fields in order.

    `by_load` counts people by how many fields each covers.
    """

    unit: Unit
    people: int | None
    covers: tuple[Cover, ...]
    by_load: Mapping[int, int] = made(default_factory=dict)

    @property
    def uncovered(self) -> tuple[FieldName, ...] | None:
        """The fields nobody covers; None where nothing is known of the unit."""
        return None if self.people is None else tuple(cover.field for cover in self.covers if cover.uncovered)

    @property
    def gap(self) -> Gap | None:
        """Shortages and surpluses of its fields, each added up over those where both figures are known.

        None where there is no such field.
        """
        return known_gap(cover.gap for cover in self.covers)


class FieldTotal(Struct, frozen=True):
    """One field across the table; shortage and surplus are side by side, never netted.

    `uncovered` units have nobody for it. `needed` adds up what is known; `compared` counts the units in
    which both people and need are known, the only ones in `gap`, `short` and `over`; `unknown` the units
    nothing is known of. None is unknown everywhere.
    """

    field: FieldName
    people: int
    needed: int | None
    gap: Gap | None
    uncovered: int
    short: int | None
    over: int | None
    compared: int
    unknown: int


class FieldsReport(ComparedByContent, frozen=True):
    """Every unit's fields, most uncovered first, with totals by field, inputs and problems."""

    rules: FieldsSummary
    as_of: date
    units: tuple[UnitFields, ...]
    totals: tuple[FieldTotal, ...]
    by_load: Mapping[int, int] = made(default_factory=dict)
    has_needs: bool = False
    inputs: tuple[InputFile, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def people(self) -> int:
        """People in the units that are known, each once."""
        return sum(unit.people or 0 for unit in self.units)

    def of(self, code: str) -> UnitFields:
        """The unit of this code."""
        return next(unit for unit in self.units if unit.unit.code == code)
