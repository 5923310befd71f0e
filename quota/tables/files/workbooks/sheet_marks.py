"""How far the cells of a sheet reach, read from its XML in pieces: at a glance, or exactly.

Nearly every sheet is written alike, and searching its bytes says enough; it may say too much, never too
little. Whatever is written otherwise, holds formulas, or seems too large is parsed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from xml.parsers import expat

from msgspec import Struct, field

from quota.tables.files.formulas import Worth
from quota.tables.files.shown.places import column_called, place_of

_COLUMNS = re.compile(rb' r="([A-Z]{1,3})[0-9]{1,7}"')
_ROWS = re.compile(rb'<row(?: [\w:.-]+="[^"<]*")*? r="([0-9]{1,7})"')
_PREFIXED = re.compile(rb":(?:c|row|si|f|v|is)[\s/>]")
_BROKEN = re.compile(rb"<(?:c|row|si|f)[\t\r\n]|<[^<>]*[\t\r\n]r=")
_ODD = (b"<table:", b"<!", b"<f ", b"<f>", b"<f/", b't="e"', b"t='e'")
_STARTS = re.compile(rb"\s*<\?xml [^>]*encoding=[\"'](?i:utf-8)[\"'][^>]*>")
_SHARED_TEXT = re.compile(rb"<si[\s>/]")
_MOST_HELD = 1_000_000
"""No tag, nor a text between two, is as long."""
_ENDS = b" >/"
_MOST_REPEATED = 10_000
"""A formula repeated over more cells than that is no figure of a unit."""
_VALUES = frozenset(f"office:{kind}value" for kind in ("", "string-", "date-", "time-", "boolean-"))


class Unplain(Exception):  # noqa: N818  (not an error: a reason to look closer)
    """The part is not written as nearly all are."""


class Marks(Struct):
    """What a part says so far. Rows and columns count from 1."""

    last_row: int = 0
    last_column: int = 0
    shared: int = 0
    """Cells that hold a shared text, or may."""
    longest: int = 0
    """The longest shared text, in bytes with its tags."""
    repeated: int = 0
    """Cells of sheets before this one in the same part (.ods)."""
    repeated_bytes: int = 0
    """Texts said more than once (.ods)."""
    formulas: dict[str, dict[tuple[int, int], Worth]] = field(default_factory=dict)
    """By sheet's name; of a part that is one sheet, under an empty one."""

    @property
    def area(self) -> int:
        """Cells from the first to the last, with the empty ones between."""
        return self.last_row * self.last_column


def plain(pieces: Iterable[bytes]) -> Iterator[Marks]:
    """The marks after each piece. Raises `Unplain` where the bytes do not say for certain."""
    marks, rest, text_at, offset = Marks(), b"", None, 0
    first = True
    for piece in pieces:
        held = rest + piece
        cut = held.rfind(b"<")
        if len(held) > _MOST_HELD:
            raise Unplain
        if first and (cut > 0 or len(held) > 1000):
            first = False
            if not _STARTS.match(held):
                raise Unplain
        seen, rest = (held[:cut], held[cut:]) if cut >= 0 else (b"", held)
        _refuse_odd(seen)
        _count(seen, marks)
        for found in _SHARED_TEXT.finditer(seen):
            if text_at is not None:
                marks.longest = max(marks.longest, offset + found.start() - text_at)
            text_at = offset + found.start()
        offset += len(seen)
        yield marks
    if first:
        raise Unplain
    _refuse_odd(rest)
    _count(rest, marks)
    if text_at is not None:
        marks.longest = max(marks.longest, offset + len(rest) - text_at)
    yield marks


def _refuse_odd(seen: bytes) -> None:
    """Raise `Unplain` for what searching would not understand. Most searches are for fixed bytes: quick."""
    broken = any(mark in seen for mark in (b"\n", b"\r", b"\t")) and _BROKEN.search(seen)
    if broken or _PREFIXED.search(seen) or any(mark in seen for mark in _ODD):
        raise Unplain


def _count(seen: bytes, marks: Marks) -> None:
    rows, columns = _ROWS.findall(seen), _COLUMNS.findall(seen)
    if len(rows) != _tags(seen, b"<row") or len(columns) != _tags(seen, b"<c"):
        raise Unplain
    if rows:
        marks.last_row = max(marks.last_row, *map(int, rows))
    for column in set(columns):
        marks.last_column = max(marks.last_column, column_called(column.decode()))
    marks.shared += len(columns)


def _tags(seen: bytes, tag: bytes) -> int:
    return sum(seen.count(tag + bytes((end,))) for end in _ENDS)


def exact(pieces: Iterable[bytes]) -> Iterator[Marks]:
    """The marks after each piece, from its elements. Raises `ExpatError` where it is no XML."""
    reader = _Reader()
    for piece in pieces:
        reader.parser.Parse(piece)
        yield reader.now()
    reader.parser.Parse(b"", True)
    yield reader.now()


