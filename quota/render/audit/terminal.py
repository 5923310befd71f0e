"""An audit on a terminal: one row a unit, readable at 100 columns, narrower without the totals a unit."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from rich.console import Group, RenderableType
from rich.text import Text as Styled

from quota.analysis.audit.statuses import status_in
from quota.core.blocs import Bloc
from quota.core.results import AuditReport, Status, UnitAudit
from quota.core.text import say
from quota.render.audit.columns import ASSIGNED, GAP, NAME, RESIDENTS, STATUS
from quota.render.audit.laid_out import bloc_headings, figures_of, shown_after, tabled
from quota.render.audit.shapes import Figure
from quota.render.audit.terminal_columns import Cells, TerminalColumn, column_of, figure_column, room_of
from quota.render.audit.words import closing_lines, heading_lines, note_marks, total_rows, totals_heading
from quota.render.audit.work_words import hands_cells, uncovered_cell
from quota.render.kit.terminal import (
    Pieces,
    coloured_pieces,
    fitting,
    labelled,
    lines_of_pieces,
    padded,
    wrapped,
)
from quota.render.kit.widths import width_of
from quota.render.kit.words import called, words

WIDE = 100
"""From this number of columns on, each unit's figures over all blocs are shown too."""
WHOLE = 200
"""From this number on, each bloc's assigned posts are shown; on less, those of all blocs together."""
ROOMY = 120
"""From this number on, there is room to name the three figures of each bloc above them."""

_STYLES = {
    Status.SHORT: "red",
    Status.SURPLUS: "yellow",
    Status.MIXED: "magenta",
    Status.WITHIN: "green",
    Status.UNKNOWN: "dim",
}

_LEAST_NAME = 14
_LINES = (1, 2, 3)
"""In how many lines headings may stand: in the fewest that fit."""


def audit_terminal(report: AuditReport, width: int, bloc: Bloc | None = None) -> RenderableType:
    """Heading, units (their figures of `bloc`, where it is given), totals, notes."""
    marks = note_marks(report)
    heading = heading_lines(report)
    if report.has_staff:
        heading.append(
            (words(say("Blocs")), words(say("quota, staff, gap: −2 is two people short, +7 seven over")))
        )
    parts: list[RenderableType] = [labelled(heading), ""]
    if report.units:
        parts += [*_units(report, {code: mark for code, (mark, _) in marks.items()}, width, bloc), ""]
    if report.totals.states is not None and report.units:
        from quota.render.audit.states_terminal import states_terminal

        parts += [*states_terminal(report, width, bloc), ""]
    parts += [_totals(report, width), ""]
    parts += [Styled(line) for line in closing_lines(report)]
    if marks:
        parts += ["", labelled([(mark, text) for mark, text in marks.values()])]
    return Group(*parts)


