"""What reading population or staff tables leaves open: which of some columns is the one that is missing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from quota.core.how_read import letter
from quota.tables.columns.headings import could_be, figures_shown, holds_assigned_alone
from quota.tables.files.raw import RawTable, ReadOptions
from quota.tables.files.wordings import heading_key
from quota.tables.readers.by_bloc import is_by_bloc, with_blocs
from quota.tables.readers.roster.counting import is_roster
from quota.tables.readers.units.population import required_of_units
from quota.tables.readers.units.wanted import raw_tables, staff_wanted, units_wanted

_TEXTS = frozenset(("code", "name", "type"))


class Candidate(Struct, frozen=True):
    """A column that could be it: its heading, its letter, its first figures as written."""

    heading: str
    letter: str
    figures: tuple[str, ...]


class Question(Struct, frozen=True):
    """Which of the candidates is `column`.

    With `is_taken_twice` each of them is taken for it now, and those that are not it mean nothing.
    """

    file: str
    sheet: str | None
    column: str
    candidates: tuple[Candidate, ...]
    is_taken_twice: bool = False
    is_of_assigned: bool = False
    """Whether the table holds posts that were assigned, so that nothing but a person knows who is present."""
    is_foretold: bool = False
    """Whether the table's title speaks of a forecast, so that nothing but a person knows who lives there."""

    @property
    def key(self) -> tuple[str, tuple[str, ...]]:
        """What is asked, whichever sheet it is about: sheets of one shape are settled by one answer."""
        return self.column, tuple(heading_key(candidate.heading) for candidate in self.candidates)


def questions(
    population: Sequence[str | Path], staff: Sequence[str | Path], options: ReadOptions
) -> Iterator[Question]:
    """Each thing that is open in these tables and that the heading of a column could settle."""
    blocs = options.wordings.blocs
    for table in raw_tables(population, options, units_wanted(blocs)):
        if table.source is not None and not is_roster(table):
            yield from _open(table, required_of_units(table))
    for table in with_blocs(list(raw_tables(staff, options, staff_wanted(blocs)))):
        if table.source is not None and not is_roster(table):
            required: tuple[str, ...] = ("bloc", "in_post") if is_by_bloc(table) else tuple(map(str, blocs))
            one_of = () if {"code", "name"}.intersection(table.columns) else ("name",)
            yield from _open(table, (*one_of, *required))


def _open(table: RawTable, required: Sequence[str]) -> Iterator[Question]:
    columns = table.columns
    for column in dict.fromkeys(filter(None, columns)):
        if columns.count(column) > 1:
            yield from _question(
                table, column, [place for place, known in enumerate(columns) if known == column]
            )
    for column in required:
        if column not in columns:
            yield from _question(table, column, _places(table, column))


def _places(table: RawTable, column: str) -> list[int]:
    """Where the column could be: what its words speak for; where they speak for none, whatever is left."""
    free = [
        place
        for place, heading in enumerate(table.header)
        if heading.strip() and table.columns[place] in (None, "in_post")
    ]
    if column in table.wordings.blocs and holds_assigned_alone(table):
        return [place for place in free if table.wordings.role_of(table.header[place]).bloc == column]
    likely = [place for place in free if could_be(table, table.header[place], column)]
    has_figures = [place for place in free if bool(figures_shown(table, place)) is (column not in _TEXTS)]
    return likely or has_figures


def _question(table: RawTable, column: str, places: Sequence[int]) -> Iterator[Question]:
    """The question, unless nothing could be it, or an answer could not be told from another."""
    keys = [heading_key(table.header[place]) for place in places]
    if not keys or len(set(keys)) < len(keys):
        return
    candidates = tuple(
        Candidate(" ".join(table.header[place].split()), letter(place), figures_shown(table, place))
        for place in places
    )
    taken_twice = table.columns.count(column) > 1
    assigned = column in table.wordings.blocs and not taken_twice and holds_assigned_alone(table)
    foretold = column == "population" and not taken_twice and (table.foretelling or table.of_group)
    yield Question(table.file, table.sheet, column, candidates, taken_twice, assigned, foretold)
