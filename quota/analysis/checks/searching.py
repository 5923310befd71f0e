"""A search by the constraint solver that Ctrl-C ends."""

from __future__ import annotations

from threading import Thread
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ortools.sat.python.cp_model import CpModel, CpSolver

_PAUSE = 0.05
"""Seconds between two requests to stop: the first may come before there is anything to stop."""


def repeating_solver(seed: int = 1, *, relaxing: bool = False) -> CpSolver:
    """A solver that gives the same answer every time; with `relaxing`, proofs by the linear relaxation."""
    from ortools.sat.python import cp_model

    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1  # with several, which of two equal answers comes first is chance
    solver.parameters.random_seed = seed
    if relaxing:
        solver.parameters.linearization_level = 2
    return solver


def solved(solver: CpSolver, model: CpModel) -> Any:
    """The solver's status. Raises `KeyboardInterrupt` when interrupted, and whatever the solver raises.

    Left to itself the solver takes an interrupt for the end of its time and hands over the best it has found
    so far as if that were the answer; told not to, it hears none before it is done. So it works in a thread,
    while this one waits and listens.
    """
    solver.parameters.catch_sigint_signal = False
    ended: list[Any] = []
    failed: list[BaseException] = []

    def work() -> None:
        try:
            ended.append(solver.solve(model))
        except BaseException as error:  # raised again in the thread that asked
            failed.append(error)

    worker = Thread(target=work, daemon=True)
    try:
        worker.start()
        worker.join()
    except BaseException:
        while worker.is_alive():
            solver.stop_search()
            worker.join(_PAUSE)
        raise
    if failed:
        raise failed[0]
    return ended[0]
