"""One result, four forms; each is made only when it is asked for."""

from __future__ import annotations

import csv
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from enum import StrEnum
from itertools import groupby, repeat
from types import NoneType
from typing import TYPE_CHECKING, cast

from msgspec import Struct

from quota.core.characters import MARKED, coded, guarded, hides, pattern
from quota.render.kit.words import as_markdown

if TYPE_CHECKING:
    from rich.console import RenderableType

Cell = str | int | float | bool | None


class Format(StrEnum):
    """How a result is written: for people (table, markdown, xlsx) or for programs (csv, json)."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"
    MARKDOWN = "markdown"
    XLSX = "xlsx"


class Table(Struct, frozen=True):
    """Headings and the cells under each, column by column; it is read as a header and rows."""

    header: Sequence[str]
    columns: Sequence[Sequence[Cell]]

    def __iter__(self) -> Iterator[Sequence[Cell]]:
        yield self.header
        yield from zip(*self.columns, strict=True)


class Rendering(Struct, frozen=True):
    """How to write one result.

    `json` gives plain values, `rows` a header and rows for CSV, `markdown` a page, `terminal` what rich
    prints at a width in columns, `workbook` an Excel file; without it a workbook is the rows of the CSV.
    """

    json: Callable[[], object]
    rows: Callable[[], Iterable[Sequence[Cell]]]
    markdown: Callable[[], str]
    terminal: Callable[[int], RenderableType]
    workbook: Callable[[], bytes] | None = None

    def text(self, form: Format) -> str:
        """The result as text: JSON, CSV or Markdown."""
        if form is Format.JSON:
            return json_text(self.json())
        if form is Format.CSV:
            return csv_text(self.rows())
        with as_markdown():
            return self.markdown()


def encoded(text: str) -> bytes:
    """The bytes of a text's file; a character that no file can hold is written as its code."""
    return text.encode("utf-8", errors="backslashreplace")


def json_text(value: object) -> str:
    """JSON text. Characters that act or hide (control, direction) are written as JSON escapes."""
    import json

    text = json.dumps(value, ensure_ascii=False, indent=2) + "\n"
    if text.replace("\n", "").isprintable():
        return text
    return "".join(
        json.dumps(character)[1:-1] if character != "\n" and hides(character) else character
        for character in text
    )


_TRUTH = {True: "true", False: "false"}


def _csv_cell(cell: Cell) -> str:
    if isinstance(cell, str):
        return guarded(cell if cell.isprintable() else coded(cell))
    return "" if cell is None else _TRUTH[cell] if isinstance(cell, bool) else str(cell)


class _Counts(dict[int | None, str]):
    """Counts as they are written, each made once; an unknown one is empty."""

    def __missing__(self, count: int | None) -> str:
        text = self[count] = _csv_cell(count)
        return text


def _csv_column(cells: Sequence[Cell], kinds: set[type], counts: _Counts) -> Sequence[str] | str:
    """The cells under one heading, of these kinds, as texts; or the one text of all of them.

    Nearly every column is counts, or texts that need no change.
    """
    if (
        len(kinds) == 1
        and float not in kinds
        and cells[0] == cells[-1]
        and cells.count(cells[0]) == len(cells)
    ):
        return _csv_cell(cells[0])
    if kinds <= {int, NoneType}:
        return list(map(counts.__getitem__, cast("Sequence[int | None]", cells)))
    if kinds == {str}:
        texts = cast("Sequence[str]", cells)
        return texts if _are_plain(set(texts)) else list(map(_csv_cell, texts))
    if len(kinds - {NoneType}) == 1 and float not in kinds:  # 0.0 equals -0.0
        written = {cell: _csv_cell(cell) for cell in set(cells)}
        return [written[cell] for cell in cells]
    return list(map(_csv_cell, cells))


def _are_plain(texts: Collection[str]) -> bool:
    """Whether each of these texts is written as it is, but for the quotes around it."""
    return MARKED.isdisjoint([text[:1] for text in texts]) and "".join(texts).isprintable()


def _csv_columns(columns: Sequence[Sequence[Cell]]) -> tuple[list[Sequence[str] | str], bool]:
    """The cells under each heading, as `_csv_column`, and whether any needs quotes.

    A column that is there again is written once. Only texts can need quotes.
    """
    counts = _Counts()
    made: dict[int, Sequence[str] | str] = {}
    need_quotes = False
    for key, cells in {id(cells): cells for cells in columns}.items():
        kinds = set(map(type, cells))
        texts = made[key] = _csv_column(cells, kinds, counts)
        need_quotes = need_quotes or (str in kinds and _need_quotes(texts))
    return [made[id(cells)] for cells in columns], need_quotes


def _need_quotes(texts: Sequence[str] | str) -> bool:
    """Whether any of these cells has a mark for which it is put in quotes."""
    together = "".join(texts)
    return any(mark in together for mark in ('"', ",", "\n", "\r"))


def _joined(columns: Sequence[Sequence[str] | str], rows: int) -> Iterator[str]:
    """The lines of columns in which no cell needs quotes; what all rows say is joined once for all."""
    parts: list[Iterable[str]] = []
    for alike, group in groupby(columns, key=lambda cells: isinstance(cells, str)):
        if alike:
            parts.append(repeat(",".join(map("".join, group)), rows))
        else:
            parts += group
    return map(",".join, zip(*parts, strict=True))


class _Lines(list[str]):
    """Written rows, each ended by a line feed alone."""

    def write(self, line: str) -> None:
        """Take a row."""
        self.append(line.removesuffix("\r\n") + "\n")


def _columns_of(rows: Iterable[Sequence[Cell]]) -> tuple[Sequence[Cell], Sequence[Sequence[Cell]]]:
    """The headings of rows, and the cells under each."""
    if isinstance(rows, Table):
        return rows.header, rows.columns
    header, *body = rows
    return header, list(zip(*body, strict=True))


def csv_text(rows: Iterable[Sequence[Cell]]) -> str:
    """CSV: true and false in small letters, unknown as an empty cell, no text that is taken for a formula.

    `rows` are a header and rows as long as it.
    """
    header, given = _columns_of(rows)
    headings = [_csv_cell(cell) for cell in header]
    (columns, need_quotes), height = _csv_columns(given), len(given[0]) if given else 0
    if height and len(headings) > 1 and not (need_quotes or _need_quotes(headings)):
        return "\n".join([",".join(headings), *_joined(columns, height)]) + "\n"
    whole = [repeat(cells, height) if isinstance(cells, str) else cells for cells in columns]
    out = _Lines()
    csv.writer(out).writerow(headings)
    csv.writer(out).writerows(zip(*whole, strict=True))  # which ends lines by \r\n: a lone \r is in quotes
    return "".join(out)


_BARE_BAR = pattern(r"(?<!\\)\|")


def markdown_table(header: Sequence[str], rows: Iterable[Sequence[str]], numeric_from: int = 1) -> str:
    """A Markdown table of words that are Markdown; columns from `numeric_from` on are on the right."""

    def line(cells: Iterable[str]) -> str:
        safe = (_BARE_BAR.sub(r"\\|", cell).replace("<", "&lt;") for cell in cells)
        return "| " + " | ".join(safe) + " |"

    rule = ["---" if place < numeric_from else "---:" for place in range(len(header))]
    return "\n".join([line(header), "| " + " | ".join(rule) + " |", *(line(row) for row in rows)]) + "\n"
