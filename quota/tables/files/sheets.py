"""What every kind of file becomes: sheets of numbered rows of text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from operator import attrgetter
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from quota.core.characters import coded
from quota.core.text import Text, count, say
from quota.run.limits import CELL_CHARACTERS, CELLS, COLUMNS, ROWS, Limit

if TYPE_CHECKING:
    from quota.tables.files.formulas import Worth


class Row(Struct, frozen=True):
    """Cells as written, and the row's number as a spreadsheet shows it (the first row is 1)."""

    number: int
    cells: tuple[str, ...]


class Remark(Struct, frozen=True):
    """Something to know about how a file was read."""

    code: str
    message: Text
    fix: Text | None = None
    row: int | None = None
    column: str | None = None
    value: str | None = None


Merger = tuple[int, int, int, int]
"""Cells merged into one: first row and column, last row and column, from 1."""


class Sheet(Struct, frozen=True):
    """Rows with anything in them; `name` is None in a file that is one table."""

    name: str | None
    rows: Sequence[Row]
    remarks: tuple[Remark, ...] = field(default=())
    formulas: Mapping[tuple[int, int], Worth] = field(default_factory=dict)
    """Cells, by row and column from 1, whose value was worked out or should have been."""
    merged: tuple[Merger, ...] = ()
    hidden: frozenset[int] = frozenset()
    """Numbers of the rows that are not shown."""
    hidden_columns: frozenset[int] = frozenset()
    """Numbers of the columns that are not shown, from 1."""
    unseen: frozenset[tuple[int, int]] = frozenset()
    """Cells, by row and column, with a figure that its format does not show."""
    comments: Mapping[tuple[int, int], str] = field(default_factory=dict)
    """Comments on cells, by row and column from 1."""
    decimals: frozenset[tuple[int, int]] = frozenset()
    """Cells, by row and column from 1, that are numbers with decimals: a point starts these."""
    out_of_sight: bool = False
    """Whether the whole sheet is hidden: it is not read, only known by its name."""


ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
"""How a ZIP file (.xlsx, .ods) and an OLE file (.xls) begin."""


def is_workbook(content: bytes) -> bool:
    """Whether these are the bytes of a workbook, whatever the file is called."""
    return content.startswith((ZIP, OLE))


def inert(sheet: Sheet) -> Sheet:
    """The sheet with every cell `coded`, and a remark where that changed any."""
    if "".join(["".join(cells) for cells in map(attrgetter("cells"), sheet.rows)]).isprintable():
        return sheet  # nearly every one
    rows, changed = [], []
    for row in sheet.rows:
        cells = row.cells if "".join(row.cells).isprintable() else tuple(map(coded, row.cells))
        if cells != row.cells:
            changed.append(row.number)
            rows.append(Row(row.number, cells))
        else:
            rows.append(row)
    if not changed:
        return sheet
    message = count(
        "{n} row has characters that do not show; they are written as their codes",
        "{n} rows have characters that do not show; they are written as their codes",
        n=len(changed),
    )
    remark = Remark("hidden-characters", message, row=changed[0])
    return replace(sheet, rows=rows, remarks=(*sheet.remarks, remark))


class NotATableError(Exception):
    """The file holds no table; why, and the way out."""

    def __init__(
        self,
        code: str,
        message: Text,
        fix: Text | None = None,
        row: int | None = None,
        sheet: str | None = None,
    ) -> None:
        super().__init__(str(message))
        self.code, self.message, self.fix, self.row, self.sheet = code, message, fix, row, sheet


def locked() -> NotATableError:
    """A workbook that only a password opens."""
    return NotATableError(
        "locked", say("the workbook is locked with a password"), say("save a copy without a password")
    )


def within_bounds(rows: Sequence[Row], lines: int, longest: int) -> bool:
    """Whether rows out of `lines` lines, of which none is over `longest` characters, pass no bound."""
    widths = [len(row.cells) for row in rows]
    return (
        max(widths, default=0) <= COLUMNS.value()
        and max(len(rows), lines - len(rows)) <= ROWS.value()
        and sum(widths) <= CELLS.value()
        and longest <= CELL_CHARACTERS.value()
    )


class Bounds:
    """Counts what a file unfolds to and refuses it at the first row beyond a bound."""

    def __init__(self, sheet: str | None = None) -> None:
        self._sheet = sheet
        self._rows, self._columns = ROWS.value(), COLUMNS.value()
        self._cells, self._characters = CELLS.value(), CELL_CHARACTERS.value()
        self._seen_rows = self._seen_cells = self._seen_blank = 0

    def row(self, number: int, cells: Sequence[str]) -> str:
        """Count a row and give its text, all cells as one.

        Raises `NotATableError` where it, or all up to it, is too much.
        """
        width, text = len(cells), "".join(cells)
        self._seen_rows += 1
        self._seen_cells += width
        if width > self._columns:
            message = say("{columns} columns; at most {n}", columns=width, n=self._columns)
            self._refuse(COLUMNS, message, number)
        if self._seen_rows > self._rows:
            self._refuse(ROWS, say("more than {n} rows", n=self._rows), number)
        if self._seen_cells > self._cells:
            self._refuse(CELLS, say("more than {n} cells", n=self._cells), number)
        if len(text) > self._characters and max(map(len, cells)) > self._characters:
            self.long_cell(number)
        return text

    def blank(self, number: int) -> None:
        """Count a row without a word. Raises `NotATableError` where there are more than rows may be."""
        self._seen_blank += 1
        if self._seen_blank > self._rows:
            self._refuse(ROWS, say("more than {n} rows", n=self._rows), number)

    def long_cell(self, number: int) -> None:
        """Refuse a row for one of its cells."""
        message = say("a cell of more than {n} characters", n=self._characters)
        self._refuse(CELL_CHARACTERS, message, number)

    def _refuse(self, limit: Limit, message: Text, number: int) -> None:
        raise NotATableError("too-large", message, limit.raised(), number, self._sheet)
