"""Opens a workbook in a process of its own: the workbook on standard input, the answer on standard output.

What opens workbooks was written for good ones. A bad one can make it wait for ever, ask for more memory than
there is, or give up in the middle: here it takes nothing with it. Nothing else of the program is imported.

The answer is marshalled: `("sheets", [(name, rows of texts), …])`, `("locked", "")` or `("binary", why)`.
"""

from __future__ import annotations

import io
import marshal
import signal
import sys
import unicodedata
from contextlib import suppress
from datetime import date, datetime

MOST_MEMORY = 2_500_000_000
"""Bytes of address space; a sheet of a million rows takes half of it."""


Cells = list[tuple[str, list[tuple[str, ...]]]]
"""Names of sheets and the texts of their cells, row by row."""


def opened(content: bytes) -> tuple[str, Cells | str]:
    """Every visible sheet's cells as text, or what keeps the workbook from being read."""
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetVisibleEnum

    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
            names = [
                sheet.name for sheet in book.sheets_metadata if sheet.visible is SheetVisibleEnum.Visible
            ]
            return "sheets", [
                (name, [tuple(map(_text, row)) for row in book.get_sheet_by_name(name).to_python(False)])
                for name in names
            ]
    except PasswordError:
        return "locked", ""
    except (CalamineError, OSError, ValueError) as error:
        return "binary", str(error)


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


def main() -> None:
    """Standard input to standard output."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent process hears it, and ends this one
    with suppress(ImportError, ValueError, OSError):  # where memory cannot be limited, time still is
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    sys.stdout.buffer.write(marshal.dumps(opened(sys.stdin.buffer.read())))


if __name__ == "__main__":
    main()
