"""What a file is: a population table, a staff table, or an audit that was written before."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

from quota.core.blocs import BLOCS
from quota.tables.columns.headings import understand
from quota.tables.files.raw import read_table
from quota.tables.shipped.embedded import find_table


class TableKind(StrEnum):
    """By its ending an audit, by its columns a table of residents or of staff."""

    AUDIT = "audit"
    POPULATION = "population"
    STAFF = "staff"


def table_kind(path: str | Path) -> TableKind:
    """What the file at `path`, or the embedded table of this id, is.

    A table with no column for residents but one for staff is a staff table; anything else is taken for a
    population table, and reading it says what it lacks.
    """
    if Path(path).suffix.lower() == ".json":
        return TableKind.AUDIT
    columns, _ = understand(read_table(*find_table(path)), ())
    if "population" not in columns and any(bloc in columns for bloc in BLOCS):
        return TableKind.STAFF
    return TableKind.POPULATION
