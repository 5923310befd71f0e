"""Positions of units by bloc, filled and vacant: a table of positions, or a list of people one by one.

Names of people stay in memory: no row and no problem here has one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from quota.core.blocs import Bloc
from quota.core.names import spelled_alike, tidy, type_in_name
from quota.core.positions import PositionList, PositionRow
from quota.core.problems import Problem, Severity
from quota.core.text import count, say
from quota.core.units import Origin
from quota.tables.columns.cells import MAX_STAFF, CellReader
from quota.tables.columns.codes import Codes
from quota.tables.files.raw import AS_FOUND, RawTable, ReadOptions, Row
from quota.tables.readers.one_table import cells_of
from quota.tables.readers.position_blocs import blocs_of_rows, warn_of_silent
from quota.tables.readers.roster.counting import (
    Heads,
    by_position,
    in_short_of,
    is_roster,
    listed_in,
    not_counted,
)
from quota.tables.readers.roster.entries import PostRow
from quota.tables.readers.units.wanted import PEOPLE, raw_tables, sources_once

_CALLED = ("field", "fields", "post")
"""Columns that say which position a row is about; the first that is there does."""


def read_position_list(*paths: str | Path, options: ReadOptions = AS_FOUND) -> PositionList:
    """The positions of units and who is in them, from tables `code` (or `name`), `bloc`, `position`, `staff`,
    `needed`, or from lists of people.

    `needed` is how many positions there are, `staff` the people in them; blank is unknown. Without a column
    `bloc` positions are in the bloc that their words say, else in the government bloc, which is warned of. In
    a list of people a row without a name is a vacant position; a list without any says nothing of how many
    positions there are. Never raises for what a file holds: see `problems`.
    """
    wanted = ("code", "name", "bloc", "field", "fields", "in_post", "needed", *PEOPLE)
    raw = list(raw_tables(paths, options, (wanted, ())))
    lists = [table for table in raw if is_roster(table)]
    tables = [_of_table(table, options) for table in raw if table not in lists]
    if lists:
        tables.append(_of_people(lists, options))
    return PositionList(
        tuple(row for table in tables for row in table.rows),
        tuple(problem for table in tables for problem in table.problems),
        sources_once(source for table in tables for source in table.sources),
    )


def _of_table(table: RawTable, options: ReadOptions) -> PositionList:
    called = next((column for column in _CALLED if column in table.columns), _CALLED[0])
    reader = cells_of(table, (called, "in_post", "needed"), ("code", "name"))
    codes = Codes(reader, "code")
    blocs = blocs_of_rows(reader, called, options.offices)
    warn_of_silent(reader, blocs.silent)
    rows = [
        found
        for row in reader.table.rows
        if (found := _row(reader, codes, row, called, blocs.of[row.number])) is not None
    ]
    return PositionList(tuple(rows), reader.in_row_order(), reader.sources)


def _row(reader: CellReader, codes: Codes, row: Row, called: str, bloc: Bloc | None) -> PositionRow | None:
    """The row's positions; `called` is the column that says which they are."""
    code, name = codes.at(row, "code"), tidy(reader.text(row, "name"))
    if reader.table.names_people:  # what is like no unit may be a person
        code = code if code.isdigit() else ""
        name = name if type_in_name(name) is not None else ""
    position = tidy(reader.text(row, called))
    positions, people = reader.people(row, "needed", MAX_STAFF), reader.people(row, "in_post", MAX_STAFF)
    if not (code or name) or not position:
        column = called if code or name else "code"
        reader.report(row, column, "no-place", say("no unit or no position"), say("fill it in"))
        return None
    if bloc is None:
        return None
    origin = Origin(reader.table.file, row.number, reader.table.sheet)
    kind = (spelled_alike(tidy(reader.text(row, "office"))), spelled_alike(position))
    return PositionRow(code or None, name or None, bloc, kind, positions, people, origin=origin)


def _of_people(tables: Sequence[RawTable], options: ReadOptions) -> PositionList:
    """A row for each bloc of each unit in lists of people; the vacant posts that they list are positions."""
    found = listed_in(tables, options, of_posts=True)
    blocs = options.wordings.blocs
    kept = [(table, entry) for table, entry in found.kept if entry.employment in options.counted]
    counted = [(table, entry) for table, entry in kept if entry.bloc in blocs]
    vacant = [
        (table, vacancy)
        for table, vacancy in found.vacancies
        if vacancy.employment in options.counted and vacancy.bloc in blocs
    ]
    people: Counter[tuple[str, str]] = Counter((entry.place, entry.bloc) for _, entry in counted)
    empty: Counter[tuple[str, str]] = Counter((vacancy.place, vacancy.bloc) for _, vacancy in vacant)
    rows: dict[tuple[str, str], PositionRow] = {}
    listed: Iterable[tuple[RawTable, PostRow]] = (*counted, *vacant)
    for table, entry in listed:
        key = (entry.place, entry.bloc)
        held = people[key]
        rows.setdefault(
            key,
            PositionRow(
                entry.code or None,
                entry.unit or None,
                blocs[blocs.index(Bloc(entry.bloc))],
                (),
                held + empty[key] if found.vacancies else None,
                held,
                listed=True,
                origin=Origin(table.file, entry.row, table.sheet),
            ),
        )
    units = len({place for place, _ in rows})
    problems = [
        *found.problems,
        in_short_of(tables[0], kept, options, units=units),
        *not_counted(tables[0], found.kept, options),
        _positions_said(tables[0], found),
    ]
    sources = tuple(table.source for table in tables if table.source is not None)
    return PositionList(tuple(rows.values()), tuple(sorted(problems, key=by_position)), sources)


def _positions_said(table: RawTable, found: Heads) -> Problem:
    """Whether the lists say how many positions there are."""
    if not found.vacancies:
        message = say("no row of a vacant post: how many positions there are, and are vacant, is unknown")
        fix = say("list them with an empty name, or the word khuyết in its place")
        return table.of_heading("no-vacant-posts", message, fix, severity=Severity.WARNING)
    message = count(
        "{n} row of a vacant post: the list is taken as all positions, filled and vacant",
        "{n} rows of vacant posts: the list is taken as all positions, filled and vacant",
        n=len(found.vacancies),
    )
    return table.of_heading("all-positions", message, severity=Severity.INFORMATION)
