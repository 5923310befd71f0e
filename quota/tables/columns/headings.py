"""Where each known column of a table is."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import islice

from msgspec import Struct

from quota.core.names import fold, without_accents
from quota.core.problems import Problem
from quota.core.text import Text, key, say
from quota.tables.columns.types import type_called
from quota.tables.files.aliases import ALIASES, DAY_FIRST
from quota.tables.files.raw import RawTable
from quota.tables.files.roles import Measure
from quota.tables.files.wordings import DEFAULT

__all__ = ["ALIASES", "DAY_FIRST", "Columns", "known_column", "understand"]


_SHOWN, _LONGEST = 3, 12
"""As many figures of a column are shown; what is longer is no figure."""


def known_column(heading: str) -> str | None:
    """The column that a heading means, if it is one that is known."""
    return DEFAULT.column_of(heading)


class Columns(Struct, frozen=True):
    """The place of each known column, and the headings of all columns as the file writes them."""

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
            problems.append(two_columns(table, column, first, heading))
        else:
            index[column] = position
    if "type" not in index and "unit_class" in index and _is_type(table, index["unit_class"]):
        index["type"] = index.pop("unit_class")
    missing = [column for column in required if column not in index]
    if one_of and not any(column in index for column in one_of):
        missing.insert(0, one_of[0])
    if any(column in table.wordings.blocs for column in missing) and (granted := _granted(table)) is not None:
        problems.append(granted)
        missing = [column for column in missing if column not in table.wordings.blocs]
    problems.extend(
        table.of_heading("missing-column", _missing(table, column), _way_out(table, column), column=column)
        for column in missing
    )
    return Columns(index, table.header), tuple(problems)


def two_columns(table: RawTable, column: str, first: str, heading: str) -> Problem:
    """What is wrong where two headings mean one column."""
    return table.of_heading(
        "ambiguous-column",
        say('two columns could be the {column}: "{first}" and this', column=key(column), first=first),
        say('rename or remove one of them, or set one to "ignore" in a file for --columns'),
        column=heading,
    )


def holds_assigned_alone(table: RawTable) -> bool:
    """Whether a table holds posts that a decision assigned, where people present are missing."""
    return table.granting or any(
        table.wordings.role_of(heading).measure is Measure.ASSIGNED for heading in table.header
    )


def _granted(table: RawTable) -> Problem | None:
    """What is wrong where a table holds the posts that a decision assigned, and no people present."""
    if table.granting:
        message = say("the title speaks of posts assigned, planned or lacking; nothing says who is present")
    elif holds_assigned_alone(table):
        message = say("the table has the posts assigned; no column says who is present")
    else:
        return None
    fix = say(
        "give a table of people present; if these are people present, say in a file for --columns which "
        "column is which bloc"
    )
    return table.of_heading("only-assigned", message, fix)


def _missing(table: RawTable, column: str) -> Text:
    if column == "population" and (table.foretelling or table.of_group):
        return say(
            "the title speaks of a forecast, a plan or some residents; nothing says who lives there now"
        )
    if column in table.wordings.blocs and table.partial:
        return say(
            "the title speaks of some of the staff, or of others as well; nothing says who is present of "
            "{column}",
            column=key(column),
        )
    return say("no column for {column}", column=key(column))


def _is_type(table: RawTable, place: int) -> bool:
    """Whether "Loại đơn vị hành chính" is xã, phường, đặc khu in this table, not the class I, II, III."""
    if fold(table.header[place]) not in {fold(alias) for alias in ALIASES["type"]}:
        return False
    written = {text for row in table.rows if (text := row.cells[place].strip())}
    return all(type_called(text) is not None for text in written)


def _way_out(table: RawTable, column: str) -> Text:
    """How to settle a column that is missing: the headings that could be it, with their first figures."""
    free = [place for place, heading in enumerate(table.header) if heading.strip() and _is_free(table, place)]
    candidates = [place for place in free if could_be(table, table.header[place], column)]
    if candidates:
        return say(
            "if it is one of {candidates}, write it in a file for --columns, as in {line}",
            candidates="; ".join(_with_figures(table, place) for place in candidates[:5]),
            line=own_line(table.header[candidates[0]], column),
        )
    names = "; ".join(f'"{heading}"' for heading in table.wordings.headings_of(column)[:10])
    if not free:
        return say("add one; its heading may be one of {headings}", headings=names)
    nearest = _nearest([table.header[place] for place in free], table.wordings.headings_of(column))
    return say(
        "if it is one of {found}, write its heading, a comma and {column} in a file for --columns (a heading "
        "that has a comma stands in double quotes); else add one; its heading may be one of {headings}",
        found="; ".join(f'"{heading}"' for heading in nearest[:8]),
        column=column,
        headings=names,
    )


def _is_free(table: RawTable, place: int) -> bool:
    return table.columns[place] in (None, "in_post")


def _with_figures(table: RawTable, place: int) -> str:
    figures = _first_figures(table, place)
    return f'"{table.header[place]}" ({", ".join(figures)})' if figures else f'"{table.header[place]}"'


def own_line(heading: str, column: str) -> str:
    """The line of a file for --columns that says so; a heading with a comma is in quotes."""
    written = io.StringIO()
    csv.writer(written, lineterminator="").writerow((heading, column))
    return written.getvalue()


def _nearest(headings: Sequence[str], wanted: Sequence[str]) -> list[str]:
    """These headings, those first that are written most like one that is wanted."""

    def likeness(heading: str) -> float:
        plain = without_accents(fold(heading))
        return max(SequenceMatcher(None, plain, without_accents(fold(each))).ratio() for each in wanted)

    return sorted(headings, key=likeness, reverse=True)


def could_be(table: RawTable, heading: str, column: str) -> bool:
    """Whether a heading's words speak for a column that they do not mean for certain."""
    role = table.wordings.role_of(heading)
    if column in table.wordings.blocs:
        whose = role.bloc == column or (not role.blocs and role.measure is Measure.PRESENT)
        return whose and role.measure in (None, Measure.PRESENT)
    return column in role.things


def figures_shown(table: RawTable, place: int) -> tuple[str, ...]:
    """A column's first figures, as written; text is not shown, it may be about a person."""
    cells = (row.cells[place].strip() for row in table.rows)
    found = (text for text in cells if text.lstrip("-")[:1].isdigit() and len(text) <= _LONGEST)
    return tuple(islice(found, _SHOWN))


def _first_figures(table: RawTable, place: int) -> list[str]:
    """The first figures under a heading; text is not shown, it may be about a person."""
    cells = (row.cells[place].strip() for row in table.rows)
    return [text for text in cells if text and text[0].isdigit() and len(text) < 12][:2]
