"""Population and staff tables as values, with all their problems."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from quota.core.blocs import Bloc, ByBloc, Staff
from quota.core.names import tidy
from quota.core.problems import Problem, Severity
from quota.core.text import Text, say
from quota.core.units import Origin, StaffRow, StaffTable, Unit, UnitTable
from quota.tables.cells import MAX_RESIDENTS, MAX_STAFF, CellReader
from quota.tables.embedded import find_table
from quota.tables.headers import Columns, understand
from quota.tables.raw import RawTable, Row, read_table
from quota.tables.terrain import read_terrain

_UNIT_COLUMNS = ("code", "name", "type", "population")
_BLOCS = tuple(bloc.value for bloc in Bloc)


def read_units(*paths: str | Path) -> UnitTable:
    """The units of population tables: CSV files' paths, or embedded tables' ids (`hai-phong`).

    Needs columns for code, name, type and population (residents; blank is unknown); reads staff by bloc
    where it is there and keeps every other column. Several tables are read as one, in the order given. Never
    raises for what a file holds: what is wrong is in the result's `problems`, and `audit` refuses a table
    that has errors.
    """
    seen: dict[str, Origin] = {}
    tables = [_read_units(path, seen) for path in paths]
    return UnitTable(
        tuple(unit for table in tables for unit in table.units),
        tuple(problem for table in tables for problem in table.problems),
        tuple(source for table in tables for source in table.sources),
    )


def read_staff(*paths: str | Path) -> StaffTable:
    """The rows of staff tables: people in post by bloc, for a code or name. Problems as in `read_units`."""
    tables = [_read_staff(path) for path in paths]
    return StaffTable(
        tuple(row for table in tables for row in table.rows),
        tuple(problem for table in tables for problem in table.problems),
        tuple(source for table in tables for source in table.sources),
    )


def _read_units(path: str | Path, seen: dict[str, Origin]) -> UnitTable:
    table = read_table(*find_table(path))
    if table.source is None:
        return UnitTable((), table.problems)
    columns, problems = understand(table, _UNIT_COLUMNS)
    if problems:
        return UnitTable((), (*table.problems, *problems), (table.source,))
    reader = CellReader(table, columns)
    units = [unit for row in table.rows if (unit := _unit(reader, row, seen)) is not None]
    return UnitTable(tuple(units), _in_order(table, reader), (table.source,))


def _read_staff(path: str | Path) -> StaffTable:
    table = read_table(*find_table(path))
    if table.source is None:
        return StaffTable((), table.problems)
    columns, problems = understand(table, _BLOCS, one_of=("code", "name"))
    if problems:
        return StaffTable((), (*table.problems, *problems), (table.source,))
    reader = CellReader(table, columns)
    rows = [_staff_row(reader, row) for row in table.rows]
    return StaffTable(tuple(rows), _in_order(table, reader), (table.source,))


def _in_order(table: RawTable, reader: CellReader) -> tuple[Problem, ...]:
    return tuple(sorted((*table.problems, *reader.problems), key=lambda problem: problem.row or 0))


def _unit(reader: CellReader, row: Row, seen: dict[str, Origin]) -> Unit | None:
    code, name = tidy(reader.text(row, "code")), tidy(reader.text(row, "name"))
    unit_type = reader.type(row)
    population = reader.people(row, "population", MAX_RESIDENTS)
    staff = _staff(reader, row)
    for column, text in (("code", code), ("name", name)):
        if not text:
            reader.report(row, column, f"no-{column}", say("no {column}", column=column), say("fill it in"))
    origin = Origin(reader.table.file, row.number)
    if code in seen:
        reader.report(
            row,
            "code",
            "duplicate-code",
            _already_there(seen[code], origin),
            say("a unit has one row: correct the code or remove the row"),
        )
        return None
    if not code or not name or unit_type is None:
        return None
    seen[code] = origin
    _remark_on_population(reader, row, population)
    return Unit(
        code=code,
        name=name,
        type=unit_type,
        population=population,
        province=tidy(reader.text(row, "province")) or reader.table.province or None,
        area_km2=reader.measure(row, "area_km2", Decimal),
        lon=reader.measure(row, "lon", float),
        lat=reader.measure(row, "lat", float),
        staff=staff,
        terrain=read_terrain(reader, row),
        more=_other_columns(reader.columns, row),
        origin=origin,
    )


def _already_there(first: Origin, here: Origin) -> Text:
    if first.file == here.file:
        return say("the code is already on row {row}", row=str(first.row))
    return say("the code is already in {file}, on row {row}", file=first.file, row=str(first.row))


def _remark_on_population(reader: CellReader, row: Row, population: int | None) -> None:
    if population is None and not reader.text(row, "population"):
        reader.report(
            row,
            "population",
            "unknown-population",
            say("residents unknown: no quota for this unit"),
            say("fill in the residents"),
            Severity.INFORMATION,
        )
    elif population == 0:
        reader.report(
            row,
            "population",
            "zero-population",
            say("nobody lives here; blank is unknown, 0 is none"),
            say("leave it empty if the residents are unknown"),
            Severity.WARNING,
        )


def _other_columns(columns: Columns, row: Row) -> dict[str, str]:
    known = {columns.index[name] for name in (*_UNIT_COLUMNS, *_BLOCS) if name in columns}
    others: dict[str, str] = {}
    for position, heading in enumerate(columns.header):
        if position not in known:
            key = heading.strip() or f"column {position + 1}"
            others[key if key not in others else f"{key} ({position + 1})"] = row.cells[position]
    return others


def _staff(reader: CellReader, row: Row) -> Staff:
    return ByBloc.of(lambda bloc: reader.people(row, bloc.value, MAX_STAFF))


def _staff_row(reader: CellReader, row: Row) -> StaffRow:
    code, name = tidy(reader.text(row, "code")), tidy(reader.text(row, "name"))
    if not code and not name:
        reader.report(
            row, "code", "no-unit", say("neither code nor name"), say("say which unit the staff belongs to")
        )
    return StaffRow(code or None, name or None, _staff(reader, row), Origin(reader.table.file, row.number))
