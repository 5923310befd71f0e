"""What a frame asks of a unit beside its residents, in a dataframe: yes-or-no columns."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from functools import reduce
from itertools import product
from operator import or_
from typing import Any

import narwhals as nw

from quota.bulk.algebra import engine_expression
from quota.bulk.reading import PROBLEM, RESIDENTS, SOMETHING, SPACE, TEXT, text_of, with_whole_numbers
from quota.core.problems import InputError, Problem, Severity
from quota.core.text import say
from quota.core.units import UnitType
from quota.norms.arithmetic.expression import Number, columns_of
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
    """The table with a column of 1, 0 or nothing for each column the frame asks for.

    A cell that is neither yes nor no is unknown, and its column is named in `problem`. Raises `InputError`
    where a column is of no type that can say yes or no.
    """
    asked = asked_of(norms)
    if not asked:
        return table
    wanted = dict.fromkeys(("highland", *asked) if "mountain" in asked else asked)
    columns, _ = understand(RawTable("", tuple(schema), ()), ())
    headings = {column: columns.heading(column) for column in wanted if column in columns}
    _refuse_types({heading: schema[heading] for heading in headings.values()})
    cells = {
        column: _cell(headings[column], schema[headings[column]]) if column in headings else _nothing()
        for column in wanted
    }
    answered = dict(cells)
    if "mountain" in cells:  # a unit in the highlands lies in the mountains
        highland = nw.when(cells["highland"] == 1).then(nw.lit(1, nw.Int64))
        answered["mountain"] = (
            nw.when(cells["mountain"].is_null()).then(highland).otherwise(cells["mountain"])
        )
    table = with_whole_numbers(table, {_name(column): answered[column] for column in asked})
    if not headings:
        return table
    wrong = [
        nw.when(_says_something(heading, schema[heading]) & cells[column].is_null()).then(nw.lit(heading))
        for column, heading in headings.items()
    ]
    said = nw.concat_str(nw.col(PROBLEM), *wrong, separator=" ", ignore_nulls=True)
    return table.with_columns(**{PROBLEM: nw.when(said != "").then(said)})


def _nothing() -> nw.Expr:
    """Null in every row: no residents are fewer than none."""
    return nw.when(nw.col(RESIDENTS) < 0).then(nw.lit(1, nw.Int64))


def _refuse_types(found: Mapping[str, Any]) -> None:
    problems = []
    for heading, dtype in found.items():
        if not (dtype.is_numeric() or isinstance(dtype, (*TEXT, nw.Boolean, nw.Unknown))):
            message = say("a column of {dtype} values", dtype=str(dtype))
            fix = say("make it text: yes or no")
            problems.append(Problem("wrong-column-type", Severity.ERROR, message, fix, column=heading))
    if problems:
        raise InputError(problems)


def _cell(heading: str, dtype: Any) -> nw.Expr:
    """1 for yes, 0 for no, null for all else."""
    cell = nw.col(heading)
    if isinstance(dtype, nw.Boolean):
        return cell.cast(nw.Int64)
    if isinstance(dtype, nw.Unknown):
        return _nothing()  # a column of nothing but nulls
    if dtype.is_numeric():
        return _one_of(cell == 1, cell == 0)
    text = text_of(heading, dtype).str.strip_chars(SPACE).str.to_lowercase()
    yes = [spelling for spelling, said in TRUTH.items() if said] + _with_accents("có")
    no = [spelling for spelling, said in TRUTH.items() if not said] + _with_accents("không")
    return _one_of(_any(text, yes), _any(text, no))


def _with_accents(word: str) -> list[str]:
    return [unicodedata.normalize(form, word) for form in ("NFC", "NFD")]


def _one_of(yes: nw.Expr, no: nw.Expr) -> nw.Expr:
    return nw.when(yes).then(nw.lit(1, nw.Int64)).otherwise(nw.when(no).then(nw.lit(0, nw.Int64)))


def _says_something(heading: str, dtype: Any) -> nw.Expr:
    """Whether the cell is neither null nor blank nor no number."""
    given = ~nw.col(heading).is_null()
    if isinstance(dtype, TEXT):
        return given & text_of(heading, dtype).str.contains(SOMETHING)
    return given & ~nw.col(heading).is_nan() if dtype.is_float() else given


def _any(text: nw.Expr, spellings: list[str]) -> nw.Expr:
    return reduce(or_, [text == spelling for spelling in spellings])


def _name(column: str) -> str:
    return f"__quota_{column}"


def low_and_high(
    norms: Norms, norm: Norm, low: Number, high: Number, *, by_pairs: bool = False
) -> tuple[nw.Expr, nw.Expr]:
    """Both ends of a bloc's posts without what is unknown.

    Of columns that are assumed to be a range, from the least to the most that they may make of it; but where
    another column is unknown too, without any of them, as `quota.norms.granting.Granter` does.
    """
    without = _ends(norms, norm, low, {}), _ends(norms, norm, high, {})
    ranged = [column for column in norm.asked if norms.assumed.get(column) is Assumption.RANGE]
    if not ranged:
        return without
    range_low = _fewest(_in_every_world(norms, norm, low, ranged), by_pairs=by_pairs)
    range_high = _most(_in_every_world(norms, norm, high, ranged), by_pairs=by_pairs)
    unknown = [_is_unknown(column) for column in norm.asked if column not in norms.assumed]
    if not unknown:
        return range_low, range_high
    plain = reduce(or_, unknown)
    return (
        nw.when(plain).then(without[0]).otherwise(range_low),
        nw.when(plain).then(without[1]).otherwise(range_high),
    )


def most_ends(
    norms: Norms, norm: Norm, low: Number, high: Number, *, by_pairs: bool = False
) -> tuple[nw.Expr, nw.Expr]:
    """The most that each end of a bloc's posts may be with what is unknown."""
    columns = _may_be_unknown(norms, norm)
    return (
        _most(_in_every_world(norms, norm, low, columns), by_pairs=by_pairs),
        _most(_in_every_world(norms, norm, high, columns), by_pairs=by_pairs),
    )


