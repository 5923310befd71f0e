"""A frame over a table in any dataframe engine: quota, gap and status columns as narwhals expressions.

pandas, Polars (eager and lazy), PyArrow, DuckDB, Dask and PySpark tables go in and come out as what they are;
lazy ones stay lazy. Posts are counted by the expressions that count one unit's
(`quota.norms.arithmetic.expression`), cells are held to the limits of `quota.tables.columns.cells`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import reduce
from operator import add, or_, sub
from typing import TYPE_CHECKING, Any

import narwhals as nw

from quota.bulk.asking import (
    Answers,
    least_ends,
    low_and_high,
    most_ends,
    settle_answers,
    unknown_columns,
    with_answers,
)
from quota.bulk.reading import PROBLEM, RESIDENTS, TYPE, Settled, read, settle
from quota.core.blocs import Blocs
from quota.core.problems import InputError, Problem, Severity
from quota.core.results import Status
from quota.core.text import say
from quota.core.units import UnitType
from quota.norms.arithmetic.expression import Number
from quota.norms.arithmetic.whole import Whole
from quota.norms.granting import Norm, Norms, refuse_outside
from quota.render.audit.columns import CLOSING, FIGURES, FILLING, GAP, VACANCY
from quota.render.audit.laid_out import RUN, figure_keys
from quota.render.audit.shapes import Figure, Part
from quota.render.audit.unsettled import possible_header

if TYPE_CHECKING:  # the schema of rule files costs more to import than a million rows take
    from quota.norms.schema import Frame

_POSTS = "{bloc}_{end}"
_MOST, _LEAST = "__quota_most_{bloc}_{end}", "__quota_least_{bloc}_{end}"


def added(blocs: Blocs) -> tuple[str, ...]:
    """The columns `audit` adds for a frame of these blocs: those of the audit's CSV, then `problem`."""
    return (*figure_keys(blocs), *(fact.key for fact in CLOSING), *RUN, PROBLEM)


def audit(
    frame: Frame | Norms,
    table: Any,
    columns: Mapping[str, str] | None = None,
    *,
    as_of: date | None = None,
    illustrative: bool | None = None,
    look: bool = False,
) -> Any:
    """The table with the columns of `added`, in the engine it came in; rows and other columns as they were.

    Needs columns for `type` and `population` (residents), and reads people in post from a column for each of
    the frame's blocs where they are; their headings may be any that a file's may be, or are given by
    `columns` (`{"population": "dan_so"}`). Figures are 64-bit whole numbers, null where unknown.

    Cells of text are read as a file's are: `16.000` is sixteen thousand where its column shows that a point
    stands between thousands. For that the column is looked through first; a lazy table only where `look` says
    so, and else such a cell is a problem. A cell that is no count of people (negative, a fraction, absurdly
    large), and a type that is none, is taken as unknown and its column is named in `problem`, which is null
    on a sound row: no figure is made from it. Duplicate codes are not looked for.

    What else the frame asks for (area, terrain, class, province, code, shares, any heading) is read from the
    columns that a file would have for it, text as a file's cells are. A cell that does not answer is unknown
    and its column is named in `problem`; a number that is counted and unknown leaves the row without a quota,
    and a table without its column is refused.

    Each row says what made it, as a row of the audit's CSV does: the frame's id; the day `as_of`, on which
    the frame must be in force; and whether the table is made up. The last two are columns where given.

    Raises `InputError` where a column is missing, is there twice or is of no usable type, where the table has
    a column of these names already, or where the frame is not in force.
    """
    if not isinstance(frame, Norms):
        frame = (frame if as_of is None else frame.on(as_of)).norms()
    norms = frame
    summary = norms.summary
    if as_of is not None:
        refuse_outside(summary.id, summary.effective_from, summary.effective_to, as_of)
    said = {"frame": summary.id, "as_of": as_of and as_of.isoformat(), "illustrative": illustrative}
    run = {name: value for name, value in said.items() if value is not None}
    blocs = summary.blocs
    new = added(blocs)
    given = nw.from_native(table)
    schema = given.collect_schema()
    clashes = [name for name in schema if name in (*new, TYPE, RESIDENTS)]
    if clashes:
        raise InputError(_already_there(name) for name in clashes)
    looked_through = look or isinstance(given, nw.DataFrame)
    settled = settle(given, schema, columns or {}, blocs, looked_through=looked_through)
    answers = settle_answers(given, schema, norms, looked_through=looked_through)

    def counted(part: Any) -> Any:
        return _counted(nw.from_native(part), schema, norms, settled, answers, run)

    if given.implementation is nw.Implementation.DASK:
        # Each part is a pandas table and is counted as one: a node of Dask's graph for each column of each
        # step would cost more than the arithmetic.
        whole = given.to_native()
        return whole.map_partitions(counted, meta=counted(whole._meta))
    return counted(table)


