"""Sweeps: a thousand variants of a frame over the country's units, vectorised and unit by unit."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from measuring import PEERS, Contest, Peer
from tables import NATIONAL, table


def contests(folder: Path, quick: bool) -> Iterator[Contest]:
    source = str(table(folder, NATIONAL))
    for variants in [10] if quick else [10, 100, 1_000]:
        peers = [
            Peer(name, [str(PEERS / "sweep.py"), source, str(variants), how], needs)
            for name, how, needs in (
                ("quota.bulk.sweep, NumPy", "numpy", "numpy"),
                ("the same unit by unit", "plain", None),
            )
            if how == "numpy" or variants <= 100  # a thousand unit by unit take minutes
        ]
        yield Contest(f"sweep of {variants} frames", NATIONAL, peers, turns=1 if quick else 3)
