"""Rows of a table whose cells are merged down a column, and rows that are hidden."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from quota.core.characters import pattern
from quota.core.text import count, say
from quota.tables.files.form import Form
from quota.tables.files.formulas import Worth
from quota.tables.files.sheets import Remark, Row, Sheet
from quota.tables.files.wordings import Wordings

_FIGURE = pattern(r"[-+]?[0-9][0-9., \u00a0]*%?")
_CODES = frozenset(("code", "code_a", "code_b", "id", "person", "home", "host", "from_code", "to_code"))
"""Columns in which digits are no figures."""


def fill_merged(form: Form, sheet: Sheet, wordings: Wordings) -> tuple[Form, list[Remark]]:
    """The form with each text in a cell merged over several rows in all of them, said once a column.

    A figure is not filled down: it is the sum of its rows, or that of one. See `merged_figures`.
    """
    rows = {row.number: row for row in form.rows}
    filled: dict[tuple[int, int], str] = {}
    for top, left, bottom, text in _merged_down(form, sheet):
        if _is_figure(form, wordings, left, text):
            continue
        for number in range(top + 1, bottom + 1):
            if (
                number in rows
                and left <= len(rows[number].cells)
                and not rows[number].cells[left - 1].strip()
            ):
                filled[number, left] = text
    if not filled:
        return form, []
    remarks = [
        Remark(
            "merged-cells",
            count(
                "{n} row takes its cell from the one merged above it",
                "{n} rows take their cells from those merged above them",
                n=sum(left == column for _, left in filled),
            ),
            column=form.header[column - 1],
        )
        for column in sorted({left for _, left in filled})
    ]
    whole = [
        Row(
            row.number,
            tuple([filled.get((row.number, place), cell) for place, cell in enumerate(row.cells, start=1)]),
        )
        for row in form.rows
    ]
    return replace(form, rows=tuple(whole)), remarks


def merged_figures(form: Form, sheet: Sheet, wordings: Wordings) -> Iterator[tuple[tuple[int, int], Worth]]:
    """The places of figures in cells merged over several units' rows."""
    numbers = {row.number for row in form.rows}
    for top, left, bottom, text in _merged_down(form, sheet):
        if _is_figure(form, wordings, left, text) and not numbers.isdisjoint(range(top + 1, bottom + 1)):
            yield (top, left), Worth.MERGED


def _merged_down(form: Form, sheet: Sheet) -> Iterator[tuple[int, int, int, str]]:
    """First row, column, last row and text of each cell of units that is merged over several rows."""
    rows = {row.number: row for row in form.rows} if sheet.merged else {}
    for top, left, bottom, _ in sheet.merged:
        row = rows.get(top)
        if row is None or bottom == top or left > min(len(form.header), len(row.cells)):
            continue
        if text := row.cells[left - 1].strip():
            yield top, left, bottom, text


def _is_figure(form: Form, wordings: Wordings, column: int, text: str) -> bool:
    if not _FIGURE.fullmatch(text):
        return False
    known = wordings.columns_of(form.header, granting=form.granting)
    return known[column - 1] not in _CODES


def hidden_rows(form: Form, sheet: Sheet) -> Iterator[Remark]:
    """How many of the table's rows a filter, or a hand, has hidden: they are units all the same."""
    hidden = [row.number for row in form.rows if row.number in sheet.hidden]
    if hidden:
        message = count(
            "{n} row is hidden (by a filter or by hand); it counts as the others do",
            "{n} rows are hidden (by a filter or by hand); they count as the others do",
            n=len(hidden),
        )
        yield Remark("hidden-rows", message, say("delete rows that should not count"), row=hidden[0])
