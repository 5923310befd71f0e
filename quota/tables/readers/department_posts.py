"""Tables of a province's departments and their posts: provisional, assigned, present."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from msgspec import Struct

from quota.analysis.audit.annexes import Department
from quota.core.names import fold, tidy
from quota.core.problems import Problem, Severity, errors
from quota.core.text import key, say
from quota.core.units import InputFile
from quota.tables.columns.cells import CellReader
from quota.tables.columns.headings import Columns, two_columns, understand
from quota.tables.files.form import POSTS
from quota.tables.files.raw import AS_FOUND, RawTable, ReadOptions, Row
from quota.tables.files.roles import Measure, is_provisional
from quota.tables.readers.departments import is_called
from quota.tables.readers.units.wanted import raw_tables, sources_once

MAX_POSTS = 20_000
"""Absurd above this: no department of a province has as many civil servants."""
_KEYS = ("provisional", "assigned", "present")


class DepartmentTable(Struct, frozen=True):
    """The departments in the order they came in, all problems, the files behind them."""

    departments: tuple[Department, ...]
    problems: tuple[Problem, ...] = ()
    sources: tuple[InputFile, ...] = ()


def read_department_posts(*paths: str | Path, options: ReadOptions = AS_FOUND) -> DepartmentTable:
    """The departments of tables with a name and one of provisional (tạm giao), assigned (giao), present.

    A row of a unit, a total or the reserve is not looked for here. A department that is named twice, and a
    row without a name, are errors at their cell. Never raises for what a file holds: see `problems`.
    """
    tables = [_read(table) for table in raw_tables(paths, options, (("name", "in_post", POSTS), ()))]
    return DepartmentTable(
        tuple(department for table in tables for department in table.departments),
        tuple(problem for table in tables for problem in table.problems),
        sources_once(source for table in tables for source in table.sources),
    )


def _read(table: RawTable) -> DepartmentTable:
    if table.source is None:
        return DepartmentTable((), table.problems)
    columns, problems = understand(table, ("name",))
    found, doubled = _with_posts(table, columns)
    problems = (*problems, *doubled)
    if not errors(problems) and not any(key in found for key in _KEYS):
        message = say("no column of a department's posts")
        fix = say("add one; its heading may be: {headings}", headings=", ".join(_KEYS))
        problems = (
            *problems,
            table.of_heading("missing-column", message, fix),
        )
    if errors(problems):
        return DepartmentTable((), (*table.problems, *problems), (table.source,))
    reader = CellReader(table, found)
    rows_of: dict[str, Row] = {}
    departments: list[Department] = []
    for row in table.rows:
        name = tidy(reader.text(row, "name"))
        first = rows_of.setdefault(fold(name), row)
        if not name:
            reader.report(row, "name", "no-unit", say("no name"), say("say which department this is"))
        elif first is not row:
            message = say("already there on row {row}", row=str(first.number))
            reader.report(row, "name", "assigned-twice", message, say("a department has one row"))
        elif is_called(reader, row, "name", _KEYS):
            figures = {key: reader.people(row, key, MAX_POSTS) for key in _KEYS if key in found}
            departments.append(Department(name, **figures))
    return DepartmentTable(tuple(departments), (*problems, *reader.in_row_order()), reader.sources)


def _with_posts(table: RawTable, columns: Columns) -> tuple[Columns, list[Problem]]:
    """The columns with those of posts (provisional, assigned, present); a problem where two are one."""
    index, problems = dict(columns.index), []
    for place, heading in enumerate(table.header):
        role = table.wordings.role_of(heading)
        key = fold(heading) if fold(heading) in _KEYS else None
        if key is None and role.is_plain and not role.things and role.measure is Measure.ASSIGNED:
            key = "provisional" if is_provisional(heading) else "assigned"
        elif key is None and role.is_plain and not role.things and role.measure is Measure.PRESENT:
            key = "present"
        is_ignored = table.wordings.is_own(heading) and table.columns[place] is None
        if key is None or is_ignored:
            continue
        if (first := index.setdefault(key, place)) != place:
            problems.append(two_columns(table, key, table.header[first], heading))
    return Columns(index, columns.header), [*problems, *_unread(table, index)]


def _unread(table: RawTable, index: Mapping[str, int]) -> Iterator[Problem]:
    """A warning for each heading of posts, under two years as it may be, that no column is read for."""
    for heading in table.header:
        role = table.wordings.role_of(heading)
        called = "assigned" if role.measure is Measure.ASSIGNED else "present"
        called = "provisional" if called == "assigned" and is_provisional(heading) else called
        is_of_posts = role.measure in (Measure.ASSIGNED, Measure.PRESENT) and not role.part
        if is_of_posts and called not in index and not table.wordings.is_own(heading):
            message = say("the heading speaks of {column}, and is not understood", column=key(called))
            fix = say("call the one that holds {key}", key=called)
            yield table.of_heading(
                *("unread-column", message, fix), severity=Severity.WARNING, column=heading
            )
