"""What a sheet of an .ods shows beside its values, as `looks` says of an .xlsx; and its merged cells.

Its one part has the styles of cells and texts first, then the sheets' rows.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping

from msgspec import Struct, field

from quota.tables.files.sheets import Merger
from quota.tables.files.shown.formats import shown_beside
from quota.tables.files.shown.looks import Looks, Rich
from quota.tables.files.shown.parsing import parse
from quota.tables.files.shown.places import Place
from quota.tables.files.shown.styles import encoding_of

_PART = "content.xml"
_HIDDEN = frozenset(("collapse", "filter"))
_MARKS = (
    *(b"-spanned", b"table:visibility", b"text-position", b".Vn", b"VNI", b".vn", b".VN"),
    *(b"line-through", b'value-type="percentage"', b"office:annotation"),
)
_COMMENT_TEXTS = frozenset(("text:p", "text:span", "text:s"))
_FIGURES = frozenset(("float", "percentage", "currency"))
_TEXT_BESIDE = re.compile(rb"<number:text>[^<]*[0-9A-Za-z\x80-\xff][^<]*</number:text>")
_STRUCK = ("style:text-line-through-style", "style:text-line-through-type")
"""Bytes without one of which a part shows nothing that is looked for."""
_MOST_REPEATED = 10_000
"""A row or a cell repeated more often is no unit's."""


def _times(attributes: Mapping[str, str], of: str) -> int:
    return int(attributes.get(f"table:number-{of}-repeated", "1"))


class OdsLooks(Struct):
    """Of each sheet by its name the looks and the merged cells."""

    looks: dict[str, Looks] = field(default_factory=dict)
    merged: dict[str, list[Merger]] = field(default_factory=dict)


def ods_looks(content: bytes) -> OdsLooks:
    """What the sheets of an .ods show; nothing for any other workbook. It has been looked through."""
    archive = zipfile.ZipFile(io.BytesIO(content))
    if _PART not in archive.namelist():
        return OdsLooks()
    xml = archive.read(_PART)
    if not (any(mark in xml for mark in _MARKS) or _TEXT_BESIDE.search(xml)):
        return OdsLooks()
    reader = _Reader(_styles_of(archive))
    parse(xml, reader.start, reader.end, reader.characters)
    return reader.found


class _Styles(Struct):
    """The styles by name: those that raise texts, the encodings of their fonts, what they are made from."""

    raised: set[str] = field(default_factory=set)
    struck: dict[str, bool] = field(default_factory=dict)
    fonts: dict[str, str] = field(default_factory=dict)
    parents: dict[str, str] = field(default_factory=dict)

    def is_struck(self, name: str) -> bool:
        """Whether the style, or the one it is made from, strikes its text through."""
        for _ in range(10):
            if name in self.struck:
                return self.struck[name]
            name = self.parents.get(name, "")
        return False

    def font(self, name: str) -> str:
        """The encoding that the style's font shows, or that of the style it is made from."""
        for _ in range(10):
            if name in self.fonts:
                return self.fonts[name]
            name = self.parents.get(name, "")
        return ""


def _styles_of(archive: zipfile.ZipFile) -> _Styles:
    styles = _Styles()
    if "styles.xml" in archive.namelist():
        parse(archive.read("styles.xml"), _StyleReader(styles).start)
    return styles


class _StyleReader:
    """Notes the styles as their elements go by."""

    def __init__(self, styles: _Styles) -> None:
        self.styles, self._name = styles, ""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        if tag == "style:style":
            self._name = attributes.get("style:name", "")
            self.styles.parents[self._name] = attributes.get("style:parent-style-name", "")
        elif tag == "style:default-style":
            self._name = ""
        elif tag == "style:text-properties" and self._name:
            if _is_raised(attributes.get("style:text-position", "")):
                self.styles.raised.add(self._name)
            lines = [attributes[line] for line in _STRUCK if line in attributes]
            if lines:
                self.styles.struck[self._name] = "none" not in lines
            font = attributes.get("style:font-name") or attributes.get("fo:font-family")
            if font is not None:
                self.styles.fonts[self._name] = encoding_of(font.strip("'\""))


def _is_raised(position: str) -> bool:
    """Whether text is above the line: "super 58%", "33% 58%"."""
    first = position.partition(" ")[0]
    return first == "super" or (first.endswith("%") and first[0].isdigit() and first != "0%")


