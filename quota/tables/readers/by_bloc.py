"""Staff tables with a row for each unit and bloc; a blank unit is the one above it.

The bloc is in a column, in rows of its own over the units or under each of them, or it is that of the sheet.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from msgspec import Struct, field
from msgspec.structs import replace

from quota.core.blocs import Bloc, Blocs, ByBloc
from quota.core.characters import pattern
from quota.core.names import fold, spelled_out, tidy
from quota.core.text import say
from quota.core.units import Origin, StaffRow, StaffTable
from quota.tables.columns.bloc_cells import bloc_at
from quota.tables.columns.cells import MAX_STAFF, CellReader
from quota.tables.columns.codes import Codes
from quota.tables.columns.qualifying import counting_others, qualified
from quota.tables.columns.totals import hold_sections
from quota.tables.files.raw import RawTable, Row
from quota.tables.files.roles import blocs_named
from quota.tables.readers.one_table import cells_of


def is_by_bloc(table: RawTable) -> bool:
    """Whether a column names the bloc of each row, and none holds one bloc's staff."""
    found = set(table.columns)
    return {"bloc", "in_post"} <= found and not found.intersection(table.wordings.blocs)


def with_blocs(tables: Sequence[RawTable]) -> list[RawTable]:
    """The tables, with a column of blocs where the bloc of each row is said otherwise.

    The sheets say it only where they have every bloc together: else one was forgotten.
    """
    apart = [table for table in tables if table.source is not None and _names_no_bloc(table)]
    if not apart:
        return list(tables)
    sheets = [_bloc_of_sheet(table) if table in apart else None for table in tables]
    every = set(apart[0].wordings.blocs) <= set(sheets)
    found = []
    for table, bloc in zip(tables, sheets, strict=True):
        of_rows = [_bloc_in(table, row) for row in table.rows] if table in apart else []
        if _part_rows(of_rows, table.wordings.blocs):
            found.append(_of_rows(table, of_rows))
        elif every and bloc is not None:
            rows = [Row(row.number, (*row.cells, str(bloc))) for row in table.rows]
            found.append(replace(table, header=(*table.header, "bloc"), rows=tuple(rows)))
        else:
            found.append(table)
    return found


def _part_rows(blocs: Sequence[Bloc | None], every: Blocs) -> bool:
    """Whether the blocs that some rows name are those of the units under them, or of the unit over them.

    Over units they are all blocs, each with a unit: sums of blocs above a table of totals are no such rows.
    """
    if not any(blocs) or blocs[0] is None:
        return any(blocs)
    have_units = all(bloc is None or after is None for bloc, after in pairwise((*blocs, blocs[0])))
    return have_units and set(every) <= set(blocs)


def _names_no_bloc(table: RawTable) -> bool:
    """Whether a column has people present of units, and none says of which bloc."""
    columns = set(table.columns)
    return {"in_post", "name"} <= columns and columns.isdisjoint(("bloc", *table.wordings.blocs))


def _bloc_of_sheet(table: RawTable) -> Bloc | None:
    """The one bloc that the sheet's name is, or that titles call by "khối"; None for none and for several."""
    called = _bloc_called(table, table.sheet or "")
    titles = [text for title in table.above for text in _OF_BLOC.findall(fold(title))]
    named = {bloc for text in titles for bloc in blocs_named(text)}
    said = [bloc for bloc in table.wordings.blocs if bloc in named or bloc == called]
    return said[0] if len(said) == 1 else None


def _bloc_in(table: RawTable, row: Row) -> Bloc | None:
    """The bloc whose name stands in place of a unit's."""
    return _bloc_called(table, row.cells[table.columns.index("name")])


def _bloc_called(table: RawTable, text: str) -> Bloc | None:
    role = table.wordings.role_of(_ORDINAL.sub("", text))
    is_name = role.is_plain and not role.things and not role.measures
    return next((bloc for bloc in table.wordings.blocs if is_name and bloc == role.bloc), None)


