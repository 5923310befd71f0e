"""The columns of an audit: each is said here once, and every form takes it from here.

The dataframe engines and the workbook calculate a part from others by its `excess`; what a frame grants they
take from `quota.norms.arithmetic`.
"""

from __future__ import annotations

from collections.abc import Callable
from operator import attrgetter
from typing import Any

from quota.analysis.audit.statuses import filling_in, status_in
from quota.core.blocs import ByBloc
from quota.core.results import Totals, UnitAudit
from quota.core.text import Text, say
from quota.core.units import Decision
from quota.render.audit.shapes import OVER, SHORT, Fact, Figure, Part, Values, no_residents, no_staff
from quota.render.kit.plain import Plain, gap_plain, local_plain, quota_plain
from quota.render.kit.words import (
    MINUS,
    NO,
    STATUS_NAMES,
    TYPE_WORDS,
    YES,
    gap_marks,
    interval,
    number,
    words,
)


def _no_posts(totals: Totals) -> bool:
    return totals.assignment is None or any(totals.assignment.unknown)


_ENDS = ("low", "high")
_SIDES = ("shortfall", "surplus")


def _posts(found: UnitAudit | Totals) -> Values:
    quota = found.quota
    return (None,) * (len(found.gap.order) + 1) if quota is None else (*quota.blocs.values, quota.total)


def decision_words(decision: Decision) -> Text:
    """A decision by its number and day, as far as they are known."""
    if decision.number is None:
        return say("a decision of {day}", day=decision.day)
    if decision.day is None:
        return say("decision {number}", number=decision.number)
    return say("decision {number} of {day}", number=decision.number, day=decision.day)


def by_bloc(counts: ByBloc[Any], whole: object) -> Plain:
    """Each bloc's value and that of all, for JSON."""
    return {**dict(counts.items()), "total": whole}


def _assigned(found: UnitAudit | Totals, name: str) -> Values:
    """A figure of the assignment; nothing is known where there is none."""
    assignment = found.assignment
    if assignment is None:
        return (None,) * (len(found.gap.order) + 1)
    return (*getattr(assignment, name).values, getattr(assignment, f"total_{name}"))


def _assigned_plain(found: UnitAudit | Totals, name: str, plain: Callable[[Any], object]) -> Plain | None:
    """The same for JSON; null where no table says what was assigned."""
    if found.assignment is None:
        return None
    groups = (*found.gap.order, "total")
    return {group: plain(value) for group, value in zip(groups, _assigned(found, name), strict=True)}


QUOTA = Figure(
    "quota",
    say("quota"),
    (
        Part("low", say("quota, low"), say("Posts granted"), row=say("Posts granted, at least")),
        Part("high", say("quota, high"), say("Posts granted"), row=say("Posts granted, at most")),
    ),
    values=_posts,
    shown=interval,
    plain=lambda found: quota_plain(found.quota),
    attributes=_ENDS,
    rests_on="quota",
    is_whole=True,
    partly=no_residents,
)
STAFF = Figure(
    "staff",
    say("staff"),
    (Part("staff", say("staff"), say("Staff")),),
    values=lambda found: (*found.staff.values, found.total_staff),
    shown=number,
    plain=lambda found: by_bloc(found.staff, found.total_staff),
    partly=no_staff,
    needs=lambda report: report.has_staff,
    added="staff",
)
GAP = Figure(
    "gap",
    say("gap"),
    (
        Part("shortfall", say("short"), say("Shortfall"), MINUS, ("low", "staff"), SHORT),
        Part("surplus", say("surplus"), say("Surplus"), "+", ("staff", "high"), OVER),
    ),
    values=lambda found: (*found.gap.values, found.total_gap),
    shown=gap_marks,
    attributes=_SIDES,
    plain=lambda found: by_bloc(found.gap.map(gap_plain), gap_plain(found.total_gap)),
    needs=lambda report: report.has_staff,
    added="gap",
)
ASSIGNED = Figure(
    "assigned",
    say("assigned"),
    (Part("assigned", say("assigned"), say("Assigned posts")),),
    values=lambda found: _assigned(found, "posts"),
    shown=number,
    plain=lambda found: _assigned_plain(found, "posts", lambda posts: posts),
    partly=_no_posts,
    needs=lambda report: report.has_assigned,
    rests_on="assignment",
)
VACANCY: Figure = Figure(
    "vacancy",
    say("gap to assigned"),
    (
        Part("vacant", say("unfilled"), say("Unfilled"), MINUS, ("assigned", "staff"), SHORT),
        Part(
            "above_assigned", say("above assigned"), say("Above assigned"), "+", ("staff", "assigned"), OVER
        ),
    ),
    values=lambda found: _assigned(found, "vacancy"),
    shown=gap_marks,
    attributes=_SIDES,
    plain=lambda found: _assigned_plain(found, "vacancy", VACANCY.named),
    partly=lambda totals: _no_posts(totals) or no_staff(totals),
    needs=lambda report: report.has_assigned and report.has_staff,
    rests_on="assignment",
)
OFF_NORM: Figure = Figure(
    "assigned_off_norm",
    say("assigned off the norm"),
    (
        Part(
            *("assigned_below_norm", say("assigned below the norm"), say("Assigned below the norm"), MINUS),
            excess=("low", "assigned"),
            ink=SHORT,
        ),
        Part(
            *("assigned_above_norm", say("assigned above the norm"), say("Assigned above the norm"), "+"),
            excess=("assigned", "high"),
            ink=OVER,
        ),
    ),
    values=lambda found: _assigned(found, "off_norm"),
    shown=gap_marks,
    attributes=_SIDES,
    plain=lambda found: _assigned_plain(found, "off_norm", OFF_NORM.named),
    needs=lambda report: report.has_assigned,
    is_tabled=False,
    rests_on="assignment",
)
FIGURES = (QUOTA, STAFF, GAP, ASSIGNED, VACANCY, OFF_NORM)
"""Every figure of an audit, in the order in which forms show them."""

