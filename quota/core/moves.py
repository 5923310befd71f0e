"""Redeployment as values: who is where, what a plan moves, and what is left after each stage."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from msgspec import Struct, field

from quota.core.blocs import group_name
from quota.core.problems import Problem
from quota.core.results import FrameSummary, Totals, Unsettled
from quota.core.text import LocalText, Text, say
from quota.core.units import InputFile, Unit
from quota.core.values import ComparedByContent

ANY = ""
"""The group of people who may fill any post."""


class Place(Struct, frozen=True, order=True):
    """A bloc or a position (`group`) of a unit or a department (`code`)."""

    code: str
    group: str

    @property
    def called(self) -> LocalText | Text:
        """What people call its group: a bloc's name, a position as written, any."""
        return group_called(self.group)

    @property
    def said(self) -> Mapping[str, object]:
        """The same as values of a sentence that begins with `{code}, {group}`."""
        return {"code": self.code, "group": self.called}


def group_called(group: str) -> LocalText | Text:
    """What people call a group: a bloc's name, a position as written, any."""
    return say("any") if group == ANY else group_name(group)


class Cell(Struct, frozen=True):
    """A unit's bloc or position: people in it, its norm's ends, and the people it is filled to.

    `staying` counts people in it who cannot be moved from there: on loan from elsewhere, or not released.
    """

    place: Place
    staff: int
    low: int
    target: int
    high: int
    staying: int = 0

    @property
    def surplus(self) -> int:
        """People above the norm who can be moved: all that it may give."""
        return max(self.staff - self.high - self.staying, 0)

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


class OnLoan(Struct, frozen=True, order=True):
    """People whom a secondment that runs on the plan's day keeps at a unit, until its last day there."""

    until: date
    host: Place
    home: str
    people: int


class Made(Struct, frozen=True):
    """One thing that a plan was made from: what it is, its value, the SHA-256 of its file where it has one.

    `about` is one of `policy`, `target`, `rules`, `by` (bloc or position), `distances`, `as-of`, `input`.
    """

    about: str
    value: str
    sha256: str = ""


def aim_of(*, by_assigned: bool) -> Text:
    """What units are filled to, in words."""
    return say("assigned posts") if by_assigned else say("norm")


ASSIGNED = "assigned"
"""The target of a plan that fills units to what was assigned."""


class Situation(ComparedByContent, frozen=True):
    """People, norms and pools by place before a plan. Cells and pools are in the order of their places."""

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
    on_loan: tuple[OnLoan, ...] = ()
    """Who serves where on the day already; the cells count them at their hosts."""
    away: Mapping[str, int] = field(default_factory=dict)
    """People of departments who serve elsewhere on the day, by the spelling of the department."""
    provinces: Mapping[str, str] = field(default_factory=dict)
    """The province of each unit and department whose province is known, by code."""
    unsettled: Unsettled | None = None
    """What hangs on what is unknown of the units' terrain: the norms of the cells are counted without it."""
    by_assigned: bool = False
    """Whether units are filled to the posts a decision assigned, and not to their norm."""

    @property
    def aim(self) -> Text:
        """What units are filled to, in words."""
        return aim_of(by_assigned=self.by_assigned)

    @property
    def several_provinces(self) -> bool:
        """Whether its units are in several provinces, some perhaps unknown, or a department is in another."""
        of_units = {self.provinces.get(code) for code in self.names}
        of_pools = {self.provinces.get(place.code) for place in self.pools} - {None}
        return len(of_units | of_pools) > 1


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
    reported: int = 0
    """People of this line whom a report on the plan has counted as moved, left or come already."""
    announced: int | None = None
    """People whom the first plan announced here; None where this is the first plan."""


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
    """All units together: posts short of norm, short of target, people over; never netted."""

    short: int
    wanted: int
    surplus: int
    worst: int
    """Posts short of the norm in the worst-off unit."""


class EmptyPosts(Struct, frozen=True):
    """Posts of a bloc or position that stay empty, and how many people are left over who may fill them.

    `over` counts people of units over their norm, and of departments, whose stages could send them. Where it
    is 0 no plan from here fills one of these posts. Where it is not, limits of the policy keep them apart.
    """

    group: str
    posts: int
    over: int


class PeopleOver(Struct, frozen=True):
    """People of a bloc or position who stay over, and how many empty posts elsewhere they may fill."""

    group: str
    people: int
    empty: int


class Reasons(Struct, frozen=True):
    """Shortage and surplus that remain after all stages, bloc by bloc or position by position."""

    empty: tuple[EmptyPosts, ...]
    over: tuple[PeopleOver, ...]

    @property
    def all_out_of_reach(self) -> bool:
        """Whether nobody is left over who may fill any of the empty posts."""
        return all(posts.over == 0 for posts in self.empty)


class StagePlan(Struct, frozen=True):
    """One stage: its moves, how things were before and after, why no plan does better, what stops it."""

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
    made: tuple[Made, ...] = ()
    reasons: Reasons = Reasons((), ())
    more_together: int | None = None
    """Posts that could be filled more if all stages were weighed together; None where that is not told."""

    @property
    def moves(self) -> tuple[Move, ...]:
        """All moves, stage by stage."""
        return tuple(move for stage in self.stages for move in stage.moves)
