"""A search is ended by Ctrl-C, and what goes wrong in it is not lost in its thread."""

from __future__ import annotations

import os
import signal
import threading
from types import SimpleNamespace
from typing import Any

import pytest

from quota.analysis.checks.searching import solved


class Solver:
    """A search that goes on until it is told to stop, or fails."""

    def __init__(self, *, fails: bool = False) -> None:
        self.parameters = SimpleNamespace(catch_sigint_signal=True)
        self.fails, self.stopped = fails, threading.Event()

    def solve(self, model: Any) -> str:
        if self.fails:
            raise ValueError(model)
        main = threading.main_thread().ident
        assert main is not None
        signal.pthread_kill(main, signal.SIGINT)
        assert self.stopped.wait(50)
        return "the best so far"

    def stop_search(self) -> None:
        self.stopped.set()


@pytest.mark.skipif(os.name == "nt", reason="interrupts as POSIX systems have them")
def test_an_interrupt_stops_the_search_and_is_raised() -> None:
    solver: Any = Solver()
    kept = signal.signal(signal.SIGINT, signal.default_int_handler)
    with pytest.raises(KeyboardInterrupt):
        solved(solver, None)  # type: ignore[arg-type]  (no model is looked at)
    signal.signal(signal.SIGINT, kept)
    assert solver.stopped.is_set()
    assert solver.parameters.catch_sigint_signal is False


def test_what_the_solver_raises_is_raised_where_it_was_asked() -> None:
    solver: Any = Solver(fails=True)
    with pytest.raises(ValueError, match="the model"):
        solved(solver, "the model")  # type: ignore[arg-type]
