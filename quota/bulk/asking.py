"""What a frame asks of a unit beside its residents, in a dataframe: yes-or-no columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import reduce
from itertools import product
from typing import Any

import narwhals as nw

from quota.bulk.algebra import engine_expression
from quota.bulk.reading import RESIDENTS, with_whole_numbers
from quota.core.problems import InputError, Problem, Severity
from quota.core.text import say
from quota.core.units import UnitType
from quota.norms.arithmetic.expression import Number
from quota.norms.granting import Assumption, Norm, Norms, flag_columns
from quota.tables.columns.headings import understand
from quota.tables.columns.terrain import TRUTH
from quota.tables.files.raw import RawTable

World = Mapping[str, bool]


def asked_of(norms: Norms) -> tuple[str, ...]:
    """The yes-or-no columns the frame asks for. `InputError` where it asks for another kind of column."""
    found = dict.fromkeys(column for unit_type in UnitType for column in norms.of(unit_type).columns)
    del found["residents"]
    wrong = [column for column in found if column not in flag_columns()]
    if wrong:
        message = say("the frame asks for {columns}", columns=", ".join(wrong))
        fix = say(
            "dataframes are read for {columns} alone: use quota audit", columns=", ".join(flag_columns())
        )
        raise InputError([Problem("column-not-read", Severity.ERROR, message, fix, value=norms.summary.id)])
    return tuple(found)


def with_asked(table: Any, schema: nw.Schema, norms: Norms) -> Any:
    """The table with a column of 1, 0 or nothing for each column the frame asks for."""
    asked = asked_of(norms)
    if not asked:
        return table
    wanted = ("highland", *asked) if "mountain" in asked else asked
    columns, _ = understand(RawTable("", tuple(schema), ()), ())
    cells = {}
    for column in dict.fromkeys(wanted):
        there = column in columns
        cells[column] = _cell(columns.heading(column), schema) if there else _nothing()
    if "mountain" in cells:  # a unit in the highlands lies in the mountains
        highland = nw.when(cells["highland"] == 1).then(nw.lit(1, nw.Int64))
        cells["mountain"] = nw.when(cells["mountain"].is_null()).then(highland).otherwise(cells["mountain"])
    return with_whole_numbers(table, {_name(column): cells[column] for column in asked})


def _nothing() -> nw.Expr:
    """Null in every row: no residents are fewer than none."""
    return nw.when(nw.col(RESIDENTS) < 0).then(nw.lit(1, nw.Int64))


def _cell(heading: str, schema: nw.Schema) -> nw.Expr:
    dtype = schema[heading]
    text = nw.col(heading) if isinstance(dtype, nw.String) else nw.col(heading).cast(nw.String)
    text = text.str.strip_chars(" \t\r\n").str.to_lowercase()
    yes = [spelling for spelling, said in TRUTH.items() if said] + ["có"]
    no = [spelling for spelling, said in TRUTH.items() if not said] + ["không"]
    false = nw.when(_any(text, no)).then(nw.lit(0, nw.Int64))
    return nw.when(_any(text, yes)).then(nw.lit(1, nw.Int64)).otherwise(false)


def _any(text: nw.Expr, spellings: list[str]) -> nw.Expr:
    return reduce(lambda found, other: found | other, [text == spelling for spelling in spellings])


def _name(column: str) -> str:
    return f"__quota_{column}"


def low_and_high(norms: Norms, norm: Norm, low: Number, high: Number) -> tuple[nw.Expr, nw.Expr]:
    """Both ends of a bloc's posts; of a column that is assumed to be a range, from without it to with it."""
    ranged = [column for column in norm.asked if norms.assumed.get(column) is Assumption.RANGE]
    lows, highs = [], []
    for world in _worlds(ranged):
        values = _values(norms, norm, world)
        lows.append(engine_expression(low, values, nw.col(RESIDENTS)))
        highs.append(engine_expression(high, values, nw.col(RESIDENTS)))
    return reduce(_smaller, lows), reduce(_greater, highs)


def possible_ends(norms: Norms, norm: Norm, low: Number, high: Number) -> tuple[nw.Expr, nw.Expr]:
    """Both ends with what is unknown: each the greatest it may be."""
    lows, highs = [], []
    for world in _worlds(open_columns(norms, norm)):
        values = _values(norms, norm, world)
        lows.append(engine_expression(low, values, nw.col(RESIDENTS)))
        highs.append(engine_expression(high, values, nw.col(RESIDENTS)))
    return reduce(_greater, lows), reduce(_greater, highs)


def open_columns(norms: Norms, norm: Norm) -> list[str]:
    """The columns of which nothing is assumed."""
    return [column for column in norm.asked if column not in norms.assumed]


def unknown_columns(norms: Norms) -> nw.Expr:
    """The columns that are unknown in a row, with a space between; null where none is."""
    said = [
        nw.when(nw.col(_name(column)).is_null()).then(nw.lit(column))
        for column in asked_of(norms)
        if column not in norms.assumed
    ]
    joined = nw.concat_str(said, separator=" ", ignore_nulls=True)
    return nw.when((joined != "") & ~nw.col(RESIDENTS).is_null()).then(joined)


def _worlds(columns: list[str]) -> Iterator[World]:
    for answers in product((False, True), repeat=len(columns)):
        yield dict(zip(columns, answers, strict=True))


def _values(norms: Norms, norm: Norm, world: World) -> dict[str, nw.Expr]:
    found = {"residents": nw.col(RESIDENTS)}
    for column in norm.asked:
        taken = world.get(column, norms.assumed.get(column) is Assumption.YES)
        found[column] = nw.col(_name(column)).fill_null(int(taken))
    return found


def _smaller(first: nw.Expr, second: nw.Expr) -> nw.Expr:
    return nw.when(first < second).then(first).otherwise(second)


def _greater(first: nw.Expr, second: nw.Expr) -> nw.Expr:
    return nw.when(first > second).then(first).otherwise(second)
