"""The report as a Word document in the layout of administrative documents.

Layout and type sizes follow Appendix I of Decree 30/2020/NĐ-CP on clerical work: A4, Times New Roman 13 to
14, national name and motto, number, place and date, recipients, signature. What only the office knows is
taken from the report's `paper`, or left as fields to fill in. Tables of all units and pictures are
appendices.
"""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any

from quota.core.text import Text, say
from quota.render.audit.laid_out import bloc_headings
from quota.render.audit.words import closing_lines, frame_lines, note_marks, total_rows
from quota.render.kit.words import words
from quota.render.report.contents import Report, made_up, ranked_tables, sentences, title
from quota.render.report.map import map_of
from quota.render.report.paper import Paper
from quota.render.report.word_appendix import appendices, appendices_line
from quota.render.report.word_parts import BODY, field, grid, paragraph, ruled, spoken, underlined, unorphaned
from quota.render.report.word_tables import table, with_tables
from quota.run.extras import need

_WHOLE = 24
"""Rows that a table in the text may have to be kept on one page: two thirds of it."""
_EPOCH = (1980, 1, 1, 0, 0, 0)


def report_document(report: Report) -> bytes:
    """The file; equal reports are equal bytes."""
    need("report", "docx", "vl_convert")
    from docx import Document

    document = Document()
    laid_out(document, title(report), report.audit.as_of)
    _letterhead(document, title(report), report.paper)
    _basis(document, report)
    drawn = map_of(report, printed=True)
    _results(document, report, has_map=drawn is not None)
    numeral = "IV" if _furthest(document, report) else "III"
    _remarks(document, report, numeral)
    _signature(document, report.paper)
    appendices(document, report, drawn)
    return finished(document)


def finished(document: Any) -> bytes:
    """The document's bytes, in the reader's language; equal documents are equal bytes."""
    _spoken(document, spoken())
    return _timeless(document)


def laid_out(document: Any, called: str, as_of: dt.date) -> None:
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
    properties.title, properties.author, properties.comments = called, "", ""
    made = dt.datetime(as_of.year, as_of.month, as_of.day)
    properties.created = properties.modified = made


def _letterhead(document: Any, called: str, paper: Paper) -> None:
    """Offices on the left, the nation's name and motto on the right, number and date, title."""
    left, right = grid(document, [66, 94]).cells
    _known(left, paper.superior, say("[NAME OF THE SUPERIOR OFFICE]"), size=12)
    _known(left, paper.office, say("[NAME OF THE OFFICE]"), size=12, bold=True)
    ruled(left, 24)
    paragraph(right, words(say("SOCIALIST REPUBLIC OF VIET NAM")), size=12, centred=True, bold=True)
    underlined(right, words(say("Independence - Freedom - Happiness")))
    left, right = grid(document, [66, 94]).cells
    known = words(say("No.: {number}", number=paper.number)) if paper.number else ""
    _known(left, known, say("No.: [number]/BC-[office]"), size=13)
    place = say("{place}", place=paper.place) if paper.place else say("[place]")
    where = say("{place}, {day}", place=place, day=_day(paper.day))
    _known(right, words(where) if paper.place and paper.day else "", where, size=13, italic=True)
    paragraph(document, "", size=6)
    paragraph(document, words(say("REPORT")), size=14, centred=True, bold=True)
    paragraph(document, unorphaned(called), size=14, centred=True, bold=True)
    ruled(document, 40)
    paragraph(document, "", size=6)


def _known(holder: Any, known: str, blank: Text, **look: Any) -> None:
    """A centred line, each line of it a paragraph; a field to fill in where nothing is known."""
    if not known:
        paragraph(holder, centred=True, blank=blank, **look)
    for line in known.splitlines():
        paragraph(holder, words(line), centred=True, **look)


def _day(day: dt.date | None) -> Text:
    """A day as papers are dated: days under 10 and the first two months in two digits."""
    if day is None:
        return say("[day] [month] [year]")
    month = f"{day.month:02}" if day.month < 3 else f"{day.month}"
    return say("{day}/{month}/{year}", day=f"{day.day:02}", month=month, year=f"{day.year}")


