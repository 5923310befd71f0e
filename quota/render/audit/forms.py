"""An audit in all its forms."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from quota.core.blocs import total
from quota.core.results import AuditReport
from quota.core.text import say
from quota.render.kit.rendering import Rendering, markdown_table

if TYPE_CHECKING:
    from rich.console import RenderableType

    from quota.norms.schema import Frame


def audit_rendering(report: AuditReport, frame: Callable[[], Frame]) -> Rendering:
    """How to write an audit; `frame` gives the frame it is under: a workbook calculates with its numbers."""
    from quota.render.audit.rows import audit_rows

    def json() -> object:
        from quota.render.audit.plain import audit_plain

        return audit_plain(report)

    def terminal(width: int) -> RenderableType:
        from quota.render.audit.terminal import audit_terminal  # rich is imported only to be looked at

        return audit_terminal(report, width)

    def workbook() -> bytes:
        from quota.render.audit.workbook import audit_workbook

        return audit_workbook(report, frame())

    return Rendering(
        json=json,
        rows=lambda: audit_rows(report),
        markdown=lambda: audit_markdown(report),
        terminal=terminal,
        workbook=workbook,
    )


def audit_markdown(report: AuditReport) -> str:
    """An audit for pasting: heading, units, totals, notes."""
    from quota.render.audit.words import bloc_headings, closing_lines, heading_lines, note_marks, total_rows
    from quota.render.audit.work_words import hands_cells, uncovered_cell
    from quota.render.kit.words import STATUS_NAMES, called, gap_marks, interval, number, words

    marks, names = note_marks(report), called(one.unit for one in report.units)
    captions = [words(say("quota")), words(say("staff")), words(say("gap"))]
    groups = bloc_headings(report.frame.blocs)
    header = [words(say("Unit")), words(say("Residents"))]
    header += [f"{group}: {caption}" for group in groups for caption in captions]
    header += [words(say("Hands")), words(say("Hands: gap"))] if report.hands is not None else []
    header += [words(say("Uncovered"))] if report.fields is not None else []
    header.append(words(say("Status")))
    rows = []
    for one in report.units:
        cells = [words(names[one.unit.code]) + "".join(marks[note.code][0] for note in one.notes)]
        cells.append(number(one.unit.population))
        for bloc in one.gap.order:
            posts = one.quota.blocs[bloc] if one.quota else None
            cells += [interval(posts), number(one.staff[bloc]), gap_marks(one.gap[bloc])]
        cells += [
            interval(one.quota.total if one.quota else None),
            number(total(one.staff)),
            gap_marks(one.total_gap),
        ]
        if report.hands is not None:
            cells += hands_cells(one)
        if report.fields is not None:
            cells.append(uncovered_cell(one.fields))
        rows.append([*cells, words(STATUS_NAMES[one.status])])
    parts = ["\n".join(f"- **{label}**: {text}" for label, text in heading_lines(report)) + "\n"]
    parts.append(markdown_table(header, rows))
    totals = [[label, *figures] for label, figures in total_rows(report)]
    parts.append(markdown_table([words(say("Totals")), *groups], totals))
    parts.append("\n".join(f"- {line}" for line in closing_lines(report)) + "\n")
    if marks:
        parts.append(
            "\n".join(f"- {mark.replace('*', chr(92) + '*')} {text}" for mark, text in marks.values()) + "\n"
        )
    return "\n".join(parts)
