"""Who covers which field of work (`read_holders`) and how many are needed (`read_needs`)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from quota.core.fields import HolderRow, HolderTable, NeedRow, NeedTable
from quota.core.names import tidy, type_in_name
from quota.core.problems import Problem
from quota.core.text import say
from quota.core.units import Origin
from quota.tables.columns.cells import MAX_STAFF, CellReader
from quota.tables.columns.codes import Codes
from quota.tables.files.raw import AS_FOUND, RawTable, ReadOptions, Row
from quota.tables.readers.one_table import cells_of, one_table
from quota.tables.readers.persons import persons_of

_SEPARATOR = re.compile(r"[;+\n]")


def read_holders(path: str | Path, options: ReadOptions = AS_FOUND) -> HolderTable:
    """The rows of a field table: `code` (or `name`), `fields`, and `people`, `person` where it has them.

    A row is `people` (one where the table has no such column) who each cover all of `fields`, separated by
    `;` or `+`, each by id or name. A row of 0 people says that the unit is known to have nobody for them.
    With `person`, an identifier, rows of one person in one unit are that one person. Whether units and
    fields exist is asked where the table is used. Codes that lost their zeros get them back (`Codes`).
    """
    table = one_table(path, options, ("code", "name", "people", "field", "fields", "person"))
    column = "field" if "field" in table.columns and "fields" not in table.columns else "fields"
    reader = cells_of(table, (column,), ("code", "name"), tuple(_two_columns(table)), ("people",))
    codes, persons = Codes(reader, "code"), persons_of(reader)
    rows = [
        found
        for row in reader.table.rows
        if (found := _holder(reader, codes, row, column, persons[row.number])) is not None
    ]
    headings = reader.columns.headings()
    return HolderTable(tuple(rows), reader.found, reader.sources, headings, table.names_people)


def read_needs(path: str | Path, options: ReadOptions = AS_FOUND) -> NeedTable:
    """The rows of a table of approved positions: `code` (or `name`), `field`, `needed` (blank is unknown)."""
    table = one_table(path, options, ("code", "name", "field", "needed"))
    reader = cells_of(table, ("field", "needed"), ("code", "name"))
    codes = Codes(reader, "code")
    rows = [found for row in reader.table.rows if (found := _need(reader, codes, row)) is not None]
    headings = reader.columns.headings()
    return NeedTable(tuple(rows), reader.found, reader.sources, headings, table.names_people)


def _two_columns(table: RawTable) -> Iterator[Problem]:
    """A problem where two columns could be the fields."""
    if {"field", "fields"} <= set(table.columns):
        fields, field = (table.header[table.columns.index(column)] for column in ("fields", "field"))
        message = say('"{one}" and this could both be the fields', one=fields)
        fix = say("rename or remove one of them")
        yield table.of_heading("ambiguous-column", message, fix, column=field)


def people_of(reader: CellReader, row: Row) -> int | None:
    """The row's `people`: one where there is no such column, None with a problem where the cell fails."""
    if "people" not in reader.columns:
        return 1
    if not reader.text(row, "people"):
        reader.report(
            row, "people", "no-people", say("how many people is unknown"), say("write the number of people")
        )
        return None
    return reader.people(row, "people", MAX_STAFF)


def _holder(reader: CellReader, codes: Codes, row: Row, column: str, person: str | None) -> HolderRow | None:
    unit = _unit(reader, codes, row)
    people = people_of(reader, row)
    fields = tuple(
        dict.fromkeys(part for text in _SEPARATOR.split(reader.text(row, column)) if (part := tidy(text)))
    )
    if not fields and people != 0:
        reader.report(
            row,
            column,
            "no-field",
            say("which fields these people cover is unknown"),
            say("name the fields, separated by ; or remove the row if they cover none"),
        )
    if person and people is not None and people != 1:
        reader.report(
            row,
            "people",
            "several-in-one",
            say("a row with a person's identifier is one person"),
            say("write 1, or leave the identifier out"),
        )
    if unit is None or people is None:
        return None
    return HolderRow(*unit, people, fields, person, Origin(reader.table.file, row.number))


def _need(reader: CellReader, codes: Codes, row: Row) -> NeedRow | None:
    unit = _unit(reader, codes, row)
    field = tidy(reader.text(row, "field"))
    if not field:
        reader.report(row, "field", "no-field", say("no field"), say("name the field the need is for"))
    needed = reader.people(row, "needed", MAX_STAFF)
    if unit is None or not field:
        return None
    return NeedRow(*unit, field, needed, Origin(reader.table.file, row.number))


def _unit(reader: CellReader, codes: Codes, row: Row) -> tuple[str | None, str | None] | None:
    code, name = codes.at(row, "code"), tidy(reader.text(row, "name"))
    if reader.table.names_people:  # what is like no unit may be a person
        code = code if code.isdigit() else ""
        name = name if type_in_name(name) is not None else ""
    if code or name:
        return code or None, name or None
    reader.report(
        row, "code", "no-unit", say("neither code nor name"), say("say which unit the row is about")
    )
    return None
