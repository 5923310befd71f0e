"""The workbook in LibreOffice: kept results thrown away, recalculated, compared with the JSON."""

from __future__ import annotations

import io
import json
from contextlib import chdir, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from quota import read_staff, read_units
from quota.cli.main import main
from quota.core.problems import errors
from quota.core.units import Unit
from tests import long_frame
from tests.laws.drawn import drawn_frames, random_units, table_text
from tests.laws.dumping import as_yaml
from tests.laws.often import LONG
from tests.office.books import opened
from tests.office.conftest import Convert

pytestmark = pytest.mark.slow  # some thirty workbooks, opened in LibreOffice
ROOT = Path(__file__).parents[2]
LANGUAGES = ("en", "vi")
PROVINCES = ["hai-phong", "ha-noi", "hue", "cao-bang", "ha-tinh"]
FRAMES = ["cv-09-2025", "central-2025", "central-2025-all-residents"]
DAY = ("--as-of", "2026-11-22")
GROUPS = {"Government": "government", "Party": "party", "Front": "front", "All": "total"}
TOY = ("tests/toy/units.csv", "--staff", "tests/toy/staff.csv", "--rules", "tests/toy/toy.yaml")


def audited(*arguments: object) -> str:
    """What an audit prints."""
    out = io.StringIO()
    with chdir(ROOT), redirect_stdout(out), redirect_stderr(io.StringIO()), pytest.raises(SystemExit) as end:
        main(["audit", *map(str, arguments), *DAY])
    assert not end.value.code
    return out.getvalue()


def made(folder: Path, name: str, *arguments: object) -> tuple[Path, dict[str, Any]]:
    """A workbook and the JSON of the same audit."""
    path = folder / f"{name}.xlsx"
    audited(*arguments, "--output", path)
    return path, json.loads(audited(*arguments, "--format", "json"))


def forget(path: Path, copy: Path, **changed: object) -> Path:
    """A copy without kept results, with named cells changed."""
    book = opened(path)
    for name, value in changed.items():
        ((sheet, place),) = book.defined_names[name].destinations
        book[sheet][place.replace("$", "")] = value
    book.save(copy)
    return copy


def noted(path: Path, copy: Path) -> Path:
    """A copy where two units' terrain is known, and the second has few residents."""
    book = opened(path)
    captions = [cell.value for cell in book["Units"][4]]
    for row in (5, 6):
        book["Units"].cell(row, captions.index("mountains") + 1, "no")
    book["Units"].cell(6, captions.index("Residents") + 1, 15_999)
    book.save(copy)
    return copy


RANGED = (
    "code,name,type,population,mountain,government,party,front",
    "00004,Xã Một,xã,20000,,30,18,9",
    "00007,Phường Hai,phường,33000,,36,20,13",
    "00009,Phường Ba,phường,,,57,21,12",
    "00011,Đặc khu Bốn,đặc khu,45000,,30,15,8",
    "00013,Xã Năm,xã,30000,có,40,18,10",
)
AFTERWARDS: tuple[tuple[int, str, int | str | None, str, str], ...] = (
    (5, "Residents", 27_999, "20000", "27999"),
    (6, "mountains", "yes", "33000,", "33000,có"),
    (7, "Residents", 17_500, "phường,,", "phường,17500,"),
    (9, "mountains", None, "30000,có", "30000,"),
)
"""Row, caption and value of a cell that is changed, and the same of the table's text."""


def ranged(path: Path, copy: Path) -> Path:
    """A copy in which these cells say something else."""
    book = opened(path)
    captions = [cell.value for cell in book["Units"][4]]
    for row, caption, value, _, _ in AFTERWARDS:
        book["Units"].cell(row, captions.index(caption) + 1).value = value
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
                assert blank(shown[exact]) == low == high
            else:
                ends = (blank(shown[f"{group} quota, low"]), blank(shown[f"{group} quota, high"]))
                assert ends == (low, high)
            assert blank(shown[f"{group} short"]) == gap.get("shortfall"), unit["name"]
            assert blank(shown[f"{group} surplus"]) == gap.get("surplus"), unit["name"]
            assert blank(shown[f"{group} staff"]) == unit["staff"][group]
        assert shown["Status"] == unit["status"]
        assert shown.get("Below the minimum", "no") == ("yes" if unit["below_minimum"] else "no")
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
    assert rows.get("Below the minimum", (0,))[0] == totals["below_minimum"]


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
CHANGES: dict[str, dict[str, object]] = {
    "per_residents: 1500": {"government_per_residents": 1500},
    "rounding: up": {"government_rounding": "up"},
    "rounding: nearest": {"government_rounding": "to the nearest"},
    "above: 3000": {"government_above": 3000},
    "posts: 3": {"government_posts": 3},
}
LINES = (
    "code,name,type,population,government,party,front",
    "00004,Xã Một\u200b,xã,20000,0,25,",
    "00007,Phường Hai,phường,,30,,9",
    "00011,Đặc khu Ba,đặc khu,0,,,",
    "00013,Xã Cộng Hòa,xã,9000,31,18,10",
)


