"""Say on a terminal what is being done, once it has taken a second; nothing in a pipe."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread, Timer

from quota.core.text import Text, say
from quota.render.kit.words import words

AFTER_SECONDS = 1.0
EVERY_SECONDS = 0.5


@contextmanager
def waiting(doing: Text, *, quiet: bool = False) -> Iterator[None]:
    """Show what is being done, on a terminal's stderr, once it has taken a second; not if `quiet`."""
    if quiet or not sys.stderr.isatty():
        yield
        return
    shown: list[object] = []
    said = words(doing)  # here: the timer's thread does not know the reader's language

    def show() -> None:
        from rich.console import Console
        from rich.text import Text as Shown  # never markup: a file may be called [bold]

        status = Console(stderr=True).status(Shown(said))
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


@contextmanager
def watching(doing: Text, file: Path) -> Iterator[None]:
    """Show, on a terminal's stderr, how much of a long piece of work has been written to `file`."""
    if not sys.stderr.isatty():
        yield
        return
    from rich.console import Console
    from rich.text import Text as Shown

    done = Event()
    with Console(stderr=True).status(Shown(words(doing))) as status:

        def show() -> None:
            while not done.wait(EVERY_SECONDS):
                megabytes = file.stat().st_size // 1_000_000 if file.exists() else 0
                status.update(Shown(words(say("{doing} {n} MB written", doing=doing, n=megabytes))))

        watcher = Thread(target=show, daemon=True)
        watcher.start()
        try:
            yield
        finally:
            done.set()
            watcher.join()
