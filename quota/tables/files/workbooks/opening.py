"""Opens a workbook in a process of its own: the workbook on standard input, the answer on standard output.

What opens workbooks was written for good ones. A bad one can make it wait for ever, ask for more memory than
there is, or give up in the middle: here it takes nothing with it. Nothing else of the program is imported.

The answer is marshalled: `("sheets", [(name, rows of texts, mergers, decimals), …])`, `("locked", "")` or
`("binary", why)`.
"""

from __future__ import annotations

import io
import marshal
import signal
import sys
import unicodedata
from contextlib import suppress
from datetime import date, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

MOST_MEMORY = 2_500_000_000
"""Bytes of address space; a sheet of a million rows takes half of it."""


Cells = tuple[str, list[tuple[str, ...]] | None, list[tuple[int, int, int, int]], list[tuple[int, int]]]
"""A sheet's name, its cells as texts, row by row (None where it is hidden), its mergers, and the places of
numbers with decimals: in their texts a point starts these, whatever it does in cells typed as texts."""


def opened(content: bytes) -> tuple[str, list[Cells] | str]:
    """Every sheet's cells as text, or what keeps the workbook from being read."""
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetVisibleEnum

    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
            return "sheets", [
                _cells(book.get_sheet_by_name(sheet.name))
                if sheet.visible is SheetVisibleEnum.Visible
                else (sheet.name, None, [], [])
                for sheet in book.sheets_metadata
            ]
    except PasswordError:
        return "locked", ""
    except (CalamineError, OSError, ValueError) as error:
        return "binary", str(error)


def _cells(sheet: CalamineSheet) -> Cells:
    merged = [
        (top + 1, left + 1, bottom + 1, right + 1)
        for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
    ]
    rows = sheet.to_python(False)
    decimals = [
        (number, column)
        for number, row in enumerate(rows, start=1)
        for column, cell in enumerate(row, start=1)
        if isinstance(cell, float) and not cell.is_integer()
    ]
    return sheet.name, [tuple(map(_text, row)) for row in rows], merged, decimals


def _text(cell: object) -> str:
    """A cell as it would be typed: whole numbers without a point, days as year-month-day."""
    if isinstance(cell, str):
        return cell if cell.isascii() else unicodedata.normalize("NFC", cell)
    if isinstance(cell, bool):
        return str(cell)
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, datetime) and cell.time() == datetime.min.time():
        return cell.date().isoformat()
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def limit_memory() -> None:
    """Ask for no more than `MOST_MEMORY`; where memory cannot be limited, as on Windows, time still is."""
    if sys.platform != "win32":
        import resource

        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))


def main() -> None:
    """Standard input to standard output."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent process hears it, and ends this one
    limit_memory()
    sys.stdout.buffer.write(marshal.dumps(opened(sys.stdin.buffer.read())))


if __name__ == "__main__":
    main()
