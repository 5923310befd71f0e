"""The bloc that a cell names, in any of the words for it."""

from __future__ import annotations

from quota.core.blocs import Bloc
from quota.core.names import keys_by_words, spelled_alike, tidy
from quota.core.text import say
from quota.tables.columns.cells import CellReader
from quota.tables.files.raw import Row


def bloc_at(reader: CellReader, row: Row) -> Bloc | None:
    """The bloc in a row's column `bloc`; None, and a problem, where it names none of the table's blocs."""
    written, wordings = tidy(reader.text(row, "bloc")), reader.table.wordings
    meant = {
        keys_by_words(wordings.blocs).get(spelled_alike(written)),
        wordings.column_of(written),
        wordings.role_of(written).bloc,
    }
    found = next((bloc for bloc in wordings.blocs if bloc in meant), None)
    if found is None:
        message = say("no such bloc") if written else say("which bloc is unknown")
        fix = say("write one of {choices}", choices=", ".join(wordings.blocs))
        reader.report(row, "bloc", "unknown-bloc", message, fix)
    return found


def bloc_or_government(reader: CellReader, row: Row) -> Bloc | None:
    """The same; the government bloc in a table without a column `bloc`."""
    return bloc_at(reader, row) if "bloc" in reader.columns else Bloc.GOVERNMENT
