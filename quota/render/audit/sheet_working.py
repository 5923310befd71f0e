"""The columns that hold parts of formulas which would be too long in one cell."""

from __future__ import annotations

from typing import Any

from quota.core.results import UnitAudit
from quota.core.text import say
from quota.core.units import UnitType
from quota.norms.arithmetic.counting import Count, counting_parts
from quota.norms.granting import Granter
from quota.render.audit.formulas import POSTS
from quota.render.audit.long_formulas import ROW
from quota.render.audit.unit_formulas import RowFormulas, UnitColumns
from quota.render.kit.words import words
from quota.render.kit.workbook import HEADING, Book, number_format


class WorkingColumns:
    """These columns: their headings, and their cells row by row; none where every formula is short enough."""

    def __init__(self, book: Book, sheet: Any, columns: UnitColumns, formulas: RowFormulas) -> None:
        self._book, self._sheet = book, sheet
        self._first = columns.last + 1 + len(columns.asked)
        self._made = {unit_type: formulas.working(unit_type) for unit_type in UnitType}
        self._formulas = {unit_type: formulas.parts(unit_type) for unit_type in UnitType}
        self._ends = [(bloc, end) for bloc in columns.blocs for end in ("low", "high")]
        self._counts: dict[UnitType, Count] = {}
        self.many = max(map(len, self._formulas.values()))

    def write_headings(self, row: int) -> None:
        """The row of headings, and that above it."""
        for place in range(self.many):
            self._book.text(self._sheet, row - 1, self._first + place, "", **HEADING)
            heading = words(say("Working {n}", n=place + 1))
            self._book.text(self._sheet, row, self._first + place, heading, **HEADING)

    def write(self, row: int, audited: UnitAudit, granter: Granter) -> None:
        """The cells of one unit."""
        formulas = self._formulas[audited.unit.type]
        if not formulas:
            return
        style = self._book.style(num_format=number_format(), border=1, border_color="#B8C0CC", align="right")
        for place, (made, value) in enumerate(
            zip(formulas, self._values(audited, granter), strict=True), start=self._first
        ):
            self._sheet.write_formula(row, place, made.replace(ROW, str(row + 1)), style, value)

    def _values(self, audited: UnitAudit, granter: Granter) -> tuple[int | str, ...]:
        """What the parts are of this unit; empty where a number that is counted is unknown."""
        unit_type = audited.unit.type
        if audited.quota is None:
            return ("",) * len(self._formulas[unit_type])
        parts_of = self._counts.get(unit_type)
        if parts_of is None:
            columns = [*granter.columns, *(f"{POSTS}{bloc}:{end}" for bloc, end in self._ends)]
            parts_of = self._counts[unit_type] = counting_parts(self._made[unit_type], columns)
        known = granter.without(granter.values(audited.unit))
        blocs = audited.quota.blocs
        return parts_of(*known, *(getattr(blocs[bloc], end) for bloc, end in self._ends))