def _counted(
    table: Any,
    schema: nw.Schema,
    norms: Norms,
    settled: Settled,
    answers: Answers,
    run: Mapping[str, Any],
) -> Any:
    """The table, or a part of it, with the new columns; `run` says what is the same in each row."""
    blocs = norms.summary.blocs
    result = read(table, schema, settled, blocs)
    result = with_answers(result, schema, norms, answers)
    result = _with_both_ends(result, norms, _POSTS, low_and_high)
    result = _within_the_whole(result, norms, _POSTS)
    result = result.with_columns(**_gaps(blocs))
    result = result.with_columns(**_totals(blocs), below_minimum=_below_minimum(norms))
    statuses = {"status": _status(blocs, GAP), FILLING.key: _status(blocs, VACANCY)}
    said = {name: nw.lit(value) for name, value in run.items()}
    facts = {fact.key: fact.counted(_column) for fact in CLOSING if fact.counted is not None}
    result = result.with_columns(**statuses, notes=_notes(norms), **facts, **said)
    shown = [name for name in added(blocs) if name not in RUN or name in run]
    if norms.open_columns:
        result = result.with_columns(unknown_columns=_unknown(norms))
        result = _with_possible(result, norms)
        shown += possible_header(blocs)
    return result.select(*schema, *shown).to_native()


def _column(key: str) -> nw.Expr:
    """A column of the audit, of which a table may have type and residents under other headings."""
    return nw.col({"type": TYPE, "population": RESIDENTS}.get(key, key))


def _unknown(norms: Norms, prefix: str = "") -> nw.Expr:
    found = {unit_type: unknown_columns(norms, norms.of(unit_type), prefix) for unit_type in UnitType}
    return _by_type(found, {unit_type: tuple(norms.of(unit_type).asked) for unit_type in UnitType})


def _with_possible(table: Any, norms: Norms) -> Any:
    """The table with both ends of each bloc's posts, and of all, with what is unknown; null where the same.

    Notes say on what the posts hang. The ends are the most that they may be; where what is unknown can only
    take posts away, the least.
    """
    blocs, ends = norms.summary.blocs, ("low", "high")
    table = _with_both_ends(table, norms, _MOST, most_ends)
    table = _with_both_ends(table, norms, _LEAST, least_ends)
    table = _within_the_whole(_within_the_whole(table, norms, _MOST), norms, _LEAST)

    def differs(possible: str) -> nw.Expr:
        pairs = [(bloc, end) for bloc in blocs for end in ends]
        return reduce(
            or_,
            [nw.col(possible.format(bloc=b, end=e)) != nw.col(f"{b}_{e}") for b, e in pairs],
        )

    unknown = ~nw.col("unknown_columns").is_null()
    more, fewer = unknown & differs(_MOST), unknown & differs(_LEAST)
    found = {}
    for end in ends:
        most, least = (
            [nw.col(name.format(bloc=bloc, end=end)) for bloc in blocs] for name in (_MOST, _LEAST)
        )
        for group, high, low in zip(
            (*blocs, "total"), (*most, reduce(add, most)), (*least, reduce(add, least)), strict=True
        ):
            found[f"{group}_possible_{end}"] = nw.when(more).then(high).otherwise(nw.when(fewer).then(low))
    hangs = nw.when(more | fewer).then(_unknown(norms, "unknown-"))
    notes = nw.concat_str(nw.col("notes"), hangs, separator=" ", ignore_nulls=True)
    return table.with_columns(**found, notes=nw.when(notes != "").then(notes))


