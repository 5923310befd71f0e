"""One result, four forms; each is made only when it is asked for."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import RenderableType

Cell = str | int | float | bool | None


class Format(StrEnum):
    """How a result is written: for people (table, markdown, xlsx) or for programs (csv, json)."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"
    MARKDOWN = "markdown"
    XLSX = "xlsx"


@dataclass(frozen=True, slots=True)
class Rendering:
    """How to write one result.

    `json` gives plain values, `rows` a header and rows for CSV, `markdown` a page, `terminal` what rich
    prints at a width in columns, `workbook` an Excel file; without it a workbook is the rows of the CSV.
    """

    json: Callable[[], object]
    rows: Callable[[], Iterable[Sequence[Cell]]]
    markdown: Callable[[], str]
    terminal: Callable[[int], RenderableType]
    workbook: Callable[[], bytes] | None = None

    def text(self, form: Format) -> str:
        """The result as text in any form but the terminal's."""
        if form is Format.JSON:
            return json.dumps(self.json(), ensure_ascii=False, indent=2) + "\n"
        if form is Format.CSV:
            return csv_text(self.rows())
        return self.markdown()

    def content(self, form: Format) -> bytes:
        """The result as the bytes of a file, in any form but the terminal's."""
        if form is not Format.XLSX:
            return encoded(self.text(form))
        if self.workbook is not None:
            return self.workbook()
        from quota.render.workbook import rows_book  # what writes workbooks is loaded only for one

        return rows_book(self.rows())


def encoded(text: str) -> bytes:
    """Text as it stands in a file; what no file can hold is shown as its code."""
    return text.encode("utf-8", errors="backslashreplace")


_TRUTH = {True: "true", False: "false"}


def csv_text(rows: Iterable[Sequence[Cell]]) -> str:
    """CSV: true and false in small letters, unknown as an empty cell."""
    lines = io.StringIO()
    writer = csv.writer(lines, lineterminator="\n")
    for row in rows:
        writer.writerow([_TRUTH[cell] if cell is True or cell is False else cell for cell in row])
    return lines.getvalue()


def markdown_table(header: Sequence[str], rows: Iterable[Sequence[str]], numeric_from: int = 1) -> str:
    """A Markdown table; columns from `numeric_from` on stand right."""

    def line(cells: Iterable[str]) -> str:
        safe = (cell.replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;") for cell in cells)
        return "| " + " | ".join(safe) + " |"

    rule = ["---" if place < numeric_from else "---:" for place in range(len(header))]
    return "\n".join([line(header), "| " + " | ".join(rule) + " |", *(line(row) for row in rows)]) + "\n"
