"""Positions: people in post and needed by unit and position, and which position may fill which."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from quota.core.blocs import Bloc
from quota.core.moves import Cell, Place
from quota.core.names import spelled_alike, tidy
from quota.core.plan_tables import PairTable, PositionTable
from quota.core.problems import Severity
from quota.core.text import say
from quota.tables.columns.cells import MAX_STAFF, CellReader
from quota.tables.columns.codes import Codes
from quota.tables.columns.numbers import is_unknown
from quota.tables.files.raw import AS_FOUND, RawTable, ReadOptions, Row
from quota.tables.readers.one_table import cells_of, one_table
from quota.tables.readers.position_blocs import RowBlocs, blocs_of_rows, called_with_blocs, warn_of_silent
from quota.tables.readers.roster.counting import by_position, is_roster, listed_in, not_counted
from quota.tables.readers.roster.entries import PostRow
from quota.tables.readers.units.wanted import PEOPLE

MOST_COST = 1_000
_COLUMNS = ("code", "field", "in_post", "needed")
_PAIRS = ("from_field", "to_field", "cost")


def read_positions(
    path: str | Path, options: ReadOptions = AS_FOUND, code_of: Callable[[str], str | None] = lambda _: None
) -> PositionTable:
    """The rows of a table `code, bloc, position, staff, needed`; one with either number blank takes no part.

    Positions of one name in two blocs are two, each called with its bloc; the bloc is read as an audit reads
    it (`read_position_list`). Or a list of people one by one that lists its vacant posts too: `options` say
    who counts, `code_of` which unit has a name, for rows without a code. No name of anybody is kept.
    """
    table = one_table(path, options, (*_COLUMNS, *PEOPLE))
    if is_roster(table):
        return _of_people(table, options, code_of)
    reader = cells_of(table, _COLUMNS)
    codes = Codes(reader, "code")
    blocs = blocs_of_rows(reader, "field", options.offices)
    first = _first_spellings(reader)
    called = called_with_blocs(_named(reader, first, blocs))
    cells: dict[Place, Cell] = {}
    for row in reader.table.rows:
        code, position = codes.at(row, "code"), _position(reader, row, first)
        bloc = blocs.of[row.number]
        cell = _cell(reader, row, Place(code, called.get((position, bloc), position)))
        if cell is None or bloc is None:
            continue
        if cell.place in cells:
            message = say("this unit and position are there already")
            reader.report(row, "field", "doubled-row", message, say("add the two up"))
        else:
            cells[cell.place] = cell
    warn_of_silent(reader, [row for row in blocs.silent if _is_in_two(reader, row, first, called)])
    return PositionTable(tuple(cells.values()), reader.found, reader.sources)


def _cell(reader: CellReader, row: Row, place: Place) -> Cell | None:
    """The row's people in post and needed; None, and a problem, where one of them or the place is unknown."""
    staff, needed = reader.people(row, "in_post", MAX_STAFF), reader.people(row, "needed", MAX_STAFF)
    if not place.code or not place.group:
        column = "field" if place.code else "code"
        reader.report(row, column, "no-place", say("no unit or no position"), say("fill it in"))
        return None
    if staff is None or needed is None:
        column = "in_post" if staff is None else "needed"
        message = say("unknown: this position takes no part")
        if is_unknown(reader.text(row, column)):  # anything else in the cell is a problem already
            reader.report(row, column, "takes-no-part", message, say("fill it in"), Severity.WARNING)
        return None
    return Cell(place, staff, needed, needed, needed)


