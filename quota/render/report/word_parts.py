"""The parts of a Word document: paragraphs, fields to fill in, rules, pages on their side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from quota.core.text import Text
from quota.render.kit.language import Language, language
from quota.render.kit.words import words

BODY = 14
"""The type size of the text, in points."""
_TOGETHER = 4
"""Words at the end of a title that stay together: two of Vietnamese, as a rule."""
_TONGUES = {Language.VI: "vi-VN", Language.EN: "en-GB"}


def paragraph(
    holder: Any,
    text: str = "",
    *,
    size: int = BODY,
    bold: bool = False,
    italic: bool = False,
    centred: bool = False,
    indent: bool = False,
    keep: bool = False,
    level: int = 0,
    blank: Text | None = None,
) -> Any:
    """A paragraph at the end of `holder` (a document or a cell); `blank` is a field left to fill in.

    `indent` is running text: first line in, justified. `keep` holds it on the page of what follows. `level`
    makes it a heading of the outline.
    """
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt

    made = _next(holder)
    layout = made.paragraph_format
    layout.space_before, layout.space_after = Pt(0), Pt(6 if indent or level else 2)
    layout.keep_with_next = keep
    if centred:
        made.alignment = WD_ALIGN_PARAGRAPH.CENTER
    elif indent:
        made.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        layout.first_line_indent = Mm(10)
    if level:
        outline = OxmlElement("w:outlineLvl")
        outline.set(qn("w:val"), str(level - 1))
        made._p.get_or_add_pPr().append(outline)
    if blank is not None:
        # some word processors give a field its paragraph's look, whatever its own
        made.style = _look(made.part.styles, size, bold=bold, italic=italic)
        made._p.append(_to_fill_in(words(blank), size, bold=bold, italic=italic))
        return made
    run = made.add_run(text)
    run.bold, run.italic, run.font.size = bold, italic, Pt(size)
    if not text:  # an empty paragraph is as high as its mark
        look, mark = OxmlElement("w:rPr"), OxmlElement("w:sz")
        mark.set(qn("w:val"), str(size * 2))
        look.append(mark)
        made._p.get_or_add_pPr().append(look)
    return made


def unorphaned(text: str) -> str:
    """A title whose last words stay on one line: none of them is alone on the last line."""
    apart = text.split(" ")
    return " ".join([*apart[:-_TOGETHER], "\u00a0".join(apart[-_TOGETHER:])])


def _look(styles: Any, size: int, *, bold: bool, italic: bool) -> Any:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Pt

    name = " ".join(["Field", str(size), *(["bold"] if bold else []), *(["italic"] if italic else [])])
    if name not in styles:
        made = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        made.base_style = styles["Normal"]
        made.font.size, made.font.bold, made.font.italic = Pt(size), bold, italic
    return styles[name]


def _next(holder: Any) -> Any:
    """A new paragraph; a cell's first one is there already."""
    first = holder.paragraphs[0] if len(holder.paragraphs) == 1 else None
    is_cell = hasattr(holder, "merge")
    if is_cell and first is not None and not len(first._p):
        return first
    return holder.add_paragraph()


def _to_fill_in(text: str, size: int, *, bold: bool, italic: bool) -> Any:
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    look = f'{"<w:b/>" if bold else ""}{"<w:i/>" if italic else ""}<w:sz w:val="{size * 2}"/>'
    return parse_xml(
        f"<w:sdt {nsdecls('w')}><w:sdtPr>"
        f"<w:alias w:val={quoteattr(text[:60])}/><w:text/></w:sdtPr>"
        f"<w:sdtContent><w:r><w:rPr>{look}</w:rPr><w:t>{escape(text)}</w:t></w:r></w:sdtContent></w:sdt>"
    )


def field(holder: Any, code: str) -> None:
    """A field that the word processor fills in, such as the page's number, centred in `holder`."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    holder.alignment = WD_ALIGN_PARAGRAPH.CENTER
    holder._p.append(
        parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr="{code}"><w:r><w:t>2</w:t></w:r></w:fldSimple>')
    )


def grid(document: Any, widths: Sequence[int]) -> Any:
    """A row without lines, for things that stand side by side; widths in millimetres."""
    from docx.shared import Mm

    made = document.add_table(rows=1, cols=len(widths))
    made.autofit = False
    for column, cell, width in zip(made.columns, made.rows[0].cells, widths, strict=True):
        column.width = cell.width = Mm(width)
    return made.rows[0]


def ruled(holder: Any, width: int) -> None:
    """A thin line of `width` millimetres, centred."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls
    from docx.shared import Mm

    made = paragraph(holder, "", size=2, centred=True)
    room = 160 if not hasattr(holder, "merge") else 66
    side = Mm(max((room - width) // 2, 0))
    made.paragraph_format.left_indent = made.paragraph_format.right_indent = side
    border = f'<w:pBdr {nsdecls("w")}><w:top w:val="single" w:sz="6" w:space="1" w:color="000000"/></w:pBdr>'
    made._p.get_or_add_pPr().insert(0, parse_xml(border))


def underlined(holder: Any, text: str) -> None:
    """The motto, with a line as long as it is."""
    made = paragraph(holder, text, size=13, centred=True, bold=True)
    made.runs[0].underline = True


def spoken() -> str:
    """The language of a document's words, as a word processor calls it."""
    return _TONGUES[language()]


def twips(millimetres: int) -> int:
    """A length in the twentieths of a point that a word processor counts in."""
    return round(millimetres * 56.7)


def turned(section: Any) -> None:
    """Lay the pages of a section on their side: A4, with narrow margins."""
    from docx.enum.section import WD_ORIENT
    from docx.shared import Mm

    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin = section.right_margin = Mm(20)
    section.top_margin, section.bottom_margin = Mm(20), Mm(15)
