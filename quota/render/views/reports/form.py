"""An empty form as a workbook: headings with notes, drop-downs, checks on what is typed, example rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct

from quota.core.blocs import Blocs
from quota.core.how_read import letter
from quota.core.reading import Example, FormColumn, FormLayout, Holds
from quota.core.text import LocalText, Text, say
from quota.core.units import Unit, UnitType
from quota.render.kit.language import Language, language
from quota.render.kit.words import words
from quota.render.kit.workbook import CELL, Book, Value, date_format

ROWS = 2_000
"""As many rows have drop-downs and checks."""
_LISTS = "lists"
"""The hidden sheet that the drop-downs are taken from; hidden sheets are not read."""
_MOST_OF_A_MESSAGE = 255
_EXAMPLE = {"italic": True, "font_color": "#5B6472"}


class Filling(Struct, frozen=True):
    """What the drop-downs offer: units (none: no drop-down for them), blocs of the frame, fields of work.

    `examples` are the units that example rows are about: the first, and where there are two, the second.
    """

    units: Sequence[Unit]
    examples: Sequence[Unit]
    blocs: Blocs
    fields: Sequence[LocalText]


class _Cell(Struct, frozen=True):
    """A column of the sheet: one of the layout, or one bloc's of it. `place` counts its units' columns."""

    column: FormColumn
    heading: str
    place: int = 0


def form_book(layout: FormLayout, filling: Filling) -> bytes:
    """The workbook of an empty form; the same form for the same lists gives the same bytes."""
    book = Book(words(layout.title))
    sheet = book.sheet(Text("{title}", {"title": layout.title}))
    sheet.set_header(f"&C&B{words(layout.title).replace('&', '&&')}")
    cells = list(_cells(layout, filling.blocs))
    book.heading(sheet, 0, [cell.heading for cell in cells])
    sheet.set_row(0, 32)
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    choices = {place: offered for place, cell in enumerate(cells) if (offered := _choices(cell, filling))}
    ranges = _lists(book, choices)
    for place, cell in enumerate(cells):
        _column(book, sheet, place, cell, ranges.get(place))
        for row, example in enumerate(layout.examples, start=1):
            value = _example(cell, example.get(cell.column.column), filling)
            book.value(sheet, row, place, value, **{**CELL, **_format(cell), **_EXAMPLE})
    return book.content()


def _cells(layout: FormLayout, blocs: Blocs) -> Iterator[_Cell]:
    units = 0
    for column in layout.columns:
        if column.holds is Holds.BLOCS:
            for bloc in blocs:
                heading = words(bloc.name) if language() is Language.VI else str(bloc)
                yield _Cell(column, heading)
        else:
            apart = column.holds in (Holds.CODE, Holds.UNIT) and column.column not in ("code", "name")
            yield _Cell(column, words(column.heading), units if apart else 0)
            units += apart


def _choices(cell: _Cell, filling: Filling) -> list[str]:
    """What a drop-down offers; nothing where it is typed."""
    offered: Mapping[Holds, Callable[[], list[str]]] = {
        Holds.CODE: lambda: [unit.code for unit in filling.units],
        Holds.UNIT: lambda: [unit.name for unit in filling.units],
        Holds.CHOICE: lambda: [words(choice) for choice in cell.column.choices],
        Holds.BLOC: lambda: [
            words(bloc.name) if language() is Language.VI else str(bloc) for bloc in filling.blocs
        ],
        Holds.FIELDS: lambda: [words(field) for field in filling.fields],
    }
    return offered[cell.column.holds]() if cell.column.holds in offered else []


def _lists(book: Book, choices: Mapping[int, list[str]]) -> dict[int, str]:
    """The choices on a hidden sheet, each in a column of its own, and where each is."""
    if not choices:
        return {}
    sheet = book.book.add_worksheet(_LISTS)
    sheet.hide()
    for column, offered in choices.items():
        for row, text in enumerate(offered):
            book.text(sheet, row, column, text)
    return {
        column: f"={_LISTS}!${letter(column)}$1:${letter(column)}${len(offered)}"
        for column, offered in choices.items()
    }


def _column(book: Book, sheet: Any, place: int, cell: _Cell, source: str | None) -> None:
    """Width and form of a column, its note, what may be typed in it."""
    note = words(cell.column.note)
    typed = {"num_format": date_format()} if cell.column.holds is Holds.DAY else _format(cell)
    sheet.set_column(place, place, cell.column.width, book.style(**typed))
    sheet.write_comment(0, place, note, {"x_scale": 1.6, "y_scale": 0.9, "author": ""})
    check: dict[str, object] = {
        "validate": "any",
        "input_title": cell.heading[:32],
        "input_message": note[:_MOST_OF_A_MESSAGE],
        "error_type": "warning",
    }
    if source is not None:
        error = words(say("This is none of the list. Leave it all the same?"))
        check |= {"validate": "list", "source": source, "error_message": error}
        if cell.column.holds is Holds.FIELDS and cell.column.column == "fields":
            check["show_error"] = False  # several may be in a cell
    elif cell.column.holds in (Holds.COUNT, Holds.BLOCS):
        error = words(say("A whole number of people, 0 or more; empty where unknown."))
        check |= {"validate": "integer", "criteria": ">=", "value": 0, "error_message": error}
    elif cell.column.holds is Holds.MEASURE:
        error = words(say("A number, 0 or more; empty where unknown."))
        check |= {"validate": "decimal", "criteria": ">=", "value": 0, "error_message": error}
    elif cell.column.holds is Holds.DAY:
        error = words(say("A day, as 31/01/2026."))
        first = dt.date(1930, 1, 1)
        check |= {"validate": "date", "criteria": ">=", "value": first, "error_message": error}
    sheet.data_validation(1, place, ROWS, place, check)


def _format(cell: _Cell) -> dict[str, object]:
    """Codes are text, so that they keep their zeros."""
    return {"num_format": "@"} if cell.column.holds is Holds.CODE else {}


def _example(cell: _Cell, given: Example | None, filling: Filling) -> Value:
    """What an example row has in a cell."""
    holds = cell.column.holds
    unit = filling.examples[min(cell.place, len(filling.examples) - 1)]
    if holds is Holds.CODE:
        return unit.code
    if holds is Holds.UNIT:
        return unit.name
    if cell.column.column == "type" and given is None and cell.column.choices:
        return cell.column.choices[list(UnitType).index(unit.type)]
    if holds in (Holds.BLOC, Holds.FIELDS) and isinstance(given, int):
        offered = _choices(cell, filling)
        return offered[min(given, len(offered) - 1)]
    if holds is Holds.DAY and isinstance(given, str):
        return dt.date.fromisoformat(given)
    return given
