"""From a table's columns as they are to residents, type and staff as the arithmetic takes them.

What a cell may be is what `quota.tables.columns.cells` lets it be; what it may not be is null here, and its
column is named in `problem`.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import Any

import narwhals as nw
from msgspec import Struct
from msgspec.structs import replace

from quota.bulk.cells import NOT_LOOKED_AT, Written, how_written, people_in, says_something
from quota.core.blocs import Bloc, Blocs
from quota.core.names import without_accents
from quota.core.problems import InputError, Problem, Severity, refuse_errors
from quota.core.text import Text, key, say
from quota.core.units import UnitType
from quota.tables.columns.assigned import with_assigned_columns
from quota.tables.columns.cells import MAX_RESIDENTS, MAX_STAFF
from quota.tables.columns.headings import understand
from quota.tables.files.raw import RawTable
from quota.tables.files.roles import assigned_key
from quota.tables.files.units_said import PEOPLE, unit_at_end
from quota.tables.files.wordings import DEFAULT

PROBLEM = "problem"
_NAMES = {UnitType.COMMUNE: "xã", UnitType.WARD: "phường", UnitType.SPECIAL_ZONE: "đặc khu"}
_SHORT = {UnitType.COMMUNE: ("x",), UnitType.WARD: ("p",), UnitType.SPECIAL_ZONE: ("đk", "dk")}
RESIDENTS = "__quota_residents"
"""Residents while the figures are made: null where they, or the type of the unit, are unknown."""
TYPE = "__quota_type"

SPACE = " \t\r\n\v\f"
TEXT = (nw.String, nw.Categorical, nw.Enum)
_NEEDED = ("type", "population")


def staff_column(bloc: Bloc) -> str:
    """The name of the column of a bloc's people in post."""
    return f"{bloc}_staff"


def type_spellings() -> dict[UnitType, tuple[str, ...]]:
    """How each type may be written, in small letters: English, Vietnamese, with and without accents."""
    spellings = {}
    for unit_type in UnitType:
        name = _NAMES[unit_type]
        found = {unit_type.value, unit_type.value.replace("_", " "), name, without_accents(name)}
        found.update(_SHORT[unit_type])
        found |= {spelling.replace(" ", "-") for spelling in found}
        found |= {unicodedata.normalize("NFD", spelling) for spelling in found}
        spellings[unit_type] = tuple(sorted(found))
    return spellings


class Settled(Struct, frozen=True):
    """Decisions of the whole table on its columns: each column's heading, and how text in it is written."""

    found: dict[str, str]
    written: dict[str, Written]
    types: Mapping[str, UnitType] | None = None
    """Which type each text says, where the column of types is known to have no others."""


def settle(
    table: Any,
    schema: nw.Schema,
    named: Mapping[str, str],
    blocs: Blocs,
    *,
    looked_through: bool,
    types: Mapping[str, UnitType] | None = None,
) -> Settled:
    """Which columns hold what is read; text is gone through first where `looked_through` says so."""
    found = _find_columns(list(schema), named, blocs)
    _refuse_types(schema, found)
    counted = _counts(found, blocs)
    texts = {
        heading: text_of(heading, schema[heading]) for heading in counted if isinstance(schema[heading], TEXT)
    }
    written = how_written(table, texts) if looked_through else dict.fromkeys(texts, NOT_LOOKED_AT)
    return Settled(found, written, types)


def _counts(found: Mapping[str, str], blocs: Blocs) -> dict[str, tuple[str, int]]:
    """By heading: under which name a column of people is read, and how many are the most."""
    counts = {found["population"]: (RESIDENTS, MAX_RESIDENTS)}
    counts |= {found[bloc]: (staff_column(bloc), MAX_STAFF) for bloc in blocs if bloc in found}
    assigned = {assigned_key(bloc): f"{bloc}_assigned" for bloc in blocs}
    return counts | {found[key]: (name, MAX_STAFF) for key, name in assigned.items() if key in found}


