"""What a report says in every format: headline figures, a summary, the units furthest from their quota."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct, field

from quota.core.how_read import HOW_READ, UNDERSTOOD
from quota.core.posts import Gap
from quota.core.problems import Severity
from quota.core.results import AuditReport, Status, Totals, UnitAudit
from quota.core.text import Text, count, say
from quota.render.audit.columns import GAP, NAME, QUOTA, RESIDENTS, STATUS
from quota.render.audit.laid_out import bloc_headings, figures_of, lines_of, tabled
from quota.render.audit.states import TITLE, state_rows
from quota.render.audit.words import audit_title, closing_lines, heading_lines, note_marks, total_rows
from quota.render.kit.problems import problem_words
from quota.render.kit.rendering import markdown_table
from quota.render.kit.words import as_markdown, called, interval, number, words
from quota.render.report.paper import Paper

MOST_RANKED = 12
_MOST_REMARKS, _MOST_NAMED = 200, 8
_NOT_HANDED_IN = HOW_READ | {UNDERSTOOD, "feature-left-out", "no-boundary", "illustrative"}
"""Codes of problems for who makes a report; made-up figures have a warning of their own."""


class Report(Struct, frozen=True):
    """An audit, and the shapes of units (GeoJSON by code) where there are any.

    `around` are shapes of what lies beside them, by name; `beside` are the units that each unit borders on,
    by code, where they are known; `province` is the one that all units are of, if so.
    `paper` is the head and foot of an administrative document.
    """

    audit: AuditReport
    shapes: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    around: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    beside: Mapping[str, Collection[str]] = field(default_factory=dict)
    province: Text | None = None
    paper: Paper = Paper()


def title(report: Report) -> str:
    """What the report is called, with the province it is about."""
    return audit_title(report.province)


def headline(report: AuditReport) -> Iterator[tuple[str, str]]:
    """The figures on top: a label and a number."""
    totals = report.totals
    yield words(say("Units")), number(totals.units)
    yield _label(RESIDENTS.heading, bool(totals.unknown_population)), number(totals.population)
    for line in lines_of(tabled(figures_of(report))):
        figure = line.figure
        yield _label(line.title, figure.partly(totals)), line.text(figure.values(totals)[-1])


def _label(what: Text, partly: bool) -> str:
    return words(say("{what}, as far as known", what=what) if partly else what)


def remarks(report: AuditReport) -> Iterator[str]:
    """What is to be remarked of units and inputs, for a paper to hand in.

    How tables were read, what was left out of them, and options that would mend something are no part of it.
    """
    names = called(audited.unit for audited in report.units)
    noted: dict[str, list[str]] = {}
    for audited in report.units:
        for note in audited.notes:
            noted.setdefault(words(note.text), []).append(words(names[audited.unit.code]))
    yield from (f"{_together(units)}: {note}" for note, units in noted.items())
    told = [
        problem
        for problem in report.problems
        if problem.severity is not Severity.ERROR and problem.code not in _NOT_HANDED_IN
    ]
    yield from (problem_words(problem, advice=False) for problem in told[:_MOST_REMARKS])
    if len(told) > _MOST_REMARKS:
        yield words(say("and {n} more of the kind", n=len(told) - _MOST_REMARKS))


def _together(names: Sequence[str]) -> str:
    """Names in one line, the first of them where they are many."""
    shown = ", ".join(names[:_MOST_NAMED])
    if len(names) <= _MOST_NAMED + 1:
        return ", ".join(names)
    return words(say("{names} and {n} more units", names=shown, n=len(names) - _MOST_NAMED))


def made_up(report: AuditReport) -> Iterator[str]:
    """A warning where an input is made up; which file it is, is nothing for a paper."""
    for message in dict.fromkeys(
        words(problem.message) for problem in report.problems if problem.code == "illustrative"
    ):
        yield f"{words(say('Beware'))}: {message}."


def sentences(report: AuditReport) -> Iterator[Text]:
    """The summary in words."""
    totals, gap = report.totals, report.totals.total_gap
    yield count(
        "The table holds {n} commune-level unit with {residents} residents.",
        "The table holds {n} commune-level units with {residents} residents.",
        n=totals.units,
        residents=number(totals.population),
    )
    yield say(
        "Under the frame they are granted {posts} posts.",
        posts=interval(totals.quota.total if totals.quota else None),
    )
    if not report.has_staff or gap is None:
        yield from _unknown(totals, has_staff=False)
        return
    yield say(
        "In post: {staff}. Posts of the quota that are empty: {short}; people above it: {over}.",
        staff=number(totals.total_staff),
        short=gap.shortfall,
        over=gap.surplus,
    )
    yield from _unknown(totals, has_staff=True)
    yield say("Shortfall and surplus are summed separately, never netted.")
    yield say(
        "Units that are short: {short}; over: {over}; short in one bloc and over in another: {mixed}; "
        "neither: {within}.",
        short=totals.status[Status.SHORT],
        over=totals.status[Status.SURPLUS],
        mixed=totals.status[Status.MIXED],
        within=totals.status[Status.WITHIN],
    )
    if totals.status[Status.UNKNOWN]:
        yield count(
            "The status of {n} unit is unknown.",
            "The status of {n} units is unknown.",
            n=totals.status[Status.UNKNOWN],
        )


def _unknown(totals: Totals, *, has_staff: bool) -> Iterator[Text]:
    """What the sums above leave out, and that they are then of different units."""
    if totals.unknown_population:
        yield count(
            "The residents of {n} unit are unknown: it is in neither the residents nor the posts.",
            "The residents of {n} units are unknown: they are in neither the residents nor the posts.",
            n=totals.unknown_population,
        )
    if has_staff and (most := max(totals.unknown_staff)):
        yield count(
            "The staff of {n} unit is unknown in a bloc.",
            "The staff of {n} units is unknown in a bloc.",
            n=most,
        )
    if has_staff and (totals.unknown_population or any(totals.unknown_staff)):
        yield say("Posts and people are then not sums over the same units.")


def ranked(report: AuditReport, part: Callable[[Gap], int]) -> list[tuple[UnitAudit, int]]:
    """The units with most of `part` of the gap, greatest first, as far as the gap is known."""
    found = [(audited, people) for audited in report.units if (people := part(audited.known_gap))]
    return sorted(found, key=lambda pair: (-pair[1], pair[0].unit.code))[:MOST_RANKED]


def ranked_tables(report: AuditReport) -> Iterator[tuple[str, list[str], list[list[str]]]]:
    """Title, headings and rows: the greatest shortfalls, then the greatest surpluses."""
    if not report.has_staff:
        return
    titles = (say("Greatest shortfalls"), say("Greatest surpluses"))
    names = called(audited.unit for audited in report.units)
    for heading, line in zip(titles, lines_of([GAP]), strict=True):
        rows = [
            [
                words(names[audited.unit.code]),
                RESIDENTS.text(audited),
                interval(QUOTA.values(audited)[-1]),
                number(people),
                STATUS.text(audited),
            ]
            for audited, people in ranked(report, lambda gap, line=line: line.amount(gap) or 0)  # type: ignore[misc]  # the default binds this turn's line
        ]
        if rows:
            granted = QUOTA.parts[0].title
            columns = (NAME.heading, RESIDENTS.heading, granted, line.title, STATUS.heading)
            yield words(heading), [words(text) for text in columns], rows


def report_markdown(report: Report) -> str:
    """The report for pasting: summary, totals, who is furthest off, frame and sources."""
    with as_markdown():
        return _markdown(report)


def _markdown(report: Report) -> str:
    audit = report.audit
    parts = [
        f"# {title(report)}\n",
        "\n".join(f"- **{label}**: {text}" for label, text in heading_lines(audit)) + "\n",
    ]
    parts.append(" ".join(words(sentence) for sentence in sentences(audit)) + "\n")
    header = [words(say("Totals")), *bloc_headings(audit.frame.blocs)]
    parts.append(markdown_table(header, [[label, *figures] for label, figures in total_rows(audit)]))
    if audit.totals.states is not None:
        parts += [f"## {words(TITLE)}\n", markdown_table(*state_rows(audit))]
    for heading, columns, rows in ranked_tables(audit):
        parts += [f"## {heading}\n", markdown_table(columns, rows)]
    lines = [*closing_lines(audit, advice=False), *(text for _, text in note_marks(audit).values())]
    parts.append("\n".join(f"- {line}" for line in lines) + "\n")
    return "\n".join(parts)
