"""What a frame comes to when it is applied: posts for each type of unit, in plain values.

A frame's rule file is read strictly and said in full by `schema`; what an audit needs of it is this. It is
made from the frame (`Frame.norms`), for the shipped ones beforehand (`compiled`), so that the default audit
waits neither for YAML nor for its validation.
"""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from quota.core.blocs import ByBloc
from quota.core.posts import Posts
from quota.core.problems import InputError, Problem, Severity
from quota.core.results import FrameSummary, Note, Quota
from quota.core.text import say
from quota.core.units import UnitType
from quota.norms.rounding import Rounding, fewest_residents, steps


class Growing:
    """`posts` more for every `per_residents` residents above `above`, steps counted by `rounding`."""

    __slots__ = ()

    posts: int
    per_residents: int
    above: int
    rounding: Rounding

    def counted(self, residents: int) -> int:
        """The residents that count towards steps."""
        return max(residents - self.above, 0)

    def steps(self, residents: int) -> int:
        """How many steps they make."""
        return steps(self.counted(residents), self.per_residents, self.rounding)

    def granted(self, residents: int) -> int:
        """Posts on top of the base."""
        return self.posts * self.steps(residents)

    def residents_to_next(self, residents: int) -> int:
        """How many more residents bring the next post."""
        return self.above + self._fewest(self.steps(residents) + 1) - residents

    def residents_to_fewer(self, residents: int) -> int | None:
        """How many fewer residents lose a post; None where no post is granted above the base."""
        made = self.steps(residents)
        return residents - (self.above + self._fewest(made)) + 1 if made else None

    def _fewest(self, count: int) -> int:
        return fewest_residents(count, self.per_residents, self.rounding)


class Growth(Growing, Struct, frozen=True):
    """Growth with residents, as a plain value."""

    posts: int
    per_residents: int
    above: int
    rounding: Rounding


class Grant(Struct, frozen=True):
    """What a bloc is granted: the posts it starts from, and how they grow; None where they do not."""

    start: Posts
    growth: Growing | None = None

    def posts(self, residents: int) -> Posts:
        """Posts for a unit of so many residents."""
        if self.growth is None:
            return self.start
        granted = self.growth.granted(residents)
        return Posts(self.start.low + granted, self.start.high + granted)


class Norm(Struct, frozen=True):
    """What a frame says of one type of unit.

    `minimum` is the fewest residents a new unit should have; `notes` go wherever a unit's quota is shown,
    `notes_below` where it has fewer.
    """

    grants: ByBloc[Grant]
    minimum: int | None = None
    notes: tuple[Note, ...] = ()
    notes_below: tuple[Note, ...] = ()

    def quota(self, residents: int) -> Quota:
        """Posts by bloc for a unit with so many residents (not negative)."""
        grants = self.grants
        return Quota(
            ByBloc(
                grants.government.posts(residents),
                grants.party.posts(residents),
                grants.front.posts(residents),
            )
        )

    def below_minimum(self, residents: int) -> bool:
        """Whether a unit has fewer residents than the frame asks of a new unit of its type."""
        return self.minimum is not None and residents < self.minimum

    def notes_for(self, residents: int) -> tuple[Note, ...]:
        """The remarks that go wherever this unit's quota is shown."""
        return self.notes_below if self.below_minimum(residents) else self.notes


class Norms(Struct, frozen=True):
    """A frame as it is applied: what every output says of it, and what it says of each type of unit."""

    summary: FrameSummary
    commune: Norm
    ward: Norm
    special_zone: Norm

    def of(self, unit_type: UnitType) -> Norm:
        """What it says of this type."""
        norm: Norm = getattr(self, unit_type.value)
        return norm


def refuse_outside(id_: str, first: date, last: date | None, as_of: date, option: str = "--rules") -> None:
    """Raise `InputError` where rules in force from `first` to `last` are not so on `as_of`."""
    if as_of < first:
        message = say("{id} is in force from {day}, not yet on {as_of}", id=id_, day=first, as_of=as_of)
    elif last is not None and as_of > last:
        message = say("{id} was in force until {day}, no longer on {as_of}", id=id_, day=last, as_of=as_of)
    else:
        return
    fix = say("give another day (--as-of) or a frame that is in force on it ({option})", option=option)
    raise InputError([Problem("not-in-force", Severity.ERROR, message, fix, value=as_of.isoformat())])
