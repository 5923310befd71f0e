"""Pieces of a table that comes as Arrow, written as they come; and the sums of a table that was written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Generator, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from itertools import chain
from pathlib import Path
from typing import Any, TypeVar

import narwhals as nw

from quota.bulk.reading import PROBLEM
from quota.core.blocs import Blocs
from quota.core.results import Status
from quota.norms.granting import Norms

T = TypeVar("T")
PARTS = ("low", "high", "shortfall", "surplus")
ROW_GROUP = 100_000
"""Rows that are gathered before they are written."""
_CELLS = 900_000
"""Cells in a piece of those."""
_MOST_HELD = 1 << 26
"""Bytes after which fewer rows are gathered: cells may be long, and columns many."""
_SAME = {
    *("boolean", "varchar", "blob", "float", "double", "decimal"),
    *("date", "time", "timestamp", "timestamp with time zone", "timestamp_ns"),
    *("tinyint", "smallint", "integer", "bigint", "utinyint", "usmallint", "uinteger", "ubigint"),
}

OPEN = "open"
"""How many rows have other posts where what is unknown of them is so."""

Counted = Mapping[str, int | None]
"""What `sums` counts, by name."""


def write_csv(pieces: Any, target: Path, norms: Norms) -> Counted:
    """Arrow tables as text, by Polars, which writes it in half the time; counted as they go by."""
    import polars as pl

    counted: Counter[str] = Counter()
    with target.open("wb") as out, closing(_ahead(iter(pieces))) as coming:
        pl.DataFrame(pieces.schema.empty_table()).write_csv(out)
        for piece in coming:
            rows = pl.DataFrame(piece)
            rows.write_csv(out, include_header=False)
            counted.update(sums(rows, norms).row(0, named=True))
    return counted


def same_in_arrow(types: Iterable[Any]) -> bool:
    """Whether DuckDB's columns of these types are the same in a Parquet file that is written from Arrow.

    Others may be too; UUID and JSON become text.
    """
    return all(str(type_).partition("(")[0].lower() in _SAME for type_ in types)


def rows_in_a_piece(columns: int) -> int:
    """The number of rows that keeps a piece at one size, whatever the number of columns."""
    return max(_CELLS // columns, 1)


def write_parquet(pieces: Any, target: Path) -> None:
    """Arrow tables as Parquet, in their order, by PyArrow.

    DuckDB, to keep rows in order, first gathers the pieces of each thread and deals them out anew.
    """
    from pyarrow.parquet import ParquetWriter

    with closing(_ahead(_groups(pieces))) as groups:
        first = next(groups, pieces.schema.empty_table())
        with ParquetWriter(
            target, first.schema, compression="zstd", use_dictionary=_repeating(first), store_schema=False
        ) as out:
            for group in chain([first], groups):
                out.write_table(group)


def _ahead(pieces: Iterator[T]) -> Generator[T]:
    """Each of the pieces, while a thread waits for the next."""
    with ThreadPoolExecutor(1) as thread:
        coming = thread.submit(next, pieces, None)
        while (piece := coming.result()) is not None:
            coming = thread.submit(next, pieces, None)
            yield piece


def _groups(pieces: Iterable[Any]) -> Iterator[Any]:
    """The pieces gathered into tables of `ROW_GROUP` rows or a few more; of fewer where they are long."""
    from pyarrow import Table

    held: list[Any] = []
    for piece in pieces:
        held.append(piece)
        if sum(map(len, held)) >= ROW_GROUP or sum(batch.nbytes for batch in held) >= _MOST_HELD:
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


def sums(table: Any, norms: Norms) -> Any:
    """One row that sums up a table audited by a frame; a sum over nothing is 0 or null."""
    return nw.from_native(table).select(*summing(nw, norms)).to_native()


def summing(engine: Any, norms: Norms) -> list[Any]:
    """The expressions of `sums`, in narwhals or in Polars: translated once, not for each of many pieces."""
    col, blocs = engine.col, norms.summary.blocs
    names = [f"{bloc}_{part}" for bloc in blocs for part in PARTS]
    figures = [col(name).cast(engine.Int64).sum().alias(name) for name in names]
    known = [col(name).count().alias(f"known {name}") for name in names]
    statuses = [(col("status") == status.value).sum().alias(status.value) for status in Status]
    return [
        *(col("status").count().alias("rows"), col(PROBLEM).count()),
        *(*figures, *known, *statuses, *(_summing_possible(engine, blocs) if norms.open_columns else ())),
    ]


def _summing_possible(engine: Any, blocs: Blocs) -> Iterator[Any]:
    """The rows whose posts hang on what is unknown of them, and all posts where that is so."""
    yield engine.col("total_possible_low").count().alias(OPEN)
    for bloc in blocs:
        for end in ("low", "high"):
            names = f"{bloc}_possible_{end}", f"{bloc}_{end}"
            yield engine.coalesce(*names).cast(engine.Int64).sum().alias(names[0])
