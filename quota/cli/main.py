"""The `quota` command: streams set up, a command run, refused input turned into words and exit code 2."""

from __future__ import annotations

import gc
import io
import os
import sys
from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line; always ends in `SystemExit` with 0, 1 (answered "no") or 2 (bad input)."""
    _speak_utf8()
    gc.set_threshold(100_000)  # one short run makes little garbage; looking for it costs more than it frees
    # No other package's plugin has a say in what a rule file means; looking for them costs a tenth of a run.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    from quota.cli.app import command
    from quota.core.problems import InputError

    try:
        command()(args=arguments, prog_name="quota")
    except InputError as error:
        from quota.render.problems import problem_lines

        for line in problem_lines(error.problems):
            sys.stderr.write(f"{line}\n")
        sys.exit(2)


def _speak_utf8() -> None:
    """Vietnamese names go through any pipe, also where the system's own encoding cannot hold them."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
