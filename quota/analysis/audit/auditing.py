"""The audit: each unit's quota beside its staff, and the sums over the table.

What most tables have nothing of (posts assigned, columns that are unknown, staff in a table apart) is in
modules that are imported where a table has it: the audit of a plain table waits for none of them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import chain
from typing import TYPE_CHECKING, TypeVar

from quota.analysis.audit.statuses import status_of
from quota.core.blocs import Blocs, ByBloc, Staff, gathered, staff_of
from quota.core.posts import AssignmentTotals, Gap, Posts, UnitAssignment, gap_between, sum_by_bloc, sum_gaps
from quota.core.problems import Problem, Severity, refuse_errors, refuse_outside
from quota.core.results import AuditReport, FrameSummary, Note, Quota, Status, Totals, UnitAudit, Unsettled
from quota.core.text import say
from quota.core.units import InputFile, Reserve, StaffTable, Unit, UnitTable, UnitType
from quota.norms.granting import Granter, Norms

if TYPE_CHECKING:  # the schema of rule files costs more to import than most audits take
    from quota.norms.schema import Frame

T = TypeVar("T")


def audit(
    units: UnitTable,
    frame: Frame | Norms,
    staff: StaffTable | None = None,
    assigned: StaffTable | None = None,
    *,
    as_of: date,
) -> AuditReport:
    """Every unit's quota, staff (people in post), shortfall and surplus under `frame` on `as_of`.

    Without a staff table, staff that the population table carries is used; posts that were assigned are those
    of `assigned`, else of the staff table, else of the population table. Raises `InputError` with all
    problems where a table has errors, a staff row fits no unit or fits twice, or the frame is not in force.
    """
    frame = frame if isinstance(frame, Norms) else frame.on(as_of)
    summary = summary_of(frame)
    refuse_outside(summary.id, summary.effective_from, summary.effective_to, as_of)
    placed, problems = join(units, staff, assigned, under=[frame])
    audits = audits_of(placed, granters_of(frame))
    together = totals(audits, summary.blocs, reserves_in(units, staff, assigned))
    if together.assignment is not None:
        from quota.analysis.audit.assigning import off_norm_findings

        problems = (*problems, *off_norm_findings(audits))
    return AuditReport(
        summary,
        as_of,
        audits,
        together,
        inputs_of(units, staff, assigned),
        problems,
        open_columns=norms_of(frame).open_columns,
    )


def norms_of(frame: Frame | Norms) -> Norms:
    """A frame as it is applied."""
    return frame if isinstance(frame, Norms) else frame.norms()


def summary_of(frame: Frame | Norms) -> FrameSummary:
    """The summary of a frame that every output begins with."""
    return frame.summary if isinstance(frame, Norms) else frame.summary()


def granters_of(frame: Frame | Norms) -> Mapping[UnitType, Granter]:
    """The granter that counts the posts of a type's units, by type."""
    if isinstance(frame, Norms):
        return frame.granters()
    return {unit_type: frame.granter(unit_type) for unit_type in UnitType}


def audits_of(units: Iterable[Unit], granters: Mapping[UnitType, Granter]) -> tuple[UnitAudit, ...]:
    """Each unit's quota and gaps; where residents are unknown, so are both."""
    placed = list(units)
    by_type: defaultdict[UnitType, list[Unit]] = defaultdict(list)
    for unit in placed:
        by_type[unit.type].append(unit)
    audited = {
        unit_type: iter(list(_of_one_type(here, granters[unit_type]))) for unit_type, here in by_type.items()
    }
    return tuple([next(audited[unit.type]) for unit in placed])


