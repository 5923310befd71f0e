"""The `quota` command: streams set up, a command run, refused input turned into words and exit code 2."""

from __future__ import annotations

import gc
import io
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line; always ends in `SystemExit` with 0, 1 (answered "no") or 2 (bad input)."""
    _speak_utf8()
    gc.set_threshold(100_000)  # one short run makes little garbage; looking for it costs more than it frees
    # No other package's plugin has a say in what a rule file means; looking for them costs a tenth of a run.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    from quota.cli.app import command
    from quota.core.problems import InputError
    from quota.ledger import keeping

    try:
        with keeping():
            command()(args=arguments, prog_name="quota")
    except InputError as error:
        from quota.render.problems import problem_lines

        for line in problem_lines(error.problems):
            sys.stderr.write(f"{line}\n")
        sys.exit(2)
    except OSError as error:
        sys.stderr.write(f"The output cannot be written: {error.strerror or error}.\n")
        _abandon_stdout()
        sys.exit(2)
    except Exception as error:
        sys.stderr.write(_fault(error))
        sys.exit(2)


def _fault(error: Exception) -> str:
    """One sentence for what should not happen; it names the place in the program, not the data."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = f" ({Path(trace.tb_frame.f_code.co_filename).name}, line {trace.tb_lineno})" if trace else ""
    return f"A fault in the program: {type(error).__name__}{place}. Nothing was written; please report it.\n"


def _speak_utf8() -> None:
    """Vietnamese names go through any pipe, also where the system's own encoding cannot hold them."""
    if sys.stderr is None:
        sys.stderr = io.StringIO()
    if sys.stdout is None:
        sys.stderr.write("There is nowhere to write to: standard output is closed.\n")
        sys.exit(2)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _abandon_stdout() -> None:
    """Leave nothing in the buffer that Python would try to write again, and complain of, on its way out."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
