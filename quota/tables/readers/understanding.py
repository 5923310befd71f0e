"""What a population or staff table was understood to be: sheets, rows left out, the role of each column."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec.structs import replace

from quota.core.how_read import letter
from quota.core.problems import Problem, Severity
from quota.core.reading import ColumnRead, ReadingReport, SheetRead, SumRead
from quota.core.text import Text, say
from quota.core.units import StaffTable, UnitTable
from quota.tables.columns.cells import CellReader
from quota.tables.columns.headings import figures_shown, understand
from quota.tables.columns.totals import sums_of
from quota.tables.files.form import LEFT_OUT
from quota.tables.files.raw import AS_FOUND, RawTable, ReadOptions
from quota.tables.files.roles import Measure, Role, assigned_key
from quota.tables.readers.kinds import ASSIGNED, TableKind, assigns_alone, kind_of, other_kind
from quota.tables.readers.roster.counting import is_roster
from quota.tables.readers.units.population import read_units
from quota.tables.readers.units.staff import read_assigned, read_staff
from quota.tables.readers.units.wanted import raw_tables, staff_wanted, units_wanted


def understand_tables(
    *paths: str | Path, options: ReadOptions = AS_FOUND
) -> tuple[ReadingReport, UnitTable | StaffTable | None]:
    """What was understood of the tables, and what was read from them, without computing anything.

    Tables with residents are read as `read_units` reads them, of posts assigned alone as `read_assigned`,
    others as `read_staff` does; of what is about something else only the columns are told, with who reads it.
    Never raises for what a file holds: what is wrong is in the report's `problems`.
    """
    raw = list(raw_tables(paths, options, units_wanted(options.wordings.blocs)))
    if any(map(is_roster, raw)):
        staff = read_staff(*paths, options=options)
        people = list(raw_tables(paths, options, staff_wanted(options.wordings.blocs)))
        listed = tuple(_sheet(table, "roster") for table in people if table.source is not None)
        return ReadingReport(listed, (*staff.in_short, *staff.problems)), staff
    if about := other_kind([table for table in raw if table.source is not None]):
        return _of_another_kind(raw, about), None
    read: UnitTable | StaffTable
    if assigns_alone(raw):
        raw = list(raw_tables(paths, options, staff_wanted(options.wordings.blocs)))
        read, kind = read_assigned(*paths, options=options), "assigned"
        read = replace(read, problems=(_note(raw, ASSIGNED), *read.problems))
    elif kind_of(raw) is TableKind.POPULATION:
        read, kind = read_units(*paths, options=options), "population"
    else:
        raw = list(raw_tables(paths, options, staff_wanted(options.wordings.blocs)))
        read, kind = read_staff(*paths, options=options), "staff"
    sheets = tuple(
        replace(_sheet(table, kind), sums=tuple(_sums(table, read)))
        for table in raw
        if table.source is not None
    )
    return ReadingReport(sheets, read.problems), read


def _of_another_kind(raw: Sequence[RawTable], about: Text) -> ReadingReport:
    """The columns of tables that are about something else; what is wrong in them who reads them says."""
    sheets = tuple(_sheet(table, "other") for table in raw if table.source is not None)
    return ReadingReport(sheets, (_note(raw, about), *(each for table in raw for each in table.problems)))


def _note(raw: Sequence[RawTable], about: Text) -> Problem:
    return raw[0].problem(
        "other-table", say("a table of {about}", about=about), severity=Severity.INFORMATION
    )


def _sheet(table: RawTable, kind: str) -> SheetRead:
    kinds = {words: kind for kind, words in LEFT_OUT.items()}
    left = Counter(
        kinds.get(problem.message, "other") for problem in table.problems if problem.code == "left-out"
    )
    figures_are_shown = kind != "roster" and "born" not in table.columns
    columns = tuple(_columns(table, shown=figures_are_shown, assigned=kind == "assigned"))
    return SheetRead(table.file, table.sheet, kind, table.header_row, len(table.rows), dict(left), columns)


def _sums(table: RawTable, read: UnitTable | StaffTable) -> Iterator[SumRead]:
    """What the table's own totals say, beside what its rows add up to."""
    here = (table.file, table.sheet)
    blocs = table.wordings.blocs
    counts: dict[str, list[int | None]] = {}
    if isinstance(read, UnitTable):
        units = [unit for unit in read.units if unit.origin and (unit.origin.file, unit.origin.sheet) == here]
        counts["population"] = [unit.population for unit in units]
        staff = [unit.staff for unit in units]
    else:
        rows = [row for row in read.rows if row.origin and (row.origin.file, row.origin.sheet) == here]
        staff = [row.staff for row in rows]
    counts |= {bloc: [people.get(bloc) for people in staff] for bloc in blocs}
    columns, _ = understand(table, ())
    for column, row, said, added in sums_of(CellReader(table, columns), counts):
        yield SumRead(" ".join(columns.heading(column).split()), row.number, said, added)


def _columns(table: RawTable, *, shown: bool, assigned: bool) -> Iterator[ColumnRead]:
    """Every column with a heading; its first figures where they are `shown`: they may be about people."""
    blocs = table.assigned_blocs if assigned else [None] * len(table.header)
    for place, (heading, known, bloc) in enumerate(zip(table.header, table.columns, blocs, strict=True)):
        if heading.strip():
            column = known if bloc is None else assigned_key(bloc)
            says = column or _says(table, heading)
            figures = figures_shown(table, place) if shown else ()
            says = "unread" if says == "other" and not shown else says
            yield ColumnRead(letter(place), heading, column, says, figures)


def _says(table: RawTable, heading: str) -> str:
    """What a heading says that is taken for no column; the table's title may say what its figures are."""
    role = table.wordings.role_of(heading)
    if (measure := _said_by_title(table, role)) is not None:
        return measure.value
    if role.thing == "households":
        return role.thing
    if role.measure not in (None, Measure.PRESENT):
        return role.measure.value
    if role.part:
        return "part"
    if role.unclear and (role.blocs or role.things):
        return "unclear"
    return "other"


def _said_by_title(table: RawTable, role: Role) -> Measure | None:
    """What a title that grants posts, or foretells residents, says of figures whose heading says nothing."""
    if role.measure is not None:
        return None
    if table.granting and role.bloc is not None:
        return Measure.ASSIGNED
    return Measure.FORECAST if table.foretelling and role.thing == "population" else None
