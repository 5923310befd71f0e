"""Proposed mergers beside spopt's max-p heuristic, on the same maps.

Max-p makes as many contiguous regions with a minimum as it can find: of its seeds the best counts. Ours is to
be never fewer, with a proof.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from measuring import PEERS, ROOT, Contest, Limits, Peer

PROVINCES = ("cao-bang", "hue", "ha-tinh", "ha-noi")
MINIMUM, SEEDS = 16_000, 20


def verdict(first: object, other: object) -> str:
    """How many groups the heuristic found of those that there are."""
    assert isinstance(first, dict)
    assert isinstance(other, dict)
    if other["groups"] > first["groups"]:
        return f"DIFFERENT: {other['groups']} groups, more than our {first['groups']}"
    return f"groups {other['groups']} of {first['groups']}"


def contests(folder: Path, limits: Limits) -> Iterator[Contest]:
    small = limits.rows <= 10_000
    for name in PROVINCES[:2] if small else PROVINCES:
        seeds = 2 if small else SEEDS
        with (ROOT / "data" / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
            size = sum(1 for _ in csv.DictReader(lines))
        out = str(folder / f"{name}.json")
        command = ["suggest", name, "--neighbours", f"{name}-neighbours", "--minimum", str(MINIMUM)]
        ours = ["-m", "quota", *command, "--format", "json", "-o", out]
        theirs = [str(PEERS / "max_p.py"), str(ROOT / "data"), name, str(MINIMUM), str(seeds)]
        peers = [
            Peer("quota suggest, with its proof", ours, "ortools", answer=[str(PEERS / "certified.py"), out]),
            Peer(f"spopt max-p, best of {seeds} seeds", theirs, environment="spopt"),
        ]
        yield Contest(f"suggest {name}", size, peers, turns=1, verdict=verdict)
