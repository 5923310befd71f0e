"""`quota report` as it is typed: which form, what is refused, what the page and the Markdown hold."""

from __future__ import annotations

import json
import re
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
    assert text.startswith("# Staffing of commune-level units against their quota\n")
    assert "In post: 8,500. Posts of the quota that are empty: 208; people above it: 665." in text
    assert "| Phường Lê Thanh Nghị | 81,500 | 89–94 | 15 | short |" in text
    assert "Shortfall and surplus are summed separately, never netted." in text


def test_the_ending_of_the_file_says_the_form(quota: Quota, table: Path, tmp_path: Path) -> None:
    for name, start in (
        ("a.html", b"<!doctype html>"),
        ("a.docx", b"PK"),
        ("a.md", b"# "),
        ("a.out", b"<!doctype"),
    ):
        assert quota("report", table, *DAY, "--output", tmp_path / name).code == 0
        assert (tmp_path / name).read_bytes().startswith(start)


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