def _units(
    report: AuditReport, marks: dict[str, str], width: int, bloc: Bloc | None
) -> Iterator[RenderableType]:
    """One aligned line a unit; where not all columns fit, tables under each other. Only words ever wrap."""
    known = called((audited.unit for audited in report.units), report.namesakes)
    names = [
        words(known[audited.unit.code]) + "".join(marks[note.code] for note in audited.notes)
        for audited in report.units
    ]
    longest = max(map(width_of, (words(NAME.heading), *names)))
    for lines in _LINES:
        columns = columns_shown(report, width, bloc, lines=lines)
        beside = room_of(columns)
        if _LEAST_NAME + beside <= width:
            break
    styles = [_STYLES[status_in(audited, bloc)] if report.has_staff else "" for audited in report.units]
    if _LEAST_NAME + beside <= width:
        yield _table(names, max(min(longest, width - beside), _LEAST_NAME), columns, styles, width)
        return
    room = max(min(longest, width // 3), _LEAST_NAME)
    tables = fitting([[column.width] for column in columns], room, width)
    for place, table in enumerate(tables):
        yield from [""] if place else []
        yield _table(names, room, [columns[at] for at in table], styles, width)


def _table(
    names: Sequence[str], room: int, columns: Sequence[TerminalColumn], styles: Sequence[str], width: int
) -> RenderableType:
    """Headings, then a line a unit: its name in `room` cells, the figures; its status in its style."""
    lines = _heading_lines(columns, room)
    *middle, last = columns
    figures = [" "] * len(names)
    if middle:
        figures = [f" {' '.join(cells)} " for cells in zip(*[column.cells for column in middle], strict=True)]
    for name, style, text, end in zip(names, styles, figures, last.cells, strict=True):
        first, *rest = wrapped(name, room)
        kept = end.rstrip()
        ending = [(kept, style)] if last.is_status else coloured_pieces(kept)
        (before, _), *signed = coloured_pieces(text)  # the blank, and more
        lines.append([(padded(first, room) + before, ""), *signed, *ending])
        lines += [[(more, "")] for more in rest]
    return lines_of_pieces(lines, fits=room + room_of(columns) <= width)


def _heading_lines(columns: Sequence[TerminalColumn], room: int) -> list[Pieces]:
    """The lines of the headings, the first with that of the names before them."""
    first = f"{padded(words(NAME.heading), room)} {' '.join(column.heading[0] for column in columns)}"
    lines: list[Pieces] = [[(first, "bold")]]
    for line in range(1, max(len(column.heading) for column in columns)):
        below = " ".join(column.line(line) for column in columns)
        lines.append([(f"{'':{room}} {below}".rstrip(), "dim")])
    return lines


def columns_shown(
    report: AuditReport, width: int, bloc: Bloc | None, *, lines: int = 1
) -> list[TerminalColumn]:
    """Residents, the blocs, all, status; at 80 columns "all" keeps only its gap."""
    residents = [RESIDENTS.text(audited) for audited in report.units]
    columns = [column_of(words(RESIDENTS.heading), residents, lines=lines)]
    shown = tabled(figures_of(report))
    figures = _figures(report.units, shown)
    headings = bloc_headings(report.frame.blocs)
    last = [*_work_columns(report, bloc, lines=lines), *_facts(report, bloc, lines=lines)]
    if bloc is not None or ASSIGNED in shown:
        places = _places(report, bloc, width)
        names = tuple(words(figure.caption) for figure in shown)
        columns += [figure_column(headings[place], names, figures[place], lines=lines) for place in places]
        return [*columns, *last]
    if not report.has_staff:
        columns += [
            figure_column(heading, (), column) for heading, column in zip(headings, figures, strict=True)
        ]
        return [*columns, *last]
    captions = tuple(words(figure.caption) for figure in shown) if width >= ROOMY else ()
    roomy = width >= (ROOMY if report.hands is not None or report.fields is not None else WIDE)
    whole = len(headings) if roomy else len(headings) - 1
    columns += [
        figure_column(heading, captions, column, lines=lines)
        for heading, column in zip(headings[:whole], figures[:whole], strict=True)
    ]
    if not roomy:
        gap = shown.index(GAP)
        columns.append(column_of(headings[-1], [cells[gap] for cells in figures[-1]], lines=lines))
    return [*columns, *last]


def _facts(report: AuditReport, bloc: Bloc | None, *, lines: int) -> list[TerminalColumn]:
    """What is shown after the figures, of `bloc` under its name; the status is last, where its colour ends
    the line.
    """
    facts = sorted(shown_after(report), key=lambda fact: fact is STATUS)
    columns = []
    for fact in facts:
        heading, *whose = fact.heading_in(bloc)
        cells = [fact.text_in(audited, bloc) for audited in report.units]
        columns.append(
            column_of(heading, cells, whose, right=fact.is_number, lines=lines, is_status=fact is STATUS)
        )
    return columns


def _places(report: AuditReport, bloc: Bloc | None, width: int) -> Sequence[int]:
    """The groups on show: the bloc that was asked for; else all of them where there is room, or their sum."""
    blocs = report.frame.blocs
    if bloc is not None:
        return [blocs.index(bloc)]
    return range(len(blocs) + 1) if width >= WHOLE else [len(blocs)]


def _work_columns(report: AuditReport, bloc: Bloc | None, *, lines: int) -> list[TerminalColumn]:
    """Hands with their gap, and the number of fields nobody covers, where they were asked for."""
    columns = []
    if report.hands is not None and report.has_staff:
        hands = [hands_cells(audited, bloc) for audited in report.units]
        room = [max(len(cells[part]) for cells in hands) for part in range(2)]
        aligned = [f"{people:>{room[0]}} {gap:>{room[1]}}" for people, gap in hands]
        columns.append(column_of(words(say("Hands")), aligned, lines=lines))
    if report.fields is not None:
        cells = [uncovered_cell(audited.fields) for audited in report.units]
        columns.append(column_of(words(say("Uncovered")), cells, lines=lines))
    return columns


def _figures(units: Sequence[UnitAudit], shown: Sequence[Figure]) -> list[list[Cells]]:
    """The figures on show of each bloc, then of all, unit by unit; none where no unit is on show."""
    columns = [
        [_texts(figure.shown, values) for values in zip(*figure.rows(units), strict=True)] for figure in shown
    ]
    return [list(zip(*of_group, strict=True)) for of_group in zip(*columns, strict=True)]


def _texts(shown: Callable[[Any], str], values: Sequence[Any]) -> list[str]:
    """How values read, each that is there several times worded once."""
    texts = {value: shown(value) for value in set(values)}
    return [texts[value] for value in values]


def _totals(report: AuditReport, width: int) -> RenderableType:
    rows = list(total_rows(report))
    labels = column_of(words(totals_heading(report)), [label for label, _ in rows], right=False)
    columns = [
        column_of(heading, [figures[place] for _, figures in rows])
        for place, heading in enumerate(bloc_headings(report.frame.blocs))
    ]
    heading = "  ".join(column.heading[0] for column in (labels, *columns))
    lines: list[Pieces] = [[(heading, "bold")]]
    for place, label in enumerate(labels.cells):
        figures = "  ".join(column.cells[place] for column in columns)
        lines.append([(f"{label}  ", ""), *coloured_pieces(figures)])
    return lines_of_pieces(lines, fits=len(heading) <= width)
