"""What a frame asks of a unit beside its residents, in a dataframe: columns of whole numbers.

Yes and no are 1 and 0; a word is its place among those that the frame asks for, 0 for any other; a number is
in millionths, as expressions count it. What is unknown is null.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import narwhals as nw
from msgspec import Struct

from quota.bulk.answers import (
    AREA,
    MINORITY,
    how_measured,
    most_of,
    nothing_of,
    number_of,
    says,
    truth_of,
    whole_of,
    word_of,
)
from quota.bulk.reading import PROBLEM, RESIDENTS, TEXT, TYPE, text_of, with_whole_numbers, wrong_type
from quota.core.problems import Problem, Severity, refuse_errors
from quota.core.text import say
from quota.core.units import UnitType
from quota.norms.arithmetic.columns import FLAGS, heading_of
from quota.norms.granting import Norms
from quota.tables.columns.headings import understand
from quota.tables.columns.numbers import Convention
from quota.tables.files.raw import RawTable
from quota.tables.files.units_said import unit_at_end

_ROLES = {MINORITY: "minority_share"}
"""Columns that a table's reader calls otherwise."""


class Asked(Struct, frozen=True):
    """A column that the frame asks for: whether it is a number, or else the words that it asks about."""

    column: str
    is_number: bool = False
    words: tuple[str, ...] = ()

    @property
    def is_flag(self) -> bool:
        """Whether it is answered with yes or no."""
        return self.column in FLAGS


def asked_of(norms: Norms) -> dict[str, Asked]:
    """The columns that the frame asks for of units of any type, residents aside."""
    found: dict[str, Asked] = {}
    for unit_type in UnitType:
        norm = norms.of(unit_type)
        for column in norm.columns[1:]:
            known = found.get(column, Asked(column))
            words = [word for word in norm.asked.get(column, ()) if isinstance(word, str)]
            found[column] = Asked(
                column,
                known.is_number or norm.is_number(column),
                tuple(dict.fromkeys(("", *known.words, *words))),
            )
    return found


class Answers(Struct, frozen=True):
    """Decisions of the whole table on the columns that the frame asks for: `wanted`, by the frame's names.

    By heading: how areas in text are written, and what bare numbers of a column of shares are parts of.
    """

    wanted: dict[str, Asked]
    headings: dict[str, str]
    written: dict[str, Convention | None]
    parts_of: dict[str, int | None]
    absent: frozenset[str] = frozenset()
    """The columns that no row answers, because the table has none for them."""


def settle_answers(table: Any, schema: nw.Schema, norms: Norms, *, looked_through: bool) -> Answers:
    """Where the table answers what the frame asks; text is gone through where `looked_through` says so.

    Raises `InputError` where a column is of no type that can answer, is not there and counted, or says
    another unit of measure.
    """
    asked = asked_of(norms)
    wanted = {"highland": Asked("highland"), **asked} if "mountain" in asked else asked
    headings = _headings(wanted, schema) if wanted else {}
    _refuse_missing(norms, headings)
    _refuse_types({headings[column]: (wanted[column], schema[headings[column]]) for column in headings})
    areas = [heading for column, heading in headings.items() if column == AREA]
    texts = {
        heading: text_of(heading, schema[heading]) for heading in areas if isinstance(schema[heading], TEXT)
    }
    written = how_measured(table, texts) if looked_through else dict.fromkeys(texts)
    shares = [heading for column, heading in headings.items() if column == MINORITY]
    parts_of = {
        heading: whole_of(table, heading, schema[heading]) if looked_through or "%" in heading else None
        for heading in shares
    }
    absent = {column for column in wanted if column not in headings}
    if "highland" in headings:  # a unit in the highlands lies in the mountains
        absent.discard("mountain")
    return Answers(wanted, headings, written, parts_of, frozenset(absent))


