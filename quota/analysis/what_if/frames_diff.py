"""Two frames side by side: what they say differently, and what that is worth in posts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from quota.analysis.audit.auditing import audit_unit, inputs_of, join, totals
from quota.analysis.standing.measures import province_of
from quota.analysis.what_if.shifts import Shift, between, sum_shifts
from quota.core.blocs import Blocs, ByBloc, all_of, gathered
from quota.core.posts import Posts
from quota.core.problems import Problem
from quota.core.results import FrameSummary, Status, Totals, UnitAudit
from quota.core.units import InputFile, StaffTable, UnitTable
from quota.norms.flattening import FieldValue, fields_of
from quota.norms.schema import Frame


class FieldDifference(Struct, frozen=True):
    """A path whose value is `a` in one frame and `b` in the other; None where a frame does not say."""

    path: str
    a: FieldValue
    b: FieldValue


class UnitDifference(Struct, frozen=True):
    """One unit under both frames; `shift` is None where its residents are unknown.

    `possible` is the difference with what is unknown of the unit; None where that is the same.
    """

    province: str | None
    a: UnitAudit
    b: UnitAudit
    shift: ByBloc[Shift] | None
    possible: ByBloc[Shift] | None = None

    @property
    def changed(self) -> bool:
        """Whether its quota or its status differs."""
        return any(self.shift or ()) or self.a.status is not self.b.status

    @property
    def may_change(self) -> bool:
        """Whether its quota or its status differs, or its quota does with what is unknown."""
        return self.changed or any(self.possible or ())


class Worth(Struct, frozen=True):
    """The difference over some units: their totals under both frames, and what moves.

    Posts gained and lost are summed apart, never netted; None where no unit's residents are known. The
    possible ones are those with what is unknown; None where they are the same.
    """

    name: str | None
    a: Totals
    b: Totals
    gained: ByBloc[Shift] | None
    lost: ByBloc[Shift] | None
    gained_possible: ByBloc[Shift] | None = None
    lost_possible: ByBloc[Shift] | None = None


class FramesDifference(Struct, frozen=True):
    """Two frames: fields that differ, every unit under both, by province and in all, statuses that change."""

    a: FrameSummary
    b: FrameSummary
    fields: tuple[FieldDifference, ...]
    units: tuple[UnitDifference, ...]
    provinces: tuple[Worth, ...]
    whole: Worth
    statuses: Mapping[tuple[Status, Status], int]
    has_staff: bool
    inputs: tuple[InputFile, ...] = ()
    problems: tuple[Problem, ...] = ()


def diff(a: Frame, b: Frame, units: UnitTable, staff: StaffTable | None = None) -> FramesDifference:
    """Compare the frames `a` and `b`, fields and posts, whichever days they are in force.

    `InputError` as in `audit` for tables that have errors.
    """
    placed, problems = join(units, staff, under=[a, b])
    orders = (a.order, b.order)
    both = [_unit(audit_unit(unit, a), audit_unit(unit, b)) for unit in placed]
    provinces = dict.fromkeys(compared.province for compared in both)
    statuses: dict[tuple[Status, Status], int] = {}
    for compared in both:
        if compared.a.status is not compared.b.status:
            pair = (compared.a.status, compared.b.status)
            statuses[pair] = statuses.get(pair, 0) + 1
    return FramesDifference(
        a.summary(),
        b.summary(),
        fields_that_differ(a, b),
        tuple(both),
        tuple(
            _worth(name, [compared for compared in both if compared.province == name], orders)
            for name in provinces
        ),
        _worth(None, both, orders),
        statuses,
        any(count is not None for unit in placed for count in unit.staff),
        inputs_of(units, staff),
        problems,
    )


def fields_that_differ(a: Frame, b: Frame) -> tuple[FieldDifference, ...]:
    """Every dotted path whose value is not the same in both frames."""
    left, right = fields_of(a), fields_of(b)
    return tuple(
        FieldDifference(path, left.get(path), right.get(path))
        for path in dict.fromkeys((*left, *right))
        if left.get(path) != right.get(path)
    )


def _unit(a: UnitAudit, b: UnitAudit) -> UnitDifference:
    if a.quota is None or b.quota is None:
        return UnitDifference(province_of(a.unit), a, b, None)
    shift = _shifts(a.quota.blocs, b.quota.blocs)
    possible = _shifts(a.quota.possible or a.quota.blocs, b.quota.possible or b.quota.blocs)
    return UnitDifference(province_of(a.unit), a, b, shift, None if possible == shift else possible)


def _shifts(old: ByBloc[Posts], new: ByBloc[Posts]) -> ByBloc[Shift]:
    """Bloc by bloc; a frame that has no such bloc grants it nothing."""
    return ByBloc.of(
        all_of((old.order, new.order)),
        lambda bloc: between(old.get(bloc) or Posts(0, 0), new.get(bloc) or Posts(0, 0)),
    )


def _worth(name: str | None, units: Sequence[UnitDifference], orders: tuple[Blocs, Blocs]) -> Worth:
    pairs = [(found.shift, found.possible or found.shift) for found in units if found.shift is not None]
    blocs = all_of(orders)
    a = totals([compared.a for compared in units], orders[0])
    b = totals([compared.b for compared in units], orders[1])
    if not pairs:
        return Worth(name, a, b, None, None)
    shifts, possible = zip(*pairs, strict=True)
    known, with_unknown = _moved(shifts, blocs), _moved(possible, blocs)
    return Worth(name, a, b, *known) if with_unknown == known else Worth(name, a, b, *known, *with_unknown)


def _moved(shifts: Sequence[ByBloc[Shift]], blocs: Blocs) -> tuple[ByBloc[Shift], ByBloc[Shift]]:
    """Posts gained and posts lost, each added up by itself."""
    columns = gathered(blocs, shifts)
    gained = columns.map(lambda column: sum_shifts([shift.gained for shift in column]))
    return gained, columns.map(lambda column: sum_shifts([shift.lost for shift in column]))
