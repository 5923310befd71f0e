"""The sheet of units: what was read stands as it is, what follows from it the workbook calculates."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from quota.core.blocs import Bloc, Blocs
from quota.core.results import AuditReport, Status, UnitAudit
from quota.core.text import say
from quota.core.units import UnitType
from quota.norms.arithmetic.columns import scale_of
from quota.norms.conditions import column_words
from quota.norms.granting import Granter
from quota.norms.schema import Frame
from quota.render.audit.columns import (
    ABOUT,
    BELOW,
    FILLING,
    GAP,
    OVER,
    QUOTA,
    SHORT,
    STATUS,
    VACANCY,
    Fact,
    Figure,
    Part,
    Values,
    always,
    closing_of,
)
from quota.render.audit.sheet_rules import formula, minimum_name, quoted
from quota.render.kit.words import NO, STATUS_NAMES, YES, words
from quota.render.kit.workbook import CELL, HEADING, SHORT_INK, SURPLUS_INK, Book, number_format

SHEET = say("Units")
FIRST = 4
"""The row of the first unit, counted from 0; above it stand the title and two rows of headings."""
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


class UnitColumns(Struct, frozen=True):
    """Where each figure stands: column numbers by group (a bloc, or None for all) and part.

    `ends` are the keys of a group's posts, `figures` the figures beside them, `closing` what comes after.
    """

    ends: dict[Bloc | None, tuple[str, ...]]
    figures: tuple[Figure, ...]
    closing: tuple[Fact, ...]

    @property
    def blocs(self) -> Blocs:
        """The frame's blocs, in its order."""
        return tuple(group for group in self.ends if group is not None)

    @property
    def parts(self) -> list[Part]:
        """The parts of the figures beside the posts."""
        return [part for figure in self.figures for part in figure.parts]

    def groups(self) -> list[tuple[Bloc | None, tuple[str, ...]]]:
        """Each group's parts, in order."""
        beside = [part.key for part in self.parts]
        return [(group, (*ends, *beside)) for group, ends in self.ends.items()]

    def place(self, wanted: Bloc | None, part: str) -> int:
        """The column of a figure's part; `low` and `high` are one column where the posts are exact."""
        column = len(ABOUT)
        for group, parts in self.groups():
            if group == wanted:
                ends = {"low": self.ends[group][0], "high": self.ends[group][-1]}
                return column + parts.index(ends.get(part, part))
            column += len(parts)
        raise KeyError(wanted)

    @property
    def status(self) -> int:
        """The column of the status; below the minimum and notes come after it."""
        return len(ABOUT) + sum(len(parts) for _, parts in self.groups())

    @property
    def last(self) -> int:
        """The last column of the audit; those that a frame asks for come after it."""
        return self.status + len(self.closing) - 1


def unit_columns(report: AuditReport, frame: Frame) -> UnitColumns:
    """One quota column for a bloc that is exact for every type of unit, two for any other."""
    ends: dict[Bloc | None, tuple[str, ...]] = {}
    for bloc in frame.order:
        grants = [frame.norm(unit_type).grants[bloc] for unit_type in UnitType]
        exact = all(found.low == found.high for found in grants) and not frame.has_ranges
        ends[bloc] = ("base",) if exact else ("low", "high")
    ends[None] = ("low", "high") if any(len(keys) == 2 for keys in ends.values()) else ("base",)
    figures = tuple(figure for figure in always(report) if figure is not QUOTA)
    return UnitColumns(ends, figures, closing_of(report))


