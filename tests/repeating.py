"""Runs of the program one after another in one process: `python tests/repeating.py RUNS.json FOLDER`.

Each run has a folder of its own under FOLDER, which it is made in and which afterwards holds what it wrote,
its standard output and messages, and its record. A clock that is a year ahead can be asked for.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import sys
import time
from pathlib import Path
from typing import Any

_YEAR = 366 * 86_400


def _ahead(seconds: int) -> None:
    """Let the clock be `seconds` ahead for whatever asks `time` (as zip files do), in any of its ways."""
    now, local, utc = time.time, time.localtime, time.gmtime
    changed: Any = time
    changed.time = lambda: now() + seconds
    changed.localtime = lambda at=None: local(now() + seconds if at is None else at)
    changed.gmtime = lambda at=None: utc(now() + seconds if at is None else at)


def _run(arguments: list[str], columns: str | None, folder: Path) -> None:
    from quota.cli.main import main

    folder.mkdir()
    if columns is None:
        os.environ.pop("COLUMNS", None)
    else:
        os.environ["COLUMNS"] = columns
    out, err = io.BytesIO(), io.BytesIO()
    kept = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = (
        io.TextIOWrapper(stream, write_through=True, newline="\n") for stream in (out, err)
    )
    code: object = 0
    try:
        with contextlib.chdir(folder):
            main(arguments)
    except SystemExit as end:
        code = end.code
    finally:
        for stream in (sys.stdout, sys.stderr):
            stream.detach()  # which would close what it wrote to, were it dropped
        sys.stdout, sys.stderr = kept
    (folder / "stdout").write_bytes(out.getvalue())
    (folder / "stderr").write_bytes(err.getvalue())
    (folder / "code").write_text(str(code), encoding="utf-8")


def run_all(listed: Path, folder: Path) -> None:
    """Make every run of the list, `{name: [columns, [argument, …]]}`."""
    for name, (columns, arguments) in json.loads(listed.read_text(encoding="utf-8")).items():
        _run(arguments, columns, folder / name)


if __name__ == "__main__":
    if os.environ.get("CLOCK_AHEAD"):
        _ahead(_YEAR)
    run_all(Path(sys.argv[1]), Path(sys.argv[2]))
