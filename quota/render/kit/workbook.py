"""Excel workbooks, laid out for A4; the same result gives the same bytes.

Text is always written as text: what starts with `=`, `+`, `-` or `@` is no formula, also after it is edited.
"""

from __future__ import annotations

import datetime as dt
import io
import math
import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from quota.core.text import LocalText, Text, say
from quota.render.kit.language import Language, language
from quota.render.kit.rendering import Cell
from quota.render.kit.words import separated, words

if TYPE_CHECKING:
    from quota.render.kit.grid import Column, Grid
    from quota.render.kit.page import Page

FONT = "Times New Roman"
INK, PALE, LINE = "#1F2A44", "#E8ECF4", "#B8C0CC"
SHORT_INK, SURPLUS_INK = "#B42318", "#1D5FA8"
_FIRST_MADE = dt.datetime(2025, 7, 1)
_MOST_IN_A_CELL = 32_000
LINE_HEIGHT = 15.5
"""A line's height in points."""
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\]")
_RISKY = ("=", "+", "-", "@", "\t", "\r")

Value = Cell | Text | LocalText | dt.date


class Book:
    """A workbook being written; `content` closes it and gives its bytes."""

    def __init__(self, title: str, made: dt.date | None = None) -> None:
        import xlsxwriter

        self._bytes = io.BytesIO()
        self.book: Any = xlsxwriter.Workbook(self._bytes, {"in_memory": True})
        self.book.calc_on_load = (
            False  # every formula is written with its value: none is left to be worked out
        )
        created = dt.datetime(made.year, made.month, made.day) if made else _FIRST_MADE
        self.book.set_properties({"title": title, "created": created})
        self._formats: dict[tuple[tuple[str, object], ...], Any] = {}

    def content(self) -> bytes:
        """The whole file."""
        self.book.close()
        return self._bytes.getvalue()

    def style(self, **wanted: object) -> Any:
        """A cell format; the same wishes give the same format."""
        key = tuple(sorted(wanted.items()))
        if key not in self._formats:
            base = {"font_name": FONT, "font_size": 11, "valign": "vcenter"}
            self._formats[key] = self.book.add_format({**base, **wanted})
        return self._formats[key]

    def sheet(self, name: Text) -> Any:
        """A new sheet, A4, its pages numbered, as wide as the paper."""
        from quota.render.kit.sheet import PlainFormulas  # what writes workbooks is loaded only for one

        title = _NOT_IN_NAMES.sub(" ", words(name))[:31].strip(" '")
        sheet = self.book.add_worksheet(title, worksheet_class=PlainFormulas)
        sheet.set_paper(9)
        sheet.set_landscape()
        sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
        sheet.fit_to_pages(1, 0)
        sheet.set_footer(f"&L{words(name)}&R&P / &N")
        sheet.hide_gridlines(2)
        return sheet

    def text(self, sheet: Any, row: int, column: int, text: str, **style: object) -> None:
        """Write a text, also one that looks like a number or a formula."""
        kept = text[:_MOST_IN_A_CELL]
        if kept.startswith(_RISKY):
            style = {**style, "quote_prefix": True}
        sheet.write_string(row, column, kept, self.style(**style))

    def value(self, sheet: Any, row: int, column: int, value: Value, **style: object) -> None:
        """A value as what it is: number, date, yes or no, words; unknown is an empty cell."""
        if value is None:
            sheet.write_blank(row, column, None, self.style(**style))
        elif isinstance(value, bool):
            self.text(sheet, row, column, words(say("yes") if value else say("no")), **style)
        elif isinstance(value, int):
            sheet.write_number(row, column, value, self.style(num_format=number_format(), **style))
        elif isinstance(value, float):
            sheet.write_number(row, column, value, self.style(**style))
        elif isinstance(value, dt.date):
            date_style = self.style(num_format=date_format(), align="left", **style)
            sheet.write_datetime(row, column, dt.datetime(value.year, value.month, value.day), date_style)
        else:
            self.text(sheet, row, column, words(value), **style)

    def heading(self, sheet: Any, row: int, headings: Sequence[str]) -> None:
        """A row of column headings."""
        for column, heading in enumerate(headings):
            self.text(sheet, row, column, heading, **HEADING)


HEADING: dict[str, object] = {
    "bold": True,
    "bg_color": INK,
    "font_color": "#FFFFFF",
    "border": 1,
    "border_color": LINE,
    "text_wrap": True,
    "align": "center",
}
CELL: dict[str, object] = {"border": 1, "border_color": LINE, "text_wrap": True, "valign": "top"}
_FIGURES: dict[str, object] = {**CELL, "align": "right"}


def number_format() -> str:
    """Thousands apart as the reader's language writes them."""
    return "[$-42A]#,##0" if language() is Language.VI else "#,##0"


def date_format() -> str:
    """Dates as the reader's language writes them."""
    return "dd/mm/yyyy" if language() is Language.VI else "yyyy-mm-dd"


