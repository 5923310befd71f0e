"""What a sheet of an .xlsx shows beside its values: raised digits, hidden rows, fonts of old encodings.

Most workbooks have none of these, which a search of their bytes says; only the others are parsed.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct, field

from quota.tables.files.formulas import parts_by_sheet
from quota.tables.files.shown.comments import comments_on
from quota.tables.files.shown.formats import Shown
from quota.tables.files.shown.parsing import parse
from quota.tables.files.shown.places import Place, place_of
from quota.tables.files.shown.styles import CellStyles, cell_styles, encoding_of

_HIDDEN = re.compile(rb"""<(?:\w+:)?row\b[^<>]*?\s(?:hidden=["'](?:1|true)|ht=["']0)["'][^<>]*>""")
_HIDDEN_COLUMNS = re.compile(rb"""<(?:\w+:)?col\b[^<>]*?\shidden=["'](?:1|true)["'][^<>]*>""")
_FIRST, _LAST = (re.compile(rb"""\s%s=["']([0-9]{1,5})["']""" % end) for end in (b"min", b"max"))
_ROW_NUMBER = re.compile(rb"""\sr=["']([0-9]{1,7})["']""")
_MOST_COLUMNS = 16_384
_UNITS = ("km", "m", "dm", "cm", "hm")
"""What a raised digit belongs to: km², m³."""


class Looks(Struct):
    """What one sheet shows: texts without the digits raised in them, rows hidden, cells in an old font."""

    unraised: dict[Place, str] = field(default_factory=dict)
    hidden: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    formats: dict[Place, Shown] = field(default_factory=dict)
    """What the formats of figures show beside them, or that they show nothing."""
    struck: set[Place] = field(default_factory=set)
    """Cells of which a text is struck through, or all of it."""
    comments: dict[Place, str] = field(default_factory=dict)
    fonts: dict[Place, str] = field(default_factory=dict)
    """Cells whose font shows an old encoding: "tcvn3" or "vni"; in capitals where it shows capitals only."""


def looks_of(content: bytes) -> Mapping[str, Looks]:
    """The looks of each sheet by its name, of those that have any. The workbook has been looked through."""
    archive = zipfile.ZipFile(io.BytesIO(content))
    names = set(archive.namelist())
    if "xl/workbook.xml" not in names:
        return {}
    styles = archive.read("xl/styles.xml") if "xl/styles.xml" in names else b""
    shared = archive.read("xl/sharedStrings.xml") if "xl/sharedStrings.xml" in names else b""
    said = cell_styles(styles)
    texts = _shared_texts(shared) if _mentions_looks(shared) else []
    found = {}
    for sheet, part in parts_by_sheet(archive.read).items():
        if part not in names:
            continue
        xml = archive.read(part)
        looks = Looks(
            hidden=frozenset(_hidden(xml)),
            hidden_columns=frozenset(_hidden_columns(xml)),
            comments=dict(comments_on(part, names, archive.read)),
        )
        if texts or said.matter_in(xml) or _mentions_looks(xml):
            cells = _Cells(looks, said, texts)
            parse(xml, cells.start, cells.end, cells.characters)
        if looks != Looks():
            found[sheet] = looks
    return found


_MARKS = (b"superscript", b"subscript", b"strike", b'".Vn', b'"VNI', b'".VN', b'".vn')


def _mentions_looks(xml: bytes) -> bool:
    return any(mark in xml for mark in _MARKS)


def _hidden(xml: bytes) -> Iterator[int]:
    if b"hidden=" in xml or b' ht="0"' in xml:
        for tag in _HIDDEN.findall(xml):
            if number := _ROW_NUMBER.search(tag):
                yield int(number.group(1))


def _hidden_columns(xml: bytes) -> Iterator[int]:
    if b"hidden=" in xml:
        for tag in _HIDDEN_COLUMNS.findall(xml):
            first, last = _FIRST.search(tag), _LAST.search(tag)
            if first and last:
                yield from range(int(first[1]), min(int(last[1]), _MOST_COLUMNS) + 1)


class Rich:
    """One text of several runs: as a whole, without what is raised in it, and its fonts' encoding."""

    def __init__(self) -> None:
        self.kept: list[str] = []
        self.raised = self.struck = False
        self.encodings: set[str] = set()
        self._up = False
        self._here = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element inside the text begins."""
        if name in ("r", "rPh"):
            self._up = False
        elif name == "vertAlign":
            self._up = attributes.get("val") in ("superscript", "subscript")
        elif name == "strike":
            self.struck = self.struck or attributes.get("val", "1") not in ("0", "false")
        elif name == "rFont":
            self.encodings.add(encoding_of(attributes.get("val", "")))
        self._here = name == "t"

    def end(self, name: str) -> None:
        """An element inside the text ends."""
        self._here = self._here and name != "t"

    def add(self, text: str) -> None:
        """Characters between two tags."""
        if self._here:
            self.take(text, raised=self._up)

    def take(self, text: str, *, raised: bool) -> None:
        """Characters of the text; what is `raised` is left out, but for that of km²."""
        if raised and not "".join(self.kept).rstrip().lower().endswith(_UNITS):
            self.raised = True
        else:
            self.kept.append(text)

    @property
    def unraised(self) -> str | None:
        """The text without what is raised; None where nothing is."""
        return "".join(self.kept).rstrip() or None if self.raised else None

    @property
    def encoding(self) -> str:
        """The one encoding that fonts of the text show."""
        found = self.encodings - {""}
        return found.pop() if len(found) == 1 else ""


def _shared_texts(xml: bytes) -> list[Rich]:
    texts: list[Rich] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        if name == "si":
            texts.append(Rich())
        elif texts:
            texts[-1].start(name, attributes)

    def end(tag: str) -> None:
        if texts:
            texts[-1].end(tag.rpartition(":")[2])

    def characters(text: str) -> None:
        if texts:
            texts[-1].add(text)

    parse(xml, start, end, characters)
    return texts


class _Cells:
    """Notes the cells of a sheet that show something, as its elements go by."""

    def __init__(self, looks: Looks, styles: CellStyles, texts: Sequence[Rich]) -> None:
        self._looks, self._styles, self._texts = looks, styles, texts
        self._at: Place = (0, 0)
        self._style = "0"
        self._kind = "n"
        self._inline: Rich | None = None
        self._index: str | None = None

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        name = tag.rpartition(":")[2]
        if name == "row":
            number = attributes.get("r", "")
            self._at = (int(number) if number.isdecimal() else self._at[0] + 1, 0)
        elif name == "c":
            self._at = place_of(attributes.get("r", "")) or (self._at[0], self._at[1] + 1)
            self._style, self._kind = attributes.get("s", "0"), attributes.get("t", "n")
            if encoding := self._styles.fonts.get(self._style):
                self._looks.fonts[self._at] = encoding
        elif name in ("is", "v"):
            self._begin_value(name)
        elif self._inline is not None:
            self._inline.start(name, attributes)

    def _begin_value(self, name: str) -> None:
        if self._style in self._styles.struck:
            self._looks.struck.add(self._at)
        if name == "is":
            self._inline = Rich()
        elif self._kind == "s":
            self._index = ""
        elif self._kind == "n" and (shown := self._styles.formats.get(self._style)) is not None:
            self._looks.formats[self._at] = shown

    def end(self, tag: str) -> None:
        """An element ends."""
        name = tag.rpartition(":")[2]
        if name == "is" and self._inline is not None:
            self._note(self._inline)
            self._inline = None
        elif name == "v" and self._index is not None:
            if self._index.isdecimal() and int(self._index) < len(self._texts):
                self._note(self._texts[int(self._index)])
            self._index = None
        elif self._inline is not None:
            self._inline.end(name)

    def characters(self, text: str) -> None:
        """Characters between two tags."""
        if self._inline is not None:
            self._inline.add(text)
        elif self._index is not None:
            self._index += text

    def _note(self, text: Rich) -> None:
        if (unraised := text.unraised) is not None:
            self._looks.unraised[self._at] = unraised
        if text.encoding:
            self._looks.fonts[self._at] = text.encoding
        if text.struck:
            self._looks.struck.add(self._at)
