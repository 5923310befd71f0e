"""Columns of lengths: metres or kilometres must be said; no heading that speaks of them is passed over."""

from __future__ import annotations

from quota.core.characters import pattern
from quota.core.names import fold
from quota.core.problems import Severity
from quota.core.text import say
from quota.tables.columns.cells import CellReader

_OF_LENGTHS = pattern(fold(r"(?:chiều dài|độ dài|ranh giới|địa giới|khoảng cách|cự l[yi]|length|distance)"))


def is_clear_of_lengths(reader: CellReader, column: str, severity: Severity) -> bool:
    """Whether the column of lengths can be read; a problem where nothing says in what they are.

    So is a heading that speaks of lengths where the table has no such column, a warning.
    """
    table = reader.table
    if column not in reader.columns:
        for heading, known in zip(table.header, table.columns, strict=True) if table.rows else ():
            if known is None and _OF_LENGTHS.search(fold(heading)):
                message = say("speaks of lengths, and is not understood: they are unknown")
                fix = say('call the column "Chiều dài ranh giới (km)", or (m)')
                reader.problems.append(
                    table.of_heading(
                        "length-not-read", message, fix, severity=Severity.WARNING, column=heading
                    )
                )
        return True
    if not any(reader.column(column)) or reader.says_unit(column):
        return True
    heading = " ".join(reader.columns.heading(column).split())
    message = say("metres or kilometres? Nothing says it: the lengths are not read")
    fix = say('call the column "{heading} (km)" or "{heading} (m)"', heading=heading)
    reader.problems.append(table.of_heading("unit-not-said", message, fix, severity=severity, column=heading))
    return False
