"""Formulas made once for all rows are those that each row would have of its own."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from itertools import accumulate
from pathlib import Path
from typing import Any

import pytest

from quota.render.kit.sheet import PlainFormulas
from tests import long_frame
from tests.office.books import opened

Quota = Callable[..., Any]
DAY = ("--as-of", "2026-11-22")
FRAMES = sorted(Path("tests/expressive").glob("*.yaml"))
SHIPPED = ("cv-09-2025", "central-2025", "central-2025-all-residents")


@pytest.fixture
def few(tmp_path: Path) -> Path:
    """Units of every type, one without residents."""
    table = tmp_path / "units.csv"
    rows = ("c1,An,xã,52000,30", "w1,Bình,phường,92000,", "s1,Đảo,đặc khu,900,20", "c2,Thượng,xã,,3")
    table.write_text("code,name,type,population,government\n" + "\n".join(rows) + "\n", encoding="utf-8")
    return table


@pytest.mark.parametrize("frame", [*SHIPPED, *map(str, FRAMES)])
def test_xlsxwriter_would_rewrite_no_formula(
    quota: Quota, few: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, frame: str
) -> None:
    ours, theirs = tmp_path / "ours.xlsx", tmp_path / "theirs.xlsx"
    assert quota("audit", few, "--rules", frame, *DAY, "-o", ours).code == 0
    monkeypatch.delattr(PlainFormulas, "_prepare_formula")
    assert quota("audit", few, "--rules", frame, *DAY, "-o", theirs).code == 0
    assert ours.read_bytes() == theirs.read_bytes()


def test_a_formula_speaks_of_its_own_row(quota: Quota, few: Path, tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    assert quota("audit", few, "--rules", "central-2025", *DAY, "-o", path).code == 0
    rows = [
        [cell.value for cell in row if cell.data_type == "f"]
        for row in opened(path)["Units"].iter_rows(min_row=5)
    ]
    totals = rows.pop()
    assert len(rows) == 4
    assert all("5:" in formula and "8" in formula for formula in totals)
    assert len(rows[0]) > 15
    for number, formulas in enumerate(rows, start=5):
        assert all(f"{number}" in formula and "\0" not in formula for formula in formulas)
    first, second = ([f.replace(str(n), "#") for f in rows[n - 5]] for n in (5, 8))
    assert first == second  # two communes: alike but for the row


def test_a_long_note_stands_in_pieces_that_a_formula_takes(quota: Quota, few: Path, tmp_path: Path) -> None:
    frame = tmp_path / "ours.yaml"
    long = "Dài " * 100
    frame.write_text(
        "id: ours\nextends: central-2025\n"
        "title: {vi: Ta, en: Ours}\nreading: {vi: Ta, en: Ours}\n"
        f'unit_types: {{special_zone: {{note: {{vi: "x", en: "{long}"}}}}}}\n',
        encoding="utf-8",
    )
    path = tmp_path / "out.xlsx"
    assert quota("audit", few, "--rules", frame, *DAY, "-o", path).code == 0
    formulas = [
        cell.value for row in opened(path)["Units"].iter_rows() for cell in row if "Dài" in str(cell.value)
    ]
    assert len(formulas) == 1
    pieces = re.findall(r'"([^"]*)"', formulas[0])
    assert max(map(len, pieces)) <= 255
    assert long.strip() in "".join(pieces)


def test_notes_that_no_formula_takes_are_written_as_they_are(quota: Quota, few: Path, tmp_path: Path) -> None:
    frame, long = tmp_path / "long.yaml", 'Dài ""' * 600
    frame.write_text(
        f"{long_frame.HEAD}minimum_population:\n  special_zone: 16000\n  commune: 1\n  ward: 1\n"
        f"  source: law\n  note: {{vi: x, en: '{long}'}}\nblocs:\n"
        "  government: {base: 32, source: law}\n  party: {base: 20, source: law}\n"
        "  front: {base: 8, source: law}\n"
        f"unit_types: {{special_zone: {{note: {{vi: x, en: '{long}'}}}}}}\n",
        encoding="utf-8",
    )
    path = tmp_path / "out.xlsx"
    done = quota("audit", few, "--rules", frame, *DAY, "-o", path)
    assert done.code == 0, done.err
    cells = [cell for row in opened(path)["Units"].iter_rows() for cell in row if "Dài" in str(cell.value)]
    assert [cell.data_type for cell in cells].count("s") == 1


@pytest.mark.slow
def test_a_formula_that_would_be_too_long_stands_in_several_cells(quota: Quota, tmp_path: Path) -> None:
    rules, table, path = tmp_path / "long.yaml", tmp_path / "units.csv", tmp_path / "out.xlsx"
    rules.write_text(long_frame.frame_text(), encoding="utf-8")
    table.write_text(long_frame.table_text(), encoding="utf-8")
    assert quota("audit", table, "--rules", rules, *DAY, "-o", path).code == 0
    sheet = opened(path)["Units"]
    rows = [*sheet.iter_rows(min_row=5, max_row=5), *sheet.iter_rows(min_row=len(long_frame.UNITS))]
    formulas = [cell.value for row in rows for cell in row if cell.data_type == "f"]
    assert max(map(len, formulas)) <= 8_192
    assert max(map(_levels, formulas)) <= 64
    captions = [cell.value for cell in sheet[4]]
    working = [caption for caption in captions if str(caption).startswith("Working")]
    assert working == [f"Working {number}" for number in range(1, len(working) + 1)]
    assert len(working) >= 3
    assert "Working hold parts of formulas" in sheet["A2"].value
    rows = list(opened(path, values=True)["Units"].iter_rows(min_row=5, values_only=True))
    first = captions.index("Working 1")
    known, unknown = rows[0][first : first + len(working)], rows[-2][first : first + len(working)]
    assert all(isinstance(value, int) for value in known)
    assert not any(unknown)  # its residents are not known
    again = quota("audit", path, "--rules", rules, *DAY, "--format", "json")
    assert again.code == 0, again.err
    for unit, (number, residents, area) in zip(
        json.loads(again.out)["units"], long_frame.UNITS, strict=False
    ):
        _, party, front = long_frame.granted(number, residents, area)
        assert (unit["quota"]["party"], unit["quota"]["front"]) == ([party, party], [front, front])


def _levels(formula: str) -> int:
    """How many brackets are inside each other."""
    text = re.sub(r'"[^"]*"', "", formula)
    return max(accumulate((letter == "(") - (letter == ")") for letter in text))


def test_what_ranges_has_no_working(quota: Quota, tmp_path: Path) -> None:
    rules, table, path = tmp_path / "long.yaml", tmp_path / "units.csv", tmp_path / "out.xlsx"
    named = ", ".join(f'{{base: {number}, when: {{unit: "{number:05}"}}}}' for number in range(70))
    rules.write_text(
        f"{long_frame.HEAD}blocs:\n"
        f"  government: {{cases: [{named}, {{base: 32}}], source: law}}\n"
        "  party: {base: 20, supplement: {posts: 3, when: {mountain: true}}, source: law}\n"
        "  front: {base: 8, source: law}\n",
        encoding="utf-8",
    )
    lines = "code,name,type,population,mountain\n1,A,xã,9,\n00007,B,xã,9,no\n"
    table.write_text(lines, encoding="utf-8")
    done = quota("audit", table, "--rules", rules, *DAY, "--assume", "mountain=range", "-o", path)
    assert done.code == 0, done.err
    captions, ranged, exact = opened(path)["Units"].iter_rows(min_row=4, max_row=6, values_only=True)
    first = captions.index("Working 1")
    assert (ranged[first], ranged[4]) == (None, 32)
    assert "after a change, audit anew" in opened(path)["Units"]["A2"].value
    assert str(exact[first]).startswith("=IF(ISNUMBER(D6),")
    assert opened(path, values=True)["Units"].cell(6, first + 1).value == 32


def test_what_ranges_is_a_formula_where_nothing_else_can_be_unknown(
    quota: Quota, few: Path, tmp_path: Path
) -> None:
    path = tmp_path / "out.xlsx"
    assert quota("audit", few, *DAY, "--assume", "mountain=range", "-o", path).code == 0
    sheet = opened(path)["Units"]
    assert "audit anew" not in sheet["A2"].value
    asked = sheet.cell(5, [cell.value for cell in sheet[4]].index("mountains") + 1).coordinate
    low, high = sheet["E5"].value, sheet["F5"].value
    assert low.replace("ISNUMBER(D5),MIN(", "ISNUMBER(D5),MAX(", 1) == high
    assert f'OR({asked}="yes",{asked}="")' in low
    assert "MAX" not in sheet["J5"].value  # nothing hangs on mountains in the Party bloc
    kept = opened(path, values=True)["Units"]
    assert [(kept.cell(row, 5).value, kept.cell(row, 6).value) for row in range(5, 9)] == [
        (50, 50),
        (70, 70),
        (32, 32),
        (None, None),
    ]
    assert sheet["E8"].value == re.sub(r"(?<=[A-Z])5\b", "8", low)  # its residents are not known yet


def test_the_sheet_of_the_rule_says_which_bloc_keeps_the_bounds_of_all_together(
    quota: Quota, few: Path, tmp_path: Path
) -> None:
    path = tmp_path / "out.xlsx"
    frame = "tests/expressive/whole-unit-ranges.yaml"
    assert quota("audit", few, "--rules", frame, *DAY, "-o", path).code == 0
    rows = {row[0].value: row for row in opened(path)["Rule"].iter_rows()}
    _, units, said, *_, source = rows["All blocs together"][:9]
    assert (units.value, said.value) == ("all", "bounds below; Party takes the difference")
    assert source.value == "law"
    assert rows["total.most"][2].value == 60


def test_bands_stand_in_their_order_on_the_sheet_of_the_rule(quota: Quota, few: Path, tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    frame = "tests/expressive/french-councillors.yaml"
    assert quota("audit", few, "--rules", frame, *DAY, "-o", path).code == 0
    labels = [str(row[0].value) for row in opened(path)["Rule"].iter_rows()]
    bands = [label for label in labels if "bands" in label]
    places = [tuple(map(int, re.findall(r"[0-9]+", label))) for label in bands]
    assert places == sorted(places)
    assert len(places) == 19 + 18  # posts of each, and the ends of all but the last