Ends = Callable[[Norms, Norm, Number, Number], tuple[nw.Expr, nw.Expr]]


def _with_both_ends(table: Any, norms: Norms, name: str, ends_of: Ends) -> Any:
    """The table with both ends of each bloc's posts under `name`, by the type of the unit.

    A bloc whose ends are one number is counted once, and the number written under both names: engines that
    look for nothing twice would count it twice.
    """
    counted, copied = {}, {}
    for bloc in norms.summary.blocs:
        grants = {unit_type: norms.of(unit_type).grants[bloc] for unit_type in UnitType}
        both = {
            unit_type: ends_of(norms, norms.of(unit_type), ends.low, ends.high)
            for unit_type, ends in grants.items()
        }
        rules = {unit_type: (ends, tuple(norms.of(unit_type).asked)) for unit_type, ends in grants.items()}
        low, high = (name.format(bloc=bloc, end=end) for end in ("low", "high"))
        counted[low] = _by_type({unit_type: ends[0] for unit_type, ends in both.items()}, rules)
        if all(ends.low == ends.high for ends in grants.values()) and not norms.assumed:
            copied[high] = nw.col(low)
        else:
            counted[high] = _by_type({unit_type: ends[1] for unit_type, ends in both.items()}, rules)
    table = table.with_columns(**counted)
    return table.with_columns(**copied) if copied else table


def _within_the_whole(table: Any, norms: Norms, name: str) -> Any:
    """The table with both ends of the bloc that adjusts held to the bounds of all blocs together.

    An expression keeps them in each world; ends that come from several worlds are held to them here.
    """
    wholes = {unit_type: norms.of(unit_type).whole for unit_type in UnitType}
    place = next((whole.place for whole in wholes.values() if whole is not None), None)
    if place is None or not norms.hangs_on_the_unknown:
        return table
    blocs = norms.summary.blocs
    others = tuple([bloc for number, bloc in enumerate(blocs) if number != place])
    columns = {}
    for end in ("low", "high"):
        given = {
            unit_type: _held(name, blocs[place], end, others, whole) for unit_type, whole in wholes.items()
        }
        columns[name.format(bloc=blocs[place], end=end)] = _by_type(given, wholes)
    return table.with_columns(**columns)


def _held(name: str, bloc: str, end: str, others: Blocs, whole: Whole | None) -> nw.Expr:
    """One end of the bloc that adjusts, beside the ends of the others."""
    own = nw.col(name.format(bloc=bloc, end=end))
    for bound, side in () if whole is None else ((whole.least, "low"), (whole.most, "high")):
        if bound is not None:
            left = reduce(
                sub, [nw.col(name.format(bloc=other, end=side)) for other in others], own * 0 + bound.value
            )
            further = own < left if side == "low" else own > left
            own = nw.when(further).then(left).otherwise(own)
    return own


def _by_type(given: Mapping[UnitType, nw.Expr], rules: Mapping[UnitType, object]) -> nw.Expr:
    """One expression where all types have the same rule, else each type's own."""
    chosen = given[UnitType.COMMUNE]
    for unit_type in (UnitType.WARD, UnitType.SPECIAL_ZONE):
        if rules[unit_type] != rules[UnitType.COMMUNE]:
            chosen = nw.when(nw.col(TYPE) == unit_type.value).then(given[unit_type]).otherwise(chosen)
    return chosen


