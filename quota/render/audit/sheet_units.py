"""The sheet of units: what was read stays as it is, what follows from it the workbook calculates."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from quota.core.blocs import Bloc
from quota.core.results import AuditReport, Status, Totals
from quota.core.text import Text, say
from quota.core.units import UnitType
from quota.norms.conditions import column_words
from quota.norms.schema import Frame
from quota.render.audit.columns import ABOUT, DECIDED, QUOTA
from quota.render.audit.formulas import quoted
from quota.render.audit.laid_out import always, closing_of
from quota.render.audit.shapes import OVER, SHORT
from quota.render.audit.unit_formulas import UnitColumns
from quota.render.audit.unit_rows import FIRST, UnitRows
from quota.render.kit.words import STATUS_NAMES, words
from quota.render.kit.workbook import HEADING, LINE_HEIGHT, SHORT_INK, SURPLUS_INK, Book

SHEET = say("Units")
STATUS_FILLS = {
    Status.SHORT: ("#FBE0DC", SHORT_INK),
    Status.SURPLUS: ("#DCEAF8", SURPLUS_INK),
    Status.MIXED: ("#EFE3F6", "#6B2C91"),
    Status.WITHIN: ("#E2F2E6", "#1E6B37"),
    Status.UNKNOWN: ("#EEEEEE", "#555555"),
}


_INKS = {SHORT: (SHORT_INK, "#F0A79E"), OVER: (SURPLUS_INK, "#A4C5E8")}
"""The colours of a part's figures and of its bars."""
_FIGURE_WIDTH = 6.3
_LETTERS_A_LINE = 7
"""About how many letters of a heading a line of a column of figures holds."""
_COLUMNS_A_PAGE = 26
"""More columns than these can't be read on one page as wide as the paper; they go over two."""


def unit_columns(report: AuditReport, frame: Frame) -> UnitColumns:
    """One quota column for a bloc that is exact for every type of unit, two for any other."""
    ends: dict[Bloc | None, tuple[str, ...]] = {}
    for bloc in frame.order:
        grants = [frame.norm(unit_type).grants[bloc] for unit_type in UnitType]
        exact = all(found.low == found.high for found in grants) and not frame.has_ranges
        ends[bloc] = ("base",) if exact else ("low", "high")
    ends[None] = ("low", "high") if any(len(keys) == 2 for keys in ends.values()) else ("base",)
    figures = tuple(figure for figure in always(report) if figure is not QUOTA)
    decided = (DECIDED,) if DECIDED.needs(report) else ()
    return UnitColumns(ends, figures, (*closing_of(report), *decided), _asked_columns(frame))


def write_units_sheet(
    book: Book, report: AuditReport, frame: Frame, sheet: Any, totals: Totals
) -> UnitColumns:
    """A row a unit, with live formulas for what follows from what was read, and a row of `totals`."""
    columns = unit_columns(report, frame)
    rows = UnitRows(book, sheet, frame, columns)
    notes = [
        say("Quota, shortfall, surplus and status are formulas: change residents, staff or a rule cell.")
    ]
    if rows.working.many:
        notes.append(say("Columns headed Working hold parts of formulas that are too long for one cell."))
    if any(map(rows.fixes, report.units)):
        notes.append(say("Quotas that run over what is unknown are not: after a change, audit anew."))
    _headings(book, sheet, columns, notes)
    _asked_headings(book, sheet, columns)
    rows.working.write_headings(FIRST - 1)
    for row, audited in enumerate(report.units, start=FIRST):
        rows.write(row, audited)
    if report.units:
        rows.write_totals(FIRST + len(report.units), totals)
    _dress(book, sheet, columns, len(report.units))
    return columns


def _asked_columns(frame: Frame) -> tuple[str, ...]:
    """What the frame asks of a unit beside its code and residents, each with a column after the notes."""
    asked = dict.fromkeys(column for unit_type in UnitType for column in frame.norm(unit_type).columns)
    return tuple(column for column in asked if column not in ("code", "residents"))


def _asked_headings(book: Book, sheet: Any, columns: UnitColumns) -> None:
    for place, column in enumerate(columns.asked, start=columns.last + 1):
        book.text(sheet, FIRST - 2, place, "", **HEADING)
        book.text(sheet, FIRST - 1, place, words(column_words(column)), **HEADING)


