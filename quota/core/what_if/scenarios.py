"""Scenarios as values: the operations, in order, that turn one set of units into another."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

from msgspec import Struct

from quota.core.blocs import ByBloc
from quota.core.citations import Citation
from quota.core.units import Origin, Unit, UnitType
from quota.core.values import ComparedByContent
from quota.core.what_if.lineage import Lineage


class About(ComparedByContent, frozen=True):
    """What an operation says of itself: when it takes effect, on whose word, where it is."""

    date: date | None = None
    source: str | None = None
    origin: Origin | None = None


class Merge(Struct, frozen=True):
    """`units` (codes or names, at least two) become one unit of this code, name and type.

    `islands` are the islands and special zones among them that are meant to be joined.
    """

    units: tuple[str, ...]
    code: str
    name: str
    type: UnitType
    islands: tuple[str, ...] = ()
    about: About = About()


class Split(Struct, frozen=True):
    """`unit` becomes `parts`, which add up to it exactly.

    `lineages` says where each part comes from where that is known, as it is when a merger is undone; else
    each part holds a piece of everything.
    """

    unit: str
    parts: tuple[Unit, ...]
    lineages: tuple[Lineage, ...] | None = None
    about: About = About()


class Transfer(Struct, frozen=True):
    """Residents move from `giver` to `taker`: a number, or a share of the giver's, rounded down.

    Area (km²) and staff move only where the operation says how much.
    """

    giver: str
    taker: str
    residents: int | None = None
    share: Fraction | None = None
    area_km2: Decimal | None = None
    staff: ByBloc[int] = ByBloc((), ())
    about: About = About()


class Retype(Struct, frozen=True):
    """`unit` becomes a unit of this type: a commune a ward."""

    unit: str
    type: UnitType
    about: About = About()


class Rename(Struct, frozen=True):
    """`unit` gets another name; its code stays."""

    unit: str
    name: str
    about: About = About()


Operation = Merge | Split | Transfer | Retype | Rename


class Scenario(Struct, frozen=True):
    """Operations in order on a parent table; the tables are named as the scenario's file names them."""

    title: str
    operations: tuple[Operation, ...]
    file: str | None = None
    population: str | None = None
    staff: str | None = None
    neighbours: str | None = None
    assigned: str | None = None
    sources: tuple[Citation, ...] = ()


class Holding(Struct, frozen=True):
    """A unit and where it comes from."""

    unit: Unit
    lineage: Lineage


class Done(Struct, frozen=True):
    """An operation as it was carried out.

    `before` and `after` are the units it took and made, by what they were then; `undo` is the split that
    gives a merger's units back.
    """

    operation: Operation
    before: tuple[Holding, ...]
    after: tuple[Holding, ...]
    undo: Split | None = None
    residents_moved: int | None = None