class _Row:
    """One unit's row: formulas in the words of a spreadsheet, and what they come to."""

    def __init__(self, columns: UnitColumns, row: int) -> None:
        self.columns, self.row = columns, row

    def cell(self, column: int) -> str:
        from xlsxwriter.utility import xl_rowcol_to_cell

        return str(xl_rowcol_to_cell(self.row, column))

    def of(self, group: Bloc | None, part: str) -> str:
        return self.cell(self.columns.place(group, part))

    def all_blocs(self, part: str) -> str:
        return ",".join(self.of(bloc, part) for bloc in self.columns.blocs)

    def sum(self, part: str) -> str:
        """The blocs added up where all are known."""
        cells = self.all_blocs(part)
        return f'=IF(COUNT({cells})={len(self.columns.blocs)},SUM({cells}),"")'

    def excess(self, bloc: Bloc, more: str, less: str) -> str:
        """The first part less the second, or 0; nothing where either is unknown."""
        known = sorted([more, less], key=lambda part: self.columns.place(bloc, part))
        numbers = ",".join(f"ISNUMBER({self.of(bloc, part)})" for part in known)
        return f'=IF(AND({numbers}),MAX({self.of(bloc, more)}-{self.of(bloc, less)},0),"")'

    def status(self, figure: Figure) -> str:
        """Short, over, both, neither or unknown by the two parts of a gap."""
        short, over = (self.all_blocs(part.key) for part in figure.parts)
        name = {status: quoted(said) for status, said in STATUS_NAMES.items()}
        return (
            f"=IF(AND(SUM({short})>0,SUM({over})>0),{name[Status.MIXED]},"
            f"IF(COUNT({short})<{len(self.columns.blocs)},{name[Status.UNKNOWN]},"
            f"IF(SUM({short})>0,{name[Status.SHORT]},"
            f"IF(SUM({over})>0,{name[Status.SURPLUS]},{name[Status.WITHIN]}))))"
        )


def write_units_sheet(book: Book, report: AuditReport, frame: Frame, sheet: Any) -> UnitColumns:
    """A row a unit, with live formulas for what follows from what was read."""
    columns = unit_columns(report, frame)
    _headings(book, sheet, columns)
    asked = _asked_columns(frame)
    _asked_headings(book, sheet, columns, asked)
    for place, audited in enumerate(report.units):
        row = _Row(columns, FIRST + place)
        granter = frame.granter(audited.unit.type)
        _about(book, sheet, row, audited)
        _posts(book, sheet, row, audited, granter, _asked_cells(book, sheet, row, audited, granter, asked))
        for figure in columns.figures:
            _beside(book, sheet, row, figure, figure.values(audited))
        _closing(book, sheet, row, audited, frame)
    _dress(book, sheet, columns, len(report.units))
    return columns


def _posts(
    book: Book, sheet: Any, row: _Row, audited: UnitAudit, granter: Granter, cells: dict[str, str]
) -> None:
    """The posts of each bloc by the frame's rule, then of all."""
    columns, ranged = row.columns, granter.is_ranged(audited.unit)
    *by_bloc, whole = QUOTA.values(audited)
    for bloc, posts in zip(columns.blocs, by_bloc, strict=True):
        grant = granter.norm.grants[bloc]
        for position, part in enumerate(columns.ends[bloc]):
            place, value = columns.place(bloc, part), QUOTA.split(posts)[position]
            if ranged:  # two ways of counting at once are no formula of one row
                book.value(sheet, row.row, place, value, **_FIGURE)
                continue
            end = grant.low if position == 0 else grant.high
            _formula(book, sheet, row, place, formula(granter.norm, end, cells), value)
    for position, part in enumerate(columns.ends[None]):
        end_of_all = row.sum("low" if position == 0 else "high")
        _formula(book, sheet, row, columns.place(None, part), end_of_all, QUOTA.split(whole)[position])


def _beside(book: Book, sheet: Any, row: _Row, figure: Figure, values: Values) -> None:
    """A figure beside the posts: what was read of each bloc, or what follows from it; all blocs added up."""
    columns = row.columns
    for group, value in zip(columns.ends, values, strict=True):
        for part, known in zip(figure.parts, figure.split(value), strict=True):
            place = columns.place(group, part.key)
            if group is None:
                _formula(book, sheet, row, place, row.sum(part.key), known)
            elif part.excess:
                _formula(book, sheet, row, place, row.excess(group, *part.excess), known)
            else:
                book.value(sheet, row.row, place, known, **_FIGURE)


def _asked_columns(frame: Frame) -> tuple[str, ...]:
    """What the frame asks of a unit beside its residents, each with a column after the notes."""
    norms = [frame.norm(unit_type) for unit_type in UnitType]
    return tuple(dict.fromkeys(column for norm in norms for column in norm.columns if column != "residents"))


def _asked_headings(book: Book, sheet: Any, columns: UnitColumns, asked: tuple[str, ...]) -> None:
    for place, column in enumerate(asked, start=columns.last + 1):
        book.text(sheet, FIRST - 2, place, "", **HEADING)
        book.text(sheet, FIRST - 1, place, words(column_words(column)), **HEADING)


