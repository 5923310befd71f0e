"""Population and staff tables as values, with all their problems."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path

from msgspec.structs import replace

from quota.core.blocs import UNKNOWN_STAFF, Blocs, ByBloc, Staff, by_column
from quota.core.names import are_spelled_out, spelled_out, tidied, tidy, type_in_name
from quota.core.problems import Problem, Severity
from quota.core.text import Text, count, key, say
from quota.core.units import (
    UNKNOWN_TERRAIN,
    Decision,
    InputFile,
    Origin,
    StaffRow,
    StaffTable,
    Unit,
    UnitTable,
    UnitType,
)
from quota.tables.columns.assigned import (
    assigned_by_column,
    assigned_places,
    assigned_posts,
    decisions_of,
    reserves_of,
    with_assigned_columns,
)
from quota.tables.columns.cells import MAX_RESIDENTS, MAX_STAFF, CellReader
from quota.tables.columns.codes import Codes
from quota.tables.columns.headings import Columns, understand
from quota.tables.columns.qualifying import qualified
from quota.tables.columns.scale import in_thousands
from quota.tables.columns.terrain import read_terrain
from quota.tables.columns.totals import hold_row_totals, hold_sections, hold_totals
from quota.tables.files.raw import AS_FOUND, RawTable, ReadOptions, Row, read_tables
from quota.tables.files.roles import Measure, assigned_key
from quota.tables.files.said.titles import assigns_none
from quota.tables.files.sources import named
from quota.tables.files.wordings import DEFAULT
from quota.tables.readers.by_bloc import is_by_bloc, read_by_bloc
from quota.tables.readers.by_name import codes_by_name
from quota.tables.readers.in_short import in_short
from quota.tables.shipped.doubtful import doubtful_figures
from quota.tables.shipped.embedded import embedded_tables
from quota.tables.shipped.provinces import find_province

_UNIT_COLUMNS = ("code", "name", "type", "population")
PEOPLE = ("full_name", "post", "office")
"""Columns that a list of people has and no other table."""
Kind = tuple[tuple[str, ...], tuple[str, ...]]
"""Of a kind of table the columns that are wanted, and the figures it is about."""


def units_wanted(blocs: Blocs) -> Kind:
    """Of a population table."""
    return (*_UNIT_COLUMNS, *blocs), ("population",)


def staff_wanted(blocs: Blocs) -> Kind:
    """Of a staff table, or of a list of people one by one."""
    return (*blocs, "code", "name", *PEOPLE), blocs


def read_units(*paths: str | Path, options: ReadOptions = AS_FOUND) -> UnitTable:
    """The units of population tables: files, folders of them, embedded tables' ids, `-` for stdin.

    Files are CSV or workbooks, with or without a form around the table. Needs columns for code, name, type
    (or a name that starts with it) and population (residents; blank is unknown); reads staff by bloc where it
    is there and keeps every other column. Several tables are read as one, in the order given; `options` hold
    for all but the embedded ones. Never raises for what a file holds: what is wrong and what reading
    changed is in the result's `problems`, and `audit` refuses a table that has errors.
    """
    seen: dict[str, Origin] = {}
    raw = list(raw_tables(paths, options, units_wanted(options.wordings.blocs)))
    pooled = _pooled(raw)
    tables = [_read_units(table, seen, pooled) for table in raw]
    units = tuple(unit for table in tables for unit in table.units)
    problems = (
        *(problem for table in tables for problem in table.problems),
        *in_thousands(raw, units),
    )
    return UnitTable(
        units,
        problems,
        sources_once(source for table in tables for source in table.sources),
        in_short(raw, len(units), problems),
        tuple(reserve for table in tables for reserve in table.reserves),
        tuple(dict.fromkeys(heading for table in tables for heading in table.assigned_columns)),
    )


def read_staff(*paths: str | Path, options: ReadOptions = AS_FOUND) -> StaffTable:
    """The rows of staff tables: people in post by bloc, for a code or name. Otherwise as `read_units`.

    Lists of people one by one are counted: `options` say who counts.
    """
    from quota.tables.readers.roster.counting import is_roster, read_rosters  # most runs have no such table

    raw = list(raw_tables(paths, options, staff_wanted(options.wordings.blocs)))
    rosters = [table for table in raw if is_roster(table)]
    pooled = _pooled(raw)
    tables = [_read_staff(table, pooled) for table in raw if table not in rosters]
    if rosters:
        tables.append(read_rosters(rosters, options))
    rows = tuple(row for table in tables for row in table.rows)
    problems = tuple(problem for table in tables for problem in table.problems)
    return StaffTable(
        rows,
        problems,
        sources_once(source for table in tables for source in table.sources),
        (*in_short(raw, len(rows), problems), *(line for table in tables for line in table.in_short)),
        tuple(reserve for table in tables for reserve in table.reserves),
    )


def sources_once(sources: Iterable[InputFile]) -> tuple[InputFile, ...]:
    """Each file once, with the rows of all its sheets."""
    found: dict[tuple[str, str], InputFile] = {}
    for source in sources:
        key = (source.path, source.sha256)
        rows = source.rows + (found[key].rows if key in found else 0)
        found[key] = replace(source, rows=rows)
    return tuple(found.values())


def raw_tables(paths: Sequence[str | Path], options: ReadOptions, kind: Kind) -> Iterator[RawTable]:
    """The tables behind paths before their cells are read; `kind` says what is wanted."""
    wanted, figures = kind
    shipped = {table.label for table in embedded_tables()}
    as_found = ReadOptions(wordings=DEFAULT.of_blocs(options.wordings.blocs))
    for given in paths:
        for path, label in named(given):
            how = as_found if label in shipped else options
            yield from read_tables(path, label, how, wanted, figures)


def _pooled(tables: Sequence[RawTable]) -> Mapping[str, Sequence[str]]:
    """The figures of several tables read as one: what a few cells leave open, the others may settle."""
    if len(tables) < 2:
        return {}
    cells: dict[str, list[str]] = {}
    for table in tables:
        for place, column in enumerate(table.columns):
            if column is not None and (column == "population" or column in table.wordings.blocs):
                cells.setdefault(column, []).extend(row.cells[place].strip() for row in table.rows)
    return cells


def _read_units(table: RawTable, seen: dict[str, Origin], pooled: Mapping[str, Sequence[str]]) -> UnitTable:
    if table.source is None:
        return UnitTable((), table.problems)
    columns, problems = understand(table, required_of_units(table))
    if problems := (*problems, *qualified(table)):
        return UnitTable((), (*table.problems, *problems), (table.source,))
    columns, doubtful = with_assigned_columns(table, columns)
    reader = CellReader(table, columns, list(doubtful), pooled)
    provinces = provinces_in(reader)
    names, types = names_in(reader), reader.types()
    if "code" in columns:
        codes: Iterable[str] = Codes(reader, "code").column("code")
    else:
        codes = codes_by_name(reader, types if "type" in columns else [None] * len(names), provinces)
    blocs = table.wordings.blocs
    others = _other_columns(columns, blocs)
    texts = zip(codes, names, types, provinces, strict=True)
    residents = reader.counts("population", MAX_RESIDENTS)
    places = zip(
        reader.measures("area_km2", Decimal, negative=False),
        reader.measures("lon", float),
        reader.measures("lat", float),
        strict=True,
    )
    assigned = assigned_posts(reader)
    people = zip(_staff(reader), assigned, decisions_of(reader), strict=True)
    rows = zip(table.rows, texts, residents, people, places, strict=True)
    units = [
        unit
        for row, said, population, people, place in rows
        if (unit := _unit(reader, row, said, population, people, place, seen, others)) is not None
    ]
    if len(units) == len(table.rows):
        counts = {"population": [unit.population for unit in units]}
        counts |= by_column([unit.staff for unit in units], blocs)
        counts |= assigned_by_column(assigned, blocs)
        hold_totals(reader, counts)
        hold_sections(reader, counts)
        hold_row_totals(reader, [unit.staff for unit in units])
    reserves = reserves_of(reader)
    granted = tuple(key for key, place in others.items() if place in assigned_places(columns, blocs))
    found = (*in_row_order(table, reader), *doubtful_figures(units, table.source))
    return UnitTable(tuple(units), found, (table.source,), (), reserves, granted)


def required_of_units(table: RawTable) -> tuple[str, ...]:
    """A table whose names all say their type needs no column for it; one with names needs none for codes."""
    found = table.columns
    if "name" not in found:
        return _UNIT_COLUMNS
    required = [column for column in _UNIT_COLUMNS if column != "code" or "code" in found]
    name = found.index("name")
    if "type" not in found and all(type_in_name(row.cells[name].strip()) for row in table.rows):
        required.remove("type")
    return tuple(required)


def _read_staff(table: RawTable, pooled: Mapping[str, Sequence[str]]) -> StaffTable:
    if table.source is None:
        return StaffTable((), table.problems)
    if is_by_bloc(table):
        return read_by_bloc(table)
    columns, problems = understand(table, table.wordings.blocs, one_of=("code", "name"))
    if problems := (*problems, *qualified(table)):
        return StaffTable((), (*table.problems, *problems), (table.source,))
    return _staff_rows(table, columns, pooled)


def _staff_rows(
    table: RawTable, columns: Columns, pooled: Mapping[str, Sequence[str]], *, counts_people: bool = True
) -> StaffTable:
    """The rows with their people and assigned posts; only the posts where the table `counts_people` not."""
    columns, doubtful = with_assigned_columns(table, columns)
    reader = CellReader(table, columns, list(doubtful), pooled)
    codes = Codes(reader, "code").column("code")
    people = _staff(reader) if counts_people else [UNKNOWN_STAFF] * len(table.rows)
    assigned = assigned_posts(reader)
    each = zip(table.rows, codes, names_in(reader), people, assigned, decisions_of(reader), strict=True)
    rows = [_staff_row(reader, *said) for said in each]
    blocs = table.wordings.blocs
    counts = by_column(people, blocs) | assigned_by_column(assigned, blocs)
    hold_totals(reader, counts)
    hold_sections(reader, counts)
    if counts_people:
        hold_row_totals(reader, people)
    reserves = reserves_of(reader)
    found = in_row_order(table, reader)
    return StaffTable(tuple(rows), found, (table.source,) if table.source else (), (), reserves)


def read_assigned(*paths: str | Path, options: ReadOptions = AS_FOUND) -> StaffTable:
    """The rows of tables of assigned posts: `assigned` by bloc, for a code or name; their reserves.

    A bloc's name alone heads its assigned posts here; people present are left out. Otherwise as `read_staff`.
    """
    raw = list(raw_tables(paths, options, staff_wanted(options.wordings.blocs)))
    raw = [replace(table, granting=True) for table in raw]
    tables = [_read_assigned(table) for table in raw]
    rows = tuple(row for table in tables for row in table.rows)
    problems = tuple(problem for table in tables for problem in table.problems)
    return StaffTable(
        rows,
        problems,
        sources_once(source for table in tables for source in table.sources),
        in_short(raw, len(rows), problems, assigned=True),
        tuple(reserve for table in tables for reserve in table.reserves),
    )


def _read_assigned(table: RawTable) -> StaffTable:
    if table.source is None:
        return StaffTable((), table.problems)
    columns, problems = understand(table, (), one_of=("code", "name"))
    found, _ = with_assigned_columns(table, columns)
    if not problems and not any(assigned_key(bloc) in found for bloc in table.wordings.blocs):
        message = say("no column for assigned posts of a bloc")
        keys = ", ".join(assigned_key(bloc) for bloc in table.wordings.blocs)
        fix = say("add one; its heading may be: {headings}", headings=keys)
        problems = (table.problem("missing-column", message, fix, row=table.header_row),)
    if problems := (*problems, *_assigning_none(table)):
        return StaffTable((), (*table.problems, *problems), (table.source,))
    return _staff_rows(table, columns, {}, counts_people=False)


def _assigning_none(table: RawTable) -> Iterator[Problem]:
    """A problem where a title says that the posts are none that a decision assigned, and no heading does."""
    if any(table.wordings.role_of(heading).measure is Measure.ASSIGNED for heading in table.header):
        return
    for title in (*table.above, table.sheet or ""):
        if assigns_none(title):
            message = say("the title says that these are no posts that a decision assigned")
            fix = say("give the table of the decision; where this is it, take these words out of the title")
            yield table.problem("assigns-none", message, fix, row=table.header_row, value=title)
            return


def provinces_in(reader: CellReader) -> list[str | None]:
    """What the cells of the province's column mean: a published province is called alike in every row."""
    names: dict[str, str] = {}
    written = reader.column("province")
    for row, text in zip(reader.table.rows, written, strict=True):
        if text in names or "province" not in reader.columns:
            continue
        plain = tidy(text)
        found = find_province(plain) if plain else None
        names[text] = found.name if found else plain
        if names[text] != plain:
            message = say("read as {name}, wherever it stands in this column", name=names[text])
            reader.report(row, "province", "province-named", message, severity=Severity.INFORMATION)
    return [names.get(text) or reader.table.province or None for text in written]