NAME = Fact(
    *("name", say("Unit"), attrgetter("unit.name"), lambda audited: words(audited.unit.name)),
    sheet_width=25,
)
TYPE = Fact(
    "type",
    say("Type"),
    attrgetter("unit.type._value_"),
    lambda audited: words(TYPE_WORDS[audited.unit.type]),
    sheet_width=8.5,
    is_listed=True,
)
RESIDENTS = Fact(
    "population",
    say("Residents"),
    attrgetter("unit.population"),
    lambda audited: number(audited.unit.population),
    is_number=True,
    sheet_width=9.5,
    is_listed=True,
)
STATUS = Fact(
    "status",
    say("Status"),
    attrgetter("status._value_"),
    lambda audited: words(STATUS_NAMES[audited.status]),
    of_bloc=lambda audited, bloc: words(STATUS_NAMES[status_in(audited, bloc)]),
    sheet_width=13.5,
    is_listed=True,
    is_of_staff=True,
)
BELOW = Fact(
    "below_minimum",
    say("Below the minimum"),
    attrgetter("below_minimum"),
    lambda audited: words(YES if audited.below_minimum else NO),
    sheet_width=9,
)
FILLING = Fact(
    "assigned_status",
    say("Against assigned"),
    lambda audited: filling_in(audited, None)._value_,
    lambda audited: words(STATUS_NAMES[filling_in(audited, None)]),
    of_bloc=lambda audited, bloc: words(STATUS_NAMES[filling_in(audited, bloc)]),
    rests_on="assignment",
    sheet_width=13.5,
    is_listed=True,
    needs=lambda report: report.has_assigned and report.has_staff,
)
ABOUT = (
    Fact(
        *("code", say("Code"), attrgetter("unit.code"), lambda audited: words(audited.unit.code)),
        sheet_width=7.5,
    ),
    NAME,
    TYPE,
    RESIDENTS,
)
"""What is before the figures."""
NOTES = Fact(
    "notes",
    say("Note"),
    lambda audited: " ".join([note.code for note in audited.notes]),
    lambda audited: "; ".join(words(note.text) for note in audited.notes),
    plain=lambda audited: [{"code": note.code, **local_plain(note.text)} for note in audited.notes],
    rests_on="notes",
    sheet_width=44,
)
DECIDED = Fact(
    "decision",
    say("Assigned by"),
    lambda audited: None,
    lambda audited: words(decision_words(audited.unit.decision)) if audited.unit.decision else "",
    sheet_width=26,
    needs=lambda report: any(audited.unit.decision is not None for audited in report.units),
)
"""In forms for people; programs get number and day apart."""
CLOSING = (
    STATUS,
    BELOW,
    NOTES,
    FILLING,
)
"""What is after them."""
