"""Which values lost zeros so that a table adds up: an exact search (CP-SAT), and proof of what else fits."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from msgspec import Struct

from quota.analysis.checks.plausibility import THOUSANDFOLD, Reading
from quota.analysis.checks.searching import repeating_solver, solved

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
    a_resident: int = _A_RESIDENT,
) -> Found:
    """Choices of one reading a figure that add up to `total` exactly: the least surprising, then its rivals.

    A rival has as few or fewer changes than the first. Rivals are looked for up to `most` choices in all, or
    up to the first that is a thousand times less plausible: all others are still less so. `complete` is True
    where the search ended because there was no further one. With `slack` the sum may miss the total by so
    many, each of them surprising by `a_resident`. The same input gives the same answer, unless time runs out.
    """
    choices: list[Choice] = []
    while len(choices) < most:
        found, ended = _best(figures, total, choices, seconds_left(), slack, a_resident)
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
    a_resident: int,
) -> tuple[Choice | None, bool]:
    """The least surprising choice that is none of `known`, and whether the search came to its end."""
    from ortools.sat.python import cp_model

    if seconds <= 0:
        return None, False
    model = cp_model.CpModel()
    taken, fixed = _taken(model, figures)

    def weighed(weight: Callable[[Reading], int]) -> Any:
        return _weighed(figures, taken, weight)

    left: Any = 0
    missed: Any = 0
    if slack:
        left = model.new_int_var(-slack, slack, "left")
        missed = model.new_int_var(0, slack, "missed")
        model.add_abs_equality(missed, left)
    model.add(weighed(lambda reading: reading.residents) + left == total - fixed)
    if known:
        least = (
            figures[place][which].zeros for place, which in enumerate(known[0]) if (place, which) in taken
        )
        model.add(weighed(lambda reading: int(bool(reading.zeros))) <= sum(map(bool, least)))
    for choice in known:
        same = [taken[place, which] for place, which in enumerate(choice) if (place, which) in taken]
        model.add(sum(same) <= len(same) - 1)
    model.minimize(weighed(lambda reading: reading.surprise) + a_resident * missed)
    solver, status = solved_model(model, seconds)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None, status == cp_model.INFEASIBLE
    choice = tuple(
        next(which for which in range(len(options)) if solver.value(taken[place, which]))
        if len(options) > 1
        else 0
        for place, options in enumerate(figures)
    )
    return choice, status == cp_model.OPTIMAL


def extremes(
    figures: Sequence[Sequence[Reading]], sums: tuple[int, int], most: int, seconds_left: Callable[[], float]
) -> tuple[int, int] | None:
    """The least and the greatest sum within `sums` of choices that are no more surprising than `most`.

    None where there is no such choice, or the time is up.
    """
    from ortools.sat.python import cp_model

    ends = []
    for direction in (1, -1):
        seconds = seconds_left()
        if seconds <= 0:
            return None
        model = cp_model.CpModel()
        taken, fixed = _taken(model, figures)
        added = _weighed(figures, taken, lambda reading: reading.residents)
        model.add(added >= sums[0] - fixed)
        model.add(added <= sums[1] - fixed)
        model.add(_weighed(figures, taken, lambda reading: reading.surprise) <= most)
        model.minimize(direction * added)
        solver, status = solved_model(model, seconds)
        if status != cp_model.OPTIMAL:
            return None
        ends.append(fixed + direction * round(solver.objective_value))
    return ends[0], ends[1]


def _taken(model: Any, figures: Sequence[Sequence[Reading]]) -> tuple[Mapping[tuple[int, int], Any], int]:
    """For each reading of a figure that has several, whether it is taken; and the sum of the others."""
    taken = {
        (place, which): model.new_bool_var(f"{place}/{which}")
        for place, options in enumerate(figures)
        if len(options) > 1
        for which in range(len(options))
    }
    for place, options in enumerate(figures):
        if len(options) > 1:
            model.add_exactly_one(taken[place, which] for which in range(len(options)))
    return taken, sum(options[0].residents for options in figures if len(options) == 1)


def _weighed(
    figures: Sequence[Sequence[Reading]],
    taken: Mapping[tuple[int, int], Any],
    weight: Callable[[Reading], int],
) -> Any:
    """The weights of the readings that are taken, added up."""
    return sum(weight(figures[place][which]) * chosen for (place, which), chosen in taken.items())


def solved_model(model: Any, seconds: float) -> tuple[Any, Any]:
    """A solver that has worked on a model for at most so long, and its status; always the same answer."""
    solver = repeating_solver()
    solver.parameters.max_time_in_seconds = seconds
    return solver, solved(solver, model)
