"""A CSV file of plain cells, on Polars: counts of digits alone, each type of unit written in a few ways.

Its first rows show whether it is plain. Then nothing has to be settled by going through it beforehand: counts
are numbers, and a cell further down that is not plain is seen as it goes by.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import narwhals as nw
from msgspec import Struct

from quota.bulk.reading import TYPE, Settled, counted_headings, settle, type_in
from quota.core.blocs import Blocs
from quota.core.problems import InputError
from quota.core.units import UnitType

if TYPE_CHECKING:
    import polars as pl

FIRST_ROWS = 1_000
"""Rows by which a file is taken to be plain, until a cell shows that it is not."""
ODD = "__quota_odd"
"""Whether a row has a cell that is not plain."""
_MOST_SPELLINGS = 12
"""Each is looked for in every row."""


class Plain(Struct, frozen=True):
    """The columns of counts, that of types, and which type each text in it says."""

    counts: tuple[str, ...]
    type: str
    types: dict[str, UnitType]


def plain_by(first: pl.DataFrame, blocs: Blocs) -> Plain | None:
    """How the columns are plain in the first rows of a file; None where they are not, or are no units'."""
    rows = nw.from_native(first, eager_only=True)
    if ODD in rows.columns:
        return None
    try:
        settled = settle(rows, rows.schema, {}, blocs, looked_through=True)
    except InputError:
        return None  # which is said where the whole table is audited
    types = _types(rows, settled)
    if not all(way.plain for way in settled.written.values()) or not 0 < len(types) <= _MOST_SPELLINGS:
        return None
    known = {said: UnitType(meant) for said, meant in types.items() if meant is not None}
    counts = tuple(counted_headings(settled, blocs))
    return Plain(counts, settled.found["type"], known) if len(known) == len(types) else None


def plainly(table: pl.LazyFrame, plain: Plain) -> pl.LazyFrame:
    """The table with counts as numbers where its texts are, and `ODD`."""
    import polars as pl

    numbers = {heading: pl.col(heading).cast(pl.Int64, strict=False) for heading in plain.counts}
    said = pl.any_horizontal(pl.col(plain.type) == text for text in plain.types)
    odd = [
        pl.col(heading).is_not_null() & ~_written_plainly(pl.col(heading), number)
        for heading, number in numbers.items()
    ]
    odd.append(pl.col(plain.type).is_not_null() & ~said)
    return table.with_columns(pl.any_horizontal(odd).alias(ODD), **numbers)


def _written_plainly(text: pl.Expr, number: pl.Expr) -> pl.Expr:
    """Whether the text of a number begins with 1 to 9, or is 0: no sign before it, no zeros."""
    return number.is_not_null() & ((text >= "1") | (text == "0"))


def _types(rows: nw.DataFrame[pl.DataFrame], settled: Settled) -> dict[str, str | None]:
    """The type that each text in the column of types says; None for a text that says none."""
    heading = settled.found["type"]
    found = rows.select(nw.col(heading), type_in(heading, rows.schema).alias(TYPE)).unique()
    return {said: meant for said, meant in found.iter_rows() if said is not None}
