"""Cells of a table that are merged, and rows, columns and figures that are hidden."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from quota.core.characters import pattern
from quota.core.text import count, say
from quota.tables.files.form import Form
from quota.tables.files.formulas import Worth
from quota.tables.files.meanings import Meanings
from quota.tables.files.sheets import Remark, Row, Sheet

_FIGURE = pattern(r"[-+]?[0-9][0-9., \u00a0]*%?")
_CODES = frozenset(("code", "code_a", "code_b", "id", "person", "home", "host", "from_code", "to_code"))
"""Columns in which digits are no figures."""
_WORDS = frozenset(
    (
        *("name", "type", "province", "bloc", "field", "fields", "full_name", "post", "office", "employment"),
        *("department", "from_field", "to_field", "from_name", "to_name", "from_group", "to_group", "kind"),
        *("born", "sex", "start", "end", "day", "reason", "made_about", "made_value"),
    )
)
"""Columns of words and days: only a figure alone is one there. In any other "2 người" is one too."""


def fill_merged(form: Form, sheet: Sheet, columns: Meanings) -> tuple[Form, list[Remark]]:
    """The form with each text in a cell merged over several rows in all of them, said once a column.

    A figure is not filled down: it is the sum of its rows, or that of one. See `merged_figures`.
    """
    if not sheet.merged:
        return form, []
    rows = {row.number: row for row in form.rows}
    filled: dict[tuple[int, int], str] = {}
    for top, left, bottom, text in _merged_down(form, sheet, form.rows):
        if _is_figure(columns[left - 1], text):
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


def merged_figures(form: Form, sheet: Sheet, columns: Meanings) -> Iterator[tuple[tuple[int, int], Worth]]:
    """The places of figures in cells merged over several units' rows, or over several columns of figures.

    Such a cell may start in a row that is left out, as a sum is: its place is that of the first unit's row.
    """
    numbers = {row.number for row in form.rows}
    for top, left, bottom, text in _merged_down(form, sheet, sheet.rows):
        units = numbers.intersection(range(top, bottom + 1))
        if _is_figure(columns[left - 1], text) and units - {top}:
            yield (min(units), left), Worth.MERGED
    for top, left, right, text in _merged_across(form, sheet):
        if _is_figure(columns[left - 1], text) and any(columns[left:right]):
            yield (top, left), Worth.MERGED


def _merged_down(form: Form, sheet: Sheet, among: Sequence[Row]) -> Iterator[tuple[int, int, int, str]]:
    """First row, column, last row and text of each cell `among` rows that is merged over several ones."""
    rows = {row.number: row for row in among} if sheet.merged else {}
    for top, left, bottom, _ in sheet.merged:
        row = rows.get(top)
        if row is None or bottom == top or left > min(len(form.header), len(row.cells)):
            continue
        if text := row.cells[left - 1].strip():
            yield top, left, bottom, text


def _merged_across(form: Form, sheet: Sheet) -> Iterator[tuple[int, int, int, str]]:
    """Row, first and last column, and text of each cell of units that is merged over several columns."""
    rows = {row.number: row for row in form.rows} if sheet.merged else {}
    for top, left, _, right in sheet.merged:
        row = rows.get(top)
        if row is not None and right > left and left <= min(len(form.header), len(row.cells)):
            yield top, left, right, row.cells[left - 1].strip()


def _is_figure(column: str | None, text: str) -> bool:
    if column in _CODES:
        return False
    starts_with_digit = column is not None and column not in _WORDS and text[:1].isdigit()
    return starts_with_digit or _FIGURE.fullmatch(text) is not None


def hidden_rows(form: Form, sheet: Sheet) -> Iterator[Remark]:
    """How many of the table's rows a filter, or a hand, has hidden: they are units all the same."""
    hidden = [row.number for row in form.rows if row.number in sheet.hidden] if sheet.hidden else []
    if hidden:
        message = count(
            "{n} row is hidden (by a filter or by hand); it counts as the others do",
            "{n} rows are hidden (by a filter or by hand); they count as the others do",
            n=len(hidden),
        )
        yield Remark("hidden-rows", message, say("delete rows that should not count"), row=hidden[0])


def hidden_cells(form: Form, sheet: Sheet, columns: Meanings) -> Iterator[Remark]:
    """The columns that are hidden and read all the same, and figures that their format does not show."""
    for place, (heading, column) in enumerate(zip(form.header, columns, strict=True), start=1):
        if column is None or not (sheet.hidden_columns or sheet.unseen):
            continue
        if place in sheet.hidden_columns:
            message = say("the column is hidden; it is read as the others are")
            yield Remark("hidden-column", message, say("delete it if it should not count"), column=heading)
        unseen = [row.number for row in form.rows if (row.number, place) in sheet.unseen]
        if unseen:
            message = count(
                "{n} cell holds a figure that its format does not show; it counts as the others do",
                "{n} cells hold figures that their formats do not show; they count as the others do",
                n=len(unseen),
            )
            fix = say("delete figures that should not count")
            yield Remark("unseen-figures", message, fix, row=unseen[0], column=heading)
