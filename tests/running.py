"""Runs of the program in this process, outside the fixtures of pytest: what came out, and what was said."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Sequence

from msgspec import Struct

from quota.cli.main import main


class Ran(Struct, frozen=True):
    """Standard output, standard error and exit code of a run."""

    out: str
    err: str
    code: object


def ran(arguments: Sequence[str]) -> Ran:
    """Run `quota` with these arguments, in the folder and the environment there are."""
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _ in range(2))
    code: object = 0
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            main(list(arguments))
        except SystemExit as end:
            code = end.code
    return Ran(_text(out), _text(err), code)


def _text(stream: io.TextIOWrapper) -> str:
    stream.flush()
    stream.seek(0)
    return stream.read()
