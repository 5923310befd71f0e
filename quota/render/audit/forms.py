"""An audit in all its forms."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from quota.core.blocs import Bloc
from quota.core.results import AuditReport
from quota.core.text import Text, say
from quota.render.kit.rendering import Rendering, markdown_table

if TYPE_CHECKING:
    from rich.console import RenderableType

    from quota.norms.schema import Frame


def audit_rendering(
    report: AuditReport,
    frame: Callable[[], Frame],
    bloc: Bloc | None = None,
    province: Callable[[], Text | None] = lambda: None,
) -> Rendering:
    """How to write an audit; `frame` gives the frame it is under: a workbook calculates with its numbers.

    With `bloc`, lists of units for people show the figures and verdicts of that bloc alone. `province` gives
    the one that all units are of, if so: a workbook's title names it.
    """
    from quota.render.audit.rows import audit_rows

    def json() -> object:
        from quota.render.audit.plain import audit_plain

        return audit_plain(report)

    def terminal(width: int) -> RenderableType:
        from quota.render.audit.terminal import audit_terminal  # rich is imported only to be looked at

        return audit_terminal(report, width, bloc)

    def workbook() -> bytes:
        from quota.render.audit.workbook import audit_workbook

        return audit_workbook(report, frame(), province())

    return Rendering(
        json=json,
        rows=lambda: audit_rows(report),
        markdown=lambda: audit_markdown(report, bloc),
        terminal=terminal,
        workbook=workbook,
    )


def audit_markdown(report: AuditReport, bloc: Bloc | None = None) -> str:
    """An audit for pasting: heading, units (their figures of `bloc`, where it is given), totals, notes."""
    from quota.render.audit.columns import NAME, RESIDENTS
    from quota.render.audit.laid_out import always, bloc_headings, closing_of, tabled
    from quota.render.audit.words import closing_lines, heading_lines, note_marks, total_rows, totals_heading
    from quota.render.audit.work_words import hands_cells, uncovered_cell
    from quota.render.kit.words import called, words

    marks = note_marks(report)
    names = called((audited.unit for audited in report.units), report.namesakes)
    figures, groups = tabled(always(report)), bloc_headings(report.frame.blocs)
    header = [words(NAME.heading), words(RESIDENTS.heading)]
    places = range(len(groups)) if bloc is None else [report.frame.blocs.index(bloc)]
    header += [f"{groups[place]}: {words(figure.caption)}" for place in places for figure in figures]
    header += [words(say("Hands")), words(say("Hands: gap"))] if report.hands is not None else []
    header += [words(say("Uncovered"))] if report.fields is not None else []
    after = [fact for fact in closing_of(report) if fact.is_listed]
    header += [": ".join(reversed(fact.heading_in(bloc))) for fact in after]
    rows = []
    for audited in report.units:
        cells = [words(names[audited.unit.code]) + "".join(marks[note.code][0] for note in audited.notes)]
        cells.append(RESIDENTS.text(audited))
        taken = [figure.values(audited) for figure in figures]
        by_group = list(zip(*taken, strict=True))
        for place in places:
            cells += [figure.shown(value) for figure, value in zip(figures, by_group[place], strict=True)]
        if report.hands is not None:
            cells += hands_cells(audited, bloc)
        if report.fields is not None:
            cells.append(uncovered_cell(audited.fields))
        rows.append([*cells, *(fact.text_in(audited, bloc) for fact in after)])
    states = []
    if report.totals.states is not None:
        from quota.render.audit.states import TITLE, state_rows

        states = [f"**{words(TITLE)}**\n", markdown_table(*state_rows(report, bloc))]
    parts = ["\n".join(f"- **{label}**: {text}" for label, text in heading_lines(report)) + "\n"]
    parts += [markdown_table(header, rows), *states]
    totals = [[label, *figures] for label, figures in total_rows(report)]
    parts.append(markdown_table([words(totals_heading(report)), *groups], totals))
    parts.append("\n".join(f"- {line}" for line in closing_lines(report)) + "\n")
    if marks:
        parts.append(
            "\n".join(f"- {mark.replace('*', chr(92) + '*')} {text}" for mark, text in marks.values()) + "\n"
        )
    return "\n".join(parts)
