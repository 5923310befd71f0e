"""Plans and what was done of them, as tables: what `quota plan --format csv` writes, edited or not."""

from __future__ import annotations

from pathlib import Path

from quota.core.blocs import BLOCS
from quota.core.moves import Cell, Made, Move, Place, Pool, Situation
from quota.core.names import fold, tidy
from quota.core.plan_lines import BEFORE, Line, PlanColumn
from quota.core.plan_tables import Done, DoneTable, PlanTable
from quota.core.text import say
from quota.tables.columns.cells import MAX_STAFF, CellReader
from quota.tables.columns.codes import Codes
from quota.tables.columns.dates import read_dates
from quota.tables.files.raw import AS_FOUND, ReadOptions, Row
from quota.tables.readers.one_table import cells_of, one_table
from quota.tables.readers.plan_lines import has_its_ends, hold_days, hold_names

MOST_PEOPLE = 5_000
MOST_METRES = 20_100_000
"""Half way round the Earth."""
MOST_COST = 1_000
_SPOKEN = {fold("điều động"): Line.TRANSFER, fold("biệt phái"): Line.SECONDMENT}
_CODES = (PlanColumn.FROM_CODE, PlanColumn.TO_CODE)
_NORM = (PlanColumn.NORM_LOW, PlanColumn.NORM_TARGET, PlanColumn.NORM_HIGH)
_ENDS = (*_CODES, PlanColumn.FROM_GROUP, PlanColumn.TO_GROUP, PlanColumn.PEOPLE)


def read_plan(path: str | Path, options: ReadOptions = AS_FOUND) -> PlanTable:
    """The moves of a plan: stage, from_code, from_group, to_code, to_group, people; kind, from_kind, months.

    A row without an origin is about posts that stay empty, one without a target about people who stay over.
    Rows of the other kinds say who was where before the plan, and what made it.
    """
    required = (PlanColumn.STAGE, PlanColumn.KIND, *_ENDS)
    reader = cells_of(one_table(path, options, required), required)
    codes = Codes(reader, *_CODES, names=True)
    lines = [(row, _kind(reader, row)) for row in reader.table.rows]
    moves = [
        move
        for row, kind in lines
        if kind not in {*BEFORE, Line.MADE} and (move := _move(reader, codes, row)) is not None
    ]
    named = {
        row.number: (tidy(reader.text(row, PlanColumn.FROM_NAME)), tidy(reader.text(row, PlanColumn.TO_NAME)))
        for row, _ in lines
    }
    names = {
        code: name or code
        for row, _ in lines
        for end, name in zip(_CODES, named[row.number], strict=True)
        if (code := codes.at(row, end))
    }
    made = tuple(
        Made(
            reader.text(row, PlanColumn.MADE_ABOUT),
            reader.text(row, PlanColumn.MADE_VALUE),
            reader.text(row, PlanColumn.MADE_SHA256),
        )
        for row, kind in lines
        if kind == Line.MADE
    )
    start = _start(reader, codes, lines, names, made)
    hold_names(reader, codes, lines)
    hold_days(reader, lines)
    return PlanTable(tuple(moves), names, start, made, named, reader.found, reader.sources)


def read_done(path: str | Path, options: ReadOptions = AS_FOUND) -> DoneTable:
    """What was done: from_code, from_group, to_code, to_group, people; date, stuck, reason, stage, kind.

    A row without a target is about people who left without filling a post (retired, resigned), one without an
    origin about posts filled from elsewhere (recruited).
    """
    reader = cells_of(one_table(path, options, _ENDS), _ENDS, counts=("stuck",))
    codes, days = Codes(reader, *_CODES, names=True), read_dates(reader, reader.table.rows, "day")
    rows = [
        Done(
            origin=_place(reader, codes, row, "from"),
            target=_place(reader, codes, row, "to"),
            people=reader.people(row, PlanColumn.PEOPLE, MOST_PEOPLE) or 0,
            stuck=reader.people(row, "stuck", MOST_PEOPLE) or 0,
            reason=reader.text(row, "reason"),
            day=days.get(row.number),
            row=row.number,
            stage=_stage(reader, row),
            kind=_SPOKEN.get(fold(reader.text(row, PlanColumn.KIND))) or _kind(reader, row),
        )
        for row in reader.table.rows
    ]
    for row, done in zip(reader.table.rows, rows, strict=True):
        if done.origin is None and done.target is None:
            reader.report(
                row, PlanColumn.FROM_CODE, "no-unit", say("neither origin nor target"), say("fill in one")
            )
        if not reader.text(row, PlanColumn.PEOPLE) and not done.stuck:
            message, fix = say("how many moved is unknown"), say("write the number, 0 for nobody yet")
            reader.report(row, PlanColumn.PEOPLE, "no-people", message, fix)
    return DoneTable(tuple(rows), reader.found, reader.sources)