def table_sheet(
    book: Book,
    name: Text,
    headings: Sequence[str],
    rows: Iterable[Sequence[Value]],
    widths: Sequence[int],
    *,
    numeric: Sequence[bool] = (),
    closing: Sequence[Text] = (),
) -> Any:
    """A sheet that is one table: headings that stay in sight and repeat on every page, a filter, rows.

    Words in columns that are `numeric` stand where figures do; `closing` is said under the table.
    """
    sheet = book.sheet(name)
    book.heading(sheet, 0, headings)
    last = 0
    for last, cells in enumerate(rows, start=1):
        for column, value in enumerate(cells):
            figures = column < len(numeric) and numeric[column]
            book.value(sheet, last, column, value, **(_FIGURES if figures else CELL))
        sheet.set_row(last, LINE_HEIGHT * _lines(cells, widths))
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    for place, line in enumerate(closing, start=last + 2):
        book.text(sheet, place, 0, words(line), italic=True)
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    if headings:
        sheet.autofilter(0, 0, last, len(headings) - 1)
    return sheet


def _lines(cells: Sequence[Value], widths: Sequence[int]) -> int:
    """How many lines the longest of these cells takes; not every program finds out for itself."""
    texts = [words(cell) if isinstance(cell, str | Text | LocalText) else "" for cell in cells]
    return max(lines_in(text, width) for text, width in zip(texts, widths, strict=True))


def lines_in(text: str, width: float) -> int:
    """How many lines a text takes in a column of this width, about: never too few."""
    return 1 + math.floor(len(text) / max(width - 1, 1))


def grid_book(grid: Grid) -> bytes:
    """A plain list as a workbook of one sheet."""
    columns = grid.shown()
    rows = [[grid.value(column, row[column.key]) for column in columns] for row in grid.rows]
    book = Book("quota")
    headings = [words(column.heading) for column in columns]
    _filled(book, say("Table"), headings, rows, [column.numeric for column in columns], grid.closing)
    return book.content()


def rows_book(rows: Iterable[Sequence[Cell]]) -> bytes:
    """The rows of the CSV form as a workbook of one sheet."""
    header, *others = rows
    return _one_table([str(cell) for cell in header], others)


def _one_table(headings: Sequence[str], rows: Sequence[Sequence[Value]]) -> bytes:
    book = Book("quota")
    _filled(book, say("Table"), headings, rows)
    return book.content()


def _filled(
    book: Book,
    name: Text,
    headings: Sequence[str],
    rows: Sequence[Sequence[Value]],
    numeric: Sequence[bool] = (),
    closing: Sequence[Text] = (),
) -> None:
    """A sheet that is one table, its columns as wide as their words."""
    shown = [
        [len(words(cell)) if isinstance(cell, str | Text | LocalText) else 10 for cell in row] for row in rows
    ]
    widths = [
        min(max(len(heading) + 4, *(row[place] + 2 for row in shown), 8), 60)
        for place, heading in enumerate(headings)
    ]
    table_sheet(book, name, headings, rows, widths, numeric=numeric, closing=closing)


def _figure(column: Column, value: Value) -> Value:
    """A figure written as words ("16.000") as a number, so that a sheet can sort it and add it up."""
    if not column.numeric or not isinstance(value, str):
        return value
    plain = separated(value).replace(",", "")  # the marks of Vietnamese turned back
    if re.fullmatch(r"[0-9]+", plain):
        return int(plain)
    return float(plain) if re.fullmatch(r"[0-9]+\.[0-9]+", plain) else value


def page_book(page: Page, rows: Iterable[Sequence[Cell]]) -> bytes:
    """A page: what it is about, a sheet for each table, and the figures as programs get them (`rows`)."""
    book = Book("quota")
    about = book.sheet(say("About"))
    about.set_column(0, 0, 18)
    about.set_column(1, 1, 110)
    read = say("quota reads the sheet {name}; what is changed on the others is not read.", name=say("Data"))
    lines = [*page.heading, *(("", words(line)) for line in (*page.closing, read))]
    for place, (label, text) in enumerate(lines):
        book.text(about, place, 0, label, bold=True, valign="top")
        book.text(about, place, 1, text, text_wrap=True, valign="top")
        about.set_row(place, LINE_HEIGHT * _lines([label, text], [18, 110]))
    shown = [section for section in page.sections if section.grid.rows]
    for place, section in enumerate(shown, start=1):
        grid, columns = section.grid, section.grid.shown()
        values = [
            [_figure(column, grid.value(column, row[column.key])) for column in columns] for row in grid.rows
        ]
        number = say("{n}. {title}", n=place, title=section.title or say("Table"))
        headings = [words(column.heading) for column in columns]
        _filled(book, number, headings, values, [column.numeric for column in columns], grid.closing)
    header, *others = rows
    _filled(book, say("Data"), [str(cell) for cell in header], others)
    return book.content()
