"""A frame's numbers in cells with names, and the formulas that calculate a quota from them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgspec import Struct

from quota.core.blocs import Bloc
from quota.core.text import LocalText, Text, say
from quota.core.units import UnitType
from quota.norms.arithmetic.expression import (
    Constant,
    Quotient,
)
from quota.norms.arithmetic.rounding import Rounding, way_in_words
from quota.norms.files.keys import heading
from quota.norms.language.bloc_rule import BlocRule
from quota.norms.language.total import TotalRule
from quota.norms.schema import Frame
from quota.render.audit.formulas import cell_name, minimum_name
from quota.render.audit.words import frame_lines
from quota.render.kit.words import TYPE_WORDS, words
from quota.render.kit.workbook import CELL, Book

SHEET = say("Rule")
INPUT: dict[str, object] = {"bg_color": "#FFF6D6", "align": "center", "border": 1, "border_color": "#B8C0CC"}


class _Numbers:
    """Every number and way of rounding that the formulas refer to, in the order of the frame."""

    def __init__(self, frame: Frame) -> None:
        self.values: dict[str, int | Rounding] = {}
        for unit_type in UnitType:
            for ends in frame.norm(unit_type).grants:
                for number in (ends.low, ends.high):
                    self._collect(number)
        stems = list(dict.fromkeys(_place(said)[0] for said in self.values))
        ordered = sorted(self.values, key=lambda said: (stems.index(_place(said)[0]), _place(said)[1]))
        self.values = {said: self.values[said] for said in ordered}

    def _collect(self, part: object) -> None:
        if isinstance(part, Constant) and part.said:
            self.values.setdefault(part.said, part.value)
        if isinstance(part, Quotient) and part.said:
            self.values.setdefault(part.said, part.rounding)
        if isinstance(part, Struct):
            for field in part.__struct_fields__:
                inner = getattr(part, field)
                for each in inner if isinstance(inner, tuple) else (inner,):
                    self._collect(each)


def _place(said: str) -> tuple[str, tuple[int, ...]]:
    """In which list of the frame a number is said, and in which places of it: bands are in their order."""
    parts = said.split(".")
    places = [place for place, part in enumerate(parts) if part.isdigit()]
    if not places:
        return said, ()
    return ".".join(parts[: places[0]]), tuple([int(parts[place]) for place in places])


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
    book.heading(sheet, row, [words(text) for text in headings])
    sheet.set_row(row, 34)
    numbers = _Numbers(frame).values
    rules = _rules(frame)
    general = say("all the others") if any(kind for _, kind, _, _ in rules) else say("all")
    for bloc, kind, rule, path in rules:
        row += 1
        _write_rule(book, sheet, row, _Rule(bloc, kind, rule, path), general, numbers)
    if frame.total is not None:
        row += 1
        _write_total(book, sheet, row, frame, frame.total)
    row += 2
    for unit_type, minimum in frame.summary().minimum_population.items():
        what = say("Minimum population of a new unit: {type}", type=TYPE_WORDS[unit_type])
        sheet.merge_range(row, 0, row, 1, "", book.style(**CELL))
        book.text(sheet, row, 0, words(what), **CELL)
        _named(book, sheet, (row, 2), minimum_name(unit_type), minimum)
        row += 1
    for said, value in numbers.items():  # what has no column above: ceilings, bands, further increments
        sheet.merge_range(row, 0, row, 1, "", book.style(**CELL))
        book.text(sheet, row, 0, words(heading(said.removeprefix("blocs."))), **CELL)
        _write_number(book, sheet, (row, 2), said, value)
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


class _Rule(Struct, frozen=True):
    """One bloc's rule for one type of unit (None: every type without a rule of its own), and its path."""

    bloc: Bloc
    unit_type: UnitType | None
    rule: BlocRule
    path: str