class _Reader:
    """Parses one part; knows .xlsx by the elements' own names, .ods by their whole ones."""

    def __init__(self) -> None:
        self.marks = Marks()
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self._start
        self._handlers: dict[str, Callable[[dict[str, str]], None]] = {
            "row": self._row,
            "c": self._cell,
            "v": self._value,
            "is": self._value,
            "f": self._formula,
            "si": self._text,
            "extLst": self._extended,
        }
        self._ods: dict[str, Callable[[dict[str, str]], None]] = {
            "table:table": self._ods_table,
            "table:table-row": self._ods_row,
            "table:table-cell": self._ods_cell,
            "table:covered-table-cell": self._ods_cell,
            "text:s": self._ods_spaces,
        }
        self._row_number = self._column = 0
        self._kind = self._sheet = ""
        self._awaited = self._in_extension = False
        self._text_at: int | None = None
        self._times = self._row_times = 0

    def now(self) -> Marks:
        """The marks so far; a text that has not ended counts as far as it has come."""
        self._end_text()
        return self.marks

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        handler = self._ods.get(name) or self._handlers.get(name.rpartition(":")[2])
        if handler is not None:
            handler(attributes)

    def _row(self, attributes: dict[str, str]) -> None:
        self._row_number = _whole(attributes["r"]) if "r" in attributes else self._row_number + 1
        self._column = 0

    def _cell(self, attributes: dict[str, str]) -> None:
        self.parser.CharacterDataHandler = None
        self._awaited = self._in_extension = False
        self._kind = attributes.get("t", "")
        if "r" in attributes:
            place = place_of(attributes["r"])
            if place is None:
                raise ValueError("a cell without a place")
            self._row_number, self._column = place
        else:
            self._column += 1
        self.marks.shared += self._kind == "s"
        if self._kind == "e":
            self._note(Worth.ERROR)

    def _value(self, _: dict[str, str]) -> None:
        self._reach(self._row_number, self._column)
        if self._awaited:
            self.parser.CharacterDataHandler = self._worked_out

    def _worked_out(self, _: str) -> None:
        self._note(Worth.SAVED)
        self.parser.CharacterDataHandler = None

    def _formula(self, _: dict[str, str]) -> None:
        if self._kind != "e" and not self._in_extension:
            self._awaited = self._kind != "str"  # a formula may well come to an empty text
            self._note(Worth.NONE if self._awaited else Worth.SAVED)

    def _extended(self, _: dict[str, str]) -> None:
        """What is in a list of extensions (rules of formatting) has formulas that are no cell's."""
        self._in_extension = True

    def _text(self, _: dict[str, str]) -> None:
        self._end_text()
        self._text_at = self.parser.CurrentByteIndex

    def _end_text(self) -> None:
        if self._text_at is not None:
            size = max(self.parser.CurrentByteIndex - self._text_at, 0)
            if self._times:
                self.marks.repeated_bytes += size * self._times
                self._text_at = self.parser.CurrentByteIndex
            else:
                self.marks.longest = max(self.marks.longest, size)

    def _ods_table(self, attributes: dict[str, str]) -> None:
        self._ods_row({"table:number-rows-repeated": "0"})
        self.marks.repeated += self.marks.area
        self.marks.last_row = self.marks.last_column = self._row_number = 0
        self._sheet = attributes.get("table:name", "")

    def _ods_row(self, attributes: dict[str, str]) -> None:
        self._end_text()
        self._text_at = None
        self._row_number += self._row_times
        self._row_times = _whole(attributes.get("table:number-rows-repeated", "1"))
        self._column = 0

    def _ods_cell(self, attributes: dict[str, str]) -> None:
        self._end_text()
        self._text_at = None
        times = _whole(attributes.get("table:number-columns-repeated", "1"))
        first, self._column = self._column + 1, self._column + times
        formula = "table:formula" in attributes
        text = attributes.get("office:value-type") == "string"
        if not (formula or text or not _VALUES.isdisjoint(attributes)):
            return
        self._reach(self._row_number + self._row_times, self._column)
        self._times = times * self._row_times
        self._text_at = self.parser.CurrentByteIndex
        wrong = attributes.get("calcext:value-type") == "error"
        if (formula or wrong) and self._times <= _MOST_REPEATED:
            valued = text or not _VALUES.isdisjoint(attributes)
            worth = Worth.ERROR if wrong else Worth.SAVED if valued else Worth.NONE
            for row in range(self._row_number + 1, self._row_number + self._row_times + 1):
                for column in range(first, self._column + 1):
                    self._note(worth, row, column)

    def _ods_spaces(self, attributes: dict[str, str]) -> None:
        self.marks.repeated_bytes += _whole(attributes.get("text:c", "1")) * max(self._times, 1)

    def _reach(self, row: int, column: int) -> None:
        self.marks.last_row = max(self.marks.last_row, row)
        self.marks.last_column = max(self.marks.last_column, column)

    def _note(self, worth: Worth, row: int | None = None, column: int | None = None) -> None:
        place = (row or self._row_number, column or self._column)
        self.marks.formulas.setdefault(self._sheet, {})[place] = worth


def _whole(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) <= 10):
        raise ValueError("a count that is none")
    return int(text)
