"""Redeployment as values: who is where, what a plan moves, and what is left after each stage."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from msgspec import Struct, field

from quota.core.problems import Problem
from quota.core.results import FrameSummary, Totals
from quota.core.text import LocalText
from quota.core.units import InputFile, Unit
from quota.core.values import ComparedByContent

ANY = ""
"""The group of people who may fill any post."""


class Place(Struct, frozen=True, order=True):
    """A bloc or a position (`group`) of a unit or a department (`code`)."""

    code: str
    group: str


class Cell(Struct, frozen=True):
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


class Pool(Struct, frozen=True):
    """A department's people in one field: who can leave for good, and who can be seconded (others)."""

    place: Place
    transfer: int
    secondment: int


class Situation(ComparedByContent, frozen=True):
    """Who is where before a plan. Cells and pools stand in the order of their places."""

    cells: Mapping[Place, Cell]
    pools: Mapping[Place, Pool]
    names: Mapping[str, str]
    units: tuple[Unit, ...] = ()
    by_position: bool = False
    substitutes: Mapping[tuple[str, str], int] = field(default_factory=dict)
    """Which position's people may fill another's posts, and at what cost."""
    points: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    sources: tuple[InputFile, ...] = ()


class Move(Struct, frozen=True):
    """`people` people go from one place to another in a stage (counted from 0). `metres` None is unknown.

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


class StageCertificate(Struct, frozen=True):
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


class Stopper(Struct, frozen=True):
    """A limit that keeps posts empty: without it the stage would fill `more` posts more."""

    limit: str
    more: int


class Balance(Struct, frozen=True):
    """How all units together stand: posts short of norm, short of target, people over; never netted."""

    short: int
    wanted: int
    surplus: int
    worst: int
    """Posts short of the norm in the worst-off unit."""


class StagePlan(Struct, frozen=True):
    """One stage: its moves, how things stood before and after, why no plan does better, what stops it."""

    number: int
    kind: str
    origins: tuple[str, ...]
    months: int | None
    moves: tuple[Move, ...]
    before: Balance
    after: Balance
    certificates: tuple[StageCertificate, ...]
    stoppers: tuple[Stopper, ...]
    audit_before: Totals | None = None
    audit_after: Totals | None = None

    @property
    def people(self) -> int:
        """People moved in it."""
        return sum(move.people for move in self.moves)


class Plan(Struct, frozen=True):
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


class PlanTable(ComparedByContent, frozen=True):
    """A plan read from a file: its moves, and lines about who stays, with their rows; names by code."""

    moves: tuple[Move, ...]
    names: Mapping[str, str] = field(default_factory=dict)
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


class DoneTable(Struct, frozen=True):
    """A table of what was carried out."""

    rows: tuple[Done, ...]
    problems: tuple[Problem, ...] = ()
    sources: tuple[InputFile, ...] = ()


class PoolTable(ComparedByContent, frozen=True):
    """A table of departments' people, and the points of departments that have one."""

    pools: tuple[Pool, ...]
    points: Mapping[str, tuple[float, float]] = field(default_factory=dict)
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
