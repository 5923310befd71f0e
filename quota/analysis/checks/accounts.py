"""Which values lost zeros so that a table adds up: an exact search (CP-SAT), and proof of what else fits."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from msgspec import Struct

from quota.analysis.checks.plausibility import THOUSANDFOLD, Reading
from quota.analysis.checks.searching import solved

_A_RESIDENT = 3
"""By how much a resident that the sum misses surprises, in thousandths of a nat."""

Choice = tuple[int, ...]
"""For each figure, which of its readings."""


class Found(Struct, frozen=True):
    """The choices found, least surprising first; `complete` if no other has as few or fewer changes."""

    choices: tuple[Choice, ...]
    complete: bool


def search(
    figures: Sequence[Sequence[Reading]],
    total: int,
    seconds_left: Callable[[], float],
    most: int = 4,
    slack: int = 0,
) -> Found:
    """Choices of one reading a figure that add up to `total` exactly: the least surprising, then its rivals.

    A rival has as few or fewer changes than the first. Rivals are looked for up to `most` choices in all, or
    up to the first that is a thousand times less plausible: all others are still less so. `complete` is True
    where the search ended because there was no further one. With `slack` the sum may miss the total by so
    many, each of them a little surprising. The same input gives the same answer, unless time runs out.
    """
    choices: list[Choice] = []
    while len(choices) < most:
        found, ended = _best(figures, total, choices, seconds_left(), slack)
        if found is None:
            return Found(tuple(choices), complete=ended)
        choices.append(found)
        if not ended or surprise(figures, found) - surprise(figures, choices[0]) > THOUSANDFOLD:
            break
    return Found(tuple(choices), complete=False)


def surprise(figures: Sequence[Sequence[Reading]], choice: Choice) -> int:
    """How surprising a choice is in all."""
    return sum(options[which].surprise for options, which in zip(figures, choice, strict=True))


def _best(
    figures: Sequence[Sequence[Reading]],
    total: int,
    known: Sequence[Choice],
    seconds: float,
    slack: int,
) -> tuple[Choice | None, bool]:
    """The least surprising choice that is none of `known`, and whether the search came to its end."""
    from ortools.sat.python import cp_model

    if seconds <= 0:
        return None, False
    model = cp_model.CpModel()
    fixed: Any = total
    taken: dict[tuple[int, int], Any] = {}
    for place, options in enumerate(figures):
        if len(options) == 1:
            fixed -= options[0].residents
            continue
        for which in range(len(options)):
            taken[place, which] = model.new_bool_var(f"{place}/{which}")
        model.add_exactly_one(taken[place, which] for which in range(len(options)))

    def weighed(weight: Callable[[Reading], int]) -> Any:
        return sum(weight(figures[place][which]) * chosen for (place, which), chosen in taken.items())

    missed: Any = 0
    if slack:
        left = model.new_int_var(-slack, slack, "left")
        missed = model.new_int_var(0, slack, "missed")
        model.add_abs_equality(missed, left)
        fixed = fixed - left
    model.add(weighed(lambda reading: reading.residents) == fixed)
    if known:
        least = (
            figures[place][which].zeros for place, which in enumerate(known[0]) if (place, which) in taken
        )
        model.add(weighed(lambda reading: int(bool(reading.zeros))) <= sum(map(bool, least)))
    for choice in known:
        same = [taken[place, which] for place, which in enumerate(choice) if (place, which) in taken]
        model.add(sum(same) <= len(same) - 1)
    model.minimize(weighed(lambda reading: reading.surprise) + _A_RESIDENT * missed)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1  # with several, which of two equal answers comes first is chance
    solver.parameters.random_seed = 1
    solver.parameters.max_time_in_seconds = seconds
    status = solved(solver, model)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None, status == cp_model.INFEASIBLE
    choice = tuple(
        next(which for which in range(len(options)) if solver.value(taken[place, which]))
        if len(options) > 1
        else 0
        for place, options in enumerate(figures)
    )
    return choice, status == cp_model.OPTIMAL
