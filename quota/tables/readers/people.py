"""People by unit and bloc with what decides when they leave: birth date and sex, or the day they go."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from quota.core.blocs import BLOCS, Blocs
from quota.core.names import without_accents
from quota.core.positions import Leaver, LeaverTable, Person, PersonTable
from quota.core.text import Text, say
from quota.core.units import Origin
from quota.tables.columns.bloc_cells import bloc_or_government, warn_of_unread_blocs
from quota.tables.columns.cells import CellReader
from quota.tables.columns.codes import Codes
from quota.tables.columns.dates import read_dates
from quota.tables.files.raw import AS_FOUND, ReadOptions, Row
from quota.tables.readers.fields import people_of
from quota.tables.readers.one_table import cells_of, one_table

OLDEST = date(1935, 1, 1)
"""Nobody born before is at work."""
_WOMAN = {
    "nu": True,
    "female": True,
    "f": True,
    "woman": True,
    "nam": False,
    "male": False,
    "m": False,
    "man": False,
}


def read_people(path: str | Path, blocs: Blocs = BLOCS, options: ReadOptions = AS_FOUND) -> PersonTable:
    """The rows of a table `code, bloc, born, sex`, a row a person; every other column is left unread.

    Nothing that names a person is kept. `bloc` is one of `blocs`; without that column all are in the
    government bloc.
    """
    table = one_table(path, options, ("code", "bloc", "born", "sex"), blocs)
    reader = cells_of(table, ("code", "born", "sex"))
    warn_of_unread_blocs(reader)
    codes, days = Codes(reader, "code"), read_dates(reader, reader.table.rows, "born", earliest=OLDEST)
    people = []
    for row in reader.table.rows:
        code, born = codes.at(row, "code"), days.get(row.number)
        bloc, woman = bloc_or_government(reader, row), _woman(reader, row)
        if not code:
            reader.report(row, "code", "no-unit", say("no unit"), say("fill it in"))
        elif born is None and not reader.text(row, "born"):
            message = say("the birth date is unknown, and so is when they retire")
            reader.report(row, "born", "no-birth-date", message, say("fill it in"))
        elif born is not None and bloc is not None and woman is not None:
            people.append(Person(code, bloc, born, woman, Origin(table.file, row.number, table.sheet)))
    return PersonTable(tuple(people), reader.found, reader.sources)


def read_leavers(path: str | Path, blocs: Blocs = BLOCS, options: ReadOptions = AS_FOUND) -> LeaverTable:
    """The rows of a table `code, bloc, date, people`: resignations and ends of contract.

    `date` is the last day at work. `bloc` is as in `read_people`.
    """
    return _by_day(path, blocs, options, say("no last day"), say("write the last day at work"))


def read_arrivals(path: str | Path, blocs: Blocs = BLOCS, options: ReadOptions = AS_FOUND) -> LeaverTable:
    """The rows of a table `code, bloc, date, people`: people who are recruited, or sent to a unit for good.

    `date` is the first day at work. `bloc` is as in `read_people`.
    """
    return _by_day(path, blocs, options, say("no first day"), say("write the first day at work"))


def _by_day(path: str | Path, blocs: Blocs, options: ReadOptions, no_day: Text, fix: Text) -> LeaverTable:
    table = one_table(path, options, ("code", "bloc", "day", "people"), blocs)
    reader = cells_of(table, ("code", "day"), counts=("people",))
    warn_of_unread_blocs(reader)
    codes, days = Codes(reader, "code"), read_dates(reader, reader.table.rows, "day")
    leavers = []
    for row in reader.table.rows:
        code, bloc, people = codes.at(row, "code"), bloc_or_government(reader, row), people_of(reader, row)
        day = days.get(row.number)
        if not code:
            reader.report(row, "code", "no-unit", say("no unit"), say("fill it in"))
        elif day is None and not reader.text(row, "day"):
            reader.report(row, "day", "no-day", no_day, fix)
        elif day is not None and bloc is not None and people:
            leavers.append(Leaver(code, bloc, day, people, Origin(table.file, row.number, table.sheet)))
    return LeaverTable(tuple(leavers), reader.found, reader.sources)


def _woman(reader: CellReader, row: Row) -> bool | None:
    found = _WOMAN.get(without_accents(reader.text(row, "sex")))
    if found is None:
        message = say("not a sex that the retirement age is known for")
        reader.report(row, "sex", "unknown-sex", message, say("write nam or nữ (male or female)"))
    return found
