"""What tables are, at a first look: population, staff or other tables, or an audit written before."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path

from msgspec import Struct

from quota.core.text import Text, say
from quota.core.units import UnitTable
from quota.tables.files.raw import RawTable, ReadOptions
from quota.tables.readers.roster.columns import roster_columns
from quota.tables.readers.units.population import read_units, units_in
from quota.tables.readers.units.wanted import raw_tables, units_wanted


class TableKind(StrEnum):
    """By its ending an audit, by its columns a table of residents or of staff."""

    AUDIT = "audit"
    POPULATION = "population"
    STAFF = "staff"


class Look(Struct, frozen=True):
    """The tables behind paths at a first look: their kind, and what was read for it, before cells are."""

    paths: tuple[str | Path, ...]
    kind: TableKind
    options: ReadOptions
    tables: tuple[RawTable, ...]

    def units(self, options: ReadOptions) -> UnitTable:
        """What `read_units` gives; files are read again where their headings now mean something else."""
        if options.wordings is self.options.wordings:
            return units_in(self.tables)
        return read_units(*self.paths, options=options)


def look_at(paths: Sequence[str | Path], options: ReadOptions) -> Look:
    """Look at files, folders of them, embedded tables by id, or `-`, read as `options` say."""
    tables = tuple(raw_tables(paths, options, units_wanted(options.wordings.blocs)))
    return Look(tuple(paths), kind_of(tables), options, tables)


def is_audit(path: str | Path) -> bool:
    """Whether a file is an audit that was written as JSON, by its ending."""
    return Path(path).suffix.lower() == ".json"


def kind_of(tables: Sequence[RawTable]) -> TableKind:
    """Whether tables are read as population or as staff tables.

    Staff tables are lists of people, and tables with staff and no residents. Anything else is taken for a
    population table, and reading it says what it lacks.
    """
    if any(table.source is not None and roster_columns(table) is not None for table in tables):
        return TableKind.STAFF
    if any(map(_has_residents, tables)) or not any(map(_has_staff, tables)):
        return TableKind.POPULATION
    return TableKind.STAFF


def _has_residents(table: RawTable) -> bool:
    """Whether a column has residents, be it of a forecast."""
    if "population" in table.columns:
        return True
    return (table.foretelling or table.of_group) and any(
        table.wordings.role_of(heading).thing == "population" for heading in table.header
    )


def _has_staff(table: RawTable) -> bool:
    return (
        bool({*table.wordings.blocs, "in_post"}.intersection(table.columns))
        or table.granting
        or table.partial
    )


def assigns_alone(tables: Sequence[RawTable]) -> bool:
    """Whether the tables hold posts that a decision assigned, and neither residents nor who is present."""
    if any(_has_residents(table) or _says_who_is_present(table) for table in tables):
        return False
    return any(bloc is not None for table in tables for bloc in table.assigned_blocs)


def _says_who_is_present(table: RawTable) -> bool:
    """Whether a bloc has a column of people; under a title of posts assigned one for all says of none."""
    of_all = () if table.granting else ("in_post",)
    return not {*table.wordings.blocs, *of_all}.isdisjoint(table.columns)


ASSIGNED = say("posts assigned, not of people present: --assigned reads it")
OTHERS: tuple[tuple[tuple[str, ...], Text], ...] = (
    (("home", "host"), say("people on loan: `quota secondments` and --secondments read it")),
    (("from_code", "to_code"), say("moves: `quota plan --check` and `quota progress` read it")),
    (("department",), say("people of departments: --departments reads it")),
    (("fields",), say("who covers which field: `quota fields --staff` and --fields read it")),
    (("field", "needed"), say("what is needed: --needs or, with a bloc, --positions reads it")),
    (("code_a", "code_b"), say("pairs of units: --neighbours or, with km, --distances reads it")),
    (("born", "sex"), say("people by age: --people reads it")),
    (("bloc", "day", "people"), say("people who leave or arrive: --leavers or --arrivals reads it")),
)
"""Columns that only tables of one other kind have together, with what they are about and who reads them."""


def other_kind(tables: Sequence[RawTable]) -> Text | None:
    """What tables are about that is neither residents, staff nor posts assigned; None where it may be."""
    if any(map(_has_residents, tables)) or any(map(_has_staff, tables)):
        return None
    shared = set.intersection(*(set(table.columns) for table in tables)) if tables else set()
    return next((about for columns, about in OTHERS if shared.issuperset(columns)), None)