def _of_one_type(units: Sequence[Unit], granter: Granter) -> Iterator[UnitAudit]:
    """The audits of units of one type: quotas are counted, and gaps compared, column by column."""
    norm, blocs = granter.norm, granter.norm.grants.order
    quotas = granter.quotas(units)
    staff = [staff_of(unit.staff, blocs) for unit in units]
    remarks: dict[tuple[int, bool], tuple[Note, ...]] = {}
    for unit, quota, present, gap in zip(units, quotas, staff, _gaps(quotas, staff, blocs), strict=True):
        residents = unit.population
        if residents is None or quota is None:
            yield _uncounted(unit, present)
            continue
        below = norm.below_minimum(residents)
        notes = remarks.get((id(quota), below))
        if notes is None:
            notes = remarks[id(quota), below] = (*norm.notes_for(residents), *_notes_on(quota))
        assignment = _assignment(unit, quota, present)
        yield UnitAudit(unit, quota, present, gap, status_of(gap), below, notes, assignment=assignment)


def _uncounted(unit: Unit, staff: Staff) -> UnitAudit:
    """The audit of a unit of which a number is unknown that the frame counts."""
    nothing: ByBloc[Gap | None] = ByBloc(staff.order, (None,) * len(staff.order))
    assignment = _assignment(unit, None, staff)
    return UnitAudit(unit, None, staff, nothing, Status.UNKNOWN, below_minimum=False, assignment=assignment)


def _gaps(
    quotas: Sequence[Quota | None], staff: Sequence[Staff], blocs: Blocs
) -> Iterator[ByBloc[Gap | None]]:
    """The gaps of units by their quotas and staff, column by column; of those without a quota, any."""
    different = {id(quota): quota for quota in quotas}
    ends = {key: _ends(quota, blocs) for key, quota in different.items()}
    granted = list(zip(*[ends[id(quota)] for quota in quotas], strict=True))
    present = zip(*[counts.values for counts in staff], strict=True)
    columns = map(_compared, granted[::2], granted[1::2], present)
    return (ByBloc(blocs, gaps) for gaps in zip(*columns, strict=True))


def _ends(quota: Quota | None, blocs: Blocs) -> tuple[int, ...]:
    """Low and high end of each bloc."""
    if quota is None:
        return (0,) * (2 * len(blocs))
    return tuple(chain.from_iterable([(posts.low, posts.high) for posts in quota.blocs.values]))


def _compared(
    lows: Sequence[int], highs: Sequence[int], counts: Sequence[int | None]
) -> Iterable[Gap | None]:
    """The gap of each of these posts, by their ends, and people in post; unknown where the people are."""
    if None not in counts:
        return map(gap_between, lows, highs, counts)
    return [
        None if count is None else gap_between(low, high, count)
        for low, high, count in zip(lows, highs, counts, strict=True)
    ]


def join(
    units: UnitTable,
    staff: StaffTable | None,
    assigned: StaffTable | None = None,
    *,
    under: Iterable[Frame | Norms] = (),
) -> tuple[tuple[Unit, ...], tuple[Problem, ...]]:
    """The units with their staff and assigned posts, and all problems; `InputError` where any is an error.

    `under` are the frames that are applied: what they ask for and the units' table lacks is a problem.
    """
    problems = [
        problem for table in (units, staff, assigned) if table is not None for problem in table.problems
    ]
    placed = units.units
    is_refused = not placed and any(problem.severity is Severity.ERROR for problem in units.problems)
    if staff is not None and not is_refused:  # a unit of each of its rows would be missed, for one reason
        from quota.analysis.audit.matching import with_staff

        placed, unplaced = with_staff(units.units, staff.rows)
        problems.extend(unplaced)
    if assigned is not None and not is_refused:
        from quota.analysis.audit.assigning import with_assigned

        placed, unplaced = with_assigned(placed, assigned.rows)
        problems.extend(unplaced)
    problems.extend(made_up(inputs_of(units, staff), "--staff"))
    problems.extend(made_up(inputs_of(assigned), "--assigned"))
    if asking := [norms for frame in under if (norms := norms_of(frame)).asks_of_tables]:
        from quota.norms.held.tables import not_in_table

        problems.extend(dict.fromkeys(chain.from_iterable([not_in_table(norms, units) for norms in asking])))
    refuse_errors(problems)
    return placed, tuple(problems)


def inputs_of(*tables: UnitTable | StaffTable | None) -> tuple[InputFile, ...]:
    """The files behind these tables."""
    return tuple(source for table in tables if table is not None for source in table.sources)


