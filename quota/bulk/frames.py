"""A frame over a table in any dataframe engine: quota, gap and status columns as narwhals expressions.

pandas, Polars (eager and lazy), PyArrow, DuckDB, Dask and PySpark tables go in and come out as what they are;
lazy ones stay lazy. Posts are counted by the expressions that count one unit's
(`quota.norms.arithmetic.expression`), cells are held to the limits of `quota.tables.columns.cells`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from functools import reduce
from operator import add, or_
from typing import TYPE_CHECKING, Any, Protocol

import narwhals as nw

from quota.bulk.asking import Answers, settle_answers, with_answers
from quota.bulk.granted import by_type
from quota.bulk.posts import with_possible, with_posts
from quota.bulk.reading import PROBLEM, RESIDENTS, TYPE, Settled, lacking, read, settle
from quota.bulk.worlds import Asking
from quota.core.blocs import Bloc, Blocs
from quota.core.problems import InputError, Problem, Severity, refuse_outside
from quota.core.results import Status
from quota.core.text import say
from quota.core.units import UnitType
from quota.norms.granting import Norms
from quota.render.audit.columns import CLOSING, FIGURES, FILLING, GAP, VACANCY
from quota.render.audit.laid_out import RUN, figure_keys
from quota.render.audit.shapes import Figure, Part
from quota.render.audit.unsettled import possible_header

if TYPE_CHECKING:  # the schema of rule files costs more to import than a million rows take
    from quota.norms.schema import Frame


class Audited(Protocol):
    """From an engine's own table to its audit, in the same engine; `types` as `audit` takes them."""

    def __call__(self, table: Any, types: Mapping[str, UnitType] | None = None) -> Any: ...


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
    types: Mapping[str, UnitType] | None = None,
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

    `types` are the texts of the type's column, and which type each says, where it is known that it has no
    others: then they are not looked into.

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
    settled = settle(given, schema, columns or {}, blocs, looked_through=looked_through, types=types)
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
    table: Any, schema: nw.Schema, norms: Norms, settled: Settled, answers: Answers, run: Mapping[str, Any]
) -> Any:
    """The table, or a part of it, with the new columns; `run` says what is the same in each row."""
    blocs = norms.summary.blocs
    asking = Asking(norms, answers.absent)
    unknown = _unknown_figures(blocs, lacking(settled, blocs))
    result = read(table, schema, settled, blocs)
    result = with_answers(result, schema, norms, answers)
    result = with_posts(result, asking)
    result = result.with_columns(**_gaps(blocs, unknown))
    result = result.with_columns(**_totals(blocs, unknown), below_minimum=_below_minimum(norms))
    statuses = {"status": _status(blocs, GAP, unknown), FILLING.key: _status(blocs, VACANCY, unknown)}
    said = {name: nw.lit(value) for name, value in run.items()}
    facts = {fact.key: fact.counted(_column) for fact in CLOSING if fact.counted is not None}
    result = result.with_columns(**statuses, notes=_notes(norms), **facts, **said)
    shown = [name for name in added(blocs) if name not in RUN or name in run]
    if norms.open_columns:
        result = with_possible(result, asking)
        shown += possible_header(blocs)
    return result.select(*schema, *shown).to_native()


def _column(key: str) -> nw.Expr:
    """A column of the audit, of which a table may have type and residents under other headings."""
    return nw.col({"type": TYPE, "population": RESIDENTS}.get(key, key))


def _positive(amount: nw.Expr) -> nw.Expr:
    """`max(amount, 0)`, null where it is null: engines differ in what their own `max` does with a null.

    And in which way a null goes here; either way the result is null.
    """
    return nw.when(amount > 0).then(amount).otherwise(amount * 0)


def _parts() -> list[Part]:
    return [part for figure in FIGURES for part in figure.parts]


def _unknown_figures(blocs: Blocs, lacking: Collection[str]) -> set[str]:
    """The figures of blocs that are null in every row, because the table has no column for them.

    Nothing is worked out for these: an engine would do it in each row.
    """
    found = set(lacking)
    for bloc in blocs:
        for part in _parts():
            if part.excess is not None and any(f"{bloc}_{key}" in found for key in part.excess):
                found.add(f"{bloc}_{part.key}")
    return found


