"""Redeployment as values: who is where, what a plan moves, and what is left after each stage."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from quota.core.problems import Problem
from quota.core.results import FrameSummary, Totals
from quota.core.text import LocalText
from quota.core.units import InputFile, Unit

ANY = ""
"""The group of people who may fill any post."""


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A bloc or a position (`group`) of a unit or a department (`code`)."""

    code: str
    group: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A unit's bloc or position: people in it, its norm's ends, and the people it is filled to."""

    place: Place
    staff: int
    low: int
    target: int
    high: int

    @property
    def surplus(self) -> int:
        """People above the norm: all that it may give."""
        return max(self.staff - self.high, 0)

    @property
    def short(self) -> int:
        """People missing below the norm."""
        return max(self.low - self.staff, 0)

    @property
    def wanted(self) -> int:
        """People missing to what it is filled to."""
        return max(self.target - self.staff, 0)


@dataclass(frozen=True, slots=True)
class Pool:
    """A department's people in one field: who can leave for good, and who can be seconded (others)."""

    place: Place
    transfer: int
    secondment: int


@dataclass(frozen=True, slots=True)
class Situation:
    """Who is where before a plan. Cells and pools stand in the order of their places."""

    cells: Mapping[Place, Cell] = field(hash=False)
    pools: Mapping[Place, Pool] = field(hash=False)
    names: Mapping[str, str] = field(hash=False)
    units: tuple[Unit, ...] = ()
    by_position: bool = False
    substitutes: Mapping[tuple[str, str], int] = field(default_factory=dict, hash=False)
    """Which position's people may fill another's posts, and at what cost."""
    points: Mapping[str, tuple[float, float]] = field(default_factory=dict, hash=False)
    problems: tuple[Problem, ...] = ()
    sources: tuple[InputFile, ...] = ()


@dataclass(frozen=True, slots=True)
class Move:
    """So many people from one place to another in a stage (counted from 0). `metres` None is unknown.

    In a plan read from a file, an origin or a target of None is a line about who stays: people still over,
    or posts still empty; `row` is the line's row.
    """

    stage: int
    kind: str
    origin: Place | None
    target: Place | None
    people: int
    metres: int | None = None
    months: int | None = None
    row: int | None = None
    department: bool = False
    """Whether the people come from a department."""


@dataclass(frozen=True, slots=True)
class Certificate:
    """Why a stage cannot do better in one respect: the value reached and the bound no plan can pass.

    `proof` says what proves the bound: `cut` (a set of places that no more can leave or enter), `level` (one
    fewer at the worst unit cannot be had), `prices` (prices of places under which no move pays), `count`
    (each move fills exactly one post).
    """

    criterion: str
    value: int
    bound: int
    proof: str

    @property
    def proven(self) -> bool:
        """Whether value and bound meet."""
        return self.value == self.bound


@dataclass(frozen=True, slots=True)
class Stopper:
    """A limit that keeps posts empty: without it the stage would fill so many more."""

    limit: str
    more: int


@dataclass(frozen=True, slots=True)
class Standing:
    """How all units together stand: posts short of norm, short of target, people over; never netted."""

    short: int
    wanted: int
    surplus: int
    worst: int
    """Posts short of the norm in the worst-off unit."""


@dataclass(frozen=True, slots=True)
class StagePlan:
    """One stage: its moves, how things stood before and after, why no plan does better, what stops it."""

    number: int
    kind: str
    origins: tuple[str, ...]
    months: int | None
    moves: tuple[Move, ...]
    before: Standing
    after: Standing
    certificates: tuple[Certificate, ...]
    stoppers: tuple[Stopper, ...]
    audit_before: Totals | None = None
    audit_after: Totals | None = None

    @property
    def people(self) -> int:
        """People moved in it."""
        return sum(move.people for move in self.moves)


@dataclass(frozen=True, slots=True)
class Plan:
    """A staged plan under a policy, with what is left when all is done."""

    policy: str
    policy_title: LocalText
    as_of: date
    start: Situation
    end: Situation
    stages: tuple[StagePlan, ...]
    distances: str
    frame: FrameSummary | None = None
    problems: tuple[Problem, ...] = ()
    sources: tuple[InputFile, ...] = ()

    @property
    def moves(self) -> tuple[Move, ...]:
        """All moves, stage by stage."""
        return tuple(move for stage in self.stages for move in stage.moves)


@dataclass(frozen=True, slots=True)
class PlanTable:
    """A plan read from a file: its moves, and lines about who stays, with their rows; names by code."""

    moves: tuple[Move, ...]
    names: Mapping[str, str] = field(default_factory=dict, hash=False)
    problems: tuple[Problem, ...] = ()
    sources: tuple[InputFile, ...] = ()


@dataclass(frozen=True, slots=True)
class Done:
    """A line of what was carried out: people who moved, and people who cannot, with the reason."""

    origin: Place | None
    target: Place | None
    people: int
    stuck: int = 0
    reason: str = ""
    day: date | None = None
    row: int | None = None


@dataclass(frozen=True, slots=True)
class DoneTable:
    """A table of what was carried out."""

    rows: tuple[Done, ...]
    problems: tuple[Problem, ...] = ()
    sources: tuple[InputFile, ...] = ()


@dataclass(frozen=True, slots=True)
class PoolTable:
    """A table of departments' people, and the points of departments that have one."""

    pools: tuple[Pool, ...]
    points: Mapping[str, tuple[float, float]] = field(default_factory=dict, hash=False)
    problems: tuple[Problem, ...] = ()
    sources: tuple[InputFile, ...] = ()


@dataclass(frozen=True, slots=True)
class PositionTable:
    """A table of positions: people in post and needed, by unit and position."""

    cells: tuple[Cell, ...]
    problems: tuple[Problem, ...] = ()
    sources: tuple[InputFile, ...] = ()


@dataclass(frozen=True, slots=True)
class PairTable:
    """A table of pairs with a whole number each: metres between units, or the cost of a substitution."""

    pairs: Mapping[tuple[str, str], int] = field(default_factory=dict, hash=False)
    problems: tuple[Problem, ...] = ()
    sources: tuple[InputFile, ...] = ()
