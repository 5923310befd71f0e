"""An audit on a terminal: one row a unit, readable at 100 columns, narrower without the totals a unit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from msgspec import Struct
from rich.cells import cell_len
from rich.console import Group, RenderableType
from rich.text import Text as Styled

from quota.core.blocs import Bloc
from quota.core.results import AuditReport, Status, UnitAudit
from quota.core.text import say
from quota.render.audit.columns import ASSIGNED, GAP, NAME, RESIDENTS, STATUS
from quota.render.audit.laid_out import bloc_headings, figures_of, shown_after, tabled
from quota.render.audit.shapes import Figure
from quota.render.audit.words import closing_lines, heading_lines, note_marks, total_rows
from quota.render.audit.work_words import hands_cells, uncovered_cell
from quota.render.kit.terminal import Pieces, coloured_pieces, labelled, lines_of_pieces, padded, wrapped
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

Cells = tuple[str, ...]
"""The figures of a bloc, as shown: quota, staff, gap."""


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
        parts += [_units(report, {code: mark for code, (mark, _) in marks.items()}, width, bloc), ""]
    if report.totals.states is not None and report.units:
        from quota.render.audit.states_terminal import states_terminal

        parts += [*states_terminal(report, width, bloc), ""]
    parts += [_totals(report, width), ""]
    parts += [Styled(line) for line in closing_lines(report)]
    if marks:
        parts += ["", labelled([(mark, text) for mark, text in marks.values()])]
    return Group(*parts)


def _units(report: AuditReport, marks: dict[str, str], width: int, bloc: Bloc | None) -> RenderableType:
    """One aligned line a unit. Only names ever wrap."""
    columns = _columns(report, width, bloc)
    known = called(audited.unit for audited in report.units)
    names = [
        words(known[audited.unit.code]) + "".join(marks[note.code] for note in audited.notes)
        for audited in report.units
    ]
    heading = words(NAME.heading)
    beside = sum(len(column.heading) + 1 for column in columns)
    room = max(min(max(cell_len(name) for name in (heading, *names)), width - beside), _LEAST_NAME)
    lines: list[Pieces] = [
        [(f"{padded(heading, room)} {_line([column.heading for column in columns])}", "bold")]
    ]
    captions = _line([column.caption for column in columns])
    if captions.strip():
        lines.append([(f"{'':{room}} {captions}".rstrip(), "dim")])
    *middle, last = columns
    for place, (name, audited) in enumerate(zip(names, report.units, strict=True)):
        first, *rest = wrapped(name, room)
        figures = _line([column.cells[place] for column in middle])
        style = _STYLES[audited.status] if report.has_staff else ""
        end = (last.cells[place].rstrip(), style)
        lines.append([(f"{padded(first, room)} ", ""), *coloured_pieces(f"{figures} "), end])
        lines += [[(more, "")] for more in rest]
    return lines_of_pieces(lines, fits=room + beside <= width)


class _Column(Struct, frozen=True):
    """Heading, caption and cells, all of one width."""

    heading: str
    caption: str
    cells: list[str]


def _column(heading: str, cells: list[str], caption: str = "", *, right: bool = True) -> _Column:
    width = max(len(text) for text in (heading, caption, *cells))
    align = str.rjust if right else str.ljust
    return _Column(align(heading, width), align(caption, width), [align(cell, width) for cell in cells])


def _columns(report: AuditReport, width: int, bloc: Bloc | None) -> list[_Column]:
    """Residents, the blocs, all, status; at 80 columns "all" keeps only its gap."""
    columns = [_column(words(RESIDENTS.heading), [RESIDENTS.text(audited) for audited in report.units])]
    shown = tabled(figures_of(report))
    figures = _figures(report.units, shown)
    headings = bloc_headings(report.frame.blocs)
    last = [*_work_columns(report, bloc), *_facts(report)]
    if bloc is not None or ASSIGNED in shown:
        places = _places(report, bloc, width)
        names = tuple(words(figure.caption) for figure in shown)
        columns += [_figure_column(headings[place], names, _column_of(figures, place)) for place in places]
        return [*columns, *last]
    if not report.has_staff:
        columns += [
            _figure_column(heading, None, column) for heading, column in zip(headings, figures, strict=True)
        ]
        return [*columns, *last]
    captions = tuple(words(figure.caption) for figure in shown) if width >= ROOMY else None
    roomy = width >= (ROOMY if report.hands is not None or report.fields is not None else WIDE)
    whole = len(headings) if roomy else len(headings) - 1
    columns += [
        _figure_column(heading, captions, column)
        for heading, column in zip(headings[:whole], figures[:whole], strict=True)
    ]
    if not roomy:
        gap = shown.index(GAP)
        columns.append(_column(headings[-1], [cells[gap] for cells in figures[-1]]))
    return [*columns, *last]


def _facts(report: AuditReport) -> list[_Column]:
    """What is shown after the figures; the status is last, where its colour ends the line."""
    facts = sorted(shown_after(report), key=lambda fact: fact is STATUS)
    return [
        _column(words(fact.heading), [fact.text(audited) for audited in report.units], right=fact.is_number)
        for fact in facts
    ]


def _places(report: AuditReport, bloc: Bloc | None, width: int) -> Sequence[int]:
    """The groups on show: the bloc that was asked for; else all of them where there is room, or their sum."""
    blocs = report.frame.blocs
    if bloc is not None:
        return [blocs.index(bloc)]
    return range(len(blocs) + 1) if width >= WHOLE else [len(blocs)]


def _column_of(figures: Sequence[Sequence[Cells]], place: int) -> Sequence[Cells]:
    """A group's cells; none where no unit is on show."""
    return figures[place] if figures else []


