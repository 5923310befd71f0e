"""The bloc of each row of a table of positions: as its column says, else as the words of its row do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from quota.core.blocs import Bloc
from quota.core.problems import Severity
from quota.core.text import count, say
from quota.norms.offices import Offices
from quota.tables.columns.bloc_cells import bloc_at
from quota.tables.columns.cells import CellReader
from quota.tables.files.raw import Row


class RowBlocs(Struct, frozen=True):
    """The bloc of each row by the row's number, None where its cell names none; and the rows that say none.

    Rows that say none are counted in the government bloc.
    """

    of: Mapping[int, Bloc | None]
    silent: Sequence[Row] = ()


def blocs_of_rows(reader: CellReader, called: str, offices: Offices | None) -> RowBlocs:
    """The blocs of a table's rows; `called` is the column that says which position a row is about.

    A cell of a column `bloc` that names no bloc is among the reader's problems. Without that column the words
    of the office say the bloc, then those of the position, by the list of `offices`, else by the shipped one.
    """
    if "bloc" in reader.columns:
        return RowBlocs({row.number: bloc_at(reader, row) for row in reader.table.rows})
    from quota.norms.loading import load_offices  # a table with a column for blocs needs none
    from quota.tables.readers.roster.placing import Words

    words = Words(offices or load_offices())
    known = {str(bloc): bloc for bloc in reader.table.wordings.blocs}
    blocs: dict[int, Bloc | None] = {}
    silent = []
    for row in reader.table.rows:
        office, position = (words.said(reader.text(row, column)).blocs for column in ("office", called))
        said = office or position
        bloc = known.get(next(iter(said))) if len(said) == 1 else None
        if bloc is None:
            silent.append(row)
        blocs[row.number] = bloc or Bloc.GOVERNMENT
    return RowBlocs(blocs, silent)


def warn_of_silent(reader: CellReader, silent: Sequence[Row]) -> None:
    """A warning at the first of the rows whose words say no bloc, with how many there are; none for none."""
    if silent:
        message = count(
            "no column for the bloc: {n} row whose words say none is counted in the government bloc",
            "no column for the bloc: {n} rows whose words say none are counted in the government bloc",
            n=len(silent),
        )
        fix = say("add a column bloc (khối)")
        reader.report(silent[0], "bloc", "bloc-not-said", message, fix, Severity.WARNING)


def called_with_blocs(named: Iterable[tuple[str, Bloc]]) -> dict[tuple[str, Bloc | None], str]:
    """What a position of a bloc is called in a plan: with its bloc where another bloc has a position of it.

    Two blocs' positions of one name are two: people over in one fill no post of the other.
    """
    pairs = dict.fromkeys(named)
    blocs: dict[str, set[Bloc]] = {}
    for position, bloc in pairs:
        blocs.setdefault(position, set()).add(bloc)
    return {
        (position, bloc): f"{position} ({bloc.name.vi})" if len(blocs[position]) > 1 else position
        for position, bloc in pairs
    }
