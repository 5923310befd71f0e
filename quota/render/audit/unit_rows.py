"""The rows of the sheet of units: what was read, and formulas of what follows from it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from msgspec import Struct

from quota.core.blocs import Bloc
from quota.core.results import Note, Totals, UnitAudit
from quota.core.text import say
from quota.core.units import UnitType
from quota.norms.arithmetic.columns import scale_of
from quota.norms.granting import Granter
from quota.norms.schema import Frame
from quota.render.audit.columns import ABOUT, NAME, NOTES, QUOTA
from quota.render.audit.long_formulas import ROW
from quota.render.audit.shapes import Fact, Figure
from quota.render.audit.sheet_working import WorkingColumns
from quota.render.audit.unit_formulas import RowFormulas, UnitColumns
from quota.render.kit.words import NO, YES, words
from quota.render.kit.workbook import CELL, LINE_HEIGHT, PALE, Book, lines_in, number_format

FIRST = 4
"""The row of the first unit, counted from 0; above it are the title and two rows of headings."""


class _Cell(Struct, frozen=True):
    """A cell of a unit's row: its column, and its formula with `ROW` in place of the row's number."""

    column: int
    formula: str | None


class UnitRows:
    """The rows of the units: formulas and formats are made once, then filled in row by row."""

    def __init__(self, book: Book, sheet: Any, frame: Frame, columns: UnitColumns) -> None:
        self._book, self._sheet, self._frame, self._columns = book, sheet, frame, columns
        self._formulas = RowFormulas(columns, frame)
        self.working = WorkingColumns(book, sheet, columns, self._formulas)
        self._beside = [
            (figure, [self._cells_of(group, figure) for group in columns.ends]) for figure in columns.figures
        ]
        self._all = self._posts_cells(None, [self._formulas.sum(part) for part in ("low", "high")])
        self._granted: dict[UnitType, list[list[_Cell]]] = {}
        self._after: dict[UnitType, list[tuple[Fact, _Cell]]] = {}
        self._noted: dict[tuple[UnitType, tuple[Note, ...]], str | None] = {}

    def fixes(self, audited: UnitAudit) -> bool:
        """Whether the unit's posts run over what is unknown in a way that no formula of its row follows."""
        ranged = self._frame.granter(audited.unit.type).is_ranged(audited.unit)
        return ranged and not self._formulas.keeps_ranges(audited.unit.type)

    def write(self, row: int, audited: UnitAudit) -> None:
        """The row of one unit."""
        granter = self._frame.granter(audited.unit.type)
        self._write_about(row, audited)
        height = lines_in(words(audited.unit.name), NAME.sheet_width)
        if height > 1:
            self._sheet.set_row(row, LINE_HEIGHT * height)
        self._write_asked(row, audited, granter)
        fixed = self.fixes(audited)
        self._write_posts(row, audited, fixed=fixed)
        if not fixed:
            self.working.write(row, audited, granter)
        for figure, groups in self._beside:
            for cells, value in zip(groups, figure.values(audited), strict=True):
                self._write_figures(row, cells, figure.split(value))
        self._write_closing(row, audited)

    def _cells_of(self, group: Bloc | None, figure: Figure) -> list[_Cell]:
        places = ((self._columns.place(group, part.key), part) for part in figure.parts)
        return [_Cell(place, self._formulas.beside(group, part)) for place, part in places]

    def _posts_cells(self, group: Bloc | None, formulas: Sequence[str]) -> list[_Cell]:
        parts = self._columns.ends[group]
        return [
            _Cell(self._columns.place(group, part), made) for part, made in zip(parts, formulas, strict=False)
        ]

    def _posts_of(self, unit_type: UnitType) -> list[list[_Cell]]:
        """Each bloc's posts by the frame's rule, for a type of units."""
        found = self._granted.get(unit_type)
        if found is None:
            blocs = self._columns.blocs
            found = [self._posts_cells(bloc, self._formulas.granted(unit_type, bloc)) for bloc in blocs]
            self._granted[unit_type] = found
        return found

    def _closing_of(self, unit_type: UnitType) -> list[tuple[Fact, _Cell]]:
        found = self._after.get(unit_type)
        if found is None:
            facts = enumerate(self._columns.closing, start=self._columns.status)
            found = [(fact, _Cell(place, self._formulas.closing(unit_type, fact))) for place, fact in facts]
            self._after[unit_type] = found
        return found

    def _write_about(self, row: int, audited: UnitAudit) -> None:
        for place, fact in enumerate(ABOUT):
            if fact.is_number:
                population = audited.unit.population
                self._book.value(self._sheet, row, place, population, bg_color="#FFF6D6", **_FIGURE)
            else:
                self._book.text(self._sheet, row, place, fact.text(audited), **CELL)

    def _write_asked(self, row: int, audited: UnitAudit, granter: Granter) -> None:
        """What the frame asks of the unit beside its residents; what is unknown is left empty."""
        if not self._columns.asked:
            return
        values = dict(zip(granter.columns, granter.values(audited.unit), strict=True))
        for place, column in enumerate(self._columns.asked, start=self._columns.last + 1):
            value = values.get(column)
            if isinstance(value, bool):
                self._book.text(self._sheet, row, place, words(YES if value else NO), **CELL)
            elif isinstance(value, int):
                self._book.value(self._sheet, row, place, value / scale_of(column), **_FIGURE)
            else:
                self._book.text(self._sheet, row, place, value or "", **CELL)

    def _write_posts(self, row: int, audited: UnitAudit, *, fixed: bool) -> None:
        """The posts of each bloc by the frame's rule, then of all."""
        *by_bloc, whole = QUOTA.values(audited)
        for cells, posts in zip(self._posts_of(audited.unit.type), by_bloc, strict=True):
            shown = [_Cell(cell.column, None) for cell in cells] if fixed else cells
            self._write_figures(row, shown, QUOTA.split(posts))
        self._write_figures(row, self._all, QUOTA.split(whole))

    def _write_figures(self, row: int, cells: Sequence[_Cell], values: Sequence[int | None]) -> None:
        """Figures as they were read, or as a formula with what follows from them."""
        for cell, value in zip(cells, values, strict=False):
            if cell.formula is None:
                self._book.value(self._sheet, row, cell.column, value, **_FIGURE)
            else:
                style = self._book.style(num_format=number_format(), **_FIGURE)
                self._write_formula(row, cell.formula, cell.column, style, "" if value is None else value)

    def _write_closing(self, row: int, audited: UnitAudit) -> None:
        """What is after the figures; status, minimum and notes are formulas."""
        for fact, cell in self._closing_of(audited.unit.type):
            made = self._notes(audited) if fact == NOTES else cell.formula
            if fact.is_number:
                self._book.value(self._sheet, row, cell.column, fact.value(audited), **_FIGURE)
            elif made is None:
                self._book.text(self._sheet, row, cell.column, fact.text(audited), **_WORDS)
            else:
                style = self._book.style(**_WORDS)
                self._write_formula(row, made, cell.column, style, fact.text(audited))

    def _notes(self, audited: UnitAudit) -> str | None:
        """The formula of a unit's notes: units of one type with the same notes have the same."""
        key = audited.unit.type, audited.notes
        if key not in self._noted:
            self._noted[key] = self._formulas.notes(*key)
        return self._noted[key]

    def write_totals(self, row: int, totals: Totals) -> None:
        """The row under the units: what they add up to, as far as it is known."""
        first, last = FIRST, row - 1
        for column in range(self._columns.last + 1):
            self._book.text(self._sheet, row, column, "", **_TOTAL)
        self._book.text(self._sheet, row, ABOUT.index(NAME), words(say("Totals")), **_TOTAL)
        from xlsxwriter.utility import xl_range

        people = xl_range(first, self._columns.residents, last, self._columns.residents)
        known = totals.population if totals.units > totals.unknown_population else None
        self._sum(row, self._columns.residents, f'=IF(COUNT({people})=0,"",SUM({people}))', known)
        for figure in (QUOTA, *self._columns.figures):
            for group, value in zip(self._columns.ends, figure.values(totals), strict=True):
                parts = self._columns.ends[group] if figure is QUOTA else [part.key for part in figure.parts]
                for part, people_of in zip(parts, figure.split(value), strict=False):
                    made = self._formulas.total(group, part if part != "base" else "low", first, last)
                    self._sum(row, self._columns.place(group, part), made, people_of)

    def _sum(self, row: int, column: int, made: str, known: int | None) -> None:
        style = self._book.style(num_format=number_format(), **{**_FIGURE, **_SUMS})
        self._sheet.write_formula(row, column, made, style, "" if known is None else known)

    def _write_formula(self, row: int, made: str, column: int, style: Any, known: int | str) -> None:
        self._sheet.write_formula(row, column, made.replace(ROW, str(row + 1)), style, known)


_FIGURE: dict[str, object] = {"border": 1, "border_color": "#B8C0CC", "align": "right"}


_WORDS: dict[str, object] = {**CELL, "align": "left", "indent": 1}
"""Words are a little off the figures beside them."""


_SUMS: dict[str, object] = {"bold": True, "bg_color": PALE, "top": 2}


_TOTAL: dict[str, object] = {**CELL, **_SUMS}
