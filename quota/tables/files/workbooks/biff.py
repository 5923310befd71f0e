"""What an .xls workbook's records say of its cells: errors, formulas, rows that are hidden.

What opens .xls files gives an error, and a formula without a value, as an empty cell. Here the records are
walked through once: an OLE file's stream of the workbook, sheet by sheet ([MS-CFB], [MS-XLS]).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping

from msgspec import Struct, field

from quota.tables.files.formulas import Worth
from quota.tables.files.shown.formats import Shown
from quota.tables.files.workbooks.biff_styles import Styles, styled

_FREE = 0xFFFFFFFA
"""Numbers of sectors from here on mean an end, or no sector."""
_BOUNDSHEET, _FORMULA, _ERROR_OR_TRUTH, _ROW, _STRING, _COLUMNS = 0x85, 0x06, 0x205, 0x208, 0x207, 0x7D
_BIFF8, _END, _EMPTY = 0x0600, 0x0A, 3
_ON_LOAD = 0x02


class Marks(Struct):
    """By sheet: its formulas, errors and cells struck through, by row and column from 1; what is hidden."""

    worth: dict[tuple[int, int], Worth] = field(default_factory=dict)
    hidden: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    formats: dict[tuple[int, int], Shown] = field(default_factory=dict)
    """What the formats of figures show beside them."""
    empty: int = 0
    """Formulas saved as empty: never worked out, or with an empty text as their value."""


def marks_of(content: bytes) -> Mapping[str, Marks] | None:
    """The marks of each sheet by its name; None where the records cannot be followed."""
    try:
        stream = _Ole(content).stream("Workbook", "Book")
        return None if stream is None else _sheets(stream)
    except (struct.error, IndexError, KeyError, ValueError):
        return None


class _Ole:
    """The sectors of an OLE file and the chains they make."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._size = 1 << struct.unpack_from("<H", content, 30)[0]
        self._small = 1 << struct.unpack_from("<H", content, 32)[0]
        tables, first_folder = struct.unpack_from("<II", content, 44)
        self._cutoff, self._first_small = struct.unpack_from("<II", content, 56)
        self._following: list[int] = []
        for place in self._tables()[:tables]:
            self._following += self._numbers(place)
        folder = b"".join(map(self._sector, self._chain(first_folder, self._following)))
        self._entries: dict[str, tuple[int, int]] = {}
        for at in range(0, len(folder) - 127, 128):
            length = struct.unpack_from("<H", folder, at + 64)[0]
            name = folder[at : at + max(length - 2, 0)].decode("utf-16-le")
            self._entries[name] = struct.unpack_from("<II", folder, at + 116)

    def _sector(self, number: int) -> bytes:
        return self._content[(number + 1) * self._size : (number + 2) * self._size]

    def _numbers(self, number: int) -> tuple[int, ...]:
        return struct.unpack(f"<{self._size // 4}I", self._sector(number))

    def _tables(self) -> list[int]:
        """The sectors of the table of chains: the first 109 are in the file's head."""
        places = list(struct.unpack_from("<109I", self._content, 76))
        more = struct.unpack_from("<I", self._content, 68)[0]
        while more < _FREE and len(places) <= len(self._content) // self._size:
            *numbers, more = self._numbers(more)
            places += numbers
        return places

    def _chain(self, start: int, links: list[int]) -> Iterator[int]:
        for _ in range(len(links)):
            if start >= _FREE:
                return
            yield start
            start = links[start]

    def stream(self, *names: str) -> bytes | None:
        """The stream of the first of these names; a short one is in small sectors within another."""
        found = next((self._entries[name] for name in names if name in self._entries), None)
        if found is None:
            return None
        start, length = found
        if length >= self._cutoff:
            return b"".join(map(self._sector, self._chain(start, self._following)))[:length]
        links: list[int] = []
        for number in self._chain(self._first_small, self._following):
            links += self._numbers(number)
        root = self._entries["Root Entry"][0]
        within = b"".join(map(self._sector, self._chain(root, self._following)))
        pieces = (
            within[number * self._small : (number + 1) * self._small] for number in self._chain(start, links)
        )
        return b"".join(pieces)[:length]


def _records(stream: bytes, at: int = 0) -> Iterator[tuple[int, bytes]]:
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        yield kind, stream[at + 4 : at + 4 + length]
        at += 4 + length


def _sheets(stream: bytes) -> dict[str, Marks]:
    version = struct.unpack_from("<H", stream, 4)[0]
    starts, styles = {}, Styles()
    for kind, data in _records(stream):
        if kind == _END:
            break
        if kind == _BOUNDSHEET:
            starts[_name(data, version)] = struct.unpack_from("<I", data)[0]
        elif version == _BIFF8:
            styles.take(kind, data)
    return {name: _marks(stream, start, styles) for name, start in starts.items()}


def _name(data: bytes, version: int) -> str:
    length = data[6]
    if version != _BIFF8:
        return data[7 : 7 + length].decode("cp1252")
    return (
        data[8 : 8 + 2 * length].decode("utf-16-le")
        if data[7] & 1
        else data[8 : 8 + length].decode("latin-1")
    )


def _marks(stream: bytes, start: int, styles: Styles) -> Marks:
    marks = Marks()
    awaited: tuple[int, int] | None = None
    for kind, data in _records(stream, start):
        if kind == _END:
            break
        if kind == _FORMULA:
            row, column = struct.unpack_from("<HH", data)
            place = (row + 1, column + 1)
            worth = _worth(data[6:14])
            marks.empty += data[12:14] == b"\xff\xff" and data[6] == _EMPTY
            if worth is Worth.SAVED and struct.unpack_from("<H", data, 14)[0] & _ON_LOAD:
                worth = Worth.STALE
            marks.worth[place] = worth or Worth.NONE
            awaited = None if worth else place
        elif kind == _STRING and awaited:
            marks.worth[awaited] = Worth.SAVED
        elif kind == _ERROR_OR_TRUTH and data[7]:
            row, column = struct.unpack_from("<HH", data)
            marks.worth[row + 1, column + 1] = Worth.ERROR
        elif kind == _ROW and struct.unpack_from("<H", data, 12)[0] & 0x20:
            marks.hidden.add(struct.unpack_from("<H", data)[0] + 1)
        elif kind == _COLUMNS and struct.unpack_from("<H", data, 8)[0] & 1:
            first, last = struct.unpack_from("<HH", data)
            marks.hidden_columns |= set(range(first + 1, last + 2))
        _note_styles(marks, styles, kind, data)
    return marks


def _note_styles(marks: Marks, styles: Styles, kind: int, data: bytes) -> None:
    for place, style, may_be_figure in styled(kind, data):
        if may_be_figure and (shown := styles.shown(style)) is not None:
            marks.formats[place] = shown
        if styles.is_struck(style):
            marks.worth[place] = Worth.STRUCK


def _worth(result: bytes) -> Worth | None:
    """What the value saved with a formula is worth; None for a text, which has a record of its own."""
    if result[6:8] != b"\xff\xff":
        return Worth.SAVED
    return {1: Worth.SAVED, 2: Worth.ERROR, _EMPTY: Worth.SAVED}.get(result[0])
