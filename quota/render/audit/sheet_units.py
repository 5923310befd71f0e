"""The sheet of units: what was read stands as it is, what follows from it the workbook calculates."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec import Struct

from quota.core.blocs import Bloc, Blocs, total
from quota.core.results import AuditReport, Status, UnitAudit
from quota.core.text import say
from quota.core.units import UnitType
from quota.norms.arithmetic.columns import scale_of
from quota.norms.conditions import column_words
from quota.norms.granting import Granter
from quota.norms.schema import Frame
from quota.render.audit.sheet_rules import formula, minimum_name, quoted
from quota.render.kit.words import NO, STATUS_NAMES, TYPE_WORDS, YES, words
from quota.render.kit.workbook import CELL, HEADING, SHORT_INK, SURPLUS_INK, Book, number_format

SHEET = say("Units")
FIRST = 4
"""The row of the first unit, counted from 0; above it stand the title and two rows of headings."""
_ABOUT = 4
"""Code, name, type, residents come before the figures."""
STATUS_FILLS = {
    Status.SHORT: ("#FBE0DC", SHORT_INK),
    Status.SURPLUS: ("#DCEAF8", SURPLUS_INK),
    Status.MIXED: ("#EFE3F6", "#6B2C91"),
    Status.WITHIN: ("#E2F2E6", "#1E6B37"),
    Status.UNKNOWN: ("#EEEEEE", "#555555"),
}


class UnitColumns(Struct, frozen=True):
    """Where each figure stands: column numbers by group (a bloc, or None for all) and part."""

    ends: dict[Bloc | None, tuple[str, ...]]

    @property
    def blocs(self) -> Blocs:
        """The frame's blocs, in its order."""
        return tuple(group for group in self.ends if group is not None)

    def groups(self) -> list[tuple[Bloc | None, tuple[str, ...]]]:
        """Each group's parts, in order."""
        return [(group, (*ends, "staff", "shortfall", "surplus")) for group, ends in self.ends.items()]

    def place(self, wanted: Bloc | None, part: str) -> int:
        """The column of a figure."""
        column = _ABOUT
        for group, parts in self.groups():
            if group == wanted:
                return column + parts.index(part)
            column += len(parts)
        raise KeyError(wanted)

    @property
    def low(self) -> dict[Bloc | None, str]:
        """The part that is a group's low end."""
        return {group: ends[0] for group, ends in self.ends.items()}

    @property
    def high(self) -> dict[Bloc | None, str]:
        """The part that is a group's high end; the same one where the quota is exact."""
        return {group: ends[-1] for group, ends in self.ends.items()}

    @property
    def status(self) -> int:
        """The column of the status; below the minimum and notes come after it."""
        return _ABOUT + sum(len(parts) for _, parts in self.groups())


def unit_columns(frame: Frame) -> UnitColumns:
    """One quota column for a bloc that is exact for every type of unit, two for any other."""
    ends: dict[Bloc | None, tuple[str, ...]] = {}
    for bloc in frame.order:
        grants = [frame.norm(unit_type).grants[bloc] for unit_type in UnitType]
        exact = all(found.low == found.high for found in grants) and not frame.has_ranges
        ends[bloc] = ("base",) if exact else ("low", "high")
    ends[None] = ("low", "high") if any(len(one) == 2 for one in ends.values()) else ("base",)
    return UnitColumns(ends)


class _Row:
    """One unit's row: formulas in the words of a spreadsheet, and what they come to."""

    def __init__(self, columns: UnitColumns, row: int) -> None:
        self.columns, self.row = columns, row

    def cell(self, column: int) -> str:
        from xlsxwriter.utility import xl_rowcol_to_cell

        return str(xl_rowcol_to_cell(self.row, column))

    def of(self, group: Bloc | None, part: str) -> str:
        return self.cell(self.columns.place(group, part))

    def all_blocs(self, part: Callable[[Bloc], str]) -> str:
        return ",".join(self.of(bloc, part(bloc)) for bloc in self.columns.blocs)

    def sum(self, part: Callable[[Bloc], str]) -> str:
        """The blocs added up where all are known."""
        cells = self.all_blocs(part)
        return f'=IF(COUNT({cells})={len(self.columns.blocs)},SUM({cells}),"")'

    def gap(self, bloc: Bloc, part: str) -> str:
        staff = self.of(bloc, "staff")
        if part == "shortfall":
            quota, difference = self.of(bloc, self.columns.low[bloc]), "{quota}-{staff}"
        else:
            quota, difference = self.of(bloc, self.columns.high[bloc]), "{staff}-{quota}"
        difference = difference.format(quota=quota, staff=staff)
        return f'=IF(AND(ISNUMBER({quota}),ISNUMBER({staff})),MAX({difference},0),"")'

    def status(self) -> str:
        short, over = self.all_blocs(lambda _: "shortfall"), self.all_blocs(lambda _: "surplus")
        name = {status: quoted(said) for status, said in STATUS_NAMES.items()}
        return (
            f"=IF(AND(SUM({short})>0,SUM({over})>0),{name[Status.MIXED]},"
            f"IF(COUNT({short})<3,{name[Status.UNKNOWN]},"
            f"IF(SUM({short})>0,{name[Status.SHORT]},"
            f"IF(SUM({over})>0,{name[Status.SURPLUS]},{name[Status.WITHIN]}))))"
        )


