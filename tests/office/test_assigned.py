"""Assigned posts in LibreOffice: annexes and an audit's workbook, recalculated, and with a cell changed."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from quota.cli.main import main
from quota.core.problems import errors
from quota.tables.readers.units.staff import read_assigned
from tests.office.books import opened
from tests.office.conftest import Convert

ROOT = Path(__file__).parents[2]
DAY = ("--as-of", "2026-08-31")
SAMPLE = ROOT / "data" / "hai-phong-assigned-sample.csv"
STAFF = ("--staff", "hai-phong-staff-sample")
CHANGED = ("10507", "Phường Thành Đông", 61)
"""A unit's code and name, and the posts of the government bloc that are typed over its own."""
DEPARTMENTS = "name,provisional,assigned,present\nSở Nội vụ,60,61,58\nBan Quản lý khu kinh tế,40,38,39\n"
ANNEXES = [(name, lang) for name in ("giao-bien-che", "bien-che-theo-khoi") for lang in ("vi", "en")]


class Books(NamedTuple):
    """What the program writes of the tables as they are and as they are changed; LibreOffice's copies."""

    folder: Path
    done: Path


def run(*words: object) -> None:
    with pytest.raises(SystemExit) as end:
        main(list(map(str, words)))
    assert not end.value.code


def changed_table(path: Path) -> Path:
    """The sample with the posts that are typed over."""
    with SAMPLE.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.reader(lines))
    place = rows[0].index("assigned_government")
    for row in rows:
        row[place] = str(CHANGED[2]) if row[0] == CHANGED[0] else row[place]
    with path.open("w", encoding="utf-8", newline="") as lines:
        csv.writer(lines).writerows(rows)
    return path


def forget(path: Path, copy: Path, *, typed: bool) -> None:
    """A copy without kept results; with the posts of one unit typed over."""
    book = opened(path)
    if typed:
        sheet = book["Units"] if "Units" in book.sheetnames else book.worksheets[0]
        rows = list(sheet.iter_rows())
        (row,) = [row for row in rows if CHANGED[1] in (cell.value for cell in row)]
        heads = [cell for cells in rows[: row[0].row - 1] for cell in cells]
        words = ("assigned", "Được giao", "Biên chế giao năm 2026", "Assigned 2026")
        column = min(cell.column for cell in heads if cell.value in words)
        sheet.cell(row[0].row, column).value = CHANGED[2]
    book.save(copy)


@pytest.fixture(scope="module")
def books(convert: Convert, tmp_path_factory: pytest.TempPathFactory) -> Books:
    """All that LibreOffice is to open, opened together: it takes longer to start than to convert."""
    made, bare, done = (tmp_path_factory.mktemp(name) for name in ("made", "bare", "done"))
    tables = {"as-is": SAMPLE, "changed": changed_table(made / "changed.csv")}
    departments = made / "departments.csv"
    departments.write_text(DEPARTMENTS, encoding="utf-8")
    copies: list[Path] = []
    for state, table in tables.items():
        for name, lang in ANNEXES:
            given = (*STAFF, "--assigned", table, "--provisional", SAMPLE, "--departments", departments)
            path = made / f"{name}-{lang}-{state}.xlsx"
            run("form", name, "--province", "Hải Phòng", *given, *DAY, "--lang", lang, "-o", path)
        audited = ("audit", "hai-phong", *STAFF, "--assigned", table, *DAY)
        run(*audited, "-o", made / f"audit-{state}.xlsx")
        run(*audited, "--format", "json", "-o", made / f"audit-{state}.json")
    for name in [*(f"{name}-{lang}" for name, lang in ANNEXES), "audit"]:
        for state in tables:
            copies.append(bare / f"{name}-{state}.xlsx")
            forget(made / f"{name}-as-is.xlsx", copies[-1], typed=state == "changed")
    convert(copies, "xlsx", done)
    return Books(made, done)


def values(path: Path) -> list[list[Any]]:
    """What every cell shows; a formula that shows nothing is as an empty cell."""
    (sheet,) = opened(path, values=True).worksheets
    return [[None if cell.value == "" else cell.value for cell in row] for row in sheet.iter_rows()]


