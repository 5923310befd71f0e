"""The `quota` command: streams set up, a command run, refused input turned into words and exit code 2."""

from __future__ import annotations

import gc
import io
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import NoReturn

from quota.run.interrupting import ignore_interrupts, listening, stop_if_interrupted

INTERRUPTED = 130
"""What shells give a command that was interrupted from the keyboard."""


def run() -> None:
    """Run the command line as a process of its own, without a search for garbage at its end."""
    try:
        main()
    finally:
        ignore_interrupts()
        gc.freeze()


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line; ends in `SystemExit`: 0, 1 (answered "no"), 2 (bad input) or 130 (Ctrl-C)."""
    try:
        with listening():
            try:
                _run(arguments)
            finally:
                stop_if_interrupted()
    except KeyboardInterrupt:  # outside a command, as while the program itself is loaded
        sys.exit(INTERRUPTED)
    except Exception as error:
        _end(error)


def _run(arguments: Sequence[str] | None) -> None:
    _speak_utf8()
    gc.set_threshold(100_000)  # one short run makes little garbage; looking for it costs more than it frees
    # No other package's plugin has a say in what a rule file means; looking for them costs a tenth of a run.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    # Nothing here multiplies matrices: NumPy's threads for it would only take time to start.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from quota.cli.app import command
    from quota.cli.helping import speak_in_help
    from quota.core.problems import InputError
    from quota.core.text import say
    from quota.render.kit.language import Language, asked_for, choose
    from quota.run.ledger import keeping
    from quota.run.limits import refuse_wrong_limits
    from quota.run.windows import expanded, on_windows

    given = sys.argv[1:] if arguments is None else arguments
    if on_windows():
        given = expanded(given)
    try:
        choose(asked_for(given, os.environ))
        speak_in_help()
        refuse_wrong_limits(os.environ)
        with keeping(given):
            command()(args=given, prog_name="quota", obj=main)  # `quota verify` runs a recorded command by it
    except InputError as error:
        from quota.render.kit.output import mention
        from quota.render.kit.problems import problem_lines

        for line in problem_lines(error.problems):
            mention(line)
        sys.exit(2)
    except OSError as error:
        from quota.render.kit.output import mention

        mention(say("The output cannot be written: {why}.", why=error.strerror or error))
        _abandon_stdout()
        sys.exit(2)
    except Exception as error:
        _end(error)  # in the language chosen; `main` has caught what comes before that
    finally:
        choose(Language.EN)  # a process may call this more than once


def _end(error: Exception) -> NoReturn:
    """End a run that failed. A library interrupted while it loads raises its own error: exit code 130."""
    stop_if_interrupted()
    at: BaseException | None = error
    while at is not None:
        if isinstance(at, KeyboardInterrupt):
            sys.exit(INTERRUPTED)
        at = at.__cause__ or at.__context__
    sys.stderr.write(_fault(error))
    sys.exit(2)


def _fault(error: Exception) -> str:
    """One sentence for what should not happen; it names the place in the program, not the data."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    from quota.core.text import say
    from quota.render.kit.words import words

    place = f" ({Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno})" if trace else ""
    said = say(
        "A fault in the program: {fault}. Nothing was written; please report it.",
        fault=f"{type(error).__name__}{place}",
    )
    return f"{words(said)}\n"


def _speak_utf8() -> None:
    """Vietnamese names go through any pipe, also where the system's own encoding cannot hold them.

    Lines end in a line feed everywhere: Windows would put a carriage return before each, and the same result
    would be other bytes.
    """
    if sys.stderr is None:
        sys.stderr = io.StringIO()
    if sys.stdout is None:
        sys.stderr.write("There is nowhere to write to: standard output is closed.\n")
        sys.exit(2)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


def _abandon_stdout() -> None:
    """Empty the buffer of standard output: Python would try to write it again at its end, and fail again."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