DRAWN = [f"drawn-{number}" for number in range(5 if LONG else 2)]
DRAWN_UNITS = 2_000 if LONG else 40
"""Random frames, each over units of its own: ten thousand units where the long laws are asked for."""


def _drawn(folder: Path) -> dict[str, tuple[object, ...]]:
    """What to audit: a frame and its units, as files."""
    asked: dict[str, tuple[object, ...]] = {}
    for seed, (name, frame) in enumerate(zip(DRAWN, drawn_frames(len(DRAWN)), strict=True)):
        (folder / name).mkdir()
        rules, table = folder / name / f"{frame.id}.yaml", folder / name / "units.csv"
        rules.write_text(as_yaml(frame), encoding="utf-8")
        table.write_text(table_text(random_units(DRAWN_UNITS, seed)), encoding="utf-8")
        asked[name] = (table, "--rules", rules)
    return asked


LONG_FRAME = "long"


def _long(folder: Path) -> tuple[object, ...]:
    """A frame whose formulas stand in several cells each, and areas that are unknown, not zero."""
    rules, table = folder / "long.yaml", folder / "long.csv"
    rules.write_text(long_frame.frame_text(), encoding="utf-8")
    table.write_text(long_frame.table_text(), encoding="utf-8")
    return table, "--rules", rules


@dataclass(frozen=True)
class Books:
    """Workbooks as the program writes them, by name, the JSON of the same audits, LibreOffice's copies."""

    made: dict[str, tuple[Path, dict[str, Any]]]
    calculated: dict[str, Path]
    saved: dict[str, list[Path]]
    table: Path


@pytest.fixture(scope="module")
def books(convert: Convert, tmp_path_factory: pytest.TempPathFactory) -> Books:
    """All that LibreOffice is to open, opened together: it takes longer to start than to convert."""
    own, bare, done = (tmp_path_factory.mktemp(name) for name in ("own", "bare", "done"))
    staff = ("hai-phong", "--staff", "hai-phong-staff-sample")
    asked = {
        f"{province}-{frame}": (province, "--rules", frame) for province in PROVINCES for frame in FRAMES
    }
    asked |= {f"staff-{frame}": (*staff, "--rules", frame) for frame in FRAMES} | {"toy": TOY}
    asked |= {"central": (*staff, "--rules", "central-2025")}
    asked |= _drawn(own) | {LONG_FRAME: _long(own)}
    found = {name: made(own, name, *arguments) for name, arguments in asked.items()}
    copies = {name: forget(path, bare / path.name) for name, (path, _) in found.items()}
    for number, (change, cells) in enumerate(CHANGES.items()):
        rules = own / "ours.yaml"
        rules.write_text(AMENDMENT.format(change=change), encoding="utf-8")
        found[change] = own, json.loads(audited(*staff, "--rules", rules, "--format", "json"))
        copies[change] = forget(found["central"][0], bare / f"changed{number}.xlsx", **cells)
    audited("--lang", "vi", "--output", own / "vi.xlsx")
    found["vi"] = own / "vi.xlsx", {}
    copies["vi"] = forget(own / "vi.xlsx", bare / "vi.xlsx")
    audited(*staff, "--output", own / "noted.xlsx")
    found["noted"] = own / "noted.xlsx", {}
    copies["noted"] = noted(own / "noted.xlsx", bare / "noted.xlsx")
    table, assumed = own / "ranged.csv", ("--assume", "mountain=range")
    table.write_text("\n".join(RANGED), encoding="utf-8")
    audited(table, *assumed, "--output", own / "ranged.xlsx")
    copies["ranged"] = ranged(own / "ranged.xlsx", bare / "ranged.xlsx")
    said = "\n".join(RANGED)
    for *_, before, after in AFTERWARDS:
        said = said.replace(before, after)
    table.write_text(said, encoding="utf-8")
    found["ranged"] = own / "ranged.xlsx", json.loads(audited(table, *assumed, "--format", "json"))
    table = own / "units.csv"
    table.write_text("\n".join(LINES), encoding="utf-8")
    whole = [own / f"saved-{language}.xlsx" for language in LANGUAGES]
    for language, path in zip(LANGUAGES, whole, strict=True):
        audited(table, "--lang", language, "--output", path)
    opened_once = convert([*copies.values(), *whole], "xlsx", done)
    others = [convert(whole, form, done) for form in ("ods", "xls")]
    saved = zip(whole, opened_once[len(copies) :], *others, strict=True)
    return Books(
        found,
        dict(zip(copies, opened_once, strict=False)),
        dict(zip(LANGUAGES, map(list, saved), strict=True)),
        table,
    )