def _work_columns(report: AuditReport, bloc: Bloc | None) -> list[_Column]:
    """Hands with their gap, and the number of fields nobody covers, where they were asked for."""
    columns = []
    if report.hands is not None and report.has_staff:
        hands = [hands_cells(audited, bloc) for audited in report.units]
        room = [max(len(cells[part]) for cells in hands) for part in range(2)] if hands else [0, 0]
        aligned = [f"{people:>{room[0]}} {gap:>{room[1]}}" for people, gap in hands]
        columns.append(_column(words(say("Hands")), aligned))
    if report.fields is not None:
        cells = [uncovered_cell(audited.fields) for audited in report.units]
        columns.append(_column(words(say("Uncovered")), cells))
    return columns


def _figure_column(heading: str, captions: Cells | None, column: Sequence[Cells]) -> _Column:
    rows = [captions, *column] if captions else column
    widths = [max(map(len, cells)) for cells in zip(*rows, strict=True)]
    caption = _aligned(captions, widths) if captions else ""
    right = len(widths) == 1  # alone, a figure stands under the end of its heading
    return _column(heading, [_aligned(cells, widths) for cells in column], caption, right=right)


def _line(cells: Sequence[str]) -> str:
    return " ".join(cells)


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


def _aligned(cells: Cells, widths: Sequence[int]) -> str:
    return " ".join(cell.rjust(width) for cell, width in zip(cells, widths, strict=True))


def _totals(report: AuditReport, width: int) -> RenderableType:
    rows = list(total_rows(report))
    labels = _column(words(say("Totals")), [label for label, _ in rows], right=False)
    columns = [
        _column(heading, [figures[place] for _, figures in rows])
        for place, heading in enumerate(bloc_headings(report.frame.blocs))
    ]
    heading = "  ".join(column.heading for column in (labels, *columns))
    lines: list[Pieces] = [[(heading, "bold")]]
    for place, label in enumerate(labels.cells):
        figures = "  ".join(column.cells[place] for column in columns)
        lines.append([(f"{label}  ", ""), *coloured_pieces(figures)])
    return lines_of_pieces(lines, fits=len(heading) <= width)
