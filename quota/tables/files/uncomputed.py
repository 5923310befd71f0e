"""Formulas in the rows of a table: whether their values can be counted on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from quota.core.problems import Problem, Severity
from quota.core.text import Text, count, say
from quota.tables.files.form import Form
from quota.tables.files.formulas import Worth
from quota.tables.files.meanings import Meanings
from quota.tables.files.merged import merged_figures
from quota.tables.files.sheets import Sheet

_SAVE_ANEW = say(
    "open the workbook in Excel, or in LibreOffice and press Ctrl+Shift+F9; save it, and read it again"
)
_WRONG: Mapping[Worth, tuple[str, Text, Text]] = {
    Worth.NONE: ("formula", say("a formula that was never worked out"), _SAVE_ANEW),
    Worth.STALE: (
        "formula",
        say("a formula that its program left to be worked out when the workbook is opened"),
        _SAVE_ANEW,
    ),
    Worth.ERROR: (
        "error-in-cell",
        say("the cell holds an error, not a value"),
        say("mend its formula, or leave it empty if the figure is unknown"),
    ),
    Worth.MERGED: (
        "merged-figure",
        say("one figure in a cell merged over several rows or columns: whose it is cannot be told"),
        say("split the cell, and give each row and column its own figure"),
    ),
    Worth.STRUCK: (
        "struck-through",
        say("struck through: whether it still counts cannot be told"),
        say("delete what no longer counts, or take the line off; save the workbook, and read it again"),
    ),
}


def formula_problems(form: Form, sheet: Sheet, label: str, columns: Meanings) -> Iterator[Problem]:
    """Errors for cells of known columns that hold no value worked out; a remark where others are formulas."""
    known = {**sheet.formulas, **dict(merged_figures(form, sheet, columns))}
    if not known:
        return
    units = {row.number for row in form.rows}
    saved = struck = 0
    for (row, column), worth in sorted(known.items(), key=lambda cell: cell[0]):
        heading = form.header[column - 1] if column <= len(form.header) else ""
        if row not in units or column > len(columns) or columns[column - 1] is None:
            continue
        if worth is Worth.SAVED:
            saved += 1
            continue
        if worth is Worth.STRUCK and row == struck:
            continue  # once a row
        struck = row if worth is Worth.STRUCK else struck
        code, message, fix = _WRONG[worth]
        yield Problem(code, Severity.ERROR, message, fix, label, row, heading, sheet=sheet.name)
    if saved:
        message = count(
            "{n} cell is a formula; its value is the one saved with the workbook",
            "{n} cells are formulas; their values are those saved with the workbook",
            n=saved,
        )
        yield Problem("formulas", Severity.INFORMATION, message, file=label, sheet=sheet.name)