def test_every_formula_gives_what_the_json_says_for_all_provinces_and_both_frames(books: Books) -> None:
    names = [
        name
        for name in books.made
        if name not in ("vi", "noted", "ranged", "central", LONG_FRAME, *CHANGES, *DRAWN)
    ]
    assert len(names) == (len(PROVINCES) + 1) * len(FRAMES) + 1
    for name in names:
        path, answer = books.made[name]
        check(path, answer)  # what is kept in the file, for programs that do not calculate
        check(books.calculated[name], answer)


@pytest.mark.parametrize("name", DRAWN)
def test_frames_of_the_whole_language_recalculate_to_the_audit(books: Books, name: str) -> None:
    path, answer = books.made[name]
    assert len(answer["units"]) == DRAWN_UNITS
    assert answer["totals"]["unsettled"]["units"]
    check(path, answer)
    check(books.calculated[name], answer)


def test_formulas_in_several_cells_recalculate_to_the_audit(books: Books) -> None:
    path, answer = books.made[LONG_FRAME]
    check(path, answer)
    check(books.calculated[LONG_FRAME], answer)
    kept, calculated = (
        [list(unit.values()) for unit in figures(book)] for book in (path, books.calculated[LONG_FRAME])
    )
    assert [list(map(blank, row)) for row in kept] == [list(map(blank, row)) for row in calculated]


@pytest.mark.parametrize("change", CHANGES)
def test_a_changed_rule_cell_is_the_frame_with_that_rule(books: Books, change: str) -> None:
    _, before = books.made["central"]
    _, after = books.made[change]
    assert after["totals"]["quota"] != before["totals"]["quota"]
    check(books.calculated[change], after)


def test_a_range_follows_what_is_changed(books: Books) -> None:
    _, answer = books.made["ranged"]
    quotas = [unit["quota"]["government"] for unit in answer["units"]]
    assert quotas == [[37, 43], [49, 49], [32, 33], [46, 46], [39, 46]]
    check(books.calculated["ranged"], answer)


def test_notes_come_and_go_with_what_they_are_about(books: Books) -> None:
    before, after = figures(books.made["noted"][0]), figures(books.calculated["noted"])
    unknown = "It is not known whether the unit lies in the mountains"
    small = "The source gives no norm under 16,000 residents"
    assert before[0]["Note"].startswith(unknown)
    assert not after[0]["Note"]
    assert after[1]["Note"].startswith(small)
    assert unknown not in after[1]["Note"]
    assert before[-1]["Note"].startswith(small)  # a special zone: no mountains are asked for
    assert [unit["Note"] for unit in before[2:]] == [unit["Note"] for unit in after[2:]]


def test_the_last_row_adds_the_units_up(books: Books) -> None:
    for name in ("staff-cv-09-2025", "toy"):
        path, answer = books.made[name]
        for book in (path, books.calculated[name]):
            rows = list(opened(book, values=True)["Units"].iter_rows(values_only=True))
            captions, total = rows[3], rows[-1]
            assert total[1] == "Totals"
            assert total[captions.index("Residents")] == answer["totals"]["population"]
            shown = [value for value, caption in zip(total, captions, strict=True) if caption == "staff"]
            assert [blank(people) for people in shown] == [
                answer["totals"]["staff"][bloc] for bloc in GROUPS.values()
            ]
            short = [value for value, caption in zip(total, captions, strict=True) if caption == "short"]
            assert short == [answer["totals"]["gap"][bloc]["shortfall"] for bloc in GROUPS.values()]


def test_vietnamese_words_in_formulas_and_sheets(books: Books) -> None:
    path, _ = books.made["vi"]
    assert opened(path).sheetnames == ["Tổng hợp", "Đơn vị", "Quy tắc", "Nhận xét", "Nguồn"]
    kept = opened(path, values=True)
    anew = opened(books.calculated["vi"], values=True)
    for name in ("Tổng hợp", "Đơn vị"):
        for row, calculated in zip(kept[name].iter_rows(), anew[name].iter_rows(), strict=False):
            for cell, same in zip(row, calculated, strict=False):
                assert (cell.value or None) == (same.value or None), f"{name} {cell.coordinate}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_workbook_that_was_opened_and_saved_is_the_table_it_was_made_from(
    books: Books, language: str
) -> None:
    own = read_units(books.table)
    assert [book.suffix for book in books.saved[language]] == [".xlsx", ".xlsx", ".ods", ".xls"]
    for book in books.saved[language]:
        found = read_units(book)
        assert [_figures_of(unit) for unit in found.units] == [_figures_of(unit) for unit in own.units]
        assert not errors(found.problems), book
        assert [(row.code, row.staff) for row in read_staff(book).rows] == [
            (unit.code, unit.staff) for unit in own.units
        ]


def _figures_of(unit: Unit) -> tuple[object, ...]:
    return unit.code, unit.name, unit.type, unit.population, unit.staff
