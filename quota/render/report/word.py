"""The report as a Word document in the layout of administrative documents.

Layout and type sizes follow Appendix I of Decree 30/2020/NĐ-CP on clerical work: A4, Times New Roman 13 to
14, national name and motto, number, place and date, recipients, signature. What only the office knows is left
as fields to fill in.
"""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Sequence
from typing import Any

from quota.core.text import Text, say
from quota.render.audit.columns import NAME, Fact, Line, bloc_headings, listed
from quota.render.audit.words import closing_lines, frame_lines, note_marks, total_rows
from quota.render.kit.words import called, number, words
from quota.render.report.charts import charts, png
from quota.render.report.contents import Report, made_up, ranked_tables, sentences, title
from quota.render.report.map import map_of, map_title
from quota.render.report.map_picture import map_png
from quota.render.report.word_parts import BODY, field, grid, paragraph, ruled, table, underlined
from quota.run.extras import need

_WIDE = 162
"""Millimetres that a table of units may take."""
_PLACE = 9
_EPOCH = (1980, 1, 1, 0, 0, 0)


def report_document(report: Report) -> bytes:
    """The file; equal reports are equal bytes."""
    need("report", "docx", "vl_convert")
    from docx import Document

    document = Document()
    _page(document, report)
    _letterhead(document, title(report))
    _basis(document, report)
    _results(document, report)
    numeral = "IV" if _furthest(document, report) else "III"
    _remarks(document, report, numeral)
    _signature(document)
    _every_unit(document, report)
    return _timeless(document)


def _page(document: Any, report: Report) -> None:
    """A4 with the margins of the decree; pages numbered at the top from the second on."""
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt

    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(20)
    section.header_distance = Mm(10)
    section.different_first_page_header_footer = True
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Times New Roman", Pt(BODY)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), "Times New Roman")
    field(section.header.paragraphs[0], "PAGE")
    properties = document.core_properties
    properties.title, properties.author, properties.comments = title(report), "", ""
    as_of = report.audit.as_of
    made = dt.datetime(as_of.year, as_of.month, as_of.day)
    properties.created = properties.modified = made


def _letterhead(document: Any, called: str) -> None:
    """Offices on the left, the nation's name and motto on the right, number and date, title."""
    left, right = grid(document, [66, 94]).cells
    paragraph(left, size=12, centred=True, blank=say("[NAME OF THE SUPERIOR OFFICE]"))
    paragraph(left, size=12, centred=True, bold=True, blank=say("[NAME OF THE OFFICE]"))
    ruled(left, 24)
    paragraph(right, words(say("SOCIALIST REPUBLIC OF VIET NAM")), size=12, centred=True, bold=True)
    underlined(right, words(say("Independence - Freedom - Happiness")))
    left, right = grid(document, [66, 94]).cells
    paragraph(left, size=13, centred=True, blank=say("No.: [number]/BC-[office]"))
    paragraph(right, size=13, centred=True, italic=True, blank=say("[place], [day] [month] [year]"))
    paragraph(document, "", size=6)
    paragraph(document, words(say("REPORT")), size=14, centred=True, bold=True)
    paragraph(document, called, size=14, centred=True, bold=True)
    ruled(document, 40)
    paragraph(document, "", size=6)


def _basis(document: Any, report: Report) -> None:
    _heading(document, "I", say("Basis and figures"))
    audit = report.audit
    for label, text in frame_lines(audit.frame, files=False):
        paragraph(document, f"{label}: {text}", indent=True)
    paragraph(
        document, words(say("Figures of residents and staff as of {day}.", day=audit.as_of)), indent=True
    )
    for warning in made_up(audit):
        paragraph(document, warning, indent=True, bold=True)