def _of_people(table: RawTable, options: ReadOptions, code_of: Callable[[str], str | None]) -> PositionTable:
    """The positions of a list of people: of each post as many as it has rows, filled or vacant."""
    found = listed_in([table], options, of_posts=True)
    problems = [*found.problems, *not_counted(table, found.kept, options)]
    if not found.vacancies:
        message = say("no row of a vacant post: how many people a position needs is unknown")
        fix = say("list vacant posts with an empty name, or give a table of code, position, staff, needed")
        problems.append(table.of_heading("no-vacant-posts", message, fix))
    everybody: list[tuple[PostRow, int]] = [(entry, 1) for _, entry in found.kept]
    everybody += [(vacancy, 0) for _, vacancy in found.vacancies]
    listed = [
        (row, people)
        for row, people in everybody
        if row.employment in options.counted and row.bloc in options.wordings.blocs
    ]
    blocs = {str(bloc): bloc for bloc in options.wordings.blocs}
    first: dict[str, str] = {}
    for row, _ in listed:
        first.setdefault(spelled_alike(row.post), row.post)
    called = called_with_blocs((first[spelled_alike(row.post)], blocs[row.bloc]) for row, _ in listed)
    staff, needed = Counter[Place](), Counter[Place]()
    for row, people in listed:
        code, post = row.code or code_of(row.unit), first[spelled_alike(row.post)]
        if not post:
            message = say("the post is none that is known")
            fix = say("write the post in full, or add it to a file of your own for --office-rules")
            problems.append(table.problem("no-position", message, fix, row=row.row))
        elif code is None:
            message = say("no unit of the population table has this name")
            fix = say("write the code, or the name with its type in front: Phường …, Xã …")
            problems.append(table.problem("unmatched", message, fix, row=row.row))
        else:
            place = Place(code, called[post, blocs[row.bloc]])
            staff[place] += people
            needed[place] += 1
    cells = [Cell(place, staff[place], number, number, number) for place, number in needed.items()]
    sources = (table.source,) if table.source else ()
    return PositionTable(tuple(cells), tuple(sorted(problems, key=by_position)), sources)


def _first_spellings(reader: CellReader) -> dict[str, str]:
    """Each position as it was first written, by its spelling."""
    first: dict[str, str] = {}
    for row in reader.table.rows:
        written = tidy(reader.text(row, "field"))
        first.setdefault(spelled_alike(written), written)
    return first


def _named(reader: CellReader, first: Mapping[str, str], blocs: RowBlocs) -> Iterator[tuple[str, Bloc]]:
    """The position and bloc of each row that says both."""
    for row in reader.table.rows:
        position, bloc = first[spelled_alike(tidy(reader.text(row, "field")))], blocs.of[row.number]
        if position and bloc is not None:
            yield position, bloc


def _is_in_two(
    reader: CellReader, row: Row, first: Mapping[str, str], called: Mapping[tuple[str, Bloc | None], str]
) -> bool:
    """Whether the position of a row is told apart by its bloc."""
    position = first[spelled_alike(tidy(reader.text(row, "field")))]
    return called.get((position, Bloc.GOVERNMENT), position) != position


def _position(reader: CellReader, row: Row, first: Mapping[str, str]) -> str:
    """The position as it was first written: "Kế toán" and "kế toán", "Văn hóa" and "Văn hoá" are one."""
    written = tidy(reader.text(row, "field"))
    known = first[spelled_alike(written)]
    if known != written:
        message = say("taken as {position}: the same but for its spelling", position=known)
        reader.report(row, "field", "spelled-otherwise", message, severity=Severity.INFORMATION)
    return known


def read_substitutes(path: str | Path, options: ReadOptions = AS_FOUND) -> PairTable:
    """The rows of a table `from, to, cost`: people of which position may fill which other one's posts."""
    reader = cells_of(one_table(path, options, _PAIRS), _PAIRS)
    pairs: dict[tuple[str, str], int] = {}
    seen: set[tuple[str, str]] = set()
    for row in reader.table.rows:
        pair = (tidy(reader.text(row, "from_field")), tidy(reader.text(row, "to_field")))
        cost = reader.people(row, "cost", MOST_COST)
        if not all(pair) or cost is None:
            reader.report(
                row, "cost", "incomplete", say("a position or the cost is missing"), say("fill it in")
            )
        elif (alike := (spelled_alike(pair[0]), spelled_alike(pair[1]))) in seen or alike[0] == alike[1]:
            message = say("the same pair again, or a position that fills its own posts")
            reader.report(row, "to_field", "doubled-row", message, say("remove the row"))
        else:
            seen.add(alike)
            pairs[pair] = cost
    return PairTable(pairs, reader.found, reader.sources)
