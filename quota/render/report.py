"""What a report says, whatever it is written as: headline figures, a summary, who is furthest off."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from quota.core.posts import Gap
from quota.core.results import AuditReport, Status, UnitAudit
from quota.core.text import Text, count, say
from quota.norms.schema import Frame
from quota.render.audit_words import bloc_headings, closing_lines, heading_lines, note_marks, total_rows
from quota.render.rendering import markdown_table
from quota.render.words import STATUS_NAMES, interval, number, words

MOST_RANKED = 12


@dataclass(frozen=True, slots=True)
class Report:
    """An audit, the frame it is under, and the shapes of units (GeoJSON by code) where there are any."""

    audit: AuditReport
    frame: Frame
    shapes: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


def title() -> str:
    """What the report is called."""
    return words(say("Staffing of commune-level units against their quota"))


def people(report: AuditReport) -> int | None:
    """All staff that is known of; None where nothing is."""
    known = [staff for staff in report.totals.staff if staff is not None]
    return sum(known) if known else None


def headline(report: AuditReport) -> Iterator[tuple[str, str]]:
    """The figures that stand on top: a label and a number."""
    totals, gap = report.totals, report.totals.total_gap
    yield words(say("Units")), number(totals.units)
    yield words(say("Residents")), number(totals.population)
    yield words(say("Posts granted")), interval(totals.quota.total if totals.quota else None)
    if report.has_staff:
        yield words(say("Staff")), number(people(report))
        yield words(say("Shortfall")), number(gap.shortfall if gap else None)
        yield words(say("Surplus")), number(gap.surplus if gap else None)


def sentences(report: AuditReport) -> Iterator[Text]:
    """The summary in words."""
    totals, gap = report.totals, report.totals.total_gap
    yield say(
        "The table holds {units} commune-level units with {residents} residents.",
        units=totals.units,
        residents=number(totals.population),
    )
    yield say(
        "Under the frame they are granted {posts} posts.",
        posts=interval(totals.quota.total if totals.quota else None),
    )
    if not report.has_staff or gap is None:
        return
    yield say(
        "{staff} people are in post: {short} posts of the quota are empty, {over} people are above it.",
        staff=number(people(report)),
        short=gap.shortfall,
        over=gap.surplus,
    )
    yield say("Shortfall and surplus are summed separately, never netted.")
    yield say(
        "{short} units are short, {over} over, {mixed} short in one bloc and over in another, "
        "{within} neither.",
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


def ranked(report: AuditReport, part: Callable[[Gap], int]) -> list[tuple[UnitAudit, int]]:
    """The units with most of `part` of the gap, greatest first, as far as the gap is known."""
    found = [(one, part(one.known_gap)) for one in report.units if part(one.known_gap)]
    return sorted(found, key=lambda pair: (-pair[1], pair[0].unit.code))[:MOST_RANKED]


def ranked_tables(report: AuditReport) -> Iterator[tuple[str, list[str], list[list[str]]]]:
    """Title, headings and rows: the greatest shortfalls, then the greatest surpluses."""
    if not report.has_staff:
        return
    kinds: tuple[tuple[Text, Text, Callable[[Gap], int]], ...] = (
        (say("Greatest shortfalls"), say("Shortfall"), lambda gap: gap.shortfall),
        (say("Greatest surpluses"), say("Surplus"), lambda gap: gap.surplus),
    )
    for heading, label, part in kinds:
        rows = [
            [
                words(one.unit.name),
                number(one.unit.population),
                interval(one.quota.total if one.quota else None),
                number(people),
                words(STATUS_NAMES[one.status]),
            ]
            for one, people in ranked(report, part)
        ]
        if rows:
            columns = (say("Unit"), say("Residents"), say("Posts granted"), label, say("Status"))
            yield words(heading), [words(one) for one in columns], rows


def report_markdown(report: Report) -> str:
    """The report for pasting: summary, totals, who is furthest off, frame and sources."""
    audit = report.audit
    parts = [
        f"# {title()}\n",
        "\n".join(f"- **{label}**: {text}" for label, text in heading_lines(audit)) + "\n",
    ]
    parts.append(" ".join(words(sentence) for sentence in sentences(audit)) + "\n")
    header = [words(say("Totals")), *bloc_headings()]
    parts.append(markdown_table(header, [[label, *figures] for label, figures in total_rows(audit)]))
    for heading, columns, rows in ranked_tables(audit):
        parts += [f"## {heading}\n", markdown_table(columns, rows)]
    lines = [*closing_lines(audit), *(text for _, text in note_marks(audit).values())]
    parts.append("\n".join(f"- {line}" for line in lines) + "\n")
    return "\n".join(parts)
