"""Tables of terrain: which units lie in mountains, in highlands, on islands, on the land border."""

from __future__ import annotations

from pathlib import Path

from quota.core.text import say
from quota.core.units import Origin, TerrainRow, TerrainTable
from quota.tables.columns.cells import CellReader
from quota.tables.columns.codes import Codes
from quota.tables.columns.headings import understand
from quota.tables.columns.terrain import TERRAIN_COLUMNS, read_terrain
from quota.tables.files.raw import AS_FOUND, RawTable, ReadOptions
from quota.tables.readers.units.cells import names_in, provinces_in
from quota.tables.readers.units.wanted import raw_tables, sources_once

_WANTED = ("code", "name", *TERRAIN_COLUMNS)


def read_terrain_table(*paths: str | Path, options: ReadOptions = AS_FOUND) -> TerrainTable:
    """The rows of terrain tables, each for a code, or for a name, within its `province` where that is said.

    Needs a column for code or name and one of mountain, highland, island, border (yes or no), minority_share,
    province_class or unit_class; an empty cell is unknown. Never raises for what a file holds: see
    `problems`.
    """
    tables = [_read(table) for table in raw_tables(paths, options, (_WANTED, TERRAIN_COLUMNS))]
    rows = tuple(row for table in tables for row in table.rows)
    problems = tuple(problem for table in tables for problem in table.problems)
    sources = sources_once(source for table in tables for source in table.sources)
    return TerrainTable(rows, problems, sources)


def _read(table: RawTable) -> TerrainTable:
    if table.source is None:
        return TerrainTable((), table.problems)
    columns, problems = understand(table, (), one_of=("code", "name"))
    if not any(column in columns for column in TERRAIN_COLUMNS):
        message = say("no column for terrain")
        fix = say("add one; its heading may be: {headings}", headings=", ".join(TERRAIN_COLUMNS))
        problems = (*problems, table.of_heading("missing-column", message, fix))
    if problems:
        return TerrainTable((), (*table.problems, *problems), (table.source,))
    reader = CellReader(table, columns)
    codes = Codes(reader, "code").column("code")
    each = zip(table.rows, codes, names_in(reader), provinces_in(reader), strict=True)
    rows = []
    for row, code, name, province in each:
        if not code and not name:
            fix = say("say which unit the terrain is of")
            reader.report(row, "code", "no-unit", say("neither code nor name"), fix)
            continue
        origin = Origin(table.file, row.number, table.sheet)
        rows.append(TerrainRow(code or None, name or None, province, read_terrain(reader, row), origin))
    return TerrainTable(tuple(rows), reader.in_row_order(), reader.sources)
