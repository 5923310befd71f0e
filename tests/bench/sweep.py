"""Sweeps: a thousand variants of a frame over the country's units, vectorised and unit by unit."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from measuring import PEERS, Contest, Limits, Peer
from tables import NATIONAL, table


def contests(folder: Path, limits: Limits) -> Iterator[Contest]:
    units = min(NATIONAL, limits.rows)
    source = str(table(folder, units))
    for variants in (size for size in (10, 100, 1_000) if size <= max(10, limits.rows // 100)):
        ways = (
            ("quota.bulk.sweep, NumPy", "numpy", None),
            ("the same unit by unit", "plain", 100),
        )
        peers = [
            Peer(
                name,
                [str(PEERS / "sweep.py"), source, str(variants), how],
                "numpy",
                most=None if frames is None or variants <= frames else frames * units,
                why="minutes",
            )
            for name, how, frames in ways
        ]
        yield Contest(f"sweep of {variants} frames", variants * units, peers, turns=3)
