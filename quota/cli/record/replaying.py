"""Make a recorded run again: from the same folder, on the same day, writing only inside a given folder."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import chdir, contextmanager
from contextvars import copy_context
from pathlib import Path

from msgspec import Struct

from quota.core.problems import refusal
from quota.core.text import say
from quota.render.kit.language import OPTION
from quota.run.ledger import MANIFEST_OPTION, NEVER_RECORDED, Replay, repeating
from quota.run.manifest import Manifest, read_manifest

_RECORD = "record-of-the-repeated-run.json"


class Program(Struct, frozen=True):
    """This program as a command line: the names of its commands, and what runs the words after its name.

    `run` ends in `SystemExit`. It is handed down by the run that asks, so that nothing here imports it.
    """

    commands: Collection[str]
    run: Callable[[Sequence[str]], None]


class Again(Struct, frozen=True):
    """A repeated run's exit code, its own manifest, what it said, and where each of its outputs lies by name.

    `record` is None where the run was refused.
    """

    code: int
    record: Manifest | None
    messages: str
    places: dict[str, Path]


def repeat(program: Program, recorded: Manifest, base: Path, stdin: bytes, folder: Path) -> Again:
    """Run the recorded command again in `base`, all its outputs in `folder`.

    It runs in this process, by `program.run`: a manifest can name this program's commands and nothing else.
    `InputError` where it names none.
    """
    if recorded.command.split()[0] not in program.commands or recorded.command == NEVER_RECORDED:
        message = say('no command is called "{command}"', command=recorded.command)
        raise refusal("unknown-command", message)
    replay = Replay(folder, recorded.today)
    own = folder / _RECORD  # its name is like no output's, which the run was asked for
    common = [OPTION, recorded.language, MANIFEST_OPTION, str(own)]
    words = [*recorded.command.split(), *common, *recorded.arguments]
    code, messages = copy_context().run(_run, program, words, recorded, replay, base, stdin)
    if code == 130:
        raise KeyboardInterrupt
    written = replay.places.get(str(own))
    record = None
    if code in (0, 1) and written is not None and written.is_file():
        record = read_manifest(own, written.read_bytes())
    return Again(code, record, messages, replay.places)


def _run(
    program: Program, words: list[str], recorded: Manifest, replay: Replay, base: Path, stdin: bytes
) -> tuple[int, str]:
    code = 0
    columns = None if recorded.width is None else str(recorded.width)
    with repeating(replay), _streams(stdin) as messages, chdir(base), _environment(columns):
        try:
            program.run(words)
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else 0
    return code, messages.getvalue().decode("utf-8")


@contextmanager
def _streams(stdin: bytes) -> Iterator[io.BytesIO]:
    """Give the run its standard input, keep its output from the screen, and collect what it says."""
    kept = sys.stdin, sys.stdout, sys.stderr
    messages = io.BytesIO()
    sys.stdin = io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8")
    sys.stdout = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="\n")
    sys.stderr = io.TextIOWrapper(messages, encoding="utf-8", newline="\n", write_through=True)
    try:
        yield messages
    finally:
        sys.stderr.flush()
        if isinstance(sys.stderr, io.TextIOWrapper):
            sys.stderr.detach()  # dropped, it would close what it wrote to
        sys.stdin, sys.stdout, sys.stderr = kept


@contextmanager
def _environment(columns: str | None) -> Iterator[None]:
    """Set the width of the recorded table; afterwards put back what the run set for itself."""
    kept = {name: os.environ.get(name) for name in ("COLUMNS", "LANGUAGE")}
    _set("COLUMNS", columns)
    try:
        yield
    finally:
        for name, value in kept.items():
            _set(name, value)


def _set(name: str, value: str | None) -> None:
    if value is None:
        os.environ.pop(name, None)
    else:
        os.environ[name] = value
