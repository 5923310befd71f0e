"""From a file to rows of cells under a heading; everything that keeps a file from being a table."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from quota.core.blocs import Blocs
from quota.core.problems import Problem, Severity
from quota.core.text import Text, say
from quota.core.units import CIVIL_SERVANTS, Employment, InputFile
from quota.tables.files.csv_rows import csv_sheet
from quota.tables.files.encodings import decode, is_unicode
from quota.tables.files.form import Form, table_in
from quota.tables.files.roles import Captioned, assigned_blocs
from quota.tables.files.sheets import NotATableError, Remark, Row, Sheet, inert, is_workbook
from quota.tables.files.sources import file_bytes, read_bytes
from quota.tables.files.wordings import DEFAULT, Wordings
from quota.tables.shipped.embedded import known_copy

if TYPE_CHECKING:
    from quota.norms.offices import Offices
    from quota.tables.files.units_said import Said

__all__ = ["NotATableError", "RawTable", "ReadOptions", "Row", "file_bytes", "read_table"]


class ReadOptions(Struct, frozen=True):
    """What a user settles where the program would look for itself; None, or no sheets, looks.

    `encoding` is one of `encodings.ENCODINGS`, `sheets` are sheets' names or numbers from 1, `header_row` is
    the row the heading starts on, as a spreadsheet counts. Of people one by one those in `counted` are, each
    in the bloc that `offices` (the shipped list where it is None) says.
    """

    encoding: str | None = None
    sheets: tuple[str, ...] = ()
    header_row: int | None = None
    wordings: Wordings = DEFAULT
    counted: tuple[Employment, ...] = CIVIL_SERVANTS
    offices: Offices | None = None

    def of_blocs(self, blocs: Blocs) -> ReadOptions:
        """The same, for tables with staff of these blocs."""
        return replace(self, wordings=self.wordings.of_blocs(blocs))


AS_FOUND = ReadOptions()
_HEADING = re.compile(rb"(?:code|name|m\xc3\xa3|stt|tt|unit)[,;\t|\"\s_]", re.IGNORECASE)


class RawTable(Captioned, frozen=True):
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
    totals: tuple[Row, ...] = ()
    """Rows of totals, with a cell under each heading; they are not among `rows`."""
    above: tuple[str, ...] = ()
    """What is above the heading: an office, a title, a day."""
    units: Mapping[str, Said] = {}
    """Units of measure that a title or a note says, by what they measure."""
    reserve: tuple[Row, ...] = ()
    """Rows of posts that are kept back, as `totals`."""
    titled: str | None = None
    """The bloc whose posts its title says that it grants, where no heading says it."""
    sums: tuple[tuple[Row, tuple[Row, ...]], ...] = ()
    """Of a table that is parted into levels each row of a sum, and the rows that it is of."""
    decimals: frozenset[tuple[int, int]] = frozenset()
    """Cells, by row and column from 1, that are numbers with decimals: a point starts these."""

    @property
    def columns(self) -> tuple[str | None, ...]:
        """The column that each heading means."""
        return self.wordings.columns_of(self.header, **self.captions())

    @property
    def assigned_blocs(self) -> tuple[str | None, ...]:
        """For each heading the bloc of which it holds the posts that a decision assigned."""
        said = self.wordings
        return assigned_blocs(
            self.header, self.columns, said.blocs, said.words, granting=self.granting, titled=self.titled
        )

    @property
    def names_people(self) -> bool:
        """Whether a column has people's names: then no problem of the table carries a cell of it."""
        return "full_name" in self.columns

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
        """A problem of this file, with the cell at fault where it names nobody."""
        value = None if value is None or self.names_people else value
        return Problem(code, severity, message, fix, self.file, row, column, value, self.sheet)

    def of_heading(
        self,
        code: str,
        message: Text,
        fix: Text | None = None,
        *,
        severity: Severity = Severity.ERROR,
        column: str | None = None,
        value: str | None = None,
    ) -> Problem:
        """A problem of the row of headings."""
        row = self.header_row
        return self.problem(code, message, fix, severity=severity, row=row, column=column, value=value)


def read_table(
    path: Path, label: str, options: ReadOptions = AS_FOUND, wanted: Sequence[str] = ()
) -> RawTable:
    """The table in the file at `path`, called `label` in messages. Never raises: see `problems`.

    Of a workbook's sheets the one with most of the `wanted` columns is read; two that have as many are an
    error, unless `options` name one.
    """
    tables = read_tables(path, label, options, wanted)
    if len(tables) == 1:
        return tables[0]
    names = ", ".join(f'"{table.sheet}"' for table in tables)
    message = say("several sheets could be the table: {names}", names=names)
    problem = Problem("several-sheets", Severity.ERROR, message, say("name one with --sheet"), file=label)
    return RawTable(label, (), (), problems=(problem,))


