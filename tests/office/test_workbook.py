"""The workbook in LibreOffice: kept results thrown away, recalculated, compared with the JSON."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from quota import read_staff, read_units
from quota.core.problems import errors
from quota.core.units import Unit
from tests.office.books import opened
from tests.office.conftest import Convert

Quota = Callable[..., Any]
PROVINCES = ["hai-phong", "ha-noi", "hue", "cao-bang", "ha-tinh"]
FRAMES = ["central-2025", "central-2025-all-residents"]
DAY = ("--as-of", "2026-11-22")
GROUPS = {"Government": "government", "Party": "party", "Front": "front", "All": "total"}
TOY = ("tests/toy/units.csv", "--staff", "tests/toy/staff.csv", "--rules", "tests/toy/toy.yaml")


def made(quota: Quota, folder: Path, name: str, *arguments: object) -> tuple[Path, dict[str, Any]]:
    """A workbook and the JSON of the same audit."""
    path = folder / f"{name}.xlsx"
    assert quota("audit", *arguments, *DAY, "--output", path).code == 0
    return path, json.loads(quota("audit", *arguments, *DAY, "--format", "json").out)


def forget(path: Path, folder: Path, **changed: object) -> Path:
    """A copy without kept results, with named cells changed."""
    book = opened(path)
    for name, value in changed.items():
        ((sheet, place),) = book.defined_names[name].destinations
        book[sheet][place.replace("$", "")] = value
    folder.mkdir(exist_ok=True)
    copy = folder / path.name
    book.save(copy)
    return copy


def figures(path: Path) -> list[dict[str, Any]]:
    """Each unit's row, by group and caption, as values."""
    rows = list(opened(path, values=True)["Units"].iter_rows(values_only=True))
    keys, group = [], ""
    for top, caption in zip(rows[2], rows[3], strict=True):
        group = GROUPS.get(str(top or ""), group)
        keys.append(
            f"{group} {caption}" if caption not in ("Status", "Below the minimum", "Note") else caption
        )
    return [dict(zip(keys, row, strict=True)) for row in rows[4:] if row[0]]


def check(path: Path, answer: dict[str, Any]) -> None:
    units = figures(path)
    assert [unit[" Code"] for unit in units] == [unit["code"] for unit in answer["units"]]
    for shown, unit in zip(units, answer["units"], strict=True):
        for group in GROUPS.values():
            low, high = unit["quota"][group] if unit["quota"] else (None, None)
            gap = unit["gap"][group] or {}
            exact = f"{group} quota"
            if exact in shown:
                assert (shown[exact] or None) == low == high
            else:
                assert (shown[f"{group} quota, low"] or None, shown[f"{group} quota, high"] or None) == (
                    low,
                    high,
                )
            assert blank(shown[f"{group} short"]) == gap.get("shortfall"), unit["name"]
            assert blank(shown[f"{group} surplus"]) == gap.get("surplus"), unit["name"]
            assert blank(shown[f"{group} staff"]) == unit["staff"][group]
        assert shown["Status"] == unit["status"]
        assert shown["Below the minimum"] == ("yes" if unit["below_minimum"] else "no")
    check_summary(path, answer)


def blank(value: object) -> object:
    return None if value == "" else value


def check_summary(path: Path, answer: dict[str, Any]) -> None:
    rows = {row[0]: row[1:5] for row in opened(path, values=True)["Summary"].iter_rows(values_only=True)}
    totals, blocs = answer["totals"], list(GROUPS.values())
    assert list(rows["Posts granted, at least"]) == [totals["quota"][bloc][0] for bloc in blocs]
    assert list(rows["Posts granted, at most"]) == [totals["quota"][bloc][1] for bloc in blocs]
    if "Staff" in rows:
        assert list(rows["Staff"])[:3] == [totals["staff"][bloc] for bloc in blocs[:3]]
        assert list(rows["Shortfall"]) == [totals["gap"][bloc]["shortfall"] for bloc in blocs]
        assert list(rows["Surplus"]) == [totals["gap"][bloc]["surplus"] for bloc in blocs]
        assert {status: rows[status][0] for status in totals["status"]} == totals["status"]
    assert rows["Below the minimum"][0] == totals["below_minimum"]


