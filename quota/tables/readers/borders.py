"""Neighbour tables: which units share a border."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from quota.core.problems import Severity
from quota.core.text import say
from quota.core.units import Border, BorderTable
from quota.tables.columns.codes import Codes
from quota.tables.files.raw import AS_FOUND, ReadOptions
from quota.tables.readers.lengths import is_clear_of_lengths
from quota.tables.readers.one_table import cells_of, one_table


def read_borders(path: str | Path, options: ReadOptions = AS_FOUND) -> BorderTable:
    """The pairs of a neighbour table: `code_a`, `code_b`, `shared_border_km` (blank is unknown).

    Lengths may be in metres where the heading, a note or every cell says so; where nothing says metres or
    kilometres they are unknown, with a warning.

    A pair given twice, in either order, counts once, with a warning; a unit that borders itself is an error.
    Whether the codes are units of a population table is asked where the two are used together.
    """
    table = one_table(path, options, ("code_a", "code_b", "shared_border_km"))
    reader = cells_of(table, ("code_a", "code_b"))
    codes = Codes(reader, "code_a", "code_b")
    lengths_are_clear = is_clear_of_lengths(reader, "shared_border_km", Severity.WARNING)
    borders: dict[tuple[str, str], Border] = {}
    for row in reader.table.rows:
        first, second = codes.at(row, "code_a"), codes.at(row, "code_b")
        if not first or not second:
            column = "code_b" if first else "code_a"
            reader.report(row, column, "no-code", say("no code"), say("a border has a unit on each side"))
        elif first == second:
            reader.report(row, "code_b", "borders-itself", say("a unit beside itself"), say("remove the row"))
        elif (pair := (min(first, second), max(first, second))) in borders:
            message = say("this pair is there already; it counts once")
            reader.report(row, "code_b", "doubled-pair", message, say("remove the row"), Severity.WARNING)
        else:
            km = reader.measure(row, "shared_border_km", Decimal) if lengths_are_clear else None
            borders[pair] = Border(*pair, km)
    return BorderTable(tuple(borders.values()), reader.found, reader.sources)