def _results(document: Any, report: Report) -> None:
    _heading(document, "II", say("Results"))
    paragraph(document, " ".join(words(sentence) for sentence in sentences(report.audit)), indent=True)
    caption = words(say("Table {n}. {title}", n=1, title=say("Posts and people by bloc")))
    paragraph(document, caption, size=13, centred=True, bold=True, keep=True)
    rows = [[label, *figures] for label, figures in total_rows(report.audit)]
    headings = bloc_headings(report.audit.frame.blocs)
    _table(document, [words(say("Totals")), *headings], rows, [52, *([108 // len(headings)] * len(headings))])
    if (drawn := map_of(report)) is not None:
        _picture(document, map_title(report), map_png(drawn))
    if (classes := charts(report).get("classes")) is not None:
        caption, spec = classes
        _picture(document, caption, png(spec))


def _furthest(document: Any, report: Report) -> bool:
    """The tables of the units furthest off; whether there are any."""
    tables = list(ranked_tables(report.audit))
    if not tables:
        return False
    _heading(document, "III", say("Units furthest from their quota"))
    for place, (caption, columns, rows) in enumerate(tables, start=2):
        text = words(say("Table {n}. {title}", n=place, title=caption))
        paragraph(document, text, size=13, centred=True, bold=True, keep=True)
        _table(document, columns, rows, [52, 25, 30, 23, 30])
    return True


def _remarks(document: Any, report: Report, numeral: str) -> None:
    _heading(document, numeral, say("Remarks"))
    for text in (
        *closing_lines(report.audit, advice=False),
        *(text for _, text in note_marks(report.audit).values()),
    ):
        paragraph(document, text, indent=True)
    paragraph(document, "", indent=True, blank=say("[Assessment and proposals of the office]"))


def _signature(document: Any) -> None:
    """Recipients on the left, signature on the right, kept together."""
    paragraph(document, "", size=6)
    left, right = grid(document, [80, 80]).cells
    paragraph(left, words(say("Recipients:")), size=12, bold=True, italic=True, keep=True)
    for recipient in (say("- [recipient];"), say("- Filed: [archive], [unit].")):
        paragraph(left, size=11, blank=recipient, keep=True)
    paragraph(right, size=13, centred=True, bold=True, blank=say("[POSITION OF THE SIGNATORY]"), keep=True)
    for _ in range(4):
        paragraph(right, "", size=13, keep=True)
    paragraph(right, size=14, centred=True, bold=True, blank=say("[Full name]"))


def _every_unit(document: Any, report: Report) -> None:
    """The appendix: a row a unit."""
    audit = report.audit
    document.add_page_break()
    paragraph(document, words(say("Appendix")), size=14, centred=True, bold=True)
    paragraph(document, words(say("Figures of each unit")), size=14, centred=True, bold=True)
    before, lines, after = listed(audit)
    columns: list[Fact | Line] = [NAME, *before, *lines, *after]
    headings = [say("No."), *(_title(column) for column in columns)]
    widths = _fitted([_PLACE, *(column.width for column in columns)])
    rows, names = [], called(audited.unit for audited in audit.units)
    for place, audited in enumerate(audit.units, start=1):
        row = [number(place), words(names[audited.unit.code]), *(fact.text(audited) for fact in before)]
        row += [line.text(line.figure.values(audited)[-1]) for line in lines]
        rows.append([*row, *(fact.text(audited) for fact in after)])
    table(document, [words(heading) for heading in headings], rows, widths, size=11)
    paragraph(document, "", size=1)  # a word processor wants one after a table


def _title(column: Fact | Line) -> Text:
    return column.heading if isinstance(column, Fact) else column.title


def _fitted(widths: Sequence[int]) -> list[int]:
    """The same shares of the page's width, in millimetres."""
    return [width * _WIDE // sum(widths) for width in widths]


def _heading(document: Any, numeral: str, text: Text) -> None:
    paragraph(document, f"{numeral}. {words(text).upper()}", bold=True, keep=True, level=1)


def _table(
    document: Any, headings: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[int]
) -> None:
    table(document, headings, rows, widths, size=12, together=True)
    paragraph(document, "", size=6)


def _picture(document: Any, caption: str, picture: bytes) -> None:
    from docx.shared import Mm

    held = paragraph(document, "", centred=True, keep=True)
    shape = held.add_run().add_picture(io.BytesIO(picture), width=Mm(150))
    shape._inline.docPr.set("descr", caption)  # what a screen reader says; the library has no other way
    paragraph(document, caption, size=13, centred=True, italic=True)


def _timeless(document: Any) -> bytes:
    """The document's bytes without the moment they were written at."""
    written, kept = io.BytesIO(), io.BytesIO()
    document.save(written)
    with zipfile.ZipFile(written) as given, zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as taken:
        for name in given.namelist():
            taken.writestr(zipfile.ZipInfo(name, _EPOCH), given.read(name), zipfile.ZIP_DEFLATED)
    return kept.getvalue()