def read_tables(
    path: Path,
    label: str,
    options: ReadOptions = AS_FOUND,
    wanted: Sequence[str] = (),
    figures: Collection[str] = (),
) -> list[RawTable]:
    """The tables in a file: of a workbook every sheet that has as many of the `wanted` columns as any has.

    Sheets with the `figures` that such a table is about come before those without.

    A sheet that names units and of which no table is understood is an error: nothing is lost in silence.
    `options` name the sheets where they are others. Never raises: see `problems`.
    """
    try:
        content = read_bytes(path, label)
        sheets, found = _sheets(content, options, wanted, figures)
        read = [(sheet, table_in(sheet, options.wordings, wanted, options.header_row)) for sheet in sheets]
    except NotATableError as error:
        problem = Problem(
            error.code, Severity.ERROR, error.message, error.fix, file=label, row=error.row, sheet=error.sheet
        )
        return [RawTable(label, (), (), problems=(problem,))]
    digest = hashlib.sha256(content).hexdigest()
    return [
        _table(sheet, form, label, digest, options.wordings, wanted, found if place == 0 else ())
        for place, (sheet, form) in enumerate(read)
    ]


def _table(
    sheet: Sheet,
    form: Form,
    label: str,
    digest: str,
    wordings: Wordings,
    wanted: Sequence[str],
    found: Sequence[Remark],
) -> RawTable:
    marks: Sequence[Remark] = ()
    wrong: Sequence[Problem] = ()
    units: Mapping[str, Said] = {}
    if not _is_bare(sheet, form):
        from quota.tables.files.beside import beside  # what nearly no CSV file has

        form, marks, wrong, units = beside(sheet, form, label, wordings, wanted)
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
        for remark in (*found, *sheet.remarks, *form.remarks, *marks)
    ]
    copy = known_copy(digest)
    return RawTable(
        label,
        form.header,
        rows,
        InputFile(label, digest, len(rows), copy is not None and copy.illustrative),
        (*remarks, *wrong, *ragged),
        copy.province if copy else "",
        sheet.name,
        form.header_row,
        wordings,
        tuple(row for row in form.totals if len(row.cells) == len(form.header)),
        _above(sheet, form),
        units,
        tuple(row for row in form.reserve if len(row.cells) == len(form.header)),
        form.titled,
        tuple(
            (row, members)
            for row, members in form.sums
            if all(len(each.cells) == len(form.header) for each in (row, *members))
        ),
        sheet.decimals,
        **form.captions(),
    )


def _is_bare(sheet: Sheet, form: Form) -> bool:
    """Whether a sheet is its heading and rows of units: no name, nothing around them, no mark on a cell."""
    has_marks = sheet.formulas or sheet.merged or sheet.hidden or sheet.hidden_columns or sheet.unseen
    first, last = sheet.rows[0].number, sheet.rows[-1].number
    is_whole = (first, last) == (form.header_row, form.rows[-1].number)
    return sheet.name is None and is_whole and not has_marks and not sheet.comments


def _above(sheet: Sheet, form: Form) -> tuple[str, ...]:
    if sheet.rows[0].number == form.header_row:
        return ()
    rows = (row for row in sheet.rows if row.number < form.header_row)
    return tuple(text for row in rows for cell in row.cells if (text := " ".join(cell.split())))


def _sheets(
    content: bytes, options: ReadOptions, wanted: Sequence[str], figures: Collection[str]
) -> tuple[list[Sheet], list[Remark]]:
    remarks: list[Remark] = []
    if not _HEADING.match(content):  # with which nearly every CSV file begins
        from quota.tables.files.other_forms import sheet_of_other_form, unpacked  # only for what is no CSV

        content, remarks = unpacked(content)
        if (sheet := sheet_of_other_form(content)) is not None:
            return [inert(sheet)], remarks
    if is_workbook(content):
        # what unpacks and opens workbooks is loaded only for one
        from quota.tables.files.choosing import chosen_sheets
        from quota.tables.files.workbooks.workbook import workbook_sheets

        opened = [inert(sheet) for sheet in workbook_sheets(content, options.encoding)]
        sheets, said = chosen_sheets(opened, options.sheets, options.wordings, wanted, figures)
        return sheets, [*remarks, *said]
    decoded = decode(content, options.encoding)
    if decoded.encoding != "utf-8":
        remarks.append(Remark("encoding", say("read as {encoding}", encoding=decoded.encoding)))
    if decoded.was_decomposed:
        remarks.append(Remark("decomposed", say("marks written apart from their letters (NFD) were joined")))
    text = decoded.text
    sheet = csv_sheet(text)  # first, since it refuses what is too large to be looked at letter by letter
    if options.encoding is None and not (text.isascii() or is_unicode(text)):
        from quota.tables.files.old_fonts import convert_lines, from_font  # loaded only for what may be old

        if font := from_font(text):
            sheet = csv_sheet(convert_lines(text, font))
            message = say("text for an old {encoding} font, read as Vietnamese", encoding=font)
            remarks.append(Remark("legacy-font", message, say("give --encoding utf-8 to keep it as it is")))
    return [inert(sheet)], remarks


def _even(form: Form, label: str, sheet: str | None) -> tuple[tuple[Row, ...], tuple[Problem, ...]]:
    """The rows that have a cell for each heading; each other one is a problem."""
    width = len(form.header)
    rows = tuple([row for row in form.rows if len(row.cells) == width])
    if len(rows) == len(form.rows):
        return rows, ()
    fix = say("put a text with a comma in double quotes; leave an unknown cell empty, with its comma")

    def ragged(row: Row) -> Problem:
        message = say("{n} cells under {headings} headings", n=len(row.cells), headings=width)
        return Problem("ragged-row", Severity.ERROR, message, fix, label, row.number, sheet=sheet)

    return rows, tuple(ragged(row) for row in form.rows if len(row.cells) != width)
