"""The Word document: what stands in it, and that a word processor makes pages of it."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from docx import Document
from docx.shared import Mm

from tests.office.conftest import Convert

Quota = Callable[..., Any]
DAY = ("--as-of", "2026-11-22")


def written(quota: Quota, folder: Path, *arguments: object) -> Path:
    path = folder / "report.docx"
    run = quota("report", *arguments, *DAY, "--output", path)
    assert run.code == 0, run.err
    return path


def text_of(path: Path) -> str:
    with zipfile.ZipFile(path) as document:
        xml = document.read("word/document.xml").decode("utf-8")
    return re.sub(r"<[^>]+>", "", re.sub(r"</w:p>", "\n", xml))


def test_the_layout_is_that_of_the_decree(quota: Quota, tmp_path: Path) -> None:
    path = written(quota, tmp_path, "--lang", "vi")
    document = Document(str(path))
    section = document.sections[0]
    near = Mm(1)
    assert abs(section.page_width - Mm(210)) < near
    assert abs(section.page_height - Mm(297)) < near
    assert Mm(20) - near <= section.top_margin <= Mm(25)
    assert Mm(30) - near <= section.left_margin <= Mm(35)
    assert Mm(15) <= section.right_margin <= Mm(20) + near
    assert document.styles["Normal"].font.name == "Times New Roman"
    assert document.styles["Normal"].font.size.pt == 14
    text = text_of(path)
    order = [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Số: [số]/BC-",
        "ngày [..] tháng [..] năm",
        "BÁO CÁO",
        "I. CĂN CỨ",
        "II. KẾT QUẢ",
        "Nơi nhận:",
        "[QUYỀN HẠN, CHỨC VỤ CỦA NGƯỜI KÝ]",
        "PHỤ LỤC",
    ]
    places = [text.index(words) for words in order]
    assert places == sorted(places)
    assert "giả định" in text
    assert "thiếu 208 so với định mức, thừa 665" in text
    assert len(document.inline_shapes) == 2


def test_every_unit_is_in_the_appendix(quota: Quota, tmp_path: Path) -> None:
    document = Document(str(written(quota, tmp_path)))
    rows = document.tables[-1].rows
    assert len(rows) == 115
    assert [cell.text for cell in rows[1].cells][:5] == ["1", "Phường Thành Đông", "ward", "50,307", "74–79"]


def test_names_are_text_in_the_document(quota: Quota, tmp_path: Path) -> None:
    table = tmp_path / "units.csv"
    table.write_text('code,name,type,population\n1,"<w:p/>&""x",xã,17000\n', encoding="utf-8")
    document = Document(str(written(quota, tmp_path, table)))
    assert document.tables[-1].rows[1].cells[1].text == '<w:p/>&"x'


def test_a_word_processor_makes_pages_of_it(quota: Quota, convert: Convert, tmp_path: Path) -> None:
    (pdf,) = convert([written(quota, tmp_path, "--lang", "vi")], "pdf", tmp_path)
    pages = len(re.findall(rb"/Type\s*/Page\b", pdf.read_bytes()))
    assert 6 <= pages <= 10