def test_every_formula_gives_what_the_json_says_for_all_provinces_and_both_frames(
    quota: Quota, convert: Convert, tmp_path: Path
) -> None:
    asked = {
        f"{province}-{frame}": (province, "--rules", frame) for province in PROVINCES for frame in FRAMES
    }
    staff = ("hai-phong", "--staff", "hai-phong-staff-sample", "--rules")
    asked |= {f"staff-{frame}": (*staff, frame) for frame in FRAMES} | {"toy": TOY}
    books = {name: made(quota, tmp_path, name, *arguments) for name, arguments in asked.items()}
    for path, answer in books.values():
        check(path, answer)  # what is kept in the file, for programs that do not calculate
    bare = [forget(path, tmp_path / "bare") for path, _ in books.values()]
    (tmp_path / "calculated").mkdir()
    for path, (_, answer) in zip(convert(bare, "xlsx", tmp_path / "calculated"), books.values(), strict=True):
        check(path, answer)


AMENDMENT = """\
id: ours
extends: central-2025
title: {{vi: Của ta, en: Ours}}
reading: {{vi: Của ta, en: Ours}}
sources:
  ours: {{title: Ours, publisher: Ours, date: 2025-07-01}}
blocs:
  government: {{increment: {{{change}, source: ours}}}}
"""


@pytest.mark.parametrize(
    ("change", "cells"),
    [
        ("per_residents: 1500", {"government_per_residents": 1500}),
        ("rounding: up", {"government_rounding": "up"}),
        ("rounding: nearest", {"government_rounding": "to the nearest"}),
        ("above: 3000", {"government_above": 3000}),
        ("posts: 3", {"government_posts": 3}),
    ],
)
def test_a_changed_rule_cell_is_the_frame_with_that_rule(
    quota: Quota, convert: Convert, tmp_path: Path, change: str, cells: dict[str, object]
) -> None:
    staff = ("hai-phong", "--staff", "hai-phong-staff-sample")
    path, before = made(quota, tmp_path, "central", *staff)
    rules = tmp_path / "ours.yaml"
    rules.write_text(AMENDMENT.format(change=change), encoding="utf-8")
    after = json.loads(quota("audit", *staff, *DAY, "--rules", rules, "--format", "json").out)
    assert after["totals"]["quota"] != before["totals"]["quota"]
    changed = forget(path, tmp_path / "changed", **cells)
    (tmp_path / "calculated").mkdir()
    (calculated,) = convert([changed], "xlsx", tmp_path / "calculated")
    check(calculated, after)


def test_vietnamese_words_in_formulas_and_sheets(quota: Quota, convert: Convert, tmp_path: Path) -> None:
    path = tmp_path / "vi.xlsx"
    assert quota("audit", *DAY, "--lang", "vi", "--output", path).code == 0
    book = opened(path)
    assert book.sheetnames == ["Tổng hợp", "Đơn vị", "Quy tắc", "Nhận xét", "Nguồn"]
    (tmp_path / "calculated").mkdir()
    (calculated,) = convert([forget(path, tmp_path / "bare")], "xlsx", tmp_path / "calculated")
    kept = opened(path, values=True)
    anew = opened(calculated, values=True)
    for name in ("Tổng hợp", "Đơn vị"):
        for one, other in zip(kept[name].iter_rows(), anew[name].iter_rows(), strict=False):
            for cell, same in zip(one, other, strict=False):
                assert (cell.value or None) == (same.value or None), f"{name} {cell.coordinate}"


@pytest.mark.parametrize("language", ["en", "vi"])
def test_a_workbook_that_was_opened_and_saved_is_the_table_it_was_made_from(
    quota: Quota, convert: Convert, tmp_path: Path, language: str
) -> None:
    table = tmp_path / "units.csv"
    lines = (
        "code,name,type,population,government,party,front",
        "00004,Xã Một\u200b,xã,20000,0,25,",
        "00007,Phường Hai,phường,,30,,9",
        "00011,Đặc khu Ba,đặc khu,0,,,",
        "00013,Xã Cộng Hòa,xã,9000,31,18,10",
    )
    table.write_text("\n".join(lines), encoding="utf-8")
    path = tmp_path / "audit.xlsx"
    assert quota("audit", table, *DAY, "--lang", language, "--output", path).code == 0
    (tmp_path / "saved").mkdir()
    saved = [convert([path], form, tmp_path / "saved")[0] for form in ("xlsx", "ods", "xls")]
    for book in (path, *saved):
        found, own = read_units(book), read_units(table)
        assert [_figures_of(unit) for unit in found.units] == [_figures_of(unit) for unit in own.units]
        assert not errors(found.problems), book
        assert [(row.code, row.staff) for row in read_staff(book).rows] == [
            (unit.code, unit.staff) for unit in own.units
        ]


def _figures_of(unit: Unit) -> tuple[object, ...]:
    return unit.code, unit.name, unit.type, unit.population, unit.staff