def _positive(amount: nw.Expr) -> nw.Expr:
    """`max(amount, 0)`, null where it is null: engines differ in what their own `max` does with a null.

    And in which way a null goes here; either way the result is null.
    """
    return nw.when(amount > 0).then(amount).otherwise(amount * 0)


def _gaps(blocs: Blocs) -> dict[str, nw.Expr]:
    columns = {}
    for bloc in blocs:
        for part in _parts():
            if part.excess is not None:
                more, less = (nw.col(f"{bloc}_{key}") for key in part.excess)
                columns[f"{bloc}_{part.key}"] = _positive(more - less)
    return columns


def _parts() -> list[Part]:
    return [part for figure in FIGURES for part in figure.parts]


def _totals(blocs: Blocs) -> dict[str, nw.Expr]:
    """Sums over the blocs, null where one is: part of a sum is not the sum."""
    keys = [part.key for part in _parts()]
    return {f"total_{key}": reduce(add, [nw.col(f"{bloc}_{key}") for bloc in blocs]) for key in keys}


def _status(blocs: Blocs, gap: Figure) -> nw.Expr:
    """As `quota.analysis.audit.auditing.status_of`: short and over at once is mixed whatever else is unknown.

    No gap is less than nothing, so where all are known their sums say whether there is any.
    """
    missing, above = (part.key for part in gap.parts)
    short, over = nw.col(f"total_{missing}") > 0, nw.col(f"total_{above}") > 0
    known = nw.when(over).then(nw.lit(Status.SURPLUS.value)).otherwise(nw.lit(Status.WITHIN.value))
    known = nw.when(short).then(nw.lit(Status.SHORT.value)).otherwise(known)
    known = nw.when(short & over).then(nw.lit(Status.MIXED.value)).otherwise(known)
    mixed = _any(missing, blocs) & _any(above, blocs)
    partly = nw.when(mixed).then(nw.lit(Status.MIXED.value)).otherwise(nw.lit(Status.UNKNOWN.value))
    return nw.when(nw.col(f"total_{missing}").is_null()).then(partly).otherwise(known)


def _any(part: str, blocs: Blocs) -> nw.Expr:
    """Whether any bloc's gap is known and not nothing; never null."""
    return reduce(or_, [nw.col(f"{bloc}_{part}").fill_null(0) > 0 for bloc in blocs])


def _below_minimum(norms: Norms) -> nw.Expr:
    minimums = {unit_type: norms.of(unit_type).minimum or 0 for unit_type in UnitType}
    below = {
        unit_type: nw.col(RESIDENTS).fill_null(minimum) < minimum for unit_type, minimum in minimums.items()
    }
    return _by_type(below, minimums)


def _notes(norms: Norms) -> nw.Expr:
    """The codes of `quota.norms.granting.Norm.notes_for`, with a space between; null where there are none.

    They hang on the type, and on whether residents are below its minimum: nobody is, somebody at it is not.
    """
    below, known = nw.col("below_minimum"), ~nw.col(RESIDENTS).is_null()
    nobody = nw.col(RESIDENTS) < 0  # no residents are fewer than none: always null
    chosen: nw.Expr = nw.when(nobody).then(nw.lit(""))
    for unit_type in UnitType:
        this = nw.col(TYPE) == unit_type.value
        norm = norms.of(unit_type)
        for residents, where in ((norm.minimum or 0, known & ~below), (0, below)):
            codes = " ".join(note.code for note in norm.notes_for(residents))
            if codes:
                chosen = nw.when(this & where).then(nw.lit(codes)).otherwise(chosen)
    return chosen


def _already_there(name: str) -> Problem:
    message = say("the table has a column of this name, which the audit would add")
    return Problem("column-exists", Severity.ERROR, message, say("rename or drop it"), column=name)
