"""The bloc that a cell names, in any of the words for it."""

from __future__ import annotations

from quota.core.blocs import Bloc
from quota.core.characters import pattern
from quota.core.names import fold, keys_by_words, spelled_alike, tidy
from quota.core.problems import Severity
from quota.core.text import key, say
from quota.tables.columns.cells import CellReader
from quota.tables.files.raw import Row

_OF_BLOCS = pattern(fold(r"(?<!\w)(?:khối|blocs?)(?!\w)"))


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
        fix = say("write one of {choices}", choices=key(*wordings.blocs))
        reader.report(row, "bloc", "unknown-bloc", message, fix)
    return found


def bloc_or_government(reader: CellReader, row: Row) -> Bloc | None:
    """The same; the government bloc in a table without a column `bloc`."""
    return bloc_at(reader, row) if "bloc" in reader.columns else Bloc.GOVERNMENT


def warn_of_unread_blocs(reader: CellReader) -> None:
    """A warning where a heading speaks of blocs and is not understood: all count in the government bloc."""
    table = reader.table
    if "bloc" in reader.columns or not table.rows:
        return
    for heading, column in zip(table.header, table.columns, strict=True):
        if column is None and _OF_BLOCS.search(fold(heading)):
            message = say("speaks of blocs, and is not understood: all are counted in the government bloc")
            fix = say('call the column "bloc" or "khối"')
            problem = table.of_heading(
                "bloc-not-read", message, fix, severity=Severity.WARNING, column=heading
            )
            reader.problems.append(problem)
            return