_OF_BLOC = pattern(fold(r"(?<!\w)khối .*"))
_ORDINAL = pattern(r"\s*(?:[-+*•]|(?:[IVXivx]+|[A-Za-z]|[0-9]+)[.)/])\s*")


def _of_rows(table: RawTable, blocs: Sequence[Bloc | None]) -> RawTable:
    """A table with rows of blocs over units, or under each, as one with a column of them.

    A row over others is the sum of these, where it has a figure.
    """
    are_over = blocs[0] is not None
    heads: list[tuple[Row, Bloc | None, list[tuple[Row, Bloc | None]]]] = []
    for row, bloc in zip(table.rows, blocs, strict=True):
        if (bloc is not None) == are_over:
            heads.append((row, bloc, []))
        else:
            heads[-1][2].append((row, bloc))
    identity = [place for place, column in enumerate(table.columns) if column in ("code", "name", "province")]
    rows: list[Row] = []
    sums = []
    for head, bloc, members in heads:
        under = [
            Row(row.number, (*row.cells, str(bloc))) if are_over else _of_unit(row, head, identity, str(own))
            for row, own in members
        ]
        if under:
            sums.append((Row(head.number, (*head.cells, "")), tuple(under)))
        rows += under or ([] if are_over else [Row(head.number, (*head.cells, ""))])
    return replace(table, header=(*table.header, "bloc"), rows=tuple(rows), sums=tuple(sums))


def _of_unit(row: Row, unit: Row, identity: Sequence[int], bloc: str) -> Row:
    """A bloc's row under its unit's, with what the unit's says of the unit."""
    cells = [unit.cells[place] if place in identity else cell for place, cell in enumerate(row.cells)]
    return Row(row.number, (*cells, bloc))


class _Unit(Struct):
    code: str
    name: str
    origin: Origin
    staff: dict[str, int | None] = field(default_factory=dict)


def read_by_bloc(tables: Sequence[RawTable]) -> StaffTable:
    """The staff rows of such tables, a unit each. A bloc that is there twice or is none is a problem."""
    units: dict[tuple[str, str], _Unit] = {}
    readers = [_read_into(units, table) for table in tables]
    rows = tuple(_staff_row(tables[0].wordings.blocs, unit) for unit in units.values())
    problems = tuple(problem for reader in readers for problem in reader.found)
    return StaffTable(rows, problems, tuple(source for reader in readers for source in reader.sources))


def _read_into(units: dict[tuple[str, str], _Unit], table: RawTable) -> CellReader:
    wrong = (*qualified(table), *counting_others(table))
    reader = cells_of(table, ("bloc", "in_post"), ("code", "name"), wrong)
    codes = Codes(reader, "code")
    unit: _Unit | None = None
    for row in reader.table.rows:
        code, name = codes.at(row, "code"), spelled_out(tidy(reader.text(row, "name")))
        if code or name:
            origin = Origin(table.file, row.number, table.sheet)
            unit = units.setdefault((code, name), _Unit(code, name, origin))
        if unit is not None:
            _add(reader, row, unit)
        else:
            message, fix = say("neither code nor name"), say("say which unit the staff belongs to")
            reader.report(row, "code", "no-unit", message, fix)
    hold_sections(reader, ("in_post",))
    return reader


def _staff_row(blocs: Blocs, unit: _Unit) -> StaffRow:
    staff = ByBloc.of(blocs, unit.staff.get)
    return StaffRow(unit.code or None, unit.name or None, staff, unit.origin)


def _add(reader: CellReader, row: Row, unit: _Unit) -> None:
    bloc = bloc_at(reader, row)
    if bloc is None:
        return
    if bloc in unit.staff:
        message, fix = say("the unit has this bloc already"), say("a unit has one row for each bloc")
        reader.report(row, "bloc", "bloc-twice", message, fix)
    else:
        unit.staff[bloc] = reader.people(row, "in_post", MAX_STAFF)