def least_ends(
    norms: Norms, norm: Norm, low: Number, high: Number, *, by_pairs: bool = False
) -> tuple[nw.Expr, nw.Expr]:
    """The least that each end of a bloc's posts may be with what is unknown."""
    columns = _may_be_unknown(norms, norm)
    return (
        _fewest(_in_every_world(norms, norm, low, columns), by_pairs=by_pairs),
        _fewest(_in_every_world(norms, norm, high, columns), by_pairs=by_pairs),
    )


def unknown_columns(norms: Norms, norm: Norm, prefix: str = "") -> nw.Expr:
    """The columns that are unknown in a row, with a space between; null where none is.

    `prefix` makes each the code of its note.
    """
    may_be = _may_be_unknown(norms, norm)
    unassumed = [_is_unknown(column) for column in may_be if column not in norms.assumed]
    if not unassumed:
        return nw.when(nw.col(RESIDENTS) < 0).then(nw.lit(""))  # always null
    said = [nw.when(_is_unknown(column)).then(nw.lit(prefix + column)) for column in may_be]
    joined = nw.concat_str(said, separator=" ", ignore_nulls=True)
    return nw.when(reduce(or_, unassumed) & ~nw.col(RESIDENTS).is_null()).then(joined)


def _may_be_unknown(norms: Norms, norm: Norm) -> list[str]:
    """The columns for which neither yes nor no is assumed."""
    return [column for column in norm.asked if norms.assumed.get(column) in (None, Assumption.RANGE)]


def _is_unknown(column: str) -> nw.Expr:
    return nw.col(_name(column)).is_null()


def _in_every_world(norms: Norms, norm: Norm, end: Number, columns: list[str]) -> list[nw.Expr]:
    """One end of a bloc's posts with each of these columns as yes and as no, where it is unknown.

    A column that the end does not hang on is left out: each doubles what is computed.
    """
    counted = set(columns_of(end))
    open_ones = [column for column in columns if column in counted]
    worlds = product((False, True), repeat=len(open_ones))
    return [_ends(norms, norm, end, dict(zip(open_ones, world, strict=True))) for world in worlds]


def _most(values: list[nw.Expr], *, by_pairs: bool) -> nw.Expr:
    """The greatest; all of them are null where one is, so that it does not matter what engines do then.

    `by_pairs` compares two at a time, for Dask: it takes the greatest of several columns for a table of its
    own, and then refuses to set it beside the columns that it was made from.
    """
    if by_pairs:
        return _of_pairs(values, lambda one, other: nw.when(one > other).then(one).otherwise(other))
    return values[0] if len(values) == 1 else nw.max_horizontal(*values)


def _fewest(values: list[nw.Expr], *, by_pairs: bool) -> nw.Expr:
    if by_pairs:
        return _of_pairs(values, lambda one, other: nw.when(one < other).then(one).otherwise(other))
    return values[0] if len(values) == 1 else nw.min_horizontal(*values)


def _of_pairs(values: list[nw.Expr], better: Callable[[nw.Expr, nw.Expr], nw.Expr]) -> nw.Expr:
    """The best of several: each of a half against its like of the other half, until one is left."""
    while len(values) > 1:
        half = len(values) // 2
        values = [better(one, other) for one, other in zip(values[:half], values[half:], strict=True)]
    return values[0]


def _ends(norms: Norms, norm: Norm, end: Number, world: World) -> nw.Expr:
    """One end of a bloc's posts where what is unknown is as `world` says, else as is assumed, else no."""
    values = {"residents": nw.col(RESIDENTS)}
    for column in norm.asked:
        taken = world.get(column, norms.assumed.get(column) is Assumption.YES)
        values[column] = nw.col(_name(column)).fill_null(int(taken))
    return engine_expression(end, values, nw.col(RESIDENTS))
