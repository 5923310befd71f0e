"""Where each known column of a table stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from quota.core.problems import Problem
from quota.core.text import say
from quota.tables.files.raw import RawTable
from quota.tables.files.wordings import ALIASES, DAY_FIRST, DEFAULT

__all__ = ["ALIASES", "DAY_FIRST", "Columns", "known_column", "understand"]


def known_column(heading: str) -> str | None:
    """The column that a heading means, if it is one that is known."""
    return DEFAULT.column_of(heading)


class Columns(Struct, frozen=True):
    """Where each known column stands, and what all columns are called in the file."""

    index: Mapping[str, int]
    header: Sequence[str]

    def __contains__(self, column: str) -> bool:
        return column in self.index

    def heading(self, column: str) -> str:
        """The column's heading as written."""
        return self.header[self.index[column]]

    def headings(self) -> dict[str, str]:
        """Every known column's heading as written."""
        return {column: self.heading(column) for column in self.index}


def understand(
    table: RawTable, required: Iterable[str], one_of: Sequence[str] = ()
) -> tuple[Columns, tuple[Problem, ...]]:
    """Find the known columns.

    A known column that is there twice is a problem; so is a `required` one that is missing, and a table that
    has none of the columns in `one_of`.
    """
    index: dict[str, int] = {}
    problems: list[Problem] = []
    for position, heading in enumerate(table.header):
        column = table.wordings.column_of(heading)
        if column is None:
            continue
        if column in index:
            first = table.header[index[column]]
            problems.append(
                table.problem(
                    "ambiguous-column",
                    say('two columns could be the {column}: "{first}" and this', column=column, first=first),
                    say('rename or remove one of them, or set one to "ignore" in a file for --columns'),
                    row=table.header_row,
                    column=heading,
                )
            )
        else:
            index[column] = position
    missing = [column for column in required if column not in index]
    if one_of and not any(column in index for column in one_of):
        missing.insert(0, one_of[0])
    problems.extend(
        table.problem(
            "missing-column",
            say("no column for {column}", column=column),
            say("add one; its heading may be: {headings}", headings=", ".join(ALIASES[column][:10])),
            row=table.header_row,
            column=column,
        )
        for column in missing
    )
    return Columns(index, table.header), tuple(problems)