def with_answers(table: Any, schema: nw.Schema, norms: Norms, answers: Answers) -> Any:
    """The table, or a part of it, with a column of whole numbers for each column the frame asks for.

    A cell that does not answer what is asked is unknown, and its column is named in `problem`. Residents are
    null where a number that the frame counts is unknown: such a unit has no quota.
    """
    wanted, headings, written, of = answers.wanted, answers.headings, answers.written, answers.parts_of
    if not wanted:
        return table
    cells = {}
    for column, said in wanted.items():
        heading = headings.get(column)
        if heading is None or isinstance(schema[heading], nw.Unknown):  # of nothing but nulls
            cells[column] = nothing_of(nw.col(RESIDENTS))
        elif said.is_number:
            cells[column] = number_of(column, heading, schema[heading], written.get(heading), of.get(heading))
        elif said.is_flag:
            cells[column] = truth_of(heading, schema[heading])
        else:
            cells[column] = word_of(column, heading, schema[heading], said.words)
    table = with_whole_numbers(table, {answer_of(column): cell for column, cell in cells.items()})
    settled = {}
    for column, said in wanted.items():
        if said.is_number:
            answer = nw.col(answer_of(column))
            settled[answer_of(column)] = nw.when(answer <= most_of(column)).then(answer)
    table = table.with_columns(**settled) if settled else table
    table = _with_problems(table, headings, wanted, schema)
    if "mountain" in wanted:  # a unit in the highlands lies in the mountains
        mountain, highland = nw.col(answer_of("mountain")), nw.col(answer_of("highland"))
        either = nw.when(mountain.is_null() & (highland == 1)).then(highland).otherwise(mountain)
        table = table.with_columns(**{answer_of("mountain"): either})
    return _without_what_cannot_be_counted(table, norms)


def _headings(wanted: Mapping[str, Asked], schema: nw.Schema) -> dict[str, str]:
    """Under which heading of the table each column is, where it is there."""
    columns, _ = understand(RawTable("", tuple(schema), ()), ())
    own = {heading.strip(): heading for heading in reversed(list(schema))}
    found = {}
    for column in wanted:
        name = heading_of(column)
        role = _ROLES.get(column, column)
        if name is not None and name in own:
            found[column] = own[name]
        elif name is None and role in columns:
            found[column] = columns.heading(role)
    return found


def _refuse_missing(norms: Norms, headings: Mapping[str, str]) -> None:
    counted = dict.fromkeys(column for unit_type in UnitType for column in norms.of(unit_type).counted[1:])
    problems = []
    for column in counted:
        heading = headings.get(column)
        name = heading_of(column) or column
        if heading is None:
            message = say("the frame counts {column}, and the table has no such column", column=name)
            fix = say("add the column, or audit by another frame")
            problems.append(Problem("missing-column", Severity.ERROR, message, fix, value=norms.summary.id))
    unit = unit_at_end(headings[AREA])[1] if AREA in headings else None
    if unit is not None and (unit.of != "area" or unit.factor != 1):
        message = say('the heading says "{unit}"; square kilometres are read here', unit=unit.text)
        fix = say("make it square kilometres, and rename the column")
        problems.append(Problem("unit-of-measure", Severity.ERROR, message, fix, column=headings[AREA]))
    refuse_errors(problems)


def _refuse_types(found: Mapping[str, tuple[Asked, Any]]) -> None:
    problems = []
    for heading, (asked, dtype) in found.items():
        if isinstance(dtype, (*TEXT, nw.Unknown)):
            continue
        if asked.is_flag:
            fits, fix = dtype.is_numeric() or isinstance(dtype, nw.Boolean), say("make it text: yes or no")
        elif asked.is_number:
            fits, fix = dtype.is_numeric(), say("make it numbers")
        else:
            fits, fix = dtype.is_integer(), say("make it text")
        if not fits:
            problems.append(wrong_type(heading, dtype, fix))
    refuse_errors(problems)


def _with_problems(
    table: Any, headings: Mapping[str, str], wanted: Mapping[str, Asked], schema: nw.Schema
) -> Any:
    """The table with the columns named whose cells say something that is no answer."""
    if not headings:
        return table
    wrong = []
    for column, heading in headings.items():
        something = says(heading, schema[heading], number=wanted[column].is_number)
        wrong.append(nw.when(something & nw.col(answer_of(column)).is_null()).then(nw.lit(heading)))
    said = nw.concat_str(nw.col(PROBLEM), *wrong, separator=" ", ignore_nulls=True)
    return table.with_columns(**{PROBLEM: nw.when(said != "").then(said)})


def _without_what_cannot_be_counted(table: Any, norms: Norms) -> Any:
    """The table without the residents of units of which a number that is counted is unknown."""
    residents = nw.col(RESIDENTS)
    for unit_type in UnitType:
        for column in norms.of(unit_type).counted[1:]:
            unknown = (nw.col(TYPE) == unit_type.value) & nw.col(answer_of(column)).is_null()
            residents = nw.when(~unknown).then(residents)
    counted = any(len(norms.of(unit_type).counted) > 1 for unit_type in UnitType)
    return table.with_columns(**{RESIDENTS: residents}) if counted else table


def answer_of(column: str) -> str:
    """The column of whole numbers that answers for a column the frame asks for."""
    return f"__quota_{column}"
