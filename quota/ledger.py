"""What a run has read, noted at the edges of the program, so that no output is ever written over it.

Reading a table and reading a rule file note their bytes here; results are functions of what was read and know
nothing of it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class Kind(StrEnum):
    """What was read."""

    RULES = "rules"
    INPUT = "input"


@dataclass(frozen=True, slots=True)
class Entry:
    """A file that was read: where it lies, and the SHA-256 of its bytes."""

    kind: Kind
    path: Path
    sha256: str


_OPEN: ContextVar[list[Entry] | None] = ContextVar("ledger", default=None)


@contextmanager
def keeping() -> Iterator[list[Entry]]:
    """Note what is read inside."""
    entries: list[Entry] = []
    token = _OPEN.set(entries)
    try:
        yield entries
    finally:
        _OPEN.reset(token)


def note(kind: Kind, path: Path, content: bytes) -> None:
    """Note a file that was read, where notes are kept."""
    entries = _OPEN.get()
    if entries is not None:
        entry = Entry(kind, path, hashlib.sha256(content).hexdigest())
        if entry not in entries:
            entries.append(entry)


def files_read() -> tuple[Path, ...]:
    """Every file noted so far."""
    return tuple(entry.path for entry in _OPEN.get() or ())
