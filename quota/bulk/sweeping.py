"""Many frames over the same units: a thousand variants of a frame, the whole country each.

With NumPy, units are arrays and a frame is a handful of operations on them; without it, every unit is audited
under every frame. Both give the same totals.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import ModuleType
from typing import Any

from quota.analysis.what_if.sensitivity import Outcome, outcomes_of
from quota.bulk.algebra import array_of
from quota.core.blocs import Bloc, Blocs, ByBloc, all_of
from quota.core.posts import Gap, Posts, sum_gaps, sum_posts
from quota.core.units import Unit, UnitType
from quota.norms.granting import Assumption, Granter, Norm
from quota.norms.schema import Frame
from quota.tables.columns.cells import MAX_RESIDENTS, MAX_STAFF

_WORTH = 100_000
"""Frames times units below which NumPy does not repay its import."""


Assumed = Mapping[str, Assumption]
"""What a frame takes for columns that are unknown."""


def sweep(frames: Sequence[Frame], units: Sequence[Unit]) -> list[Outcome]:
    """What each frame grants to the same units, in all, in the frames' order.

    The same as `quota.analysis.what_if.sensitivity.outcomes_of` gives, sooner where NumPy is there.
    """
    worth_it = len(frames) * len(units) >= _WORTH and _within_limits(units)
    if any(frame.has_ranges for frame in frames):  # a unit's range runs over several worlds
        worth_it = False
    numpy = _numpy() if worth_it else None
    if numpy is None:
        return outcomes_of(frames, units)
    blocs = all_of(frame.order for frame in frames)
    groups = {unit_type: _Group(numpy, units, unit_type, blocs) for unit_type in UnitType}
    return [_vectorised(frame, groups) for frame in frames]


def _numpy() -> ModuleType | None:
    try:
        import numpy as np
    except ImportError:
        return None
    return np


def _within_limits(units: Iterable[Unit]) -> bool:
    """Whether all figures are such as a table may hold, so that no product of them leaves 64 bits."""
    return all(
        (unit.population or 0) <= MAX_RESIDENTS and all((count or 0) <= MAX_STAFF for count in unit.staff)
        for unit in units
    )


class _Group:
    """The units of one type whose residents are known, as arrays; by bloc, those whose staff is known too."""

    def __init__(self, numpy: ModuleType, units: Iterable[Unit], unit_type: UnitType, blocs: Blocs) -> None:
        self.numpy = numpy
        self.units = [unit for unit in units if unit.type is unit_type and unit.population is not None]
        self.residents = numpy.array([unit.population for unit in self.units], dtype="int64")
        self.where = {}
        self.staff = {}
        for bloc in blocs:
            counted = [place for place, unit in enumerate(self.units) if unit.staff.get(bloc) is not None]
            self.where[bloc] = numpy.array(counted, dtype="int64")
            self.staff[bloc] = numpy.array(
                [self.units[place].staff[bloc] for place in counted], dtype="int64"
            )
        self._arrays: dict[object, tuple[Any, dict[str, Any]]] = {}

    def arrays(self, norm: Norm, assumed: Assumed) -> tuple[Any, dict[str, Any]]:
        """Which units a quota is known for, and their columns with what is unknown assumed or put aside."""
        key = (norm.counted, *norm.asked.items(), *assumed.items())
        found = self._arrays.get(key)
        if found is None:
            found = self._arrays[key] = self._read(norm, assumed)
        return found

    def _read(self, norm: Norm, assumed: Assumed) -> tuple[Any, dict[str, Any]]:
        granter = Granter(norm, assumed)
        rows = [granter.values(unit) for unit in self.units]
        known = [place for place, row in enumerate(rows) if None not in row[: len(norm.counted)]]
        settled = [granter.without(rows[place]) for place in known]
        columns = {
            column: self.numpy.array([row[place] for row in settled])
            for place, column in enumerate(norm.columns)
        }
        return self.numpy.array(known, dtype="int64"), columns

    def totals(self, norm: Norm, assumed: Assumed, bloc: Bloc) -> tuple[Posts, Gap]:
        """Posts that the norm grants these units together, and their people missing and over."""
        known, columns = self.arrays(norm, assumed)
        ends = norm.grants[bloc]
        low = array_of(ends.low, self.numpy, columns, len(known))
        high = low if ends.high == ends.low else array_of(ends.high, self.numpy, columns, len(known))
        posts = Posts(int(low.sum()), int(high.sum()))
        place = self.numpy.full(len(self.units), -1, dtype="int64")
        place[known] = self.numpy.arange(len(known))
        rows = place[self.where[bloc]]
        staff, rows = self.staff[bloc][rows >= 0], rows[rows >= 0]
        shortfall = self.numpy.maximum(low[rows] - staff, 0).sum()
        surplus = self.numpy.maximum(staff - high[rows], 0).sum()
        return posts, Gap(int(shortfall), int(surplus))

    def below(self, minimum: int | None) -> int:
        """How many of these units have fewer residents than the frame asks of a new one."""
        return 0 if minimum is None else int((self.residents < minimum).sum())


def _vectorised(frame: Frame, groups: dict[UnitType, _Group]) -> Outcome:
    filled = [(group, frame.norm(unit_type)) for unit_type, group in groups.items() if group.units]
    assumed = frame.assumed
    found = ByBloc.of(frame.order, lambda bloc: [group.totals(norm, assumed, bloc) for group, norm in filled])
    return Outcome(
        found.map(lambda parts: sum_posts(posts for posts, _ in parts)),
        found.map(lambda parts: sum_gaps(gap for _, gap in parts)),
        sum(group.below(frame.minimum_for(unit_type)) for unit_type, group in groups.items()),
    )
