"""A frame's numbers in cells with names, and the formulas that calculate a quota from them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgspec import Struct

from quota.core.blocs import Bloc
from quota.core.text import LocalText, Text, say
from quota.core.units import UnitType
from quota.norms.rounding import Rounding
from quota.norms.schema import BlocRule, Frame
from quota.render.audit.words import frame_lines
from quota.render.kit.words import BLOC_NAMES, TYPE_WORDS, words
from quota.render.kit.workbook import CELL, Book

SHEET = say("Rule")
ROUNDING_WORDS: dict[Rounding, Text] = {
    Rounding.DOWN: say("down"),
    Rounding.UP: say("up"),
    Rounding.NEAREST: say("to the nearest"),
}
INPUT: dict[str, object] = {"bg_color": "#FFF6D6", "align": "center", "border": 1, "border_color": "#B8C0CC"}


class RuleCells(Struct, frozen=True):
    """One bloc's rule for one type of unit (None: every type without a rule of its own), as named cells."""

    bloc: Bloc
    unit_type: UnitType | None
    rule: BlocRule

    def name(self, part: str) -> str:
        """The name of the cell of one of the rule's numbers: `government_per_residents`."""
        prefix = f"{self.unit_type.value}_" if self.unit_type else ""
        return f"{prefix}{self.bloc.value}_{part}"

    def ends(self) -> tuple[str, ...]:
        """The parts of the rule that a quota starts from: one where it is exact, two where it is a range."""
        return ("base",) if self.rule.range is None else ("low", "high")

    def formula(self, end: str, residents: str) -> str:
        """The quota (or one end of it) of the unit whose residents stand in the cell `residents`."""
        return f'=IF(ISNUMBER({residents}),{self.name(end)}{self._increment(residents)},"")'

    def _increment(self, residents: str) -> str:
        if self.rule.increment is None:
            return ""
        steps = f"MAX({residents}-{self.name('above')},0)/{self.name('per_residents')}"
        rounding = self.name("rounding")
        up, nearest = quoted(ROUNDING_WORDS[Rounding.UP]), quoted(ROUNDING_WORDS[Rounding.NEAREST])
        return (
            f"+{self.name('posts')}*IF({rounding}={up},ROUNDUP({steps},0),"
            f"IF({rounding}={nearest},ROUND({steps},0),ROUNDDOWN({steps},0)))"
        )


def rule_cells(frame: Frame) -> dict[tuple[UnitType, Bloc], RuleCells]:
    """The rule of each bloc for each type of unit."""
    found = {}
    for unit_type in UnitType:
        for bloc in Bloc:
            own = getattr(frame.type_rule(unit_type).blocs, bloc.value)
            rule = frame.rules_for(unit_type)[bloc]
            found[unit_type, bloc] = RuleCells(bloc, unit_type if own is not None else None, rule)
    return found


def quoted(text: Text) -> str:
    """Words inside a formula."""
    inside = words(text).replace('"', '""')
    return f'"{inside}"'


def minimum_name(unit_type: UnitType) -> str:
    """The name of the cell of a type's minimum population."""
    return f"minimum_{unit_type.value}"