def _gaps(blocs: Blocs, unknown: Collection[str]) -> dict[str, nw.Expr]:
    columns = {}
    for bloc in blocs:
        for part in _parts():
            if part.excess is not None:
                of = [f"{bloc}_{key}" for key in part.excess]
                more, less = map(nw.col, of)
                null = next((nw.col(name) for name in of if name in unknown), None)
                columns[f"{bloc}_{part.key}"] = _positive(more - less) if null is None else null
    return columns


def _totals(blocs: Blocs, unknown: Collection[str]) -> dict[str, nw.Expr]:
    """Sums over the blocs, null where one is: part of a sum is not the sum."""
    columns = {}
    for part in _parts():
        of = [f"{bloc}_{part.key}" for bloc in blocs]
        null = next((nw.col(name) for name in of if name in unknown), None)
        columns[f"total_{part.key}"] = reduce(add, map(nw.col, of)) if null is None else null
    return columns


def _status(blocs: Blocs, gap: Figure, unknown: Collection[str]) -> nw.Expr:
    """As `quota.analysis.audit.auditing.status_of`: short and over at once is mixed whatever else is unknown.

    No gap is less than nothing, so where all are known their sums say whether there is any.
    """
    missing, above = (part.key for part in gap.parts)
    told = [bloc for bloc in blocs if f"{bloc}_{missing}" not in unknown]
    if not told:
        return nw.lit(Status.UNKNOWN.value)
    mixed = _any(missing, told) & _any(above, told)
    partly = nw.when(mixed).then(nw.lit(Status.MIXED.value)).otherwise(nw.lit(Status.UNKNOWN.value))
    if len(told) < len(blocs):
        return partly
    short, over = nw.col(f"total_{missing}") > 0, nw.col(f"total_{above}") > 0
    known = nw.when(over).then(nw.lit(Status.SURPLUS.value)).otherwise(nw.lit(Status.WITHIN.value))
    known = nw.when(short).then(nw.lit(Status.SHORT.value)).otherwise(known)
    known = nw.when(short & over).then(nw.lit(Status.MIXED.value)).otherwise(known)
    return nw.when(nw.col(f"total_{missing}").is_null()).then(partly).otherwise(known)


def _any(part: str, blocs: Sequence[Bloc]) -> nw.Expr:
    """Whether any bloc's gap is known and not nothing; never null."""
    return reduce(or_, [nw.col(f"{bloc}_{part}").fill_null(0) > 0 for bloc in blocs])


def _below_minimum(norms: Norms) -> nw.Expr:
    minimums = {unit_type: norms.of(unit_type).minimum or 0 for unit_type in UnitType}
    below = {
        unit_type: nw.col(RESIDENTS).fill_null(minimum) < minimum for unit_type, minimum in minimums.items()
    }
    return by_type(below, minimums)


def _notes(norms: Norms) -> nw.Expr:
    """The codes of `quota.norms.granting.Norm.notes_for`, with a space between; null where there are none.

    They hang on the type, and on whether residents are below its minimum: nobody is, somebody at it is not.
    """
    below, known = nw.col("below_minimum"), ~nw.col(RESIDENTS).is_null()
    nobody = nw.col(RESIDENTS) < 0  # no residents are fewer than none: always null
    chosen: nw.Expr = nw.when(nobody).then(nw.lit(""))
    for is_below, where in ((False, known & ~below), (True, below)):
        codes = {unit_type: _codes(norms, unit_type, below=is_below) for unit_type in UnitType}
        if len(set(codes.values())) == 1:
            codes_of_all = codes[UnitType.COMMUNE]
            chosen = nw.when(where).then(nw.lit(codes_of_all)).otherwise(chosen) if codes_of_all else chosen
            continue
        for unit_type, said in codes.items():
            if said:
                this = nw.col(TYPE) == unit_type.value
                chosen = nw.when(this & where).then(nw.lit(said)).otherwise(chosen)
    return chosen


def _codes(norms: Norms, unit_type: UnitType, *, below: bool) -> str:
    norm = norms.of(unit_type)
    return " ".join(note.code for note in norm.notes_for(0 if below else norm.minimum or 0))


def _already_there(name: str) -> Problem:
    message = say("the table has a column of this name, which the audit would add")
    return Problem("column-exists", Severity.ERROR, message, say("rename or drop it"), column=name)