def names_in(reader: CellReader) -> Sequence[str]:
    """The names of all rows, tidied and spelled out; that some were shortened is said once."""
    written = reader.column("name")
    if are_spelled_out(written) and tidied(written) is written:
        return written
    names = [spelled_out(tidy(text)) for text in written]
    changed = [
        (tidy(text), name, row)
        for text, name, row in zip(written, names, reader.table.rows, strict=True)
        if tidy(text) != name
    ]
    if changed:
        _, name, row = min(changed, key=lambda found: found[:2])
        message = count(
            "read as {name}",
            "read as {name}; {n} names of this table are spelled out so",
            n=len(changed),
            name=name,
        )
        reader.report(row, "name", "name-spelled-out", message, severity=Severity.INFORMATION)
    return names


def in_row_order(table: RawTable, reader: CellReader) -> tuple[Problem, ...]:
    """The table's problems and those of its cells, in the order of their rows."""
    return tuple(sorted((*table.problems, *reader.problems), key=lambda problem: problem.row or 0))


def _unit(
    reader: CellReader,
    row: Row,
    said: tuple[str, str, UnitType | None, str | None],
    population: int | None,
    people: tuple[Staff, Staff, Decision | None],
    place: tuple[Decimal | None, float | None, float | None],
    seen: dict[str, Origin],
    others: Mapping[str, int],
) -> Unit | None:
    code, name, unit_type, province = said
    if not code or not name:
        _say_missing(reader, row, code=code, name=name)
    origin = Origin(reader.table.file, row.number, reader.table.sheet)
    if code in seen:
        reader.report(
            row,
            "code",
            "duplicate-code",
            _already_there(seen[code], origin),
            say("a unit has one row: correct the code or remove the row"),
        )
        return None
    if code:
        seen[code] = origin  # also of a row that is refused: which of two stands first changes nothing
    if not code or not name or unit_type is None:
        return None
    if not population:
        _remark_on_population(reader, row, population)
    area, lon, lat = place
    staff, assigned, decision = people
    terrain = read_terrain(reader, row) if others else UNKNOWN_TERRAIN
    more = {key: row.cells[column] for key, column in others.items()}
    return Unit(
        *(code, name, unit_type, population, province, area, lon, lat, staff, terrain, more, origin),
        *(assigned, decision),
    )


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


