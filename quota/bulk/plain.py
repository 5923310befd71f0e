"""The plain columns of a CSV file, on Polars: counts of digits alone, types that are written in a few ways.

Its first rows show which they are. Nothing of them has to be settled then by going through the file before:
counts are numbers, and a cell further down that is not plain is seen as it goes by.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import narwhals as nw
from msgspec import Struct

from quota.bulk.reading import TYPE, Settled, settle, type_in
from quota.core.blocs import Blocs
from quota.core.problems import InputError
from quota.core.units import UnitType

if TYPE_CHECKING:
    import polars as pl

FIRST_ROWS = 1_000
"""Rows by which a column is taken to be plain, until a cell shows that it is not."""
ODD = "__quota_odd"
"""Which columns of a row have a cell that is not plain, a bit each; see `Plain.without`."""
_MOST_SPELLINGS = 12
"""Each is looked for in every row."""


class Plain(Struct, frozen=True):
    """The plain columns of counts; that of types, and which type each text in it says, where it is plain."""

    counts: tuple[str, ...]
    type: str
    types: dict[str, UnitType] | None

    @property
    def has_any(self) -> bool:
        """Whether any column is plain."""
        return bool(self.counts or self.types)

    def without(self, odd: int) -> Plain:
        """The columns whose bits are not set; the first bit is that of types, then come those of counts."""
        counts = tuple(heading for place, heading in enumerate(self.counts, start=1) if not odd >> place & 1)
        return Plain(counts, self.type, None if odd & 1 else self.types)


def plain_by(first: pl.DataFrame, blocs: Blocs) -> Plain | None:
    """The columns that are plain in the first rows of a file; None where it is no table of units."""
    rows = nw.from_native(first, eager_only=True)
    if ODD in rows.columns:
        return None
    try:
        settled = settle(rows, rows.schema, {}, blocs, looked_through=True)
    except InputError:
        return None  # which is said where the whole table is audited
    counts = tuple(heading for heading, written in settled.written.items() if written.plain)
    return Plain(counts, settled.found["type"], _types(rows, settled))


def plainly(table: pl.LazyFrame, plain: Plain) -> pl.LazyFrame:
    """The table with plain counts as numbers where their texts are, and `ODD`."""
    import polars as pl

    numbers = {heading: pl.col(heading).cast(pl.Int64, strict=False) for heading in plain.counts}
    places = {heading: place for place, heading in enumerate(plain.counts, start=1)}
    odd = pl.lit(0, pl.Int64)
    for heading, number in numbers.items():
        wrong = pl.col(heading).is_not_null() & ~_written_plainly(pl.col(heading), number)
        odd += wrong.cast(pl.Int64) * (1 << places[heading])
    if plain.types is not None:
        said = pl.any_horizontal(pl.col(plain.type) == text for text in plain.types)
        odd += (pl.col(plain.type).is_not_null() & ~said).cast(pl.Int64)
    return table.with_columns(odd.alias(ODD), **numbers)


def _written_plainly(text: pl.Expr, number: pl.Expr) -> pl.Expr:
    """Whether the text of a number begins with 1 to 9, or is 0: no sign before it, no zeros."""
    return number.is_not_null() & ((text >= "1") | (text == "0"))


def _types(rows: nw.DataFrame[pl.DataFrame], settled: Settled) -> dict[str, UnitType] | None:
    """The type that each text in the column of types says; None where one says none, or they are many."""
    heading = settled.found["type"]
    found = rows.select(nw.col(heading), type_in(heading, rows.schema).alias(TYPE)).unique()
    meant = {said: type_ for said, type_ in found.iter_rows() if said is not None}
    if None in meant.values() or not 0 < len(meant) <= _MOST_SPELLINGS:
        return None
    return {said: UnitType(type_) for said, type_ in meant.items()}
