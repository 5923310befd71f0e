"""Choosing groups so that each unit is in exactly one, best by several objectives in order (OR-Tools CP-SAT).

Each objective is a figure for each group, added up over the groups chosen. They are solved one after the
other, each with the values of those before it held: what comes first is never given up for what comes later.
One worker and a fixed seed: the same input gives the same answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from time import monotonic
from typing import TYPE_CHECKING

from msgspec import Struct

from quota.analysis.checks.searching import repeating_solver, solved
from quota.core.what_if.proposals import ProposalCertificate, ProposalObjective

if TYPE_CHECKING:
    from ortools.sat.python.cp_model import CpModel, IntVar


class Aimed(Struct, frozen=True):
    """An objective: a figure for each group, to be made as large (or as small) as can be.

    `offset` is added to value and bound: what units that are in no group contribute. `safe_bound` holds
    whatever groups were left out; it is given in place of the solver's where that would claim too much.
    """

    objective: ProposalObjective
    figures: Sequence[int]
    safe_bound: int
    largest: bool = False
    offset: int = 0


class Sum(Struct, frozen=True):
    """A figure for each group, whose sum must be from `least` to `most`."""

    figures: Sequence[int]
    least: int
    most: int


class Packing(Struct, frozen=True):
    """The groups chosen, by their place, and what is proven.

    Without a choice it is `impossible`, or time ran out.
    """

    chosen: tuple[int, ...] | None = None
    certificates: tuple[ProposalCertificate, ...] = ()
    impossible: bool = False


def pack(
    members: Sequence[Sequence[int]],
    units: Sequence[int],
    aims: Sequence[Aimed],
    sums: Sequence[Sum],
    *,
    complete: bool,
    seconds: float,
    seed: int,
) -> Packing:
    """Choose among groups with these `members`, each of `units` exactly once, within `seconds` in all.

    The solver's bounds are claimed only where the groups are `complete` and every objective before is proven:
    groups may have been left out because no best choice by the first objective has them.
    """
    from ortools.sat.python import cp_model

    ends = monotonic() + seconds
    held: list[Sum] = list(sums)
    chosen: list[bool] | None = None
    certificates: list[ProposalCertificate] = []
    for aim in aims:
        model = cp_model.CpModel()
        picks = _model(model, members, units, held)
        objective = sum(figure * pick for figure, pick in zip(aim.figures, picks, strict=True) if figure)
        (model.maximize if aim.largest else model.minimize)(objective)
        if chosen is not None:
            for pick, was in zip(picks, chosen, strict=True):
                model.add_hint(pick, was)
        solver = repeating_solver(seed, relaxing=True)  # which is what proves these optimal
        left = max(ends - monotonic(), 0.05)
        solver.parameters.max_time_in_seconds = left
        solver.parameters.max_deterministic_time = left
        status = solved(solver, model)
        if status == cp_model.INFEASIBLE:
            return Packing(impossible=True)
        if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            chosen = [bool(solver.value(pick)) for pick in picks]
            bound = round(solver.best_objective_bound)
        elif chosen is None:
            return Packing()
        else:  # no time to say anything of this objective: what earlier ones chose holds
            bound = aim.safe_bound
        value = sum(figure for figure, was in zip(aim.figures, chosen, strict=True) if was)
        held.append(Sum(aim.figures, value, value))
        if not complete or not all(certificate.proven for certificate in certificates):
            bound = max(aim.safe_bound, value) if aim.largest else min(aim.safe_bound, value)
        certificates.append(ProposalCertificate(aim.objective, value + aim.offset, bound + aim.offset))
    places = tuple(place for place, was in enumerate(chosen or []) if was)
    return Packing(places, tuple(certificates))


def _model(
    model: CpModel, members: Sequence[Sequence[int]], units: Sequence[int], sums: Sequence[Sum]
) -> list[IntVar]:
    picks = [model.new_bool_var(f"group{place}") for place in range(len(members))]
    holding: dict[int, list[IntVar]] = {unit: [] for unit in units}
    for pick, group in zip(picks, members, strict=True):
        for unit in group:
            holding[unit].append(pick)
    for unit in units:
        model.add_exactly_one(holding[unit])
    for each_sum in sums:
        total = sum(figure * pick for figure, pick in zip(each_sum.figures, picks, strict=True) if figure)
        model.add_linear_constraint(total, each_sum.least, each_sum.most)
    return picks
