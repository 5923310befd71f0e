"""What is asked when posts are shared, and what each unit's blocs get."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from msgspec import Struct

from quota.core.blocs import Bloc
from quota.core.problems import Problem
from quota.core.results import FrameSummary, Unsettled
from quota.core.sums import whole_sum
from quota.core.units import InputFile, Unit
from quota.planning.allocate.bounds import Bound, Bounds
from quota.planning.allocate.methods import Method


class Wanted(Struct, frozen=True):
    """What is asked: posts in all, how they are shared, and what bounds each share."""

    total: int
    method: Method
    blocs: tuple[Bloc, ...]
    reserve: int = 0
    floors: tuple[Bound, ...] = ()
    ceilings: tuple[Bound, ...] = ()
    fixed: Bound | None = None
    before: Bounds | None = None
    """The posts of today, where a cut is asked for."""
    before_assigned: bool = False
    """Whether the posts of today are those a decision assigned, not the norm."""


class Share(Struct, frozen=True):
    """One unit's bloc: its norm's low end, people present, posts, posts by each method, and what binds.

    `binds` is the name of the floor, ceiling or fixed column that decides the number; blank where none does.
    `before` is the posts of today, None where no cut is asked for. `possible` is the norm's low end with what
    is unknown of the unit; None where that is no other.
    """

    norm: int
    present: int | None
    posts: int
    by_method: tuple[int, ...]
    binds: str = ""
    before: int | None = None
    possible: int | None = None


class UnitShare(Struct, frozen=True):
    """A unit and its share, bloc by bloc; a bloc that is not shared is not there."""

    unit: Unit
    blocs: tuple[tuple[Bloc, Share], ...]

    @property
    def norm(self) -> int:
        """The norm of the blocs that are shared."""
        return sum(part.norm for _, part in self.blocs)

    @property
    def possible(self) -> int:
        """The norm with what is unknown of the unit."""
        return sum(part.norm if part.possible is None else part.possible for _, part in self.blocs)

    @property
    def posts(self) -> int:
        """Posts in the blocs that are shared."""
        return sum(part.posts for _, part in self.blocs)

    @property
    def present(self) -> int | None:
        """People present in the blocs that are shared; None where one is unknown."""
        return whole_sum(part.present for _, part in self.blocs)

    @property
    def before(self) -> int | None:
        """Posts of today; None where no cut is asked for."""
        known = [part.before for _, part in self.blocs if part.before is not None]
        return sum(known) if known and len(known) == len(self.blocs) else None

    def by_method(self, number: int) -> int:
        """Posts by the method of this number."""
        return sum(part.by_method[number] for _, part in self.blocs)


class Paradoxes(Struct, frozen=True):
    """Paradoxes that each method shows here.

    `lose`: shares that would be smaller with one post more in all, by the largest remainder. `stray`: shares
    that are more than a post from the exact share by Sainte-Laguë. `lowest`: the smallest share of its norm
    that anybody fills, by each method.
    """

    lose: int
    stray: int
    lowest: tuple[Fraction | None, ...]


class Allocation(Struct, frozen=True):
    """Posts for every unit; checked by plain counting before it is returned."""

    frame: FrameSummary
    as_of: date
    wanted: Wanted
    units: tuple[UnitShare, ...]
    paradoxes: Paradoxes
    left_out: tuple[Unit, ...]
    """Units whose norm is unknown: they get no post."""
    inputs: tuple[InputFile, ...] = ()
    problems: tuple[Problem, ...] = ()
    unsettled: Unsettled | None = None
    """What hangs on what is unknown of the units."""
    kept_back: int = 0
    """Posts of today that the tables say a province keeps back: no unit's, so that no cut takes from them."""
    open_columns: tuple[str, ...] = ()
    """What the frame asks of a unit and may not be told, whatever these tables say of it."""

    @property
    def posts(self) -> int:
        """Posts given to units."""
        return sum(unit_share.posts for unit_share in self.units)
