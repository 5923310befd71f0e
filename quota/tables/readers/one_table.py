"""The one table behind a path or an embedded table's id, read as its user settles, and its cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec.structs import replace

from quota.core.blocs import Blocs
from quota.core.names import fold
from quota.core.problems import Problem
from quota.core.text import key, say
from quota.tables.columns.cells import CellReader
from quota.tables.columns.headings import Columns, understand
from quota.tables.files.raw import RawTable, ReadOptions, read_table
from quota.tables.files.roles import BETWEEN
from quota.tables.files.wordings import DEFAULT, heading_key
from quota.tables.shipped.embedded import embedded_tables, find_table

_MORE_WORDS = {"people": ("số lượng", "sl", "tổng số người")}
"""Words that headings of a column start with, too plain to be read as that column in any table."""
_DITTO = frozenset(map(fold, ('"', "''", "″", "”", "〃", "nt", "-nt-", "- nt -", "n.t", "như trên", "ditto")))


def one_table(
    given: str | Path, options: ReadOptions, wanted: Sequence[str], blocs: Blocs | None = None
) -> RawTable:
    """The table, of a workbook the sheet with most of the `wanted` columns; `blocs` are those it may name.

    Of what `options` settle, headings and words hold, and the sheets where the workbook has any of them.
    Where a heading starts and a file's encoding are told of the population table: here they are looked for.
    An embedded table is read as it is. Never raises for what a file holds: see the table's `problems`.
    """
    path, label = find_table(given)
    blocs = options.wordings.blocs if blocs is None else blocs
    if any(label == table.label for table in embedded_tables()):
        return read_table(path, label, ReadOptions(wordings=DEFAULT.of_blocs(blocs)), wanted)
    how = ReadOptions(sheets=options.sheets, wordings=options.wordings.of_blocs(blocs))
    table = read_table(path, label, how, wanted)
    if any(problem.code == "no-such-sheet" for problem in table.problems):
        return read_table(path, label, replace(how, sheets=()), wanted)
    return table


def cells_of(
    table: RawTable,
    required: Sequence[str],
    one_of: Sequence[str] = (),
    wrong: Sequence[Problem] = (),
    counts: Sequence[str] = (),
) -> CellReader:
    """The cells of a table that has the `required` columns, and one of those in `one_of`.

    `counts` are columns without which it would be read too, and that no heading may speak of by other words.
    They have no rows where there is no table, a column is missing, or anything else is `wrong` with it: what
    keeps it from being read is among what they `found`.
    """
    if table.source is None:
        return CellReader(replace(table, rows=()), Columns({}, ()))
    columns, problems = understand(table, required, one_of)
    unread = (problem for column in counts for problem in _unread(table, column) if column not in columns)
    if problems := (*problems, *wrong, *unread):
        table = replace(table, rows=(), problems=(*table.problems, *problems))
    reader = CellReader(table, columns)
    _refuse_dittos(reader)
    return reader


def _unread(table: RawTable, column: str) -> Iterator[Problem]:
    """A problem for the first heading that starts as the column's do, or is under one, and is not read."""
    words = tuple(map(heading_key, (*table.wordings.headings_of(column), *_MORE_WORDS.get(column, ()))))
    for heading, meant in zip(table.header, table.columns, strict=True):
        parts = [heading_key(part) for part in heading.split(BETWEEN)]
        speaks = any(f"{part} ".startswith(tuple(f"{word} " for word in words)) for part in parts)
        if meant is None and speaks and not table.wordings.is_own(heading):
            message = say("the heading speaks of {column}, and is not understood", column=key(column))
            fix = say(
                "rename it if it is that, or write its heading, a comma and {column}, or ignore, in a file "
                "for --columns",
                column=column,
            )
            yield table.of_heading("unread-column", message, fix, column=heading)
            return


def _refuse_dittos(reader: CellReader) -> None:
    """Report cells of words that only say to look at the row above: none is a name, a bloc or a position."""
    from quota.tables.files.other_totals import WORDS  # only for tables beside population and staff

    for column in sorted(WORDS.intersection(reader.columns.index)):
        marks = {text for text in reader.column(column) if fold(text) in _DITTO} - {""}
        for row in reader.table.rows if marks else ():
            if reader.text(row, column) in marks:
                message, fix = say("this says to look at the row above"), say("write it out in each row")
                reader.report(row, column, "ditto", message, fix)