def write_units_sheet(book: Book, report: AuditReport, frame: Frame, sheet: Any) -> UnitColumns:
    """A row a unit, with live formulas for quota, shortfall, surplus, status."""
    columns = unit_columns(frame)
    _headings(book, sheet, columns)
    asked = _asked_columns(frame)
    _asked_headings(book, sheet, columns, asked)
    for place, one in enumerate(report.units):
        row = _Row(columns, FIRST + place)
        granter = frame.granter(one.unit.type)
        ranged = granter.is_ranged(one.unit)
        _about(book, sheet, row, one)
        cells = _asked_cells(book, sheet, row, one, granter, asked)
        for bloc in columns.blocs:
            grant = granter.norm.grants[bloc]
            posts = one.quota.blocs[bloc] if one.quota else None
            values = (posts.low, posts.high) if posts else (None, None)
            parts = columns.ends[bloc]
            for position, part in enumerate(parts):
                end = grant.low if position == 0 else grant.high
                if ranged:  # two ways of counting at once are no formula of one row
                    book.value(sheet, row.row, columns.place(bloc, part), values[position], **_FIGURE)
                    continue
                written = formula(granter.norm, end, cells)
                _formula(book, sheet, row, columns.place(bloc, part), written, values[position])
            book.value(sheet, row.row, columns.place(bloc, "staff"), one.staff[bloc], **_FIGURE)
            gap = one.gap[bloc]
            for part in ("shortfall", "surplus"):
                known = getattr(gap, part) if gap is not None else None
                _formula(book, sheet, row, columns.place(bloc, part), row.gap(bloc, part), known)
        _totals(book, sheet, row, one)
        _closing(book, sheet, row, one, frame)
    _dress(book, sheet, columns, len(report.units))
    return columns


def _asked_columns(frame: Frame) -> tuple[str, ...]:
    """What the frame asks of a unit beside its residents, each with a column after the notes."""
    norms = [frame.norm(unit_type) for unit_type in UnitType]
    return tuple(dict.fromkeys(column for norm in norms for column in norm.columns if column != "residents"))


def _asked_headings(book: Book, sheet: Any, columns: UnitColumns, asked: tuple[str, ...]) -> None:
    for place, column in enumerate(asked, start=columns.status + 3):
        book.text(sheet, FIRST - 2, place, "", **HEADING)
        book.text(sheet, FIRST - 1, place, words(column_words(column)), **HEADING)


def _asked_cells(
    book: Book, sheet: Any, row: _Row, one: UnitAudit, granter: Granter, asked: tuple[str, ...]
) -> dict[str, str]:
    """The unit's cell of each column of the frame; what is unknown is left empty."""
    cells = {"residents": row.cell(_ABOUT - 1)}
    values = dict(zip(granter.columns, granter.values(one.unit), strict=True))
    for place, column in enumerate(asked, start=row.columns.status + 3):
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


def _about(book: Book, sheet: Any, row: _Row, one: UnitAudit) -> None:
    unit = one.unit
    book.text(sheet, row.row, 0, unit.code, **CELL)
    book.text(sheet, row.row, 1, words(unit.name), **CELL)
    book.text(sheet, row.row, 2, words(TYPE_WORDS[unit.type]), **CELL)
    book.value(sheet, row.row, 3, unit.population, bg_color="#FFF6D6", **_FIGURE)


def _totals(book: Book, sheet: Any, row: _Row, one: UnitAudit) -> None:
    columns, whole, gap = row.columns, one.quota.total if one.quota else None, one.total_gap
    ends = columns.ends[None]
    values = (whole.low, whole.high) if whole else (None, None)
    for position, part in enumerate(ends):
        by_bloc = columns.low if position == 0 else columns.high
        _formula(book, sheet, row, columns.place(None, part), row.sum(by_bloc.__getitem__), values[position])
    _formula(book, sheet, row, columns.place(None, "staff"), row.sum(lambda _: "staff"), total(one.staff))
    for part in ("shortfall", "surplus"):
        known = getattr(gap, part) if gap is not None else None
        formula = row.sum(lambda _, part=part: part)  # type: ignore[misc]  # the default binds this turn's part
        _formula(book, sheet, row, columns.place(None, part), formula, known)


