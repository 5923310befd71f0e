"""Spreadsheets in OpenDocument (.ods) made from plain rows: what each cell, row and sheet shows."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

_KIND = "application/vnd.oasis.opendocument.spreadsheet"
_NAMES = {
    **{name: name for name in ("office", "style", "text", "table")},
    "fo": "xsl-fo-compatible",
    "number": "datastyle",
}
_SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{kind}:1.0"' for name, kind in _NAMES.items()
)
_MANIFEST = (
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{_KIND}"/></manifest:manifest>'
)


def style_of(name: str, family: str, properties: str, kind: str = "text", parent: str = "") -> str:
    """A style and what it says of texts, or of another kind."""
    above = f' style:parent-style-name="{parent}"' if parent else ""
    inside = f"<style:{kind}-properties {properties}/>" if properties else ""
    return f'<style:style style:name="{name}" style:family="{family}"{above}>{inside}</style:style>'


RAISED = style_of("T1", "text", 'style:text-position="super 58%"')


def text_cell(text: str, how: str = "") -> str:
    """A cell of text; its marks are as written."""
    return f'<table:table-cell office:value-type="string"{how}>{text}</table:table-cell>'


def text_rows(*rows: Sequence[str]) -> str:
    """Rows of nothing but texts."""
    return "".join(
        f"<table:table-row>{''.join(text_cell(f'<text:p>{cell}</text:p>') for cell in row)}</table:table-row>"
        for row in rows
    )


def open_document(
    path: Path,
    rows: Sequence[Sequence[str | int]],
    *,
    font: Callable[[int, int], str] = lambda row, column: "Calibri",
    merged: Sequence[str] = (),
    hidden: frozenset[int] = frozenset(),
    notes: frozenset[tuple[int, int]] = frozenset(),
) -> Path:
    """An .ods of one sheet: each cell in a font, cells merged, rows hidden, a raised 1 at some cells."""
    fonts = sorted({font(row, column) for row in range(len(rows)) for column in range(len(rows[0]))})
    spans = {}
    for place in merged:
        (_, top), (_, bottom) = ((cell[:1], int(cell[1:])) for cell in place.split(":"))
        spans[top, ord(place[0]) - 64] = bottom - top + 1
    lines = []
    for number, row in enumerate(rows, start=1):
        cells = []
        for column, value in enumerate(row, start=1):
            how = f' table:style-name="ce{fonts.index(font(number - 1, column - 1))}"'
            if (down := spans.get((number, column), 1)) > 1:
                how += f' table:number-rows-spanned="{down}" table:number-columns-spanned="1"'
            is_noted = (number, column) in notes
            if value == "":
                cells.append("<table:table-cell/>")
            elif isinstance(value, int) and not is_noted:
                cells.append(f'<table:table-cell{how} office:value-type="float" office:value="{value}"/>')
            else:
                raised = '<text:span text:style-name="T1">1</text:span>' if is_noted else ""
                comment = "<office:annotation><text:p>ghi chú 1</text:p></office:annotation>"
                text = f"<text:p>{escape(str(value))}{raised}</text:p>"
                cells.append(text_cell(comment + text if number == 2 else text, how))
        shown = ' table:visibility="filter"' if number in hidden else ""
        lines.append(f"<table:table-row{shown}>{''.join(cells)}</table:table-row>")
    styles = [style_of(f"ce{at}", "table-cell", f'style:font-name="{name}"') for at, name in enumerate(fonts)]
    return ods_of(path.with_suffix(".ods"), "".join([*styles, RAISED]), {"Biểu 1": "".join(lines)})


def ods_of(
    path: Path, styles: str, sheets: Mapping[str, str], more: str = "", how: Mapping[str, str] | None = None
) -> Path:
    """An .ods of these styles (`more` are those of all documents) and sheets of rows, each with its style."""
    looks = how or {}
    tables = "".join(
        f'<table:table table:name="{name}" table:style-name="{looks.get(name, "ta0")}">{rows}</table:table>'
        for name, rows in sheets.items()
    )
    body = f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
    automatic = f"<office:automatic-styles>{styles}</office:automatic-styles>"
    parts = {
        "mimetype": _KIND,
        "content.xml": f"<office:document-content {_SPACES}>{automatic}{body}</office:document-content>",
        "META-INF/manifest.xml": _MANIFEST,
    }
    if more:
        common = f"<office:styles><style:default-style/>{more}</office:styles>"
        parts["styles.xml"] = f"<office:document-styles {_SPACES}>{common}</office:document-styles>"
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return path