def _basis(document: Any, report: Report) -> None:
    _heading(document, "I", say("Basis and figures"))
    audit = report.audit
    for label, text in frame_lines(audit.frame, files=False):
        paragraph(document, f"{label}: {text}", indent=True)
    counted = say("Quotas of {day}, by the residents and staff of the tables given.", day=audit.as_of)
    paragraph(document, words(counted), indent=True)
    for warning in made_up(audit):
        paragraph(document, warning, indent=True, bold=True)


def _results(document: Any, report: Report, *, has_map: bool) -> None:
    _heading(document, "II", say("Results"))
    paragraph(document, " ".join(words(sentence) for sentence in sentences(report.audit)), indent=True)
    caption = words(say("Table {n}. {title}", n=1, title=say("Posts and people by bloc")))
    paragraph(document, caption, size=13, centred=True, bold=True, keep=True)
    rows = [[label, *figures] for label, figures in total_rows(report.audit)]
    headings = bloc_headings(report.audit.frame.blocs)
    _table(document, [words(say("Totals")), *headings], rows, [60, *([100 // len(headings)] * len(headings))])
    paragraph(document, words(appendices_line(report, has_map=has_map)), indent=True)


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


def _signature(document: Any, paper: Paper) -> None:
    """Recipients on the left, signature on the right, kept together."""
    paragraph(document, "", size=6)
    left, right = grid(document, [80, 80]).cells
    paragraph(left, words(say("Recipients:")), size=12, bold=True, italic=True, keep=True)
    for place, recipient in enumerate(paper.recipients, start=1):
        named = words(recipient.strip().lstrip("-").strip().rstrip(";."))
        paragraph(left, f"- {named}{'.' if place == len(paper.recipients) else ';'}", size=11, keep=True)
    if not paper.recipients:
        for blank in (say("- [recipient];"), say("- Filed: [archive], [unit].")):
            paragraph(left, size=11, blank=blank, keep=True)
    _known(right, paper.position, say("[POSITION OF THE SIGNATORY]"), size=13, bold=True, keep=True)
    for _ in range(4):
        paragraph(right, "", size=13, keep=True)
    _known(right, paper.signatory, say("[Full name]"), size=14, bold=True)


def _heading(document: Any, numeral: str, text: Text) -> None:
    paragraph(document, f"{numeral}. {words(text).upper()}", bold=True, keep=True, level=1)


def _table(
    document: Any, headings: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[int]
) -> None:
    table(document, headings, rows, widths, size=12, whole=len(rows) <= _WHOLE)
    paragraph(document, "", size=6)


def _spoken(document: Any, tongue: str) -> None:
    """Every run says its language, as those of tables do: word processors check their spelling by it."""
    from docx.oxml.ns import qn

    section = document.sections[0]
    default, run, look = qn("w:rPrDefault"), qn("w:r"), qn("w:rPr")
    language = qn("w:lang")
    said = {qn("w:val"): tongue, qn("w:eastAsia"): tongue}
    for root in (document.element, document.styles.element, section.header._element):
        for part in root.iter(default, run):
            found = part.find(look)
            _marked(part.get_or_add_rPr() if found is None else found, language, said)


def _marked(look: Any, language: str, said: Mapping[str, str]) -> None:
    for former in look.findall(language):
        look.remove(former)
    look.append(look.makeelement(language, said))


def _timeless(document: Any) -> bytes:
    """The document's bytes without the moment they were written at."""
    written, kept = io.BytesIO(), io.BytesIO()
    document.save(written)
    with zipfile.ZipFile(written) as given, zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as taken:
        for name in given.namelist():
            content = given.read(name)
            if name == document.part.partname.lstrip("/"):
                content = with_tables(document, content)
            taken.writestr(zipfile.ZipInfo(name, _EPOCH), content, zipfile.ZIP_DEFLATED)
    return kept.getvalue()
