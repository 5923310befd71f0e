"""What the styles of an .xlsx say of its cells: fonts of old encodings, lines through them, formats."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field

from quota.tables.files.shown.formats import PER_CENTS, Shown, shown_by
from quota.tables.files.shown.parsing import parse

_MARKS = (b'".Vn', b'"VNI', b'".VN', b'".vn', b"<strike", b"numFmt ", b'numFmtId="9"', b'numFmtId="10"')
"""Bytes without one of which styles say nothing that is looked for."""


class CellStyles(Struct):
    """By the number of a cell's style, what it says; styles that say nothing are left out."""

    fonts: dict[str, str] = field(default_factory=dict)
    """Encodings, as `encoding_of` gives them."""
    struck: frozenset[str] = frozenset()
    formats: dict[str, Shown] = field(default_factory=dict)

    def matter_in(self, sheet: bytes) -> bool:
        """Whether a cell of the sheet has a style that says something."""
        numbers = {*self.fonts, *self.struck, *self.formats}
        return any(b's="%s"' % number.encode() in sheet for number in numbers) or "0" in numbers


def encoding_of(font: str) -> str:
    """The old encoding that a font shows; nothing for a Unicode font. ".VnTimeH" shows capitals only."""
    name = font.strip().lower()
    if name.startswith(".vn"):
        return "TCVN3" if name.endswith("h") else "tcvn3"
    return "vni" if name.startswith("vni") else ""


def cell_styles(styles: bytes) -> CellStyles:
    """What the part `xl/styles.xml` says of cells."""
    if not any(mark in styles for mark in _MARKS):
        return CellStyles()
    reader = _Reader()
    parse(styles, reader.start, reader.end)
    return reader.found()


class _Reader:
    """Notes fonts, number formats and the styles of cells as their elements go by."""

    def __init__(self) -> None:
        self._fonts: list[str] = []
        self._struck: list[bool] = []
        self._codes: dict[str, str] = {str(number): code for number, code in PER_CENTS.items()}
        self._styles: list[tuple[int, str]] = []
        self._within: list[str] = []

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        name = tag.rpartition(":")[2]
        if name in ("fonts", "cellXfs", "cellStyleXfs", "dxfs", "numFmts"):
            self._within.append(name)
        elif self._within == ["numFmts"] and name == "numFmt":
            self._codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif self._within == ["fonts"]:
            self._in_font(name, attributes)
        elif self._within == ["cellXfs"] and name == "xf":
            font = attributes.get("fontId", "0")
            self._styles.append((int(font) if font.isdecimal() else 0, attributes.get("numFmtId", "0")))

    def _in_font(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "font":
            self._fonts.append("")
            self._struck.append(False)
        elif name == "name" and self._fonts:
            self._fonts[-1] = encoding_of(attributes.get("val", ""))
        elif name == "strike" and self._struck:
            self._struck[-1] = attributes.get("val", "1") not in ("0", "false")

    def end(self, tag: str) -> None:
        """An element ends."""
        if self._within and tag.rpartition(":")[2] == self._within[-1]:
            self._within.pop()

    def found(self) -> CellStyles:
        """What was noted, by the styles' numbers."""
        fonts, struck, formats = {}, set(), {}
        for number, (font, code) in enumerate(self._styles):
            if font < len(self._fonts) and self._fonts[font]:
                fonts[str(number)] = self._fonts[font]
            if font < len(self._struck) and self._struck[font]:
                struck.add(str(number))
            if (shown := shown_by(self._codes.get(code, ""))) is not None:
                formats[str(number)] = shown
        return CellStyles(fonts, frozenset(struck), formats)
