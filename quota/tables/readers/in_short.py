"""How population or staff tables were read, in one line: which column is what, units, rows, sheets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from quota.core.how_read import HOW_READ, UNDERSTOOD, letter
from quota.core.problems import Problem, Severity
from quota.core.text import LocalText, Text, count, say
from quota.tables.files.raw import RawTable
from quota.tables.files.roles import assigned_key

_HEADINGS_SHOWN = 3
"""As many different headings of one column are shown, where sheets call it differently."""


def in_short(
    tables: Sequence[RawTable], units: int, problems: Sequence[Problem], *, assigned: bool = False
) -> tuple[Problem, ...]:
    """One remark that stands for all remarks on how the tables were read; none where there are none.

    `units` counts those that were read from them, `problems` are all of theirs; `assigned` posts alone were
    read from tables of them.
    """
    remarks = sum(problem.code in HOW_READ for problem in problems)
    read = [table for table in tables if table.source is not None]
    columns = tuple(_columns(read, assigned=assigned))
    if not remarks or not columns:
        return ()
    left_out = sum(problem.code == "left-out" for problem in problems)
    files = {table.file for table in read}
    sheets = len({(table.file, table.sheet) for table in read})
    said = [
        *columns,
        count(
            "{n} unit of {rows} rows",
            "{n} units of {rows} rows",
            n=units,
            rows=sum(len(t.rows) for t in read),
        ),
        *([count("{n} sheet", "{n} sheets", n=sheets)] if sheets > len(files) else []),
        *([count("{n} file", "{n} files", n=len(files))] if len(files) > 1 else []),
    ]
    if left_out:
        said.append(count("{n} other row left out", "{n} other rows left out", n=left_out))
    fix = count(
        "in detail: quota read; --verbose lists {n} remark",
        "in detail: quota read; --verbose lists {n} remarks",
        n=remarks,
    )
    return (
        Problem(
            UNDERSTOOD,
            Severity.INFORMATION,
            _joined(said),
            fix,
            file=next(iter(files)) if len(files) == 1 else None,
        ),
    )


def _columns(tables: Sequence[RawTable], *, assigned: bool) -> Iterator[Text]:
    """Each column of figures: what it is, its headings, its letters."""
    blocs = tables[0].wordings.blocs if tables else ()
    called: dict[str, Text | LocalText] = {
        "population": say("residents"),
        **{bloc: bloc.name for bloc in blocs},
        "in_post": say("people present"),
    }
    meanings = [(table, _assigned(table) if assigned else table.columns) for table in tables]
    called |= {assigned_key(bloc): say("assigned posts, {bloc}", bloc=bloc.name) for bloc in blocs}
    for column, what in called.items():
        found = dict.fromkeys(
            (" ".join(heading.split()), letter(place))
            for table, meant in meanings
            for place, heading in enumerate(table.header)
            if meant[place] == column
        )
        if found:
            shown = [
                say('"{heading}", column {letter}', heading=heading, letter=where)
                for heading, where in list(found)[:_HEADINGS_SHOWN]
            ]
            yield say("{what}: {headings}", what=what, headings=_joined(shown, " | "))


def _assigned(table: RawTable) -> list[str | None]:
    """For each column of a table of assigned posts the key of its bloc; None for any other."""
    return [assigned_key(bloc) if bloc is not None else None for bloc in table.assigned_blocs]


def _joined(texts: Sequence[Text], between: str = "; ") -> Text:
    places = {f"part_{place}": text for place, text in enumerate(texts)}
    return Text(between.join(f"{{{name}}}" for name in places), places)
