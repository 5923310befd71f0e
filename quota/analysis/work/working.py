"""Audits and explanations with what the work needs beside the quota: fields covered, people on loan."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from quota.analysis.audit.auditing import audit, made_up
from quota.analysis.work.covering import cover
from quota.analysis.work.hands import (
    departments_on,
    hands_by_code,
    months_of_returns,
    returning,
    sum_hands,
    unknown_hosts,
)
from quota.analysis.work.lending import overdrawn_later, refuse_overdrawn
from quota.analysis.work.placing import resolve
from quota.analysis.work.states import Counted, contradictions, counted, state_totals, states_of
from quota.core.explanations import Explanation, SecondmentReport
from quota.core.fields import FieldsReport, HolderTable, NeedTable
from quota.core.positions import StateTables
from quota.core.problems import InputError, Problem, refuse_errors
from quota.core.results import AuditReport, UnitAudit
from quota.core.secondments import Secondment, SecondmentTable
from quota.core.units import InputFile, StaffTable, UnitTable
from quota.norms.evaluation import refuse_out_of_force
from quota.norms.granting import Norms

if TYPE_CHECKING:  # what rule files may say costs more to import than most audits take
    from quota.norms.fields import Fields
    from quota.norms.retirement import Retirement
    from quota.norms.schema import Frame

T = TypeVar("T")


class Work(Struct, frozen=True):
    """The tables about work that an audit may be asked to take in, and the list of fields they use."""

    rules: Fields
    holders: HolderTable | None = None
    needs: NeedTable | None = None
    secondments: SecondmentTable | None = None
    states: StateTables | None = None
    retirement: Retirement | None = None
    """When people retire, where `states` has a table of people."""


class _Taken(Struct, frozen=True):
    """The same for these units: fields, secondments, states, all problems, the files."""

    fields: FieldsReport | None
    secondments: tuple[Secondment, ...] | None
    problems: tuple[Problem, ...]
    inputs: tuple[InputFile, ...]
    states: Counted | None = None


def audit_work(
    units: UnitTable,
    frame: Frame | Norms,
    staff: StaffTable | None,
    work: Work,
    *,
    as_of: date,
    assigned: StaffTable | None = None,
) -> AuditReport:
    """The audit, whose quota is compared with the books, with each unit's hands on `as_of` and its fields.

    The staff tables count books: everyone on a unit's payroll, on loan or not. Raises `InputError` with the
    problems of all tables.
    """
    taken = _take(units, work, as_of)
    report = _together(lambda: audit(units, frame, staff, assigned, as_of=as_of), taken)
    audits = _added(report.units, taken, as_of)
    states = state_totals(audits, report.frame.blocs, taken.states.until) if taken.states else None
    more = tuple(contradictions(audits, taken.states)) if taken.states else ()
    refuse_errors(more)
    return replace(
        report,
        units=audits,
        totals=replace(report.totals, states=states),
        hands=None
        if taken.secondments is None
        else sum_hands((audited.hands for audited in audits if audited.hands), report.frame.blocs),
        departments=departments_on(taken.secondments or (), as_of),
        fields=taken.fields,
        inputs=(*report.inputs, *taken.inputs),
        problems=(*report.problems, *taken.problems, *more),
    )


def explain_work(
    unit: str,
    units: UnitTable,
    frame: Frame,
    staff: StaffTable | None,
    work: Work,
    *,
    as_of: date,
    others: Sequence[Frame] = (),
    assigned: StaffTable | None = None,
) -> Explanation:
    """One unit's explanation with its hands on `as_of` and its fields."""
    from quota.analysis.audit.explaining import explain  # audits show no working

    taken = _take(units, work, as_of)
    found = _together(lambda: explain(unit, units, frame, staff, assigned, as_of=as_of, others=others), taken)
    (audit_,) = _added((found.audit,), taken, as_of)
    more = tuple(contradictions((audit_,), taken.states)) if taken.states else ()
    refuse_errors(more)
    return replace(
        found,
        audit=audit_,
        until=taken.states.until if taken.states else None,
        inputs=(*found.inputs, *taken.inputs),
        problems=(*found.problems, *taken.problems, *more),
    )


def secondment_report(
    units: UnitTable,
    frame: Frame | Norms,
    staff: StaffTable | None,
    table: SecondmentTable,
    rules: Fields,
    *,
    as_of: date,
    days: int,
) -> SecondmentReport:
    """The secondments on `as_of`, those that end in the `days` after it, the people who return each month.

    Without staff (in a staff table or the population table) the shortfall that returns is unknown. Raises
    `InputError` with the problems of all tables.
    """
    taken = _take(units, Work(rules, secondments=table), as_of)
    report = _together(lambda: audit(units, frame, staff, as_of=as_of), taken)
    ledger = taken.secondments or ()
    refuse_overdrawn(report.units, ledger, as_of)
    by_host = sorted(ledger, key=lambda secondment: (secondment.host.key, secondment.end, secondment.id))
    return SecondmentReport(
        report.frame,
        rules.summary(),
        as_of,
        days,
        ledger,
        tuple(secondment for secondment in by_host if secondment.away_on(as_of)),
        returning(ledger, as_of, days),
        months_of_returns(ledger, as_of, report.units),
        unknown_hosts(ledger, as_of, report.units),
        (*report.inputs, *taken.inputs),
        (*report.problems, *taken.problems, *overdrawn_later(report.units, ledger, as_of)),
        report.totals.unsettled,
    )


def _take(units: UnitTable, work: Work, as_of: date) -> _Taken:
    """Fields and ledger of these units; problems are collected, not raised."""
    refuse_out_of_force(work.rules, as_of, "--field-rules")
    fields = None
    if work.holders is not None:
        fields = cover(units.units, work.holders, work.rules, work.needs, as_of=as_of, option="--fields")
    problems = list(fields.problems if fields else ())
    inputs = list(fields.inputs if fields else ())
    ledger = None
    if work.secondments is not None:
        ledger, found = resolve(units.units, work.secondments, work.rules)
        problems += [*work.secondments.problems, *found]
        problems += made_up(work.secondments.sources, "--secondments")
        inputs += work.secondments.sources
    states = None
    if work.states is not None and work.retirement is not None:
        states = counted(units.units, work.states, work.retirement, as_of)
        problems += states.problems
        for option, table in work.states.by_option():
            problems += made_up(table.sources, option)
            inputs += table.sources
    return _Taken(fields, ledger, tuple(problems), tuple(inputs), states)


def _together(ask: Callable[[], T], taken: _Taken) -> T:
    """What `ask` answers; where it or the tables about work have errors, one refusal with all problems."""
    try:
        answer = ask()
    except InputError as error:
        raise InputError((*error.problems, *taken.problems)) from None
    refuse_errors(taken.problems)
    return answer


def _added(audits: Sequence[UnitAudit], taken: _Taken, as_of: date) -> tuple[UnitAudit, ...]:
    """The audits with hands, fields and states; `InputError` where a unit lends more people than it has."""
    if taken.secondments is not None:
        refuse_overdrawn(audits, taken.secondments, as_of)
        hands = hands_by_code(audits, taken.secondments, as_of)
        audits = [replace(audited, hands=hands[audited.unit.code]) for audited in audits]
    if taken.fields is not None:
        by_code = {unit.unit.code: unit for unit in taken.fields.units}
        audits = [replace(audited, fields=by_code[audited.unit.code]) for audited in audits]
    if taken.states is not None:
        audits = [replace(audited, states=states_of(audited, taken.states)) for audited in audits]
    return tuple(audits)
