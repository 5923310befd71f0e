"""The sheet of positions and states: a row for each bloc of each unit, beside norm, assigned and present."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from msgspec import Struct

from quota.core.blocs import Bloc
from quota.core.positions import State
from quota.core.results import AuditReport
from quota.core.text import LocalText, Text, say
from quota.render.audit.columns import ABOUT, ASSIGNED, NAME, QUOTA, STAFF
from quota.render.audit.formulas import in_quotes
from quota.render.audit.shapes import Figure
from quota.render.audit.states import STATE_FIGURES, TITLE, states_shown
from quota.render.kit.words import words
from quota.render.kit.workbook import CELL, Book, number_format, table_sheet

_CODE, _NAME, _BLOC, _FIRST = 0, 1, 2, 3
"""Columns of the sheet; figures are from `_FIRST` on."""


class StateSheet(Struct, frozen=True):
    """Where the states are: the sheet's name, its figures in their columns, its last row from 1."""

    name: str
    figures: Sequence[Figure]
    first: int
    last: int

    def sum(self, figure: Figure, group: Bloc | None) -> str:
        """The formula of a state's sum over the units, of a bloc or of all; empty where nothing is known."""
        from xlsxwriter.utility import xl_range_abs

        def column(place: int) -> str:
            return f"'{self.name}'!{xl_range_abs(1, place, max(self.last - 1, 1), place)}"

        cells = column(self.first + list(self.figures).index(figure))
        if group is None:
            return f'=IF(COUNT({cells})=0,"",SUM({cells}))'
        whose = f"{column(_BLOC)},{in_quotes(words(group.name))}"
        return f'=IF(COUNTIFS({whose},{cells},">=0")=0,"",SUMIFS({cells},{whose}))'


def write_states_sheet(book: Book, report: AuditReport) -> StateSheet:
    """A row for each bloc of each unit; the vacant positions are a formula where they are all known."""
    states = states_shown(report)
    numbers = [figure for figure in (ASSIGNED, STAFF) if figure.needs(report)]
    headings: list[Text | LocalText] = [ABOUT[0].heading, NAME.heading, say("Bloc")]
    headings += [part.row or part.title for part in QUOTA.parts]
    headings += [figure.parts[0].title for figure in (*numbers, *states)]
    rows: list[list[Any]] = []
    for audited in report.units:
        for place, bloc in enumerate(report.frame.blocs):
            cells: list[Any] = [audited.unit.code, audited.unit.name, bloc.name]
            cells += QUOTA.split(QUOTA.values(audited)[place])
            rows.append([*cells, *(figure.values(audited)[place] for figure in (*numbers, *states))])
    widths = [8, 28, 14, *[12] * (len(headings) - _FIRST)]
    sheet = table_sheet(book, TITLE, [words(heading) for heading in headings], rows, widths)
    first = _FIRST + len(QUOTA.parts) + len(numbers)
    _vacant(book, sheet, rows, states, first)
    return StateSheet(sheet.get_name(), states, first, len(rows) + 1)


def _vacant(book: Book, sheet: Any, rows: Sequence[Sequence[Any]], states: Sequence[Figure], at: int) -> None:
    """Positions less those that are filled, worked out by the workbook."""
    from xlsxwriter.utility import xl_rowcol_to_cell

    if STATE_FIGURES[State.VACANT] not in states:
        return
    places = {state: at + states.index(STATE_FIGURES[state]) for state in (State.POSITIONS, State.FILLED)}
    vacant = at + states.index(STATE_FIGURES[State.VACANT])
    style = book.style(num_format=number_format(), **CELL)
    for row, cells in enumerate(rows, start=1):
        if cells[vacant] is not None:
            both = (xl_rowcol_to_cell(row, places[state]) for state in (State.POSITIONS, State.FILLED))
            sheet.write_formula(row, vacant, f"={'-'.join(both)}", style, cells[vacant])
