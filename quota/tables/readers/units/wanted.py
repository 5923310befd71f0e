"""Which tables stand behind paths, and what is wanted of each kind; what several say, each once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from msgspec.structs import replace

from quota.core.blocs import Blocs
from quota.core.units import InputFile
from quota.tables.files.raw import RawTable, ReadOptions, read_tables
from quota.tables.files.sources import named
from quota.tables.files.wordings import DEFAULT
from quota.tables.shipped.embedded import embedded_tables

UNIT_COLUMNS = ("code", "name", "type", "population")
PEOPLE = ("full_name", "post", "office")
"""Columns that a list of people has and no other table."""
Kind = tuple[tuple[str, ...], tuple[str, ...]]
"""Of a kind of table the columns that are wanted, and the figures it is about."""


def units_wanted(blocs: Blocs) -> Kind:
    """Of a population table."""
    return (*UNIT_COLUMNS, *blocs), ("population",)


def staff_wanted(blocs: Blocs) -> Kind:
    """Of a staff table, or of a list of people one by one."""
    return (*blocs, "code", "name", *PEOPLE), blocs


def raw_tables(paths: Sequence[str | Path], options: ReadOptions, kind: Kind) -> Iterator[RawTable]:
    """The tables behind paths before their cells are read; `kind` says what is wanted."""
    wanted, figures = kind
    shipped = {table.label for table in embedded_tables()}
    as_found = ReadOptions(wordings=DEFAULT.of_blocs(options.wordings.blocs))
    for given in paths:
        for path, label in named(given):
            how = as_found if label in shipped else options
            yield from read_tables(path, label, how, wanted, figures)


def pooled_figures(tables: Sequence[RawTable]) -> Mapping[str, Sequence[str]]:
    """The figures of several tables read as one: what a few cells leave open, the others may settle."""
    if len(tables) < 2:
        return {}
    cells: dict[str, list[str]] = {}
    for table in tables:
        for place, column in enumerate(table.columns):
            if column is not None and (column == "population" or column in table.wordings.blocs):
                cells.setdefault(column, []).extend(row.cells[place].strip() for row in table.rows)
    return cells


def sources_once(sources: Iterable[InputFile]) -> tuple[InputFile, ...]:
    """Each file once, with the rows of all its sheets."""
    found: dict[tuple[str, str], InputFile] = {}
    for source in sources:
        key = (source.path, source.sha256)
        rows = source.rows + (found[key].rows if key in found else 0)
        found[key] = replace(source, rows=rows)
    return tuple(found.values())
