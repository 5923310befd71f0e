"""Positions: people in post and needed by unit and position, and which position may fill which."""

from __future__ import annotations

from pathlib import Path

from quota.core.moves import Cell, Place
from quota.core.names import spelled_alike, tidy
from quota.core.plan_tables import PairTable, PositionTable
from quota.core.problems import Severity
from quota.core.text import say
from quota.tables.columns.cells import MAX_STAFF, CellReader
from quota.tables.columns.codes import Codes
from quota.tables.columns.headings import understand
from quota.tables.files.raw import Row, read_table
from quota.tables.shipped.embedded import find_table

MOST_COST = 1_000


def read_positions(path: str | Path) -> PositionTable:
    """The rows of a table `code, position, staff, needed`; a row with either blank takes no part."""
    table = read_table(*find_table(path))
    if table.source is None:
        return PositionTable((), table.problems)
    columns, problems = understand(table, ("code", "field", "in_post", "needed"))
    if problems:
        return PositionTable((), (*table.problems, *problems), (table.source,))
    reader = CellReader(table, columns)
    codes = Codes(reader, "code")
    cells: dict[Place, Cell] = {}
    first: dict[str, str] = {}
    for row in table.rows:
        place = Place(codes.at(row, "code"), _position(reader, row, first))
        staff, needed = reader.people(row, "in_post", MAX_STAFF), reader.people(row, "needed", MAX_STAFF)
        if not place.code or not place.group:
            column = "field" if place.code else "code"
            reader.report(row, column, "no-place", say("no unit or no position"), say("fill it in"))
        elif place in cells:
            message = say("this unit and position are there already")
            reader.report(row, "field", "doubled-row", message, say("add the two up"))
        elif staff is None or needed is None:
            column = "in_post" if staff is None else "needed"
            message = say("unknown: this position takes no part")
            if not reader.text(row, column):  # anything else in the cell is a problem already
                reader.report(row, column, "takes-no-part", message, say("fill it in"), Severity.WARNING)
        else:
            cells[place] = Cell(place, staff, needed, needed, needed)
    found = (*table.problems, *reader.problems)
    return PositionTable(tuple(cells.values()), found, (table.source,))


def _position(reader: CellReader, row: Row, first: dict[str, str]) -> str:
    """The position as it was first written: "Kế toán" and "kế toán", "Văn hóa" and "Văn hoá" are one."""
    written = tidy(reader.text(row, "field"))
    known = first.setdefault(spelled_alike(written), written)
    if known != written:
        message = say("taken as {position}: the same but for its spelling", position=known)
        reader.report(row, "field", "spelled-otherwise", message, severity=Severity.INFORMATION)
    return known


def read_substitutes(path: str | Path) -> PairTable:
    """The rows of a table `from, to, cost`: people of which position may fill which other one's posts."""
    table = read_table(*find_table(path))
    if table.source is None:
        return PairTable({}, table.problems)
    columns, problems = understand(table, ("from_field", "to_field", "cost"))
    if problems:
        return PairTable({}, (*table.problems, *problems), (table.source,))
    reader = CellReader(table, columns)
    pairs: dict[tuple[str, str], int] = {}
    seen: set[tuple[str, str]] = set()
    for row in table.rows:
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
    return PairTable(pairs, (*table.problems, *reader.problems), (table.source,))
