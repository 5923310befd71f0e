"""What a workbook unfolds to, counted part by part before anything that would unfold it whole is let near it.

A workbook is a ZIP file: a few thousand bytes can hold gigabytes, name a cell at the far corner of a sheet,
or say one long text a million times. What a file says of its own size is not believed: its parts are inflated
here, piece by piece, and left at the first piece beyond a bound.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from xml.parsers.expat import ExpatError

from msgspec import Struct

from quota.core.text import Text, say
from quota.run.limits import CELLS, UNPACKED_BYTES
from quota.tables.files.formulas import Worth, by_sheet
from quota.tables.files.sheets import NotATableError, locked
from quota.tables.files.workbooks.sheet_marks import Marks, Unplain, exact, plain

_PIECE = 1 << 18
_MOST_PARTS = 10_000
_ENTRY, _LOCAL = b"PK\x01\x02", struct.Struct("<4s22xHH")

Formulas = Mapping[str, Mapping[tuple[int, int], Worth]]
"""By sheet, then by row and column (from 1): cells whose value was worked out, or should have been."""


class _Sum(Struct):
    """What all parts together unfold to."""

    unpacked: int = 0
    cells: int = 0
    shared: int = 0
    longest: int = 0

    def refuse_beyond(self, now: Marks) -> None:
        """Raise `NotATableError` where what was read so far, with the part being read, is too much."""
        cells, most = self.cells + now.area + now.repeated, CELLS.value()
        if cells > most:
            message = say("its sheets reach over more than {n} cells, empty ones counted", n=most)
            raise NotATableError("too-large", message, CELLS.raised())
        # each cell with a shared text gets a text of its own
        texts = (self.shared + now.shared) * max(self.longest, now.longest) + now.repeated_bytes
        bytes_most = UNPACKED_BYTES.value()
        if self.unpacked + texts > bytes_most:
            message = say("it unpacks to more than {n} bytes", n=bytes_most)
            raise NotATableError("too-large", message, UNPACKED_BYTES.raised())

    def add(self, part: Marks) -> None:
        """Count a part that was read to its end."""
        self.cells += part.area + part.repeated
        self.shared += part.shared
        self.longest = max(self.longest, part.longest)
        self.unpacked += part.repeated_bytes


def look_through(content: bytes) -> Formulas:
    """The formulas in a zipped workbook; `NotATableError` where it is no such, or unfolds to too much."""
    try:
        archive = _opened(content)
        total = _Sum()
        marks = {
            entry.filename: _marks(content, entry, total)
            for entry in archive.infolist()
            if entry.filename.lower().endswith((".xml", ".rels"))
        }
        found = {name: part.formulas for name, part in marks.items()}
        return by_sheet(lambda name: b"".join(_pieces(content, archive.getinfo(name), _Sum())), found)
    except (zipfile.BadZipFile, zlib.error, struct.error, ExpatError, ValueError, KeyError) as error:
        raise unreadable(str(error)) from error


def unreadable(why: str | Text) -> NotATableError:
    """A file that starts as a workbook does and is none."""
    return NotATableError(
        "binary",
        say("not a workbook that can be read: {why}", why=why),
        say("save it anew as .xlsx or CSV (UTF-8)"),
    )


def _opened(content: bytes) -> zipfile.ZipFile:
    if content.count(_ENTRY) > _MOST_PARTS:
        raise unreadable("too many parts")
    archive = zipfile.ZipFile(io.BytesIO(content))
    names = archive.namelist()
    if len({name.lower() for name in names}) < len(names):
        raise unreadable("a part is there twice")
    if any(name.lower().endswith("workbook.bin") for name in names):
        raise NotATableError(
            "binary", say("a binary workbook (.xlsb)"), say("save it as .xlsx or CSV (UTF-8)")
        )
    if any(entry.flag_bits & 1 for entry in archive.infolist()):
        raise locked()
    return archive


def _marks(content: bytes, entry: zipfile.ZipInfo, total: _Sum) -> Marks:
    """What one part says of its cells: at a glance where it is written as all programs do, else in full."""
    before = total.unpacked
    try:
        found = Marks()
        for found in plain(_pieces(content, entry, total)):
            total.refuse_beyond(found)
    except (Unplain, NotATableError) as reason:
        if isinstance(reason, NotATableError) and total.unpacked > UNPACKED_BYTES.value():
            raise
        total.unpacked = before
        for found in exact(_pieces(content, entry, total)):
            total.refuse_beyond(found)
    total.add(found)
    return found


def _pieces(content: bytes, entry: zipfile.ZipInfo, total: _Sum) -> Iterator[bytes]:
    """A part's bytes, counted into `total` as they come."""
    signature, name, extra = _LOCAL.unpack_from(content, entry.header_offset)
    if signature != b"PK\x03\x04" or entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise zipfile.BadZipFile("packed in a way that spreadsheets do not use")
    start = entry.header_offset + _LOCAL.size + name + extra
    packed = memoryview(content)[start : start + entry.compress_size]
    most = UNPACKED_BYTES.value()
    inflating = zlib.decompressobj(-15) if entry.compress_type == zipfile.ZIP_DEFLATED else None
    for place in range(0, len(packed), _PIECE):
        waiting: bytes | memoryview = packed[place : place + _PIECE]
        while len(waiting):
            piece = bytes(waiting) if inflating is None else inflating.decompress(waiting, _PIECE)
            waiting = b"" if inflating is None else inflating.unconsumed_tail
            total.unpacked += len(piece)
            yield piece
            if total.unpacked > most:
                total.refuse_beyond(Marks())
    if inflating is not None and (rest := inflating.flush()):
        total.unpacked += len(rest)
        yield rest
