"""At the prompt: the audit of a table of the country's size, as a whole process."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from measuring import PEERS, Contest, Peer
from tables import NATIONAL, table


def contests(folder: Path, quick: bool) -> Iterator[Contest]:
    yield Contest(
        "start",
        0,
        [Peer("import typer", ["-c", "import typer"]), Peer("quota --help", ["-m", "quota", "--help"])],
        turns=3 if quick else 15,
    )
    out = str(folder / "out.csv")
    for size in [100, NATIONAL] if quick else [100, 1_000, NATIONAL, 10_000, 100_000]:
        source = str(table(folder, size))
        audit = ["-m", "quota", "audit", source, "--format", "csv", "-o", out]
        peers = [Peer("quota audit --format csv", audit)]
        peers += [
            Peer(f"{name} script", [str(PEERS / f"{name}_audit.py"), source, out], name)
            for name in ("duckdb", "pandas", "polars")
        ]
        yield Contest("audit", size, peers, turns=3 if quick or size > 10_000 else 11)
