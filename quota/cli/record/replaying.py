"""A recorded run made again: from the same place, on the same day, with nothing written outside a folder."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterator
from contextlib import chdir, contextmanager
from contextvars import copy_context
from pathlib import Path

from msgspec import Struct

from quota.cli.app import COMMANDS
from quota.cli.helping import MANIFEST_OPTION, NEVER_RECORDED
from quota.cli.main import main
from quota.core.problems import InputError, Problem, Severity
from quota.core.text import say
from quota.render.kit.language import OPTION
from quota.run.ledger import Replay, repeating
from quota.run.manifest import Manifest, read_manifest

_RECORD = "record-of-the-repeated-run.json"


class Again(Struct, frozen=True):
    """What the repeated run came to.

    `record` is its own manifest, None where it was refused; `messages` what it said; `places` where each of
    its outputs lies, by name.
    """

    code: int
    record: Manifest | None
    messages: str
    places: dict[str, Path]


def repeat(recorded: Manifest, base: Path, stdin: bytes, folder: Path) -> Again:
    """Run the recorded command again in `base`, all its outputs in `folder`.

    It runs in this process, through the one door by which this program is entered: a manifest can name this
    program's commands and nothing else. `InputError` where it names none.
    """
    if recorded.command.split()[0] not in COMMANDS or recorded.command == NEVER_RECORDED:
        message = say('no command is called "{command}"', command=recorded.command)
        raise InputError([Problem("unknown-command", Severity.ERROR, message)])
    replay = Replay(folder, recorded.today)
    own = folder / _RECORD  # its name is like no output's, which the run was asked for
    common = [OPTION, recorded.language, MANIFEST_OPTION, str(own)]
    words = [*recorded.command.split(), *common, *recorded.arguments]
    code, messages = copy_context().run(_run, words, recorded, replay, base, stdin)
    if code == 130:
        raise KeyboardInterrupt
    written = replay.places.get(str(own))
    record = None
    if code in (0, 1) and written is not None and written.is_file():
        record = read_manifest(own, written.read_bytes())
    return Again(code, record, messages, replay.places)


def _run(words: list[str], recorded: Manifest, replay: Replay, base: Path, stdin: bytes) -> tuple[int, str]:
    code = 0
    columns = None if recorded.width is None else str(recorded.width)
    with repeating(replay), _streams(stdin) as messages, chdir(base), _environment(columns):
        try:
            main(words)
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else 0
    return code, messages.getvalue().decode("utf-8")


@contextmanager
def _streams(stdin: bytes) -> Iterator[io.BytesIO]:
    """What the run reads and writes at a prompt: given here, and kept from the screen."""
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
    """The width of the recorded table; what a run sets for itself is set back."""
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
