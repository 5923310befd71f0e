"""In bulk: a file audited into a file, beside the same query written by hand in DuckDB's SQL."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from measuring import PEERS, Contest, Peer, once
from tables import table


def contests(folder: Path, quick: bool) -> Iterator[Contest]:
    for size in [10_000, 100_000] if quick else [10_000, 100_000, 1_000_000, 10_000_000]:
        text = table(folder, size)
        columns = text.with_suffix(".parquet")
        # In a process of its own: what this one has held at most would be counted as its children's.
        once([str(PEERS / "to_parquet.py"), str(text), str(columns)])
        for source in (text, columns):
            form = source.suffix
            out = str(folder / f"out{form}")
            peers = [Peer("duckdb SQL by hand", [str(PEERS / "duckdb_audit.py"), str(source), out], "duckdb")]
            for engine in ("polars", "duckdb"):
                command = ["-m", "quota", "bulk", str(source), out, "--engine", engine, "--format", "csv"]
                peers.append(Peer(f"quota bulk --engine {engine}", command, engine))
            yield Contest(f"bulk {form[1:]}", size, peers, turns=1 if quick or size > 1_000_000 else 3)
        text.unlink()
        columns.unlink()