def _asked_cells(
    book: Book, sheet: Any, row: _Row, audited: UnitAudit, granter: Granter, asked: tuple[str, ...]
) -> dict[str, str]:
    """The unit's cell of each column of the frame; what is unknown is left empty."""
    cells = {"residents": row.cell(len(ABOUT) - 1)}
    values = dict(zip(granter.columns, granter.values(audited.unit), strict=True))
    for place, column in enumerate(asked, start=row.columns.last + 1):
        cells[column] = row.cell(place)
        value = values.get(column)
        if isinstance(value, bool):
            book.text(sheet, row.row, place, words(YES if value else NO), **CELL)
        elif isinstance(value, int):
            book.value(sheet, row.row, place, value / scale_of(column), **_FIGURE)
        else:
            book.text(sheet, row.row, place, value or "", **CELL)
    return cells


_FIGURE: dict[str, object] = {"border": 1, "border_color": "#B8C0CC", "align": "right"}


def _about(book: Book, sheet: Any, row: _Row, audited: UnitAudit) -> None:
    for place, fact in enumerate(ABOUT):
        if fact.is_number:
            book.value(sheet, row.row, place, audited.unit.population, bg_color="#FFF6D6", **_FIGURE)
        else:
            book.text(sheet, row.row, place, fact.text(audited), **CELL)


def _closing(book: Book, sheet: Any, row: _Row, audited: UnitAudit, frame: Frame) -> None:
    """What stands after the figures; status and minimum are formulas."""
    residents, minimum = row.cell(len(ABOUT) - 1), frame.minimum_for(audited.unit.type)
    formulas = {STATUS.key: row.status(GAP)}
    if FILLING in row.columns.closing:
        formulas[FILLING.key] = row.status(VACANCY)
    if minimum is not None:
        below = f"AND(ISNUMBER({residents}),{residents}<{minimum_name(audited.unit.type)})"
        formulas[BELOW.key] = f"=IF({below},{quoted(YES)},{quoted(NO)})"
    for column, fact in enumerate(row.columns.closing, start=row.columns.status):
        if fact.key in formulas:
            style = book.style(**CELL)
            sheet.write_formula(row.row, column, formulas[fact.key], style, fact.text(audited))
        else:
            book.text(sheet, row.row, column, fact.text(audited), **CELL)


def _formula(book: Book, sheet: Any, row: _Row, column: int, formula: str, known: int | None) -> None:
    style = book.style(num_format=number_format(), **_FIGURE)
    sheet.write_formula(row.row, column, formula, style, "" if known is None else known)


def _headings(book: Book, sheet: Any, columns: UnitColumns) -> None:
    book.text(
        sheet, 0, 0, words(say("Quota, staff, shortfall and surplus of each unit")), bold=True, font_size=14
    )
    note = say("Quota, shortfall, surplus and status are formulas: change residents, staff or a rule cell.")
    book.text(sheet, 1, 0, words(note), italic=True)
    captions_of = {part.key: part.caption for figure in (QUOTA, *columns.figures) for part in figure.parts}
    captions_of["base"] = QUOTA.caption
    top, captions = FIRST - 2, FIRST - 1
    for column in range(columns.last + 1):
        book.text(sheet, top, column, "", **HEADING)
    for first, facts in ((0, ABOUT), (columns.status, columns.closing)):
        for column, fact in enumerate(facts, start=first):
            book.text(sheet, captions, column, words(fact.heading), **HEADING)
    for group, parts in columns.groups():
        first = columns.place(group, parts[0])
        name = words(group.name) if group is not None else words(say("All"))
        sheet.merge_range(top, first, top, first + len(parts) - 1, name, book.style(**HEADING))
        for position, part in enumerate(parts):
            book.text(sheet, captions, first + position, words(captions_of[part]), **HEADING)


def _dress(book: Book, sheet: Any, columns: UnitColumns, count: int) -> None:
    """Widths, frozen headings, filter, colours, bars."""
    last = max(FIRST + count - 1, FIRST)
    widths = [fact.sheet_width for fact in ABOUT]
    widths += [_FIGURE_WIDTH] * (columns.status - len(ABOUT))
    widths += [fact.sheet_width for fact in columns.closing]
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    sheet.set_row(FIRST - 1, 48)
    sheet.freeze_panes(FIRST, 2)
    sheet.repeat_rows(FIRST - 2, FIRST - 1)
    sheet.autofilter(FIRST - 1, 0, last, columns.last)
    sheet.print_area(0, 0, last, columns.status + 1)
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
