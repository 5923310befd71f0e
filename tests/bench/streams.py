"""Where a process that is measured writes: in files, or on a pseudo terminal as people see it."""

from __future__ import annotations

import os
import subprocess
import tempfile
import termios
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, Any

_LINES = 40
_KEPT = 4096
_PATIENCE = 5.0
"""Seconds to wait for the end of what was written."""


@dataclass
class Files:
    """Where a process writes that is on no terminal."""

    out: IO[bytes]
    errors: IO[bytes]

    @property
    def ends(self) -> dict[str, Any]:
        """The process's own streams."""
        return {"stdin": subprocess.DEVNULL, "stdout": self.out, "stderr": self.errors}

    def handed_over(self) -> None:
        """Nothing changes once the process has them."""

    def texts(self) -> tuple[str, str]:
        """What was written, and what was said of errors."""
        for file in (self.out, self.errors):
            file.seek(0)
        return self.out.read().decode().strip(), self.errors.read().decode().strip()


class Terminal:
    """A terminal of so many columns; what is written is read away, as a window would, and its end kept."""

    def __init__(self, columns: int) -> None:
        self._ours, theirs = os.openpty()
        termios.tcsetwinsize(theirs, (_LINES, columns))
        self._theirs: int | None = theirs
        self._end = b""
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    @property
    def ends(self) -> dict[str, Any]:
        """The process's own streams."""
        return dict.fromkeys(("stdin", "stdout", "stderr"), self._theirs)

    def _read(self) -> None:
        while True:
            try:
                piece = os.read(self._ours, 65_536)
            except OSError:  # nobody has it open for writing any more
                return
            self._end = (self._end + piece)[-_KEPT:]

    def handed_over(self) -> None:
        """The process has it now: when that ends, so does what is read."""
        if self._theirs is not None:
            os.close(self._theirs)
            self._theirs = None

    def texts(self) -> tuple[str, str]:
        """The end of what was written, and of what was said of errors: on a terminal they are one."""
        self._reader.join(_PATIENCE)
        text = self._end.decode(errors="replace").replace("\r\n", "\n").strip()
        return text, text

    def close(self) -> None:
        """Give both ends back."""
        self.handed_over()
        self._reader.join(_PATIENCE)
        os.close(self._ours)


@contextmanager
def streams(columns: int | None) -> Iterator[Files | Terminal]:
    """Files to write in, or with `columns` a terminal of that width."""
    if columns is None:
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as errors:
            yield Files(out, errors)
        return
    terminal = Terminal(columns)
    try:
        yield terminal
    finally:
        terminal.close()
