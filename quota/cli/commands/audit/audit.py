"""`quota audit`."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated

import typer

from quota.analysis.audit.auditing import audit as audit_of
from quota.cli.answering import AS_USUAL, Handling, tell_not_judged
from quota.cli.frames import AS_SHIPPED_TODAY, FrameOnDay
from quota.cli.grouping import single
from quota.cli.inputs import read_assignment, read_inputs, tell_findings
from quota.cli.options import NO_WORK, AssignedFile, PopulationFiles, StaffFile, WorkTables, option
from quota.cli.refusing import usage_error
from quota.cli.states import NO_STATES, StateFiles, read_all_work
from quota.cli.waiting import waiting
from quota.core.blocs import Bloc, Blocs
from quota.core.problems import refusal
from quota.core.results import AuditReport, Status
from quota.core.text import Text, count, say
from quota.core.units import UnitTable
from quota.render.audit.forms import audit_rendering
from quota.render.kit.output import mention


class Only(StrEnum):
    """Which units to show."""

    SHORT = "short"
    SURPLUS = "surplus"
    MIXED = "mixed"
    WITHIN = "within"
    UNKNOWN = "unknown"
    BELOW_MINIMUM = "below-minimum"


class FailOn(StrEnum):
    """What makes the exit code 1."""

    SHORT = "short"
    SURPLUS = "surplus"


def _sort_key(text: str | None) -> str | None:
    if text is None:
        return None
    from quota.analysis.audit.sorting import SORT_KEYS

    if text not in SORT_KEYS:
        raise usage_error(say('no key is called "{key}"; keys: {keys}', key=text, keys=", ".join(SORT_KEYS)))
    return text


def audit(
    population: PopulationFiles = None,
    staff: StaffFile = None,
    assigned: AssignedFile = None,
    under: FrameOnDay = AS_SHIPPED_TODAY,
    work: WorkTables = NO_WORK,
    states: StateFiles = NO_STATES,
    only: Annotated[
        list[Only] | None,
        typer.Option("--only", help="Show only units of this status; may be repeated. Totals stay whole."),
    ] = None,
    sort_by: Annotated[
        str | None,
        option(
            "--sort",
            "KEY",
            "code, name, type, status; or, greatest first, population, quota, staff, shortfall, "
            "surplus, assigned, vacant, above_assigned, the last seven also by bloc: government_shortfall.",
            callback=_sort_key,
        ),
    ] = None,
    limit: Annotated[int | None, option("--limit", "N", "Show the first N units.", min=1)] = None,
    bloc: Annotated[
        str | None,
        option(
            "--bloc",
            "BLOC",
            "In lists for people show the figures and the status of this bloc alone: government, party, "
            "front. --only and --sort status go by it.",
        ),
    ] = None,
    how: Handling = AS_USUAL,
    fail_on: Annotated[
        list[FailOn] | None,
        typer.Option("--fail-on", help="Exit with 1 if any unit is short, or over, in any bloc."),
    ] = None,
) -> None:
    """Each unit's quota, staff, shortfall and surplus.

    Staff counts books: everyone on the payroll, on loan or not. With --secondments the quota is still
    compared with the books, and the people at work on --as-of (hands) are shown beside them.

    With assigned posts (--assigned, or columns of them), the people in post are compared with these too:
    what is unfilled, who is above; and the assignment with the norm. Only a decision assigns posts.

    With --positions: positions filled and vacant by bloc, and with --secondments, --people, --leavers and
    --arrivals who is on loan, leaves or arrives by --until. Who is on loan keeps the position at home.

    Exit code 0: done; 1: --fail-on found what it looks for; 2: bad input.
    """
    with waiting(say("Auditing …"), quiet=how.ask):
        day = under.day()
        norms = under.norms(day)
        blocs = norms.summary.blocs
        shown_bloc = _bloc(bloc, blocs)
        units, staff_table = read_inputs(population, staff, how, under, as_of=day, blocs=blocs)
        posts = read_assignment(assigned, how, blocs)
        if not work.any_given and not states.any_given:
            report = audit_of(units, norms, staff_table, posts, as_of=day)
        else:
            from quota.analysis.work.working import audit_work

            given = read_all_work(work, states, how, blocs, day)
            report = audit_work(units, norms, staff_table, given, as_of=day, assigned=posts)
    shown = _shown(report, sort_by, only or [], limit, shown_bloc)
    verdict = _verdict(report, fail_on or [])
    rendering = audit_rendering(shown, lambda: under.frame(day), shown_bloc, lambda: _province(units, day))
    how.answer(rendering, report.problems)
    tell_findings(units, population)
    raise typer.Exit(verdict)


def _shown(
    report: AuditReport, sort_by: str | None, only: list[Only], limit: int | None, bloc: Bloc | None
) -> AuditReport:
    """The report with the units asked for, in the order asked for; whole where nothing was."""
    if not sort_by and not only and limit is None:
        return report
    from quota.analysis.audit.sorting import select, sort

    ordered = sort(report, sort_by, bloc) if sort_by else report
    statuses = [Status(status.value) for status in only if status is not Only.BELOW_MINIMUM]
    below = Only.BELOW_MINIMUM in only
    return select(ordered, statuses, bloc=bloc, below_minimum_only=below, limit=limit)


def _province(units: UnitTable, day: date) -> Text | None:
    """The province of all units, which a workbook's title names."""
    from quota.cli.provinces import only_province

    return only_province(units.units, day)


def _bloc(key: str | None, blocs: Blocs) -> Bloc | None:
    """The frame's bloc of this key; None for none."""
    if key is None or key in blocs:
        return None if key is None else blocs[blocs.index(Bloc(key))]
    message = say('the frame has no bloc "{bloc}"; it has {blocs}', bloc=key, blocs=", ".join(blocs))
    raise usage_error(message)


def _verdict(report: AuditReport, fail_on: list[FailOn]) -> int:
    """1 where a gate finds what it looks for; a gate that can see nothing is refused, not passed."""
    if not fail_on:
        return 0
    gap = report.totals.total_gap
    if gap is None:
        message = say("--fail-on has nothing to judge: no unit has both residents and staff")
        raise refusal("blind-gate", message, say("give a staff table: --staff FILE"))
    found = {FailOn.SHORT: gap.shortfall, FailOn.SURPLUS: gap.surplus}
    unseen = sum(audited.total_gap is None for audited in report.units)
    if unseen:
        said = count(
            "--fail-on could not judge {n} unit whole.",
            "--fail-on could not judge {n} units whole.",
            n=unseen,
        )
        mention(said)
    unsettled = report.totals.unsettled
    if FailOn.SHORT in fail_on:
        tell_not_judged(unsettled)
    if unsettled is not None and FailOn.SURPLUS in fail_on and unsettled.within:
        said = count(
            "--fail-on surplus could not judge {n} person: something is unknown that may grant the post.",
            "--fail-on surplus could not judge {n} people: something is unknown that may grant the posts.",
            n=unsettled.within,
        )
        mention(said)
    return 1 if any(found[status] for status in fail_on) else 0


app = single(audit)
