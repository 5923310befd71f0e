"""Files as departments have them, made from plain rows: workbooks, old encodings, other dialects."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

import xlsxwriter
import xlwt

from quota.tables.files.legacy import TCVN3, VNI

Rows = Sequence[Sequence[object]]

HEADER = ("Mã đơn vị", "Tên đơn vị hành chính", "Loại hình", "Dân số (người)", "Diện tích (km2)")
TITLES = (("UỶ BAN NHÂN DÂN TỈNH",), ("BIỂU SỐ 1: DÂN SỐ VÀ BIÊN CHẾ",), ("(Kèm theo Công văn số 12)",))


def csv_text(rows: Rows, delimiter: str = ",") -> str:
    lines = io.StringIO()
    csv.writer(lines, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    return lines.getvalue()


def to_tcvn3(text: str) -> bytes:
    codes = {letter: byte for byte, letter in TCVN3.items()}
    return bytes(codes.get(letter, ord(letter) if ord(letter) < 128 else 63) for letter in text)


def to_vni(text: str) -> bytes:
    written: dict[str, str] = {}
    for western, letter in VNI.items():
        written.setdefault(letter, western)
    return "".join(written.get(letter, letter) for letter in text).encode("cp1252")


def to_cp1258(text: str) -> bytes:
    """Windows-1258 as Windows writes it: letter with its own mark in one byte, the tone in a second."""
    import unicodedata

    out = bytearray()
    for letter in text:
        try:
            out += letter.encode("cp1258")
        except UnicodeEncodeError:
            whole = unicodedata.normalize("NFD", letter)
            tones = [mark for mark in whole if mark in "\u0300\u0301\u0303\u0309\u0323"]
            base = unicodedata.normalize("NFC", "".join(mark for mark in whole if mark not in tones))
            out += base.encode("cp1258") + "".join(tones).encode("cp1258")
    return bytes(out)


ENCODERS: dict[str, Callable[[str], bytes]] = {
    "utf-8": lambda text: text.encode("utf-8"),
    "utf-8-sig": lambda text: text.encode("utf-8-sig"),
    "utf-16": lambda text: text.encode("utf-16"),
    "utf-16-le": lambda text: text.encode("utf-16-le"),
    "windows-1258": to_cp1258,
    "tcvn3": to_tcvn3,
    "vni": to_vni,
}


def as_font(text: object, encode: Callable[[str], bytes]) -> object:
    """What a workbook holds of text typed in an old font: its bytes as Western letters."""
    return encode(text).decode("latin-1") if isinstance(text, str) else text


def write_xlsx(
    path: Path, sheets: dict[str, Rows], merged: Sequence[tuple[int, int, int, int, str]] = ()
) -> None:
    with xlsxwriter.Workbook(str(path)) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for row, cells in enumerate(rows):
                for column, cell in enumerate(cells):
                    if cell != "":
                        sheet.write(row, column, cell)
            for first_row, first, last_row, last, text in merged:
                sheet.merge_range(first_row, first, last_row, last, text)


def write_xls(path: Path, rows: Rows) -> None:
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("Sheet1")
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            if cell != "":
                sheet.write(row, column, cell)
    book.save(str(path))


def write_ods(path: Path, rows: Rows) -> None:
    """The least that is an OpenDocument spreadsheet."""

    def cell(value: object) -> str:
        if isinstance(value, int | float):
            return f'<table:table-cell office:value-type="float" office:value="{value}"/>'
        text = escape(str(value))
        return f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'

    body = "".join(f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in rows)
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {spaces}><office:body>'
        f'<office:spreadsheet><table:table table:name="Sheet1">{body}</table:table></office:spreadsheet>'
        "</office:body></office:document-content>"
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
