"""What a sheet of an .xlsx shows beside its values: raised digits, hidden rows, fonts of old encodings.

Most workbooks have none of these, which a search of their bytes says; only the others are parsed.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from xml.parsers import expat

from msgspec import Struct, field

from quota.tables.files.formulas import parts_by_sheet

Place = tuple[int, int]
"""A cell's row and column, from 1."""

_REFERENCE = re.compile("([A-Za-z]{1,3})([0-9]{1,7})")
_HIDDEN = re.compile(rb"""<(?:\w+:)?row\b[^<>]*?\shidden=["'](?:1|true)["'][^<>]*>""")
_ROW_NUMBER = re.compile(rb"""\sr=["']([0-9]{1,7})["']""")
_UNITS = ("km", "m", "dm", "cm", "hm")
"""What a raised digit belongs to: km², m³."""
_TCVN3_FONT, _VNI_FONT = ".vn", "vni"


class Looks(Struct):
    """What one sheet shows: texts without the digits raised in them, rows hidden, cells in an old font."""

    unraised: dict[Place, str] = field(default_factory=dict)
    hidden: frozenset[int] = frozenset()
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
    fonts = _fonts(styles) if _mentions_fonts(styles) else {}
    texts = _shared_texts(shared) if b"superscript" in shared or _mentions_fonts(shared) else []
    found = {}
    for sheet, part in parts_by_sheet(archive.read).items():
        if part not in names:
            continue
        xml = archive.read(part)
        looks = Looks(hidden=frozenset(_hidden(xml)))
        if fonts or texts or b"superscript" in xml or _mentions_fonts(xml):
            cells = _Cells(looks, fonts, texts)
            _parse(xml, cells.start, cells.end, cells.characters)
        if looks.unraised or looks.hidden or looks.fonts:
            found[sheet] = looks
    return found


def _mentions_fonts(xml: bytes) -> bool:
    return b'".Vn' in xml or b'"VNI' in xml or b'".VN' in xml or b'".vn' in xml


def _hidden(xml: bytes) -> Iterator[int]:
    if b"hidden=" in xml:
        for tag in _HIDDEN.findall(xml):
            if number := _ROW_NUMBER.search(tag):
                yield int(number.group(1))


def encoding_of(font: str) -> str:
    """The old encoding that a font shows; nothing for a Unicode font. ".VnTimeH" shows capitals only."""
    name = font.strip().lower()
    if name.startswith(_TCVN3_FONT):
        return "TCVN3" if name.endswith("h") else "tcvn3"
    return "vni" if name.startswith(_VNI_FONT) else ""


def _fonts(styles: bytes) -> dict[str, str]:
    """The encodings of the cell formats that show one, by the format's number."""
    fonts: list[str] = []
    formats: list[int] = []
    within: list[str] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        if name in ("fonts", "cellXfs", "cellStyleXfs", "dxfs"):
            within.append(name)
        elif name == "font" and within == ["fonts"]:
            fonts.append("")
        elif name == "name" and within == ["fonts"] and fonts:
            fonts[-1] = encoding_of(attributes.get("val", ""))
        elif name == "xf" and within == ["cellXfs"]:
            font = attributes.get("fontId", "0")
            formats.append(int(font) if font.isdecimal() else 0)

    def end(tag: str) -> None:
        if within and tag.rpartition(":")[2] == within[-1]:
            within.pop()

    _parse(styles, start, end)
    found = {str(number): fonts[font] for number, font in enumerate(formats) if font < len(fonts)}
    return {number: encoding for number, encoding in found.items() if encoding}


class Rich:
    """One text of several runs: as a whole, without what is raised in it, and its fonts' encoding."""

    def __init__(self) -> None:
        self.kept: list[str] = []
        self.raised = False
        self.encodings: set[str] = set()
        self._up = False
        self._here = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element inside the text begins."""
        if name in ("r", "rPh"):
            self._up = False
        elif name == "vertAlign":
            self._up = attributes.get("val") == "superscript"
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

    _parse(xml, start, end, characters)
    return texts


class _Cells:
    """Notes the cells of a sheet that show something, as its elements go by."""

    def __init__(self, looks: Looks, fonts: Mapping[str, str], texts: Sequence[Rich]) -> None:
        self._looks, self._fonts, self._texts = looks, fonts, texts
        self._at: Place = (0, 0)
        self._shared = False
        self._inline: Rich | None = None
        self._index: str | None = None

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        name = tag.rpartition(":")[2]
        if name == "row":
            number = attributes.get("r", "")
            self._at = (int(number) if number.isdecimal() else self._at[0] + 1, 0)
        elif name == "c":
            self._at = _place(attributes.get("r", "")) or (self._at[0], self._at[1] + 1)
            self._shared = attributes.get("t") == "s"
            if encoding := self._fonts.get(attributes.get("s", "0")):
                self._looks.fonts[self._at] = encoding
        elif name == "is":
            self._inline = Rich()
        elif name == "v" and self._shared:
            self._index = ""
        elif self._inline is not None:
            self._inline.start(name, attributes)

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


def _place(reference: str) -> Place | None:
    found = _REFERENCE.fullmatch(reference)
    if found is None:
        return None
    column = 0
    for letter in found.group(1).upper():
        column = column * 26 + ord(letter) - 64
    return int(found.group(2)), column


def _parse(
    xml: bytes,
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None],
    characters: Callable[[str], None] | None = None,
) -> None:
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = characters
    parser.Parse(xml, True)
