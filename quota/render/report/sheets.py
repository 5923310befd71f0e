"""A page of tables with one picture, as HTML and as a Word document."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

from msgspec import Struct

from quota.core.text import Text
from quota.render.kit.grid import Column, Grid
from quota.render.kit.page import Page, Section
from quota.render.kit.words import words
from quota.render.report.charts import png
from quota.render.report.filling import filled
from quota.render.report.word import finished, laid_out
from quota.render.report.word_parts import paragraph
from quota.render.report.word_tables import table
from quota.run.extras import need

_ACROSS, _FIRST, _CHART = 160, 46, 150
"""Millimetres of a sheet's text, of a table's first column, of a picture."""


class Sheet(Struct, frozen=True):
    """A page under a title, its picture in words and as SVG, the day of its figures.

    `drawn` is the column that draws on a terminal what the picture shows.
    """

    title: Text
    page: Page
    caption: Text
    picture: str
    as_of: dt.date
    drawn: str


def sheet_html(sheet: Sheet) -> bytes:
    """The page's HTML, without a script; everything from tables is escaped."""
    from markupsafe import Markup

    text = filled(
        "page.html.j2",
        title=words(sheet.title),
        lead=[words(line) for line in sheet.page.closing],
        caption=words(sheet.caption),
        svg=Markup(sheet.picture),  # noqa: S704  (drawn from escaped data)
        sections=[_plain(section, sheet.drawn) for section in sheet.page.sections],
        heading=sheet.page.heading,
    )
    return text.encode("utf-8")


def sheet_document(sheet: Sheet) -> bytes:
    """The Word file; equal sheets are equal bytes."""
    need("report", "docx", "vl_convert")
    from docx import Document
    from docx.shared import Mm

    document = Document()
    laid_out(document, words(sheet.title), sheet.as_of)
    paragraph(document, words(sheet.title), size=14, centred=True, bold=True, level=1)
    for line in sheet.page.closing:
        paragraph(document, words(line), indent=True)
    held = paragraph(document, "", centred=True, keep=True)
    shape = held.add_run().add_picture(io.BytesIO(png(sheet.picture)), width=Mm(_CHART))
    shape._inline.docPr.set("descr", words(sheet.caption))  # what a screen reader says
    paragraph(document, words(sheet.caption), size=13, centred=True, italic=True)
    for section in sheet.page.sections:
        _table(document, section, sheet.drawn)
    for label, text in sheet.page.heading:
        paragraph(document, f"{label}: {text}", size=12)
    return finished(document)


def _plain(section: Section, left_out: str) -> dict[str, object]:
    """What the template writes of a table."""
    grid = section.grid
    numeric = [column.numeric for column in _columns(grid, left_out)]
    headings = [words(column.heading) for column in _columns(grid, left_out)]
    return {
        "title": words(section.title) if section.title is not None else "",
        "headings": list(zip(headings, numeric, strict=True)),
        "rows": [list(zip(row, numeric, strict=True)) for row in _rows(grid, left_out)],
        "closing": _closing(grid, left_out),
    }


def _table(document: Any, section: Section, left_out: str) -> None:
    grid = section.grid
    paragraph(document, words(section.title or ""), size=13, bold=True, keep=True, level=2)
    headings = [words(column.heading) for column in _columns(grid, left_out)]
    each = (_ACROSS - _FIRST) // (len(headings) - 1)
    widths = [_FIRST, *([each] * (len(headings) - 1))]
    table(document, headings, _rows(grid, left_out), widths, size=11)
    for line in _closing(grid, left_out):
        paragraph(document, line, size=12)


def _columns(grid: Grid, left_out: str) -> list[Column]:
    return [column for column in grid.shown() if column.key != left_out]


def _rows(grid: Grid, left_out: str) -> list[tuple[str, ...]]:
    shown = zip(grid.shown(), grid.texts(), strict=True)
    return list(zip(*(cells for column, cells in shown if column.key != left_out), strict=True))


def _closing(grid: Grid, left_out: str) -> list[str]:
    """The lines below a table; where its drawn column is left out, so is what they say of it."""
    return [] if len(_columns(grid, left_out)) < len(grid.shown()) else [words(line) for line in grid.closing]
