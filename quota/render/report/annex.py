"""An annex as a Word document: A4 on its side, headings and column numbers on every page."""

from __future__ import annotations

from quota.analysis.audit.annexes import AnnexLine, AnnexPlace, Apart, Figure, Holder, Kind, Shows
from quota.render.kit.words import number, signed, words
from quota.render.report.word import finished, laid_out
from quota.render.report.word_parts import grid, paragraph, turned
from quota.render.report.word_tables import table
from quota.render.views.reports.annex import AnnexSheet, apart_text
from quota.run.extras import need

_WIDE = 257
"""Millimetres between the margins."""


def annex_document(sheet: AnnexSheet) -> bytes:
    """The file; the same annex gives the same bytes. The figures are those of the workbook, worked out."""
    need("report", "docx")
    annex, places = sheet.annex, sheet.table.places
    from docx import Document

    document = Document()
    laid_out(document, words(annex.title), sheet.day)
    turned(document.sections[0])
    if sheet.corner:
        left, _ = grid(document, [90, _WIDE - 90]).cells
        for text in sheet.corner:
            paragraph(left, text, size=annex.size, centred=True, bold=True)
    for text in sheet.titles:
        paragraph(document, text, size=annex.size + 1, centred=True, bold=True)
    for text in sheet.under:
        paragraph(document, text, size=annex.size, centred=True, italic=True)
    paragraph(document, "", size=6)
    lines = sheet.table.lines
    rows = [
        [_text(line, at, figure) for at, figure in zip(places, line.figures, strict=True)] for line in lines
    ]
    table(
        document,
        [(group, heading) if group else heading for group, heading in sheet.heading],
        rows,
        _widths(places),
        size=max(annex.size - 1, 8),
        numbers=sheet.numbers,
        strong={place for place, line in enumerate(lines) if _is_strong(line)},
        centred={place for place, at in enumerate(places) if at.column.shows is Shows.NUMBER},
    )
    paragraph(document, "", size=annex.size)
    if sheet.signature:
        signers = grid(document, [_WIDE // len(sheet.signature)] * len(sheet.signature)).cells
        for cell, text in zip(signers, sheet.signature, strict=True):
            paragraph(cell, text, size=annex.size, centred=True, bold=True, keep=True)
    return finished(document)


def _widths(places: tuple[AnnexPlace, ...]) -> list[int]:
    """The columns' widths in millimetres, in the proportions of the layout, as wide as the page."""
    whole = sum(at.column.width for at in places)
    return [at.column.width * _WIDE // whole for at in places]


def _is_strong(line: AnnexLine) -> bool:
    return line.kind is not Kind.ROW or line.holds is Holder.RESERVE


def _text(line: AnnexLine, at: AnnexPlace, figure: Figure) -> str:
    if at.column.shows is Shows.NUMBER:
        return line.number
    if at.column.shows is Shows.NAME:
        return words(line.name)
    if isinstance(figure, Apart):
        return apart_text(figure)
    if figure is None:
        return ""
    return signed(figure) if at.operands else number(figure)
