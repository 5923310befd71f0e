"""Ruled tables of a Word document, written as XML: thousands of rows are quick."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from typing import Any
from weakref import WeakKeyDictionary
from xml.sax.saxutils import escape

from quota.core.characters import pattern
from quota.render.report.word_parts import spoken, twips

_NUMERIC = set("0123456789.,–−+?")


_NO_XML = pattern("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def table(
    document: Any,
    headings: Sequence[str | tuple[str, str]],
    rows: Sequence[Sequence[str]],
    widths: Sequence[int],
    *,
    size: int,
    total: bool = False,
    numbers: Sequence[str] = (),
    strong: Container[int] = (),
    centred: Container[int] = (),
    whole: bool = False,
) -> None:
    """A ruled table whose headings repeat on every page; figures stand right. Quick for thousands of rows.

    A heading of two texts is under the first of them, with the headings beside it of the same. `numbers`
    stand under the headings. `total` makes the last row bold, `strong` the rows of these places, counted from
    0; the columns of the places `centred` are centred. Headings stay with the first row; a table that is
    `whole` stays on one page where it has room on any.
    """
    columns = "".join(f'<w:gridCol w:w="{twips(width)}"/>' for width in widths)
    sides = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    body = _headings(headings, widths, size)
    if numbers:
        small = max(size - 2, 7)
        cells = [
            _cell(text, width, small, keep=True, side="center")
            for text, width in zip(numbers, widths, strict=True)
        ]
        body.append(_row(cells, heading=True))
    sides_of = ["center" if at in centred else "" for at in range(len(widths))]
    plain = []  # a long table has few texts in a column
    for texts, width, side in zip(zip(*rows, strict=True), widths, sides_of, strict=bool(rows)):
        known = {text: _cell(text, width, size, side=side) for text in set(texts)}
        plain.append([known[text] for text in texts])
    for place, made in enumerate(zip(*plain, strict=True)):
        bold = (total and place == len(rows) - 1) or place in strong
        keep = not place or (whole and place < len(rows) - 1)
        if bold or keep:
            row = zip(rows[place], widths, sides_of, strict=True)
            cells = [_cell(text, width, size, bold=bold, keep=keep, side=side) for text, width, side in row]
        body.append(_row(cells if bold or keep else made))
    head = (
        f'<w:tbl><w:tblPr><w:jc w:val="center"/><w:tblBorders>{sides}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="60" w:type="dxa"/>'
        f'<w:right w:w="60" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{columns}</w:tblGrid>"
    )
    _put_in_later(document, b"".join([head.encode(), *body, b"</w:tbl>"]))


_TABLES: WeakKeyDictionary[Any, list[bytes]] = WeakKeyDictionary()
"""The tables of documents that are not written yet, by the part of the package that they stand in."""


_MARK = "w:place"


def _put_in_later(document: Any, xml: bytes) -> None:
    """Mark the place of a table: as elements, thousands of rows would be gone through again and again."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    tables = _TABLES.setdefault(document.part, [])
    mark = OxmlElement("w:tbl")
    mark.set(qn(_MARK), str(len(tables)))
    tables.append(xml)
    body = document.element.body
    body.insert(len(body) - 1, mark)


def with_tables(document: Any, content: bytes) -> bytes:
    """The written part of a document, `content`, with its tables where they are marked."""
    for place, xml in enumerate(_TABLES.get(document.part, ())):
        content = content.replace(f'<w:tbl {_MARK}="{place}"/>'.encode(), xml)
    return content


def _headings(headings: Sequence[str | tuple[str, str]], widths: Sequence[int], size: int) -> list[bytes]:
    """One row of headings, or two where some stand under another."""
    pairs = [(heading, "") if isinstance(heading, str) else heading for heading in headings]
    if not any(under for _, under in pairs):
        cells = [_heading(top, width, size) for (top, _), width in zip(pairs, widths, strict=True)]
        return [_row(cells, heading=True)]
    tops, unders = [], []
    place = 0
    while place < len(pairs):
        top, under = pairs[place]
        end = place + 1
        while under and end < len(pairs) and pairs[end][0] == top and pairs[end][1]:
            end += 1
        span = f'<w:gridSpan w:val="{end - place}"/>' if under else '<w:vMerge w:val="restart"/>'
        tops.append(_heading(top, sum(widths[place:end]), size, more=span))
        for (_, below), width in zip(pairs[place:end], widths[place:end], strict=True):
            unders.append(_heading(below, width, size, more="" if below else "<w:vMerge/>"))
        place = end
    return [_row(tops, heading=True), _row(unders, heading=True)]


def _heading(text: str, width: int, size: int, more: str = "") -> bytes:
    return _cell(text, width, size, bold=True, keep=True, side="center", more=more)


def _row(cells: Iterable[bytes], *, heading: bool = False) -> bytes:
    head = b"<w:tblHeader/>" if heading else b""
    return b"<w:tr><w:trPr><w:cantSplit/>%b</w:trPr>%b</w:tr>" % (head, b"".join(cells))


def _cell(
    text: str,
    width: int,
    size: int,
    *,
    bold: bool = False,
    keep: bool = False,
    side: str = "",
    more: str = "",
) -> bytes:
    """A cell; without a `side`, figures stand right and words left."""
    held = "<w:keepNext/>" if keep else ""
    side = side or ("right" if text and set(text.replace(" ", "")) <= _NUMERIC else "left")
    tongue = spoken()
    look = f'{"<w:b/>" if bold else ""}<w:sz w:val="{size * 2}"/>'
    look += f'<w:lang w:val="{tongue}" w:eastAsia="{tongue}"/>'
    said = f">{_escaped(text)}</w:t>" if text else "/>"
    cell = (
        f'<w:tc><w:tcPr><w:tcW w:w="{twips(width)}" w:type="dxa"/>{more}<w:vAlign w:val="center"/></w:tcPr>'
        f'<w:p><w:pPr>{held}<w:spacing w:before="20" w:after="20"/><w:jc w:val="{side}"/></w:pPr>'
        f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve"{said}</w:r></w:p></w:tc>'
    )
    return cell.encode()


def _escaped(text: str) -> str:
    """A text inside an element; what XML has no room for is written as its code."""
    if not text.isprintable():
        text = _NO_XML.sub(lambda found: f"\\u{ord(found.group()):04x}", text.replace("\r\n", "\n"))
    return escape(text.replace("\r", "\n"))
