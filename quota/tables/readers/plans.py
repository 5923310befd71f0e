"""Plans and what was done of them, as tables: what `quota plan --format csv` writes, edited or not."""

from __future__ import annotations

from pathlib import Path

from quota.core.moves import Done, DoneTable, Move, Place, PlanTable
from quota.core.names import tidy
from quota.core.problems import Problem
from quota.core.text import say
from quota.tables.columns.cells import CellReader
from quota.tables.columns.codes import Codes
from quota.tables.columns.dates import read_dates
from quota.tables.columns.headings import understand
from quota.tables.files.raw import Row, read_table
from quota.tables.shipped.embedded import find_table

MOST_PEOPLE = 5_000
MOST_METRES = 20_100_000
"""Half way round the Earth."""
_CODES = ("from_code", "to_code")
_ENDS = ("from_code", "from_group", "to_code", "to_group", "people")


def read_plan(path: str | Path) -> PlanTable:
    """The moves of a plan: stage, from_code, from_group, to_code, to_group, people; kind, from_kind, months.

    A row without an origin is about posts that stay empty, one without a target about people who stay over.
    """
    reader, problems = _reader(path, ("stage", "kind", *_ENDS))
    if reader is None:
        return PlanTable((), {}, problems)
    codes = Codes(reader, *_CODES, names=True)
    moves = [move for row in reader.table.rows if (move := _move(reader, codes, row)) is not None]
    source = (reader.table.source,) if reader.table.source else ()
    names = {
        code: tidy(reader.text(row, f"{end}_name")) or code
        for row in reader.table.rows
        for end in ("from", "to")
        if (code := codes.at(row, f"{end}_code"))
    }
    return PlanTable(tuple(moves), names, (*reader.table.problems, *reader.problems), source)


def read_done(path: str | Path) -> DoneTable:
    """What was done: from_code, from_group, to_code, to_group, people; date, stuck, reason where there are.

    A row without a target is about people who left without filling a post (retired, resigned), one without an
    origin about posts filled from elsewhere (recruited).
    """
    reader, problems = _reader(path, _ENDS)
    if reader is None:
        return DoneTable((), problems)
    codes, days = Codes(reader, *_CODES, names=True), read_dates(reader, reader.table.rows, "day")
    rows = [
        Done(
            origin=_place(reader, codes, row, "from"),
            target=_place(reader, codes, row, "to"),
            people=reader.people(row, "people", MOST_PEOPLE) or 0,
            stuck=reader.people(row, "stuck", MOST_PEOPLE) or 0,
            reason=reader.text(row, "reason"),
            day=days.get(row.number),
            row=row.number,
        )
        for row in reader.table.rows
    ]
    for row, done in zip(reader.table.rows, rows, strict=True):
        if done.origin is None and done.target is None:
            reader.report(row, "from_code", "no-unit", say("neither origin nor target"), say("fill in one"))
        if not reader.text(row, "people") and not done.stuck:
            message, fix = say("how many moved is unknown"), say("write the number, 0 for nobody yet")
            reader.report(row, "people", "no-people", message, fix)
    source = (reader.table.source,) if reader.table.source else ()
    return DoneTable(tuple(rows), (*reader.table.problems, *reader.problems), source)


def _reader(path: str | Path, required: tuple[str, ...]) -> tuple[CellReader | None, tuple[Problem, ...]]:
    table = read_table(*find_table(path))
    if table.source is None:
        return None, table.problems
    columns, problems = understand(table, required)
    if problems:
        return None, (*table.problems, *problems)
    return CellReader(table, columns), ()


def _move(reader: CellReader, codes: Codes, row: Row) -> Move | None:
    origin, target = _place(reader, codes, row, "from"), _place(reader, codes, row, "to")
    people = reader.people(row, "people", MOST_PEOPLE)
    if not reader.text(row, "people"):
        reader.report(row, "people", "no-people", say("no number of people"), say("write how many move"))
    stage = reader.people(row, "stage", 99)
    if origin is not None and target is not None and not stage:
        reader.report(row, "stage", "no-stage", say("no stage"), say("write the stage's number: 1, 2 or 3"))
        return None
    if people is None:
        return None
    months = reader.people(row, "months", 600)
    home = reader.text(row, "from_kind")
    if home not in ("", "unit", "department"):
        reader.report(
            row, "from_kind", "not-a-choice", say("no such origin"), say("write unit or department")
        )
    return Move(
        (stage or 0) - 1,
        reader.text(row, "kind"),
        origin,
        target,
        people,
        reader.people(row, "metres", MOST_METRES),
        months,
        row.number,
        home == "department",
    )


def _place(reader: CellReader, codes: Codes, row: Row, end: str) -> Place | None:
    code = codes.at(row, f"{end}_code")
    return Place(code, reader.text(row, f"{end}_group")) if code else None
