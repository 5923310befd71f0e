"""Departments' people: who can leave for a commune for good, and who can be seconded."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from quota.core.blocs import BLOCS
from quota.core.moves import ANY, Place, Pool
from quota.core.names import keys_by_words, spelled_alike, tidy
from quota.core.plan_tables import PoolTable
from quota.core.problems import Severity
from quota.core.text import say
from quota.tables.columns.cells import MAX_STAFF, CellReader
from quota.tables.files.raw import AS_FOUND, ReadOptions, Row
from quota.tables.readers.one_table import cells_of, one_table
from quota.tables.readers.persons import is_a_place
from quota.tables.shipped.provinces import find_province


def _names_nobody(department: str, field: str) -> bool:
    """Whether neither text can be a person's name."""
    return is_a_place(department) and (not field or spelled_alike(field) in keys_by_words(BLOCS))


def is_called(reader: CellReader, row: Row, column: str, figures: Sequence[str]) -> bool:
    """Whether a department's cell may be its name: a note's number, or a label with a colon, is none.

    A text alone in its row, or without `figures` and with no capital in front, is warned of: it may be the
    end of the name above it.
    """
    name = tidy(reader.text(row, column))
    if name.endswith(":") or not any(map(str.isalpha, name)):
        message = say("no department's name"), say("remove the row if it is a note")
        reader.report(row, column, "no-name", *message)
        return False
    goes_on = not name[0].isupper() and not any(reader.text(row, figure) for figure in figures)
    if goes_on or sum(bool(cell.strip()) for cell in row.cells) == 1:
        message = say("without a figure"), say("remove the row if it is a note, or the end of the name above")
        reader.report(row, column, "name-alone", *message, severity=Severity.WARNING)
    return True


def read_departments(path: str | Path, options: ReadOptions = AS_FOUND) -> PoolTable:
    """The rows of a table `department, field, transfer, secondment`; `lon`, `lat`, `province` where known.

    `field` is the bloc or position whose posts the people can fill, as written; blank is any. A person is
    counted under `transfer` or under `secondment`, not both; blank is nobody known. A department's points
    must agree.
    """
    table = one_table(path, options, ("department", "field", "transfer", "secondment"))
    reader = cells_of(table, ("department", "transfer", "secondment"))
    pools: dict[Place, Pool] = {}
    points: dict[str, tuple[float, float]] = {}
    provinces: dict[str, str] = {}
    first: dict[str, str] = {}
    seen: set[tuple[str, str]] = set()
    for row in reader.table.rows:
        written, field = tidy(reader.text(row, "department")), tidy(reader.text(row, "field"))
        name = first.setdefault(spelled_alike(written), written)
        place = Place(name, field or ANY)
        alike = (spelled_alike(name), keys_by_words(BLOCS).get(spelled_alike(field), spelled_alike(field)))
        province = tidy(reader.text(row, "province"))
        if table.names_people and find_province(province) is None:
            province = ""
        if name and table.names_people and not _names_nobody(name, field):
            message = say("in a list of people, neither an office nor a bloc")
            reader.report(row, "department", "no-name", message, say("cells of the row may have slipped"))
            continue
        if not name:
            reader.report(row, "department", "no-name", say("no department"), say("fill it in"))
        elif not is_called(reader, row, "department", ("transfer", "secondment")):
            continue
        elif alike in seen:
            message = say("this department and field are there already")
            reader.report(row, "department", "doubled-row", message, say("add the two up"))
        else:
            transfer = reader.people(row, "transfer", MAX_STAFF)
            secondment = reader.people(row, "secondment", MAX_STAFF)
            pools[place] = Pool(place, transfer or 0, secondment or 0)
        seen.add(alike)
        if province and provinces.setdefault(name, province) != province:
            message = say("this department already has another province")
            reader.report(row, "province", "two-provinces", message, say("correct one of the two"))
        lon, lat = reader.measure(row, "lon", float), reader.measure(row, "lat", float)
        if lon is not None and lat is not None and points.setdefault(name, (lon, lat)) != (lon, lat):
            message = say("this department already has another point")
            reader.report(row, "lon", "two-points", message, say("give one point, or two departments"))
    return PoolTable(tuple(pools.values()), points, provinces, reader.found, reader.sources)
