"""Distances between units: `code_a, code_b, km`, the same both ways."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from quota.core.plan_tables import PairTable
from quota.core.problems import Severity
from quota.core.text import say
from quota.tables.columns.codes import Codes
from quota.tables.files.raw import AS_FOUND, ReadOptions
from quota.tables.readers.lengths import is_clear_of_lengths
from quota.tables.readers.one_table import cells_of, one_table

_CODES = ("code_a", "code_b")
_LENGTHS = ("km", "metres")
"""Columns of distances: `metres` is what a plan calls its own; the heading of `km` says in what it is."""


def read_distances(path: str | Path, options: ReadOptions = AS_FOUND) -> PairTable:
    """Whole metres between pairs of codes (the lesser first). A pair given twice must agree.

    An error where nothing says whether the distances are in metres or kilometres.
    """
    reader = cells_of(one_table(path, options, (*_CODES, *_LENGTHS)), _CODES, _LENGTHS)
    column, many = ("metres", 1) if "metres" in reader.columns else ("km", 1000)
    is_clear = many == 1 or is_clear_of_lengths(reader, column, Severity.ERROR)
    codes = Codes(reader, "code_a", "code_b", names=True)
    pairs: dict[tuple[str, str], int] = {}
    for row in reader.table.rows if is_clear else ():
        first, second = codes.at(row, "code_a"), codes.at(row, "code_b")
        length = reader.measure(row, column, Decimal)
        if not first or not second:
            reader.report(row, "code_b" if first else "code_a", "no-code", say("no code"), say("fill it in"))
        elif length is not None and first != second:
            metres = int((length * many).to_integral_value())
            if pairs.setdefault((min(first, second), max(first, second)), metres) != metres:
                message = say("this pair is there already with another distance")
                reader.report(row, column, "two-distances", message, say("keep one of the two"))
    return PairTable(pairs, reader.found, reader.sources)
