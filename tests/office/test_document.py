"""The Word document: what stands in it, and that a word processor makes pages of it."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
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
    annex = document.sections[-1]
    assert (annex.page_width > annex.page_height, len(document.sections)) == (True, 2)
    assert abs(annex.page_width - Mm(297)) < near


def test_every_unit_is_in_the_appendix_by_bloc(quota: Quota, tmp_path: Path) -> None:
    document = Document(str(written(quota, tmp_path)))
    groups, captions, first, *_, total = document.tables[-1].rows
    assert len(document.tables[-1].rows) == 2 + 114 + 1
    tops = ["Government", "Party", "Front", "All"]
    assert [cell.text for cell in groups.cells] == [
        *("No.", "Unit", "Residents"),
        *(top for top in tops for _ in range(3)),
        "Status",
    ]
    assert [cell.text for cell in captions.cells][3:6] == ["quota", "staff", "gap"]
    assert [cell.text for cell in first.cells] == [
        *("1", "Phường Thành Đông", "50,307", "49", "47", "−2", "17–20", "16", "−1", "8–10", "8", "0"),
        *("74–79", "71", "−3", "short"),
    ]
    assert [cell.text for cell in total.cells][1:6] == ["Totals", "4,664,124", "4,957", "5,466", "−138 +647"]


PAPER = """\
superior: ỦY BAN NHÂN DÂN THÀNH PHỐ HẢI PHÒNG
office: SỞ NỘI VỤ
number: 123/BC-SNV
place: Hải Phòng
date: 2026-02-05
recipients:
  - Bộ Nội vụ
  - Lưu: VT, TCCC
position: |
  KT. GIÁM ĐỐC
  PHÓ GIÁM ĐỐC
signatory: Nguyễn Văn A
"""


def test_head_and_foot_are_those_of_the_paper(quota: Quota, tmp_path: Path) -> None:
    paper = tmp_path / "paper.yaml"
    paper.write_text(PAPER, encoding="utf-8")
    options = ("--paper", paper, "--signatory", "Trần Thị <B>", "--lang", "vi")
    text = text_of(written(quota, tmp_path, "hue", *options))
    assert "[" not in text.replace("[Nhận định", "")
    lines = text.splitlines()
    for line in (
        *("ỦY BAN NHÂN DÂN THÀNH PHỐ HẢI PHÒNG", "SỞ NỘI VỤ", "Số: 123/BC-SNV"),
        *("Hải Phòng, ngày 05 tháng 02 năm 2026", "- Bộ Nội vụ;", "- Lưu: VT, TCCC."),
        *("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Trần Thị &lt;B&gt;"),
    ):
        assert line in lines, line


def test_what_is_not_said_is_left_to_fill_in(quota: Quota, tmp_path: Path) -> None:
    options = ("--place", "Huế", "--recipient", "- UBND tỉnh.", "--lang", "vi")
    text = text_of(written(quota, tmp_path, "hue", *options))
    for words in ("Huế, ngày [..] tháng [..] năm [....]", "- UBND tỉnh.", "[Họ và tên]", "Số: [số]/BC-"):
        assert words in text


@pytest.mark.parametrize(("lang", "tongue"), [("vi", "vi-VN"), ("en", "en-GB")])
def test_every_run_says_its_language(quota: Quota, tmp_path: Path, lang: str, tongue: str) -> None:
    with zipfile.ZipFile(written(quota, tmp_path, "hue", "--lang", lang)) as document:
        parts = [name for name in document.namelist() if re.match(r"word/(document|header)", name)]
        for part in parts:
            xml = document.read(part).decode("utf-8")
            runs = re.findall(r"<w:r(?:>| [^>]*>).*?</w:r>", xml, flags=re.DOTALL)
            assert runs
            assert all(f'<w:lang w:val="{tongue}"' in run for run in runs)
        defaults = document.read("word/styles.xml").decode("utf-8").partition("</w:rPrDefault>")[0]
    assert f'w:lang w:val="{tongue}"' in defaults


def test_the_assigned_posts_have_an_appendix_of_their_own(quota: Quota, tmp_path: Path) -> None:
    table = tmp_path / "units.csv"
    table.write_text(
        "code,name,type,population,government,party,front,assigned_government,assigned_party,assigned_front\n"
        "1,Xã A,xã,17000,30,17,8,31,17,8\n2,Xã B,xã,17000,33,18,8,32,18,8\n",
        encoding="utf-8",
    )
    document = Document(str(written(quota, tmp_path, table)))
    norm, assigned = document.tables[-2:]
    assert [cell.text for cell in assigned.rows[1].cells][3:6] == ["assigned", "staff", "gap to assigned"]
    assert [cell.text for cell in assigned.rows[2].cells][3:6] == ["31", "30", "−1"]
    assert assigned.rows[0].cells[-1].text == "Against assigned"
    assert norm.rows[0].cells[-1].text == "Status"
    text = text_of(tmp_path / "report.docx")
    assert text.index("APPENDIX I") < text.index("APPENDIX II") < text.index("APPENDIX III")
    bare = tmp_path / "bare.csv"
    bare.write_text(
        "code,name,type,population,assigned_government,assigned_party,assigned_front\n"
        "1,Xã A,xã,17000,31,17,8\n",
        encoding="utf-8",
    )
    norm, assigned = Document(str(written(quota, tmp_path, bare))).tables[-2:]
    assert [cell.text for cell in norm.rows[1].cells][3:] == ["quota"] * 4
    assert [cell.text for cell in assigned.rows[2].cells][3:] == ["31", "17", "8", "56"]
    assert "charts" not in text_of(tmp_path / "report.docx")


def test_names_are_text_in_the_document(quota: Quota, tmp_path: Path) -> None:
    table = tmp_path / "units.csv"
    table.write_text('code,name,type,population\n1,"<w:p/>&""x",xã,17000\n', encoding="utf-8")
    document = Document(str(written(quota, tmp_path, table)))
    assert document.tables[-1].rows[2].cells[1].text == '<w:p/>&"x'


def test_a_word_processor_makes_pages_of_it(quota: Quota, convert: Convert, tmp_path: Path) -> None:
    (pdf,) = convert([written(quota, tmp_path, "--lang", "vi")], "pdf", tmp_path)
    pages = len(re.findall(rb"/Type\s*/Page\b", pdf.read_bytes()))
    assert 6 <= pages <= 10
