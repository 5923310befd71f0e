"""`quota report` as it is typed: which form, what is refused, what the page and the Markdown hold."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Quota = Callable[..., Any]
DAY = ("--as-of", "2026-11-22")


def square(code: str, lon: float, **properties: object) -> dict[str, Any]:
    ring = [[lon, 20.0], [lon + 1, 20.0], [lon + 1, 21.0], [lon, 21.0], [lon, 20.0]]
    return {
        "type": "Feature",
        "properties": {"code": code, **properties},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "units.csv"
    path.write_text(
        "code,name,type,population,government,party,front\n"
        "01,Xã A,xã,20000,30,17,8\n02,Xã B,xã,17000,40,17,8\n",
        encoding="utf-8",
    )
    return path


def boundaries(path: Path, *features: object) -> Path:
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    return path


def test_the_page_allows_no_address_and_names_no_script_from_elsewhere(quota: Quota, table: Path) -> None:
    page = quota("report", table, *DAY).out
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', page)
    assert policy is not None
    assert "default-src &#39;none&#39;" in policy.group(1)
    assert "unsafe-eval" not in policy.group(1)
    without_scripts = re.sub(r"(<script[^>]*>).*?</script>", r"\1", page, flags=re.DOTALL)
    assert not re.search(r"<(?:script|link|img|iframe|image|use)[^>]+(?:src|href)=", without_scripts)


def test_equal_reports_are_equal_bytes(quota: Quota, table: Path, tmp_path: Path) -> None:
    for ending in ("html", "docx", "md"):
        files = [tmp_path / f"{name}.{ending}" for name in ("one", "other")]
        for file in files:
            assert quota("report", table, *DAY, "--output", file).code == 0
        assert files[0].read_bytes() == files[1].read_bytes(), ending


def test_markdown_is_for_pasting(quota: Quota) -> None:
    text = quota("report", *DAY, "--format", "md").out
    assert text.startswith("# Staffing of commune-level units of the city of Hải Phòng against their quota\n")
    assert "In post: 8,500. Posts of the quota that are empty: 208; people above it: 665." in text
    assert "| Phường Lê Thanh Nghị | 81,500 | 89–94 | 15 | short |" in text
    assert "Shortfall and surplus are summed separately, never netted." in text


def test_the_ending_of_the_file_says_the_form(quota: Quota, table: Path, tmp_path: Path) -> None:
    for name, start in (
        ("a.html", b"<!doctype html>"),
        ("a.docx", b"PK"),
        ("a.md", b"# "),
        ("a", b"<!doctype"),
    ):
        assert quota("report", table, *DAY, "--output", tmp_path / name).code == 0
        assert (tmp_path / name).read_bytes().startswith(start)


def test_a_page_is_not_written_under_the_ending_of_something_else(
    quota: Quota, table: Path, tmp_path: Path
) -> None:
    run = quota("report", table, *DAY, "--output", tmp_path / "a.pdf")
    assert run.code == 2
    assert "no form goes with the ending .pdf; use one of .html, .htm, .docx, .md" in run.err
    assert not (tmp_path / "a.pdf").exists()
    assert quota("report", table, *DAY, "--format", "html", "--output", tmp_path / "a.out").code == 0


def test_a_page_is_not_for_the_screen_but_markdown_is(quota: Quota, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    refused = quota("report")
    assert (refused.code, refused.out) == (2, "")
    assert "--output" in refused.err
    assert quota("report", "--format", "md").code == 0


def test_a_report_never_overwrites_its_inputs(quota: Quota, table: Path, tmp_path: Path) -> None:
    before = table.read_bytes()
    assert quota("report", table, "--output", table).code == 2
    assert table.read_bytes() == before
    shapes = boundaries(tmp_path / "shapes.geojson", square("01", 106), square("02", 107))
    assert quota("report", table, "--boundaries", shapes, "--output", shapes).code == 2


def test_boundaries_that_do_not_fit_are_named(quota: Quota, table: Path, tmp_path: Path) -> None:
    shapes = boundaries(
        tmp_path / "shapes.geojson",
        square("01", 106),
        square("99", 107),
        {"type": "Feature", "properties": {}, "geometry": None},
        square("01", 108),
    )
    run = quota("report", table, *DAY, "--boundaries", shapes, "--output", tmp_path / "a.html")
    assert run.code == 0
    for said in ("no unit of the table has this code", "without a unit's code", "second feature", "Xã B"):
        assert said in run.err


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("nonsense", "not GeoJSON"),
        ("[]", "not a GeoJSON collection"),
        ('{"type": "FeatureCollection", "features": []}', "no feature is a unit"),
        ("[" * 100_000, "not GeoJSON"),
    ],
)
def test_files_that_are_no_boundaries_are_refused(
    quota: Quota, table: Path, tmp_path: Path, content: str, said: str
) -> None:
    path = tmp_path / "shapes.geojson"
    path.write_text(content, encoding="utf-8")
    run = quota("report", table, "--boundaries", path, "--output", tmp_path / "a.html")
    assert run.code == 2
    assert said in run.err
    assert not (tmp_path / "a.html").exists()


@pytest.mark.parametrize(
    "ring", [[[1, 2]], [[106, 20], [107, 20], [107, 21]], [[5e5, 2e6]] * 5, "abc", [["a", "b"]] * 5, None]
)
def test_a_shape_that_is_no_polygon_in_degrees_is_left_out(
    quota: Quota, table: Path, tmp_path: Path, ring: object
) -> None:
    bad = square("02", 107)
    bad["geometry"]["coordinates"] = [ring]
    shapes = boundaries(tmp_path / "shapes.geojson", square("01", 106), bad)
    run = quota("report", table, *DAY, "--boundaries", shapes, "--output", tmp_path / "a.html")
    assert run.code == 0
    assert "no polygon in degrees" in run.err


def test_what_the_file_has_beside_the_units_is_drawn_around_them(
    quota: Quota, table: Path, tmp_path: Path
) -> None:
    features = [square("01", 106), square("02", 107), square("99", 108, Ten_Xa="Xã <Bên>"), square("98", 150)]
    features.append(square("97", 105, name=3))
    shapes = boundaries(tmp_path / "shapes.geojson", *features)
    page = tmp_path / "a.html"
    run = quota("report", table, *DAY, "--boundaries", shapes, "--output", page)
    assert run.code == 0
    assert "no unit of the table has this code: 3 features, drawn only as surroundings" in run.err
    assert "Xã <Bên> (99), 98, 97" in run.err
    text = page.read_text(encoding="utf-8")
    assert text.count('class="around"') == 2
    assert "Xã &lt;Bên&gt; (99)" in text
    assert "--boundaries" not in text.partition("<script")[0]


@pytest.mark.parametrize(
    ("rows", "called"),
    [
        ("10507,Phường Thành Đông,phường,20000,,\n", "of the city of Hải Phòng against"),
        ("10507,Phường Thành Công,phường,20000,,\n", "units against"),
        ("01273,Phường Thục Phán,phường,20000,,\n", "of the province of Cao Bằng against"),
        ("01273,Phường Thục Phán,phường,20000,,\n10507,Phường Thành Đông,phường,20000,,\n", "units against"),
        ("1,Xã A,xã,20000,,Huế\n", "of the city of Huế against"),
        ("1,Xã A,xã,20000,,Đất Tổ\n", "of Đất Tổ against"),
    ],
)
def test_the_title_names_the_province(quota: Quota, tmp_path: Path, rows: str, called: str) -> None:
    path = tmp_path / "units.csv"
    path.write_text(f"code,name,type,population,government,province\n{rows}", encoding="utf-8")
    assert called in quota("report", path, *DAY, "--format", "md").out.splitlines()[0]


MESSY = """\
SỞ NỘI VỤ,,,,,,
BIỂU TỔNG HỢP BIÊN CHẾ NĂM 2025,,,,,,
STT,Tên đơn vị,Mã,Dân số,Chính quyền,Đảng,MTTQ
1,Xã An Phú,1,20000,30,17,8
2,Phường Bình An,2,17000,{staff},17,8
,Tổng cộng,,37000,70,34,16
,,,,NGƯỜI LẬP BIỂU,,
,,,,Nguyễn Văn Ất,,
"""


@pytest.mark.parametrize("ending", ["html", "docx", "md"])
def test_a_paper_has_nothing_of_how_the_table_was_read_and_no_advice(
    quota: Quota, tmp_path: Path, ending: str
) -> None:
    for staff, given in (("40", "units.csv"), ("", "bare.csv")):
        path = tmp_path / given
        text = MESSY.format(staff=staff)
        path.write_text(text if staff else re.sub(r",\d*,17,8\n", ",,,\n", text), encoding="utf-8")
        made = tmp_path / f"report.{ending}"
        assert quota("report", path, *DAY, "--lang", "vi", "--output", made).code == 0
        said = _read(made)
        for never in ("NGƯỜI LẬP BIỂU", "Nguyễn Văn Ất", "--staff", "FILE", "--format", "SỞ NỘI VỤ"):
            assert never not in said, never
        if ending != "md":  # the page and Word name files where they say how they were made, or nowhere
            assert (given in said) is (ending == "html")


def _read(path: Path) -> str:
    """The words that people see."""
    if path.suffix == ".docx":
        with zipfile.ZipFile(path) as document:
            return re.sub(r"<[^>]+>", "", document.read("word/document.xml").decode("utf-8"))
    text = re.sub(r"<(script|style).*?</\1>", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    return re.sub(r'<p class="advice">.*?</p>', "", text)  # on the screen only


def test_made_up_figures_are_said_to_be_without_advice(quota: Quota, tmp_path: Path) -> None:
    for ending in ("html", "docx"):
        made = tmp_path / f"report.{ending}"
        assert quota("report", *DAY, "--lang", "vi", "--output", made).code == 0
        said = _read(made)
        assert "số liệu giả định" in said
        assert "--staff" not in said


@pytest.mark.parametrize(("places", "title"), [(",106,20", "Bản đồ, biểu đồ"), (",,", "Biểu đồ")])
def test_the_appendix_of_pictures_is_called_by_what_it_holds(
    quota: Quota, tmp_path: Path, places: str, title: str
) -> None:
    docx = pytest.importorskip("docx")
    pytest.importorskip("vl_convert")
    table, path = tmp_path / "units.csv", tmp_path / "report.docx"
    header = "code,name,type,population,government,party,front,lon,lat"
    table.write_text(f"{header}\n1,Xã A,xã,17000,32,18,9{places}\n", encoding="utf-8")
    assert quota("report", table, "--lang", "vi", "--output", path).code == 0
    texts = [paragraph.text for paragraph in docx.Document(str(path)).paragraphs]
    assert title in texts
    assert any(f"; {title.lower()} tại phụ lục tiếp theo." in text for text in texts)


def test_remarks_are_cut_short_and_say_so(quota: Quota, tmp_path: Path) -> None:
    rows = "".join(f"{number},Xã {number},xã,{number},1,1,1,200\n" for number in range(1, 205))
    path = tmp_path / "units.csv"
    path.write_text(f"code,name,type,population,government,party,front,lon\n{rows}", encoding="utf-8")
    made = tmp_path / "report.html"
    assert quota("report", path, *DAY, "--output", made).code == 0
    assert "more of the kind" in _read(made)
