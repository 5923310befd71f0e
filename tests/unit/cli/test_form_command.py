"""Empty forms: each is read back as it was written, without a remark; drop-downs; layouts of one's own."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from quota.tables.readers.fields import read_holders, read_needs
from quota.tables.readers.plans import read_done
from quota.tables.readers.positions import read_positions
from quota.tables.readers.secondments import read_secondments
from quota.tables.readers.units.population import read_units
from quota.tables.readers.units.staff import read_staff
from quota.tables.shipped.layouts import find_layout, shipped_layouts
from tests.conftest import Run

READERS: dict[str, Callable[[Path], Any]] = {
    "population": read_units,
    "staff": read_staff,
    "roster": read_staff,
    "fields": read_holders,
    "needs": read_needs,
    "positions": read_positions,
    "secondments": read_secondments,
    "done": read_done,
}
DAY = ("--as-of", "2026-01-31")


def values(table: Any) -> list[Any]:
    return list(getattr(table, "units", None) or getattr(table, "rows", None) or table.cells)


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("of", [(), ("--province", "Hải Phòng"), ("--population", "cao-bang")])
@pytest.mark.parametrize("name", READERS)
def test_a_form_is_read_back_without_a_remark(
    quota: Run, tmp_path: Path, name: str, of: tuple[str, ...], lang: str
) -> None:
    path = tmp_path / f"{name}.xlsx"
    run = quota("form", name, *of, *DAY, "--lang", lang, "-o", path)
    assert (run.code, run.out, run.err) == (0, "", "")
    table = READERS[name](path)
    assert table.problems == ()
    assert len(values(table)) == 1


def test_every_shipped_form_is_tested_above() -> None:
    assert set(shipped_layouts()) == set(READERS)


def sheets(path: Path) -> dict[str, str]:
    with zipfile.ZipFile(path) as book:
        return {name: book.read(name).decode() for name in book.namelist() if name.endswith(".xml")}


def test_the_example_is_what_is_read(quota: Run, tmp_path: Path) -> None:
    for name in READERS:
        quota("form", name, "--province", "Cao Bằng", *DAY, "--lang", "vi", "-o", tmp_path / f"{name}.xlsx")
    (unit,) = read_units(tmp_path / "population.xlsx").units
    assert (unit.population, str(unit.area_km2), unit.terrain.mountain) == (23_456, "12.5", False)
    assert [list(row.staff) for row in read_staff(tmp_path / "staff.xlsx").rows] == [[20, 20, 20]]
    (row,) = read_staff(tmp_path / "roster.xlsx").rows
    assert (row.name, list(row.staff)) == (unit.name, [1, 1, 1])
    (holder,) = read_holders(tmp_path / "fields.xlsx").rows
    assert (holder.code, holder.people, holder.fields) == (unit.code, 2, ("Tài chính",))
    (loan,) = read_secondments(tmp_path / "secondments.xlsx").rows
    assert (loan.host != loan.home == unit.name, str(loan.start), loan.bloc) == (
        True,
        "2026-01-05",
        "government",
    )
    (done,) = read_done(tmp_path / "done.xlsx").rows
    assert done.origin is not None
    assert (done.origin.code, done.people, str(done.day)) == (unit.code, 1, "2026-01-05")


def test_drop_downs_offer_the_units_of_the_province_and_checks_hold_for_the_rest(
    quota: Run, tmp_path: Path
) -> None:
    quota("form", "population", "--province", "Huế", *DAY, "-o", tmp_path / "a.xlsx")
    quota("form", "population", *DAY, "-o", tmp_path / "b.xlsx")
    named, plain = sheets(tmp_path / "a.xlsx"), sheets(tmp_path / "b.xlsx")
    first = named["xl/worksheets/sheet1.xml"]
    assert len(re.findall("<dataValidation ", first)) == 6
    assert "lists!$A$1:$A$40" in first
    assert "lists!$B$1:$B$40" in first
    assert 'state="hidden"' in named["xl/workbook.xml"]
    assert first.count('type="list"') - plain["xl/worksheets/sheet1.xml"].count('type="list"') == 2
    assert "Phường Thuận Hóa" in named["xl/sharedStrings.xml"]
    assert "Leave it empty where unknown" in named["xl/comments1.xml"]


def test_staff_has_a_column_for_each_bloc_of_the_frame(quota: Run, tmp_path: Path) -> None:
    (frame := tmp_path / "ours.yaml").write_text(
        "id: ours\nextends: central-2025\ntitle: {vi: Bốn khối, en: Four blocs}\n"
        "reading: {vi: Thử, en: Trial}\nblocs:\n  military:\n"
        "    {name: {vi: Quân sự, en: Military}, range: [3, 4], source: hai-phong-2025-09}\n",
        encoding="utf-8",
    )
    quota("form", "staff", *DAY, "--rules", frame, "--lang", "vi", "-o", tmp_path / "s.xlsx")
    texts = sheets(tmp_path / "s.xlsx")["xl/sharedStrings.xml"]
    assert ["Chính quyền" in texts, "Quân sự" in texts] == [True, True]


def test_a_form_goes_into_a_pipe_and_is_the_same_each_time(
    quota: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    piped: list[bytes] = []
    monkeypatch.setattr("quota.cli.commands.reports.form.pipe", lambda content, _: piped.append(content))
    quota("form", "roster", *DAY, "-o", tmp_path / "1.xlsx")
    assert quota("form", "roster", *DAY).code == 0
    assert piped == [(tmp_path / "1.xlsx").read_bytes()]


OWN = {
    "id": "ours",
    "title": {"vi": "Biểu của tỉnh", "en": "The province's"},
    "columns": [
        {"column": column, "heading": {"vi": column, "en": column}, "holds": holds, "width": 12, "note": note}
        for note in ({"vi": "Ghi chú", "en": "A note"},)
        for column, holds in (
            ("code", "code"),
            ("name", "unit"),
            ("government", "count"),
            ("mine", "measure"),
        )
    ],
    "examples": [{"government": 3, "mine": 1.5}],
}


def test_a_layout_of_ones_own(quota: Run, tmp_path: Path) -> None:
    (layout := tmp_path / "ours.json").write_text(json.dumps(OWN), encoding="utf-8")
    run = quota("form", layout, *DAY, "-o", tmp_path / "o.xlsx", "--manifest", tmp_path / "m.json")
    assert (run.code, run.err) == (0, "")
    assert "ours.json" in (tmp_path / "m.json").read_text(encoding="utf-8")
    assert {"code", "government", "mine"} <= set(
        re.findall(r">(\w+)<", sheets(tmp_path / "o.xlsx")["xl/sharedStrings.xml"])
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "not a form's layout"),
        ("{}", "id: the key is missing"),
        (json.dumps({**OWN, "sections": []}), "sections: no such key"),
        (json.dumps({**OWN, "examples": [{"party": 1}]}), 'speaks of "party", which is no column'),
        (
            json.dumps(
                {**OWN, "columns": [{**OWN["columns"][0], "holds": "bloc"}], "examples": [{"code": "x"}]}
            ),  # type: ignore[index]  # OWN holds values of any kind
            "is the place of a choice",
        ),
    ],
)
def test_a_layout_that_is_none_is_refused(quota: Run, tmp_path: Path, text: str, said: str) -> None:
    (layout := tmp_path / "ours.json").write_text(text, encoding="utf-8")
    run = quota("form", layout, *DAY, "-o", tmp_path / "o.xlsx")
    assert run.code == 2
    assert said in run.err
    assert not (tmp_path / "o.xlsx").exists()


def test_what_cannot_be_written_is_said(quota: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "did you mean staff?" in quota("form", "staf", "-o", tmp_path / "o.xlsx").err.lower()
    assert "forms: done, fields" in quota("form", "zzz", "-o", tmp_path / "o.xlsx").err.lower()
    assert "ends in .xlsx" in quota("form", "staff", "-o", tmp_path / "o.docx").err
    assert "cannot be read" in quota("form", tmp_path / "no.json", "-o", tmp_path / "o.xlsx").err
    assert "no province" in quota("form", "staff", "--province", "Atlantis", "-o", tmp_path / "o.xlsx").err
    (bad := tmp_path / "bad.csv").write_text("code,name\n1,2\n", encoding="utf-8")
    assert quota("form", "staff", "--population", bad, "-o", tmp_path / "o.xlsx").code == 2
    (layout := tmp_path / "ours.json").write_text(json.dumps(OWN), encoding="utf-8")
    monkeypatch.setenv("QUOTA_MAX_FILE_BYTES", "100")
    assert "more than 100 bytes" in quota("form", layout, "-o", tmp_path / "o.xlsx").err


def test_the_layout_of_a_shipped_form() -> None:
    assert find_layout("roster").columns[1].column == "full_name"