def _headings(book: Book, sheet: Any, columns: UnitColumns, notes: Sequence[Text]) -> None:
    book.text(
        sheet, 0, 0, words(say("Quota, staff, shortfall and surplus of each unit")), bold=True, font_size=14
    )
    book.text(sheet, 1, 0, " ".join(map(words, notes)), italic=True)
    captions_of = {part.key: part.caption for figure in (QUOTA, *columns.figures) for part in figure.parts}
    captions_of["base"] = QUOTA.caption
    top, captions = FIRST - 2, FIRST - 1
    for column in range(columns.last + 1):
        book.text(sheet, top, column, "", **HEADING)
    for first, facts in ((0, ABOUT), (columns.status, columns.closing)):
        for column, fact in enumerate(facts, start=first):
            book.text(sheet, captions, column, words(fact.heading), **HEADING)
    apart = _pages_across(columns) > 1
    if apart:
        longest = max(len(words(bloc.name)) for bloc in columns.blocs)
        sheet.set_row(top, LINE_HEIGHT * math.ceil(longest / _LETTERS_A_LINE))
    for group, parts in columns.groups():
        first = columns.place(group, parts[0])
        name = words(group.name) if group is not None else words(say("All"))
        if apart:  # a page may begin inside the bloc
            for position in range(len(parts)):
                book.text(sheet, top, first + position, name, **HEADING)
        else:
            sheet.merge_range(top, first, top, first + len(parts) - 1, name, book.style(**HEADING))
        for position, part in enumerate(parts):
            book.text(sheet, captions, first + position, words(captions_of[part]), **HEADING)


def _pages_across(columns: UnitColumns) -> int:
    """How many pages wide the sheet is printed."""
    return math.ceil((columns.status + 2) / _COLUMNS_A_PAGE)


def _dress(book: Book, sheet: Any, columns: UnitColumns, count: int) -> None:
    """Widths, frozen headings, filter, colours, bars."""
    last = max(FIRST + count - 1, FIRST)
    widths = [fact.sheet_width for fact in ABOUT]
    widths += [_FIGURE_WIDTH] * (columns.status - len(ABOUT))
    widths += [fact.sheet_width for fact in columns.closing]
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    longest = max(len(words(part.caption)) for part in columns.parts)
    sheet.set_row(FIRST - 1, LINE_HEIGHT * max(3, math.ceil(longest / _LETTERS_A_LINE)))
    sheet.freeze_panes(FIRST, 2)
    sheet.repeat_rows(FIRST - 2, FIRST - 1)
    if (across := _pages_across(columns)) > 1:
        sheet.fit_to_pages(across, 0)
        sheet.repeat_columns(0, 1)  # so that each page says whose figures it has
    sheet.autofilter(FIRST - 1, 0, last, columns.last)
    sheet.print_area(0, 0, last + min(count, 1), columns.status + 1)
    for status, (fill, ink) in STATUS_FILLS.items():
        style = book.book.add_format({"bg_color": fill, "font_color": ink})
        rule = {"type": "cell", "criteria": "==", "value": quoted(STATUS_NAMES[status]), "format": style}
        sheet.conditional_format(FIRST, columns.status, last, columns.status, rule)
    for part in columns.parts:
        if part.ink not in _INKS:
            continue
        ink, bar = _INKS[part.ink]
        style = book.book.add_format({"font_color": ink, "bold": True})
        for group, _ in columns.groups():
            column = columns.place(group, part.key)
            from_zero = {
                "type": "cell",
                "criteria": "between",
                "minimum": 1,
                "maximum": 10**9,
                "format": style,
            }
            sheet.conditional_format(FIRST, column, last, column, from_zero)
        column = columns.place(None, part.key)
        bars = {"type": "data_bar", "bar_color": bar, "bar_solid": True, "min_type": "num", "min_value": 0}
        sheet.conditional_format(FIRST, column, last, column, {**bars, "data_bar_2010": True})


def column_range(sheet_name: str, column: int, count: int) -> str:
    """A column of the units, for the formulas of other sheets."""
    from xlsxwriter.utility import xl_range_abs

    return f"'{sheet_name}'!{xl_range_abs(FIRST, column, FIRST + max(count, 1) - 1, column)}"
