"""The rest of a plan: what is done stays done, and as few announced moves change as possible."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from msgspec import Struct
from msgspec.structs import replace

from quota.core.moves import Cell, Move, Place, Pool, Situation
from quota.core.names import fold
from quota.norms.policy import Policy, StageRule
from quota.planning.redeploy.check import breaches
from quota.planning.redeploy.distances import Distances
from quota.planning.redeploy.model import Solution, solve
from quota.planning.redeploy.progress import Progress
from quota.planning.redeploy.situations import after
from quota.planning.redeploy.stages import moves_of
from quota.planning.redeploy.task import StageLaws, Task, laws_of, task_of

RELEASE = {fold(word) for word in ("release", "không cho đi", "chưa cho đi", "đơn vị chưa cho đi")}
"""Reasons that say a unit does not let people go: nobody else is planned in their place from there."""


class Replan(Struct, frozen=True):
    """What is still to be done, stage by stage; how much of it was announced; what stays empty."""

    moves: tuple[Move, ...]
    kept: int
    new: tuple[Move, ...]
    dropped: tuple[Move, ...]
    """Announced people who neither moved nor will."""
    end: Situation
    held: Mapping[Place, int]
    """People over whom their units do not release: they stay, and are in no cell of `end`."""

    @property
    def short(self) -> int:
        """Posts that stay empty."""
        return sum(cell.short for cell in self.end.cells.values())


def replan(
    progress: Progress,
    policy: Policy,
    distances: Distances,
    names: Mapping[str, str],
    substitutes: Mapping[tuple[str, str], int],
    *,
    by_position: bool,
) -> Replan:
    """Stage by stage: the most posts filled, then the most announced moves kept, then cost, then metres.

    No stage takes the people or the posts of a later stage's announced moves. What is left after all stages
    goes through them once more, for posts that can still be filled.

    People a unit will not release stay; between other places that are stuck nobody moves any more.
    """
    now = _situation(progress, names, substitutes, by_position)
    remaining = _remaining(progress)
    closed = {(row.origin, row.target) for row in progress.stuck}
    left, out, into = _already(progress)
    people: Counter[tuple[int, Place, Place]] = Counter()
    facts: dict[tuple[int, Place, Place], Move] = {}
    start = now
    for sweep in range(2):
        for number, rule in enumerate(policy.stages):
            later, this = range(number + 1, len(policy.stages)), range(number, number + 1)
            ahead = {} if sweep else _announced(remaining, closed, later)
            kept = {} if sweep else _announced(remaining, closed, this)
            laws = laws_of(policy, rule, now, progress.as_of, left)
            free = _without(now, ahead, policy)
            task = _open(task_of(free, laws, distances), closed, laws, out[number], into[number])
            solution = _solved(task, policy, _summed(kept))
            made = moves_of(number, rule, solution, now)
            for (origin, target), move in zip(sorted(solution.flows), made, strict=True):
                people[number, origin, target] += move.people
                facts[number, origin, target] = move
                if rule.kind != "internal":
                    into[number][target.code] += move.people
                if rule.kind != "internal" and not move.department:
                    left[origin.code] += move.people
                    out[number][origin.code] += move.people
            now = after(now, made, rule.kind.value)
    moves = {key: replace(facts[key], people=number) for key, number in sorted(people.items())}
    broken = breaches(start, policy, distances, progress.as_of, moves.values())
    if broken:
        raise AssertionError(f"the plan breaks its own laws: {broken[0].message}")
    return _compared(moves, remaining, policy, now, _held(progress))


Announced = Mapping[tuple[int, Place, Place], int]


def _announced(
    remaining: Announced, closed: set[tuple[Place | None, Place | None]], stages: range
) -> Announced:
    """What was announced in some stages and can still be done."""
    return {
        key: people
        for key, people in remaining.items()
        if people > 0 and key[0] in stages and (key[1], key[2]) not in closed
    }


def _summed(announced: Announced) -> dict[tuple[Place, Place], int]:
    return {(origin, target): people for (_, origin, target), people in announced.items()}


def _without(now: Situation, ahead: Announced, policy: Policy) -> Situation:
    """The situation without the people and posts that later stages' announced moves are about."""
    cells, pools = dict(now.cells), dict(now.pools)
    for (stage, origin, target), people in ahead.items():
        if origin in cells:
            cells[origin] = replace(cells[origin], staff=max(cells[origin].staff - people, 0))
        else:
            pool = pools[origin]
            name = "secondment" if policy.stages[stage].kind == "secondment" else "transfer"
            pools[origin] = replace(pool, **{name: max(getattr(pool, name) - people, 0)})
        posts = max(cells[target].low - people, cells[target].staff)
        cells[target] = replace(cells[target], low=posts, target=posts, high=posts)
    return replace(now, cells=cells, pools=pools)


def _solved(task: Task, policy: Policy, kept: dict[tuple[Place, Place], int]) -> Solution:
    order = tuple(criterion for criterion in policy.objective.order if criterion != "worst")
    return solve(task, order, kept)


