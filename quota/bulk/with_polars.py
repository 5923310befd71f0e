"""A file audited into another by Polars: in one pass where its cells are plain."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from quota.bulk.files import CSV, PARQUET, form_of, header_of, named
from quota.bulk.frames import Audited
from quota.bulk.plain import FIRST_ROWS, ODD, plain_by, plainly
from quota.bulk.reading import without_blank_rows
from quota.bulk.writing import ROW_GROUP, Counted, summing
from quota.norms.granting import Norms

if TYPE_CHECKING:
    import polars as pl


def with_polars(source: Path, target: Path, audited: Audited, form: str, norms: Norms) -> Counted:
    """What was written, in sums; `form` is how `target` is written."""
    import polars as pl

    if form_of(source) == PARQUET:
        return _written(audited(pl.scan_parquet(source)), target, form, Tally(norms))
    # Only where a column has no name: an interrupt inside a function that Polars calls ends in its panic.
    naming = None if all(header_of(source)) else named

    def scan(rows: int | None = None) -> pl.LazyFrame:
        found = pl.scan_csv(source, infer_schema=False, with_column_names=naming, n_rows=rows)
        filled: pl.LazyFrame = without_blank_rows(found)
        return filled

    table = scan()
    try:
        plain = plain_by(scan(FIRST_ROWS).collect(), norms.summary.blocs)
    except pl.exceptions.PolarsError:
        plain = None  # what is wrong is said by the audit of the whole
    while plain is not None and plain.has_any:
        found = audited(plainly(table, plain), types=plain.types)
        if form == PARQUET:  # where columns that are passed on are text, whatever is in them
            found = found.with_columns(pl.col(plain.counts).cast(pl.String))
        tally = Tally(norms)
        counted = _written(found, target, form, tally)
        if not tally.odd:
            return counted
        plain = plain.without(tally.odd)  # all of it was seen: what is left is plain
    return _written(audited(table), target, form, Tally(norms))


class Tally:
    """Sums up rows on their way to a file.

    Polars could sum them up beside writing them, but holds whatever the slower of the two has yet to take.
    Rows come from several threads.
    """

    def __init__(self, norms: Norms) -> None:
        import polars as pl

        self.odd = 0
        """The columns that have a cell that is not plain, as `ODD` has them."""
        self._odd = pl.col(ODD).bitwise_or()
        self._sums = summing(pl, norms)
        self._counted: Counter[str] = Counter()
        self._lock = Lock()

    @property
    def counted(self) -> Counted:
        """The sums of all rows that went by."""
        return self._counted

    def count(self, rows: pl.DataFrame) -> pl.DataFrame:
        """The rows, counted; none once there was a cell that is not plain: the file is not wanted then."""
        if ODD in rows.columns:
            odd = rows.select(self._odd).item()
            with self._lock:
                self.odd |= odd or 0  # there may be no rows
        if self.odd:
            return rows.clear()
        found = rows.select(self._sums).row(0, named=True)
        with self._lock:
            self._counted.update(found)
        return rows


def _written(found: pl.LazyFrame, target: Path, form: str, tally: Tally) -> Counted:
    schema = found.collect_schema()
    counted = found.map_batches(tally.count, schema=schema, streamable=True, projection_pushdown=False)
    counted = counted.drop(ODD, strict=False)  # which older Polars would leave out before it is counted
    if form == CSV:
        counted.sink_csv(target)
    else:
        counted.sink_parquet(target, row_group_size=ROW_GROUP)
    return tally.counted
