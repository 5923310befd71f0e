"""Floors to measure by: KIND FILES. What they write is in files made before (`cells`, `rows`, `held-…`)."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any


def cells(book: str, held: str) -> None:
    """The cells of every sheet of a workbook, as JSON: row, column, formula or None, value."""
    import warnings

    import openpyxl

    warnings.simplefilter("ignore")
    formulas, values = (openpyxl.load_workbook(book, data_only=known) for known in (False, True))
    sheets = []
    for sheet in formulas:
        found = []
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    known = values[sheet.title].cell(cell.row, cell.column).value
                    found.append([cell.row - 1, cell.column - 1, cell.value, "" if known is None else known])
                elif cell.has_style and type(cell).__name__ == "Cell":
                    value = cell.value if isinstance(cell.value, int | float | None) else str(cell.value)
                    found.append([cell.row - 1, cell.column - 1, None, value])
        sheets.append([sheet.title, found])
    Path(held).write_text(json.dumps(sheets), encoding="utf-8")


def xlsx(held: str, out: str) -> None:
    """The same cells and formulas by bare XlsxWriter."""
    import xlsxwriter

    book = xlsxwriter.Workbook(out, {"in_memory": True})
    style = book.add_format({"border": 1})
    for title, found in json.loads(Path(held).read_text(encoding="utf-8")):
        sheet = book.add_worksheet(title)
        for row, column, formula, value in found:
            if formula is not None:
                sheet.write_formula(row, column, formula, style, value)
            elif value is None:
                sheet.write_blank(row, column, None, style)
            elif isinstance(value, str):
                sheet.write_string(row, column, value, style)
            else:
                sheet.write_number(row, column, value, style)
    book.close()


def rows(written: str, held: str) -> None:
    """The rows of a CSV or JSON file as Parquet."""
    import polars as pl

    if written.endswith(".csv"):
        frame = pl.read_csv(written, infer_schema_length=None, schema_overrides={"code": pl.String})
    else:
        found = json.loads(Path(written).read_text(encoding="utf-8"))
        longest = max((value for value in found.values() if isinstance(value, list)), key=len)
        frame = pl.DataFrame({"row": [json.dumps(row, ensure_ascii=False) for row in longest]})
    frame.write_parquet(held)


def rewrite(held: str, out: str, *read: str) -> None:
    """Read the tables that the command reads, and write the rows that it writes."""
    import polars as pl

    for table in read:
        pl.read_csv(table, schema_overrides={"code": pl.String})
    frame = pl.read_parquet(held)
    if out.endswith(".csv"):
        frame.write_csv(out)
    else:
        frame.write_ndjson(out)


def rich(shown: str) -> None:
    """Each line of what a terminal shows as a row of a table: words are cells, the first ones one cell."""
    from rich.console import Console
    from rich.table import Table

    lines = [line.split() for line in Path(shown).read_text(encoding="utf-8").splitlines() if line.strip()]
    table = Table(box=None, show_header=False)
    for _ in range(10):
        table.add_column(overflow="fold")
    for words in lines:
        table.add_row(" ".join(words[:-9]), *words[-9:])
    Console(width=160, markup=False, highlight=False).print(table)


def held_html(page: str, held: str) -> None:
    """The specifications of a page's pictures."""
    text = Path(page).read_text(encoding="utf-8")
    found = re.findall(r'<script type="application/json" id="spec-[^"]+">(.*?)</script>', text, re.DOTALL)
    Path(held).write_text(json.dumps([json.loads(spec) for spec in found]), encoding="utf-8")


def html(held: str, out: str) -> None:
    """The same pictures alone."""
    import vl_convert

    specs = json.loads(Path(held).read_text(encoding="utf-8"))
    Path(out).write_text("\n".join(vl_convert.vegalite_to_svg(spec) for spec in specs), encoding="utf-8")


def held_docx(document: str, held: str) -> None:
    """The paragraphs and the tables of a Word document."""
    import docx as python_docx

    found = python_docx.Document(document)
    tables = [[[cell.text for cell in row.cells] for row in table.rows] for table in found.tables]
    paragraphs = [paragraph.text for paragraph in found.paragraphs]
    Path(held).write_text(json.dumps([paragraphs, tables]), encoding="utf-8")


def docx(held: str, out: str) -> None:
    """The same paragraphs and tables by python-docx."""
    import docx as python_docx

    paragraphs, tables = json.loads(Path(held).read_text(encoding="utf-8"))
    document = python_docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    for texts in tables:
        made = document.add_table(len(texts), max(map(len, texts)))
        for row, cells_of_row in zip(made.rows, texts, strict=True):
            for cell, text in zip(row.cells, cells_of_row, strict=False):
                cell.text = text
    document.save(out)


KINDS: dict[str, Callable[..., Any]] = {
    "cells": cells,
    "xlsx": xlsx,
    "rows": rows,
    "rewrite": rewrite,
    "rich": rich,
    "held-html": held_html,
    "html": html,
    "held-docx": held_docx,
    "docx": docx,
}

if __name__ == "__main__":
    KINDS[sys.argv[1]](*sys.argv[2:])
