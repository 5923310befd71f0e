"""A list of people as staff by unit and bloc: each person is one head, in one bloc of one unit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from quota.core.blocs import Blocs, ByBloc, group_name
from quota.core.how_read import UNDERSTOOD
from quota.core.problems import Problem, Severity
from quota.core.text import Text, count, say
from quota.core.units import Employment, Origin, StaffRow, StaffTable
from quota.tables.files.raw import RawTable, ReadOptions
from quota.tables.readers.roster.columns import RosterColumns, roster_columns
from quota.tables.readers.roster.entries import Entry, Vacancy
from quota.tables.readers.roster.people import Lister
from quota.tables.readers.roster.placing import Words

EMPLOYED: dict[Employment, Text] = {
    Employment.CIVIL_SERVANT: say("civil servants"),
    Employment.PUBLIC_EMPLOYEE: say("public employees"),
    Employment.CONTRACT: say("on contract"),
    Employment.PART_TIME: say("part-time"),
}
"""What each way of being employed is called."""

_Listed = tuple[RawTable, Entry]


def is_roster(table: RawTable) -> bool:
    """Whether a table lists people one by one."""
    return table.source is not None and roster_columns(table) is not None


class Heads(Struct, frozen=True):
    """Everybody in lists of people, each once; the vacant posts they list; all problems, none with a name."""

    kept: list[_Listed]
    vacancies: list[tuple[RawTable, Vacancy]]
    problems: list[Problem]


def listed_in(tables: Sequence[RawTable], options: ReadOptions, *, of_posts: bool = False) -> Heads:
    """Everybody in these lists, however employed; with the vacant posts where they are lists `of_posts`."""
    from quota.norms.loading import load_offices  # most tables are no lists of people

    words = Words(options.offices or load_offices())
    entries: list[_Listed] = []
    vacancies: list[tuple[RawTable, Vacancy]] = []
    problems: list[Problem] = []
    columned = [(table, found) for table in tables if (found := roster_columns(table)) is not None]
    for table, columns in columned:
        listed = Lister(table, columns, words, of_posts=of_posts).read()
        entries += [(table, entry) for entry in listed.entries]
        vacancies += [(table, vacancy) for vacancy in listed.vacancies]
        problems += _of_some(table)
        problems += [_nameless(problem, columns) for problem in (*table.problems, *listed.problems)]
    return Heads(list(_heads(entries, problems)), vacancies, problems)


def read_rosters(tables: Sequence[RawTable], options: ReadOptions) -> StaffTable:
    """The staff of every unit in these lists, by bloc, with all their problems; no problem holds a name.

    Those are counted who are employed as `options.counted` says; the others are said. In a bloc in which
    nobody of a unit is listed its staff is unknown, not zero.
    """
    found = listed_in(tables, options)
    kept, problems = found.kept, found.problems
    blocs = options.wordings.blocs
    counted = [(table, entry) for table, entry in kept if entry.employment in options.counted]
    rows = list(_rows(counted, blocs, problems))
    problems += not_counted(tables[0], kept, options)
    sources = tuple(table.source for table in tables if table.source is not None)
    in_short = in_short_of(tables[0], counted, options, units=len(rows))
    return StaffTable(tuple(rows), tuple(sorted(problems, key=by_position)), sources, (in_short,))


def _of_some(table: RawTable) -> Iterator[Problem]:
    """A warning where the title of a list says that it is of some only, or of who is to come."""
    if table.partial:
        message = say("the title speaks of some of the staff only; everybody in the list is counted")
        fix = say("see that it is a list of all staff")
        yield table.of_heading("some-only", message, fix, severity=Severity.WARNING)
    elif table.granting:
        message = say("the title speaks of posts, or of people to come; everybody in the list is counted")
        fix = say("see that it is a list of who is present")
        yield table.of_heading("not-present", message, fix, severity=Severity.WARNING)


def by_position(problem: Problem) -> tuple[str, str, int]:
    """Where a problem is in its files."""
    return problem.file or "", problem.sheet or "", problem.row or 0


def _nameless(problem: Problem, columns: RosterColumns) -> Problem:
    """The same without its cell: it may name a person."""
    known = {columns.header[place] for place in (*columns.known.values(), *columns.notes)}
    column = problem.column if problem.column in known else None
    return replace(problem, value=None, column=column)


def _heads(entries: Sequence[_Listed], problems: list[Problem]) -> Iterator[_Listed]:
    """One entry a person; of whom it cannot be told whether two rows are one person, none, with a problem."""
    groups: dict[tuple[str, ...], list[_Listed]] = {}
    for table, entry in entries:
        groups.setdefault(_key(entry), []).append((table, entry))
    for rows in groups.values():
        yield from rows if len(rows) == 1 else _one_head(rows, problems)


def _key(entry: Entry) -> tuple[str, ...]:
    """What is the same for one person: a number; a name and a birth date; a name within one unit."""
    if entry.is_number:
        return ("number", entry.identity)
    if entry.birth:
        return ("born", entry.identity, entry.birth)
    return ("name", entry.identity, entry.place)


def _one_head(rows: list[_Listed], problems: list[Problem]) -> Iterator[_Listed]:
    main = [(table, entry) for table, entry in rows if not entry.another]
    where = ", ".join(str(entry.row) for _, entry in rows)
    is_said = len(main) == 1
    certain = bool(rows[0][1].is_number or rows[0][1].birth)
    units, blocs = {entry.place for _, entry in rows}, {entry.bloc for _, entry in rows}
    if not certain and not is_said:
        fix = say("add a column of birth dates, or of people's numbers (mã cán bộ)")
        _add(problems, rows, "same-name", say("one name in one unit on the rows {rows}", rows=where), fix)
    elif not is_said and len(units) > 1:
        message = say("one person in several units, on the rows {rows}", rows=where)
        fix = say("write kiêm nhiệm in the note of the rows that do not count, or tell the people apart")
        _add(problems, rows, "several-units", message, fix)
    elif not is_said and len(blocs) > 1:
        message = say("one person in several blocs, on the rows {rows}", rows=where)
        fix = say("write kiêm nhiệm in the note of the rows that do not count")
        _add(problems, rows, "several-blocs", message, fix)
    else:
        message = say("one person on the rows {rows}; counted once", rows=where)
        _add(problems, rows, "several-offices", message, None, Severity.INFORMATION)
        yield main[0] if main else rows[0]


def _add(
    problems: list[Problem],
    rows: list[_Listed],
    code: str,
    message: Text,
    fix: Text | None,
    severity: Severity = Severity.ERROR,
) -> None:
    table, entry = rows[0]
    problems.append(table.problem(code, message, fix, severity=severity, row=entry.row))


def _rows(counted: Sequence[_Listed], blocs: Blocs, problems: list[Problem]) -> Iterator[StaffRow]:
    """A row for each unit, in the order they come."""
    units: dict[str, list[_Listed]] = {}
    for table, entry in counted:
        units.setdefault(entry.place, []).append((table, entry))
    for people in units.values():
        table, first = people[0]
        heads = Counter(entry.bloc for _, entry in people)
        for bloc in blocs:
            if bloc not in heads:
                message = say("nobody of the bloc {bloc} is listed here: unknown, not zero", bloc=bloc.name)
                fix = say("list them, or give their number in a staff table")
                _add(problems, people, "bloc-not-listed", message, fix, Severity.WARNING)
        staff = ByBloc.of(blocs, heads.get)
        origin = Origin(table.file, first.row, table.sheet)
        yield StaffRow(first.code or None, first.unit or None, staff, origin)


def in_short_of(table: RawTable, counted: Sequence[_Listed], options: ReadOptions, *, units: int) -> Problem:
    """Who is counted, in one line."""
    blocs = options.wordings.blocs
    message = count(
        "people one by one: {n} is counted ({who}), units: {units}",
        "people one by one: {n} are counted ({who}), units: {units}",
        n=sum(entry.bloc in blocs for _, entry in counted),
        units=units,
        who=_listing([EMPLOYED[kind] for kind in options.counted]),
    )
    return _of_table(table, UNDERSTOOD, message, say("--employment says who counts"), Severity.INFORMATION)


def not_counted(table: RawTable, kept: Sequence[_Listed], options: ReadOptions) -> Iterator[Problem]:
    """Who is not counted, and who is in no bloc of the frame."""
    employed = Counter(entry.employment for _, entry in kept)
    blocs = options.wordings.blocs
    elsewhere = Counter(
        entry.bloc for _, entry in kept if entry.employment in options.counted and entry.bloc not in blocs
    )
    for kind in Employment:
        if kind not in options.counted and employed[kind]:
            message = count(
                "{n} person is not counted: {who}",
                "{n} people are not counted: {who}",
                n=employed[kind],
                who=EMPLOYED[kind],
            )
            fix = say("--employment {kind} counts them", kind=kind)
            yield _of_table(table, "not-counted", message, fix, Severity.WARNING)
    for bloc, people in elsewhere.items():
        message = count(
            "{n} person of {bloc}, which is no bloc of this frame, is not counted",
            "{n} people of {bloc}, which is no bloc of this frame, are not counted",
            n=people,
            bloc=group_name(bloc),
        )
        yield _of_table(table, "not-counted", message, None, Severity.WARNING)


def _listing(texts: Sequence[Text]) -> Text:
    """The texts with commas between them."""
    places = [f"t{number}" for number in range(len(texts))]
    return Text(", ".join(f"{{{place}}}" for place in places), dict(zip(places, texts, strict=True)))


def _of_table(table: RawTable, code: str, message: Text, fix: Text | None, severity: Severity) -> Problem:
    return table.of_heading(code, message, fix, severity=severity)
