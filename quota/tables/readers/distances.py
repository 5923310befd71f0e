"""Distances between units: `code_a, code_b, km`, the same both ways."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from quota.core.plan_tables import PairTable
from quota.core.text import say
from quota.tables.columns.cells import CellReader
from quota.tables.columns.codes import Codes
from quota.tables.columns.headings import understand
from quota.tables.files.raw import AS_FOUND, ReadOptions
from quota.tables.readers.one_table import one_table


def read_distances(path: str | Path, options: ReadOptions = AS_FOUND) -> PairTable:
    """Whole metres between pairs of codes (the lesser first). A pair given twice must agree."""
    table = one_table(path, options, ("code_a", "code_b", "km"))
    if table.source is None:
        return PairTable({}, table.problems)
    columns, problems = understand(table, ("code_a", "code_b", "km"))
    if problems:
        return PairTable({}, (*table.problems, *problems), (table.source,))
    reader = CellReader(table, columns)
    codes = Codes(reader, "code_a", "code_b", names=True)
    pairs: dict[tuple[str, str], int] = {}
    for row in table.rows:
        first, second = codes.at(row, "code_a"), codes.at(row, "code_b")
        km = reader.measure(row, "km", Decimal)
        if not first or not second:
            reader.report(row, "code_b" if first else "code_a", "no-code", say("no code"), say("fill it in"))
        elif km is not None and first != second:
            metres = int((km * 1000).to_integral_value())
            if pairs.setdefault((min(first, second), max(first, second)), metres) != metres:
                message = say("this pair is there already with another distance")
                reader.report(row, "km", "two-distances", message, say("keep one of the two"))
    return PairTable(pairs, (*table.problems, *reader.problems), (table.source,))
