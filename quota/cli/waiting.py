"""A sign of life for work that takes over a second; nothing in a pipe, nothing for quick work."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Timer

AFTER_SECONDS = 1.0


@contextmanager
def waiting(doing: str) -> Iterator[None]:
    """Show what is being done, on a terminal's stderr, once it has taken a second."""
    if not sys.stderr.isatty():
        yield
        return
    shown: list[object] = []

    def show() -> None:
        from rich.console import Console

        status = Console(stderr=True).status(doing)
        shown.append(status)
        status.start()

    timer = Timer(AFTER_SECONDS, show)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        timer.join()
        for status in shown:
            status.stop()  # type: ignore[attr-defined]  # a rich Status, imported only if shown
