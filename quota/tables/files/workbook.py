"""Workbooks (.xlsx, .xlsm, .xls, .ods) as sheets of text cells."""

from __future__ import annotations

import marshal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from quota.core.text import say
from quota.tables.files.encodings import from_font
from quota.tables.files.formulas import Worth
from quota.tables.files.sheets import ZIP, Bounds, NotATableError, Remark, Row, Sheet
from quota.tables.files.unpacking import look_through, unreadable

_OPENER = Path(__file__).with_name("opening.py")
SECONDS = 60
"""A workbook that is not open by then is none: a sheet of a million rows takes some ten."""


def workbook_sheets(content: bytes) -> list[Sheet]:
    """Every visible sheet. Raises `NotATableError` for a file that cannot be opened as a workbook.

    It is looked through first: one that would unfold to too much is refused. It is opened in a process of
    its own, with bounded time and memory: see `opening.py`.
    """
    formulas = look_through(content) if content.startswith(ZIP) else {}
    what, found = _opened(content)
    if what == "locked":
        raise NotATableError(
            "locked", say("the workbook is locked with a password"), say("save a copy without a password")
        )
    if what == "binary":
        raise unreadable(found)
    return [_sheet(name, rows, formulas.get(name, {})) for name, rows in found]


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


def _sheet(name: str, cells: Sequence[tuple[str, ...]], formulas: Mapping[tuple[int, int], Worth]) -> Sheet:
    rows = []
    bounds = Bounds(name)
    for number, texts in enumerate(cells, start=1):
        if any(texts):
            bounds.row(number, texts)
            rows.append(Row(number, texts))
    font = from_font("\n".join(cell for row in rows for cell in row.cells if not cell.isascii()))
    if font is None:
        return Sheet(name, rows, formulas=formulas)
    convert, encoding = font
    remark = Remark(
        "legacy-font", say("text for an old {encoding} font, read as Vietnamese", encoding=encoding)
    )
    return Sheet(name, [Row(row.number, tuple(map(convert, row.cells))) for row in rows], (remark,), formulas)
