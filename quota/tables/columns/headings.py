"""Where each known column of a table stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from quota.core.problems import Problem
from quota.core.text import Text, say
from quota.tables.files.raw import RawTable
from quota.tables.files.roles import Measure
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
    for position, (heading, column) in enumerate(zip(table.header, table.columns, strict=True)):
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
    if any(column in table.wordings.blocs for column in missing) and (granted := _granted(table)) is not None:
        problems.append(granted)
        missing = [column for column in missing if column not in table.wordings.blocs]
    problems.extend(
        table.problem(
            "missing-column",
            say("no column for {column}", column=column),
            _way_out(table, column),
            row=table.header_row,
            column=column,
        )
        for column in missing
    )
    return Columns(index, table.header), tuple(problems)


def holds_assigned_alone(table: RawTable) -> bool:
    """Whether a table holds posts that a decision assigned, where people present are missing."""
    return table.granting or any(
        table.wordings.role_of(heading).measure is Measure.ASSIGNED for heading in table.header
    )


def _granted(table: RawTable) -> Problem | None:
    """What is wrong where a table holds the posts that a decision assigned, and no people present."""
    if table.granting:
        message = say("the title says that posts are assigned here; nothing says who is present")
    elif holds_assigned_alone(table):
        message = say("the table has the posts assigned; no column says who is present")
    else:
        return None
    fix = say(
        "give a table of people present; if these are people present, say in a file for --columns which "
        "column is which bloc"
    )
    return table.problem("only-assigned", message, fix, row=table.header_row)


def _way_out(table: RawTable, column: str) -> Text:
    """How to settle a column that is missing: the headings that could be it, with their first figures."""
    candidates = [
        f'"{heading}" ({", ".join(figures)})' if (figures := _first_figures(table, place)) else f'"{heading}"'
        for place, heading in enumerate(table.header)
        if heading.strip() and table.columns[place] in (None, "in_post") and could_be(table, heading, column)
    ]
    if candidates:
        return say(
            "if it is one of {candidates}, say so in a file for --columns: its heading, a comma, {column}",
            candidates="; ".join(candidates[:5]),
            column=column,
        )
    return say(
        "add one; its heading may be: {headings}", headings=", ".join(table.wordings.headings_of(column)[:10])
    )


def could_be(table: RawTable, heading: str, column: str) -> bool:
    """Whether a heading's words speak for a column that they do not mean for certain."""
    role = table.wordings.role_of(heading)
    if column in table.wordings.blocs:
        whose = role.bloc == column or (not role.blocs and role.measure is Measure.PRESENT)
        return whose and role.measure in (None, Measure.PRESENT)
    return column in role.things or (column == "population" and "households" in role.things)


def _first_figures(table: RawTable, place: int) -> list[str]:
    """The first figures under a heading; text is not shown, it may be about a person."""
    cells = (row.cells[place].strip() for row in table.rows)
    return [text for text in cells if text and text[0].isdigit() and len(text) < 12][:2]
