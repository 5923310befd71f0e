"""What the lines of a plan's file must say: the places that their kinds are about, one name a place, days."""

from __future__ import annotations

from datetime import date

from quota.core.moves import Place
from quota.core.names import fold, tidy
from quota.core.plan_lines import BEFORE, MOVES, Line, PlanColumn
from quota.core.text import say
from quota.tables.columns.cells import CellReader
from quota.tables.columns.codes import Codes
from quota.tables.files.raw import Row


def has_its_ends(reader: CellReader, row: Row, origin: Place | None, target: Place | None) -> bool:
    """Whether the line has the places that its kind is about; a problem where it lacks one."""
    kind = reader.text(row, PlanColumn.KIND)
    fix = say("take it from the plan as it was written")
    if origin is None and kind in {*MOVES, Line.OVER, Line.LEFT}:
        message = say("a line of this kind says where people are, and this one does not")
        reader.report(row, PlanColumn.FROM_CODE, "no-unit", message, fix)
        return False
    if target is None and kind in {*MOVES, Line.SHORT, Line.CAME}:
        message = say("a line of this kind says where people go, and this one does not")
        reader.report(row, PlanColumn.TO_CODE, "no-unit", message, fix)
        return False
    if origin is None and target is None:
        message, fix = say("neither origin nor target"), say("fill in one")
        reader.report(row, PlanColumn.FROM_CODE, "no-unit", message, fix)
        return False
    return True


def hold_names(reader: CellReader, codes: Codes, lines: list[tuple[Row, str]]) -> None:
    """Say where lines about who was where before the plan call one place by two names."""
    called: dict[str, str] = {}
    for row, kind in lines:
        code, name = codes.at(row, PlanColumn.FROM_CODE), tidy(reader.text(row, PlanColumn.FROM_NAME))
        if kind not in BEFORE or not code or not name:
            continue
        first = called.setdefault(code, name)
        if fold(first) != fold(name):
            message = say("{code} is {first} on another line", code=code, first=first)
            fix = say("correct the one that is wrong")
            reader.report(row, PlanColumn.FROM_NAME, "two-names", message, fix)


def hold_days(reader: CellReader, lines: list[tuple[Row, str]]) -> None:
    """Say where the day that a plan was made for is no day."""
    for row, kind in lines:
        value = reader.text(row, PlanColumn.MADE_VALUE)
        if kind == Line.MADE and reader.text(row, PlanColumn.MADE_ABOUT) == "as-of":
            try:
                date.fromisoformat(value)
            except ValueError:
                fix = say("take it from the plan as it was written")
                reader.report(row, PlanColumn.MADE_VALUE, "bad-date", say("not a date"), fix)