def _kind(reader: CellReader, row: Row) -> str:
    kind = reader.text(row, PlanColumn.KIND)
    if kind and kind not in set(Line):
        fix = say("write one of {kinds}", kinds=", ".join(Line))
        reader.report(row, PlanColumn.KIND, "not-a-choice", say("no such kind of line"), fix)
    return kind


def _stage(reader: CellReader, row: Row) -> int | None:
    """The stage that a row of what was done names; None where it names none."""
    stage = reader.people(row, PlanColumn.STAGE, 99)
    return stage - 1 if stage else None


def _move(reader: CellReader, codes: Codes, row: Row) -> Move | None:
    origin, target = _place(reader, codes, row, "from"), _place(reader, codes, row, "to")
    people = reader.people(row, PlanColumn.PEOPLE, MOST_PEOPLE)
    if not reader.text(row, PlanColumn.PEOPLE):
        reader.report(
            row, PlanColumn.PEOPLE, "no-people", say("no number of people"), say("write how many move")
        )
    stage = reader.people(row, PlanColumn.STAGE, 99)
    if origin is not None and target is not None and not stage:
        reader.report(
            row, PlanColumn.STAGE, "no-stage", say("no stage"), say("write the stage's number: 1, 2 or 3")
        )
        return None
    if not has_its_ends(reader, row, origin, target) or people is None:
        return None
    months = reader.people(row, PlanColumn.MONTHS, 600)
    home = reader.text(row, PlanColumn.FROM_KIND)
    if home not in ("", "unit", "department"):
        reader.report(
            row, PlanColumn.FROM_KIND, "not-a-choice", say("no such origin"), say("write unit or department")
        )
    return Move(
        (stage or 0) - 1,
        reader.text(row, PlanColumn.KIND),
        origin,
        target,
        people,
        reader.people(row, PlanColumn.METRES, MOST_METRES),
        months,
        row.number,
        home == "department",
        reader.people(row, PlanColumn.PEOPLE_REPORTED, MOST_PEOPLE) or 0,
        reader.people(row, PlanColumn.PEOPLE_ANNOUNCED, MOST_PEOPLE),
    )


def _start(
    reader: CellReader,
    codes: Codes,
    lines: list[tuple[Row, str]],
    names: dict[str, str],
    made: tuple[Made, ...],
) -> Situation | None:
    """Who was where before the plan, as its rows say it; None where no row does."""
    cells: dict[Place, Cell] = {}
    pools: dict[Place, Pool] = {}
    substitutes: dict[tuple[str, str], int] = {}
    provinces: dict[str, str] = {}
    for row, kind in lines:
        place = _place(reader, codes, row, "from")
        most = MOST_COST if kind == Line.FILLS else MAX_STAFF
        if kind not in BEFORE:
            continue
        people = reader.people(row, PlanColumn.PEOPLE, most)
        if place is not None and (province := tidy(reader.text(row, PlanColumn.PROVINCE))):
            provinces[place.code] = province
        norm = [reader.people(row, column, MAX_STAFF) for column in _NORM]
        if kind == Line.FILLS and people is not None:
            substitutes[reader.text(row, PlanColumn.FROM_GROUP), reader.text(row, PlanColumn.TO_GROUP)] = (
                people
            )
        elif place is None or people is None or (kind == Line.START and (place in cells or None in norm)):
            message = say("this line does not say who was where before the plan")
            reader.report(
                row, PlanColumn.PEOPLE, "incomplete", message, say("take it from the plan as it was written")
            )
        elif kind == Line.START:
            low, target, high = (end or 0 for end in norm)
            staying = reader.people(row, PlanColumn.PEOPLE_STAYING, MAX_STAFF) or 0
            cells[place] = Cell(place, people, low, target, high, staying)
        else:
            pool = pools.get(place, Pool(place, 0, 0))
            transfer = people if kind == Line.CAN_TRANSFER else pool.transfer
            pools[place] = Pool(place, transfer, people if kind == Line.CAN_SECOND else pool.secondment)
    if not cells:
        return None
    by = next((line.value for line in made if line.about == "by"), "")
    position = by == "position" or (not by and not {place.group for place in cells} <= set(BLOCS))
    units = {place.code: names[place.code] for place in cells}
    return Situation(cells, pools, units, by_position=position, substitutes=substitutes, provinces=provinces)


def _place(reader: CellReader, codes: Codes, row: Row, end: str) -> Place | None:
    code = codes.at(row, f"{end}_code")
    return Place(code, tidy(reader.text(row, f"{end}_group"))) if code else None
