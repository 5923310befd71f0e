"""Tables of staff and of assigned posts as rows for a unit, with all their problems."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from msgspec.structs import replace

from quota.core.blocs import UNKNOWN_STAFF, Staff, by_column
from quota.core.problems import Problem
from quota.core.text import say
from quota.core.units import Decision, Origin, StaffRow, StaffTable
from quota.tables.columns.assigned import (
    assigned_by_column,
    assigned_posts,
    decisions_of,
    reserves_of,
    with_assigned_columns,
)
from quota.tables.columns.cells import CellReader
from quota.tables.columns.codes import Codes
from quota.tables.columns.headings import Columns, understand
from quota.tables.columns.qualifying import counting_others, of_either, qualified
from quota.tables.columns.totals import has_sums, hold_row_totals, hold_sections, hold_totals
from quota.tables.files.raw import AS_FOUND, RawTable, ReadOptions, Row
from quota.tables.files.roles import Measure, assigned_key
from quota.tables.files.said.titles import assigns_none
from quota.tables.readers.by_bloc import is_by_bloc, read_by_bloc, with_blocs
from quota.tables.readers.in_short import in_short
from quota.tables.readers.units.cells import names_in, staff_in
from quota.tables.readers.units.wanted import pooled_figures, raw_tables, sources_once, staff_wanted


def read_staff(*paths: str | Path, options: ReadOptions = AS_FOUND) -> StaffTable:
    """The rows of staff tables: people in post by bloc, for a code or name. Otherwise as `read_units`.

    Lists of people one by one are counted: `options` say who counts.
    """
    from quota.tables.readers.roster.counting import is_roster, read_rosters  # most runs have no such table

    raw = with_blocs(list(raw_tables(paths, options, staff_wanted(options.wordings.blocs))))
    rosters = [table for table in raw if is_roster(table)]
    pooled = pooled_figures(raw)
    by_bloc = [table for table in raw if table.source is not None and is_by_bloc(table)]
    tables = [_read_staff(table, pooled) for table in raw if table not in (*rosters, *by_bloc)]
    if by_bloc:
        tables.append(read_by_bloc(by_bloc))
    if rosters:
        tables.append(read_rosters(rosters, options))
    return _together(raw, tables, assigned=False)


def _together(raw: Sequence[RawTable], tables: Sequence[StaffTable], *, assigned: bool) -> StaffTable:
    """Several tables as one; how they were read is said of all of them in one line."""
    rows = tuple(row for table in tables for row in table.rows)
    problems = tuple(problem for table in tables for problem in table.problems)
    said = in_short(raw, len(rows), problems, assigned=assigned)
    return StaffTable(
        rows,
        problems,
        sources_once(source for table in tables for source in table.sources),
        (*said, *(line for table in tables for line in table.in_short)),
        tuple(reserve for table in tables for reserve in table.reserves),
    )


def _read_staff(table: RawTable, pooled: Mapping[str, Sequence[str]]) -> StaffTable:
    if table.source is None:
        return StaffTable((), table.problems)
    columns, problems = understand(table, table.wordings.blocs, one_of=("code", "name"))
    if problems := (*problems, *qualified(table), *counting_others(table)):
        return StaffTable((), (*table.problems, *problems), (table.source,))
    return _staff_rows(replace(table, problems=(*table.problems, *of_either(table))), columns, pooled)


def _staff_rows(
    table: RawTable, columns: Columns, pooled: Mapping[str, Sequence[str]], *, counts_people: bool = True
) -> StaffTable:
    """The rows with their people and assigned posts; only the posts where the table `counts_people` not."""
    columns, doubtful = with_assigned_columns(table, columns)
    reader = CellReader(table, columns, list(doubtful), pooled)
    codes = Codes(reader, "code").column("code")
    people = staff_in(reader) if counts_people else [UNKNOWN_STAFF] * len(table.rows)
    assigned = assigned_posts(reader)
    each = zip(table.rows, codes, names_in(reader), people, assigned, decisions_of(reader), strict=True)
    rows = [_staff_row(reader, *said) for said in each]
    blocs = table.wordings.blocs
    if has_sums(reader):
        counts = by_column(people, blocs) | assigned_by_column(assigned, blocs)
        hold_totals(reader, counts)
        hold_sections(reader, counts)
    if counts_people:
        hold_row_totals(reader, people)
    reserves = reserves_of(reader)
    return StaffTable(tuple(rows), reader.in_row_order(), reader.sources, (), reserves)


def read_assigned(*paths: str | Path, options: ReadOptions = AS_FOUND) -> StaffTable:
    """The rows of tables of assigned posts: `assigned` by bloc, for a code or name; their reserves.

    A bloc's name alone heads its assigned posts here; people present are left out. Otherwise as `read_staff`.
    """
    raw = list(raw_tables(paths, options, staff_wanted(options.wordings.blocs)))
    raw = [replace(table, granting=True) for table in raw]
    tables = [_read_assigned(table) for table in raw]
    return _together(raw, tables, assigned=True)


def _read_assigned(table: RawTable) -> StaffTable:
    if table.source is None:
        return StaffTable((), table.problems)
    columns, problems = understand(table, (), one_of=("code", "name"))
    found, _ = with_assigned_columns(table, columns)
    if not problems and not any(assigned_key(bloc) in found for bloc in table.wordings.blocs):
        message = say("no column for assigned posts of a bloc")
        keys = ", ".join(assigned_key(bloc) for bloc in table.wordings.blocs)
        fix = say("add one; its heading may be: {headings}", headings=keys)
        problems = (table.of_heading("missing-column", message, fix),)
    if problems := (*problems, *_assigning_none(table), *counting_others(table, posts_alone=True)):
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
            yield table.of_heading("assigns-none", message, fix, value=title)
            return


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