def read(table: Any, schema: nw.Schema, settled: Settled, blocs: Blocs) -> Any:
    """The table, or a part of it, with `RESIDENTS`, `TYPE`, a staff column a bloc and `problem` added."""
    found, written = settled.found, settled.written
    counts = _counts(found, blocs)
    texts = {heading: text_of(heading, schema[heading]) for heading in written}
    cleaned = {
        name: people_in(texts[heading], most, written[heading])
        if heading in texts
        else _cleaned(heading, schema, most)
        for heading, (name, most) in counts.items()
    }
    table = with_whole_numbers(table, cleaned).with_columns(
        **{TYPE: type_in(found["type"], schema, settled.types)}
    )
    of_text = {name: most for heading, (name, most) in counts.items() if heading in texts}
    if of_text:  # numbers were held to the limit as they were
        table = table.with_columns(
            nw.when(nw.col(name) <= most).then(nw.col(name)) for name, most in of_text.items()
        )
    read_as = {found["type"]: TYPE} | {heading: name for heading, (name, _) in counts.items()}
    # Only cells of which nothing was made are looked at again.
    unused = {
        heading: nw.when(nw.col(read_as[heading]).is_null()).then(cell) for heading, cell in texts.items()
    }
    given = {heading: says_something(cell, written[heading]) for heading, cell in unused.items()}
    table = table.with_columns(**{PROBLEM: _problems(read_as, schema, given)})
    table = table.with_columns(**{PROBLEM: nw.when(nw.col(PROBLEM) != "").then(nw.col(PROBLEM))})
    residents = nw.col(RESIDENTS)
    table = table.with_columns(**{RESIDENTS: nw.when(~nw.col(TYPE).is_null()).then(residents)})
    nobody_knows = nw.when(residents < 0).then(residents)  # no residents are fewer than none: always null
    missing = dict.fromkeys(lacking(settled, blocs), nobody_knows)
    return table.with_columns(**missing) if missing else table


def lacking(settled: Settled, blocs: Blocs) -> list[str]:
    """The columns of people and of assigned posts that are null in every row: the table has none for them."""
    found = settled.found
    return [
        *(staff_column(bloc) for bloc in blocs if bloc not in found),
        *(f"{bloc}_assigned" for bloc in blocs if assigned_key(bloc) not in found),
    ]


def _find_columns(header: list[str], named: Mapping[str, str], blocs: Blocs) -> dict[str, str]:
    """Which of the table's columns is which: by `named` where it says, else by their headings."""
    known = (*_NEEDED, *map(str, blocs), *map(assigned_key, blocs))
    wrong = [
        _wrong("unknown-column", column, say("the audit reads no such column"), ", ".join(known))
        for column in named
        if column not in known
    ]
    wrong += [
        _wrong("missing-column", heading, say("the table has no such column"), ", ".join(header))
        for heading in named.values()
        if heading not in header
    ]
    if wrong:
        raise InputError(wrong)
    rest = RawTable("", tuple(heading for heading in header if heading not in named.values()), ())
    rest = replace(rest, wordings=DEFAULT.of_blocs(blocs))
    columns, problems = understand(rest, [column for column in _NEEDED if column not in named])
    columns, _ = with_assigned_columns(rest, columns)
    wanted = {key(column): column for column in known if column not in named}
    ours = [problem for problem in problems if problem.message.values.get("column") in wanted]
    said = [problem.message.values["column"] for problem in ours]
    missing = {column for called, column in wanted.items() if called in said}
    meant = {columns.heading(column) for column in known if column in columns}
    scaled = [
        (heading, unit.text)
        for heading, (bare, unit) in zip(rest.header, map(unit_at_end, rest.header), strict=True)
        if unit is not None
        and (unit.of != PEOPLE or unit.factor != 1)
        and (heading in meant or rest.wordings.column_of(bare) in missing)
    ]
    if scaled:
        raise InputError(_in_a_unit(heading, unit) for heading, unit in scaled)
    if ours:
        raise InputError(replace(problem, file=None, row=None) for problem in ours)
    by_heading = {column: columns.heading(column) for column in known if column in columns}
    return by_heading | dict(named)


def _in_a_unit(heading: str, unit: str) -> Problem:
    message = say('the heading says "{unit}"; people are read here', unit=unit)
    fix = say("make it whole people, and rename the column")
    return Problem("unit-of-measure", Severity.ERROR, message, fix, column=heading)


def _wrong(code: str, column: str, message: Text, choice: str) -> Problem:
    return Problem(code, Severity.ERROR, message, say("name one of {choice}", choice=choice), column=column)