def write_rule_sheet(book: Book, frame: Frame, sheet: Any) -> None:
    """The frame: what it says of itself, then its numbers, each in a cell that the other sheets refer to."""
    book.text(sheet, 0, 0, words(SHEET), bold=True, font_size=14)
    book.text(sheet, 1, 0, words(say("Change a yellow cell and every sheet recalculates.")), italic=True)
    row = 3
    for label, said in frame_lines(frame.summary()):
        book.text(sheet, row, 0, label, bold=True, valign="top")
        sheet.merge_range(row, 1, row, 8, "", book.style(text_wrap=True, valign="top"))
        book.text(sheet, row, 1, said, text_wrap=True, valign="top")
        sheet.set_row(row, 15.5 * (1 + len(said) // 110))
        row += 1
    row += 1
    headings = (
        say("Bloc"),
        say("Units"),
        say("base, or low end"),
        say("high end"),
        say("posts a step"),
        say("residents a step"),
        say("counted above"),
        say("rounding"),
        say("Source"),
    )
    book.heading(sheet, row, [words(heading) for heading in headings])
    sheet.set_row(row, 34)
    every = {(cells.bloc, cells.unit_type): cells for cells in rule_cells(frame).values()}
    general = say("all the others") if any(one.unit_type for one in every.values()) else say("all")
    for cells in sorted(every.values(), key=lambda one: (list(Bloc).index(one.bloc), one.unit_type or "")):
        row += 1
        _write_rule(book, sheet, row, cells, general)
    row += 2
    for unit_type, minimum in frame.summary().minimum_population.items():
        what = say("Minimum population of a new unit: {type}", type=TYPE_WORDS[unit_type])
        sheet.merge_range(row, 0, row, 1, "", book.style(**CELL))
        book.text(sheet, row, 0, words(what), **CELL)
        _named(book, sheet, (row, 2), minimum_name(unit_type), minimum)
        row += 1
    for text in _notes(frame):
        row += 1
        sheet.merge_range(row, 0, row, 8, "", book.style(text_wrap=True, valign="top"))
        book.text(sheet, row, 0, words(text), text_wrap=True, valign="top")
        sheet.set_row(row, 15.5 * (1 + len(words(text)) // 120))
    sheet.set_column(0, 0, 20)
    sheet.set_column(1, 1, 20)
    sheet.set_column(2, 7, 13)
    sheet.set_column(8, 8, 26)


def _notes(frame: Frame) -> Iterator[LocalText]:
    if frame.minimum_population is not None and frame.minimum_population.note is not None:
        yield frame.minimum_population.note.text
    for unit_type in UnitType:
        note = frame.type_rule(unit_type).note
        if note is not None:
            yield note.text
    if frame.notes is not None:
        yield frame.notes.text


def _write_rule(book: Book, sheet: Any, row: int, cells: RuleCells, general: Text) -> None:
    rule, increment = cells.rule, cells.rule.increment
    book.text(sheet, row, 0, words(BLOC_NAMES[cells.bloc]), **CELL)
    whose = TYPE_WORDS[cells.unit_type] if cells.unit_type else general
    book.text(sheet, row, 1, words(whose), **CELL)
    numbers: dict[int, tuple[str, int]] = {2: (cells.ends()[0], rule.start.low)}
    if rule.range is not None:
        numbers[3] = ("high", rule.start.high)
    if increment is not None:
        numbers |= {
            4: ("posts", increment.posts),
            5: ("per_residents", increment.per_residents),
            6: ("above", increment.above),
        }
    for column in range(2, 8):
        if column in numbers:
            _named(book, sheet, (row, column), cells.name(numbers[column][0]), numbers[column][1])
        else:
            book.text(sheet, row, column, "", **CELL)
    if increment is not None:
        choices = [words(one) for one in ROUNDING_WORDS.values()]
        book.text(sheet, row, 7, words(ROUNDING_WORDS[increment.rounding]), **INPUT)
        sheet.data_validation(row, 7, row, 7, {"validate": "list", "source": choices})
        _name(book, sheet, (row, 7), cells.name("rounding"))
    sources = dict.fromkeys([rule.source, *([increment.source] if increment and increment.source else [])])
    book.text(sheet, row, 8, ", ".join(sources), **CELL)


def _named(book: Book, sheet: Any, cell: tuple[int, int], name: str, value: int) -> None:
    row, column = cell
    book.value(sheet, row, column, value, **INPUT)
    least = 1 if name.endswith("_per_residents") else 0
    sheet.data_validation(row, column, row, column, {"validate": "integer", "criteria": ">=", "value": least})
    _name(book, sheet, cell, name)


def _name(book: Book, sheet: Any, cell: tuple[int, int], name: str) -> None:
    from xlsxwriter.utility import xl_rowcol_to_cell

    place = xl_rowcol_to_cell(*cell, row_abs=True, col_abs=True)
    book.book.define_name(name, f"='{sheet.get_name()}'!{place}")
