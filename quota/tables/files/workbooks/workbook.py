"""Workbooks (.xlsx, .xlsm, .xls, .ods) as sheets of text cells."""

from __future__ import annotations

import marshal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from quota.core.text import say
from quota.tables.files.encodings import known_encoding
from quota.tables.files.formulas import Worth
from quota.tables.files.old_fonts import in_old_fonts, with_texts
from quota.tables.files.sheets import ZIP, Bounds, Merger, Remark, Row, Sheet, locked
from quota.tables.files.shown.formats import Shown
from quota.tables.files.shown.looks import Looks, looks_of
from quota.tables.files.shown.ods_looks import OdsLooks, ods_looks
from quota.tables.files.shown.places import Place
from quota.tables.files.workbooks.biff import marks_of
from quota.tables.files.workbooks.unpacking import look_through, unreadable

_PLAIN = Looks()
_NOT_TOLD = Remark(
    "xls-not-told",
    say("in this .xls a formula that was never worked out cannot be told from an empty cell"),
    say("save it as .xlsx to be sure"),
)
_OPENER = Path(__file__).with_name("opening.py")
SECONDS = 60
"""A workbook that is not open by then is none: a sheet of a million rows takes some ten."""


def workbook_sheets(content: bytes, encoding: str | None = None) -> list[Sheet]:
    """Every sheet, hidden ones without rows; `encoding` is the one asked for.

    Raises `NotATableError` for a file that cannot be opened as a workbook.

    It is looked through first: one that would unfold to too much is refused. It is opened in a process of
    its own, with bounded time and memory: see `opening.py`.
    """
    formulas = look_through(content) if content.startswith(ZIP) else {}
    marks = None if content.startswith(ZIP) else marks_of(content)
    what, found = _opened(content)
    if what == "locked":
        raise locked()
    if what == "binary":
        raise unreadable(found)
    looks = looks_of(content) if content.startswith(ZIP) else {}
    in_ods = ods_looks(content) if content.startswith(ZIP) else OdsLooks()
    looks = {**looks, **in_ods.looks}
    if marks is not None:
        formulas = {name: found_in.worth for name, found_in in marks.items()}
        looks = {
            name: Looks(
                hidden=frozenset(found_in.hidden),
                hidden_columns=frozenset(found_in.hidden_columns),
                formats=found_in.formats,
            )
            for name, found_in in marks.items()
        }
    asked = None if encoding is None else known_encoding(encoding)
    sheets = [
        _sheet(
            name,
            rows,
            in_ods.merged.get(name, merged),
            formulas.get(name, {}),
            looks.get(name, _PLAIN),
            asked,
            frozenset(decimals),
        )
        if rows is not None
        else Sheet(name, (), out_of_sight=True)
        for name, rows, merged, decimals in found
    ]
    if content.startswith(ZIP) or (marks is not None and not any(mark.empty for mark in marks.values())):
        return sheets
    return [replace(sheet, remarks=(_NOT_TOLD, *sheet.remarks)) for sheet in sheets]


def _opened(content: bytes) -> tuple[str, Any]:
    """What `opening.py` answers; where it gives no answer in time, or dies of it, this is no workbook.

    It finds packages where this process does (PYTHONPATH too), but never this folder's modules for others'.
    """
    try:
        done = subprocess.run(  # noqa: S603  (this Python and a file of this program)
            [sys.executable, "-P", str(_OPENER)],
            input=content,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return "binary", say("not open after {n} seconds", n=SECONDS)
    if done.returncode != 0:
        return "binary", say("it is damaged, or needs more memory than a workbook does")
    answer: tuple[str, Any] = marshal.loads(done.stdout)  # noqa: S302  (this program's own, just written)
    return answer


def _sheet(
    name: str,
    cells: Sequence[tuple[str, ...]],
    merged: Sequence[Merger],
    formulas: Mapping[tuple[int, int], Worth],
    looks: Looks,
    encoding: str | None,
    decimals: frozenset[Place],
) -> Sheet:
    rows = []
    bounds = Bounds(name)
    for number, texts in enumerate(cells, start=1):
        if any(texts):
            bounds.row(number, texts)
            rows.append(Row(number, texts))
    if looks.formats:
        rows = _as_shown(rows, looks.formats)
    sheet = Sheet(
        name,
        rows,
        (),
        {**formulas, **dict.fromkeys(looks.struck, Worth.STRUCK)},
        tuple(merged),
        looks.hidden,
        looks.hidden_columns,
        frozenset(place for place, shown in looks.formats.items() if shown.nothing),
        looks.comments,
        decimals,
    )
    if looks.unraised:
        sheet = _without_raised(sheet, looks.unraised)
    if encoding is None and not any(not cell.isascii() for row in sheet.rows for cell in row.cells):
        return sheet
    return in_old_fonts(sheet, looks.fonts, encoding)


def _as_shown(rows: Sequence[Row], formats: Mapping[Place, Shown]) -> list[Row]:
    """The rows with what the formats of figures show beside them: 37 as "37 nghìn người"."""
    written = {(row.number, column): cell for row in rows for column, cell in enumerate(row.cells, 1)}
    texts = {place: shown.text(written[place]) for place, shown in formats.items() if place in written}
    return with_texts(rows, texts)


def _without_raised(sheet: Sheet, texts: Mapping[Place, str]) -> Sheet:
    """The sheet without the raised digits of notes, and a remark a cell."""
    written = {(row.number, column): cell for row in sheet.rows for column, cell in enumerate(row.cells, 1)}
    remarks = [
        Remark(
            "note-left-out",
            say("what is raised is a note's mark: read as {text}", text=text),
            row=row,
            value=written[row, column],
        )
        for (row, column), text in sorted(texts.items())
        if (row, column) in written
    ]
    return replace(sheet, rows=with_texts(sheet.rows, texts), remarks=(*sheet.remarks, *remarks))