def _refuse_types(schema: nw.Schema, found: Mapping[str, str]) -> None:
    wrong = []
    for column, heading in found.items():
        dtype = schema[heading]
        if column == "type":
            fits, fix = isinstance(dtype, (*TEXT, nw.Unknown)), say("make it text")
        else:
            fits = dtype.is_numeric() or isinstance(dtype, (*TEXT, nw.Unknown))
            fix = say("make it whole numbers")
        if not fits:
            wrong.append(wrong_type(heading, dtype, fix))
    refuse_errors(wrong)


def wrong_type(heading: str, dtype: Any, fix: Text) -> Problem:
    """A column of a type that cannot say what is asked of it."""
    message = say("a column of {dtype} values", dtype=str(dtype))
    return Problem("wrong-column-type", Severity.ERROR, message, fix, column=heading)


def without_blank_rows(table: Any) -> Any:
    """A CSV file's empty lines are no units."""
    found = nw.from_native(table)
    filled = nw.any_horizontal(
        *(~nw.col(name).is_null() for name in found.collect_schema()), ignore_nulls=True
    )
    return found.filter(filled).to_native()


def text_of(heading: str, dtype: Any) -> nw.Expr:
    """The column as text."""
    column = nw.col(heading)
    return column if isinstance(dtype, nw.String) else column.cast(nw.String)


def type_in(heading: str, schema: nw.Schema, types: Mapping[str, UnitType] | None = None) -> nw.Expr:
    """The type's own word, null where the cell says none; `types` says what each text means, if known."""
    cell = text_of(heading, schema[heading])
    if types is not None:
        chosen = cell
        for said, meant in types.items():
            if said != meant.value:
                chosen = nw.when(cell == said).then(nw.lit(meant.value)).otherwise(chosen)
        return chosen
    exact = nw.any_horizontal(*(cell == unit_type.value for unit_type in UnitType), ignore_nulls=False)
    tidied = cell.str.strip_chars(SPACE).str.to_lowercase()
    read: nw.Expr | None = None
    for unit_type, spellings in type_spellings().items():
        # A pattern: DuckDB joins with a list this long, and a join shuffles the rows.
        spelled = nw.when(tidied.str.contains(f"^(?:{'|'.join(spellings)})[.]*$")).then(
            nw.lit(unit_type.value)
        )
        read = spelled if read is None else spelled.otherwise(read)
    return nw.when(exact).then(cell).otherwise(read)  # engines trim slowly: mostly not asked to


def _cleaned(heading: str, schema: nw.Schema, most: int) -> nw.Expr:
    """A whole number that is not absurd; null for all else."""
    dtype = schema[heading]
    if isinstance(dtype, nw.Unknown):
        return nw.col(heading).cast(nw.Int64)  # a column of nothing but nulls
    cell = nw.col(heading)
    if dtype.is_float():
        cell = nw.when(~cell.is_nan()).then(cell)  # DuckDB casts what a condition leaves out, and refuses NaN
    sound = (cell >= 0) & (cell <= most)
    if not dtype.is_integer():
        sound &= cell.round(0) == cell
    return nw.when(sound).then(cell)


def with_whole_numbers(table: Any, cleaned: Mapping[str, nw.Expr]) -> Any:
    """The columns added as 64-bit whole numbers that can be null: in pandas a type of its own."""
    if table.implementation.is_pandas_like():
        native = table.with_columns(**cleaned).to_native()
        return nw.from_native(native.astype(dict.fromkeys(cleaned, "Int64")))
    return table.with_columns(**{name: cell.cast(nw.Int64) for name, cell in cleaned.items()})


def _problems(read_as: Mapping[str, str], schema: nw.Schema, given: Mapping[str, nw.Expr]) -> nw.Expr:
    """The headings whose cell says something that cannot be used, with a space between; else nothing.

    `given` says of a column of text whether a cell has something.
    """
    found = []
    missing = nw.lit(False)
    for heading, name in read_as.items():
        says = ~nw.col(heading).is_null()
        if name == TYPE:
            says = nw.lit(True)  # every unit has a type
        elif heading in given:
            says &= given[heading]
        elif schema[heading].is_float():
            says &= ~nw.col(heading).is_nan()
        found.append(nw.when(says & nw.col(name).is_null()).then(nw.lit(heading)))
        missing |= nw.col(name).is_null()
    return nw.when(missing).then(nw.concat_str(found, separator=" ", ignore_nulls=True))
