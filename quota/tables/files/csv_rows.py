"""From text to rows: CSV with whatever delimiter the file keeps to."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import islice

from quota.core.characters import pattern, unguarded
from quota.core.text import say
from quota.tables.files.sheets import Bounds, NotATableError, Remark, Row, Sheet, within_bounds

DELIMITERS = ",;\t|"
_LOOKED_AT = 60
_AT_ONCE = 4_000_000
"""Up to this many characters all rows are taken at once; more are refused at the first row too many."""
_NAMES = {";": "semicolon", "\t": "tab", "|": "bar"}
_EXCEL_SAYS = pattern(r"sep=([,;\t|])\r?\n", re.IGNORECASE)


def csv_sheet(text: str) -> Sheet:
    """The rows of a CSV text. Raises `NotATableError` where quotes do not close, or close rows too late."""
    said = _EXCEL_SAYS.match(text) if text[:4].lower() == "sep=" else None
    skipped = 1 if said else 0
    if said:
        text = text[said.end() :]
    delimiter = said.group(1) if said else _delimiter(text)
    remarks: tuple[Remark, ...] = ()
    if delimiter != ",":
        remarks = (Remark("delimiter", say("cells are separated by: {name}", name=_NAMES[delimiter])),)
    return Sheet(None, _records(text, delimiter, skipped), remarks)


def _delimiter(text: str) -> str:
    """The one that cuts most of the first rows into equally many cells; of two such, into more."""
    head = text[:20_000]
    present = [mark for mark in DELIMITERS if mark in head]
    if present in ([","], []):
        return ","
    return max(present, key=lambda mark: _agreement(head, mark))


def _agreement(head: str, delimiter: str) -> tuple[int, int]:
    widths: Counter[int] = Counter()
    try:
        for cells in islice(csv.reader(io.StringIO(head, newline=""), delimiter=delimiter), _LOOKED_AT):
            if any(cells):
                widths[len(cells)] += 1
    except csv.Error:
        return 0, 0
    several = [(many, width) for width, many in widths.items() if width > 1]
    return max(several, default=(0, 0))


def _records(text: str, delimiter: str, skipped: int) -> list[Row]:
    """The rows with anything in them: all at once where nothing about them needs a closer look."""
    plain = _plain_records(text, delimiter, skipped)
    return _looked_at(text, delimiter, skipped) if plain is None else plain


def _plain_records(text: str, delimiter: str, skipped: int) -> list[Row] | None:
    """The rows of a text in which each row is a line, no bound is passed and no cell has a mark of text.

    None of any other: so its rows are looked at one by one, in their order.
    """
    if len(text) > _AT_ONCE or any(f"{before}'" in text for before in (delimiter, "\n", "\r", '"')):
        return None
    reader = csv.reader(io.StringIO(text, newline=""), strict=True, delimiter=delimiter)
    try:
        every = list(reader)
    except csv.Error:
        return None
    rows = [
        Row(number, tuple(cells))
        for number, cells in enumerate(every, start=skipped + 1)
        if (cells and cells[0].strip()) or any(map(str.strip, cells))
    ]
    longest = max(map(len, text.split("\n")))
    if text.startswith("'") or reader.line_num > len(every) or not within_bounds(rows, len(every), longest):
        return None
    return rows


def _looked_at(text: str, delimiter: str, skipped: int) -> list[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True, delimiter=delimiter)
    number, line, bounds = skipped, 0, Bounds()
    rows: list[Row] = []
    try:
        for number, cells in enumerate(reader, start=skipped + 1):
            if not any(map(str.strip, cells)):
                bounds.blank(number)
            else:
                written = bounds.row(number, cells)
                if reader.line_num > line + 1:
                    _refuse_swallowed(number, cells, delimiter)
                rows.append(Row(number, tuple(map(unguarded, cells) if "'" in written else cells)))
            line = reader.line_num
    except csv.Error as error:
        if "field limit" in str(error):
            bounds.long_cell(number + 1)
        raise NotATableError(
            "not-csv",
            say("not CSV: {why}", why=error),
            say("close every double quote; write a quote inside a text twice"),
            number + 1,
        ) from error
    return rows


def refuse_swallowed(lines: Iterable[str]) -> None:
    """Raise `NotATableError` at the first row of a CSV text whose quotes hold what look like rows."""
    reader, number, line = csv.reader(lines), 0, 0
    try:
        for number, cells in enumerate(reader, start=1):
            if reader.line_num > line + 1:
                _refuse_swallowed(number, cells, ",")
            line = reader.line_num
    except csv.Error as error:
        raise NotATableError(
            "swallowed-rows",
            say("a quoted cell has no end within {n} characters", n=csv.field_size_limit()),
            say("close the double quote where the text ends, or take the line breaks out of it"),
            number + 1,
        ) from error


def _refuse_swallowed(number: int, cells: Sequence[str], delimiter: str) -> None:
    """A quote that is opened in one row and closed in a later one makes a single cell of all between them.

    Text over several lines is told from that by its marks: between words a space follows them.
    """
    for cell in cells:
        breaks = len(cell.splitlines()) - 1
        marks = cell.count(delimiter) - cell.count(f"{delimiter} ")
        if breaks > 0 and len(cells) > 1 and marks >= breaks * (len(cells) - 1):
            raise NotATableError(
                "swallowed-rows",
                say("a quoted cell runs over {n} lines and holds what look like rows", n=breaks + 1),
                say("close the double quote where the text ends, or take the line breaks out of it"),
                number,
            )