def _rules(frame: Frame) -> list[tuple[Bloc, UnitType | None, BlocRule, str]]:
    """Every rule of the frame once, by bloc, the general one first."""
    found = []
    for bloc in frame.order:
        paths = {frame.path_of(unit_type, bloc): unit_type for unit_type in UnitType}
        for path, unit_type in sorted(paths.items(), key=lambda pair: pair[0].startswith("unit_types")):
            own = unit_type if path.startswith("unit_types") else None
            found.append((bloc, own, frame.rules_for(unit_type)[bloc], path))
    return found


def _notes(frame: Frame) -> Iterator[LocalText]:
    if frame.minimum_population is not None and frame.minimum_population.note is not None:
        yield frame.minimum_population.note.text
    for unit_type in UnitType:
        note = frame.type_rule(unit_type).note
        if note is not None:
            yield note.text
    if frame.notes is not None:
        yield frame.notes.text


def _write_rule(
    book: Book, sheet: Any, row: int, own: _Rule, general: Text, numbers: dict[str, int | Rounding]
) -> None:
    """The row of a rule: the numbers that have a column, which are taken out of `numbers`."""
    book.text(sheet, row, 0, words(own.bloc.name), **CELL)
    whose = TYPE_WORDS[own.unit_type] if own.unit_type else general
    book.text(sheet, row, 1, words(whose), **CELL)
    places = {
        2: ("base", "range.low"),
        3: ("range.high",),
        4: ("increment.posts",),
        5: ("increment.per_residents",),
        6: ("increment.above",),
        7: ("increment.rounding",),
    }
    for column, keys in places.items():
        said = next((f"{own.path}.{key}" for key in keys if f"{own.path}.{key}" in numbers), None)
        if said is None:
            book.text(sheet, row, column, "", **CELL)
        else:
            _write_number(book, sheet, (row, column), said, numbers.pop(said))
    cited = [own.rule.source, *(increment.source for increment in own.rule.increments)]
    cited += [supplement.source for supplement in own.rule.supplements]
    book.text(sheet, row, 8, ", ".join(dict.fromkeys(source for source in cited if source)), **CELL)


def _write_total(book: Book, sheet: Any, row: int, frame: Frame, total: TotalRule) -> None:
    """The row of the bounds of all blocs together: which bloc keeps them, and who says so."""
    (adjusts,) = (bloc for bloc in frame.order if bloc == total.adjusts)
    book.text(sheet, row, 0, words(say("All blocs together")), **CELL)
    book.text(sheet, row, 1, words(say("all")), **CELL)
    said = say("bounds below; {bloc} takes the difference", bloc=adjusts.name)
    sheet.merge_range(row, 2, row, 7, "", book.style(**CELL))
    book.text(sheet, row, 2, words(said), **CELL)
    book.text(sheet, row, 8, total.source, **CELL)


def _write_number(book: Book, sheet: Any, cell: tuple[int, int], said: str, value: int | Rounding) -> None:
    row, column = cell
    if not isinstance(value, Rounding):
        _named(book, sheet, cell, cell_name(said), value)
        return
    choices = [words(way_in_words(way)) for way in Rounding]
    book.text(sheet, row, column, words(way_in_words(value)), **INPUT)
    sheet.data_validation(row, column, row, column, {"validate": "list", "source": choices})
    _name(book, sheet, cell, cell_name(said))


def _named(book: Book, sheet: Any, cell: tuple[int, int], name: str, value: int) -> None:
    row, column = cell
    book.value(sheet, row, column, value, **INPUT)
    if value >= 0:
        least = 1 if name.endswith(("_per_residents", "_per")) else 0
        rule = {"validate": "integer", "criteria": ">=", "value": least}
        sheet.data_validation(row, column, row, column, rule)
    _name(book, sheet, cell, name)


def _name(book: Book, sheet: Any, cell: tuple[int, int], name: str) -> None:
    from xlsxwriter.utility import xl_rowcol_to_cell

    place = xl_rowcol_to_cell(*cell, row_abs=True, col_abs=True)
    book.book.define_name(name, f"='{sheet.get_name()}'!{place}")
