"""Columns of the posts that a decision assigned (biên chế được giao), bloc by bloc."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from quota.core.blocs import UNKNOWN_STAFF, Blocs, ByBloc, Staff, by_column, group_name
from quota.core.names import fold, tidy
from quota.core.problems import Problem, Severity
from quota.core.text import say
from quota.core.units import Decision, Origin, Reserve
from quota.tables.columns.cells import MAX_STAFF, CellReader
from quota.tables.columns.headings import DAY_FIRST, Columns
from quota.tables.files.raw import RawTable
from quota.tables.files.roles import Measure, assigned_key, is_assigned_key

MAX_RESERVE = 100_000
"""Absurd above this: no province has as many posts in all its communes."""

DECISION, DECIDED = "assigned_decision", "assigned_date"
"""What the columns are called that say which decision assigned the posts, and on which day."""
_HEADINGS: Mapping[str, tuple[str, ...]] = {
    DECISION: (
        *(DECISION, "decision", "quyết định", "quyết định số", "số quyết định", "quyết định giao"),
        *("quyết định giao biên chế", "số quyết định giao", "số, ký hiệu quyết định"),
    ),
    DECIDED: (
        *(DECIDED, "decision_date", "ngày quyết định", "ngày ban hành quyết định", "ngày ký quyết định"),
        *("ngày giao", "ngày giao biên chế"),
    ),
}


def with_assigned_columns(table: RawTable, columns: Columns) -> tuple[Columns, tuple[Problem, ...]]:
    """The columns with those of assigned posts, each under `assigned_key` of its bloc.

    Which they are is said by the table's `assigned_blocs`. Where several are of one bloc, nobody can say
    which decision holds: none is read, with a warning, but for one that is called by the key.
    """
    found: dict[str, list[int]] = {}
    for place, bloc in enumerate(table.assigned_blocs):
        if bloc is not None:
            found.setdefault(bloc, []).append(place)
    index, problems = dict(columns.index), []
    for bloc, places in found.items():
        named = [place for place in places if is_assigned_key(table.header[place], bloc)] or places
        if len(named) == 1:
            index[assigned_key(bloc)] = named[0]
            continue
        message = say(
            'posts of {bloc} are assigned in {n} columns, "{first}" and this: none is read',
            bloc=group_name(bloc, table.wordings.blocs),
            n=len(named),
            first=table.header[named[0]],
        )
        fix = say("call the one that holds {key}", key=assigned_key(bloc))
        heading = table.header[named[1]]
        problems.append(
            table.of_heading(*("assigned-twice", message, fix), severity=Severity.WARNING, column=heading)
        )
    for heading, meant in zip(table.header, table.columns, strict=True):
        role = table.wordings.role_of(heading)
        of_posts = role.measure is Measure.ASSIGNED or (table.granting and role.measure is None)
        is_unread = meant is None and role.bloc not in found and not table.wordings.is_own(heading)
        if is_unread and role.bloc is not None and of_posts and not role.part:
            message = say(
                "speaks of posts assigned to {bloc}, and is not understood: none is read",
                bloc=group_name(role.bloc, table.wordings.blocs),
            )
            fix = say("call the one that holds {key}", key=assigned_key(role.bloc))
            problems.append(
                table.of_heading("unread-column", message, fix, severity=Severity.WARNING, column=heading)
            )
    if found:
        index |= _decision_columns(table, columns)
    return Columns(index, columns.header), tuple(problems)


def _decision_columns(table: RawTable, columns: Columns) -> dict[str, int]:
    """Where the columns of the decision are; in a table of assigned posts any day is the decision's."""
    index: dict[str, int] = {}
    for place, heading in enumerate(table.header):
        said = fold(heading).removesuffix(DAY_FIRST).strip()
        for column, headings in _HEADINGS.items():
            if said in map(fold, headings):
                index.setdefault(column, place)
    if table.granting and DECIDED not in index and "day" in columns:
        index[DECIDED] = columns.index["day"]
    return index


def decisions_of(reader: CellReader) -> list[Decision | None]:
    """The decision of each row; None where the table does not say."""
    rows = reader.table.rows
    if DECISION not in reader.columns and DECIDED not in reader.columns:
        return [None] * len(rows)
    from quota.tables.columns.dates import read_dates  # few tables say which decision assigned their posts

    days = read_dates(reader, rows, DECIDED)
    numbers = [tidy(text) or None for text in reader.column(DECISION)]
    return [
        Decision(number, days.get(row.number)) if number or row.number in days else None
        for number, row in zip(numbers, rows, strict=True)
    ]


def assigned_places(columns: Columns, blocs: Blocs) -> frozenset[int]:
    """The places of the columns of assigned posts, and of those of their decision."""
    keys = [*map(assigned_key, blocs), DECISION, DECIDED]
    return frozenset(columns.index[key] for key in keys if key in columns)


def has_assigned(reader: CellReader) -> bool:
    """Whether a column of assigned posts was found."""
    return any(assigned_key(bloc) in reader.columns for bloc in reader.table.wordings.blocs)


def assigned_posts(reader: CellReader) -> Sequence[Staff]:
    """The assigned posts of all rows by bloc; of no bloc where the table has no such column."""
    blocs = reader.table.wordings.blocs
    if not has_assigned(reader):
        return [UNKNOWN_STAFF] * len(reader.table.rows)
    counts = [reader.counts(assigned_key(bloc), MAX_STAFF) for bloc in blocs]
    return [ByBloc(blocs, posts) for posts in zip(*counts, strict=True)]


def assigned_by_column(posts: Iterable[Staff], blocs: Blocs) -> dict[str, list[int | None]]:
    """The assigned posts of all rows by column, for holding totals rows against them."""
    return {assigned_key(bloc): counts for bloc, counts in by_column(list(posts), blocs).items()}


def reserves_of(reader: CellReader) -> tuple[Reserve, ...]:
    """The reserves that the table states; none where it has no column of assigned posts."""
    if not has_assigned(reader):
        return ()
    table, blocs = reader.table, reader.table.wordings.blocs
    return tuple(
        Reserve(
            reader.text(row, "province") or table.province or None,
            ByBloc.of(blocs, lambda bloc, row=row: reader.people(row, assigned_key(bloc), MAX_RESERVE)),  # type: ignore[misc]  # the default binds this turn's row
            Origin(table.file, row.number, table.sheet),
        )
        for row in table.reserve
    )
