"""Ctrl-C, kept in mind: a library that swallows it does not carry a run on to a wrong end.

Python raises `KeyboardInterrupt` wherever the program happens to be. Inside a library that may be a callback
or a `__del__`, where it is written on stderr and forgotten, or a `try` that catches all there is: the run
would go on, with whatever the library was making broken. So every interrupt is noted before it is raised, and
a run that was interrupted stops before it puts anything in place or says anything.
"""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import Any

_noted: list[int] = []
"""The interrupts of this run; adding to a list is one step, which another interrupt cannot come between."""


@contextmanager
def listening() -> Iterator[None]:
    """Note every interrupt inside, then raise it as Python does.

    Nothing is changed where Python itself would not raise it: a program that ignores interrupts, or handles
    them itself, goes on to do so, and so does a run inside a run.
    """
    if signal.getsignal(signal.SIGINT) is not signal.default_int_handler:
        yield
        return
    _noted.clear()
    shown = sys.unraisablehook

    def unraisable(ignored: Any) -> None:
        if not issubclass(ignored.exc_type, KeyboardInterrupt):
            shown(ignored)

    try:
        with suppress(ValueError):  # not in the main thread: no interrupt is raised where this run is
            signal.signal(signal.SIGINT, _note)
            sys.unraisablehook = unraisable
        yield
    finally:
        if signal.getsignal(signal.SIGINT) is _note:
            signal.signal(signal.SIGINT, signal.default_int_handler)
            sys.unraisablehook = shown
            _noted.clear()


def stop_if_interrupted() -> None:
    """Raise `KeyboardInterrupt` if one was raised earlier in this run, also where a library swallowed it."""
    if _noted:
        raise KeyboardInterrupt


def ignore_interrupts() -> None:
    """Let Ctrl-C do nothing any more: after the work it could only fall among what libraries clean up."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _note(number: int, frame: FrameType | None) -> None:
    _noted.append(number)
    signal.default_int_handler(number, frame)
