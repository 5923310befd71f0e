"""Read the tables that were typed, with the defaults; say on stderr what is worth knowing of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, TypeVar

from msgspec.structs import replace

from quota.cli.frames import AS_THEY_ARE, Unknowns
from quota.cli.options import WorkTables
from quota.cli.reading import AS_FOUND, Reading
from quota.core.blocs import BLOCS, Blocs
from quota.core.problems import refusal
from quota.core.text import count, say
from quota.core.units import StaffTable, UnitTable
from quota.render.kit.output import mention
from quota.tables.files.raw import ReadOptions
from quota.tables.readers.units.population import read_units
from quota.tables.shipped.country import official_codes, on_day, registry_for
from quota.tables.shipped.embedded import DEFAULT_POPULATION, DEFAULT_STAFF
from quota.tables.shipped.provinces import find_province

if TYPE_CHECKING:
    from quota.analysis.work.working import Work

T = TypeVar("T", UnitTable, StaffTable)


def read_inputs(
    population: str | Sequence[str] | None,
    staff: str | Sequence[str] | None,
    how: Reading = AS_FOUND,
    unknowns: Unknowns = AS_THEY_ARE,
    *,
    as_of: date,
    blocs: Blocs,
) -> tuple[UnitTable, StaffTable | None]:
    """The tables asked for, with staff of these blocs; with neither, the embedded province and its sample.

    The embedded country's units have the names and types of `as_of`; the terrain table says what theirs does
    not say of terrain.
    """
    paths, present = _listed(population), _listed(staff)
    if not paths and not present:
        present = [DEFAULT_STAFF]
    refuse_empty(*paths, *present)
    tables = paths or [DEFAULT_POPULATION]
    options = settled(how, blocs, tables, present)
    units = settled_units(on_day(read_population(tables, options), as_of), unknowns.terrain, how, blocs)
    return units, read_people_present(present, options) if present else None


def _listed(given: str | Sequence[str] | None) -> list[str]:
    return [given] if isinstance(given, str) else list(given or ())


def settled(
    how: Reading, blocs: Blocs = BLOCS, population: Sequence[str] = (), staff: Sequence[str] = ()
) -> ReadOptions:
    """How to read these tables, with what was asked about them where `--ask` was given."""
    if not how.asks:
        return how.options(blocs)
    from quota.cli.asking import ask_about  # only where somebody is there to answer

    return ask_about(how, blocs, population, staff)


def read_population(paths: Sequence[str], options: ReadOptions) -> UnitTable:
    """The units of population tables; how they were read is said in short before their other problems."""
    return how_read_first(read_units(*paths, options=options))


def how_read_first(table: T) -> T:
    """The same table, how it was read said in short before its other problems."""
    return replace(table, problems=(*table.in_short, *table.problems), in_short=())


def read_people_present(paths: Sequence[str], options: ReadOptions) -> StaffTable:
    """The rows of staff tables, as `read_population` gives units."""
    from quota.tables.readers.units.staff import read_staff  # many a table has its people beside its units

    return how_read_first(read_staff(*paths, options=options))


def read_assignment(path: str | None, how: Reading = AS_FOUND, blocs: Blocs = BLOCS) -> StaffTable | None:
    """The table of assigned posts that was asked for; None for none."""
    if path is None:
        return None
    from quota.tables.readers.units.staff import read_assigned  # as above

    refuse_empty(path)
    return how_read_first(read_assigned(path, options=how.options(blocs)))


def settled_units(
    units: UnitTable, terrain: str | None, how: Reading = AS_FOUND, blocs: Blocs = BLOCS
) -> UnitTable:
    """The units with the terrain that the table asked for says of them."""
    if terrain is None:
        return units
    from quota.analysis.audit.settling import with_terrain  # most runs have no such table
    from quota.tables.readers.terrain import read_terrain_table

    refuse_empty(terrain)
    table = read_terrain_table(terrain, options=how.options(blocs))
    return with_terrain(units, table, official_codes())


def refuse_empty(*names: str | None) -> None:
    """Refuse an empty name: it is a variable that a script forgot to set, and no default is meant by it."""
    if any(name is not None and not name.strip() for name in names):
        message = say("a table's name is empty")
        fix = say("name a file or an embedded table; leave the argument out for the embedded province")
        raise refusal("empty-name", message, fix)


def tell_findings(units: UnitTable, named: Sequence[str] | None) -> None:
    """One line on stderr where `quota check` finds something in the population tables."""
    from quota.analysis.checks.checking import check

    found = check(units, registry_for(units), find_province).findings
    said, codes = {*units.problems}, {problem.code for problem in units.problems}
    new = [
        finding.problem
        for finding in found
        if finding.problem.code not in codes or finding.problem not in said
    ]
    beyond = [problem for problem in new if problem.code != "blank-population"]
    if beyond:
        line = count(
            "{n} finding about the population table: quota check {files} shows it.",
            "{n} findings about the population table: quota check {files} shows them.",
            n=len(beyond),
            files=" ".join(named or [DEFAULT_POPULATION]),
        )
        mention(line)


def read_work(tables: WorkTables, blocs: Blocs, how: Reading = AS_FOUND) -> Work:
    """The tables about work that were asked for; `InputError` for needs without anything to compare."""
    from quota.analysis.work.working import Work  # what most runs are not about is imported only on use
    from quota.norms.loading import load_fields
    from quota.tables.readers.fields import read_holders, read_needs
    from quota.tables.readers.secondments import read_secondments

    refuse_empty(tables.fields, tables.needs, tables.secondments)
    if tables.needs is not None and tables.fields is None:
        message = say("needs are compared with who covers which field, and no table says that")
        fix = say("give it with --fields FILE")
        raise refusal("no-fields", message, fix, value=tables.needs)
    options = how.options(blocs)
    return Work(
        load_fields(tables.field_rules),
        read_holders(tables.fields, options) if tables.fields is not None else None,
        read_needs(tables.needs, options) if tables.needs is not None else None,
        read_secondments(tables.secondments, blocs, options) if tables.secondments is not None else None,
    )