def _other_columns(columns: Columns, blocs: Blocs) -> dict[str, int]:
    """Where the columns stand that only pass through, each under its heading."""
    known = {columns.index[name] for name in (*_UNIT_COLUMNS, *blocs) if name in columns}
    others: dict[str, int] = {}
    for place, heading in enumerate(columns.header):
        if place not in known:
            key = heading.strip() or f"column {place + 1}"
            others[key if key not in others else f"{key} ({place + 1})"] = place
    return others


def _staff(reader: CellReader) -> list[Staff]:
    """The staff of all rows by bloc; unknown where the table has no column for a bloc."""
    blocs = reader.table.wordings.blocs
    if not any(bloc in reader.columns for bloc in blocs):
        return [ByBloc(blocs, (None,) * len(blocs))] * len(reader.table.rows)
    counts = [reader.counts(bloc, MAX_STAFF) for bloc in blocs]
    return [ByBloc(blocs, people) for people in zip(*counts, strict=True)]


def _staff_row(
    reader: CellReader,
    row: Row,
    code: str,
    name: str,
    staff: Staff,
    assigned: Staff,
    decision: Decision | None,
) -> StaffRow:
    if not code and not name:
        reader.report(
            row, "code", "no-unit", say("neither code nor name"), say("say which unit the staff belongs to")
        )
    origin = Origin(reader.table.file, row.number, reader.table.sheet)
    return StaffRow(code or None, name or None, staff, origin, assigned, decision)
