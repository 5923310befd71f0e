"""The files that a run reads and writes, noted where they are opened; results know nothing of it.

No output is ever written over what was read. A run that is recorded (`--manifest`) also has the contents
noted, and what was left open on the command line and settled on the way: today's date, the width of a table.
A run that is repeated (`quota verify`) has its day and its outputs put where they belong.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct, field

if TYPE_CHECKING:
    import hashlib

MANIFEST_OPTION = "--manifest"
NEVER_RECORDED = "verify"
"""A manifest of this command could name itself, and be repeated without end."""
_PIECE = 1 << 20


class Kind(StrEnum):
    """The kinds of files that a run reads."""

    RULES = "rules"
    INPUT = "input"
    STDIN = "stdin"


class Content(Struct, frozen=True):
    """How long a file is, and the SHA-256 of its bytes."""

    size: int
    sha256: str


class Entry(Struct, frozen=True):
    """Something that was read: where it lies and, in a recorded run, its content; a rule file's bytes too."""

    kind: Kind
    path: Path
    content: Content | None = None
    rules: bytes | None = None


class Ledger(Struct):
    """The notes of one run.

    `manifest` is where the record of the run will be written; without one, contents are not noted. `at_end`
    is called once with the exit code.
    """

    arguments: tuple[str, ...] = ()
    read: list[Entry] = field(default_factory=list)
    written: dict[Path, Content] = field(default_factory=dict)
    settled: dict[str, str | int] = field(default_factory=dict)
    day: date | None = None
    """The day that the run is for, where its command has one."""
    stdin: bytes | None = None
    """What came through standard input, which can be read only once and may be asked for again."""
    manifest: Path | None = None
    at_end: Callable[[int], None] | None = None


class Replay(Struct, frozen=True):
    """How a run is repeated: it writes only inside `folder`, and takes `today` for the day it is."""

    folder: Path
    today: date | None = None
    places: dict[str, Path] = field(default_factory=dict)
    """Where each output has gone, by the name it goes by."""

    def place(self, path: Path) -> Path:
        """The file in `folder` that is written in place of `path`."""
        ending = path.suffix if path.suffix[1:].isalnum() and len(path.suffix) < 20 else ""
        return self.places.setdefault(str(path), self.folder / f"{len(self.places)}{ending}")


_OPEN: ContextVar[Ledger | None] = ContextVar("ledger", default=None)
_REPLAY: ContextVar[Replay | None] = ContextVar("replay", default=None)


@contextmanager
def keeping(arguments: Sequence[str] = ()) -> Iterator[Ledger]:
    """Note what is read and written inside; `arguments` is the command line."""
    ledger = Ledger(tuple(arguments))
    token = _OPEN.set(ledger)
    code = 2
    try:
        yield ledger
        code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 0 if end.code is None else 2
        raise
    finally:
        try:
            if ledger.at_end is not None:
                ledger.at_end(code)
        finally:
            _OPEN.reset(token)


@contextmanager
def repeating(replay: Replay) -> Iterator[None]:
    """Inside, every run is a repeated one: see `Replay`."""
    token = _REPLAY.set(replay)
    try:
        yield
    finally:
        _REPLAY.reset(token)


def replaying() -> Replay | None:
    """How this run is being repeated, if it is."""
    return _REPLAY.get()


def open_ledger() -> Ledger | None:
    """The ledger of this run, if one is kept."""
    return _OPEN.get()


def recording() -> bool:
    """Whether this run is being recorded."""
    ledger = _OPEN.get()
    return ledger is not None and ledger.manifest is not None


def note(kind: Kind, path: Path, content: bytes) -> None:
    """Note a file that was read, where notes are kept."""
    ledger = _OPEN.get()
    if ledger is None:
        return
    entry = Entry(kind, path)
    if ledger.manifest is not None:
        digest = _sha256()
        digest.update(content)
        known = Content(len(content), digest.hexdigest())
        entry = Entry(kind, path, known, content if kind is Kind.RULES else None)
    if entry not in ledger.read:
        ledger.read.append(entry)


def note_file(path: Path) -> None:
    """Note an input that is read in pieces, being too large to be held."""
    ledger = _OPEN.get()
    if ledger is not None:
        known = content_of(path) if ledger.manifest is not None else None
        ledger.read.append(Entry(Kind.INPUT, path, known))


def wrote(named: Path, content: Path) -> None:
    """Note an output by the name it was asked for, from the file that holds it."""
    ledger = _OPEN.get()
    if ledger is not None and ledger.manifest is not None:
        ledger.written[named] = content_of(content)


def settle(name: str, value: str | int) -> None:
    """Note the value that an option left open was given, or anything else that shapes the output."""
    ledger = _OPEN.get()
    if ledger is not None:
        ledger.settled[name] = value


def set_day(day: date) -> None:
    """Note the day that the run is for."""
    ledger = _OPEN.get()
    if ledger is not None:
        ledger.day = day


def run_day() -> date | None:
    """The day that the run is for; None where its command has none, or none is noted yet."""
    ledger = _OPEN.get()
    return ledger.day if ledger is not None else None


def files_read() -> tuple[Path, ...]:
    """Every file noted so far."""
    ledger = _OPEN.get()
    return tuple(entry.path for entry in ledger.read if entry.kind is not Kind.STDIN) if ledger else ()


def _sha256() -> hashlib._Hash:
    import hashlib  # which loads all of OpenSSL: `--help` has no use for it

    return hashlib.sha256()


def content_of(path: Path) -> Content:
    """The size and the hash of a file, read piece by piece. Raises `OSError` where it cannot be read."""
    digest, size = _sha256(), 0
    with path.open("rb") as lines:
        while piece := lines.read(_PIECE):
            digest.update(piece)
            size += len(piece)
    return Content(size, digest.hexdigest())
