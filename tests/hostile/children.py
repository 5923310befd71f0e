"""The program as a process of its own, with its peak memory."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.unmeasured import unmeasured

ROOT = Path(__file__).parents[2]
LAUNCHER = Path(__file__).with_name("launcher.py")
SECONDS = 120
"""Long enough on the slowest machine; a run that takes longer hangs."""
MOST_MEGABYTES = 6_000
"""Of address space, so that a test that fails takes no machine with it. Bounds of cases are far below."""


@dataclass(frozen=True)
class Child:
    """How a run ended: exit code, what it said, its peak memory in megabytes (with its own children's)."""

    code: int
    out: str
    err: str
    megabytes: float


def run(
    folder: Path, *arguments: str, env: Mapping[str, str] | None = None, stdin: bytes | None = None
) -> Child:
    """Run `quota` with these arguments; the folder is for what this leaves behind."""
    report = folder / "report.json"
    launched = [sys.executable, "-I", "-S", LAUNCHER, report, SECONDS, MOST_MEGABYTES]
    done = subprocess.run(
        [str(part) for part in (*launched, sys.executable, "-m", "quota", *arguments)],
        cwd=ROOT,
        env={**unmeasured(), "QUOTA_LANG": "en", "COLUMNS": "100", **(env or {})},
        input=stdin if stdin is not None else b"",
        capture_output=True,
        check=False,
    )
    found = json.loads(report.read_text(encoding="utf-8"))
    return Child(found["code"], _text(done.stdout), _text(done.stderr), found["megabytes"])


def _text(content: bytes) -> str:
    return content.decode("utf-8", "surrogateescape")
