"""In bulk: a Parquet file audited into another, beside the same query written by hand in DuckDB's SQL."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from auditing import quota_bulk, script
from measuring import PEERS, Contest, Limits, once
from tables import table


def contests(folder: Path, limits: Limits) -> Iterator[Contest]:
    for size in limits.sizes(10_000, 100_000, 1_000_000, 10_000_000):
        text = table(folder, size)
        source = text.with_suffix(".parquet")
        once([str(PEERS / "to_parquet.py"), str(text), str(source)])
        text.unlink()
        engines = [quota_bulk(source, folder, engine) for engine in ("polars", "duckdb")]
        peers = [script(source, folder, "duckdb"), *engines]
        yield Contest("bulk, Parquet", size, peers, turns=3)
        source.unlink()
