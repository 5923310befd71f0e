"""Units from the columns of a population table, with what is wrong with its rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from itertools import compress, repeat

from msgspec import Struct

from quota.core.blocs import Staff
from quota.core.problems import Severity
from quota.core.text import Text, key, say
from quota.core.units import UNKNOWN_TERRAIN, Decision, Origin, Terrain, Unit, UnitType
from quota.tables.columns.cells import CellReader
from quota.tables.files.raw import Row


class ReadColumns(Struct, frozen=True):
    """What the cells of a population table say, a column each with a value a row."""

    codes: Sequence[str]
    names: Sequence[str]
    types: Sequence[UnitType | None]
    residents: Sequence[int | None]
    provinces: Sequence[str | None]
    areas: Sequence[Decimal | None]
    lons: Sequence[float | None]
    lats: Sequence[float | None]
    staff: Sequence[Staff]
    assigned: Sequence[Staff]
    decisions: Sequence[Decision | None]

    def are_units(self, seen: Mapping[str, Origin]) -> bool:
        """Whether every row has what a unit needs, and a code of its own that was not `seen` before."""
        codes = set(self.codes)
        if None in self.types or not (all(codes) and all(self.names)):
            return False
        return len(codes) == len(self.codes) and seen.keys().isdisjoint(codes)


def units_of(
    reader: CellReader, read: ReadColumns, others: Mapping[str, int], seen: dict[str, Origin]
) -> list[Unit]:
    """The units of all rows; a row that is none's is a problem. `others` are columns that pass through.

    `seen` has where each code was read, of all tables read as one.
    """
    table = reader.table
    origins = [Origin(table.file, row.number, table.sheet) for row in table.rows]
    if read.are_units(seen):
        seen.update(zip(read.codes, origins, strict=True))
        refused: set[int] = set()
    else:
        refused = _refused(reader, read, origins, seen)
    kept = [place not in refused for place in range(len(origins))]
    rows = list(compress(table.rows, kept))
    residents = list(compress(read.residents, kept))
    for row, people in zip(rows, residents, strict=True):
        if not people:
            _remark_on_population(reader, row, people)
    return list(
        map(
            Unit,
            *(compress(read.codes, kept), compress(read.names, kept)),
            [kind for kind in compress(read.types, kept) if kind is not None],
            *(residents, compress(read.provinces, kept), compress(read.areas, kept)),
            *(compress(read.lons, kept), compress(read.lats, kept), compress(read.staff, kept)),
            _terrain_of(reader, rows),
            [{key: row.cells[column] for key, column in others.items()} for row in rows],
            *(compress(origins, kept), compress(read.assigned, kept), compress(read.decisions, kept)),
        )
    )


def _terrain_of(reader: CellReader, rows: Sequence[Row]) -> Iterable[Terrain]:
    """What each row says of its unit's terrain; its columns are called by the fields."""
    if reader.columns.index.keys().isdisjoint(Terrain.__struct_fields__):
        return repeat(UNKNOWN_TERRAIN)
    from quota.tables.columns.terrain import read_terrain  # few tables say anything of it

    return [read_terrain(reader, row) for row in rows]


def _refused(
    reader: CellReader, read: ReadColumns, origins: Sequence[Origin], seen: dict[str, Origin]
) -> set[int]:
    """The places of rows that are no units: they lack what a unit needs, or have the code of another row."""
    refused: set[int] = set()
    said = zip(reader.table.rows, read.codes, read.names, read.types, origins, strict=True)
    for place, (row, code, name, unit_type, origin) in enumerate(said):
        if not code or not name:
            _say_missing(reader, row, code=code, name=name)
        if code in seen:
            reader.report(
                row,
                "code",
                "duplicate-code",
                _already_there(seen[code], origin),
                say("a unit has one row: correct the code or remove the row"),
            )
        elif code:
            seen[code] = origin  # also of a row that is refused: which of two is first changes nothing
            if name and unit_type is not None:
                continue
        refused.add(place)
    return refused


def _say_missing(reader: CellReader, row: Row, **texts: str) -> None:
    for column, text in texts.items():
        if not text and column in reader.columns:  # why a name gave no code has been said
            reader.report(
                row, column, f"no-{column}", say("no {column}", column=key(column)), say("fill it in")
            )


def _already_there(first: Origin, here: Origin) -> Text:
    if first.file == here.file and first.sheet != here.sheet:
        return say(
            'the code is already in the sheet "{sheet}", on row {row}', sheet=first.sheet, row=str(first.row)
        )
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
