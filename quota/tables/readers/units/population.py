"""Population tables as units, with all their problems."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path

from quota.core.blocs import Blocs, by_column
from quota.core.names import type_in_name
from quota.core.problems import Problem
from quota.core.units import InputFile, Origin, Unit, UnitTable
from quota.tables.columns.assigned import (
    assigned_by_column,
    assigned_places,
    assigned_posts,
    decisions_of,
    reserves_of,
    with_assigned_columns,
)
from quota.tables.columns.cells import MAX_RESIDENTS, CellReader
from quota.tables.columns.codes import Codes
from quota.tables.columns.headings import Columns, understand
from quota.tables.columns.qualifying import counting_others, of_either, qualified
from quota.tables.columns.scale import in_thousands
from quota.tables.columns.totals import has_sums, hold_row_totals, hold_sections, hold_totals
from quota.tables.files.raw import AS_FOUND, RawTable, ReadOptions
from quota.tables.readers.units.cells import names_in, provinces_in, staff_in
from quota.tables.readers.units.rows import ReadColumns, units_of
from quota.tables.readers.units.wanted import (
    UNIT_COLUMNS,
    pooled_figures,
    raw_tables,
    sources_once,
    units_wanted,
)
from quota.tables.shipped.embedded import known_copy


def read_units(*paths: str | Path, options: ReadOptions = AS_FOUND) -> UnitTable:
    """The units of population tables: files, folders of them, embedded tables' ids, `-` for stdin.

    Files are CSV or workbooks, with or without a form around the table. Needs columns for code, name, type
    (or a name that starts with it) and population (residents; blank is unknown); reads staff by bloc where it
    is there and keeps every other column. Several tables are read as one, in the order given; `options` hold
    for all but the embedded ones. Never raises for what a file holds: what is wrong and what reading
    changed is in the result's `problems`, and `audit` refuses a table that has errors.
    """
    return units_in(list(raw_tables(paths, options, units_wanted(options.wordings.blocs))))


def units_in(raw: Sequence[RawTable]) -> UnitTable:
    """The units of tables whose cells are not read yet; as `read_units`."""
    seen: dict[str, Origin] = {}
    pooled = pooled_figures(raw)
    tables = [_read_units(table, seen, pooled) for table in raw]
    units = tuple(unit for table in tables for unit in table.units)
    problems = (*(problem for table in tables for problem in table.problems), *in_thousands(raw, units))
    return UnitTable(
        units,
        problems,
        sources_once(source for table in tables for source in table.sources),
        _in_short(raw, len(units), problems),
        tuple(reserve for table in tables for reserve in table.reserves),
        tuple(dict.fromkeys(heading for table in tables for heading in table.assigned_columns)),
    )


def _in_short(raw: Sequence[RawTable], units: int, problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """How the tables were read, in one remark; of most there is nothing to say."""
    if not problems:
        return ()
    from quota.tables.readers.in_short import in_short

    return in_short(raw, units, problems)


def _doubtful(units: Sequence[Unit], source: InputFile) -> Iterable[Problem]:
    """What is known to be doubtful in a table that is an embedded one."""
    if known_copy(source.sha256) is None:
        return ()
    from quota.tables.shipped.doubtful import doubtful_figures

    return doubtful_figures(units, source)


def _read_units(table: RawTable, seen: dict[str, Origin], pooled: Mapping[str, Sequence[str]]) -> UnitTable:
    if table.source is None:
        return UnitTable((), table.problems)
    columns, problems = understand(table, required_of_units(table))
    if problems := (*problems, *qualified(table), *counting_others(table)):
        return UnitTable((), (*table.problems, *problems), (table.source,))
    columns, doubtful = with_assigned_columns(table, columns)
    reader = CellReader(table, columns, list(doubtful), pooled)
    provinces = provinces_in(reader)
    names, types = names_in(reader), reader.types()
    if "code" in columns:
        codes: Iterable[str] = Codes(reader, "code").column("code")
    else:
        from quota.tables.readers.by_name import codes_by_name  # an index of all the country's names

        codes = codes_by_name(reader, types if "type" in columns else [None] * len(names), provinces)
    blocs = table.wordings.blocs
    others = _other_columns(columns, blocs)
    read = ReadColumns(
        *(list(codes), names, types, reader.counts("population", MAX_RESIDENTS), provinces),
        *(
            reader.measures("area_km2", Decimal, negative=False),
            reader.measures("lon", float),
            reader.measures("lat", float),
        ),
        *(staff_in(reader), assigned_posts(reader), decisions_of(reader)),
    )
    units = units_of(reader, read, others, seen)
    if len(units) == len(table.rows):
        if has_sums(reader):
            counts = {"population": [unit.population for unit in units]}
            counts |= by_column([unit.staff for unit in units], blocs)
            counts |= assigned_by_column(read.assigned, blocs)
            hold_totals(reader, counts)
            hold_sections(reader, counts)
        hold_row_totals(reader, [unit.staff for unit in units])
    reserves = reserves_of(reader)
    granted = tuple(key for key, place in others.items() if place in assigned_places(columns, blocs))
    found = (*reader.in_row_order(), *of_either(table), *_doubtful(units, table.source))
    return UnitTable(tuple(units), found, (table.source,), (), reserves, granted)


def required_of_units(table: RawTable) -> tuple[str, ...]:
    """A table whose names all say their type needs no column for it; one with names needs none for codes."""
    found = table.columns
    if "name" not in found:
        return UNIT_COLUMNS
    required = [column for column in UNIT_COLUMNS if column != "code" or "code" in found]
    name = found.index("name")
    if "type" not in found and all(type_in_name(row.cells[name].strip()) for row in table.rows):
        required.remove("type")
    return tuple(required)


def _other_columns(columns: Columns, blocs: Blocs) -> dict[str, int]:
    """Where the columns stand that only pass through, each under its heading."""
    known = {columns.index[name] for name in (*UNIT_COLUMNS, *blocs) if name in columns}
    others: dict[str, int] = {}
    for place, heading in enumerate(columns.header):
        if place not in known:
            key = heading.strip() or f"column {place + 1}"
            others[key if key not in others else f"{key} ({place + 1})"] = place
    return others