def reserves_in(*tables: UnitTable | StaffTable | None) -> tuple[Reserve, ...]:
    """What these tables say is kept back; of the last of them that says any."""
    found: tuple[Reserve, ...] = ()
    for table in tables:
        found = table.reserves if table is not None and table.reserves else found
    return found


def made_up(inputs: Iterable[InputFile], option: str) -> Iterable[Problem]:
    """A warning for each file of illustrative figures; `option` takes a table of one's own."""
    for source in inputs:
        if source.illustrative:
            message = say("figures made up to show the program, not real headcounts")
            fix = say("give your own table: {option} FILE", option=option)
            yield Problem("illustrative", Severity.WARNING, message, fix, file=source.path)


def audit_unit(unit: Unit, frame: Frame) -> UnitAudit:
    """One unit's quota and gaps; where residents are unknown, so are both."""
    (audited,) = audits_of([unit], {unit.type: frame.granter(unit.type)})
    return audited


def _notes_on(quota: Quota) -> tuple[Note, ...]:
    """The remarks a unit's quota carries because of what is unknown."""
    if not quota.unsettled:
        return ()
    from quota.analysis.audit.unsettled import notes_on

    return notes_on(quota)


def _assignment(unit: Unit, quota: Quota | None, staff: Staff) -> UnitAssignment | None:
    """A unit's assigned posts beside its people and its norm; None where no table says any."""
    if not unit.assigned.order:
        return None
    from quota.analysis.audit.assigning import assignment_of

    return assignment_of(unit, quota, staff)


def gaps_of(blocs: ByBloc[Posts], staff: Staff) -> ByBloc[Gap | None]:
    """People missing and people above in each bloc; unknown where its staff is."""
    counts = staff_of(staff, blocs.order).values
    lows, highs = [posts.low for posts in blocs.values], [posts.high for posts in blocs.values]
    return ByBloc(blocs.order, tuple(_compared(lows, highs, counts)))


def totals(audits: Sequence[UnitAudit], blocs: Blocs, reserves: Iterable[Reserve] = ()) -> Totals:
    """Sums over what is known, by bloc; shortfall and surplus apart; what is unknown is counted.

    `reserves` are assigned posts that no unit has.
    """
    quotas = [audited.quota.blocs for audited in audits if audited.quota is not None]
    populations = [audited.unit.population for audited in audits if audited.unit.population is not None]
    statuses = Counter([audited.status for audited in audits])
    staff = gathered(blocs, [audited.staff for audited in audits])
    gaps = gathered(blocs, [audited.gap for audited in audits])
    return Totals(
        units=len(audits),
        population=sum(populations) if populations else None,
        quota=Quota(sum_by_bloc(quotas)) if quotas else None,
        staff=staff.map(lambda column: sum(known) if (known := _known(column)) else None),
        gap=gaps.map(lambda column: sum_gaps(known) if (known := _known(column)) else None),
        status={status: statuses[status] for status in Status},
        below_minimum=sum([audited.below_minimum for audited in audits]),
        unknown_population=len(audits) - len(populations),
        unknown_staff=staff.map(lambda column: column.count(None)),
        unsettled=_unsettled(audits),
        assignment=_assignment_totals(audits, blocs, tuple(reserves)),
    )


def _unsettled(audits: Sequence[UnitAudit]) -> Unsettled | None:
    """What hangs on unknown columns; None where none is unknown."""
    if not any(quota.unsettled for audited in audits if (quota := audited.quota) is not None):
        return None
    from quota.analysis.audit.unsettled import unsettled

    return unsettled(audits)


def _assignment_totals(
    audits: Sequence[UnitAudit], blocs: Blocs, reserves: tuple[Reserve, ...]
) -> AssignmentTotals | None:
    """Assigned posts and both gaps over what is known; None where no table says any."""
    if not reserves and all(audited.assignment is None for audited in audits):
        return None
    from quota.analysis.audit.assigning import assignment_totals

    return assignment_totals(audits, blocs, reserves)


def _known(column: list[T | None]) -> list[T]:
    return [value for value in column if value is not None]