class _Reader(_StyleReader):
    """Follows the rows and cells of all sheets."""

    def __init__(self, styles: _Styles) -> None:
        super().__init__(styles)
        self.found = OdsLooks()
        self._sheet, self._looks = "", Looks()
        self._row = self._row_times = self._column = self._times = 0
        self._at: Place = (0, 0)
        self._columns: list[tuple[int, str]] = []
        self._text: Rich | None = None
        self._spans: list[str] = []
        self._figure = ""
        self._struck = False
        self._paragraphs = 0
        self._in_comment = False
        self._comment: list[str] = []
        self._comment_tag = ""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        super().start(tag, attributes)
        self._comment_tag = tag
        if tag == "table:table":
            self._begin_sheet(attributes)
        elif tag == "table:table-column":
            self._begin_column(attributes)
        elif tag == "table:table-row":
            self._begin_row(attributes)
        elif tag in ("table:table-cell", "table:covered-table-cell"):
            self._begin_cell(attributes)
        elif tag == "office:annotation":
            self._in_comment, self._comment = True, []
        elif self._text is not None and not self._in_comment:
            self._in_cell(self._text, tag, attributes)

    def end(self, tag: str) -> None:
        """An element ends."""
        if tag in ("table:table-cell", "table:covered-table-cell") and self._text is not None:
            self._end_cell(self._text)
            self._text = None
        elif tag == "office:annotation":
            self._in_comment = False  # its text is none of the cell's
            if comment := " ".join("".join(self._comment).split()):
                self._looks.comments[self._at] = comment
        elif tag == "text:span" and self._spans and not self._in_comment:
            self._spans.pop()
        elif tag == "table:table" and self._looks != Looks():
            self.found.looks[self._sheet] = self._looks

    def characters(self, text: str) -> None:
        """Characters between two tags."""
        if self._in_comment and self._comment_tag in _COMMENT_TEXTS:
            self._comment.append(text)
        if self._text is not None and self._paragraphs and not self._in_comment:
            up = any(name in self.styles.raised for name in self._spans)
            self._text.take(text, raised=up)
            self._struck = self._struck or any(map(self.styles.is_struck, self._spans))

    def _begin_sheet(self, attributes: Mapping[str, str]) -> None:
        self._sheet, self._looks = attributes.get("table:name", ""), Looks()
        self._row = self._row_times = 0
        self._columns = []

    def _begin_column(self, attributes: Mapping[str, str]) -> None:
        times = _times(attributes, "columns")
        first = sum(before for before, _ in self._columns) + 1
        self._columns.append((times, attributes.get("table:default-cell-style-name", "")))
        if attributes.get("table:visibility") in _HIDDEN and times <= _MOST_REPEATED:
            self._looks.hidden_columns |= frozenset(range(first, first + times))

    def _begin_row(self, attributes: Mapping[str, str]) -> None:
        self._row += self._row_times
        self._row_times = _times(attributes, "rows")
        self._column = self._times = 0
        if attributes.get("table:visibility") in _HIDDEN and self._row_times <= _MOST_REPEATED:
            self._looks.hidden |= frozenset(range(self._row + 1, self._row + self._row_times + 1))

    def _begin_cell(self, attributes: Mapping[str, str]) -> None:
        self._column += self._times
        self._times = _times(attributes, "columns")
        self._at = (self._row + 1, self._column + 1)
        down = int(attributes.get("table:number-rows-spanned", "1"))
        across = int(attributes.get("table:number-columns-spanned", "1"))
        if down > 1 or across > 1:
            row, column = self._at
            merger = (row, column, row + down - 1, column + across - 1)
            self.found.merged.setdefault(self._sheet, []).append(merger)
        self._text, self._spans, self._paragraphs = Rich(), [], 0
        style = attributes.get("table:style-name") or self._default()
        self._text.encodings.add(self.styles.font(style))
        self._struck = self.styles.is_struck(style)
        is_figure = attributes.get("office:value-type") in _FIGURES
        self._figure = attributes.get("office:value", "") if is_figure else ""

    def _default(self) -> str:
        """The style of this column's cells that name none."""
        last = 0
        for times, style in self._columns:
            last += times
            if self._at[1] <= last:
                return style
        return ""

    def _in_cell(self, text: Rich, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "text:p":
            if self._paragraphs:
                text.take("\n", raised=False)
            self._paragraphs += 1
        elif tag == "text:span":
            name = attributes.get("text:style-name", "")
            self._spans.append(name)
            text.encodings.add(self.styles.font(name))
        elif tag == "text:s":
            text.take(" " * min(int(attributes.get("text:c", "1")), _MOST_REPEATED), raised=False)

    def _end_cell(self, text: Rich) -> None:
        if not self._paragraphs or self._times * self._row_times > _MOST_REPEATED:
            return
        shown = shown_beside(self._figure, "".join(text.kept)) if self._figure else None
        row, column = self._at
        for place in ((row + r, column + c) for r in range(self._row_times) for c in range(self._times)):
            if (unraised := text.unraised) is not None:
                self._looks.unraised[place] = unraised
            if text.encoding:
                self._looks.fonts[place] = text.encoding
            if shown is not None:
                self._looks.formats[place] = shown
            if self._struck:
                self._looks.struck.add(place)