def _remaining(progress: Progress) -> dict[tuple[int, Place, Place], int]:
    found: Counter[tuple[int, Place, Place]] = Counter()
    for move in progress.plan.moves:
        if move.stage >= 0 and move.origin and move.target:
            found[move.stage, move.origin, move.target] += move.people
    for (stage, origin, target), people in progress.done.items():
        if origin and target and (stage, origin, target) in found:
            found[stage, origin, target] -= people
    return dict(found)


def _situation(
    progress: Progress,
    names: Mapping[str, str],
    substitutes: Mapping[tuple[str, str], int],
    by_position: bool,
) -> Situation:
    """What is left: people still over as cells over a norm of nobody, empty posts as cells with nobody.

    People who came to a place that is over its norm are over there too. People who left a place that is short
    left a post empty.
    """
    over, short, lent = _undone(progress)
    giving, held = {move.origin for move in progress.plan.moves}, _held(progress)
    cells = {}
    for place in sorted(over.keys() | short.keys()):
        if place in giving:
            cells[place] = Cell(place, max(over[place] - short[place] - held[place], 0), 0, 0, 0)
        else:
            posts = max(short[place] - over[place], 0)
            cells[place] = Cell(place, 0, posts, posts, posts)
    pools = {
        place: Pool(place, max(lent[False][place], 0), max(lent[True][place], 0))
        for place in sorted(progress.departments)
    }
    codes = {place.code: names.get(place.code, place.code) for place in cells}
    return Situation(
        cells=cells,
        pools=pools,
        names=codes,
        by_position=by_position,
        substitutes=substitutes,
    )


def _undone(
    progress: Progress,
) -> tuple[Counter[Place], Counter[Place], Mapping[bool, Counter[Place]]]:
    """People still over, posts still empty, departments' people to come: for good, and seconded (True)."""
    over, short = Counter[Place](), Counter[Place]()
    lent: dict[bool, Counter[Place]] = {True: Counter(), False: Counter()}
    kinds = {move.stage: move.kind for move in progress.plan.moves}
    entries = [(move.stage, move.origin, move.target, move.people) for move in progress.plan.moves]
    entries += [(*key, -people) for key, people in progress.done.items()]
    for stage, origin, target, people in entries:
        if origin and origin in progress.departments:
            lent[kinds.get(stage) == "secondment"][origin] += people
        elif origin:
            over[origin] += people
        if target:
            short[target] += people
    return over, short, lent


def _held(progress: Progress) -> Counter[Place]:
    """People over whom their units do not release, by place."""
    held = Counter[Place]()
    for row in progress.stuck:
        if row.origin and fold(row.reason) in RELEASE and row.origin not in progress.departments:
            held[row.origin] += row.stuck
    return held


def _already(
    progress: Progress,
) -> tuple[Counter[str], dict[int, Counter[str]], dict[int, Counter[str]]]:
    """Who left each unit in all, and who left and came in each stage, by what is done."""
    left = Counter[str]()
    out = {stage: Counter[str]() for stage in range(100)}
    into = {stage: Counter[str]() for stage in range(100)}
    for (stage, origin, target), people in progress.done.items():
        if origin and target and origin.code == target.code:
            continue
        if origin and origin not in progress.departments:
            left[origin.code] += people
            out[max(stage, 0)][origin.code] += people
        if target:
            into[max(stage, 0)][target.code] += people
    return left, out, into


def _open(
    task: Task,
    closed: set[tuple[Place | None, Place | None]],
    laws: StageLaws,
    out: Counter[str],
    into: Counter[str],
) -> Task:
    """The task without the moves that are stuck, its limits less what is done in the stage already."""
    keep = [
        (task.supplies[a][0], task.demands[b][0]) not in closed
        for a, b in zip(task.tails.tolist(), task.heads.tolist(), strict=True)
    ]
    return replace(
        task,
        tails=task.tails[keep],
        heads=task.heads[keep],
        metres=task.metres[keep],
        costs=task.costs[keep],
        most_in={code: max(most - into[code], 0) for code, most in task.most_in.items()},
        most_out={
            code: most if laws.per_unit is None else min(most, max(laws.per_unit - out[code], 0))
            for code, most in task.most_out.items()
        },
    )


def _compared(
    moves: Mapping[tuple[int, Place, Place], Move],
    remaining: dict[tuple[int, Place, Place], int],
    policy: Policy,
    end: Situation,
    held: Mapping[Place, int],
) -> Replan:
    rules: tuple[StageRule, ...] = policy.stages
    again = dict(remaining)
    new = []
    for key, move in moves.items():
        known = min(max(again.get(key, 0), 0), move.people)
        again[key] = again.get(key, 0) - known
        if move.people > known:
            new.append(replace(move, people=move.people - known))
    dropped = [
        Move(stage, rules[stage].kind.value, origin, target, people)
        for (stage, origin, target), people in sorted(again.items())
        if people > 0 and stage < len(rules)
    ]
    kept = sum(move.people for move in moves.values()) - sum(move.people for move in new)
    return Replan(tuple(moves.values()), kept, tuple(new), tuple(dropped), end, held)