@pytest.mark.parametrize("state", ["as-is", "changed"])
@pytest.mark.parametrize(("name", "lang"), ANNEXES)
def test_an_annex_works_out_what_the_program_does(books: Books, name: str, lang: str, state: str) -> None:
    path = f"{name}-{lang}-{state}.xlsx"
    rows = values(books.done / path)
    assert rows == values(books.folder / path)
    assert any(CHANGED[1] in row and (CHANGED[2] in row) == (state == "changed") for row in rows)


@pytest.mark.parametrize("state", ["as-is", "changed"])
@pytest.mark.parametrize(("name", "lang"), ANNEXES)
def test_an_annex_that_was_changed_is_read_back(books: Books, name: str, lang: str, state: str) -> None:
    table = read_assigned(books.done / f"{name}-{lang}-{state}.xlsx")
    assert not errors(table.problems)
    assert "totals-row" not in {problem.code for problem in table.problems}
    given = read_assigned(books.folder / "changed.csv" if state == "changed" else SAMPLE)
    blocs = ["government"] if name == "giao-bien-che" else ["government", "party", "front"]
    assert len(table.rows) == len(given.rows) == 114
    names = {row.name: [row.assigned.get(bloc) for bloc in blocs] for row in given.rows}
    assert {row.name: [row.assigned.get(bloc) for bloc in blocs] for row in table.rows} == names
    (found,), (kept,) = table.reserves, given.reserves
    assert [found.posts.get(bloc) for bloc in blocs] == [kept.posts.get(bloc) for bloc in blocs]


FIGURES: dict[str, Callable[[Any, str], int]] = {
    "assigned": lambda unit, group: unit["assigned"][group],
    "unfilled": lambda unit, group: unit["vacancy"][group]["vacant"],
    "above assigned": lambda unit, group: unit["vacancy"][group]["above_assigned"],
    "assigned below the norm": lambda unit, group: unit["assigned_off_norm"][group]["assigned_below_norm"],
    "assigned above the norm": lambda unit, group: unit["assigned_off_norm"][group]["assigned_above_norm"],
}
GROUPS = {"Government": "government", "Party": "party", "Front": "front", "All": "total"}


@pytest.mark.parametrize("state", ["as-is", "changed"])
def test_the_workbook_of_an_audit_works_out_assigned_posts(books: Books, state: str) -> None:
    book = opened(books.done / f"audit-{state}.xlsx", values=True)
    answer = json.loads((books.folder / f"audit-{state}.json").read_text(encoding="utf-8"))
    rows = list(book["Units"].iter_rows(values_only=True))
    group = ""
    columns: dict[tuple[str, str], int] = {}
    for place, (top, caption) in enumerate(zip(rows[2], rows[3], strict=True)):
        group = GROUPS.get(str(top or ""), group)
        columns.setdefault((group, caption), place)
    for row, unit in zip([row for row in rows[4:] if row[0]], answer["units"], strict=True):
        assert row[0] == unit["code"]
        for key in GROUPS.values():
            shown = {caption: row[columns[key, caption]] for caption in FIGURES}
            assert shown == {caption: figure(unit, key) for caption, figure in FIGURES.items()}
        assert row[columns["total", "Against assigned"]] == unit["assigned_status"]
    summary = {row[0]: row[1:5] for row in book["Summary"].iter_rows(values_only=True)}
    totals = answer["totals"]
    for caption, (part, key) in {
        "Unfilled": ("vacancy", "vacant"),
        "Above assigned": ("vacancy", "above_assigned"),
        "Assigned below the norm": ("assigned_off_norm", "assigned_below_norm"),
        "Assigned above the norm": ("assigned_off_norm", "assigned_above_norm"),
    }.items():
        assert list(summary[caption]) == [totals[part][group][key] for group in GROUPS.values()]
    assert list(summary["Assigned posts"]) == [totals["assigned"][group] for group in GROUPS.values()]
