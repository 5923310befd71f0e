"""Tables of a Word document, which are written as text where they stand."""

from __future__ import annotations

import datetime as dt
import io

import pytest

from quota.render.report.word import finished, laid_out
from quota.render.report.word_parts import paragraph, unorphaned
from quota.render.report.word_tables import table

docx = pytest.importorskip("docx")


def test_tables_stand_where_they_were_put_with_every_text_as_it_is() -> None:
    document = docx.Document()
    laid_out(document, "Báo cáo", dt.date(2026, 11, 28))
    rows = [["Xã <A> & B", "1"], ["", "−2"], ["Xã\r\nC\rD", "1"], ["Xã <A> & B", "1"]]
    paragraph(document, "first")
    table(document, ["Unit", "Posts"], rows, [40, 20], size=11, total=True)
    paragraph(document, "second")
    table(document, ["Unit", "Posts"], rows[:1], [40, 20], size=11)
    read = docx.Document(io.BytesIO(finished(document)))
    bodies = [child.tag.rpartition("}")[2] for child in read.element.body]
    assert bodies == ["p", "tbl", "p", "tbl", "sectPr"]
    cells = [[cell.text for cell in row.cells] for row in read.tables[0].rows]
    assert cells == [
        ["Unit", "Posts"],
        *([text.replace("\r\n", "\n").replace("\r", "\n"), n] for text, n in rows),
    ]
    assert [len(found.rows) for found in read.tables] == [5, 2]


def test_what_xml_has_no_room_for_is_written_as_its_code() -> None:
    document = docx.Document()
    table(document, ["Unit"], [["Xã \ufffeA\x01"]], [40], size=11)
    read = docx.Document(io.BytesIO(finished(document)))
    assert read.tables[0].rows[1].cells[0].text == "Xã \\ufffeA\\u0001"


def test_every_run_of_a_table_says_its_language_once() -> None:
    document = docx.Document()
    table(document, ["Unit"], [["A"], ["B"]], [40], size=11)
    read = docx.Document(io.BytesIO(finished(document)))
    runs = read.element.body.xpath(".//w:tbl//w:r")
    assert [len(run.xpath("./w:rPr/w:lang[@w:val='en-GB']")) for run in runs] == [1, 1, 1]


@pytest.mark.parametrize("whole", [True, False])
def test_rows_of_a_whole_table_keep_with_the_next_and_the_last_lets_go(whole: bool) -> None:
    document = docx.Document()
    table(document, ["Unit"], [["A"], ["A"], ["B"], ["B"]], [40], size=11, whole=whole)
    rows = docx.Document(io.BytesIO(finished(document))).tables[0].rows
    kept = [row.cells[0].paragraphs[0].paragraph_format.keep_with_next for row in rows]
    assert [bool(keep) for keep in kept] == [True, True, whole, whole, False]


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("Biên chế cấp xã so với định mức", "Biên chế cấp xã so\u00a0với\u00a0định\u00a0mức"),
        ("so với định mức", "so\u00a0với\u00a0định\u00a0mức"),
        ("Báo cáo", "Báo\u00a0cáo"),
        ("", ""),
    ],
)
def test_a_titles_last_words_stay_on_one_line(title: str, shown: str) -> None:
    assert unorphaned(title) == shown


def test_an_empty_paragraph_is_as_high_as_it_is_asked_to_be() -> None:
    made = paragraph(docx.Document(), "", size=6)
    assert made._p.xpath("./w:pPr/w:rPr/w:sz/@w:val") == ["12"]
    assert not paragraph(docx.Document(), "x", size=6)._p.xpath("./w:pPr/w:rPr")
