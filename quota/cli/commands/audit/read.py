"""`quota read`."""

from __future__ import annotations

import typer
from msgspec.structs import replace

from quota.cli.answering import AS_USUAL, Handling
from quota.cli.grouping import single
from quota.cli.inputs import settled
from quota.cli.options import TableFiles
from quota.core.problems import Severity, refuse_errors
from quota.core.units import UnitTable
from quota.render.kit.rendering import Cell, Format
from quota.render.views.audit.reading import reading_rendering
from quota.tables.readers.kinds import TableKind, look_at
from quota.tables.readers.understanding import understand_tables
from quota.tables.writing import staff_rows, unit_rows


def read(
    files: TableFiles,
    how: Handling = AS_USUAL,
) -> None:
    """What is understood of a table: sheets, columns, rows left out; the clean table.

    Of tables of residents, of staff or of assigned posts, before anything is computed from them: what each
    column is read as, with its first figures. As CSV: the clean table. Of other tables: who reads them.
    Exit code 0: read; 1: something is to be settled first, which is said; 2: no table could be read.
    """
    kind = look_at(files, how.options()).kind
    units, staff = (files, []) if kind is TableKind.POPULATION else ([], files)
    options = settled(how, population=units, staff=staff)
    report, table = understand_tables(*files, options=options)
    errors = [problem for problem in report.problems if problem.severity is Severity.ERROR]
    if not report.sheets:
        refuse_errors(errors)
    out = how.out()
    if out.format is Format.CSV:  # a table with errors is no clean one, nor is one of another kind
        refuse_errors(errors if table else [replace(report.problems[0], severity=Severity.ERROR)])
    rows: list[list[Cell]] = []
    if isinstance(table, UnitTable):
        rows = unit_rows(table.units, table.assigned_columns, table.reserves)
    elif table is not None:
        rows = staff_rows(table.rows, table.reserves)
    out.write(reading_rendering(report, lambda: rows))
    raise typer.Exit(1 if errors else 0)


app = single(read)
