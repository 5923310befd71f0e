"""In bulk: CSV beside a Polars script that writes the same columns, Parquet beside a query in DuckDB."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from auditing import quota_bulk, same_columns, script
from measuring import PEERS, Contest, Limits, once
from tables import table


def contests(folder: Path, limits: Limits) -> Iterator[Contest]:
    for size in limits.sizes(10_000, 100_000, 1_000_000, 10_000_000):
        text = table(folder, size)
        beside = [same_columns(text, folder), quota_bulk(text, folder, "polars")]
        yield Contest("bulk, CSV", size, beside, turns=3)
        source = text.with_suffix(".parquet")
        once([str(PEERS / "to_parquet.py"), str(text), str(source)])
        text.unlink()
        engines = [quota_bulk(source, folder, engine) for engine in ("polars", "duckdb")]
        peers = [script(source, folder, "duckdb"), *engines]
        yield Contest("bulk, Parquet", size, peers, turns=3)
        source.unlink()
