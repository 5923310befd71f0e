"""Workbooks (.xlsx, .xlsm, .xls, .ods) as sheets of text cells."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Sequence
from datetime import date, datetime

from quota.core.text import say
from quota.tables.encodings import from_font
from quota.tables.sheets import NotATableError, Remark, Row, Sheet

_STARTS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""How a ZIP file (.xlsx, .ods) and an OLE file (.xls) begin."""


def is_workbook(content: bytes) -> bool:
    """Whether these are the bytes of a workbook, whatever the file is called."""
    return content.startswith(_STARTS)


def workbook_sheets(content: bytes) -> list[Sheet]:
    """Every visible sheet. Raises `NotATableError` for a file that cannot be opened as a workbook."""
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetVisibleEnum

    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
            names = [one.name for one in book.sheets_metadata if one.visible is SheetVisibleEnum.Visible]
            return [
                _sheet(name, book.get_sheet_by_name(name).to_python(skip_empty_area=False)) for name in names
            ]
    except PasswordError as error:
        raise NotATableError(
            "locked", say("the workbook is locked with a password"), say("save a copy without a password")
        ) from error
    except (CalamineError, OSError, ValueError) as error:
        raise NotATableError(
            "binary",
            say("not a workbook that can be read: {why}", why=error),
            say("save it anew as .xlsx or CSV (UTF-8)"),
        ) from error


def _sheet(name: str, cells: Sequence[Sequence[object]]) -> Sheet:
    rows = [
        Row(number, texts)
        for number, row in enumerate(cells, start=1)
        if any(texts := tuple(map(_text, row)))
    ]
    font = from_font("\n".join(cell for row in rows for cell in row.cells if not cell.isascii()))
    if font is None:
        return Sheet(name, rows)
    convert, encoding = font
    remark = Remark(
        "legacy-font", say("text for an old {encoding} font, read as Vietnamese", encoding=encoding)
    )
    return Sheet(name, [Row(row.number, tuple(map(convert, row.cells))) for row in rows], (remark,))


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
