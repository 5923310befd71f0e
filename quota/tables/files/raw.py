"""From a file to rows of cells under a heading; everything that keeps a file from being a table."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct

from quota.core.problems import Problem, Severity
from quota.core.text import Text, say
from quota.core.units import InputFile
from quota.tables.files.csv_rows import csv_sheet
from quota.tables.files.encodings import decode, from_font
from quota.tables.files.form import Form, score, table_in
from quota.tables.files.sheets import NotATableError, Remark, Row, Sheet, inert, is_workbook
from quota.tables.files.sources import file_bytes, read_bytes
from quota.tables.files.uncomputed import formula_problems
from quota.tables.files.wordings import DEFAULT, Wordings
from quota.tables.shipped.embedded import known_copy

__all__ = ["NotATableError", "RawTable", "ReadOptions", "Row", "file_bytes", "read_table"]


class ReadOptions(Struct, frozen=True):
    """What a user settles where the program would look for itself; None looks.

    `encoding` is one of `encodings.ENCODINGS`, `sheet` a sheet's name or its number from 1, `header_row` the
    row the heading starts on, as a spreadsheet counts.
    """

    encoding: str | None = None
    sheet: str | None = None
    header_row: int | None = None
    wordings: Wordings = DEFAULT


AS_FOUND = ReadOptions()


class RawTable(Struct, frozen=True):
    """A table before its columns are understood."""

    file: str
    header: tuple[str, ...]
    rows: tuple[Row, ...]
    source: InputFile | None = None
    problems: tuple[Problem, ...] = ()
    province: str = ""
    """The province the whole table is about, where that is known."""
    sheet: str | None = None
    header_row: int = 1
    wordings: Wordings = DEFAULT
    granting: bool = False
    """Whether its title says that it grants posts."""
    totals: tuple[Row, ...] = ()
    """Rows of totals, with a cell under each heading; they are not among `rows`."""

    @property
    def columns(self) -> tuple[str | None, ...]:
        """The column that each heading means."""
        return self.wordings.columns_of(self.header, granting=self.granting)

    def problem(
        self,
        code: str,
        message: Text,
        fix: Text | None = None,
        *,
        severity: Severity = Severity.ERROR,
        row: int | None = None,
        column: str | None = None,
        value: str | None = None,
    ) -> Problem:
        """A problem of this file."""
        return Problem(code, severity, message, fix, self.file, row, column, value, self.sheet)


def read_table(
    path: Path, label: str, options: ReadOptions = AS_FOUND, wanted: Sequence[str] = ()
) -> RawTable:
    """The table in the file at `path`, called `label` in messages. Never raises: see `problems`.

    Of a workbook's sheets the one with most of the `wanted` columns is read; two that have as many are an
    error, unless `options` name one.
    """
    try:
        content = read_bytes(path, label)
        sheet, found = _sheet(content, options, wanted)
        sheet = inert(sheet)
        form = table_in(sheet, options.wordings, wanted, options.header_row)
    except NotATableError as error:
        problem = Problem(
            error.code, Severity.ERROR, error.message, error.fix, file=label, row=error.row, sheet=error.sheet
        )
        return RawTable(label, (), (), problems=(problem,))
    rows, ragged = _even(form, label, sheet.name)
    remarks = [
        Problem(
            remark.code,
            Severity.INFORMATION,
            remark.message,
            remark.fix,
            label,
            remark.row,
            remark.column,
            remark.value,
            sheet.name,
        )
        for remark in (*found, *sheet.remarks, *form.remarks)
    ]
    digest = hashlib.sha256(content).hexdigest()
    copy = known_copy(digest)
    source = InputFile(label, digest, len(rows), copy is not None and copy.illustrative)
    return RawTable(
        label,
        form.header,
        rows,
        source,
        (*remarks, *formula_problems(form, sheet, label, options.wordings), *ragged),
        copy.province if copy else "",
        sheet.name,
        form.header_row,
        options.wordings,
        form.granting,
        tuple(row for row in form.totals if len(row.cells) == len(form.header)),
    )


def _sheet(content: bytes, options: ReadOptions, wanted: Sequence[str]) -> tuple[Sheet, list[Remark]]:
    if is_workbook(content):
        from quota.tables.files.workbook import (
            workbook_sheets,  # what unpacks and opens them is loaded only for one
        )

        return _chosen(workbook_sheets(content), options, wanted)
    decoded = decode(content, options.encoding)
    remarks = []
    if decoded.encoding != "utf-8":
        remarks.append(Remark("encoding", say("read as {encoding}", encoding=decoded.encoding)))
    if decoded.was_decomposed:
        remarks.append(Remark("decomposed", say("marks written apart from their letters (NFD) were joined")))
    text, font = decoded.text, None
    if options.encoding is None and (font := from_font(text)):
        text = font[0](text)
        message = say("text for an old {encoding} font, read as Vietnamese", encoding=font[1])
        remarks.append(Remark("legacy-font", message, say("give --encoding utf-8 to keep it as it is")))
    return csv_sheet(text), remarks


def _chosen(
    sheets: Sequence[Sheet], options: ReadOptions, wanted: Sequence[str]
) -> tuple[Sheet, list[Remark]]:
    names = ", ".join(f'"{sheet.name}"' for sheet in sheets)
    if options.sheet is not None:
        asked = options.sheet
        called = {sheet.name for sheet in sheets}
        for place, sheet in enumerate(sheets, start=1):
            if asked == sheet.name or (asked == str(place) and asked not in called):
                return sheet, []
        raise NotATableError(
            "no-such-sheet",
            say('no sheet is called "{sheet}"', sheet=asked),
            say("one of {names}", names=names),
        )
    filled = [sheet for sheet in sheets if sheet.rows]
    if len(filled) < 2:
        return (filled or list(sheets) or [Sheet(None, [])])[0], []
    scores = [score(sheet, options.wordings, wanted) for sheet in filled]
    best = [sheet for sheet, known in zip(filled, scores, strict=True) if known == max(scores)]
    if len(best) > 1:
        raise NotATableError(
            "several-sheets",
            say(
                "several sheets could be the table: {names}",
                names=", ".join(f'"{sheet.name}"' for sheet in best),
            ),
            say("name one with --sheet"),
        )
    return best[0], [
        Remark("sheet", say("read from the sheet {name}, of {names}", name=best[0].name, names=names))
    ]


def _even(form: Form, label: str, sheet: str | None) -> tuple[tuple[Row, ...], tuple[Problem, ...]]:
    """The rows that have a cell for each heading; each other one is a problem."""
    width = len(form.header)
    rows = tuple([row for row in form.rows if len(row.cells) == width])
    if len(rows) == len(form.rows):
        return rows, ()
    problems: list[Problem] = []
    for row in form.rows:
        if len(row.cells) == width:
            continue
        message = say("{n} cells under {headings} headings", n=len(row.cells), headings=width)
        fix = say("put a text with a comma in double quotes; leave an unknown cell empty, with its comma")
        problems.append(
            Problem("ragged-row", Severity.ERROR, message, fix, file=label, row=row.number, sheet=sheet)
        )
    return rows, tuple(problems)
