"""What hangs on the numbers of a frame: total posts, shortfall and surplus at each point of a grid."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from msgspec import Struct

from quota.analysis.audit.auditing import inputs_of, join
from quota.analysis.audit.possible import taking_it_as_so, unsettled_under
from quota.core.blocs import Bloc, ByBloc, gathered, staff_of
from quota.core.posts import Gap, Posts
from quota.core.problems import Problem
from quota.core.results import FrameSummary, Unsettled
from quota.core.units import InputFile, StaffTable, Unit, UnitTable
from quota.norms.evaluation import below_minimum, refuse_out_of_force
from quota.norms.schema import Frame
from quota.norms.varying import Axis, numeric_fields, variants


class Outcome(Struct, frozen=True):
    """The sums of a frame over some units: posts, and gaps where staff is known; never netted.

    `below_minimum` counts the units under the frame's minimum population.
    """

    posts: ByBloc[Posts]
    gap: ByBloc[Gap]
    below_minimum: int


class Point(Struct, frozen=True):
    """One point of the grid: the fields set, and the sums of the frame changed by them.

    `then` are the sums where what is unknown of the units' terrain is so; None where nothing is unknown.
    """

    settings: Mapping[str, int]
    outcome: Outcome
    then: Outcome | None = None


class Sensitivity(Struct, frozen=True):
    """The frame as it is, its numeric fields, and every point of the grid.

    `known_staff` counts, by bloc, the units whose staff and residents are both known.
    """

    frame: FrameSummary
    as_of: date
    fields: Mapping[str, int]
    varied: tuple[str, ...]
    base: Outcome
    points: tuple[Point, ...]
    units: int
    unknown_population: int
    known_staff: ByBloc[int]
    inputs: tuple[InputFile, ...] = ()
    problems: tuple[Problem, ...] = ()
    unsettled: Unsettled | None = None
    """What hangs on what is unknown of the units, under the frame as it is."""


Evaluate = Callable[[Sequence[Frame], Sequence[Unit]], Sequence[Outcome]]
"""Frames and units to an outcome for each frame, in their order."""


def sensitivity(
    units: UnitTable,
    frame: Frame,
    axes: Sequence[Axis] = (),
    staff: StaffTable | None = None,
    *,
    as_of: date,
    evaluate: Evaluate | None = None,
) -> Sensitivity:
    """Every combination of the axes' values over the units; with no axes, only the frame as it is.

    Raises `InputError` as `audit` does, and for axes that the frame cannot take (see `variants`).
    """
    refuse_out_of_force(frame, as_of)
    placed, problems = join(units, staff, under=[frame])
    grid = variants(frame, axes) if axes else ()
    hangs = unsettled_under(frame, placed)
    frames = [point.frame for point in grid]
    as_so = [other for point in frames if (other := taking_it_as_so(point, hangs)) is not None]
    base, *outcomes = (evaluate or outcomes_of)([frame, *frames, *as_so], placed)
    then: Sequence[Outcome | None] = outcomes[len(grid) :] or [None] * len(grid)
    points = tuple(
        Point(point.settings, found, other)
        for point, found, other in zip(grid, outcomes[: len(grid)], then, strict=True)
    )
    known = [staff_of(unit.staff, frame.order) for unit in placed if unit.population is not None]
    return Sensitivity(
        frame.summary(),
        as_of,
        numeric_fields(frame),
        tuple(grid[0].settings) if grid else (),
        base,
        points,
        len(placed),
        sum(unit.population is None for unit in placed),
        gathered(frame.order, known).map(lambda people: len(people) - people.count(None)),
        inputs_of(units, staff),
        problems,
        hangs,
    )


def outcomes_of(frames: Sequence[Frame], units: Sequence[Unit]) -> list[Outcome]:
    """The sums of each frame over the units."""
    return [outcome_of(frame, units) for frame in frames]


def outcome_of(frame: Frame, units: Sequence[Unit]) -> Outcome:
    """The sums of one frame; units whose residents are unknown count for nothing."""
    quotas = [(unit, frame.granter(unit.type).quota(unit)) for unit in units]
    known = [(unit, quota.blocs) for unit, quota in quotas if quota is not None]
    sums = ByBloc.of(frame.order, lambda bloc: _bloc_sums(bloc, known))
    small = sum(
        unit.population is not None and below_minimum(frame, unit.type, unit.population) for unit in units
    )
    return Outcome(sums.map(lambda both: both[0]), sums.map(lambda both: both[1]), small)


def _bloc_sums(bloc: Bloc, units: Sequence[tuple[Unit, ByBloc[Posts]]]) -> tuple[Posts, Gap]:
    low = high = shortfall = surplus = 0
    for unit, quota in units:
        posts = quota[bloc]
        low, high = low + posts.low, high + posts.high
        staff = unit.staff.get(bloc)
        if staff is not None:
            gap = posts.gap(staff)
            shortfall, surplus = shortfall + gap.shortfall, surplus + gap.surplus
    return Posts(low, high), Gap(shortfall, surplus)
