"""How time and memory grow with the rows: every way to audit a CSV file, beside DuckDB's SQL by hand."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from auditing import office, openfisca, quota_audit, quota_bulk, script
from measuring import PEERS, Contest, Limits, once
from tables import table

IN_MEMORY = "all rows are held in memory"


def contests(folder: Path, limits: Limits) -> Iterator[Contest]:
    book_rows = 10_000 if limits.rows > 10_000 else 1_000
    for size in limits.sizes(100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000):
        source = table(folder, size)
        book = folder / f"book-{size}.xlsx"
        if size <= book_rows:
            once([str(PEERS / "to_workbook.py"), str(source), str(book)])
        peers = [
            script(source, folder, "duckdb"),
            quota_bulk(source, folder, "polars"),
            quota_bulk(source, folder, "duckdb"),
            quota_audit(source, folder, 100_000, "for more there is quota bulk"),
            script(source, folder, "polars"),
            script(source, folder, "pandas", 1_000_000, IN_MEMORY),
            openfisca(source, folder, 1_000_000, IN_MEMORY),
            office(book, size, folder, book_rows),
        ]
        yield Contest("rows, CSV", size, peers, turns=3)
        source.unlink()
