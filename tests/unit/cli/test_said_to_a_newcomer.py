"""What somebody who follows the tutorial reads: figures, titles and advice in the reader's own words."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from tests.running import ran

Quota = Callable[..., Any]
TABLE = Path(__file__).parents[3] / "docs" / "tutorial" / "bieu-01-dan-so.xlsx"


@pytest.mark.parametrize(
    ("table", "title"),
    [
        ("hue", "Biên chế các đơn vị hành chính cấp xã của thành phố Huế so với định mức"),
        ("cao-bang", "Biên chế các đơn vị hành chính cấp xã của tỉnh Cao Bằng so với định mức"),
        ("vietnam", "Biên chế cấp xã so với định mức"),
    ],
)
def test_the_workbooks_title_names_the_province(quota: Quota, tmp_path: Path, table: str, title: str) -> None:
    path = tmp_path / "audit.xlsx"
    assert quota("audit", table, "--limit", "3", "--lang", "vi", "--output", path).code == 0
    assert CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()[0][0] == title


def test_an_area_has_a_vietnamese_comma(quota: Quota, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    assert "344,63 km²" in quota("check", TABLE, "--lang", "vi").out
    assert "344.63 km²" in quota("check", TABLE, "--lang", "en").out


def test_a_change_is_said_to_be_more_not_what_is_left(quota: Quota) -> None:
    tables = ("tests/toy/units.csv", "tests/toy/units-later.csv", "--old-rules", "tests/toy/toy.yaml")
    people = ("--old-staff", "tests/toy/staff.csv", "--new-staff", "tests/toy/staff-later.csv")
    out = quota("changes", *tables, *people, "--lang", "vi").out
    assert "thêm 2" in out
    assert "còn 2" not in out


def test_a_rule_file_shows_its_figures_as_other_pages_do(quota: Quota) -> None:
    out = quota("rules", "show", "cv-09-2025", "--lang", "vi").out
    assert " 16.000 " in out
    assert " 16000 " not in out


def test_words_of_staff_are_said_where_there_is_staff(quota: Quota) -> None:
    said = ("WISN", "netted")
    assert all(word in quota("rank").out for word in said)
    assert not any(word in quota("rank", "hue").out for word in said)


SAMPLE = ("hai-phong", "--staff", "data/hai-phong-staff-sample.csv", "--as-of", "2026-11-22")
NEAR = ("--neighbours", "data/hai-phong-neighbours.csv")
PAGES = {
    "audit": ("audit", *SAMPLE),
    "explain": ("explain", "hong bang", "--as-of", "2026-11-22"),
    "compare": ("compare", "hong bang", "an bien", "--as-of", "2026-11-22"),
    "rank": ("rank", *SAMPLE),
    "sensitivity": ("sensitivity", *SAMPLE, "--vary", "party.range.low=15"),
    "borderline": ("borderline", *SAMPLE),
    "merge": ("merge", "hong bang", "an bien", "--name", "Phường Mới", "--as-of", "2026-11-22"),
    "suggest": ("suggest", *SAMPLE, *NEAR, "--units", "113"),
    "allocate": ("allocate", *SAMPLE, "--total", "8300"),
    "plan": ("plan", *SAMPLE),
    "plan-check": ("plan", *SAMPLE, "--check", "plan.csv"),
    "changes": (
        *("changes", "hai-phong", "hai-phong", "--as-of", "2026-11-22", "--old-staff", SAMPLE[2]),
        *("--new-staff", SAMPLE[2]),
    ),
    "path": ("path", *SAMPLE, "--people", "people.csv"),
}


@pytest.fixture(scope="module")
def sample_files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sample")
    (folder / "people.csv").write_text("code,bloc,born,sex\n10507,party,1980-01-01,nam\n", encoding="utf-8")
    assert ran(["plan", *SAMPLE, "-o", str(folder / "plan.csv")]).code == 0
    return folder


@pytest.mark.parametrize("form", ["table", "markdown"])
@pytest.mark.parametrize("page", PAGES)
def test_a_page_says_whose_figures_it_has_of_which_day_by_which_frame_and_what_is_made_up(
    quota: Quota, sample_files: Path, page: str, form: str
) -> None:
    own = {name: str(sample_files / name) for name in ("plan.csv", "people.csv")}
    run = quota(*(own.get(word, word) for word in PAGES[page]), "--format", form)
    assert run.code == 0, run.err
    shown = " ".join(run.out.split())
    for said in ("data/hai-phong.csv", "2026-11-22", "cv-09-2025", "Thanh Niên", "figures made up"):
        assert said in shown


def test_totals_say_that_they_are_of_the_whole_table_where_not_all_of_it_is_on_show(quota: Quota) -> None:
    for form in ("table", "markdown"):
        assert "The whole table" in quota("audit", "--only", "short", "--format", form).out
        assert "The whole table" not in quota("audit", "--format", form).out


def test_no_headings_stand_over_nothing(quota: Quota) -> None:
    for form in ("table", "markdown"):
        out = quota("check", "hai-phong", "--format", form).out
        assert "data/hai-phong.csv · 114 units" in out
        assert "No findings." in out
        assert "Severity" not in out


def test_people_present_are_a_column_where_somebody_is(quota: Quota) -> None:
    assert "To present" in quota("allocate", *SAMPLE, "--total", "8300").out
    assert "To present" not in quota("allocate", "hai-phong", "--total", "8300").out


def test_what_is_unknown_is_named_in_vietnamese(quota: Quota) -> None:
    out = quota("compare", "hong bang", "thanh dong", "--lang", "vi").out
    assert "(miền núi)" in out
    assert "mountain" not in out


def test_a_form_of_no_province_tells_of_names_alone(quota: Quota, tmp_path: Path) -> None:
    run = quota("form", "staff", "--province", "TỈNH", "--lang", "vi", "--output", tmp_path / "form.xlsx")
    assert run.code == 2
    assert "ví dụ Huế" in run.err
    assert "--control-total" not in run.err
