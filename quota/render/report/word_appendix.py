"""The appendices of the Word report, on A4 on its side: figures of each unit by bloc, then pictures."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from msgspec import Struct

from quota.core.positions import OF_POSITIONS
from quota.core.results import AuditReport
from quota.core.text import Text, say
from quota.render.audit.columns import ASSIGNED, FILLING, GAP, NAME, QUOTA, RESIDENTS, STAFF, VACANCY
from quota.render.audit.laid_out import bloc_headings, shown_after
from quota.render.audit.shapes import Fact, Figure
from quota.render.audit.states import states_shown
from quota.render.kit.words import called, number, words
from quota.render.report.charts import class_chart, png
from quota.render.report.contents import Report
from quota.render.report.map import Map, map_title
from quota.render.report.map_picture import map_png
from quota.render.report.word_parts import paragraph, turned
from quota.render.report.word_tables import table

_WIDE = 257
"""Millimetres that a table may take, or a picture."""
_PLACE, _NAME, _RESIDENTS, _AFTER = 10, 42, 18, 22
_MAP, _CHART, _HIGH = 245, 200, 142
"""Widths of pictures, and the height that a page has for one, in millimetres."""
_MANY = 12
"""Figures of more columns are set smaller."""
_NUMERALS = ("I", "II", "III", "IV", "V")


class _Table(Struct, frozen=True):
    """A table of all units: what it is called, figures of each bloc and of all, facts after them."""

    title: Text
    figures: tuple[Figure, ...]
    facts: Sequence[Fact] = ()
    has_residents: bool = True


def appendices(document: Any, report: Report, drawn: Map | None) -> None:
    """All of them, each on pages of its own; `drawn` is the map, where there is one."""
    _turned(document)
    numerals = iter(_NUMERALS)
    for place, wanted in enumerate(_tables(report.audit)):
        if place:
            document.add_page_break()
        _caption(document, next(numerals), wanted.title)
        _units(document, report.audit, wanted)
    pictures = list(_pictures(report, drawn))
    if pictures:
        document.add_page_break()
        title = say("Maps and charts") if drawn is not None else say("Charts")
        _caption(document, next(numerals), title)
        for caption, picture, width in pictures:
            _picture(document, caption, picture, width)


def appendices_line(report: Report, *, has_map: bool) -> Text:
    """Which appendices there are: of units, and of the pictures that there are."""
    if has_map:
        return say("Figures of each unit are in Appendix I, maps and charts in the appendix after it.")
    if report.audit.has_staff:
        return say("Figures of each unit are in Appendix I, charts in the appendix after it.")
    return say("Figures of each unit are in Appendix I.")


def _turned(document: Any) -> None:
    """A new section, its pages on their side and numbered."""
    from docx.enum.section import WD_SECTION

    section = document.add_section(WD_SECTION.NEW_PAGE)
    turned(section)
    section.different_first_page_header_footer = False


def _caption(document: Any, numeral: str, title: Text) -> None:
    called_so = words(say("Appendix {numeral}", numeral=numeral)).upper()
    paragraph(document, called_so, size=14, centred=True, bold=True, keep=True)
    paragraph(document, words(title), size=14, centred=True, bold=True, keep=True)


def _tables(audit: AuditReport) -> Iterator[_Table]:
    facts = [fact for fact in shown_after(audit) if fact is not FILLING]
    if audit.has_staff:
        yield _Table(say("Figures of each unit: norm by the frame and staff"), (QUOTA, STAFF, GAP), facts)
    else:
        yield _Table(say("Figures of each unit: norm by the frame"), (QUOTA,), facts)
    if audit.has_assigned:
        figures = (ASSIGNED, STAFF, VACANCY) if audit.has_staff else (ASSIGNED,)
        title = say("Figures of each unit: assigned posts and staff")
        yield _Table(title, figures, [FILLING] if audit.has_staff else [])
    shown = {figure.key: figure for figure in states_shown(audit)}
    positions = tuple(shown[state] for state in OF_POSITIONS if state in shown)
    if positions:
        yield _Table(say("Positions of each unit, filled and vacant"), positions, has_residents=False)
    people = tuple(figure for figure in shown.values() if figure not in positions)
    if people:
        yield _Table(say("People of each unit on loan, leaving, arriving"), people, has_residents=False)


def _units(document: Any, audit: AuditReport, wanted: _Table) -> None:
    """A row a unit, then the totals."""
    groups = bloc_headings(audit.frame.blocs)
    captions = [words(figure.caption) for figure in wanted.figures]
    residents = (RESIDENTS,) if wanted.has_residents else ()
    headings: list[str | tuple[str, str]] = [
        words(heading) for heading in (say("No."), NAME.heading, *(fact.heading for fact in residents))
    ]
    headings += [(group, caption) for group in groups for caption in captions]
    about = [_PLACE, _NAME, *([_RESIDENTS] if residents else [])]
    after = [_AFTER] * len(wanted.facts)
    columns = len(groups) * len(captions)
    each = min((_WIDE - sum(about) - sum(after)) // columns, 30)
    units, names = audit.units, called(audited.unit for audited in audit.units)
    cells = [[*(number(place) for place in range(1, len(units) + 1)), ""]]
    cells.append([*(words(names[audited.unit.code]) for audited in units), words(say("Totals"))])
    cells += [[*map(fact.text, units), number(audit.totals.population)] for fact in residents]
    shown = [_shown(figure, audit) for figure in wanted.figures]
    cells += [column for group in zip(*shown, strict=True) for column in group]
    cells += [[*map(fact.text, units), ""] for fact in wanted.facts]
    headings += [words(fact.heading) for fact in wanted.facts]
    size = 8 if columns > _MANY else 10 if columns > 9 else 11
    rows, widths = list(zip(*cells, strict=True)), [*about, *[each] * columns, *after]
    table(document, headings, rows, widths, size=size, total=True)
    paragraph(document, "", size=1)  # a word processor wants one after a table


def _shown(figure: Figure, audit: AuditReport) -> list[list[str]]:
    """The figure's columns, of each bloc, then of all: its texts for each unit, then for the totals."""
    values = [*figure.rows(audit.units), figure.values(audit.totals)]
    text = cache(figure.shown)  # a long table has few figures in a column
    return [list(map(text, group)) for group in zip(*values, strict=True)]


def _pictures(report: Report, drawn: Map | None) -> Iterator[tuple[str, bytes, int]]:
    """What each shows, its bytes, its width in millimetres."""
    if drawn is not None:
        yield map_title(report), map_png(drawn), _MAP
    if (classes := class_chart(report.audit)) is not None:
        yield classes.title, png(classes.svg), _CHART


def _picture(document: Any, caption: str, picture: bytes, width: int) -> None:
    from docx.shared import Mm

    across, down = (int.from_bytes(picture[first : first + 4], "big") for first in (16, 20))  # of a PNG
    held = paragraph(document, "", centred=True, keep=True)
    fitting = Mm(min(width, _HIGH * across / down))
    shape = held.add_run().add_picture(io.BytesIO(picture), width=fitting)
    shape._inline.docPr.set("descr", caption)  # what a screen reader says; the library has no other way
    paragraph(document, caption, size=13, centred=True, italic=True)
