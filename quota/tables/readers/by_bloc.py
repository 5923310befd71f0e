"""Staff tables with a row for each unit and bloc; a blank unit is the one above it."""

from __future__ import annotations

from msgspec import Struct, field

from quota.core.blocs import ByBloc
from quota.core.names import spelled_out, tidy
from quota.core.text import say
from quota.core.units import Origin, StaffRow, StaffTable
from quota.tables.columns.bloc_cells import bloc_at
from quota.tables.columns.cells import MAX_STAFF, CellReader
from quota.tables.columns.codes import Codes
from quota.tables.files.raw import RawTable, Row
from quota.tables.readers.one_table import cells_of


def is_by_bloc(table: RawTable) -> bool:
    """Whether a column names the bloc of each row, and none holds one bloc's staff."""
    found = set(table.columns)
    return {"bloc", "in_post"} <= found and not found.intersection(table.wordings.blocs)


class _Unit(Struct):
    code: str
    name: str
    row: Row
    staff: dict[str, int | None] = field(default_factory=dict)


def read_by_bloc(table: RawTable) -> StaffTable:
    """The staff rows of such a table, a unit each. A bloc that is there twice or is none is a problem."""
    reader = cells_of(table, ("bloc", "in_post"), ("code", "name"))
    codes = Codes(reader, "code")
    units: list[_Unit] = []
    for row in reader.table.rows:
        code, name = codes.at(row, "code"), spelled_out(tidy(reader.text(row, "name")))
        if (code or name) and not (units and (units[-1].code, units[-1].name) == (code, name)):
            units.append(_Unit(code, name, row))
        if units:
            _add(reader, row, units[-1])
        else:
            message, fix = say("neither code nor name"), say("say which unit the staff belongs to")
            reader.report(row, "code", "no-unit", message, fix)
    rows = tuple(_staff_row(table, unit) for unit in units)
    return StaffTable(rows, reader.found, reader.sources)


def _staff_row(table: RawTable, unit: _Unit) -> StaffRow:
    staff = ByBloc.of(table.wordings.blocs, unit.staff.get)
    origin = Origin(table.file, unit.row.number, table.sheet)
    return StaffRow(unit.code or None, unit.name or None, staff, origin)


def _add(reader: CellReader, row: Row, unit: _Unit) -> None:
    bloc = bloc_at(reader, row)
    if bloc is None:
        return
    if bloc in unit.staff:
        message, fix = say("the unit has this bloc already"), say("a unit has one row for each bloc")
        reader.report(row, "bloc", "bloc-twice", message, fix)
    else:
        unit.staff[bloc] = reader.people(row, "in_post", MAX_STAFF)
