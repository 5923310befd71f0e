"""The tables of a redeployment, as they are read: plans, what was done, departments, positions, pairs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from msgspec import Struct, field

from quota.core.moves import Cell, Made, Move, Place, Pool, Situation
from quota.core.problems import Problem
from quota.core.units import InputFile, TableOf
from quota.core.values import ComparedByContent


class PlanTable(ComparedByContent, frozen=True):
    """A plan read from a file: its moves, and lines about who stays, left or came, with their rows.

    `start` is who was where before the plan, with the norms; None in a file that does not say it.
    """

    moves: tuple[Move, ...]
    names: Mapping[str, str] = field(default_factory=dict)
    start: Situation | None = None
    made: tuple[Made, ...] = ()
    named: Mapping[int, tuple[str, str]] = field(default_factory=dict)
    """The names of origin and target that are in a row of the file."""
    problems: tuple[Problem, ...] = ()
    sources: tuple[InputFile, ...] = ()


class Done(Struct, frozen=True):
    """A line of what was carried out: people who moved, and people who cannot, with the reason."""

    origin: Place | None
    target: Place | None
    people: int
    stuck: int = 0
    reason: str = ""
    day: date | None = None
    row: int | None = None
    stage: int | None = None
    """The stage the row names, counted from 0; None where it names none."""
    kind: str = ""


class DoneTable(TableOf[Done], frozen=True):
    """A table of what was carried out."""


class PoolTable(ComparedByContent, frozen=True):
    """A table of departments' people, and the points and provinces of departments that have one."""

    pools: tuple[Pool, ...]
    points: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    provinces: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    sources: tuple[InputFile, ...] = ()


class PositionTable(Struct, frozen=True):
    """A table of positions: people in post and needed, by unit and position."""

    cells: tuple[Cell, ...]
    problems: tuple[Problem, ...] = ()
    sources: tuple[InputFile, ...] = ()


class PairTable(ComparedByContent, frozen=True):
    """A table of pairs with a whole number each: metres between units, or the cost of a substitution."""

    pairs: Mapping[tuple[str, str], int] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    sources: tuple[InputFile, ...] = ()
