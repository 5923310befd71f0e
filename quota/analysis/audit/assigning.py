"""Assigned posts (biên chế được giao) beside the people in post, and beside the norm.

Both gaps are said by bloc and never netted; neither is guessed where a figure is unknown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from quota.analysis.audit.matching import Matcher, put_aside, row_problem
from quota.analysis.audit.statuses import status_of
from quota.core.blocs import UNKNOWN_STAFF, Blocs, ByBloc, Staff, gathered, staff_of
from quota.core.places import row_at
from quota.core.posts import AssignmentTotals, Gap, Posts, UnitAssignment, known_gap
from quota.core.problems import Problem, Severity
from quota.core.results import Quota, Status, UnitAudit
from quota.core.sums import known_sum
from quota.core.text import Text, count, say
from quota.core.units import Reserve, StaffRow, Unit


def assignment_of(unit: Unit, quota: Quota | None, staff: Staff) -> UnitAssignment | None:
    """A unit's assigned posts beside its people in post and its norm; None where no table says any."""
    if not unit.assigned.order:
        return None
    blocs = staff.order
    posts = staff_of(unit.assigned, blocs)
    exact = posts.map(lambda assigned: None if assigned is None else Posts.exactly(assigned))
    vacancy = _gaps(exact, staff)
    norm = quota.blocs if quota is not None else ByBloc.of(blocs, lambda _: None)
    off_norm = _gaps(norm, posts)
    return UnitAssignment(posts, vacancy, off_norm, status_of(vacancy))


def _gaps(posts: ByBloc[Posts] | ByBloc[Posts | None] | ByBloc[None], counts: Staff) -> ByBloc[Gap | None]:
    """Each bloc's count against its posts; None where either is unknown."""
    return ByBloc(
        counts.order,
        tuple(
            None if granted is None or number is None else granted.gap(number)
            for granted, number in zip(posts.values, counts.values, strict=True)
        ),
    )


def assignment_totals(
    audits: Sequence[UnitAudit], blocs: Blocs, reserves: Iterable[Reserve] = ()
) -> AssignmentTotals:
    """Assigned posts and both gaps over what is known of tables of which one at least says some."""
    found = [audited.assignment for audited in audits if audited.assignment is not None]
    statuses = [assignment.status for assignment in found]
    posts = gathered(blocs, [assignment.posts for assignment in found])
    return AssignmentTotals(
        posts.map(known_sum),
        gathered(blocs, [assignment.vacancy for assignment in found]).map(known_gap),
        gathered(blocs, [assignment.off_norm for assignment in found]).map(known_gap),
        {
            status: statuses.count(status) + (len(audits) - len(found)) * (status is Status.UNKNOWN)
            for status in Status
        },
        posts.map(lambda column: len(audits) - len(column) + column.count(None)),
        tuple(reserves),
    )


def off_norm_findings(audits: Iterable[UnitAudit]) -> Iterator[Problem]:
    """A remark for each bloc whose assignment is below or above its norm, with the posts that hang on it."""
    for audited in audits:
        off = audited.assignment.off_norm if audited.assignment is not None else None
        for bloc, gap in off.items() if off is not None else ():
            said = {"name": audited.unit.name, "bloc": bloc.name}
            if gap is not None and gap.shortfall:
                message = count(
                    "{name}, {bloc}: {n} post fewer is assigned than the norm grants",
                    "{name}, {bloc}: {n} posts fewer are assigned than the norm grants",
                    n=gap.shortfall,
                    **said,
                )
                yield _finding(audited.unit, "assigned-below-norm", message)
            elif gap is not None and gap.surplus:
                message = count(
                    "{name}, {bloc}: {n} post more is assigned than the norm grants",
                    "{name}, {bloc}: {n} posts more are assigned than the norm grants",
                    n=gap.surplus,
                    **said,
                )
                yield _finding(audited.unit, "assigned-above-norm", message)


def _finding(unit: Unit, code: str, message: Text) -> Problem:
    return row_problem(unit, code, message, None, "code", Severity.INFORMATION)


def with_assigned(
    units: Sequence[Unit], rows: Iterable[StaffRow]
) -> tuple[tuple[Unit, ...], tuple[Problem, ...]]:
    """The units with the assigned posts of these rows, and every row that could not be placed for certain.

    What the units carried themselves is put aside, with a warning. A unit without a row has unknown posts.
    """
    rows_of, problems = Matcher(units).rows_of(rows, _assigned_twice)
    nothing = StaffRow(None, None, UNKNOWN_STAFF)
    placed = [
        replace(unit, assigned=given.assigned, decision=given.decision)
        for unit in units
        for given in (rows_of.get(unit.code, nothing),)
    ]
    return tuple(placed), (*_assigned_put_aside(units), *problems)


def _assigned_twice(unit: Unit, first: StaffRow, row: StaffRow) -> Problem:
    """What is wrong with a unit's second row: at its decision where that is another, else at its code."""
    where = row_at(first.origin)
    numbers = [decision.number for decision in (first.decision, row.decision) if decision is not None]
    if len(numbers) == 2 and None not in numbers and numbers[0] != numbers[1]:
        message = say(
            "{name} has the posts of two decisions: of {first} on row {row}, and of this",
            name=unit.name,
            first=numbers[0],
            row=where,
        )
        fix = say("keep the row of the decision that holds")
        problem = row_problem(row, "assigned-twice", message, fix, "decision")
        return replace(problem, value=numbers[1])
    message = say("{name} already has assigned posts, on row {row}", name=unit.name, row=where)
    fix = say("a unit has one row of assigned posts: correct the code or add the two up")
    return row_problem(row, "assigned-twice", message, fix)


def _assigned_put_aside(units: Iterable[Unit]) -> Iterator[Problem]:
    message = say("the tables have columns of assigned posts; the table of assigned posts is used instead")
    carrying = (unit for unit in units if known_sum(unit.assigned) is not None)
    return put_aside("assigned-twice", carrying, message)
