"""Workbooks as no spreadsheet program writes them, and the least that is one."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterable
from pathlib import Path
from xml.sax.saxutils import escape

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_KINDS = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
COLUMNS = "ABCDEFG"


def sheet_of(rows: Iterable[Iterable[object]]) -> str:
    """Rows of a sheet's XML: whole numbers as numbers, `<…>` as it is, anything else as inline text."""
    return "".join(
        f'<row r="{number}">' + "".join(map(_cell, _places(number), row)) + "</row>"
        for number, row in enumerate(rows, start=1)
    )


def _places(number: int) -> Iterable[str]:
    return (f"{column}{number}" for column in COLUMNS)


def _cell(place: str, value: object) -> str:
    if isinstance(value, int):
        return f'<c r="{place}"><v>{value}</v></c>'
    text = str(value)
    if text.startswith("<"):
        return text.replace("PLACE", place)
    return f'<c r="{place}" t="inlineStr"><is><t>{escape(text)}</t></is></c>'


def xlsx(
    path: Path,
    body: Iterable[bytes] | str,
    *,
    before: str = "",
    shared: str = "",
    calculation: str = "",
    more: Iterable[tuple[str, bytes]] = (),
) -> Path:
    """A workbook of one sheet: `body` stands in its `sheetData`, `before` before the root."""
    parts = [("Id1", "worksheet", "worksheets/sheet1.xml"), ("Id2", "sharedStrings", "sharedStrings.xml")]
    relations = "".join(
        f'<Relationship Id="{key}" Type="{_LINKS}/{kind}" Target="{target}"/>' for key, kind, target in parts
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        kinds = "".join(
            f'<Override PartName="/xl/{part}.xml" ContentType="{_KINDS}.{kind}+xml"/>'
            for part, kind in (("workbook", "sheet.main"), ("worksheets/sheet1", "worksheet"))
        )
        book.writestr("[Content_Types].xml", f'{HEAD}<Types xmlns="{_PACKAGE}/content-types">{kinds}</Types>')
        book.writestr(
            "_rels/.rels",
            f'{HEAD}<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="Id1" '
            f'Type="{_LINKS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        )
        book.writestr(
            "xl/workbook.xml",
            f'{HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_LINKS}"><sheets>'
            f'<sheet name="Sheet1" sheetId="1" r:id="Id1"/></sheets>{calculation}</workbook>',
        )
        book.writestr(
            "xl/_rels/workbook.xml.rels",
            f'{HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{relations}</Relationships>',
        )
        book.writestr("xl/sharedStrings.xml", f'{HEAD}<sst xmlns="{_MAIN}">{shared}</sst>')
        with book.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            sheet.write(f'{HEAD}{before}<worksheet xmlns="{_MAIN}"><sheetData>'.encode())
            for piece in [body.encode()] if isinstance(body, str) else body:
                sheet.write(piece)
            sheet.write(b"</sheetData></worksheet>")
        for name, content in more:
            book.writestr(name, content)
    return path


def ods(path: Path, body: str | Iterable[bytes]) -> Path:
    """An OpenDocument spreadsheet of one sheet of these rows."""
    names = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        book.writestr("META-INF/manifest.xml", "<manifest/>")
        with book.open("content.xml", "w", force_zip64=True) as content:
            content.write(
                f"{HEAD}<office:document-content {names}><office:body><office:spreadsheet>"
                '<table:table table:name="Sheet1">'.encode()
            )
            for piece in [body.encode()] if isinstance(body, str) else body:
                content.write(piece)
            content.write(b"</table:table></office:spreadsheet></office:body></office:document-content>")
    return path


def lying(path: Path, part: str, says: int) -> Path:
    """The same workbook, in which a part says that it unpacks to `says` bytes, with the sum of those."""
    content = bytearray(path.read_bytes())
    with zipfile.ZipFile(io.BytesIO(bytes(content))) as book:
        entry = book.getinfo(part)
        with book.open(part) as opened:
            check = zlib.crc32(opened.read(says))
        start = content.index(part.encode(), book.start_dir) - 46
    struct.pack_into("<L", content, start + 16, check)
    struct.pack_into("<L", content, start + 24, says)
    struct.pack_into("<L", content, entry.header_offset + 14, check)
    struct.pack_into("<L", content, entry.header_offset + 22, says)
    path.write_bytes(content)
    return path
