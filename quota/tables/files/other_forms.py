"""Files that are no CSV and no workbook: read where a table is in them, else named, with the way out."""

from __future__ import annotations

import io
import json
import re
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from decimal import Decimal
from math import isnan

from quota.core.text import Text, say
from quota.run.limits import ROWS, UNPACKED_BYTES
from quota.tables.files.sheets import OLE, ZIP, Bounds, NotATableError, Remark, Row, Sheet, locked

GZIP, PARQUET = b"\x1f\x8b", b"PAR1"
_AS_TABLE = say("save it as .xlsx or CSV (UTF-8)")
_STARTS: Sequence[tuple[bytes, Text, Text]] = (
    (rb"%pdf-", say("a PDF document"), _AS_TABLE),
    (rb"sqlite format 3\0", say("an SQLite database"), say("export its table as CSV (UTF-8)")),
    (
        rb"(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)?(?:<!doctype html|<html|<head|<meta|<table|<style|<body)",
        say("a web page (HTML), whatever it is called"),
        say("open it in Excel or LibreOffice, and save it as .xlsx"),
    ),
    (
        rb"<\?xml.{0,2000}urn:schemas-microsoft-com:office:spreadsheet",
        say("an XML spreadsheet of 2003 (SpreadsheetML)"),
        say("open it in Excel or LibreOffice, and save it as .xlsx"),
    ),
    (
        rb"<\?xml.{0,4000}<office:document\b",
        say("a flat OpenDocument file (.fods)"),
        say("open it in LibreOffice, and save it as .ods or .xlsx"),
    ),
    (rb"<\?xml", say("an XML file"), _AS_TABLE),
    (
        rb"(?:charset|axis-version|codepage|language|creation-date|matrix)(?:\[\w+\])?=",
        say("a PC-Axis file (.px)"),
        say("download the table as .xlsx or CSV in place of .px"),
    ),
    (
        rb"(?:--[^\n]*\n\s*|/\*.*?\*/\s*)*(?:create|insert|drop|begin|set|pragma|alter|use)\s+[`\"\w]",
        say("SQL statements"),
        say("load them into a database, and export the table as CSV (UTF-8)"),
    ),
    (rb"\{\\rtf", say("a text document (.rtf)"), _AS_TABLE),
)
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def unpacked(content: bytes) -> tuple[bytes, list[Remark]]:
    """What a .gz file holds, and a remark; other content as it is. Raises `NotATableError` for too much."""
    if not content.startswith(GZIP):
        return content, []
    most, inflating = UNPACKED_BYTES.value(), zlib.decompressobj(31)
    try:
        found = inflating.decompress(content, most)
    except zlib.error as error:
        raise NotATableError("binary", say("a damaged .gz file"), say("pack it anew")) from error
    if inflating.unconsumed_tail or not inflating.eof:
        message = (
            say("it unpacks to more than {n} bytes", n=most)
            if inflating.unconsumed_tail
            else say("a damaged .gz file")
        )
        raise NotATableError("too-large" if inflating.unconsumed_tail else "binary", message)
    return found, [Remark("unpacked", say("read from inside a .gz file"))]


def sheet_of_other_form(content: bytes) -> Sheet | None:
    """The table in a Parquet or JSON file; None for what may be CSV or a workbook.

    Raises `NotATableError` for a file that is known to be something else, by its name and with the way out.
    """
    if content.startswith(ZIP):
        _refuse_archive(content)
        return None
    if content.startswith(OLE):
        if _ENCRYPTED in content:
            raise locked()
        return None
    if content.startswith(PARQUET):
        return _parquet(content)
    start = content[:6000].removeprefix(b"\xef\xbb\xbf").lstrip()
    if start[:1] in (b"{", b"["):
        return _json(content)
    for pattern, what, fix in _STARTS:
        if re.match(pattern, start, re.IGNORECASE | re.DOTALL) and not _has_cells(start, pattern):
            raise NotATableError("other-form", say("not a table but {what}", what=what), fix)
    return None


def _has_cells(start: bytes, pattern: bytes) -> bool:
    """Whether a first line that could begin SQL is a row of headings after all."""
    line = start.partition(b"\n")[0]
    return b"create" in pattern and b";" not in start and any(line.count(mark) > 1 for mark in (b",", b"\t"))