def _closing(book: Book, sheet: Any, row: _Row, one: UnitAudit, frame: Frame) -> None:
    column, style = row.columns.status, book.style(**CELL)
    sheet.write_formula(row.row, column, row.status(), style, words(STATUS_NAMES[one.status]))
    if frame.minimum_for(one.unit.type) is None:
        book.text(sheet, row.row, column + 1, words(NO), **CELL)
    else:
        residents = row.cell(_ABOUT - 1)
        below = f"AND(ISNUMBER({residents}),{residents}<{minimum_name(one.unit.type)})"
        formula = f"=IF({below},{quoted(YES)},{quoted(NO)})"
        sheet.write_formula(row.row, column + 1, formula, style, words(YES if one.below_minimum else NO))
    book.text(sheet, row.row, column + 2, "; ".join(words(note.text) for note in one.notes), **CELL)


def _formula(book: Book, sheet: Any, row: _Row, column: int, formula: str, known: int | None) -> None:
    style = book.style(num_format=number_format(), **_FIGURE)
    sheet.write_formula(row.row, column, formula, style, "" if known is None else known)


def _headings(book: Book, sheet: Any, columns: UnitColumns) -> None:
    book.text(
        sheet, 0, 0, words(say("Quota, staff, shortfall and surplus of each unit")), bold=True, font_size=14
    )
    note = say("Quota, shortfall, surplus and status are formulas: change residents, staff or a rule cell.")
    book.text(sheet, 1, 0, words(note), italic=True)
    part_words = {
        "base": say("quota"),
        "low": say("quota, low"),
        "high": say("quota, high"),
        "staff": say("staff"),
        "shortfall": say("short"),
        "surplus": say("surplus"),
    }
    top, captions = FIRST - 2, FIRST - 1
    about = [words(one) for one in (say("Code"), say("Unit"), say("Type"), say("Residents"))]
    closing = [words(one) for one in (say("Status"), say("Below the minimum"), say("Note"))]
    for column in range(columns.status + len(closing)):
        book.text(sheet, top, column, "", **HEADING)
    for column, heading in (*enumerate(about), *enumerate(closing, start=columns.status)):
        book.text(sheet, captions, column, heading, **HEADING)
    for group, parts in columns.groups():
        first = columns.place(group, parts[0])
        name = words(group.name) if group is not None else words(say("All"))
        sheet.merge_range(top, first, top, first + len(parts) - 1, name, book.style(**HEADING))
        for position, part in enumerate(parts):
            book.text(sheet, captions, first + position, words(part_words[part]), **HEADING)


def _dress(book: Book, sheet: Any, columns: UnitColumns, count: int) -> None:
    """Widths, frozen headings, filter, colours, bars."""
    last = max(FIRST + count - 1, FIRST)
    widths = [7.5, 25, 8.5, 9.5, *([6.3] * (columns.status - _ABOUT)), 13.5, 9, 44]
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    sheet.set_row(FIRST - 1, 48)
    sheet.freeze_panes(FIRST, 2)
    sheet.repeat_rows(FIRST - 2, FIRST - 1)
    sheet.autofilter(FIRST - 1, 0, last, columns.status + 2)
    sheet.print_area(0, 0, last, columns.status + 1)
    for status, (fill, ink) in STATUS_FILLS.items():
        style = book.book.add_format({"bg_color": fill, "font_color": ink})
        rule = {"type": "cell", "criteria": "==", "value": quoted(STATUS_NAMES[status]), "format": style}
        sheet.conditional_format(FIRST, columns.status, last, columns.status, rule)
    for part, ink, bar in (("shortfall", SHORT_INK, "#F0A79E"), ("surplus", SURPLUS_INK, "#A4C5E8")):
        style = book.book.add_format({"font_color": ink, "bold": True})
        for group, _ in columns.groups():
            column = columns.place(group, part)
            from_zero = {
                "type": "cell",
                "criteria": "between",
                "minimum": 1,
                "maximum": 10**9,
                "format": style,
            }
            sheet.conditional_format(FIRST, column, last, column, from_zero)
        column = columns.place(None, part)
        bars = {"type": "data_bar", "bar_color": bar, "bar_solid": True, "min_type": "num", "min_value": 0}
        sheet.conditional_format(FIRST, column, last, column, {**bars, "data_bar_2010": True})


def column_range(sheet_name: str, column: int, count: int) -> str:
    """A column of the units, for the formulas of other sheets."""
    from xlsxwriter.utility import xl_range_abs

    return f"'{sheet_name}'!{xl_range_abs(FIRST, column, FIRST + max(count, 1) - 1, column)}"
