"""Pieces of a table that comes as Arrow, written as they come; and what a table written comes to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import Any

import narwhals as nw

from quota.bulk.reading import PROBLEM
from quota.core.blocs import Bloc
from quota.core.results import Status

PARTS = ("low", "high", "shortfall", "surplus")
_FIGURES = [f"{bloc.value}_{part}" for bloc in Bloc for part in PARTS]
ROW_GROUP = 100_000
"""Rows that are gathered before they are written."""
PIECE = 50_000
"""Rows in a piece of those."""
_MOST_HELD = 1 << 27
"""Bytes after which fewer rows are gathered: cells may be long, and columns many."""
_SAME = {
    *("boolean", "varchar", "blob", "float", "double", "decimal"),
    *("date", "time", "timestamp", "timestamp with time zone", "timestamp_ns"),
    *("tinyint", "smallint", "integer", "bigint", "utinyint", "usmallint", "uinteger", "ubigint"),
}

Counted = Mapping[str, int | None]
"""What `sums` counts, by name."""


def write_csv(pieces: Any, target: Path) -> Counted:
    """Arrow tables as text, by Polars, which writes it in half the time; counted as they go by."""
    import polars as pl

    counted: Counter[str] = Counter()
    with target.open("wb") as out:
        pl.DataFrame(pieces.schema.empty_table()).write_csv(out)
        for piece in pieces:
            rows = pl.DataFrame(piece)
            rows.write_csv(out, include_header=False)
            counted.update(sums(rows).row(0, named=True))
    return counted


def same_in_arrow(types: Iterable[Any]) -> bool:
    """Whether DuckDB's columns of these types are the same in a Parquet file that is written from Arrow.

    Others may be too; a UUID becomes a text.
    """
    return all(one.id in _SAME for one in types)


def write_parquet(pieces: Any, target: Path) -> None:
    """Arrow tables as Parquet, in their order, by PyArrow.

    DuckDB, to keep rows in order, first gathers the pieces of each thread and deals them out anew.
    """
    from pyarrow.parquet import ParquetWriter

    groups = _groups(pieces)
    first = next(groups, pieces.schema.empty_table())
    with ParquetWriter(
        target, first.schema, compression="zstd", use_dictionary=_repeating(first), store_schema=False
    ) as out:
        for group in chain([first], groups):
            out.write_table(group)


def _groups(pieces: Iterable[Any]) -> Iterator[Any]:
    """The pieces gathered into tables of up to `ROW_GROUP` rows."""
    from pyarrow import Table

    held: list[Any] = []
    for piece in pieces:
        held.append(piece)
        if sum(map(len, held)) >= ROW_GROUP or sum(one.nbytes for one in held) >= _MOST_HELD:
            yield Table.from_batches(held)
            held = []
    if held:
        yield Table.from_batches(held)


def _repeating(rows: Any) -> list[str]:
    """The columns for which a dictionary pays: not those of texts that are nearly all different, as codes."""
    from pyarrow import types

    columns = zip(rows.schema, rows.columns, strict=True)
    return [
        field.name
        for field, cells in columns
        if not types.is_string(field.type) or 2 * len(cells.unique()) <= len(cells)
    ]


def sums(table: Any) -> Any:
    """One row that sums up an audited table, in its engine; a sum over nothing is 0 or null."""
    figures = [nw.col(name).cast(nw.Int64).sum().alias(name) for name in _FIGURES]
    statuses = [(nw.col("status") == status.value).sum().alias(status.value) for status in Status]
    known = [nw.col(name).count().alias(f"known {name}") for name in _FIGURES]
    rows = nw.col("status").count().alias("rows")
    found = nw.from_native(table).select(rows, nw.col(PROBLEM).count(), *figures, *known, *statuses)
    return found.to_native()
