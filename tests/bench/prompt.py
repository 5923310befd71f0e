"""At the prompt: the audit of a table of the country's size, as a whole process."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from auditing import quota_audit, scripts
from measuring import Contest, Limits, Peer
from tables import NATIONAL, table


def contests(folder: Path, limits: Limits) -> Iterator[Contest]:
    start = [Peer("import typer", ["-c", "import typer"]), Peer("quota --help", ["-m", "quota", "--help"])]
    yield Contest("start", 0, start, turns=15)
    size = min(NATIONAL, limits.rows)
    source = table(folder, size)
    yield Contest("prompt", size, [quota_audit(source, folder), *scripts(source, folder)], turns=11)
