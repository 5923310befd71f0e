"""Tables of secondments: who is lent by whom to whom, from when until when."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from quota.core.blocs import BLOCS, Blocs
from quota.core.months import last_day
from quota.core.names import tidy
from quota.core.secondments import SecondmentRow, SecondmentTable
from quota.core.text import Text, key, say
from quota.core.units import Origin
from quota.tables.columns.bloc_cells import bloc_or_government, warn_of_unread_blocs
from quota.tables.columns.cells import CellReader
from quota.tables.columns.codes import Codes
from quota.tables.columns.dates import LATEST, read_dates
from quota.tables.files.raw import AS_FOUND, ReadOptions, Row
from quota.tables.readers.fields import people_of
from quota.tables.readers.one_table import cells_of, one_table
from quota.tables.readers.persons import is_a_number, is_a_place

MAX_MONTHS = 120
"""Absurd above this: ten years are no secondment."""

_PLACES = ("home", "host")
_COLUMNS = ("id", *_PLACES, "start", "end", "months", "field", "people", "bloc")
_MONTHS = re.compile(r"[0-9]{1,3}")


def read_secondments(
    path: str | Path, blocs: Blocs = BLOCS, options: ReadOptions = AS_FOUND
) -> SecondmentTable:
    """The rows of a secondment table: `id`, `home`, `host`, `start`, and `end` or `months`.

    `home` is a unit (code or name) or a department, `host` a unit. `end` is the last day at the host; where
    only `months` is given it follows from `start` (see `core/months.py`). `field`, `people` (else one) and
    `bloc` (one of `blocs`; else government) are read where they are there. Whether places and fields exist,
    and whether one id is in two places at once, is asked where the table is used.
    """
    table = one_table(path, options, _COLUMNS, blocs)
    reader = cells_of(table, ("id", "home", "host", "start"), ("months", "end"), counts=("people",))
    lines = reader.table.rows
    warn_of_unread_blocs(reader)
    codes = Codes(reader, *_PLACES, names=True)
    starts, ends = (read_dates(reader, lines, column) for column in ("start", "end"))
    rows = [_row(reader, codes, row, starts.get(row.number), ends.get(row.number)) for row in lines]
    kept, headings = tuple(row for row in rows if row is not None), reader.columns.headings()
    return SecondmentTable(kept, reader.in_row_order(), reader.sources, headings, table.names_people)


def _row(
    reader: CellReader, codes: Codes, row: Row, start: date | None, end: date | None
) -> SecondmentRow | None:
    texts = {"id": tidy(reader.text(row, "id"))} | {column: codes.at(row, column) for column in _PLACES}
    if reader.table.names_people:
        texts = _without_persons(reader, row, texts)
    for column, text in texts.items():
        if not text and not reader.text(row, column):
            reader.report(
                row, column, f"no-{column}", say("no {column}", column=key(column)), say("fill it in")
            )
    if not reader.text(row, "start"):
        reader.report(row, "start", "no-start", say("no first day"), say("write the first day at the host"))
    last = _end(reader, row, start, end)
    people = people_of(reader, row)
    if people == 0:
        reader.report(
            row,
            "people",
            "no-people",
            say("a secondment of nobody"),
            say("write how many, or remove the row"),
        )
    bloc = bloc_or_government(reader, row)
    if not all(texts.values()) or start is None or last is None or not people or bloc is None:
        return None
    return SecondmentRow(
        **texts,
        field=tidy(reader.text(row, "field")) or None,
        start=start,
        end=last,
        people=people,
        bloc=bloc,
        origin=Origin(reader.table.file, row.number),
    )


def _without_persons(reader: CellReader, row: Row, texts: Mapping[str, str]) -> dict[str, str]:
    """The texts that can be no person's name; each other one is blank, and said by its row."""
    kept = {}
    for column, text in texts.items():
        is_safe = is_a_number(text) if column == "id" else is_a_place(text)
        kept[column] = text if is_safe else ""
        if text and not is_safe:
            fix = say(
                "in a list of people write a code or a name with its kind in front; cells may have slipped"
            )
            message = say("no number") if column == "id" else say("neither a unit nor an office")
            reader.report(row, column, f"no-{column}", message, fix)
    return kept


def _end(reader: CellReader, row: Row, start: date | None, end: date | None) -> date | None:
    """The last day, from `end`, `months` or both; None with a problem where they do not give one."""
    has_end, has_months = bool(reader.text(row, "end")), bool(reader.text(row, "months"))
    if not has_end and not has_months:
        column = "end" if "end" in reader.columns else "months"
        fix = say("give the last day (end) or how many months")
        reader.report(row, column, "no-end", say("when it ends is unknown"), fix)
    months = _months(reader, row)
    if start is None or (has_end and end is None) or (has_months and not months):
        return None
    counted = last_day(start, months) if months else None
    wrong = _against(start, end, months, counted)
    if wrong is not None:
        reader.report(row, "end" if end else "months", *wrong)
        return None
    return end or counted


def _months(reader: CellReader, row: Row) -> int | None:
    """How many months; None where the cell is blank, or with a problem where it is no believable number."""
    text = reader.text(row, "months")
    if not text:
        return None
    if _MONTHS.fullmatch(text) and 1 <= int(text) <= MAX_MONTHS:
        return int(text)
    message = say("not a number of months from 1 to {most}", most=MAX_MONTHS)
    fix = say("write whole months in digits, or the last day in a column of its own (end)")
    reader.report(row, "months", "bad-months", message, fix)
    return None


def _against(
    start: date, end: date | None, months: int | None, counted: date | None
) -> tuple[str, Text, Text] | None:
    """What speaks against the last day: code, message and fix."""
    if end is not None and end < start:
        message = say("the last day is before the first, {start}", start=start)
        return "ends-before-it-starts", message, say("correct one of the two")
    if end is not None and counted is not None and counted != end:
        message = say("{months} months from {start} end on {day}", months=months, start=start, day=counted)
        return "end-against-months", message, say("correct one of the two, or leave the months empty")
    if counted is not None and counted > LATEST:
        return "absurd", say("it would end on {day}", day=counted), say("check the first day and the months")
    return None
