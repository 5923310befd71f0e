"""What frames give where a figure of posts was published, and by how much the two differ."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum

from msgspec import Struct

from quota.core.blocs import ByBloc
from quota.core.citations import PublishedFigure
from quota.core.posts import Posts, sum_posts
from quota.core.units import Unit, UnitType
from quota.norms.granting import Granter, Norms
from quota.norms.held.frames import unlike

Granters = Mapping[UnitType, Granter]


class Explained(StrEnum):
    """Whether a frame gives a published figure.

    OPEN: it does where what is unknown holds for some of the units and not for the others.
    """

    YES = "yes"
    OPEN = "open"
    NO = "no"


class FrameFigure(Struct, frozen=True):
    """A published figure beside what the frame of this id gives for the same units.

    `given` is counted without the conditions that are unknown of a unit, `possible` with all of them in every
    unit. `name` is the unit's, None for a whole province. `residents` are those the frame was applied to.
    """

    figure: PublishedFigure
    name: str | None
    residents: int
    frame: str
    given: Posts
    possible: Posts
    explained: Explained

    @property
    def difference(self) -> int:
        """The published posts less those given: to the nearer end where the frame gives a range."""
        return self.figure.posts - min(max(self.figure.posts, self.given.low), self.given.high)


def beside_published(
    figures: Iterable[PublishedFigure], units: Iterable[Unit], frames: Sequence[Norms]
) -> tuple[FrameFigure, ...]:
    """Each figure beside each frame that grants the blocs in it otherwise than the frames before.

    Raises `ValueError` where a figure is about units that are not among `units`, or one of them lacks a
    number that a frame counts: both tables ship with the program.
    """
    table = tuple(units)
    counters = {norms.summary.id: norms.granters() for norms in frames}
    return tuple(
        _beside(figure, _about(figure, table), norms.summary.id, counters[norms.summary.id])
        for figure in figures
        for norms in unlike(frames, figure.blocs)
    )


def _about(figure: PublishedFigure, units: tuple[Unit, ...]) -> list[Unit]:
    found = [unit for unit in units if unit.province == figure.province and figure.code in (None, unit.code)]
    if len(found) != figure.units:
        raise ValueError(f"{figure.province}: {figure.units} units in the figure, {len(found)} in the table")
    return found


def _beside(figure: PublishedFigure, units: list[Unit], frame: str, granters: Granters) -> FrameFigure:
    quotas = [_both(unit, frame, granters, figure.blocs) for unit in units]
    given, possible = (sum_posts(posts) for posts in zip(*quotas, strict=True))
    if given.low <= figure.posts <= given.high:
        explained = Explained.YES
    else:
        explained = Explained.OPEN if figure.posts in _sums(quotas) else Explained.NO
    return FrameFigure(
        figure,
        units[0].name if figure.code else None,
        sum(unit.population or 0 for unit in units),
        frame,
        given,
        possible,
        explained,
    )


def _both(unit: Unit, frame: str, granters: Granters, blocs: Sequence[str]) -> tuple[Posts, Posts]:
    """The unit's posts without and with what is unknown of it."""
    quota = granters[unit.type].quota(unit)
    if quota is None:
        raise ValueError(f"{unit.name}: what {frame} counts is unknown")
    without = _counted(quota.blocs, blocs)
    return without, without if quota.possible is None else _counted(quota.possible, blocs)


def _sums(quotas: Iterable[tuple[Posts, Posts]]) -> set[int]:
    """Every sum of the units' posts, each unit's taken without or with what is unknown of it."""
    sums = {0}
    for choices in quotas:
        each = {posts for choice in choices for posts in range(choice.low, choice.high + 1)}
        sums = {before + posts for before in sums for posts in each}
    return sums


def _counted(quota: ByBloc[Posts], blocs: Sequence[str]) -> Posts:
    return sum_posts(posts for bloc, posts in quota.items() if bloc in blocs)