def _refuse_archive(content: bytes) -> None:
    """Raise `NotATableError` for a ZIP file of anything but one workbook's parts."""
    try:
        names = set(zipfile.ZipFile(io.BytesIO(content)).namelist())
    except (zipfile.BadZipFile, ValueError, OSError):
        return  # a damaged workbook is refused as one
    if any(name.lower().startswith("word/") for name in names):
        raise NotATableError(
            "other-form", say("not a table but {what}", what=say("a Word document")), _AS_TABLE
        )
    if names and not any(
        name.startswith(("xl/", "[Content_Types]")) or name == "content.xml" for name in names
    ):
        files = ", ".join(sorted(name for name in names if not name.endswith("/"))[:5])
        raise NotATableError(
            "archive", say("a ZIP archive of {files}", files=files), say("unpack it, and name the file in it")
        )


def _json(content: bytes) -> Sheet | None:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
    try:
        found = json.loads(text, object_pairs_hook=_object)
    except (ValueError, RecursionError):
        found = _lines(text)
    if isinstance(found, dict) and isinstance(found.get("features"), list):
        found = [
            {**(feature.get("properties") or {}), **({"id": feature["id"]} if "id" in feature else {})}
            for feature in found["features"]
            if isinstance(feature, dict) and isinstance(feature.get("properties") or {}, dict)
        ]
    if isinstance(found, list) and found and all(isinstance(row, dict) for row in found):
        return _sheet_of(found, say("read from JSON: each object is a row"))
    message = say("not a table but {what}", what=say("JSON, or text that starts as JSON does"))
    fix = say("make it an array of objects, one a unit, or save it as CSV (UTF-8)")
    raise NotATableError("other-form", message, fix)


def _object(pairs: Sequence[tuple[str, object]]) -> dict[str, object]:
    """An object of JSON. Raises `NotATableError` where a key is in it twice with other values."""
    found: dict[str, object] = {}
    for name, value in pairs:
        if name in found and found[name] != value:
            raise NotATableError(
                "duplicate-key",
                say(
                    'the key "{key}" stands twice in one object: {first} and {second}',
                    key=name,
                    first=_text(found[name]),
                    second=_text(value),
                ),
                say("keep the one that is meant"),
            )
        found[name] = value
    return found


def _lines(text: str) -> object:
    """The objects of NDJSON, one a line; None for anything else."""
    try:
        return [json.loads(line, object_pairs_hook=_object) for line in text.splitlines() if line.strip()]
    except (ValueError, RecursionError):
        return None


def _parquet(content: bytes) -> Sheet:
    from quota.run.extras import need

    need("bulk", "pyarrow")
    import pyarrow as pa
    from pyarrow import parquet

    try:
        file = parquet.ParquetFile(io.BytesIO(content))
        if file.metadata.num_rows > ROWS.value():
            raise NotATableError("too-large", say("more than {n} rows", n=ROWS.value()), ROWS.raised())
        rows = file.read().to_pylist()
    except (pa.ArrowException, OSError) as error:
        message = say("not a Parquet file that can be read: {why}", why=str(error).partition("\n")[0])
        raise NotATableError("binary", message, _AS_TABLE) from error
    return _sheet_of(rows, say("read from a Parquet file"))


def _sheet_of(rows: Sequence[Mapping[str, object]], said: Text) -> Sheet:
    """Rows of values as cells of text, under the names that any row has."""
    header = list(dict.fromkeys(str(name) for row in rows for name in row))
    bounds = Bounds()
    sheet = [Row(1, tuple(header))]
    bounds.row(1, header)
    decimals = set()
    for number, row in enumerate(rows, start=2):
        cells = tuple(_text(row.get(name)) for name in header)
        bounds.row(number, cells)
        if any(cells):
            sheet.append(Row(number, cells))
        decimals |= {
            (number, place)
            for place, name in enumerate(header, start=1)
            if isinstance(row.get(name), float | Decimal) and "." in cells[place - 1]
        }
    return Sheet(None, sheet, (Remark("other-form", said),), decimals=frozenset(decimals))


def _text(value: object) -> str:
    """A value as it would be typed; nothing for what is null or no number."""
    if value is None or (isinstance(value, float | Decimal) and isnan(value)):
        return ""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, bool):
        return str(value).lower()
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else str(value)
